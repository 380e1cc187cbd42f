import anyAscii from 'any-ascii'
import { abjadsOf } from './abjad.ts'
import { unmasked } from './mixed-script.ts'

/** A longer text is an article, not a name; the tail says nothing about who it is. */
const NAME_CHARS_MAX = 512
/** Marks on one letter: real scripts stack two or three, a flood is decoration. */
const MARKS_MAX = 3

const PLAIN = /^[\x20-\x7e]*$/
const FLOOD = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu')
/** Characters that are drawn as nothing: direction marks, joiners, soft hyphens, selectors. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu
const HAN_OR_HANGUL = /[\p{Script=Han}\p{Script=Hangul}]/gu
const GREEK = /\p{Script=Greek}/u
const DOTTED = /(?<![a-z0-9])(?:[a-z]\.){2,}[a-z]?(?![a-z])/g

/**
 * A text in lower-case ASCII words: transliterated, letters of abbreviations joined (`S.A.R.L.` →
 * `sarl`), every other mark a space. A word that mixes Latin letters with look-alikes of another
 * script is read in the script of most of them. Bounded by `NAME_CHARS_MAX`, never throws, folds its own result to itself.
 */
export function fold(text: string): string {
  const cut = text.slice(0, NAME_CHARS_MAX * 2)
  const latin = PLAIN.test(cut) ? cut.slice(0, NAME_CHARS_MAX) : latinOf(cut)
  return latin
    .toLowerCase()
    .replace(DOTTED, (letters) => letters.replaceAll('.', ''))
    .replace(/['`]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

function latinOf(text: string): string {
  let own = text.normalize('NFKC').replace(FLOOD, '$1').replace(INVISIBLE, '')
  own = own.slice(0, NAME_CHARS_MAX)
  own = abjadsOf(unmasked(own))
  if (GREEK.test(own)) own = greekOf(own)
  own = own.replace(HAN_OR_HANGUL, (character) => ` ${character} `)
  // What has no letters of its own in ASCII (emoji, dingbats) would become their English names.
  return anyAscii(own.replace(/[\p{Extended_Pictographic}\p{So}]/gu, ' ')).replace(/’/g, '')
}

/** Greek pairs that are one sound; what is left is read letter by letter. */
const GREEK_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/ου/giu, 'ou'],
  [/(?<=[αεη])υ(?=[βγδζλμνραεηιοω])/giu, 'v'],
  [/(?<=[αεη])υ/giu, 'f'],
  [/υ/giu, 'y'],
  [/(?<!\p{L})μπ/giu, 'b'],
  [/(?<!\p{L})ντ/giu, 'd'],
  [/(?<!\p{L})γκ/giu, 'g'],
  [/γγ/giu, 'ng'],
  [/γ(?=[κξχ])/giu, 'n'],
  [/χ/giu, 'ch'],
]
const GREEK_MARKS = /(?<=\p{Script=Greek})[\u0300\u0301\u0342\u0313\u0314]+/gu

function greekOf(text: string): string {
  let out = text.normalize('NFD').replace(GREEK_MARKS, '').normalize('NFC')
  for (const [pair, latin] of GREEK_PAIRS) out = out.replace(pair, latin)
  return out
}
