/** Scripts that the scorecard keeps apart; the rest is one group. */
export type Script =
  | 'latin'
  | 'cyrillic'
  | 'arabic'
  | 'han'
  | 'hangul'
  | 'greek'
  | 'kana'
  | 'hebrew'
  | 'other'

export const SCRIPTS = [
  'latin',
  'cyrillic',
  'arabic',
  'han',
  'hangul',
  'greek',
  'kana',
  'hebrew',
  'other',
] as const satisfies readonly Script[]

const PATTERNS: readonly (readonly [Script, RegExp])[] = [
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['latin', /\p{Script=Latin}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['han', /\p{Script=Han}/gu],
  ['hangul', /\p{Script=Hangul}/gu],
  ['greek', /\p{Script=Greek}/gu],
  ['hebrew', /\p{Script=Hebrew}/gu],
]

/** The script of most letters. */
export function scriptOf(text: string): Script {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  for (const [script, pattern] of PATTERNS) {
    const count = text.match(pattern)?.length ?? 0
    if (count > 0 && (script === 'kana' || count * 2 > letters)) return script
  }
  return 'other'
}
