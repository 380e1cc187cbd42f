import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { tokensOf } from '../../../src/source/format/tokenlist.ts'

/** Uniswap's default list; its pseudo chain id 501000101 is Solana. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return tokensOf(ctx, [{ role: 'uniswap', form: 'list', name: 'Uniswap Labs Default' }])
}
