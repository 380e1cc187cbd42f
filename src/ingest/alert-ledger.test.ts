import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertChange, ChainReader } from '../chain/read.ts'
import type { AlertRow } from '../chain/types.ts'
import { openSqliteLedger, type SqliteLedger } from '../ledger/store/sqlite.ts'
import { ALERTS_DATASET } from '../model/alert.ts'
import { AlertLedger } from './alert-ledger.ts'

const NOW_MS = Date.parse('2026-03-02T12:00:00Z')

function alertOf(name: string, part: Partial<AlertRow> = {}): AlertRow {
  return {
    id: name.padEnd(64, '0'),
    state: 'provisional',
    rule: 'counterparty.scam',
    ruleVersion: '1',
    severity: 'danger',
    chain: 'eip155:1',
    block: 7,
    blockHash: '0xb10c',
    tx: '0x77',
    logIndex: 3,
    subjects: ['eip155:1:0xaa'],
    asset: null,
    amount: 12n,
    decimals: null,
    params: { address: '0xaa' },
    statements: ['s1'],
    at: Date.parse('2026-03-01T10:00:00Z') / 1_000,
    supersedes: null,
    ...part,
  }
}

/** What is asked of chain rows here: their changes, in order. */
function changesOf(rows: readonly AlertRow[]): ChainReader {
  const changes: AlertChange[] = rows.map((alert, i) => ({ change: i + 1, alert }))
  return {
    alertHead: async () => changes.length,
    alertChanges: async (since: number, limit: number) =>
      changes.filter(({ change }) => change > since).slice(0, limit),
  } as unknown as ChainReader
}

let folder: string
let ledger: SqliteLedger

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-alert-ledger-'))
  ledger = openSqliteLedger(folder, {})
})

afterEach(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Statements of an entity by a walk over all events: the index does it by look-up. */
async function sidsOfEntity(entity: string): Promise<readonly number[]> {
  const sids = [...new Set((await ledger.events(0, 10_000)).map(({ sid }) => sid))]
  const rows = await ledger.statements(sids)
  return rows.filter((row) => row.entity === entity).map(({ sid }) => sid)
}

const run = (rows: readonly AlertRow[]) =>
  new AlertLedger({ ledger, clock: { nowMs: () => NOW_MS }, sidsOfEntity }).run(
    changesOf(rows),
    async () => {},
  )

async function live() {
  const ids = await ledger.live(ALERTS_DATASET)
  return ledger.statements(ids.map(({ sid }) => sid))
}

describe('alerts as statements', () => {
  it('an alert of weight is asserted once, by its block’s day, without its state', async () => {
    const alert = alertOf('a')
    expect(await run([alert])).toBe(1)
    expect(await run([alert, { ...alert, state: 'confirmed' }])).toBe(0)
    const [row, ...others] = await live()
    expect(others).toEqual([])
    expect(row).toMatchObject({ prop: 'alert', entity: `custos_alerts:${alert.id}` })
    expect(JSON.parse(row?.value ?? '')).toMatchObject({ amount: '12', rule: alert.rule })
    expect(JSON.parse(row?.value ?? '')).not.toHaveProperty('state')
    expect((await ledger.events(0, 10))[0]).toMatchObject({ effective: '2026-03-01' })
  })

  it('an alert that is taken back is retracted, and one that returns is asserted again', async () => {
    const alert = alertOf('b')
    const gone: AlertRow = { ...alert, state: 'retracted' }
    await run([alert])
    expect(await run([alert, gone])).toBe(1)
    expect(await live()).toEqual([])
    await run([alert, gone, alert])
    expect(await live()).toHaveLength(1)
  })

  it('what was raised and taken back between two runs leaves nothing', async () => {
    const alert = alertOf('c')
    expect(await run([alert, { ...alert, state: 'retracted' }])).toBe(0)
    expect(await ledger.counts()).toMatchObject({ events: 0 })
  })

  it('information is not put on record', async () => {
    expect(await run([alertOf('d', { severity: 'info' })])).toBe(0)
  })

  it('other evidence for the same alert replaces the statement', async () => {
    const alert = alertOf('e')
    await run([alert])
    await run([alert, { ...alert, statements: ['s1', 's2'] }])
    const [row, ...others] = await live()
    expect(others).toEqual([])
    expect(JSON.parse(row?.value ?? '').statements).toEqual(['s1', 's2'])
  })

  it('goes on behind the newest run, and from the beginning when chain rows were dropped', async () => {
    const rows = Array.from({ length: 1_203 }, (_, i) => alertOf(`f${i}x`))
    expect(await run(rows)).toBe(1_203)
    expect(await run(rows)).toBe(0)
    expect((await ledger.runs(ALERTS_DATASET)).at(-1)?.version).toBe('change 1203')
    expect(await run(rows.slice(0, 5))).toBe(0)
    expect(await live()).toHaveLength(1_203)
  })

  it('a block from the future is not known before its time', async () => {
    await run([alertOf('g', { at: Date.parse('2031-01-01T00:00:00Z') / 1_000 })])
    expect((await ledger.events(0, 10))[0]).toMatchObject({ effective: '2026-03-02' })
  })
})
