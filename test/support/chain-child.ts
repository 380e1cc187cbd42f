import { writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { seededRng } from '../../src/base/rng.ts'
import { Endpoints } from '../../src/chain/endpoints.ts'
import { Follower } from '../../src/chain/follow.ts'
import { evmSource } from '../../src/chain/follow-evm.ts'
import { storeSink } from '../../src/chain/follow-sink.ts'
import {
  NO_FAULTS,
  SIMULATED_CHAIN,
  SimulatedChain,
  simulatedNode,
} from '../../src/chain/simulated.ts'
import { openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { DEPTH, thirds } from './chain-world.ts'

/** Follows a simulated chain to its end in a process of its own, to be killed anywhere. */
const [path = '', seed = '1', blocks = '100'] = process.argv.slice(2)

const chain = new SimulatedChain(seededRng(Number(seed)))
chain.mine(Number(blocks))
const store = openSqliteChainStore(path)
const endpoints = new Endpoints({
  chain: SIMULATED_CHAIN,
  urls: ['http://node'],
  transportOf: () => simulatedNode({ chain, rng: seededRng(2), faults: NO_FAULTS }),
})
const sink = storeSink(store, thirds)
const acknowledge = (number: number) => writeSync(1, `ack ${number}\n`)
writeSync(1, 'ready\n')
const follower = new Follower({
  source: evmSource({ endpoints, depth: DEPTH }),
  sink: {
    ...sink,
    // One block a change, so that a kill finds many places to strike.
    async fill(id, batch) {
      for (const block of batch) {
        await sink.fill(id, [block])
        acknowledge(block.number)
      }
    },
    async apply(update) {
      await sink.apply(update)
      for (const { number } of update.blocks) acknowledge(number)
    },
  },
  clock: systemClock,
  sleep: async (ms, signal) => {
    await delay(Math.min(ms, 5), undefined, { signal })
  },
  log: silentLog,
  from: 0,
  to: Number(blocks),
})
await follower.run(new AbortController().signal)
await store.close()
writeSync(1, 'done\n')
