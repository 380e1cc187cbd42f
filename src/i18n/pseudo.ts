/** Letters with marks that stay readable, for every letter of ASCII. */
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = 'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'
const ACCENTS = new Map([...PLAIN].map((letter, at) => [letter, [...ACCENTED][at] ?? letter]))
/** Share by which translations of short English texts are longer. */
const LONGER = 0.4
/** What is filled in, and the letters and digits of a placeholder's name, stay as they are. */
const HOLE = /(\{[^{}]*\})/
/** Texts of fewer letters are marks between others, in every language the same. */
const WORD = /[A-Za-z]{2}/

/** The catalogue with accents, brackets around each text, and some more room asked for. */
export function pseudoMessages(
  english: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]))
}

/** `Warning` → `[Ŵåŕñîñĝ ẋẋẋ]`. Of a MessageFormat 2 message every variant is written anew. */
export function pseudo(text: string): string {
  if (text.startsWith('.')) {
    return text.replaceAll(
      /\{\{(.*?)\}\}(?=\s|$)/gs,
      (_, variant: string) => `{{${written(variant)}}}`,
    )
  }
  return written(text)
}

function written(text: string): string {
  const parts = text.split(HOLE)
  const words = parts.filter((_, at) => at % 2 === 0).join('')
  if (!WORD.test(words)) return text
  const accented = parts.map((part, at) => (at % 2 === 1 ? part : accents(part))).join('')
  return `[${accented} ${filler(Math.ceil(words.length * LONGER))}]`
}

function accents(text: string): string {
  return [...text].map((letter) => ACCENTS.get(letter) ?? letter).join('')
}

/** Words of seven letters: a longer text also has more places to break. */
function filler(length: number): string {
  return 'ẋ'.repeat(length).replaceAll(/.{7}(?=.)/gu, '$& ')
}
