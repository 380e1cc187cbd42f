import { assert } from '../base/assert.ts'
import { LIMITS } from '../base/limits.ts'
import type { LedgerEventRow, LedgerReader, StatementRow } from '../ledger/read.ts'
import type { IndexBatch, IndexedRun, IndexWriter, NameEntry, RollProp } from './port.ts'
import { isInRoll, projectionOf } from './projection.ts'
import { dayNumber, type RunMark, type Span, spansOf } from './span.ts'

export interface ApplyOptions {
  /** Stop after this event; default: the ledger's head. */
  readonly upTo?: number
  /** Called after each piece with the last sequence number written. */
  readonly onProgress?: (seq: number) => void
  readonly signal?: AbortSignal
}

/**
 * Brings the index up to the ledger and gives the sequence number that it has reached. One
 * transaction per run: an index that is behind is consistent, and the next call goes on.
 */
export async function applyEvents(
  ledger: LedgerReader,
  index: IndexWriter,
  options: ApplyOptions = {},
): Promise<number> {
  return apply(ledger, index, options, 'each run')
}

/**
 * Drops every row and builds the index again, in one transaction: a reader sees the old index until
 * the new one is whole. The result equals the one that `applyEvents` gives, byte for byte (P5).
 */
export async function rebuild(
  ledger: LedgerReader,
  index: IndexWriter,
  options: ApplyOptions = {},
): Promise<number> {
  return apply(ledger, index, options, 'at the end')
}

async function apply(
  ledger: LedgerReader,
  index: IndexWriter,
  options: ApplyOptions,
  commits: 'each run' | 'at the end',
): Promise<number> {
  const upTo = options.upTo ?? Number.MAX_SAFE_INTEGER
  await index.begin()
  try {
    if (commits === 'at the end') await index.clear()
    const pen = await Pen.open(ledger, index)
    for (;;) {
      options.signal?.throwIfAborted()
      const page = await ledger.events(pen.seq, LIMITS.indexBatchMax)
      const events = page.filter((event) => event.seq <= upTo)
      for (const piece of piecesByRun(events)) {
        const isNewRun = pen.seq > 0 && piece[0]?.run !== pen.run
        if (commits === 'each run' && isNewRun) {
          await index.commit()
          await index.begin()
        }
        await pen.write(piece)
        options.onProgress?.(pen.seq)
      }
      if (events.length < page.length || page.length < LIMITS.indexBatchMax) break
    }
    await index.commit()
    return pen.seq
  } catch (error) {
    await index.rollback()
    throw error
  }
}

/** Events of one page, cut where the run changes. */
function piecesByRun(events: readonly LedgerEventRow[]): LedgerEventRow[][] {
  const pieces: LedgerEventRow[][] = []
  for (const event of events) {
    const last = pieces.at(-1)
    if (last?.[0]?.run === event.run) last.push(event)
    else pieces.push([event])
  }
  return pieces
}

/** Turns pieces of runs into index rows, in order. */
class Pen {
  readonly #ledger: LedgerReader
  readonly #index: IndexWriter
  /** First sequence number of each run: what holds only inside a run is never to be seen. */
  readonly #runFrom = new Map<string, number>()
  readonly #datasets = new Set<string>()
  #current: IndexedRun | undefined
  #sidMax = 0
  seq = 0

  private constructor(ledger: LedgerReader, index: IndexWriter) {
    this.#ledger = ledger
    this.#index = index
  }

  static async open(ledger: LedgerReader, index: IndexWriter): Promise<Pen> {
    const pen = new Pen(ledger, index)
    pen.seq = await index.seq()
    pen.#sidMax = await index.sidMax()
    const runs = await index.runs()
    for (const run of runs) {
      pen.#runFrom.set(run.run, run.seqFrom)
      pen.#datasets.add(run.dataset)
    }
    pen.#current = runs.at(-1)
    return pen
  }

  get run(): string | undefined {
    return this.#current?.run
  }

