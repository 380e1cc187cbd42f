import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { tokensOf } from '../../../src/source/format/tokenlist.ts'

/** Superfluid's token list and MetaMask's contract map, each token with the list that names it. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return tokensOf(ctx, [
    { role: 'superfluid', form: 'list', name: 'Superfluid Token List' },
    { role: 'metamask', form: 'map', name: 'MetaMask contract metadata' },
  ])
}
