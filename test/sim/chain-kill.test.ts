import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { SIMULATED_CHAIN, SimulatedChain } from '../../src/chain/simulated.ts'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import { SqliteChainReader } from '../../src/chain/store/sqlite-reader.ts'
import { replay } from '../support/chain-world.ts'
import { advance, JudgedChain, sinkOf } from '../support/judged-chain.ts'

const CHILD = fileURLToPath(new URL('../support/chain-child.ts', import.meta.url))
const JUDGED_CHILD = fileURLToPath(new URL('../support/judged-child.ts', import.meta.url))
const KILLS = 20
/** With every real rule: fewer, because one life takes longer. */
const JUDGED_KILLS = 14
const STEPS = 150
const BLOCKS = 250

interface Life {
  /** The last line that acknowledged something. */
  readonly last: string | undefined
  readonly acknowledged: readonly number[]
  readonly isDone: boolean
}

function followAndKill(path: string, seed: number, killAfterMs: number): Promise<Life> {
  return lifeOf([CHILD, path, String(seed), String(BLOCKS)], killAfterMs)
}

function lifeOf(args: readonly string[], killAfterMs: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const isReady = output === ''
      output += chunk.toString()
      if (isReady) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      // A life that ends by a fault of its own would otherwise be lived for ever.
      if (code !== null && code !== 0) reject(new Error(`the child ended with ${code}`))
      const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
      resolve({
        last: lines.findLast((line) => line.startsWith('ack ')),
        acknowledged: lines
          .filter((line) => line.startsWith('ack '))
          .map((line) => Number(line.slice(4))),
        isDone: lines.includes('done'),
      })
    })
  })
}

describe('following that is killed', () => {
  it(`loses no acknowledged block and doubles none, at ${KILLS} random points`, async () => {
    const rng = seededRng(20_261_122)
    let kills = 0
    for (let seed = 1; kills < KILLS; seed += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'custos-chain-kill-'))
      const path = chainPath(folder)
      for (let isDone = false; !isDone; ) {
        const isLast = kills >= KILLS
        const life = await followAndKill(path, seed, isLast ? 60_000 : 5 + intBelow(rng, 120))
        isDone = life.isDone
        if (!isDone) kills += 1
        const reader = new SqliteChainReader(path)
        for (const number of life.acknowledged) {
          expect((await reader.block(SIMULATED_CHAIN, number))?.number).toBe(number)
        }
        await reader.close()
      }
      const chain = new SimulatedChain(seededRng(seed))
      chain.mine(BLOCKS)
      expect([...dumpChainRows(path)].join('\n')).toBe(await replay(chain, { folder, from: 0 }))
    }
  }, 180_000)

  it(`with every real rule has the alerts of the last chain: ${JUDGED_KILLS} kills`, async () => {
    const rng = seededRng(7)
    let kills = 0
    let alerts = 0
    for (let seed = 1; kills < JUDGED_KILLS; seed += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'custos-judged-kill-'))
      const path = chainPath(folder)
      for (let isDone = false; !isDone; ) {
        const killAfterMs = kills >= JUDGED_KILLS ? 60_000 : 5 + intBelow(rng, 250)
        const life = await lifeOf([JUDGED_CHILD, path, String(seed), String(STEPS)], killAfterMs)
        isDone = life.isDone
        if (!isDone) kills += 1
        await holds(path, life.last)
      }
      alerts += await changesOnce(path)
      expect([...dumpChainRows(path)].join('\n')).toBe(await neverKilled(seed, folder))
    }
    expect(alerts).toBeGreaterThan(20)
  }, 120_000)
})

/** What was acknowledged last is stored, or was replaced by what came after it. */
async function holds(path: string, last: string | undefined): Promise<void> {
  const hash = last?.split(' ')[2]
  if (hash === undefined) return
  const reader = new SqliteChainReader(path)
  expect(await reader.block(SIMULATED_CHAIN, hash)).toBeDefined()
  await reader.close()
}

/** No state of an alert is told twice in a row, whatever was killed between. */
async function changesOnce(path: string): Promise<number> {
  const reader = new SqliteChainReader(path)
  const last = new Map<string, string>()
  for (const { alert } of await reader.alertChanges(0, 1_000_000)) {
    expect(last.get(alert.id)).not.toBe(alert.state)
    last.set(alert.id, alert.state)
  }
  await reader.close()
  return last.size
}

async function neverKilled(seed: number, folder: string): Promise<string> {
  const life = new JudgedChain(seed)
  for (let step = 0; step < STEPS; step += 1) life.step()
  const path = chainPath(join(folder, 'replayed'))
  const store = openSqliteChainStore(path)
  await advance(sinkOf(store, life.shelf), life.chain, life.genesis)
  await store.close()
  return [...dumpChainRows(path)].join('\n')
}
