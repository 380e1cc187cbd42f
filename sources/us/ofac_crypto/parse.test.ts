import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { InputFile } from '../../../src/source/crawl.ts'
import { diskFile, memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

const FOLDER = dirname(fileURLToPath(import.meta.url))
const BTC = '1LjnNXneCHGZmJjkdnz7fi2gh3kN9voLpK'
const ETH = '0xd27f06862a2bcea688f6d3ccfd98256b1b407250'

const list = (symbol: string, addresses: readonly string[]) =>
  memoryFile('list', `sanctioned_addresses_${symbol}.json`, JSON.stringify(addresses))

const history = (...events: readonly (readonly [string, string, string, string])[]) =>
  memoryFile(
    'history',
    'history-events.jsonl',
    events
      .map(([date, event, symbol, address]) => JSON.stringify({ date, event, symbol, address }))
      .join('\n'),
  )

const run = (files: readonly InputFile[], day: string | null = '2025-06-20') =>
  runCrawl(crawl, files, {
    dataset: 'us_ofac_crypto',
    publishedAt: day === null ? null : `${day}T00:00:00Z`,
  })

const intervals = async (files: readonly InputFile[], day?: string | null) =>
  (await run(files, day)).items.map(({ entity, from, to }) => [
    entity.replace('us_ofac_crypto:', ''),
    from,
    to,
  ])

describe('us_ofac_crypto', () => {
  it('holds a listed address since the keeper first saw it, and never says when OFAC listed it', async () => {
    const files = [list('XBT', [BTC]), history(['2022-09-03', 'added', 'XBT', BTC])]
    expect(await intervals(files)).toEqual([[`XBT:${BTC}`, '2022-09-03', undefined]])
    const { items } = await run(files)
    expect(items.every(({ prop }) => prop === 'listed')).toBe(true)
    expect(items[0]?.value).toBe(`{"address":"${BTC}","currency":"XBT"}`)
  })

  it('leaves the beginning to the version where no event tells it', async () => {
    expect(await intervals([list('XBT', [BTC])])).toEqual([[`XBT:${BTC}`, undefined, undefined]])
  })

  it('ends an address that the newest lists lack on their day, else on the day of its removal', async () => {
    const files = [
      list('XBT', [BTC]),
      history(
        ['2022-09-03', 'added', 'ETH', ETH],
        ['2022-09-03', 'added', 'ETH', ETH.replace('d27f', 'aaaa')],
        ['2022-11-09', 'removed', 'ETH', ETH.replace('d27f', 'aaaa')],
      ),
    ]
    expect((await intervals(files)).slice(1)).toEqual([
      [`ETH:${ETH}`, '2022-09-03', '2025-06-20'],
      [`ETH:${ETH.replace('d27f', 'aaaa')}`, '2022-09-03', '2022-11-09'],
    ])
  })

  it('gives each time on the list its own interval', async () => {
    const files = [
      list('ETH', [ETH]),
      history(
        ['2022-01-01', 'added', 'ETH', ETH],
        ['2023-01-01', 'removed', 'ETH', ETH],
        ['2024-01-01', 'added', 'ETH', ETH],
      ),
    ]
    expect(await intervals(files)).toEqual([
      [`ETH:${ETH}`, '2022-01-01', '2023-01-01'],
      [`ETH:${ETH}`, '2024-01-01', undefined],
    ])
  })

  it('sees no gap where a list changes the spelling of an account', async () => {
    const upper = `0x${ETH.slice(2).toUpperCase()}`
    const events = history(
      ['2022-01-01', 'added', 'ETH', upper],
      ['2022-11-09', 'added', 'ETH', ETH],
      ['2022-11-09', 'removed', 'ETH', upper],
    )
    const gone = await intervals([list('XBT', [BTC]), events])
    expect(gone.slice(1)).toEqual([[`ETH:${ETH}`, '2022-01-01', '2025-06-20']])
    expect(await intervals([list('ETH', [ETH]), events])).toEqual([
      [`ETH:${ETH}`, '2022-01-01', undefined],
    ])
  })

  it('knows an EVM account in whatever case a file writes it', async () => {
    const upper = `0x${ETH.slice(2).toUpperCase()}`
    const files = [list('ETH', [upper]), history(['2022-01-01', 'added', 'ETH', ETH])]
    expect(await intervals(files)).toEqual([[`ETH:${ETH}`, '2022-01-01', undefined]])
    expect((await run(files)).items[0]?.original).toBe(upper)
  })

  it('invents no day: without one, an address that is gone is noted and left out', async () => {
    const files = [list('XBT', [BTC]), history(['2022-09-03', 'added', 'ETH', ETH])]
    const { items, notes } = await run(files, null)
    expect(items).toHaveLength(1)
    expect(notes).toEqual({ removal_day_unknown: 1 })
  })

  it('does not end an address that a newer history added after these lists', async () => {
    const files = [list('XBT', [BTC]), history(['2025-07-01', 'added', 'ETH', ETH])]
    const { items, notes } = await run(files)
    expect(items).toHaveLength(1)
    expect(notes).toEqual({ history_newer: 1 })
  })

  it('rejects a text that cannot be an address, and refuses a list full of them', async () => {
    const many = Array.from({ length: 20 }, (_, i) => BTC.slice(0, -2) + String(i).padStart(2, '1'))
    const { items, notes } = await run([list('XBT', [...many, 'test'])])
    expect(notes).toEqual({ address_rejected: 1 })
    expect(items.some(({ value }) => value.includes('test'))).toBe(false)
    const words = list('XBT', ['not', 'a', 'list', 'of', 'addresses'])
    await expect(run([words])).rejects.toMatchObject({ code: 'source.malformed' })
  })

  it('refuses lists without a single address, and a file whose name tells no currency', async () => {
    await expect(run([list('XBT', [])])).rejects.toMatchObject({ code: 'source.empty' })
    const nameless = memoryFile('list', 'addresses.json', JSON.stringify([BTC]))
    await expect(run([nameless])).rejects.toMatchObject({ code: 'source.malformed' })
    await expect(run([])).rejects.toMatchObject({ code: 'source.file_missing' })
  })

  it('dates the lists by the newest commit of their branch', async () => {
    const commits = diskFile('commits', join(FOLDER, 'fixture.commits.atom'))
    const { published } = await run([list('XBT', [BTC]), commits], null)
    expect(published).toBe('2030-02-03T04:05:06.000Z')
  })
})

const RECORDED = 'sanctions/ofac-crypto'

describe.runIf(process.env.CUSTOS_MIRROR)('us_ofac_crypto on the recorded files', () => {
  it('holds every current address, and ends each one that is gone by the day of the lists', async () => {
    const folder = join(process.env.CUSTOS_MIRROR ?? '', RECORDED)
    const names = readdirSync(folder).filter((name) => name.startsWith('sanctioned_addresses_'))
    const files = names.map((name) => mirrorFile('list', `${RECORDED}/${name}`))
    const all = [...files, mirrorFile('history', `${RECORDED}/history-events.jsonl`)]
    const { items, notes } = await run(all)
    const current = items.filter(({ to }) => to === undefined)
    const held = new Set(current.map(({ value }) => JSON.parse(value).address))
    for (const name of names) {
      const addresses: string[] = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      for (const address of addresses) {
        expect(held.has(address.startsWith('0x') ? address.toLowerCase() : address)).toBe(true)
      }
    }
    expect([current.length, held.size]).toEqual([634, 621])
    const gone = items.filter(({ to }) => to !== undefined)
    expect(gone).toHaveLength(92)
    expect(gone.filter(({ to }) => to === '2025-06-20')).toHaveLength(90)
    expect(notes).toEqual({})
  })
})
