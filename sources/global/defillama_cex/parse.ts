import { canonicalJson } from '../../../src/base/encode.ts'
import { chainOfSlug } from '../../../src/model/caip.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { canonicalAddress } from '../../../src/source/format/tagpack.ts'
import { csvTable } from '../../../src/source/parse/csv.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { exchangeName } from './names.ts'

const SOURCE = 'https://github.com/DefiLlama/DefiLlama-Adapters'

/** Chains with two address forms under one slug: `0x…` is on the EVM side. */
const EVM_SIDE: ReadonlyMap<string, string> = new Map([
  ['cosmos:pacific-1', 'eip155:1329'],
  ['cosmos:injective-1', 'eip155:1776'],
  ['cosmos:kava_2222-10', 'eip155:2222'],
])

/** Wallets of exchanges, one `tag` for each address on each chain. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('wallets')
  const columns = ['cex', 'chain', 'address']
  const seen = new Set<string>()
  const rows = csvTable(file, {
    required: columns,
    known: columns,
    onUnknown: (column) => ctx.note('cex.unknown_column', column.slice(0, 80)),
  })
  for await (const { record, get } of rows) {
    ctx.countRow()
    const row = at.record(file.role, record)
    const slug = get('cex')
    const chain = get('chain').toLowerCase()
    const written = get('address')
    const address = canonicalAddress(written)
    if (!/^[\w.-]{1,80}$/.test(slug) || !/^[\w.-]{1,80}$/.test(chain)) {
      ctx.note('cex.bad_row', `${row}: ${slug.slice(0, 80)}, ${chain.slice(0, 80)}`)
      continue
    }
    if (!/^[\x21-\x7e]{1,256}$/.test(address)) {
      ctx.note('cex.bad_address', `${row}: ${written.slice(0, 80)}`)
      continue
    }
    if (address.length < written.length) ctx.note('cex.address_repaired', `${row}: ${written}`)
    const key = `${slug} ${chain} ${address}`
    if (seen.has(key)) {
      ctx.note('cex.duplicate_row', `${row}: ${key}`)
      continue
    }
    seen.add(key)
    const network = chainOfSlug(chain)
    if (network === undefined) ctx.note('cex.unknown_chain', `${row}: ${chain}`)
    const isEvm = /^0x[0-9a-f]{40}$/.test(address)
    const value = canonicalJson({
      actor: slug,
      address,
      category: 'exchange',
      concepts: ['exchange'],
      confidence: 'service_data',
      label: `${exchangeName(slug)} proof-of-reserve wallet`,
      network: (isEvm ? EVM_SIDE.get(network ?? '') : undefined) ?? network ?? chain,
      source: SOURCE,
    })
    yield { entity: `${ctx.dataset}:${chain}:${address}`, prop: 'tag', value, row }
  }
}
