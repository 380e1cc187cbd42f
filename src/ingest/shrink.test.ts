import { describe, expect, it } from 'vitest'
import { demoDataset, demoWorld } from '../../test/support/demo-source.ts'
import type { Dataset } from '../model/dataset.ts'
import { datasetsOf, loadCatalogue } from './catalogue.ts'
import { sync } from './sync.ts'

/** Two versions of a list, the second without the first `gone` of its entries. */
async function shrunken(kind: Dataset['kind'], entries: number, gone: number) {
  const world = demoWorld()
  const source = world.ports.catalogue.get('demo')
  if (source === undefined) throw new Error('the demo has one source')
  const catalogue = new Map([['demo', { ...source, dataset: { ...demoDataset, kind } }]])
  const hosts = Array.from({ length: entries }, (_, i) => `firm-${i}.example`)
  const read = async () => {
    const [row] = await sync({ ...world.ports, catalogue }, ['demo'], { mirror: world.mirror })
    return row
  }
  world.write('demo/list-2026-01-01.txt', `${hosts.join('\n')}\n`)
  await read()
  world.write('demo/list-2026-01-02.txt', `${hosts.slice(gone).join('\n')}\n`)
  return { row: await read(), live: (await world.liveHosts()).length }
}

describe('a list that shrinks', () => {
  it.each([
    [12, 4],
    [30, 10],
    [49, 17],
    [60, 20],
    [300, 100],
  ])('is held back when it is a register of %i that lost %i', async (entries, gone) => {
    const { row, live } = await shrunken('register', entries, gone)
    expect(row).toMatchObject({ state: 'failed', error: { code: 'source.shrunken' } })
    expect(live).toBe(entries)
  })

  it.each([
    ['register', 12, 2],
    ['register', 300, 50],
    ['phishing', 12, 5],
  ] as const)('goes on as a %s of %i that lost %i', async (kind, entries, gone) => {
    const { row, live } = await shrunken(kind, entries, gone)
    expect(row).toMatchObject({ state: 'ok', retracted: gone })
    expect(live).toBe(entries - gone)
  })

  it('is guarded whichever register it is: none is a window, and each has a minimum', () => {
    for (const dataset of datasetsOf(loadCatalogue()).values()) {
      if (dataset.kind !== 'register') continue
      expect(dataset.window, dataset.name).toBe(false)
      expect(dataset.requires.length, dataset.name).toBeGreaterThan(0)
      const entities = dataset.assertions.find(({ metric }) => metric === 'entities')
      expect(entities?.min, dataset.name).toBeDefined()
    }
  })
})
