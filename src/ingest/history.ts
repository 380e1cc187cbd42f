import type { LedgerStore, LiveStatement } from '../ledger/append.ts'
import type { LedgerEventRow, NewEvent } from '../ledger/read.ts'
import type { Run, Statement } from '../model/statement.ts'
import { type Day, dayOf } from '../model/time.ts'

interface Said {
  readonly statement: Statement
  readonly row: string
  readonly from: Day | undefined
  readonly to: Day | undefined
  readonly live: LiveStatement | undefined
}

/**
 * Decides which events a said statement needs, so that the same file never adds a second time and
 * an older version never retracts (INTERFACE §3, "How the two times are read").
 */
export class History {
  /** True when a newer version is already committed: then nothing is retracted for being absent. */
  readonly isOlder: boolean
  readonly #ledger: LedgerStore
  readonly #day: Day
  readonly #isFirst: boolean
  /** Day of the first complete version after this one. */
  readonly #next: Day | undefined

  constructor(ledger: LedgerStore, day: Day, earlier: readonly Run[]) {
    this.#ledger = ledger
    this.#day = day
    this.#isFirst = earlier.length === 0
    const newer = earlier
      .filter((run) => dayOf(run.publishedAt ?? run.fetchedAt) > day)
      .filter((run) => run.complete)
      .map((run) => dayOf(run.publishedAt ?? run.fetchedAt))
      .sort()
    this.#next = newer[0]
    this.isOlder = this.#next !== undefined
  }

  async eventsOf(said: Said): Promise<readonly NewEvent[]> {
    const from = said.from !== undefined && said.from < this.#day ? said.from : this.#day
    if (said.to !== undefined) return this.#past(said, from, said.to)
    if (said.live !== undefined) return this.#alreadyLive(said, said.live, from)
    if (this.#isFirst) return [this.#assert(said, from)]
    const marks = await this.#marks(said.statement.id)
    if (this.isOlder) return this.#older(said, from, marks)
    // Listed again: the new interval begins after the last one ended, whatever the file tells.
    const ended = marks
      .filter((m) => m.op === 'retract')
      .map((m) => m.effective)
      .sort()
      .at(-1)
    return [this.#assert(said, ended !== undefined && from < ended ? this.#day : from)]
  }

  #alreadyLive(said: Said, live: LiveStatement, from: Day): readonly NewEvent[] {
    // Only evidence of an earlier beginning is news: a dated file, or an older version.
    const isEarlier = (said.from !== undefined || this.isOlder) && from < live.since
    return isEarlier ? [this.#assert(said, from)] : []
  }

  /** An entry of an older version that no newer one holds: it was listed until the next version. */
  #older(said: Said, from: Day, marks: readonly LedgerEventRow[]): readonly NewEvent[] {
    if (isCovered(marks, from)) return []
    const next = this.#next
    const startsAtNext = marks.some((m) => m.op === 'assert' && m.effective === next)
    const start = this.#assert(said, from)
    if (next === undefined || startsAtNext) return [start]
    return [start, { op: 'retract', statement: said.statement.id, effective: next, row: '' }]
  }

  async #past(said: Said, from: Day, to: Day): Promise<readonly NewEvent[]> {
    const marks = this.#isFirst ? [] : await this.#marks(said.statement.id)
    if (isCovered(marks, from) || said.live !== undefined || to < from) return []
    return [
      this.#assert(said, from),
      { op: 'retract', statement: said.statement.id, effective: to, row: '' },
    ]
  }

  #assert(said: Said, effective: Day): NewEvent {
    return { op: 'assert', statement: said.statement, effective, row: said.row }
  }

  async #marks(id: string): Promise<readonly LedgerEventRow[]> {
    const row = await this.#ledger.statement(id)
    return row === undefined ? [] : this.#ledger.eventsOf([row.sid])
  }
}

/** Is a day inside an interval of these marks? The same reading as the index makes of them. */
function isCovered(marks: readonly LedgerEventRow[], day: Day): boolean {
  const sorted = [...marks].sort((a, b) =>
    a.effective === b.effective ? a.seq - b.seq : a.effective < b.effective ? -1 : 1,
  )
  let isOpen = false
  for (const mark of sorted) {
    if (mark.effective > day) break
    isOpen = mark.op === 'assert'
  }
  return isOpen
}
