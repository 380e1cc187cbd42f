import { existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorCheck } from './cli/operator.ts'
import { bookPath, loadBook } from './index/book-file.ts'
import type { IndexReader } from './index/port.ts'
import type { LedgerReader } from './ledger/read.ts'
import type { Queries } from './query/types.ts'

/** Less than this, and a sync of all lists may not fit: ledger, index and files take about 1.3 GB. */
const FREE_BYTES_MIN = 3_000_000_000

interface DoctorPorts {
  readonly folder: string
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly queries: Queries
}

/** Looks at what an installation needs; each check says what to do when it fails. */
export async function doctorChecks(ports: DoctorPorts): Promise<readonly DoctorCheck[]> {
  return [
    { name: 'node', state: 'ok', detail: `Node ${process.versions.node}` },
    keyCheck(ports.folder),
    diskCheck(ports.folder),
    await indexCheck(ports),
    await bookCheck(ports),
    await sourcesCheck(ports.queries),
  ]
}

function keyCheck(folder: string): DoctorCheck {
  const path = join(folder, 'instance-key.pem')
  if (!existsSync(path)) {
    return { name: 'key', state: 'failure', detail: 'There is no instance key; run custos start.' }
  }
  const isOpen = (statSync(path).mode & 0o077) !== 0
  const detail = isOpen
    ? 'Others can read the instance key: chmod 600.'
    : 'Only this user reads it.'
  return { name: 'key', state: isOpen ? 'failure' : 'ok', detail }
}

function diskCheck(folder: string): DoctorCheck {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const detail = `${(free / 1e9).toFixed(1)} GB free in the data folder`
  return { name: 'disk', state: free < FREE_BYTES_MIN ? 'warning' : 'ok', detail }
}

async function indexCheck({ ledger, index }: DoctorPorts): Promise<DoctorCheck> {
  const head = (await ledger.head())?.seq ?? 0
  const seq = await index.seq()
  if (seq === head) return { name: 'index', state: 'ok', detail: `follows the ledger to ${seq}` }
  const detail = `is at ${seq} of ${head}: run custos rebuild`
  return { name: 'index', state: 'failure', detail }
}

async function bookCheck({ folder, index }: DoctorPorts): Promise<DoctorCheck> {
  const book = loadBook(bookPath(folder), await index.seq())
  return book === undefined
    ? { name: 'book', state: 'warning', detail: 'is made anew at the next start' }
    : { name: 'book', state: 'ok', detail: `${book.count} keys` }
}

async function sourcesCheck(queries: Queries): Promise<DoctorCheck> {
  const rows = (await queries.sources()).filter((row) => row.isEnabled)
  const current = rows.filter((row) => row.state === 'current').length
  const detail = `${current} of ${rows.length} enabled lists are current`
  return { name: 'sources', state: current === rows.length ? 'ok' : 'warning', detail }
}
