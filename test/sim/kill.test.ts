import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { noteVerifier } from '../../src/ledger/checkpoint.ts'
import { instanceVkey, ledgerPaths, openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'

const CHILD = fileURLToPath(new URL('../support/sync-child.ts', import.meta.url))
const VERSIONS = 24
const KILLS = 20

/** Versions that each drop three hosts and add three, so that every run has both kinds of event. */
function writeMirror(folder: string): string {
  const mirror = join(folder, 'mirror')
  mkdirSync(join(mirror, 'demo'), { recursive: true })
  for (let v = 0; v < VERSIONS; v += 1) {
    const hosts = Array.from({ length: 300 }, (_, i) => `host${i + 3 * v}.example`)
    const day = String(v + 1).padStart(2, '0')
    writeFileSync(join(mirror, 'demo', `list-2026-03-${day}.txt`), hosts.join('\n'))
  }
  return mirror
}

interface Outcome {
  readonly acknowledged: readonly string[]
  readonly isDone: boolean
}

function syncAndKill(data: string, mirror: string, killAfterMs: number | undefined) {
  return new Promise<Outcome>((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, data, mirror], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const isReady = output === ''
      output += chunk.toString()
      if (isReady && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.on('error', reject)
    child.on('close', () => {
      const whole = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
      const acknowledged = whole.filter((line) => line.startsWith('ack '))
      resolve({ acknowledged, isDone: whole.includes('done') })
    })
  })
}

describe('a sync that is killed (promise P1)', () => {
  it('loses no acknowledged run and doubles none, at 20 random points', async () => {
    const rng = seededRng(20_261_122)
    let kills = 0
    // A round ends when the sync is through; kills go on in a new folder until there are 20.
    for (let round = 0; kills < KILLS; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), `custos-kill-${round}-`))
      const data = join(folder, 'data')
      const mirror = writeMirror(folder)
      const acknowledged: string[] = []
      for (let isDone = false; !isDone; ) {
        const after = kills < KILLS ? intBelow(rng, 90) : undefined
        const outcome = await syncAndKill(data, mirror, after)
        acknowledged.push(...outcome.acknowledged)
        isDone = outcome.isDone
        if (!isDone) kills += 1
        await expectWhole(data, acknowledged)
      }
      await expectEveryVersionOnce(data)
      expect(round).toBeLessThan(20)
    }
    expect(kills).toBe(KILLS)
  })
})

async function expectEveryVersionOnce(data: string): Promise<void> {
  const store = openSqliteLedger(data)
  const runs = await store.runs()
  expect(runs.map((run) => run.version)).toEqual(
    Array.from({ length: VERSIONS }, (_, v) => `2026-03-${String(v + 1).padStart(2, '0')}`),
  )
  expect(await store.counts()).toEqual({
    statements: 300 + 3 * (VERSIONS - 1),
    events: 300 + 6 * (VERSIONS - 1),
  })
  await store.close()
}

async function expectWhole(data: string, acknowledged: readonly string[]): Promise<void> {
  const store = openSqliteLedger(data)
  const ids = (await store.runs()).map((run) => run.id)
  await store.close()
  for (const line of acknowledged) expect(ids).toContain(line.split(' ')[1])
  expect(new Set(ids).size).toBe(ids.length)
  const verifier = noteVerifier(instanceVkey(data))
  const report = await verifyLedger({ paths: ledgerPaths(data), verifier })
  expect(report.problems).toEqual([])
}
