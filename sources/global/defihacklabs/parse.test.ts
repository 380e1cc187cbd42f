import { describe, expect, it } from 'vitest'
import { tokensOf } from '../../../src/source/format/tokenlist.ts'
import { memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

const A = '0x1a82b290c12c7ae7f0ab36e7e885db689d488315'
const B = '0x73461b20e91d93dee09bdbd1a84ce4ccbb7df231'
const TX = '0x9c644710d207fd6a627d28de3c1de14dcb4085a62dc15e30d21aafdecbf07b9c'

const incident = (rest: object = {}) => ({
  file: 'src/test/2024-03/Example_exp.sol',
  month: '2024-03',
  name: 'Example',
  chains: ['ethereum'],
  attackers: [],
  attack_contracts: [],
  vulnerable: [],
  txs: [],
  refs: [],
  ...rest,
})

function read(incidents: readonly object[], index: readonly object[] = []) {
  const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')
  const files = [memoryFile('incidents', 'incidents.jsonl', jsonl(incidents))]
  if (index.length > 0) files.push(memoryFile('index', 'index.jsonl', jsonl(index)))
  return runCrawl(crawl, files, { dataset: 'defihacklabs' })
}

function valuesOf(result: Awaited<ReturnType<typeof read>>, prop: string) {
  return result.items.filter((item) => item.prop === prop).map(({ value }) => value)
}

describe('an incident', () => {
  it('accuses nobody by a placeholder, a well-known contract or the victim itself', async () => {
    const result = await read([
      incident({
        attackers: [
          '0x0000000000000000000000000000000000000000',
          '0x0000000000000000000000000000000000000004',
          '0x1111111111111111111111111111111111111111',
          '0x00000000000000000000000000000000beefbeef',
          '0x55d398326f99059fF775485246999027B3197955',
          B,
          A,
        ],
        vulnerable: [B],
        txs: [`0x${'0'.repeat(62)}40`, `0x${'f'.repeat(64)}`, TX],
      }),
    ])
    const roles = valuesOf(result, 'involved').map((text) => JSON.parse(text) as object)
    expect(roles).toEqual([
      { address: A, chain: 'eip155:1', role: 'attacker' },
      { address: B, chain: 'eip155:1', role: 'vulnerable' },
    ])
    expect(valuesOf(result, 'tx')).toEqual([`{"chain":"eip155:1","hash":"${TX}"}`])
    expect(result.notes).toEqual({
      'incident.placeholder_address': 4,
      'incident.well_known_contract': 1,
      'incident.role_conflict': 1,
      'incident.placeholder_tx': 2,
    })
  })

  it('keeps a vanity address with many zeros: it is somebody’s', async () => {
    const vanity = '0x0000000000004f3d8aaf9175fd824cb00ad4bf80'
    const result = await read([incident({ attackers: [vanity] })])
    expect(valuesOf(result, 'involved')).toHaveLength(1)
  })

  it('on several chains says a chain only where a link does', async () => {
    const result = await read([
      incident({
        chains: ['avalanche', 'polygon'],
        attackers: [A, B],
        refs: [`https://www.snowtrace.io/address/${A}#code`],
      }),
    ])
    expect(valuesOf(result, 'involved').map((text) => JSON.parse(text) as object)).toEqual([
      { address: A, chain: 'eip155:43114', role: 'attacker' },
      { address: B, role: 'attacker' },
    ])
  })

  it('takes its day from the index entry that shares a transaction, before one by name', async () => {
    const result = await read(
      [
        incident({ txs: [TX] }),
        incident({ file: 'src/test/2024-03/Other_exp.sol', name: 'Other', txs: [] }),
      ],
      [
        {
          date: '20240315',
          title: 'Other Name - Reentrancy',
          links: [`https://x.example/tx/${TX}`],
        },
        { date: '20240320', title: 'Other', links: [] },
      ],
    )
    const dates = result.items.filter(({ prop }) => prop === 'startDate')
    expect(dates.map(({ entity, value }) => [entity.split(':')[1], value])).toEqual([
      ['2024-03/Example', '2024-03-15'],
      ['2024-03/Other', '2024-03-20'],
    ])
    expect(valuesOf(result, 'alias')).toEqual(['Other Name'])
  })

  it('keeps its month when two index entries fit equally, or none does', async () => {
    const twins = [incident(), incident({ file: 'src/test/2024-03/Example2_exp.sol' })]
    const result = await read(twins, [{ date: '20240315', title: 'Example', links: [] }])
    expect(valuesOf(result, 'startDate')).toEqual(['2024-03', '2024-03', '2024-03-15'])
    expect(result.items.filter(({ entity }) => entity.includes(':index/'))).not.toEqual([])
  })

  it('gives no loss, date or reference that the source did not write', async () => {
    const result = await read([
      incident({
        month: '2024-13',
        lost: `Attacker : ${A}`,
        refs: ['https://rpc.node.example/key', 'javascript:alert(1)', 'https://ok.example/a",'],
      }),
    ])
    expect(valuesOf(result, 'startDate')).toEqual([])
    expect(valuesOf(result, 'notes')).toEqual([])
    expect(valuesOf(result, 'sourceUrl')).toEqual(['https://ok.example/a'])
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('recorded incidents', () => {
  const recorded = () =>
    runCrawl(
      crawl,
      [
        mirrorFile('incidents', 'incidents/defihacklabs-incidents.jsonl'),
        mirrorFile('index', 'incidents/defihacklabs-readme-index.jsonl'),
      ],
      { dataset: 'defihacklabs' },
    )

  it('accuse no contract that a recorded token list names', async () => {
    const tokens = await runCrawl(
      (ctx) =>
        tokensOf(ctx, [
          { role: 'uniswap', form: 'list', name: 'U' },
          { role: 'sushi', form: 'list', name: 'S' },
          { role: 'metamask', form: 'map', name: 'M' },
        ]),
      [
        mirrorFile('uniswap', 'tokens-chains/uniswap-default-22.21.0.tokenlist.json.gz'),
        mirrorFile('sushi', 'tokens-chains/sushiswap-43.3.0.tokenlist.json.gz'),
        mirrorFile('metamask', 'tokens-chains/metamask-contract-map-2.5.0.json.gz'),
      ],
    )
    const contracts = new Set(tokens.items.map(({ entity }) => entity.split(':').at(-1)))
    const result = await recorded()
    const accused = valuesOf(result, 'involved')
      .map((text) => JSON.parse(text) as { address: string; role: string })
      .filter(({ role }) => role !== 'vulnerable')
    expect(accused.length).toBeGreaterThan(100)
    expect(accused.filter(({ address }) => contracts.has(address))).toEqual([])
  })

  it('all have a name, and nearly all a date and a chain for whom they name', async () => {
    const result = await recorded()
    const entities = new Set(result.items.map(({ entity }) => entity)).size
    expect(valuesOf(result, 'name')).toHaveLength(entities)
    expect(valuesOf(result, 'startDate').length).toBeGreaterThan(entities * 0.98)
    const involved = valuesOf(result, 'involved')
    const placed = involved.filter((text) => text.includes('"chain":"eip155:'))
    expect(placed.length).toBeGreaterThan(involved.length * 0.98)
  })
})
