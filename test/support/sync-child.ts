// Run by test/sim/kill.test.ts: syncs the demo list of a mirror into a data folder and prints each
// run as soon as it is acknowledged, so that the parent may kill it anywhere in between.
import { writeSync } from 'node:fs'
import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { sync } from '../../src/ingest/sync.ts'
import { openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { demoCatalogue } from './demo-source.ts'

const [folder = '', mirror = ''] = process.argv.slice(2)
const ledger = openSqliteLedger(folder)
const append = ledger.append.bind(ledger)
ledger.append = async (params) => {
  const checkpoint = await append(params)
  writeSync(1, `ack ${params.id} ${checkpoint.size} ${checkpoint.root}\n`)
  return checkpoint
}
writeSync(1, 'ready\n')
const ports = { ledger, catalogue: demoCatalogue, clock: systemClock, log: silentLog }
await sync({ ...ports, fetcher: undefined, folder }, ['demo'], { mirror })
await ledger.close()
writeSync(1, 'done\n')
