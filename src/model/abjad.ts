/**
 * Arabic, Persian and Hebrew in Latin letters: consonants as their usual transliteration has them,
 * long vowels where the letter stands for one. Short vowels are not written and so not given:
 * `word-likeness.ts` compares such words by their consonants.
 */

const ARABIC = /[\u0600-\u06ff]/
const HEBREW = /\p{Script=Hebrew}/u
/** Letters that Persian has and Arabic has not; it sounds several shared letters in its own way. */
const PERSIAN = /[پچژگیکى]/
const ARABIC_WORD = /[\u0621-\u06d3]+/g
const HEBREW_WORD = /[\u05d0-\u05ea]+/g
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g
const HEBREW_MARKS = /[\u0591-\u05c7\u05f3\u05f4]/g

const letters = (rows: string): ReadonlyMap<string, string> =>
  new Map(
    rows
      .trim()
      .split(/\s+/)
      .map((row) => [row[0] as string, row.slice(1)]),
  )

const ARABIC_LETTERS = letters(`
  اa أa إi آa ٱa ةa عa ء ؤu ئi بb پp تt ثth جj چch حh خkh دd ذdh رr زz ژzh سs شsh صs ضd طt ظz
  غgh فf قq كk کk گg لl مm نn هh ھh ہh`)
const PERSIAN_LETTERS = letters('ثs ذz ضz قgh')
const HEBREW_LETTERS = letters(`
  אa בb גg דd הh זz חh טt כk ךk לl מm םm נn ןn סs עa פp ףf צts ץts קk רr שsh תt`)

/** The text with its Arabic and Hebrew words in Latin letters; every other text as it is. */
export function abjadsOf(text: string): string {
  let out = text
  if (ARABIC.test(out)) {
    const isPersian = PERSIAN.test(out)
    out = out.replace(ARABIC_MARKS, '').replace(ARABIC_WORD, (word) => arabicWord(word, isPersian))
  }
  if (HEBREW.test(out)) out = out.replace(HEBREW_MARKS, '').replace(HEBREW_WORD, hebrewWord)
  return out
}

/** The article stands apart, so that it can be left out. */
function arabicWord(word: string, isPersian: boolean): string {
  if (word === 'الله') return 'allah'
  if (word.length > 6 && word.startsWith('عبدال')) {
    return `abdul ${arabicWord(word.slice(5), isPersian)}`
  }
  const hasArticle = word.length > 4 && word.startsWith('ال')
  const stem = hasArticle ? word.slice(2) : word
  let out = hasArticle ? 'al ' : ''
  for (let i = 0; i < stem.length; i++) {
    const letter = stem[i] as string
    // `و` and `ي` are vowels between consonants and consonants beside a vowel.
    const isVowel = i > 0 && !isLongVowel(stem[i - 1]) && !isLongVowel(stem[i + 1])
    if (letter === 'و') out += isVowel ? 'u' : isPersian ? 'v' : 'w'
    else if (letter === 'ي' || letter === 'ی') out += isVowel ? 'i' : 'y'
    else if (letter === 'ى') out += isPersian && i < stem.length - 1 ? 'y' : 'i'
    else
      out +=
        (isPersian ? PERSIAN_LETTERS.get(letter) : undefined) ??
        ARABIC_LETTERS.get(letter) ??
        letter
  }
  return out
}

function isLongVowel(letter: string | undefined): boolean {
  return letter !== undefined && 'اأإآع'.includes(letter)
}

function hebrewWord(word: string): string {
  const plain = word
    .replace(/וו/g, 'v')
    .replace(/יי/g, 'ei')
    .replace(/(?<!^)ה$/, 'a')
  return [...plain]
    .map((letter, i) => {
      if (letter === 'ו') return i === 0 ? 'v' : 'o'
      if (letter === 'י') return i === 0 ? 'y' : 'i'
      return HEBREW_LETTERS.get(letter) ?? letter
    })
    .join('')
}
