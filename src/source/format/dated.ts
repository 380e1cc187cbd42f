import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import { dayOf, isDay } from '../../model/time.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { lines } from '../parse/lines.ts'
import { at } from '../parse/locator.ts'
import type { ListedSite } from './listed.ts'
import { listedSite, readSite } from './listed.ts'

export interface DatedLine {
  readonly day: Day
  readonly raw: string
  readonly row: string
}

/** Lines of a recorded list with first-seen days: `<day> TAB <host>`. A broken line is noted. */
export async function* datedLines(ctx: CrawlContext, file: InputFile): AsyncIterable<DatedLine> {
  for await (const { line, text } of lines(file)) {
    if (text === '') continue
    ctx.countRow()
    const row = at.line(file.role, line)
    const tab = text.indexOf('\t')
    const day = text.slice(0, tab)
    if (tab !== 10 || !isDay(day)) {
      ctx.note('line_unreadable', `${row}: ${text.slice(0, 100)}`)
      continue
    }
    yield { day, raw: text.slice(tab + 1), row }
  }
}

/** The newest day of such a file: the list's own date. Null when it holds none. */
export async function newestDay(file: InputFile): Promise<Day | null> {
  let newest = ''
  for await (const { text } of lines(file)) {
    if (text[10] !== '\t') continue
    const day = text.slice(0, 10)
    if (day > newest && isDay(day)) newest = day
  }
  return newest === '' ? null : newest
}

interface Seen {
  readonly day: Day
  readonly row: string
  readonly site: ListedSite
}

/** Sites by key, with the first day of each. Spellings of one site count once, the earliest day. */
export type DatedSites = ReadonlyMap<string, Seen>

/** The whole dated list in memory: for a version that also holds the list itself. */
export async function readDated(
  ctx: CrawlContext,
  file: InputFile | undefined,
): Promise<DatedSites> {
  const dated = new Map<string, Seen>()
  if (file === undefined) return dated
  for await (const { day, raw, row } of datedLines(ctx, file)) {
    const site = readSite(ctx, raw, row)
    if (site === undefined) continue
    const known = dated.get(site.key)
    if (known === undefined || day < known.day) dated.set(site.key, { day, row, site })
  }
  return dated
}

/**
 * Sites that were seen before the version's day and that the version lacks: they were taken off.
 * What was first seen on that day or later is newer than the version and counts as listed.
 */
export function* takenOff(
  ctx: CrawlContext,
  dated: DatedSites,
  listed: ReadonlySet<string>,
): Iterable<SourceItem> {
  const version = ctx.publishedAt === null ? newestOf(dated) : dayOf(ctx.publishedAt)
  for (const [key, { day, row, site }] of dated) {
    if (listed.has(key)) continue
    yield listedSite(ctx, site, { row, from: day, to: day < version ? version : undefined })
  }
}

function newestOf(dated: DatedSites): Day {
  let newest = ''
  for (const { day } of dated.values()) if (day > newest) newest = day
  return newest
}
