import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { publishedFromCommits } from '../../../src/source/format/commits.ts'
import type { DatedSites } from '../../../src/source/format/dated.ts'
import { datedLines, newestDay, readDated, takenOff } from '../../../src/source/format/dated.ts'
import { listedAddress, listedSite, readSite } from '../../../src/source/format/listed.ts'
import { isRecord, json } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

/**
 * ScamSniffer's sites and addresses, in each form that exists. `all` is the whole list and the only
 * complete version. `daily` files hold what one day added, `domains_dated` is all such files as one
 * list of first-seen days, `address` a list of addresses: these tell what was added and not what
 * was taken off, so a version made of them adds and never retracts (`requires` in dataset.yml).
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const all = ctx.optional('all')
  const dated = ctx.optional('domains_dated')
  const address = ctx.optional('address')
  const daily = ctx.files.filter(({ role }) => role === 'daily')
  if (all === undefined && dated === undefined && address === undefined && daily.length === 0) {
    throw new AppError('source.file_missing', 'There is no file with sites or addresses.')
  }
  if (all !== undefined) {
    await publishedFromCommits(ctx)
    yield* wholeList(ctx, all, dated)
  } else if (dated !== undefined) {
    // Files of mixed vintage count as old as their oldest part: the sites' newest day is the date.
    const newest = await newestDay(dated)
    if (newest !== null) ctx.setPublished(`${newest}T00:00:00Z`)
    yield* datedSites(ctx, dated)
  }
  for (const file of daily) yield* members(ctx, file, { from: file.day ?? undefined })
  if (address !== undefined) yield* addresses(ctx, address, await json(address), [])
}

/** The list itself; a dated list beside it tells since when, and what was taken off. */
async function* wholeList(
  ctx: CrawlContext,
  all: InputFile,
  dated: InputFile | undefined,
): AsyncIterable<SourceItem> {
  const since = await readDated(ctx, dated)
  const listed = new Set<string>()
  yield* members(ctx, all, { since, listed })
  yield* takenOff(ctx, since, listed)
}

interface Since {
  /** The day that holds for the whole file. */
  readonly from?: string | undefined
  readonly since?: DatedSites
  /** Receives the keys of the file's sites. */
  readonly listed?: Set<string>
}

/** `{domains: [], address: []}`: the whole list, or what one day added. */
async function* members(
  ctx: CrawlContext,
  file: InputFile,
  known: Since,
): AsyncIterable<SourceItem> {
  const whole = await json(file)
  if (!isRecord(whole) || !(Array.isArray(whole.domains) || Array.isArray(whole.address))) {
    throw malformed(file, 'it has no list "domains" and no list "address".')
  }
  for (const [i, raw] of listOf(whole.domains).entries()) {
    ctx.countRow()
    const row = at.pointer(file.role, 'domains', i)
    const site = readSite(ctx, raw, row)
    if (site === undefined) continue
    known.listed?.add(site.key)
    yield listedSite(ctx, site, { row, from: known.from ?? known.since?.get(site.key)?.day })
  }
  if (Array.isArray(whole.address)) {
    yield* addresses(ctx, file, whole.address, ['address'], known.from)
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

async function* datedSites(ctx: CrawlContext, file: InputFile): AsyncIterable<SourceItem> {
  for await (const { day, raw, row } of datedLines(ctx, file)) {
    const site = readSite(ctx, raw, row)
    if (site !== undefined) yield listedSite(ctx, site, { row, from: day })
  }
}

function* addresses(
  ctx: CrawlContext,
  file: InputFile,
  list: unknown,
  path: readonly string[],
  from?: string,
): Iterable<SourceItem> {
  if (!Array.isArray(list)) throw malformed(file, 'it is no list of addresses.')
  for (const [i, raw] of (list as unknown[]).entries()) {
    ctx.countRow()
    const item = listedAddress(ctx, {
      raw,
      place: { row: at.pointer(file.role, ...path, i), from },
    })
    if (item !== undefined) yield item
  }
}
