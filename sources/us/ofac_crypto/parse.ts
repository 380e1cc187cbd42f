import { canonicalJson } from '../../../src/base/encode.ts'
import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { Day } from '../../../src/model/time.ts'
import { dayOf } from '../../../src/model/time.ts'
import type { Crawl, CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { canonicalAddress, couldBeAddress } from '../../../src/source/format/wallet.ts'
import { json } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'
import { childText, xmlRecords } from '../../../src/source/parse/xml.ts'
import type { Listed, Span } from './history.ts'
import { readHistory } from './history.ts'

const NAME = /sanctioned_addresses_([A-Z0-9]{2,12})\.json$/

/** Texts that cannot be addresses: upstream once committed one. More than this, and it is no list. */
const REJECTED_SHARE_MAX = 0.1

/**
 * Role `list`: one JSON array of addresses per currency, which the file's name tells. Role
 * `history`: the days on which the keeper first and last saw each. Role `commits`: the branch's
 * feed, whose newest entry dates the version. None of these days is the day of OFAC's listing.
 */
export const crawl: Crawl = async function* (ctx) {
  const files = ctx.files.filter((file) => file.role === 'list')
  // No list at all: the error names the missing file.
  if (files.length === 0) ctx.file('list')
  const published = await publishNewestCommit(ctx)
  const histories = await readHistory(ctx)
  const listed = new Set<string>()
  for (const file of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const symbol = NAME.exec(file.name)?.[1]
    if (symbol === undefined) throw malformed(file, 'its name does not tell the currency.')
    for (const found of await readList(ctx, file, symbol)) {
      listed.add(keyOf(found))
      yield* listedItems(ctx, found, histories.get(keyOf(found))?.spans ?? [])
    }
  }
  if (listed.size === 0) throw new AppError('source.empty', 'The lists hold no address.')
  const day = published ?? dayOfVersion(ctx, files)
  for (const [key, found] of histories) {
    if (!listed.has(key)) yield* formerItems(ctx, found, found.spans, day)
  }
}

function keyOf({ symbol, address }: Listed): string {
  return `${symbol}:${address}`
}

/** Day of the newest commit; undefined without the feed. */
async function publishNewestCommit(ctx: CrawlContext): Promise<Day | undefined> {
  const file = ctx.optional('commits')
  if (file === undefined) return undefined
  let newest = ''
  for await (const { element } of xmlRecords(file, { records: ['entry'] })) {
    const updated = Date.parse(childText(element, 'updated') ?? '')
    if (Number.isNaN(updated)) continue
    const instant = new Date(updated).toISOString()
    if (instant > newest) newest = instant
  }
  if (newest === '') {
    ctx.note('commits_undated', file.name)
    return undefined
  }
  ctx.setPublished(newest)
  return dayOf(newest)
}

/** The oldest day that the lists' names or metadata give, else what is known of the version. */
function dayOfVersion(ctx: CrawlContext, files: readonly InputFile[]): Day | undefined {
  if (ctx.publishedAt !== null) return dayOf(ctx.publishedAt)
  return files
    .map((file) => file.day)
    .filter((day) => day !== null)
    .sort()[0]
}

async function readList(
  ctx: CrawlContext,
  file: InputFile,
  symbol: string,
): Promise<readonly Listed[]> {
  const list = await json(file)
  if (!Array.isArray(list)) throw malformed(file, 'it is no array of addresses.')
  if (list.length === 0) ctx.note('list_empty', file.name)
  const found: Listed[] = []
  for (const [i, text] of list.entries()) {
    ctx.countRow()
    if (typeof text === 'string' && couldBeAddress(text.trim())) {
      const original = text.trim()
      // Several files have this role: the name tells which of them holds the row.
      const row = at.pointer(`${file.role}/${file.name}`, i)
      found.push({ symbol, address: canonicalAddress(original), original, row })
    } else ctx.note('address_rejected', `${file.name}: ${String(text).slice(0, 100)}`)
  }
  const rejected = list.length - found.length
  if (rejected > list.length * REJECTED_SHARE_MAX && rejected > 1) {
    throw malformed(file, 'too many of its rows cannot be addresses.')
  }
  return found
}

function* listedItems(
  ctx: CrawlContext,
  found: Listed,
  spans: readonly Span[],
): Iterable<SourceItem> {
  for (const { from, to, row } of spans) {
    if (to !== undefined) yield { ...item(ctx, found), row, from, to }
  }
  const since = spans.find((span) => span.to === undefined)?.from
  yield since === undefined ? item(ctx, found) : { ...item(ctx, found), from: since }
}

/**
 * An address that the lists lack. Its history may not tell when it went: then it was gone by the
 * day of these lists. Where that day is unknown the entry is left out, because no day is invented.
 */
function* formerItems(
  ctx: CrawlContext,
  found: Listed,
  spans: readonly Span[],
  day: Day | undefined,
): Iterable<SourceItem> {
  for (const { from, to, row } of spans) {
    const end = to ?? day
    if (end === undefined) ctx.note('removal_day_unknown', keyOf(found))
    // A history newer than the lists knows of an addition that they cannot hold yet.
    else if (from >= end) ctx.note('history_newer', keyOf(found))
    else yield { ...item(ctx, found), row, from, to: end }
  }
}

function item(ctx: CrawlContext, { symbol, address, original, row }: Listed): SourceItem {
  return {
    entity: `${ctx.dataset}:${symbol}:${address}`,
    prop: 'listed',
    value: canonicalJson({ address, currency: symbol }),
    ...(original === address ? {} : { original }),
    row,
  }
}
