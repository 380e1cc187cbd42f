/** What was done to a query before it was read; stable codes, shown beside the answer. */
export type QueryNote = 'invisible_removed' | 'malformed_text' | 'unwrapped' | 'payment_uri'

export interface QueryText {
  readonly text: string
  readonly notes: readonly QueryNote[]
}

/**
 * Characters without a width, marks that turn the direction of text, and controls other than white
 * space: they change what a reader sees and not what is meant (UAX 44 Default_Ignorable, UTS 39
 * §5.4). Joiners inside Indic and Arabic names go too: names are compared without them.
 */
const INVISIBLE = /\ufeff|(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/gu

const WHITE = /\s+/gu
/** Nothing to do but trim: printable ASCII without doubled spaces is nearly every query. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/u

const PAIRS: readonly (readonly [string, string])[] = [
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['\u201c', '\u201d'],
  ['\u201e', '\u201c'],
  ['\u2018', '\u2019'],
  ['\u00ab', '\u00bb'],
  ['\u2039', '\u203a'],
  ['\u300c', '\u300d'],
  ['\u300a', '\u300b'],
]
const WRAPS_MAX = 4

/** NFC, one space for each run of white space, no invisible marks, no wrapping quotes. */
export function normaliseQuery(query: string): QueryText {
  const notes: QueryNote[] = []
  let text = query.trim()
  if (!PLAIN.test(text)) text = clean(text, notes)
  const bare = unwrapText(text)
  if (bare !== text) notes.push('unwrapped')
  return { text: bare, notes }
}

function clean(text: string, notes: QueryNote[]): string {
  let out = text
  if (!out.isWellFormed()) {
    notes.push('malformed_text')
    out = out.toWellFormed()
  }
  const visible = out.replace(INVISIBLE, '')
  if (visible !== out) notes.push('invisible_removed')
  return visible.normalize('NFC').replace(WHITE, ' ').trim()
}

function unwrapText(text: string): string {
  let out = text
  for (let i = 0; i < WRAPS_MAX; i++) {
    const pair = PAIRS.find(([open, close]) => out.startsWith(open) && out.endsWith(close))
    const inner = out.slice(1, -1).trim()
    if (pair === undefined || inner === '') break
    // `"A" and "B"` is not one quotation, and an IPv6 host stands in brackets.
    if (inner.includes(pair[0]) || inner.includes(pair[1])) break
    if (pair[0] === '[' && /^[0-9a-f:.]+$/iu.test(inner)) break
    out = inner
  }
  return out.replace(/[,;]+$/u, '').trimEnd()
}
