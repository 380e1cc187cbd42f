import type { SourceItem } from '../../../src/model/statement.ts'
import { instantOf } from '../../../src/model/time.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { publishedFromCommits } from '../../../src/source/format/commits.ts'
import { allowItem, listedSite, protectItem, readSite } from '../../../src/source/format/listed.ts'
import { isRecord, json } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

const ROLE = 'config'

/** Members by meaning: the names of version 2, and those that came after. */
const BLOCKED = ['blacklist', 'blocklist', 'blocklistPaths']
const ALLOWED = ['whitelist', 'allowlist']
const PROTECTED = ['fuzzylist']

/** What a fuzzy list means where the configuration does not say: the detector's own default. */
const TOLERANCE_DEFAULT = 3
/** Distances above this make every short host a look-alike of every other. */
const TOLERANCE_MAX = 5

type Path = readonly (string | number)[]

/**
 * MetaMask's configuration: blocked hosts, allowed hosts, and hosts whose look-alikes are blocked.
 * It is one object, a list of such objects, or an envelope around them (`data`, or a name each, as
 * the stale list has it); all are read. Entries that are hashes of hosts are no hosts: noted.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file(ROLE)
  const whole = await json(file)
  await publishedFromCommits(ctx)
  if (ctx.optional('commits') === undefined) setPublishedOf(ctx, whole)
  const configs = [...configsOf(whole, [], undefined)]
  if (configs.length === 0) throw malformed(file, 'it holds no list of hosts.')
  for (const config of configs) yield* itemsOf(ctx, config)
}

interface Config {
  readonly members: Record<string, unknown>
  readonly path: Path
  readonly tolerance: number
}

/** Envelopes are at most this deep: list → data → named list. */
const DEPTH_MAX = 3

function* configsOf(value: unknown, path: Path, tolerance: number | undefined): Iterable<Config> {
  if (path.length > DEPTH_MAX) return
  if (Array.isArray(value)) {
    for (const [i, member] of (value as unknown[]).entries()) {
      if (isRecord(member)) yield* configsOf(member, [...path, i], tolerance)
    }
    return
  }
  if (!isRecord(value)) return
  const own = toleranceOf(value) ?? tolerance
  if ([...BLOCKED, ...ALLOWED, ...PROTECTED].some((name) => Array.isArray(value[name]))) {
    yield { members: value, path, tolerance: own ?? TOLERANCE_DEFAULT }
  }
  for (const [name, member] of Object.entries(value)) {
    if (isRecord(member) && !BLOCKED.includes(name)) yield* configsOf(member, [...path, name], own)
  }
}

function toleranceOf(config: Record<string, unknown>): number | undefined {
  const { tolerance } = config
  return Number.isSafeInteger(tolerance) ? Math.max(0, Number(tolerance)) : undefined
}

function* itemsOf(ctx: CrawlContext, config: Config): Iterable<SourceItem> {
  for (const [raw, row] of entriesOf(config, BLOCKED)) {
    ctx.countRow()
    const site = readSite(ctx, raw, row)
    if (site !== undefined) yield listedSite(ctx, site, { row })
  }
  for (const [raw, row] of entriesOf(config, ALLOWED)) {
    ctx.countRow()
    const item = allowItem(ctx, raw, { row })
    if (item !== undefined) yield item
  }
  for (const [raw, row] of entriesOf(config, PROTECTED)) {
    ctx.countRow()
    if (config.tolerance > TOLERANCE_MAX) ctx.note('tolerance_too_large', String(config.tolerance))
    const tolerance = Math.min(config.tolerance, TOLERANCE_MAX)
    const item = protectItem(ctx, { raw, tolerance, place: { row } })
    if (item !== undefined) yield item
  }
}

function* entriesOf(config: Config, names: readonly string[]): Iterable<[unknown, string]> {
  for (const name of names) {
    const list: unknown = config.members[name]
    if (!Array.isArray(list)) continue
    for (const [i, raw] of list.entries()) yield [raw, at.pointer(ROLE, ...config.path, name, i)]
  }
}

/** The stale list says when it was made, in seconds since 1970. */
function setPublishedOf(ctx: CrawlContext, whole: unknown): void {
  const data = isRecord(whole) && isRecord(whole.data) ? whole.data : whole
  const seconds = isRecord(data) ? data.lastUpdated : undefined
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return
  if (seconds < 32_503_680_000) ctx.setPublished(instantOf(Math.trunc(seconds) * 1_000))
}
