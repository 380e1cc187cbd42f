import { intBelow, type Rng } from '../../src/base/rng.ts'
import { romanVariant } from './name-cases-roman.ts'
import type { Script } from './name-cases-script.ts'

/**
 * Kinds of distortion. Each is a function of a name and a seeded generator; undefined where the
 * kind means nothing for the name. They know nothing of the matcher that they test.
 */
export const KINDS = [
  'same',
  'typo',
  'two typos',
  'swapped parts',
  'missing part',
  'transliteration',
  'initials',
  'spacing',
  'legal form',
  'diacritics',
  'homoglyph',
] as const
export type Kind = (typeof KINDS)[number]

export interface Subject {
  readonly text: string
  readonly script: Script
  readonly isPerson: boolean
}

export function distort(kind: Kind, name: Subject, rng: Rng): string | undefined {
  const made = MAKERS[kind](name, rng)
  const isOther = made !== undefined && (kind === 'same' || made !== name.text)
  return isOther ? made : undefined
}

type Maker = (name: Subject, rng: Rng) => string | undefined

const MAKERS: Readonly<Record<Kind, Maker>> = {
  same: ({ text }) => text,
  typo: (name, rng) => oneEdit(name, rng),
  'two typos': (name, rng) => {
    if (lettersOf(name.text) < 10) return undefined
    const once = oneEdit(name, rng)
    return once === undefined ? undefined : oneEdit({ ...name, text: once }, rng)
  },
  'swapped parts': swapped,
  'missing part': missing,
  transliteration: (name, rng) => romanVariant(name.text, name.script, rng),
  initials,
  spacing,
  'legal form': otherForm,
  diacritics,
  homoglyph,
}

