import { assert } from '../base/assert.ts'
import { canonicalJson, type Json, lengthPrefixed } from '../base/encode.ts'
import type { LedgerEvent, Run } from '../model/statement.ts'

/** The bytes of an event's leaf: every field of the event, none of which can run into the next. */
export function eventLeaf(event: LedgerEvent): string {
  assert(event.statement.length === 64, 'an event names a statement by its hash')
  assert(event.seq > 0, 'events count from 1')
  return lengthPrefixed([
    'event',
    String(event.seq),
    event.op,
    event.statement,
    event.run,
    event.at,
    event.effective,
    event.row,
  ])
}

/** The run record as it is stored and hashed. */
export function runRecord(run: Run): string {
  assert(run.id.length > 0, 'a run has an id')
  assert(run.sha256.length === 64, 'a run names what it read by its hash')
  return canonicalJson(run as unknown as Json)
}

export function runLeaf(record: string): string {
  assert(record.startsWith('{'), 'a run record is a JSON object')
  assert(record.endsWith('}'), 'a run record is whole')
  return lengthPrefixed(['run', record])
}
