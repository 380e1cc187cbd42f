import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { SIMULATED_CHAIN, SimulatedChain } from '../../src/chain/simulated.ts'
import { chainPath } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import { SqliteChainReader } from '../../src/chain/store/sqlite-reader.ts'
import { replay } from '../support/chain-world.ts'

const CHILD = fileURLToPath(new URL('../support/chain-child.ts', import.meta.url))
const KILLS = 20
const BLOCKS = 250

interface Life {
  readonly acknowledged: readonly number[]
  readonly isDone: boolean
}

function followAndKill(path: string, seed: number, killAfterMs: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const args = [CHILD, path, String(seed), String(BLOCKS)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const isReady = output === ''
      output += chunk.toString()
      if (isReady) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.on('error', reject)
    child.on('close', () => {
      const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
      resolve({
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
})
