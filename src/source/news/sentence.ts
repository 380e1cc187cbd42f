import { isPlace } from './name-kind.ts'

/** A block of an article: where it stands in the text, and what it is. */
export interface Block {
  readonly start: number
  readonly end: number
  readonly kind: 'paragraph' | 'heading' | 'item' | 'title'
}

export interface Sentence {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly block: Block
}

/** Longer sentences are tables or code that lost their line ends: they are cut into pieces. */
const SENTENCE_CHARS_MAX = 1_500
const END = /[.!?…]+["'”’)\]]*(?=\s+["'“‘(]?[\p{Lu}\p{N}$€£@]|\s*$)/gu
const ABBREVIATION =
  /(?:^|[\s("“])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|no(?=\s*$)|vs|v|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|nos|Gen|Gov|Sen|Rep|Hon|approx|est|Fig|Mt|Ft|[A-Z]|(?:\p{L}\.)+\p{L})$/u
const FORM = /(?:^|\s)(?:Inc|Ltd|Co|Corp|Bros|LLC|plc|U\.S|U\.K|E\.U)$/u
/** Words that begin a sentence and no name. */
const STARTER =
  /^\s+["'“‘(]?(?:The|It|In|A|An|He|She|They|This|That|These|But|And|On|At|As|For|We|I|Its|Their|However|According|Meanwhile|After|Before|While|When|If|Last|Earlier|Shares|There|Under|Both|Neither|By|To|From|With)\b/u

/** Sentences of an article, in order, with UTF-16 offsets into its text. */
export function sentencesOf(text: string, blocks: readonly Block[]): Sentence[] {
  const out: Sentence[] = []
  for (const block of blocks) {
    const body = text.slice(block.start, block.end)
    let from = datelineEnd(body)
    if (from > 0) push(out, body, block, 0, from)
    for (const match of body.matchAll(END)) {
      const at = match.index ?? 0
      const before = body.slice(Math.max(from, at - 24), at)
      const isDot = match[0].startsWith('.')
      const end = at + match[0].length
      if (isDot && end < body.length && ABBREVIATION.test(before)) {
        if (!FORM.test(before) || !STARTER.test(body.slice(end, end + 24))) continue
      } else if (isDot && FORM.test(before) && !STARTER.test(body.slice(end, end + 24))) continue
      push(out, body, block, from, end)
      from = end
    }
    push(out, body, block, from, body.length)
  }
  return out
}

const PLACE_NAME = "[\\p{Lu}][\\p{L}.'’-]*(?: (?:de|del|do|da|la|upon|am))?"
const MONTH_NAME = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?'
const DAY_NAME = `(?:${MONTH_NAME} \\d{1,2}(?:,? \\d{4})?|\\d{1,2} ${MONTH_NAME}(?: \\d{4})?)`
/** `MADRID, March 17 (Wire) - `, `Vilnius, 20 May 2026 – `, `LONDON: `: where and when it was written. */
const DATELINE = new RegExp(
  `^(?<place>${PLACE_NAME}(?:,? (?:and )?${PLACE_NAME}){0,5})(?<date>,? (?:[-–—] )?${DAY_NAME})?(?<wire> ?\\([^)]{2,40}\\)| ?/[^/]{2,50}/)*(?<end>(?: ?[-–—]{1,2}|:|\\.) )(?=[\\p{L}“"'‘€$£])`,
  'u',
)

/** Where the text begins behind a dateline; 0: there is none. */
function datelineEnd(body: string): number {
  const match = DATELINE.exec(body)
  const { place = '', date, wire, end = '' } = match?.groups ?? {}
  if (match === null) return 0
  const isKnown = place.split(/,? and |, /).every((one) => isPlace(one))
  const isUpper = place === place.toUpperCase() && place.length > 3
  const isPlain = date !== undefined || (wire !== undefined && isUpper)
  const isCertain = isPlain || ((isKnown || isUpper) && end.trim() !== '.')
  return isCertain && !(isUpper && !isKnown && !isPlain && end.trim() === ':') ? match[0].length : 0
}

function push(out: Sentence[], body: string, block: Block, from: number, to: number): void {
  for (let at = from; at < to; at += SENTENCE_CHARS_MAX) {
    const piece = body.slice(at, Math.min(to, at + SENTENCE_CHARS_MAX))
    const text = piece.trim()
    if (!/[\p{L}\p{N}]/u.test(text)) continue
    const start = block.start + at + piece.indexOf(text)
    out.push({ start, end: start + text.length, text, block })
  }
}
