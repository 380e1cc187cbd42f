import { describe, expect, it } from 'vitest'
import type { IndexBatch, IndexedRun, IndexWriter } from '../../src/index/port.ts'

/** A new, empty index of the adapter under test. */
export type IndexFactory = () => Promise<IndexWriter>

function run(no: number, seqFrom: number, seqTo: number, dataset = 'list_a'): IndexedRun {
  return {
    run: `run-${no}`,
    dataset,
    at: `2026-01-0${no}T00:00:00Z`,
    seqFrom,
    seqTo,
    effectiveMin: 20_000,
    isBaseline: no === 1,
  }
}

const open = (from: number, knownFrom: number) => ({ from, to: null, knownFrom, knownTo: null })

function batch(own: Partial<IndexBatch> & Pick<IndexBatch, 'seq' | 'run'>): IndexBatch {
  return { spans: [], facts: [], idents: [], names: [], rolls: [], rollSeq: 0, live: [], ...own }
}

const FIRST = batch({
  seq: 2,
  run: run(1, 1, 2),
  spans: [
    { sid: 1, spans: [open(20_000, 1)] },
    { sid: 2, spans: [open(20_001, 2)] },
  ],
  facts: [
    { entity: 'list_a:one', sid: 1 },
    { entity: 'list_a:one', sid: 2 },
  ],
  idents: [
    { key: 'h:evil.example', sid: 1 },
    { key: 'h:evil.example', sid: 2 },
    { key: 'n:evil', sid: 2 },
  ],
  names: [{ sid: 2, prop: 'alias', text: 'evil' }],
  rolls: [{ prop: 'website', sid: 1 }],
  rollSeq: 1,
  live: [{ entity: 'list_a:one', delta: 2 }],
})

async function written(index: IndexWriter, ...batches: IndexBatch[]): Promise<IndexWriter> {
  for (const one of batches) {
    await index.begin()
    await index.put(one)
    await index.commit()
  }
  return index
}

async function dumpOf(index: IndexWriter): Promise<string> {
  let text = ''
  for await (const line of index.dump()) text += line
  return text
}

