import { skeleton } from './skeleton.ts'

/**
 * A word whose letters are of two scripts is read in the one that most of them can only be of:
 * `bіnаnсе` with Cyrillic letters in it is Latin, `Ивaнoв` with Latin ones is Cyrillic.
 */

/** Latin letters and digits that pass for Cyrillic ones. */
const CYRILLIC_LOOKS: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', i: 'і', j: 'ј', k: 'к', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у' },
  ...{ A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', I: 'І', J: 'Ј', K: 'К', M: 'М', O: 'О', P: 'Р' },
  ...{ S: 'Ѕ', T: 'Т', X: 'Х', Y: 'У', 0: 'О', 3: 'З' },
}
const CYRILLIC = /\p{Script=Cyrillic}/u
const LATIN = /\p{Script=Latin}/u
/** Scripts whose letters pass for Latin ones. */
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Longer words of look-alikes alone are words of their own script: `Apex`, `корова`. */
const MASK_CHARS_MAX = 3
/** Words written in look-alikes from end to end, among words of the other script. */
const WHOLE_MASK_CHARS_MIN = 4

/** A text whose masked words are put back into the script that they are meant to be read in. */
export function unmasked(text: string): string {
  if (!LATIN.test(text) || !LOOKALIKE.test(text)) return text
  const isCyrillic = isMostlyCyrillic(text)
  return text.replace(WORD, (word) => unmaskedWord(word, isCyrillic))
}

function unmaskedWord(word: string, isCyrillicText: boolean): string {
  if (!LATIN.test(word)) {
    // In a Latin name a long word whose every letter passes for a Latin one is a Latin word.
    const isMask = !isCyrillicText && word.length >= WHOLE_MASK_CHARS_MIN && LOOKALIKE.test(word)
    if (!isMask) return word
    const latin = skeleton(word)
    return /^[a-z0-9]+$/i.test(latin) ? latin : word
  }
  if (!LOOKALIKE.test(word)) {
    const isMask = isCyrillicText && word.length <= MASK_CHARS_MAX
    return isMask ? (cyrillicOf(word) ?? word) : word
  }
  if (!CYRILLIC.test(word)) return skeleton(word)
  return isCyrillicWord(word, isCyrillicText)
    ? (cyrillicOf(word) ?? skeleton(word))
    : skeleton(word)
}

/** Letters that only one of the scripts has decide; where none does, the rest of the name. */
function isCyrillicWord(word: string, isCyrillicText: boolean): boolean {
  let [cyrillic, latin] = [0, 0]
  for (const letter of word) {
    if (LATIN.test(letter) && CYRILLIC_LOOKS[letter] === undefined) latin += 1
    if (CYRILLIC.test(letter) && !/^[a-z0-9]+$/i.test(skeleton(letter))) cyrillic += 1
  }
  return cyrillic === latin ? isCyrillicText : cyrillic > latin
}

/** Undefined where a letter passes for no Cyrillic one. */
function cyrillicOf(word: string): string | undefined {
  let made = ''
  for (const letter of word) {
    const own = LATIN.test(letter) || /\d/.test(letter) ? CYRILLIC_LOOKS[letter] : letter
    if (own === undefined) return undefined
    made += own
  }
  return made
}

function isMostlyCyrillic(text: string): boolean {
  let balance = 0
  for (const letter of text) {
    if (CYRILLIC.test(letter)) balance += 1
    else if (LATIN.test(letter)) balance -= 1
  }
  return balance > 0
}
