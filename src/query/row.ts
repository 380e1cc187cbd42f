import type { LedgerReader } from '../ledger/read.ts'
import type { Hash, RunFile } from '../model/statement.ts'
import type { RowView } from './types.ts'

/** A kept file, as a locator reads it. */
export interface KeptFile extends RunFile {
  open(): AsyncIterable<Uint8Array>
}

/** Finds the row that a locator names; the composition root passes the one of `source/parse`. */
export type ReadRow = (file: KeptFile, row: string) => Promise<string | undefined>

/** The row behind a statement, as the source wrote it; undefined for an unknown statement. */
export async function rowOf(
  ledger: LedgerReader,
  readRow: ReadRow,
  id: Hash,
): Promise<RowView | undefined> {
  const statement = await ledger.statement(id)
  if (statement === undefined) return undefined
  const event = (await ledger.eventsOf([statement.sid])).find(({ op }) => op === 'assert')
  const run = event && (await ledger.run(event.run))
  if (event === undefined || run === undefined) return undefined
  const file = fileOf(run.files, event.row)
  if (file === undefined) return undefined
  const kept = { ...file, open: () => ledger.file(file.sha256) }
  return { statement: id, file, row: event.row, text: (await readRow(kept, event.row)) ?? null }
}

/** `<role>#…`, or `<role>/<name>#…` where several files have one role. */
function fileOf(files: readonly RunFile[], row: string): RunFile | undefined {
  const where = row.slice(0, row.indexOf('#'))
  return (
    files.find((file) => `${file.role}/${file.name.replaceAll('#', '%23')}` === where) ??
    files.find((file) => file.role === where)
  )
}