/** What every adapter of the index promises (HOUSE §5). */
export function indexStoreContract(name: string, create: IndexFactory): void {
  describe(`an index store (${name})`, () => {
    it('begins empty and knows nothing', async () => {
      const index = await create()
      expect(await index.seq()).toBe(0)
      expect(await index.sidMax()).toBe(0)
      expect(await index.sidsOf('h:evil.example', 10)).toEqual([])
      expect([...index.keys()]).toEqual([])
      await index.close()
    })

    it('finds keys by how they begin, each once and in order, and no wildcard is one', async () => {
      const index = await written(await create(), FIRST)
      expect(await index.keysFrom('h:ev', 10)).toEqual(['h:evil.example'])
      expect(await index.keysFrom('', 10)).toEqual(['h:evil.example', 'n:evil'])
      expect(await index.keysFrom('', 1)).toEqual(['h:evil.example'])
      expect(await index.keysFrom('h:%', 10)).toEqual([])
      const [first, ...rest] = await index.identsFrom('', undefined, 10)
      const keys = [first, ...rest].map((ident) => ident?.key)
      expect(keys).toEqual(['h:evil.example', 'h:evil.example', 'n:evil'])
      expect(await index.identsFrom('', first, 10)).toEqual(rest)
      expect(await index.identsFrom('', first, 1)).toEqual(rest.slice(0, 1))
      expect(await index.identsFrom('n:', undefined, 10)).toEqual(rest.slice(1))
      expect(await index.identsFrom('h:', rest[0], 10)).toEqual([])
      expect(await index.keysFrom('h:evil.example.', 10)).toEqual([])
      await index.close()
    })

    it('finds statements by key and by entity, oldest first, up to a limit', async () => {
      const index = await written(await create(), FIRST)
      expect(await index.sidsOf('h:evil.example', 10)).toEqual([1, 2])
      expect(await index.sidsOf('h:evil.example', 1)).toEqual([1])
      const spans = await index.spansOfKey('h:evil.example', 10)
      expect([...spans]).toEqual([...(await index.spansOf([1, 2]))])
      expect([...(await index.spansOfKey('h:evil.example', 1)).keys()]).toEqual([1])
      expect(await index.sidsOfEntity('list_a:one', 10)).toEqual([1, 2])
      expect(await index.sidsOfEntity('list_a:other', 10)).toEqual([])
      expect(await index.seq()).toBe(2)
      expect(await index.sidMax()).toBe(2)
      await index.close()
    })

    it('gives each distinct key once, and counts them', async () => {
      const index = await written(await create(), FIRST)
      expect([...index.keys()].sort()).toEqual(['h:evil.example', 'n:evil'])
      expect(await index.identifiers()).toBe(2)
      await index.close()
    })

    it('gives names after an ordinal and rolls by property', async () => {
      const index = await written(await create(), FIRST)
      expect(await index.namesAfter(0, 10)).toEqual([{ sid: 2, prop: 'alias', text: 'evil' }])
      expect(await index.namesAfter(2, 10)).toEqual([])
      expect(await index.roll('website')).toEqual([1])
      expect(await index.roll('protect')).toEqual([])
      expect(await index.rollSeq()).toBe(1)
      await index.close()
    })

    it('replaces the spans of a statement that changed and keeps those of the others', async () => {
      const closed = [
        { ...open(20_000, 1), knownTo: 3 },
        { from: 20_000, to: 20_005, knownFrom: 3, knownTo: null },
      ]
      const change = batch({
        seq: 3,
        run: run(2, 3, 3),
        spans: [{ sid: 1, spans: closed }],
        live: [{ entity: 'list_a:one', delta: -1 }],
      })
      const index = await written(await create(), FIRST, change)
      const spans = await index.spansOf([1, 2, 9])
      expect(spans.get(1)).toEqual(closed)
      expect(spans.get(2)).toEqual([open(20_001, 2)])
      expect(spans.get(9)).toEqual([])
      await index.close()
    })

    it('counts live statements and entities of a dataset as they come and go', async () => {
      const gone = batch({ seq: 3, run: run(2, 3, 3), live: [{ entity: 'list_a:one', delta: -2 }] })
      const index = await written(await create(), FIRST)
      expect(await index.counts()).toEqual([{ dataset: 'list_a', statements: 2, entities: 1 }])
      await written(index, gone)
      expect(await index.counts()).toEqual([{ dataset: 'list_a', statements: 0, entities: 0 }])
      await index.close()
    })

    it('keeps runs in order and extends one that comes in pieces', async () => {
      const more = batch({ seq: 4, run: run(1, 1, 4) })
      const index = await written(await create(), FIRST, more)
      await written(index, batch({ seq: 6, run: run(2, 5, 6, 'list_b') }))
      expect(await index.runs()).toEqual([run(1, 1, 4), run(2, 5, 6, 'list_b')])
      await index.close()
    })

    it('forgets a batch that is rolled back', async () => {
      const index = await create()
      await index.begin()
      await index.put(FIRST)
      await index.rollback()
      expect(await index.seq()).toBe(0)
      expect(await index.sidsOf('h:evil.example', 10)).toEqual([])
      expect(await index.counts()).toEqual([])
      await written(index, FIRST)
      expect(await index.seq()).toBe(2)
      await index.close()
    })

    it('is empty again after clear, and takes the same rows a second time', async () => {
      const index = await written(await create(), FIRST)
      const before = await dumpOf(index)
      await index.begin()
      await index.clear()
      await index.put(FIRST)
      await index.commit()
      expect(await dumpOf(index)).toBe(before)
      await index.close()
    })

    it('dumps the same lines whatever the order in which rows came', async () => {
      const second = batch({
        seq: 3,
        run: run(2, 3, 3, 'list_b'),
        spans: [{ sid: 3, spans: [open(20_002, 3)] }],
        facts: [{ entity: 'list_b:x', sid: 3 }],
        idents: [
          { key: 'a:0xabc', sid: 3 },
          { key: 'h:b.example', sid: 3 },
        ],
        live: [{ entity: 'list_b:x', delta: 1 }],
      })
      const turned = { ...second, idents: [...second.idents].reverse() }
      const one = await written(await create(), FIRST, second)
      const other = await written(await create(), FIRST, turned)
      const dump = await dumpOf(one)
      expect(dump).toBe(await dumpOf(other))
      expect(dump.split('\n').length).toBeGreaterThan(10)
      await one.close()
      await other.close()
    })
  })
}
