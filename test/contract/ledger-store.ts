import { describe, expect, it } from 'vitest'
import type { LedgerStore } from '../../src/ledger/append.ts'
import type { NewEvent } from '../../src/ledger/read.ts'
import { type Run, type Statement, statementId } from '../../src/model/statement.ts'

export function statement(value: string, fields: Partial<Statement> = {}): Statement {
  const s = { dataset: 'demo', entity: `demo:${value}`, prop: 'listed', value, ...fields }
  return { ...s, id: statementId(s) }
}

export function runRecordOf(id: string, fields: Partial<Run> = {}): Run {
  return {
    id,
    dataset: 'demo',
    version: '2026-01-01',
    publishedAt: '2026-01-01T00:00:00Z',
    declaredAt: '2026-01-01T00:00:00Z',
    fetchedAt: '2026-01-02T00:00:00Z',
    url: null,
    sha256: 'a'.repeat(64),
    bytes: 1,
    rows: 1,
    statements: 1,
    complete: true,
    files: [],
    notes: {},
    at: '2026-01-02T00:00:00Z',
    ...fields,
  }
}

export function asserted(value: string, effective = '2026-01-01'): NewEvent {
  return { op: 'assert', statement: statement(value), effective, row: `list#line:${value.length}` }
}

export async function appendRun(
  store: LedgerStore,
  id: string,
  events: readonly NewEvent[],
  fields: Partial<Run> = {},
) {
  const run = runRecordOf(id, fields)
  return store.append({
    id,
    dataset: run.dataset,
    at: run.at,
    events: batches(events),
    seal: () => run,
  })
}

async function* batches(events: readonly NewEvent[]) {
  for (let i = 0; i < events.length; i += 3) yield events.slice(i, i + 3)
}

/** What every adapter of the ledger must keep; `make` opens an empty store, `reopen` the same again. */
export function ledgerStoreContract(
  name: string,
  adapter: { make(): Promise<LedgerStore>; reopen(store: LedgerStore): Promise<LedgerStore> },
): void {
  describe(`${name} keeps the ledger's contract`, () => {
    it('gives back what was appended, in order, with its run and its place in the file', async () => {
      const store = await adapter.make()
      await appendRun(store, 'r1', [asserted('a'), asserted('bb'), asserted('ccc')])
      const events = await store.events(0, 10)
      expect(events.map((e) => [e.seq, e.op, e.effective, e.row, e.run])).toEqual([
        [1, 'assert', '2026-01-01', 'list#line:1', 'r1'],
        [2, 'assert', '2026-01-01', 'list#line:2', 'r1'],
        [3, 'assert', '2026-01-01', 'list#line:3', 'r1'],
      ])
      expect(await store.statement(statement('bb').id)).toMatchObject(statement('bb'))
      expect((await store.run('r1'))?.id).toBe('r1')
      expect(await store.counts()).toEqual({ statements: 3, events: 3 })
      await store.close()
    })

    it('appends a run once, however often it is asked', async () => {
      const store = await adapter.make()
      const first = await appendRun(store, 'r1', [asserted('a')])
      const second = await appendRun(store, 'r1', [asserted('a'), asserted('b')])
      expect(second).toEqual(first)
      expect((await store.counts()).events).toBe(1)
      expect(await store.runs()).toHaveLength(1)
      await store.close()
    })

    it('keeps nothing of a run whose producer fails', async () => {
      const store = await adapter.make()
      await appendRun(store, 'r1', [asserted('a')])
      const before = await store.head()
      const failing = store.append({
        id: 'r2',
        dataset: 'demo',
        at: '2026-01-03T00:00:00Z',
        events: (async function* () {
          yield [asserted('b')]
          throw new Error('the source broke off')
        })(),
        seal: () => runRecordOf('r2'),
      })
      await expect(failing).rejects.toThrow('the source broke off')
      expect(await store.head()).toEqual(before)
      expect(await store.statement(statement('b').id)).toBeUndefined()
      expect((await store.live('demo')).map((s) => s.id)).toEqual([statement('a').id])
      await store.close()
    })

    it('keeps nothing of a run whose record is refused at its end', async () => {
      const store = await adapter.make()
      const failing = store.append({
        id: 'r1',
        dataset: 'demo',
        at: '2026-01-02T00:00:00Z',
        events: batches([asserted('a')]),
        seal: () => {
          throw new Error('below its minimum')
        },
      })
      await expect(failing).rejects.toThrow('below its minimum')
      expect(await store.head()).toBeUndefined()
      expect(await store.counts()).toEqual({ statements: 0, events: 0 })
      await store.close()
    })

    it('stores a statement once and follows what is live', async () => {
      const store = await adapter.make()
      await appendRun(store, 'r1', [asserted('a', '2026-01-05'), asserted('b')])
      const a = statement('a').id
      const at = '2026-02-01T00:00:00Z'
      await appendRun(
        store,
        'r2',
        [{ op: 'retract', statement: a, effective: '2026-02-01', row: '' }],
        { at },
      )
      expect((await store.live('demo')).map((s) => s.id)).toEqual([statement('b').id])
      await appendRun(store, 'r3', [asserted('a', '2026-03-01')], { at: '2026-03-01T00:00:00Z' })
      expect(await store.counts()).toEqual({ statements: 2, events: 4 })
      const sid = (await store.statement(a))?.sid ?? 0
      expect((await store.eventsOf([sid])).map((e) => e.op)).toEqual([
        'assert',
        'retract',
        'assert',
      ])
      const live = (await store.live('demo')).find((s) => s.id === a)
      expect(live?.since).toBe('2026-03-01')
      await store.close()
    })

    it('answers the checkpoint that was the newest at an instant', async () => {
      const store = await adapter.make()
      const one = await appendRun(store, 'r1', [asserted('a')])
      const two = await appendRun(store, 'r2', [asserted('b')], { at: '2026-01-09T10:00:00.500Z' })
      expect(await store.checkpointAt('2026-01-01T00:00:00Z')).toBeUndefined()
      expect(await store.checkpointAt('2026-01-09T10:00:00Z')).toEqual(one)
      expect(await store.checkpointAt('2026-01-09T10:00:00.500Z')).toEqual(two)
      expect(await store.head()).toEqual(two)
      await store.close()
    })

    it('is the same after being closed and opened again', async () => {
      const store = await adapter.make()
      const one = await appendRun(store, 'r1', [asserted('a'), asserted('b')])
      const again = await adapter.reopen(store)
      expect(await again.head()).toEqual(one)
      const two = await appendRun(again, 'r2', [asserted('c')], { at: '2026-01-04T00:00:00Z' })
      expect(two.size).toBe(one.size + 2)
      await again.close()
    })

    it('keeps a file under its hash, whole, once', async () => {
      const store = await adapter.make()
      const content = async function* () {
        yield Buffer.from('one,')
        yield Buffer.from('two')
      }
      const kept = await store.keep(content())
      expect(await store.keep(content())).toEqual(kept)
      const chunks: Uint8Array[] = []
      for await (const chunk of store.file(kept.sha256)) chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe('one,two')
      await store.close()
    })
  })
}
