import { describe, expect, it } from 'vitest'
import { runCrawl } from '../../../test/support/crawl.ts'
import { Party } from './party.ts'
import { walletsIn } from './wallet_text.ts'

const TRON = 'TQSBMNCXVNcLF7JNKFLsLXF84dnCBFMtoL'
const BITCOIN = '1FTyMJpoLeVP5wEjiyh9pNYz9r2swg7ynB'

async function said(tell: (party: Party) => void) {
  const { items, notes } = await runCrawl(function* (ctx) {
    const party = new Party(ctx, '7', 'list#record:2')
    tell(party)
    yield* party.drain()
    yield* party.drain()
  }, [])
  return { items, notes, lines: items.map(({ prop, value }) => `${prop} ${value}`) }
}

describe('Party', () => {
  it('says each thing once, with the row that said it first', async () => {
    const { items } = await said((party) => {
      party.name('name', ' Aron\n EXAMPLE ')
      party.at('list#record:3')
      party.name('name', 'Aron EXAMPLE')
      party.name('alias', 'Aron EXAMPLE', { lang: 'ja' })
      party.add('title', undefined)
      party.add('title', '  ')
    })
    expect(items.map(({ prop, row, lang }) => [prop, row, lang])).toEqual([
      ['name', 'list#record:2', undefined],
      ['alias', 'list#record:3', 'ja'],
    ])
  })

  it('makes a defect of what it cannot read, once, and keeps the rest', async () => {
    const { lines, notes } = await said((party) => {
      for (const part of ['Iranian', 'Atlantean', 'Atlantean', 'unknown', '-']) {
        party.country('nationality', part)
      }
      party.day('listingDate', 'soon', ['iso'])
      party.websites('no site here')
    })
    expect(lines[0]).toBe('nationality IR')
    expect(lines.filter((line) => line.startsWith('quality'))).toHaveLength(3)
    expect(notes).toEqual({ country_unknown: 1, date_unreadable: 1, website_unreadable: 1 })
  })

  it('gives a party of the past its interval', async () => {
    const { items } = await said((party) => {
      party.ended('2029-01-02', '2030-01-02')
      party.add('name', 'A')
    })
    expect(items[0]).toMatchObject({ from: '2029-01-02', to: '2030-01-02' })
  })

  it('finds the wallets that its notes speak of', async () => {
    const { lines } = await said((party) => party.notes(`Uses the wallet ${TRON}`, 'Remark'))
    expect(lines).toEqual([
      `notes Remark: Uses the wallet ${TRON}`,
      `wallet {"address":"${TRON}","currency":"TRX"}`,
    ])
  })
})

describe('walletsIn', () => {
  it.each([
    [`virtual currency USDT ${TRON}`, [[TRON, 'USDT']]],
    [`Bitcoin: ${BITCOIN}, also ${BITCOIN}.`, [[BITCOIN, 'XBT']]],
    [`仮想通貨アドレス（XBT）${BITCOIN}`, [[BITCOIN, 'XBT']]],
    // A character is wrong, so that the checksum does not hold.
    [`bitcoin 1FTyMJpoLeVP5wEjiyh9pNYz9r2swg7ynC`, []],
    // Nothing says that it is one.
    [`Registration ${BITCOIN}`, []],
    ['bitcoin wallet of a person with passport X0000001', []],
    [
      'ETH 0x00000000000000000000000000000000000A11CE',
      [['0x00000000000000000000000000000000000a11ce', 'ETH']],
    ],
  ])('of %j', (text, wallets) => {
    expect(walletsIn(text).map(({ address, currency }) => [address, currency])).toEqual(wallets)
  })
})
