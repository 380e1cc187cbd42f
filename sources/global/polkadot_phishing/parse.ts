import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { readDated, takenOff } from '../../../src/source/format/dated.ts'
import {
  allowItem,
  listedAddress,
  listedSite,
  readSite,
} from '../../../src/source/format/listed.ts'
import { isRecord, json } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

/**
 * Sites and addresses that polkadot-js denies. `deny` holds hosts, `denySub` addresses with a path,
 * `allow` the shared hosts that must never be denied whole. The recorded file of first-seen days
 * (role `dated`) gives `from`; what it has beyond the list was taken off: history.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const address = ctx.optional('address')
  // A file of addresses may be uploaded alone; everything else needs the list.
  const all = address === undefined ? ctx.file('all') : ctx.optional('all')
  if (all !== undefined) yield* sites(ctx, all)
  if (address !== undefined) yield* addresses(ctx, address)
}

async function* sites(ctx: CrawlContext, file: InputFile): AsyncIterable<SourceItem> {
  const all = await json(file)
  if (!isRecord(all) || !Array.isArray(all.deny)) throw malformed(file, 'it has no list "deny".')
  const dated = await readDated(ctx, ctx.optional('dated'))
  const listed = new Set<string>()
  for (const member of ['deny', 'denySub']) {
    for (const [raw, row] of entriesOf(all, member)) {
      ctx.countRow()
      const site = readSite(ctx, raw, row)
      // Two spellings of one site are one entry.
      if (site === undefined || listed.has(site.key)) continue
      listed.add(site.key)
      yield listedSite(ctx, site, { row, from: dated.get(site.key)?.day })
    }
  }
  for (const [raw, row] of entriesOf(all, 'allow')) {
    ctx.countRow()
    const item = allowItem(ctx, raw, { row })
    if (item !== undefined) yield item
  }
  yield* takenOff(ctx, dated, listed)
}

function* entriesOf(all: Record<string, unknown>, member: string): Iterable<[unknown, string]> {
  const list: unknown = all[member]
  if (!Array.isArray(list)) return
  for (const [i, raw] of list.entries()) yield [raw, at.pointer('all', member, i)]
}

async function* addresses(ctx: CrawlContext, file: InputFile): AsyncIterable<SourceItem> {
  const groups = await json(file)
  if (!isRecord(groups)) throw malformed(file, 'it is no map of addresses by site.')
  for (const [group, list] of Object.entries(groups)) {
    if (!Array.isArray(list)) {
      ctx.note('address_unreadable', `${group} has no list`)
      continue
    }
    for (const [i, raw] of (list as unknown[]).entries()) {
      ctx.countRow()
      const place = { row: at.pointer('address', group, i) }
      const item = listedAddress(ctx, { raw, group, place })
      if (item !== undefined) yield item
    }
  }
}
