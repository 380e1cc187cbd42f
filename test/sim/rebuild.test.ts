import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { applyEvents, rebuild } from '../../src/index/indexer.ts'
import type { IndexReader } from '../../src/index/port.ts'
import { dayNumber, intervalsOf, knownAt } from '../../src/index/span.ts'
import { openSqliteIndex, type SqliteIndex } from '../../src/index/store/sqlite.ts'
import { MemoryLedger, type Said } from '../support/memory-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'custos-rebuild-'))
let files = 0
const newIndex = () => openSqliteIndex(join(folder, `${files++}.sqlite`))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const DAYS = Array.from({ length: 20 }, (_, i) => `2026-02-${String(i + 1).padStart(2, '0')}`)
const pick = <T>(rng: Rng, list: readonly T[]): T => list[intBelow(rng, list.length)] as T

/** What a random version of a random list says: entries come, go, change and come back. */
function randomSaid(rng: Rng): Said[] {
  const said: Said[] = []
  for (let i = 0; i < 12; i++) {
    if (rng() < 0.4) continue
    const host = `site${i}.example`
    said.push({ entity: host, prop: 'listed', value: { host, category: pick(rng, ['a', 'b']) } })
    if (rng() < 0.3) said.push({ entity: `firm${i}`, prop: 'name', value: `Firm ${i} Ltd` })
    if (rng() < 0.3)
      said.push({ entity: `firm${i}`, prop: 'website', value: `www.firm${i}.example` })
    if (rng() < 0.1) {
      const from = pick(rng, DAYS.slice(0, 8))
      const to = pick(rng, DAYS.slice(8))
      const value = { host: `old${i}.example` }
      said.push({ entity: `old${i}.example`, prop: 'listed', value, from, to })
    }
  }
  return said
}

function randomLedger(seed: number): MemoryLedger {
  const rng = seededRng(seed)
  const ledger = new MemoryLedger()
  const versions = 4 + intBelow(rng, 12)
  for (let v = 0; v < versions; v++) {
    const minute = String(v).padStart(2, '0')
    ledger.version({
      dataset: pick(rng, ['list_a', 'list_b', 'list_c']),
      at: `2026-03-01T00:${minute}:00Z`,
      // Versions come in any order of their own days, as an operator's uploads may.
      publishedAt: `${pick(rng, DAYS)}T00:00:00Z`,
      complete: rng() < 0.8,
      said: randomSaid(rng),
    })
  }
  return ledger
}

async function dumpOf(index: IndexReader): Promise<string> {
  const lines: string[] = []
  for await (const line of index.dump()) lines.push(line)
  return lines.join('')
}

/** Applies the ledger in random steps, some of which end inside a run. */
async function inSteps(ledger: MemoryLedger, index: SqliteIndex, rng: Rng): Promise<void> {
  const head = ledger.eventRows.length
  let upTo = 0
  while (upTo < head) {
    upTo = Math.min(head, upTo + 1 + intBelow(rng, 25))
    expect(await applyEvents(ledger, index, { upTo })).toBe(upTo)
  }
}

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1)

describe('rebuilding the index', () => {
  it.each(SEEDS)('gives what the steps gave, byte for byte (P5, SEED=%i)', async (seed) => {
    const ledger = randomLedger(seed)
    const stepped = newIndex()
    await inSteps(ledger, stepped, seededRng(seed * 7919))
    const dump = await dumpOf(stepped)
    expect(dump).toContain('ident')
    await rebuild(ledger, stepped)
    expect(await dumpOf(stepped)).toBe(dump)
    const fresh = newIndex()
    await applyEvents(ledger, fresh)
    expect(await dumpOf(fresh)).toBe(dump)
    await stepped.close()
    await fresh.close()
  })

  it.each(SEEDS.slice(0, 20))(
    'answers every pair of times as a replay of the log does (SEED=%i)',
    async (seed) => {
      const ledger = randomLedger(seed)
      const index = newIndex()
      await applyEvents(ledger, index)
      const spans = await index.spansOf(ledger.statementRows.map((row) => row.sid))
      for (const run of await index.runs()) {
        for (const { sid } of ledger.statementRows) {
          const marks = (await ledger.eventsOf([sid]))
            .filter((event) => event.seq <= run.seqTo)
            .map(({ seq, op, effective }) => ({ seq, op, effective: dayNumber(effective) }))
          const known = knownAt(spans.get(sid) ?? [], run.seqTo)
          const order = (a: { from: number; to: number | null }, b: typeof a) =>
            a.from - b.from || (a.to ?? 1e9) - (b.to ?? 1e9)
          expect(known.map(({ from, to }) => ({ from, to })).sort(order)).toEqual(
            intervalsOf(marks).sort(order),
          )
        }
      }
      await index.close()
    },
  )

  it('leaves the old index whole when it is interrupted', async () => {
    const ledger = randomLedger(99)
    const index = newIndex()
    await applyEvents(ledger, index)
    const before = await dumpOf(index)
    let progress = 0
    const abort = new AbortController()
    const stopped = rebuild(ledger, index, {
      onProgress: () => {
        progress += 1
        if (progress === 2) throw new Error('stopped here')
      },
      signal: abort.signal,
    })
    await expect(stopped).rejects.toThrow('stopped here')
    expect(await dumpOf(index)).toBe(before)
    await index.close()
  })

  it('counts what is live as a replay counts it', async () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const ledger = randomLedger(seed)
      const index = newIndex()
      await applyEvents(ledger, index)
      for (const count of await index.counts()) {
        const own = ledger.statementRows.filter((row) => row.dataset === count.dataset)
        const live = []
        for (const row of own) {
          const marks = (await ledger.eventsOf([row.sid])).map(({ seq, op, effective }) => ({
            ...{ seq, op },
            effective: dayNumber(effective),
          }))
          if (intervalsOf(marks).some(({ to }) => to === null)) live.push(row)
        }
        expect(count.statements).toBe(live.length)
        expect(count.entities).toBe(new Set(live.map((row) => row.entity)).size)
      }
      await index.close()
    }
  })
})
