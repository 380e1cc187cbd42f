import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noteVerifier } from '../../src/ledger/checkpoint.ts'
import { instanceVkey, ledgerPaths, openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { appendRun, asserted, statement } from '../contract/ledger-store.ts'

/** Appends a run of asserts and a retract while the k-th store operation fails. */
async function appendWithFault(folder: string, k: number): Promise<'failed' | 'done'> {
  let countdown = k
  const hook = () => {
    countdown -= 1
    if (countdown === 0) throw new Error('fault')
  }
  let store: ReturnType<typeof openSqliteLedger> | undefined
  try {
    store = openSqliteLedger(folder, { hook })
    const events = [
      asserted('b'),
      asserted('c'),
      { op: 'retract', statement: statement('a').id, effective: '2026-02-01', row: '' } as const,
      asserted('d'),
    ]
    await appendRun(store, 'r2', events, { at: '2026-02-01T00:00:00Z' })
    return 'done'
  } catch (error) {
    expect((error as Error).message).toBe('fault')
    return 'failed'
  } finally {
    await store?.close()
  }
}

describe('a store that fails at its k-th operation (promise P2)', () => {
  it('leaves all of a run or nothing, for every k until none fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custos-fault-'))
    const store = openSqliteLedger(folder)
    const before = await appendRun(store, 'r1', [asserted('a')])
    await store.close()
    let k = 0
    for (let outcome = 'failed'; outcome === 'failed'; ) {
      k += 1
      outcome = await appendWithFault(folder, k)
      const after = openSqliteLedger(folder)
      const head = await after.head()
      // COMMIT itself is hooked before it runs, so a failed append is never a committed one here.
      if (outcome === 'failed') expect(head, `k = ${k}`).toEqual(before)
      else expect(head?.size).toBe(before.size + 5)
      await after.close()
      const verifier = noteVerifier(instanceVkey(folder))
      const report = await verifyLedger({ paths: ledgerPaths(folder), verifier })
      expect(report.problems, `k = ${k}`).toEqual([])
    }
    expect(k).toBeGreaterThan(20)
  })

  it('answers a repeated append whose first answer was lost without doubling it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custos-lost-'))
    const store = openSqliteLedger(folder)
    for (let i = 0; i < 200; i += 1) {
      const at = new Date(Date.UTC(2026, 0, 2) + i * 1000).toISOString()
      await appendRun(store, `r${i}`, [asserted(`v${i}`)], { at })
      await appendRun(store, `r${i}`, [asserted(`v${i}`)], { at })
    }
    expect(await store.counts()).toEqual({ statements: 200, events: 200 })
    await store.close()
  })
})
