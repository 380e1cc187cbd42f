import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diskFile, memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import type { InputFile } from '../crawl.ts'
import { type TokenListRole, tokensOf } from './tokenlist.ts'

const LIST: TokenListRole = { role: 'list', form: 'list', name: 'Fallback' }
const MAP: TokenListRole = { role: 'map', form: 'map', name: 'Map' }
const SOLANA: TokenListRole = { role: 'solana', form: 'solana', name: 'Solana' }
const ADDRESS = '0x1a82b290c12c7ae7f0ab36e7e885db689d488315'
const MINT = '289cz2WRcWv6265tRYXHddTXQtbeL4aVZVrLxsSiVzyZ'

function read(roles: readonly TokenListRole[], files: readonly InputFile[]) {
  return runCrawl((ctx) => tokensOf(ctx, roles), files, { dataset: 'tokens' })
}

function list(tokens: readonly unknown[], rest: object = {}) {
  return memoryFile('list', 'list.json', JSON.stringify({ name: 'A list', tokens, ...rest }))
}

const token = (rest: object = {}) => ({
  chainId: 1,
  address: ADDRESS,
  name: 'Coin',
  symbol: 'C',
  decimals: 6,
  ...rest,
})

describe('a token list', () => {
  it('gives each token its CAIP-19 asset, in one spelling', async () => {
    const { items } = await read(
      [LIST],
      [list([token({ chainId: 137, address: ADDRESS.toUpperCase().replace('0X', '0x') })])],
    )
    expect(items[0]?.entity).toBe(`tokens:eip155:137/erc20:${ADDRESS}`)
    expect(JSON.parse(items[0]?.value ?? '')).toEqual({
      chain: 'eip155:137',
      asset: `eip155:137/erc20:${ADDRESS}`,
      address: ADDRESS,
      name: 'Coin',
      symbol: 'C',
      decimals: 6,
      list: 'A list',
    })
  })

  it('knows the pseudo chain id of Solana, and does not take its clusters for EVM chains', async () => {
    const { items, notes } = await read(
      [LIST, SOLANA],
      [
        list([
          token({ chainId: 501_000_101, address: MINT }),
          token({ chainId: 101 }),
          token({ chainId: 501_000_101 }),
        ]),
        memoryFile(
          'solana',
          's.json',
          JSON.stringify({
            tokens: [token({ chainId: 101, address: MINT }), token({ chainId: 7, address: MINT })],
          }),
        ),
      ],
    )
    expect(items.map(({ entity }) => entity)).toEqual([
      `tokens:solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:${MINT}`,
      `tokens:eip155:101/erc20:${ADDRESS}`,
      `tokens:solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:${MINT}`,
    ])
    expect(notes).toEqual({ 'token.bad_address': 1, 'token.unknown_chain': 1 })
  })

  it('leaves out a member beyond the limits of the standard, and gives the rest of the row', async () => {
    const bad = token({ name: 'n'.repeat(61), symbol: 's'.repeat(21), decimals: 256 })
    // Sixty astral characters are sixty, though UTF-16 needs twice as many units.
    const good = token({ name: '\u{1F680}'.repeat(60), symbol: 's'.repeat(20), decimals: 255 })
    const { items, notes } = await read([LIST], [list([bad, good])])
    expect(Object.keys(JSON.parse(items[0]?.value ?? '') as object).sort()).toEqual([
      'address',
      'asset',
      'chain',
      'list',
    ])
    expect(JSON.parse(items[1]?.value ?? '')).toMatchObject({ decimals: 255 })
    expect(notes).toEqual({
      'token.name_too_long': 1,
      'token.symbol_too_long': 1,
      'token.bad_decimals': 1,
    })
  })

  it('never takes a placeholder for the native coin as a contract', async () => {
    const { items, notes } = await read(
      [LIST],
      [
        list([
          token({ address: '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE' }),
          token({ address: '0x0000000000000000000000000000000000000000' }),
        ]),
      ],
    )
    expect(items).toEqual([])
    expect(notes).toEqual({ 'token.native_placeholder': 2 })
  })

  it('counts as old as the oldest of its files, and as undated when one has no date', async () => {
    const dated = list([token()], {
      timestamp: '2026-01-12T11:43:36+0200',
      version: { major: 1, minor: 2, patch: 3 },
    })
    const map = JSON.stringify({
      [ADDRESS]: { name: 'Coin', symbol: 'C', decimals: 6, erc20: true },
    })
    const old = memoryFile('map', 'map.json', map, { day: '2025-10-02' })
    const undated = memoryFile('map', 'map.json', map)
    expect(await read([LIST], [dated])).toMatchObject({
      published: '2026-01-12T09:43:36Z',
      version: '1.2.3',
    })
    const both = await read([LIST, MAP], [dated, old])
    expect(both).toMatchObject({ published: '2025-10-02T00:00:00Z', version: null })
    expect(new Set(both.items.map(({ entity }) => entity)).size).toBe(1)
    expect(new Set(both.items.map(({ value }) => value)).size).toBe(2)
    expect((await read([LIST, MAP], [dated, undated])).published).toBeNull()
  })

  it('takes any JSON for a list or refuses it with a code, and never throws otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue()), async (any, tokens) => {
        for (const content of [any, { tokens }, { tokens: any }]) {
          const file = memoryFile('list', 'list.json', JSON.stringify(content))
          const outcome = await read([LIST], [file]).catch((error: { code?: string }) => error)
          if ('code' in outcome) expect(outcome.code).toMatch(/^source\./)
        }
      }),
    )
  })

  it('says which file is missing when there is none', async () => {
    await expect(read([LIST, MAP], [])).rejects.toMatchObject({ code: 'source.file_missing' })
  })
})

const PACKAGES = new URL('../../../node_modules/', import.meta.url).pathname

describe.runIf(process.env.CUSTOS_MIRROR)('recorded token lists', () => {
  it('say the same as the packages that a fresh install has', async () => {
    const roles: TokenListRole[] = [
      { ...LIST, role: 'superfluid' },
      { ...MAP, role: 'metamask' },
    ]
    const recorded = await read(roles, [
      mirrorFile('superfluid', 'tokens-chains/superfluid-5.38.0.tokenlist.json.gz'),
      mirrorFile('metamask', 'tokens-chains/metamask-contract-map-2.5.0.json.gz'),
    ])
    const packaged = await read(roles, [
      diskFile(
        'superfluid',
        `${PACKAGES}@superfluid-finance/tokenlist/dist/superfluid.extended.tokenlist.json`,
      ),
      diskFile('metamask', `${PACKAGES}@metamask/contract-metadata/contract-map.json`),
    ])
    expect(packaged.items).toEqual(recorded.items)
    expect(recorded.items).toHaveLength(recorded.rows)
  })

  it('of Solana are read whole, but for members beyond the limits', async () => {
    const file = mirrorFile('solana', 'tokens-chains/solana-spl-0.2.4574.tokenlist.json.gz')
    const { items, rows } = await read([SOLANA], [file])
    expect(items).toHaveLength(rows)
    expect(items.every(({ entity }) => entity.startsWith('tokens:solana:'))).toBe(true)
  })
})