function lettersOf(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

function pick<T>(rng: Rng, from: readonly T[]): T | undefined {
  return from[intBelow(rng, from.length)]
}

const ALPHABETS: Readonly<Record<Script, string>> = {
  latin: 'abcdefghijklmnopqrstuvwxyz',
  cyrillic: 'абвгдежзиклмнопрстуфхцчшщыьэюя',
  arabic: 'ابتجحخدرزسشصضطعغفقكلمنهوي',
  han: '国华明安东海天大中新金文江龙山林',
  hangul: '가김나다라마박사아이자차하한현호',
  greek: 'αβγδεζηθικλμνξοπρστυφχψω',
  kana: 'アイウエオカキクケコサシスセソタテトナニノ',
  hebrew: 'אבגדהוזחטילמנסעפצקרשת',
  other: 'abcdefghijklmnopqrstuvwxyz',
}

/** One random edit of a letter: put in, left out, exchanged, or swapped with its neighbour. */
export function oneEdit({ text, script }: Subject, rng: Rng): string | undefined {
  const chars = [...text]
  const at = chars.flatMap((char, i) => (/\p{L}/u.test(char) ? [i] : []))
  // Of two letters one edit leaves nothing to know the name by.
  if (at.length < (script === 'han' || script === 'hangul' ? 3 : 5)) return undefined
  const i = pick(rng, at) ?? 0
  const letter = pick(rng, [...ALPHABETS[script]]) ?? 'a'
  const cased = chars[i] === chars[i]?.toUpperCase() ? letter.toUpperCase() : letter
  switch (intBelow(rng, 4)) {
    case 0:
      chars.splice(i, 0, cased)
      break
    case 1:
      chars.splice(i, 1)
      break
    case 2:
      chars[i] = cased
      break
    default: {
      const next = chars[i + 1]
      if (next === undefined || !/\p{L}/u.test(next)) chars[i] = cased
      else chars.splice(i, 2, next, chars[i] as string)
    }
  }
  return chars.join('')
}

function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** The last part first, with and without the comma of a register. */
function swapped({ text, isPerson }: Subject, rng: Rng): string | undefined {
  const parts = words(text)
  if (parts.length < 2 || parts.length > 6) return undefined
  const last = parts.pop() ?? ''
  const comma = isPerson && rng() < 0.5 ? ',' : ''
  return `${last}${comma} ${parts.join(' ')}`
}

/** One word less; of two words none can go. */
function missing({ text }: Subject, rng: Rng): string | undefined {
  const parts = words(text)
  const long = parts.flatMap((part, i) => (lettersOf(part) > 2 ? [i] : []))
  if (long.length < 3) return undefined
  parts.splice(pick(rng, long) ?? 0, 1)
  return parts.join(' ')
}

/** Given names as their first letters. */
function initials({ text, isPerson, script }: Subject): string | undefined {
  const parts = words(text)
  if (!isPerson || parts.length < 2 || parts.length > 4 || script === 'han') return undefined
  const last = parts.pop() ?? ''
  if (lettersOf(last) < 4) return undefined
  return `${parts.map((part) => `${[...part][0]?.toUpperCase() ?? ''}.`).join(' ')} ${last}`
}

/** Two words as one, or one word as two. */
function spacing({ text, script }: Subject, rng: Rng): string | undefined {
  if (script === 'han' || script === 'kana') {
    const chars = [...text]
    if (chars.length < 4) return undefined
    chars.splice(1 + intBelow(rng, chars.length - 1), 0, ' ')
    return chars.join('')
  }
  const parts = words(text)
  if (parts.length > 1 && rng() < 0.6) {
    const at = intBelow(rng, parts.length - 1)
    parts.splice(at, 2, `${parts[at]}${parts[at + 1]?.toLowerCase()}`)
    return parts.join(' ')
  }
  const long = parts.flatMap((part, i) => (lettersOf(part) >= 6 ? [i] : []))
  const at = pick(rng, long)
  if (at === undefined) return undefined
  const chars = [...(parts[at] ?? '')]
  chars.splice(2 + intBelow(rng, chars.length - 4), 0, ' ')
  parts[at] = chars.join('')
  return parts.join(' ')
}

const FORMS: Readonly<Record<Script, readonly string[]>> = {
  latin: [
    'Ltd',
    'Limited',
    'LLC',
    'Inc.',
    'GmbH',
    'S.A.',
    'AG',
    'B.V.',
    'Corp.',
    'Co., Ltd.',
    'SAS',
  ],
  cyrillic: ['ООО', 'АО', 'ПАО', 'ЗАО', 'ОАО'],
  arabic: ['ش.م.م', 'شركة'],
  han: ['有限公司', '股份有限公司', '有限责任公司'],
  hangul: ['주식회사', '유한회사'],
  greek: ['Α.Ε.', 'Ε.Π.Ε.', 'Ι.Κ.Ε.'],
  kana: ['株式会社', '合同会社'],
  hebrew: ['בע"מ'],
  other: ['Ltd'],
}

const FORM_END =
  /[\s,]*(?:\b(?:co\.?,? )?(?:ltd|limited|llc|l\.l\.c|inc|gmbh|s\.?a\.?s?|ag|b\.?v|corp(?:oration)?|plc|ooo|jsc|s\.?r\.?l|lp|pte)\b\.?|股份有限公司|有限责任公司|有限公司)\s*$/iu
const FORM_START = /^(?:ООО|АО|ПАО|ЗАО|ОАО|OOO|주식회사|株式会社)\s+/u

export function withoutForm(text: string): string {
  return text.replace(FORM_END, '').replace(FORM_START, '')
}

/** Another legal form in the place of the one that the name has, or at its end. */
function otherForm({ text, script, isPerson }: Subject, rng: Rng): string | undefined {
  if (isPerson) return undefined
  const bare = withoutForm(text)
  if (lettersOf(bare) < 3) return undefined
  const form = pick(rng, FORMS[script]) ?? 'Ltd'
  if (rng() < 0.25) return bare
  const isFront = script === 'cyrillic' || script === 'kana'
  return isFront ? `${form} «${bare}»` : `${bare}${script === 'han' ? '' : ' '}${form}`
}

const MARKS: Readonly<Record<string, string>> = {
  ...{ a: 'áàâäãå', e: 'éèêë', i: 'íîï', o: 'óôöõ', u: 'úûü', c: 'çč', n: 'ñń', s: 'šş', z: 'žż' },
  ...{ y: 'ý', g: 'ğ', е: 'ё', и: 'й', ا: 'أإآ', ي: 'ى', ة: 'ه', ه: 'ة', α: 'ά', ε: 'έ', ο: 'ό' },
  ...{ ι: 'ί', η: 'ή', υ: 'ύ', ω: 'ώ' },
}

/** Marks put on up to three letters, or taken off all of them. */
function diacritics({ text, script }: Subject, rng: Rng): string | undefined {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
  if (bare !== text && script !== 'hangul') return bare
  const chars = [...text]
  const at = chars.flatMap((char, i) => (MARKS[char.toLowerCase()] === undefined ? [] : [i]))
  if (at.length === 0) return undefined
  for (let n = 0; n < 3; n++) {
    const i = pick(rng, at) ?? 0
    const marked = pick(rng, [...(MARKS[(chars[i] ?? '').toLowerCase()] ?? '')])
    if (marked !== undefined)
      chars[i] = /\p{Lu}/u.test(chars[i] ?? '') ? marked.toUpperCase() : marked
  }
  return chars.join('')
}

/** Letters of another script that look the same. */
const LATIN_LOOKS: Readonly<Record<string, string>> = {
  ...{ a: 'а', e: 'е', o: 'оο', p: 'р', c: 'с', x: 'х', y: 'у', i: 'і', s: 'ѕ', A: 'АΑ', B: 'ВΒ' },
  ...{ E: 'ЕΕ', K: 'КΚ', M: 'МΜ', H: 'НΗ', O: 'ОΟ0', P: 'РΡ', C: 'С', T: 'ТΤ', X: 'ХΧ', l: '1' },
}
const CYRILLIC_LOOKS: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', А: 'A', В: 'B', Е: 'E', К: 'K' },
  ...{ М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', Х: 'X' },
}

function homoglyph({ text, script }: Subject, rng: Rng): string | undefined {
  const looks =
    script === 'latin' ? LATIN_LOOKS : script === 'cyrillic' ? CYRILLIC_LOOKS : undefined
  if (looks === undefined) return undefined
  const chars = [...text]
  const at = chars.flatMap((char, i) => (looks[char] === undefined ? [] : [i]))
  if (at.length < 2) return undefined
  for (let n = 0; n < 2; n++) {
    const i = pick(rng, at) ?? 0
    chars[i] = pick(rng, [...(looks[chars[i] ?? ''] ?? '')]) ?? chars[i] ?? ''
  }
  return chars.join('')
}
