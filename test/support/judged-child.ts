import { writeSync } from 'node:fs'
import { SIMULATED_CHAIN } from '../../src/chain/simulated.ts'
import { openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { advance, JUDGED_DEPTH, JudgedChain, sinkOf } from './judged-chain.ts'

/** Lives a chain with every real rule in a process of its own, to be killed anywhere. */
const [path = '', seed = '1', steps = '100'] = process.argv.slice(2)

const life = new JudgedChain(Number(seed))
const store = openSqliteChainStore(path)
const sink = sinkOf(store, life.shelf)
const state = await store.state(SIMULATED_CHAIN)
const held = state?.head ?? null
const finalized = state?.finalized?.number ?? 0
let at = held ?? life.genesis
// A chain goes on while its follower is dead. A kill between the rewind and the blocks of a change
// leaves the fork as stored head, which never was the best: it is met where it is on the chain, and
// no earlier than what is stored as final was final.
let isMet = held === null
writeSync(1, 'ready\n')
for (let step = 0; step <= Number(steps); step += 1) {
  const isFinal = life.chain.best.number - JUDGED_DEPTH >= finalized || finalized === 0
  isMet ||= isFinal && life.chain.at(at.number)?.hash === at.hash
  if (isMet && life.chain.best.hash !== at.hash) {
    at = await advance(sink, life.chain, at)
    writeSync(1, `ack ${at.number} ${at.hash}\n`)
  }
  if (step < Number(steps)) life.step()
}
await store.close()
// A head that is nowhere on the chain is a fault: to live on would only find it again.
if (isMet) writeSync(1, 'done\n')
else process.exitCode = 1
