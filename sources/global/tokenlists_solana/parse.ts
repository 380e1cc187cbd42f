import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { tokensOf } from '../../../src/source/format/tokenlist.ts'

/** The archived list of SPL tokens, with the clusters as its `chainId` counts them. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return tokensOf(ctx, [{ role: 'solana', form: 'solana', name: 'Solana Token List' }])
}