  async write(events: readonly LedgerEventRow[]): Promise<void> {
    const first = events[0]
    const last = events.at(-1)
    if (first === undefined || last === undefined) return
    assert(first.seq === this.seq + 1, 'events follow each other without a gap')
    const sids = [...new Set(events.map((event) => event.sid))]
    const statements = await this.#ledger.statements(sids)
    const run = this.#runOf(events, statements[0] as StatementRow)
    const marks = await this.#marks(events, sids, last.seq)
    const before = await this.#index.spansOf(sids.filter((sid) => sid <= this.#sidMax))
    await this.#index.put(this.#batch({ run, seq: last.seq, statements, marks, before }))
    this.#current = run
    this.seq = last.seq
    for (const sid of sids) if (sid > this.#sidMax) this.#sidMax = sid
  }

  #runOf(events: readonly LedgerEventRow[], statement: StatementRow): IndexedRun {
    const first = events[0] as LedgerEventRow
    const last = events.at(-1) as LedgerEventRow
    let effectiveMin = first.run === this.run ? (this.#current?.effectiveMin ?? null) : null
    for (const event of events) {
      if (event.op !== 'assert') continue
      const day = dayNumber(event.effective)
      if (effectiveMin === null || day < effectiveMin) effectiveMin = day
    }
    if (this.#current !== undefined && first.run === this.#current.run) {
      return { ...this.#current, seqTo: last.seq, effectiveMin }
    }
    const isBaseline = !this.#datasets.has(statement.dataset)
    this.#datasets.add(statement.dataset)
    this.#runFrom.set(first.run, first.seq)
    return {
      run: first.run,
      dataset: statement.dataset,
      at: first.at,
      seqFrom: first.seq,
      seqTo: last.seq,
      effectiveMin,
      isBaseline,
    }
  }

  /** All marks of each statement up to here; only an old statement has any outside this piece. */
  async #marks(
    events: readonly LedgerEventRow[],
    sids: readonly number[],
    upTo: number,
  ): Promise<Map<number, RunMark[]>> {
    const marks = new Map<number, RunMark[]>()
    const old = sids.filter((sid) => sid <= this.#sidMax)
    const earlier = old.length === 0 ? [] : await this.#ledger.eventsOf(old)
    const isOld = new Set(old)
    const fresh = isOld.size === 0 ? events : events.filter((event) => !isOld.has(event.sid))
    for (const event of [...earlier, ...fresh]) {
      if (event.seq > upTo) continue
      const runFrom = this.#runFrom.get(event.run)
      assert(runFrom !== undefined, 'an event belongs to a run that the index has seen')
      const mark = {
        seq: event.seq,
        op: event.op,
        effective: dayNumber(event.effective),
        runFrom,
      }
      const list = marks.get(event.sid)
      if (list === undefined) marks.set(event.sid, [mark])
      else list.push(mark)
    }
    return marks
  }

  #batch(p: {
    run: IndexedRun
    seq: number
    statements: readonly StatementRow[]
    marks: ReadonlyMap<number, readonly RunMark[]>
    before: ReadonlyMap<number, readonly Span[]>
  }): IndexBatch {
    const facts: { entity: string; sid: number }[] = []
    const idents: { key: string; sid: number }[] = []
    const names: NameEntry[] = []
    const rolls: { prop: RollProp; sid: number }[] = []
    const spans: { sid: number; spans: readonly Span[] }[] = []
    const live = new Map<string, number>()
    let rollSeq = 0
    for (const statement of p.statements) {
      const { sid, entity } = statement
      const marks = p.marks.get(sid) ?? []
      const after = spansOf(marks)
      if (isInRoll(statement.prop)) rollSeq = Math.max(rollSeq, marks.at(-1)?.seq ?? 0)
      spans.push({ sid, spans: after })
      const known = p.before.get(sid) ?? []
      const delta = Number(isLive(after)) - Number(isLive(known))
      if (delta !== 0) live.set(entity, (live.get(entity) ?? 0) + delta)
      if (known.length > 0) continue
      const projection = projectionOf(statement)
      facts.push({ entity, sid })
      for (const key of projection.keys) idents.push({ key, sid })
      if (projection.name !== undefined) names.push({ sid, ...projection.name })
      if (projection.roll !== undefined) rolls.push({ prop: projection.roll, sid })
    }
    return {
      seq: p.seq,
      run: p.run,
      spans,
      facts,
      idents,
      names,
      rolls,
      rollSeq,
      live: [...live].map(([entity, delta]) => ({ entity, delta })),
    }
  }
}

/** True when the newest state of knowledge has an interval without an end. */
function isLive(spans: readonly Span[]): boolean {
  return spans.some((span) => span.knownTo === null && span.to === null)
}
