const SHAPE = /^[0-9A-Z]{18}[0-9]{2}$/

/** Without the white space that people put in for reading; upper case. No other repair. */
export function normaliseLei(text: string): string {
  return text.replace(/\s/gu, '').toUpperCase()
}

/** Twenty characters, the last two of them digits (ISO 17442-1 §5); the checksum is not judged. */
export function hasLeiShape(text: string): boolean {
  return SHAPE.test(text)
}

/**
 * ISO 7064 MOD 97-10 over the whole code, letters counted as A = 10 … Z = 35: the remainder is 1.
 * Takes normalised text.
 */
export function leiChecksumOk(lei: string): boolean {
  if (!SHAPE.test(lei)) return false
  let remainder = 0
  for (let i = 0; i < lei.length; i++) {
    const code = lei.charCodeAt(i)
    const value = code < 58 ? code - 48 : code - 55
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** True for a text that, normalised, is a Legal Entity Identifier with right check digits. */
export function isLei(text: string): boolean {
  return leiChecksumOk(normaliseLei(text))
}
