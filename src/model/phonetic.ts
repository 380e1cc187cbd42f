/**
 * How words sound, across the ways in which they are written in Latin letters. Two words with one
 * key may be one name; the keys find and compare, they never decide alone (`word-likeness.ts`).
 */

/**
 * What stays of a word when vowels and doubled letters are taken away and letters that
 * transliterations exchange are made one: `osama` and `usama`, `muhammad` and `mohamed`,
 * `khrushchev` and `chruschtschow` share it. A leading vowel stays as `a`. Input is folded.
 */
export function skeletonOf(word: string): string {
  const folded = word
    .replace(/x/g, 'ks')
    .replace(/(?<!t)s(?:ch)?(?:tch|tsch|ch)|sc(?=[ei])/g, 'j')
    .replace(/tsch|tch|sch|sh|ch(?!r)|zh|cz|sz|dsch|dzh|dj/g, 'j')
    .replace(/kh|ck|ch|q|c(?=[aouklrt])|c$/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/[dtg]h/g, (pair) => pair[0] as string)
    .replace(/t[sz]|z|c/g, 's')
    .replace(/w/g, 'v')
  const first = /^[aeiouy]/.test(folded) ? 'a' : ''
  return first + folded.replace(/[aeiouyh']/g, '').replace(/(.)\1+/g, '$1')
}

/** Like `skeletonOf` with every `h` that sounds: what a script without vowels writes. */
export function consonantsOf(word: string): string {
  const folded = word
    .replace(/sh|ch|zh|sch/g, 'j')
    .replace(/kh|q|c/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/[dtg]h/g, (pair) => pair[0] as string)
    .replace(/z/g, 's')
    .replace(/[vw]/g, 'v')
  return folded
    .replace(/h$/, '')
    .replace(/[aeiouy']/g, '')
    .replace(/(.)\1+/g, '$1')
}

/** One syllable as Chinese, Korean and Japanese are written in Latin letters. */
const SYLLABLE =
  /^(?:(?:zh|ch|sh|hs|ts|tz|sz|kk|tt|pp|ss|jj|gy|ky|hw|kw|gw|[bpmfdtnlgkhjqxzcsrwy])?[aeiouy]{1,4}(?:ng|[nrhklmptbdg])?)+$/
const EAST_CHARS_MAX = 18

/**
 * The key of a word of Chinese or Korean syllables: systems of romanisation differ in voicing
 * (`b`/`p`, `g`/`k`, `zh`/`ch`/`j`) and in a few vowels, so `zedong` and `tsetung`, `jeong` and
 * `chung`, `gim` and `kim` share it. Undefined for words that cannot be such syllables.
 */
export function eastKey(word: string): string | undefined {
  if (word.length > EAST_CHARS_MAX || !SYLLABLE.test(word)) return undefined
  return word
    .replace(/hs|sh|x|sz|ss/g, 's')
    .replace(/zh|ch|ts|tz|jj|[jqzc]/g, 'c')
    .replace(/b|pp/g, 'p')
    .replace(/d|tt/g, 't')
    .replace(/g(?!$|[^aeiouy])|kk/g, (text, at: number) => (word[at - 1] === 'n' ? text : 'k'))
    .replace(/eo|eu|oo|ou|uo|u/g, 'o')
    .replace(/ae|ai$/g, 'e')
    .replace(/ee|ui|yi/g, 'i')
    .replace(/(?<=[ei])h$/g, '')
    .replace(/i?en$/g, 'an')
    .replace(/ian/g, 'an')
    .replace(/yan/g, 'an')
}

/** True for a word that may be one syllable of Han or Hangul: two to six letters of that shape. */
export function isSyllable(word: string): boolean {
  return ONE_SYLLABLE.test(word)
}

const ONE_SYLLABLE =
  /^(?:zh|ch|sh|kk|tt|pp|ss|jj|[bpmfdtnlgkhjqxzcsrwy])?[aeiouy]{1,3}(?:ng|[nrklmpbdgs])?$/

/**
 * Classes of letters that the keys above never exchange; vowels and `h` are in none. A `d` or `t`
 * before a hiss may be a part of it, so it is only maybe there.
 */
const CLASSES = ['bpf', 'vw', 'dt', 'gkqcxjsz', 'l', 'm', 'n', 'r']
const CLASS_OF = new Uint8Array(128)
for (const [at, letters] of CLASSES.entries()) {
  for (const letter of letters) CLASS_OF[letter.charCodeAt(0)] = 1 << at
}
const HISS = CLASS_OF[115] as number
const STOP = CLASS_OF[116] as number
const MAYBE_SHIFT = 8

/** Classes in the low byte, those that are only maybe there in the next. */
function classesOf(word: string): number {
  let sure = 0
  let maybe = 0
  let next = 0
  for (let i = word.length - 1; i >= 0; i--) {
    const own = CLASS_OF[word.charCodeAt(i) & 127] as number
    if (own === STOP && next === HISS) maybe |= own
    else sure |= own
    next = own
  }
  return sure | (maybe << MAYBE_SHIFT)
}

/** False where no key of sound of the two can be the same: a look at the letters is enough. */
export function maySoundAlike(left: string, right: string): boolean {
  const a = classesOf(left)
  const b = classesOf(right)
  const allA = a | (a >> MAYBE_SHIFT)
  const allB = b | (b >> MAYBE_SHIFT)
  return (a & 255 & ~allB) === 0 && (b & 255 & ~allA) === 0
}
