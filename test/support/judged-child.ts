import { writeSync } from 'node:fs'
import { SIMULATED_CHAIN } from '../../src/chain/simulated.ts'
import { openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { advance, JudgedChain, sinkOf } from './judged-chain.ts'

/** Lives a chain with every real rule in a process of its own, to be killed anywhere. */
const [path = '', seed = '1', steps = '100'] = process.argv.slice(2)

const life = new JudgedChain(Number(seed))
const store = openSqliteChainStore(path)
const sink = sinkOf(store, life.shelf)
const held = (await store.state(SIMULATED_CHAIN))?.head ?? null
let at = held ?? life.genesis
// A chain goes on while its follower is dead: it is met again where the stored head was its best.
let isMet = held === null
writeSync(1, 'ready\n')
for (let step = 0; step <= Number(steps); step += 1) {
  isMet ||= life.chain.best.hash === at.hash
  if (isMet && life.chain.best.hash !== at.hash) {
    at = await advance(sink, life.chain, at)
    writeSync(1, `ack ${at.number} ${at.hash}\n`)
  }
  if (step < Number(steps)) life.step()
}
await store.close()
writeSync(1, isMet ? 'done\n' : 'lost\n')
