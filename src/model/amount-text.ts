import { type Decimal, DIGITS_MAX, isNegative, isZero, parseDecimal, toPlain } from './decimal.ts'

/** Why a text is no amount. The reader of an answer sees a sentence for each. */
export type AmountFault =
  /** Nothing was typed. */
  | 'empty'
  /** Letters, signs or separators that no way of writing numbers has. */
  | 'not_a_number'
  /** `1,234` or `1.234`: two readings, and nothing tells which is meant. */
  | 'ambiguous'
  /** `1e30`: an exponent is a spelling for machines, and one letter is a factor of ten billion. */
  | 'exponent'
  | 'negative'
  | 'zero'
  /** More than 40 digits on a side of the point. */
  | 'too_long'

export type AmountReading =
  | { readonly ok: true; readonly value: Decimal; readonly text: string }
  | { readonly ok: false; readonly fault: AmountFault; readonly readings: readonly string[] }

/** Longer than any amount with its separators. */
const CHARS_MAX = 200

/**
 * The first digit of each block of ten decimal digits (Unicode category Nd) that amounts are
 * written with: Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil,
 * Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, full width.
 */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0xff10,
]

/** Spaces and apostrophes only ever group. */
const GROUPERS = /[\s\u00a0\u2007\u2009\u202f'’‘ʼ_]/gu
/** One spelling for marks that differ in shape and not in meaning. */
const SAME: Readonly<Record<string, string>> = {
  '٫': '.',
  '٬': ',',
  '，': ',',
  '．': '.',
  '、': ',',
  '،': ',',
  '−': '-',
  '－': '-',
  '﹣': '-',
  '＋': '+',
}
/** Marks that nobody sees: direction marks around a number in a right-to-left text. */
const INVISIBLE = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu

/**
 * Reads an amount as people write it: `1234.56`, `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`,
 * `12,34,567.89`, `١٬٢٣٤٫٥٦`. Where one mark can be read both ways, the language decides; without
 * one, a point is decimal, as in every program, and a lone comma before three digits is ambiguous.
 * Never guesses: what cannot be told is a fault with both readings.
 */
export function readAmount(text: string, lang?: string): AmountReading {
  if (text.length > CHARS_MAX) return fault('too_long')
  const folded = fold(text)
  if (folded === '') return fault('empty')
  if (/^[-+]?[\d.,]+e[-+]?\d+$/iu.test(folded)) return fault('exponent')
  const match = /^([-+]?)([\d.,]*\d[\d.,]*)$/u.exec(folded)
  if (match === null) return fault('not_a_number')
  const [, sign, body = ''] = match
  const plain = plainOf(body, text, lang)
  if (typeof plain !== 'string') return plain
  return judge(sign === '-' ? `-${plain}` : plain)
}

function judge(plain: string): AmountReading {
  const value = parseDecimal(plain)
  if (value === undefined) {
    return fault(plain.length > DIGITS_MAX ? 'too_long' : 'not_a_number')
  }
  if (isNegative(value)) return fault('negative')
  if (isZero(value)) return fault('zero')
  return { ok: true, value, text: toPlain(value) }
}

function fault(code: AmountFault, readings: readonly string[] = []): AmountReading {
  return { ok: false, fault: code, readings }
}

/** Western digits, one spelling of each mark; grouping by space is checked and taken out. */
function fold(text: string): string {
  let out = ''
  for (const char of text.replace(INVISIBLE, '').trim()) {
    const code = char.codePointAt(0) ?? 0
    const zero = code < 0x660 ? undefined : ZEROS.find((z) => code >= z && code < z + 10)
    out += zero === undefined ? (SAME[char] ?? char) : String(code - zero)
  }
  const parts = out.split(GROUPERS)
  // `1 234 567`: after the first part, groups of three and then perhaps a fraction.
  const isGrouped =
    parts.length === 1 ||
    (/^[-+]?\d{1,3}$/.test(parts[0] ?? '') &&
      parts
        .slice(1)
        .every((part, i) =>
          i === parts.length - 2 ? /^\d{3}(?:[.,]\d*)?$/.test(part) : /^\d{3}$/.test(part),
        ))
  return isGrouped ? parts.join('') : out
}

/** Plain digits with a point; or the fault. */
function plainOf(body: string, text: string, lang: string | undefined): string | AmountReading {
  const points = body.split('.').length - 1
  const commas = body.split(',').length - 1
  if (points === 0 && commas === 0) return body
  if (points > 0 && commas > 0) {
    const decimalMark = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
    if ((decimalMark === '.' ? points : commas) > 1) return fault('not_a_number')
    return split(body, decimalMark)
  }
  const mark = points > 0 ? '.' : ','
  if (points + commas > 1) {
    return isGrouped(body.split(mark)) ? body.replaceAll(mark, '') : fault('not_a_number')
  }
  const [whole = '', part = ''] = body.split(mark)
  // Spaces group already, or no group has this length: the mark is the decimal one.
  const canGroup = part.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && !GROUPED.test(text)
  const asDecimal = withPoint(whole, part)
  if (!canGroup) return asDecimal
  const meaning = meaningOf(mark, lang)
  if (meaning === 'decimal') return asDecimal
  if (meaning === 'group') return whole + part
  return fault('ambiguous', [asDecimal, whole + part])
}

const GROUPED = /\d[\s\u00a0\u2007\u2009\u202f'’‘ʼ_]\d/u

function split(body: string, decimalMark: '.' | ','): string | AmountReading {
  const [left = '', part = ''] = body.split(decimalMark)
  const groups = left.split(decimalMark === '.' ? ',' : '.')
  return isGrouped(groups) ? withPoint(groups.join(''), part) : fault('not_a_number')
}

/** Groups of three, or as India writes them: two digits each and three at the end. */
function isGrouped(groups: readonly string[]): boolean {
  const [first = '', ...rest] = groups
  const last = rest.at(-1) ?? ''
  if (!/^\d{1,3}$/.test(first) || last.length !== 3) return false
  const middle = rest.slice(0, -1)
  return (
    middle.every((group) => group.length === 3) ||
    (first.length <= 2 && middle.every((group) => group.length === 2))
  )
}

function withPoint(whole: string, part: string): string {
  const left = whole === '' ? '0' : whole
  return part === '' ? left : `${left}.${part}`
}

const marks = new Map<string, { readonly decimal: string; readonly group: string }>()

/** What a language means by a point or a comma; a point is decimal where no language is known. */
function meaningOf(mark: '.' | ',', lang: string | undefined): 'decimal' | 'group' | undefined {
  if (lang === undefined) return mark === '.' ? 'decimal' : undefined
  let own = marks.get(lang)
  if (own === undefined) {
    const [locale = 'en'] = Intl.NumberFormat.supportedLocalesOf([lang, 'en'])
    const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(
      '1234567.5',
    )
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
    own = { decimal: of('decimal'), group: of('group') }
    if (marks.size < 64) marks.set(lang, own)
  }
  if (mark === own.decimal) return 'decimal'
  if (mark === own.group) return 'group'
  // A language that groups by spaces uses its other mark for decimals only.
  return undefined
}
