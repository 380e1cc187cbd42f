import { LIMITS } from '../../../src/base/limits.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { publishedFromCommits } from '../../../src/source/format/commits.ts'
import { allowItem, item, listedSite, readSite } from '../../../src/source/format/listed.ts'
import { isRecord, textOf } from '../../../src/source/parse/json.ts'
import { lines } from '../../../src/source/parse/lines.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'
import { yaml } from '../../../src/source/parse/yaml.ts'

/** A Solana address: 32 bytes in base58. */
const MINT = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/u

/** Phantom's lists: sites (two files), NFT mints, and the hosts that are never blocked. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const roles = ['blocklist', 'eth_blocklist', 'nft_blocklist', 'whitelist']
  if (!roles.some((role) => ctx.optional(role) !== undefined)) ctx.file('blocklist')
  await publishedFromCommits(ctx)
  for (const role of ['blocklist', 'eth_blocklist']) {
    for await (const { value, row } of entries(ctx, role, 'url')) {
      const site = readSite(ctx, value, row)
      if (site !== undefined) yield listedSite(ctx, site, { row })
    }
  }
  for await (const { value, row } of entries(ctx, 'nft_blocklist', 'mint')) {
    if (MINT.test(value))
      yield item(ctx, 'listed', { key: value, value: { mint: value }, place: { row } })
    else ctx.note('mint_unreadable', `${row}: ${value.slice(0, 100)}`)
  }
  for await (const { value, row } of entries(ctx, 'whitelist', 'url')) {
    const allowed = allowItem(ctx, value, { row })
    if (allowed !== undefined) yield allowed
  }
}

interface Entry {
  readonly value: string
  readonly row: string
}

/** The texts at `key` of one file's list; a file that a version lacks gives none. */
async function* entries(ctx: CrawlContext, role: string, key: string): AsyncIterable<Entry> {
  const file = ctx.optional(role)
  if (file === undefined) return
  const list = await yaml(file)
  if (!Array.isArray(list)) throw malformed(file, 'it is no list.')
  const places = await linesByText(file)
  for (const [i, entry] of (list as unknown[]).entries()) {
    ctx.countRow()
    const value = isRecord(entry) ? textOf(entry, key) : undefined
    if (value === undefined) {
      // A file that holds something else in a list's place would else read as a list of nothing.
      ctx.note('entry_unreadable', `${role} entry ${i + 1} has no ${key}`)
      continue
    }
    const line = places.get(value)
    yield { value, row: line === undefined ? at.file(role) : at.line(role, line) }
  }
}

/** The first line that holds each text, alone or after a key: YAML data carries no positions. */
async function linesByText(file: InputFile): Promise<ReadonlyMap<string, number>> {
  const places = new Map<string, number>()
  for await (const { line, text } of lines(file)) {
    // No host is longer than a query may be, and a hostile line must not cost its square.
    if (text.length > LIMITS.queryCharsMax) continue
    const plain = text
      .replace(/^[\s-]*(?:\w+:\s+)?/u, '')
      .replace(/\s+#.*$/u, '')
      .trim()
    const value = plain.replace(/^(["'])(.*)\1$/u, '$2')
    if (value !== '' && !places.has(value)) places.set(value, line)
  }
  return places
}
