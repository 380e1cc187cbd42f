import type { Zone } from '../../model/news.ts'
import type { Node } from './compose.ts'
import { publishedOf } from './published.ts'

/** What a text with an article in it gives: the page's furniture is left out. */
export interface PlainRead {
  readonly title: string
  readonly publisher: string | null
  readonly author: string | null
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly category: string | null
  readonly url: string | null
  readonly nodes: readonly Node[]
  readonly notes: readonly string[]
}

/** Lines considered; a text with more is no article. */
const LINES_MAX = 20_000
/** A line this long says something; shorter ones are headings, menus and labels. */
const PROSE_CHARS_MIN = 70
const BULLET = /^\s*(?:[•·▪◦‣●■*–—-]|\d{1,2}[.)])\s+/u
const STAMP =
  /\b(\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?(?:\s?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2}))?)?|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(?:,? \d{1,2}:\d{2}(?: ?(?:UTC|GMT|[A-Z]{3,4}))?)?|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}(?:,? \d{1,2}:\d{2}(?: ?(?:am|pm|AM|PM))?(?: ?(?:UTC|GMT|[A-Z]{3,4}))?)?)\s*$/

interface Line {
  readonly text: string
  readonly isBullet: boolean
  readonly isProse: boolean
}

/** Reads an article out of a page that was saved as text. */
export function readPlain(source: string): PlainRead {
  const lines = source
    .split(/\r\n|\r|\n/)
    .slice(0, LINES_MAX)
    .map((raw) => raw.replace(/[ \t\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .map(lineOf)
  const meta = metaOf(lines)
  const title = titleOf(lines, meta)
  const notes: string[] = []
  const start = startOf(lines, title, meta)
  let body = lines.slice(start)
  const category = categoryOf(lines, start, title)
  body = withoutTeaser(body, notes)
  const nodes = nodesOf(body, title)
  return {
    title: title ?? lines.find(({ isProse }) => !isProse)?.text ?? '',
    publisher: meta?.publisher ?? null,
    author: meta?.author ?? null,
    publishedAt: meta?.published.at ?? null,
    zone: meta?.published.zone ?? null,
    category,
    url: null,
    nodes,
    notes,
  }
}

function lineOf(raw: string): Line {
  const text = raw.replace(BULLET, '')
  const isBullet = text !== raw && !/^\d/.test(raw)
  const isProse = text.length >= PROSE_CHARS_MIN && /\s/.test(text)
  return { text: isBullet ? text : raw, isBullet, isProse }
}

interface Meta {
  readonly line: number
  readonly head: string
  readonly publisher: string | null
  readonly author: string | null
  readonly published: { readonly at: string; readonly zone: Zone }
}

/** The line that ends in a date: `Title Publisher 2026-01-01 21:00`, `By Jane Doe, 3 May 2026`. */
function metaOf(lines: readonly Line[]): Meta | undefined {
  for (const [i, { text }] of lines.slice(0, 60).entries()) {
    const stamp = text.length > 320 ? null : STAMP.exec(text)
    const published = stamp?.[1] === undefined ? undefined : publishedOf(stamp[1])
    if (stamp === null || published === undefined) continue
    const head = text
      .slice(0, stamp.index)
      .replace(/[|,·•–—-]\s*$/u, '')
      .replace(/\b(?:published|updated|posted|date)\s*:?\s*(?:on)?\s*$/i, '')
      .trim()
    if (/[.!?]$/.test(head) && head.length > 120) continue
    const known = lines.find(
      (line, at) => at !== i && line.text.length > 12 && head.startsWith(line.text),
    )
    const rest = known === undefined ? head : head.slice(known.text.length).trim()
    const author = /^by\s+([\p{Lu}][^|,·]{2,60})/iu.exec(rest)?.[1]?.trim() ?? null
    const publisher =
      known !== undefined && rest !== '' && author === null && rest.length <= 60
        ? rest.replace(/^[|·•–—-]\s*/u, '')
        : null
    return { line: i, head: known?.text ?? '', publisher, author, published }
  }
  return undefined
}

const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

function titleOf(lines: readonly Line[], meta: Meta | undefined): string | undefined {
  if (meta !== undefined && meta.head !== '') return meta.head
  const firstProse = lines.findIndex((line) => line.isProse && /[.!?…]["'”’)]?$/.test(line.text))
  const head = lines.slice(0, firstProse < 0 ? lines.length : firstProse)
  // A line that the page repeats, else the longest short line above the text.
  const twice = head.find(
    ({ text }, at) =>
      text.length > 20 && head.some((other, j) => j > at && fold(other.text) === fold(text)),
  )
  if (twice !== undefined) return twice.text
  const short = head.filter(
    ({ text, isBullet }) =>
      !isBullet &&
      text.length <= 200 &&
      /\s/.test(text) &&
      !STAMP.test(text) &&
      !/^by\s/i.test(text),
  )
  return short.sort((a, b) => b.text.length - a.text.length)[0]?.text
}

/** Behind the last place where the title stands above the text. */
function startOf(
  lines: readonly Line[],
  title: string | undefined,
  meta: Meta | undefined,
): number {
  const wanted = title === undefined ? '' : fold(title)
  let start = meta === undefined ? 0 : meta.line + 1
  lines.slice(0, 80).forEach(({ text }, i) => {
    if (wanted !== '' && fold(text) === wanted) start = Math.max(start, i + 1)
  })
  return start
}

/** One short line between the date and the text: the page's word for what it is about. */
function categoryOf(
  lines: readonly Line[],
  start: number,
  title: string | undefined,
): string | null {
  const wanted = title === undefined ? '' : fold(title)
  for (let i = start - 1; i >= Math.max(0, start - 4); i--) {
    const text = lines[i]?.text ?? ''
    if (fold(text) === wanted) continue
    const isWord = /^[\p{Lu}][\p{L} &/-]{1,28}$/u.test(text) && text.split(' ').length <= 3
    if (isWord && i > 0 && lines.slice(0, i).some((line) => line.isProse)) return text
    if (!isWord) break
  }
  return null
}

/** A teaser that is cut in the middle of a sentence and begins like the text is no part of it. */
function withoutTeaser(body: readonly Line[], notes: string[]): Line[] {
  return body.filter(({ text, isProse }, i) => {
    const isCut = isProse && !/[.!?:"'”’)]$/.test(text.replace(/(?:\.\.\.|…)$/, ''))
    if (!isCut) return true
    const start = fold(text).slice(0, 60)
    const isRepeat = body.some(
      (other, j) => j !== i && other.isProse && fold(other.text).startsWith(start),
    )
    if (isRepeat) notes.push('teaser_dropped')
    return !isRepeat
  })
}

function nodesOf(body: readonly Line[], title: string | undefined): Node[] {
  const last = lastProse(body)
  const out: Node[] = []
  const firstAt = body.findIndex((line) => line.isProse)
  for (const [i, line] of body.slice(0, last + 1).entries()) {
    const { text, isBullet, isProse } = line
    if (title !== undefined && fold(text) === fold(title)) continue
    if (isBullet && (isProse || text.split(' ').length > 3)) out.push({ kind: 'item', text })
    else if (
      isProse ||
      (/[.!?…]["'”’)]?$/.test(text) && /\s\S+\s/.test(text) && !/[?？]$/.test(text))
    )
      out.push({ kind: 'paragraph', text })
    else if (i > firstAt && isHeading(text, body[i + 1])) out.push({ kind: 'heading', text })
  }
  return out
}

/** A short line right above text. */
function isHeading(text: string, next: Line | undefined): boolean {
  if (next === undefined || text.length < 4 || !/\p{L}/u.test(text)) return false
  return next.isProse || next.isBullet || /[.!?]$/.test(next.text)
}

/** Where prose ends; what stands below is the page's. */
function lastProse(body: readonly Line[]): number {
  for (let i = body.length - 1; i >= 0; i--) {
    const line = body[i]
    if (line?.isProse === true && !/^(?:copyright|©|all rights reserved)/i.test(line.text)) return i
  }
  return body.length - 1
}
