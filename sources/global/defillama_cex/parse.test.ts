import { describe, expect, it } from 'vitest'
import { memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { exchangeName } from './names.ts'
import { crawl } from './parse.ts'

function read(rows: string) {
  const file = memoryFile('wallets', 'wallets.csv', `cex,chain,address\n${rows}\n`)
  return runCrawl(crawl, [file], { dataset: 'cex' })
}

describe('wallets of exchanges', () => {
  it('name the exchange as people do', () => {
    expect(exchangeName('crypto-com')).toBe('Crypto.com')
    expect(exchangeName('some-new_exchange-cex')).toBe('Some New Exchange')
    expect(exchangeName('TradeOgre')).toBe('TradeOgre')
  })

  it('say one statement for each exchange, chain and address, however often it is written', async () => {
    const a = '0x1A82b290c12C7ae7F0aB36e7E885db689D488315'
    const { items, notes } = await read(
      `x,ethereum,${a}\nx,ethereum,${a.toLowerCase()}\nx,bsc,${a}\ny,bsc,${a}`,
    )
    expect(items.map(({ entity }) => entity)).toEqual([
      `cex:ethereum:${a.toLowerCase()}`,
      `cex:bsc:${a.toLowerCase()}`,
      `cex:bsc:${a.toLowerCase()}`,
    ])
    expect(notes).toEqual({ 'cex.duplicate_row': 1 })
  })

  it('refuse what is no address and what is no slug, and take formulas for neither', async () => {
    const { items, notes } = await read(
      '=cmd|x,ethereum,0x1A82b290c12C7ae7F0aB36e7E885db689D488315\nx,ethereum,two words\nx,ethereum,',
    )
    expect(items).toEqual([])
    expect(notes).toEqual({ 'cex.bad_row': 1, 'cex.bad_address': 2 })
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('recorded wallets', () => {
  it('are all read, and nearly all on a chain that Custos knows', async () => {
    const file = mirrorFile('wallets', 'labels/defillama-cex-owners.csv')
    const { items, rows, notes } = await runCrawl(crawl, [file], { dataset: 'cex' })
    expect(items).toHaveLength(rows - (notes['cex.duplicate_row'] ?? 0))
    expect(notes['cex.unknown_chain'] ?? 0).toBeLessThan(rows * 0.01)
  })
})
