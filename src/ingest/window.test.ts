import { describe, expect, it } from 'vitest'
import { demoDataset, demoWorld } from '../../test/support/demo-source.ts'
import { workbook } from '../../test/support/workbook.ts'
import type { Crawl } from '../source/crawl.ts'
import { at } from '../source/parse/locator.ts'
import { xlsxRows } from '../source/parse/xlsx.ts'
import { sync } from './sync.ts'

/** The demo list as one that shows its newest entries only. */
function windowWorld() {
  const world = demoWorld()
  const source = world.ports.catalogue.get('demo')
  if (source === undefined) throw new Error('the demo has one source')
  const catalogue = new Map([['demo', { ...source, dataset: { ...demoDataset, window: true } }]])
  return {
    ...world,
    async sync() {
      const [row] = await sync({ ...world.ports, catalogue }, ['demo'], { mirror: world.mirror })
      const runs = await world.ledger.runs('demo')
      return { row, notes: runs.map(({ notes }) => notes), runs }
    },
  }
}

describe('a list of the newest entries', () => {
  it('adds, and withdraws nothing that left it', async () => {
    const world = windowWorld()
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\n')
    world.write('demo/list-2026-01-02.txt', 'b.example\nc.example\n')
    const { row, runs, notes } = await world.sync()
    expect(row).toMatchObject({ state: 'ok', versions: 2, added: 3, retracted: 0 })
    expect(runs.every(({ complete }) => !complete)).toBe(true)
    expect(notes).toEqual([{}, {}])
    expect(await world.liveHosts()).toEqual(['a.example', 'b.example', 'c.example'])
  })

  it('says that it left a gap, when no entry of the last version is in the new one', async () => {
    const world = windowWorld()
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\n')
    world.write('demo/list-2026-01-09.txt', 'x.example\ny.example\n')
    const { notes } = await world.sync()
    expect(notes).toEqual([{}, { window_gap: 1 }])
    // An older version, read later, is no gap.
    world.write('demo/list-2026-01-05.txt', 'm.example\nn.example\n')
    expect((await world.sync()).notes.at(-1)).toEqual({})
  })
})

describe('a workbook', () => {
  const crawl: Crawl = async function* (ctx) {
    for await (const { cells, row, sheet } of xlsxRows(ctx.file('list'))) {
      const value = `{"host":"${cells[0]}"}`
      ctx.countRow()
      yield { entity: `demo:${cells[0]}`, prop: 'listed', value, row: at.row('list', row, sheet) }
    }
  }

  it('reaches its parser whole, although it is a ZIP file', async () => {
    const world = demoWorld()
    const source = world.ports.catalogue.get('demo')
    if (source === undefined) throw new Error('the demo has one source')
    const catalogue = new Map([['demo', { ...source, crawl: async () => crawl }]])
    world.write(
      'demo/undated.txt',
      workbook([{ name: 'One', rows: [['a.example'], ['b.example']] }]),
    )
    const rows = await sync({ ...world.ports, catalogue }, ['demo'], { mirror: world.mirror })
    expect(rows).toMatchObject([{ state: 'ok', added: 2 }])
    expect(await world.liveHosts()).toEqual(['a.example', 'b.example'])
  })
})
