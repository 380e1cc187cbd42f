import type { ClusterBook } from '../index/cluster/cluster-book.ts'
import { dayText, knownAt, type Span } from '../index/span.ts'
import type { View, ViewRun } from '../index/view.ts'
import type { EntityId } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Evidence, Interval } from '../score/risk/types.ts'
import type { EvidenceReader } from './evidence.ts'
import { FIRM_PROPS, isFirmRecord } from './firm-facts.ts'
import { reservesOf } from './firm-reserves.ts'

/** A statement as it was read: this never changes. */
export type StoredRow = Omit<Evidence, 'intervals'>

/** An interval with the events that told of its ends. */
export interface HeldSpan extends Interval {
  readonly openedSeq: number
  readonly closedSeq: number | null
}

export interface BookRow extends Evidence {
  readonly intervals: readonly HeldSpan[]
}

/** A firm: all records that were joined to it, and what they say. */
export interface BookFirm {
  readonly id: EntityId
  readonly members: readonly EntityId[]
  readonly evidence: readonly Evidence[]
}

interface BookParts {
  readonly view: View
  readonly reader: EvidenceReader
  readonly clusters: ClusterBook
  readonly rows: readonly StoredRow[]
  readonly spans: ReadonlyMap<number, readonly Span[]>
}

/** Every firm of one view, for answers that are about many of them. */
export class RegistryBook {
  readonly view: View
  readonly clusters: ClusterBook
  readonly rows: readonly BookRow[]
  readonly #reader: EvidenceReader
  readonly #runs: readonly ViewRun[]
  #firms: ReadonlyMap<EntityId, BookFirm> = new Map()
  #websites: Map<EntityId, BookRow[]> | undefined

  constructor(parts: BookParts) {
    const { view, clusters, reader, rows, spans } = parts
    this.view = view
    this.clusters = clusters
    this.#reader = reader
    this.#runs = view.runs.filter((run) => run.events !== null)
    this.rows = rows.flatMap((row) => {
      const intervals = heldSpans(spans.get(row.sid) ?? [], view.seq)
      return intervals.length === 0 ? [] : [{ ...row, intervals }]
    })
  }

  /** Groups the rows by firm; records of other lists are read for the firms that they joined. */
  async prepare(): Promise<void> {
    const byEntity = new Map<EntityId, BookRow[]>()
    for (const row of this.rows) {
      const own = byEntity.get(row.entity)
      if (own === undefined) byEntity.set(row.entity, [row])
      else own.push(row)
    }
    const firms = new Map<EntityId, BookFirm>()
    for (const [entity, own] of byEntity) {
      if (!own.some((row) => row.prop === 'licence' || row.prop === 'warning')) continue
      const id = this.clusters.canonical(entity)
      if (firms.has(id)) continue
      const members = this.clusters.members(entity)
      firms.set(id, { id, members, evidence: await this.#evidenceOf(members, byEntity) })
    }
    this.#firms = firms
  }

  async #evidenceOf(
    members: readonly EntityId[],
    byEntity: ReadonlyMap<EntityId, readonly BookRow[]>,
  ): Promise<readonly Evidence[]> {
    if (members.length === 1) return byEntity.get(members[0] ?? '') ?? []
    const evidence: Evidence[] = []
    const said: Evidence[] = []
    for (const member of members) {
      const entity = await this.#reader.entity(member, this.view.seq)
      if (entity === undefined) continue
      said.push(...entity.evidence)
      if (!isFirmRecord(entity.evidence)) continue
      evidence.push(...entity.evidence.filter((item) => FIRM_PROPS.has(item.prop)))
    }
    evidence.push(...(await reservesOf(this.#reader, said, this.view.seq)))
    return evidence
  }

  get firms(): ReadonlyMap<EntityId, BookFirm> {
    return this.#firms
  }

  /** The firm of a record. */
  firmOf(entity: EntityId): BookFirm | undefined {
    return this.#firms.get(this.clusters.canonical(entity))
  }

  /** Sites that were ever said of a record. */
  websitesOf(entity: EntityId): readonly BookRow[] {
    if (this.#websites === undefined) {
      this.#websites = new Map()
      for (const row of this.rows) {
        if (row.prop !== 'website') continue
        const own = this.#websites.get(row.entity)
        if (own === undefined) this.#websites.set(row.entity, [row])
        else own.push(row)
      }
    }
    return this.#websites.get(entity) ?? []
  }

  /** The run that holds a sequence number. */
  runAt(seq: number): ViewRun | undefined {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#runs[middle]?.events?.seqTo ?? 0) < seq) low = middle + 1
      else high = middle
    }
    return this.#runs[low]
  }

  /** The version of the same dataset that was read before a run. */
  before(run: ViewRun): ViewRun | undefined {
    const runs = this.view.runsOf.get(run.run.dataset) ?? []
    return runs[runs.indexOf(run) - 1]
  }
}

/** What is known at `seq`, with the events by which each end was told first. */
export function heldSpans(spans: readonly Span[], seq: number): HeldSpan[] {
  return knownAt(spans, seq)
    .map(({ from, to, knownFrom }) => {
      const opened = spans.filter((span) => span.from === from).map((span) => span.knownFrom)
      return {
        from: dayText(from),
        to: to === null ? null : dayText(to),
        openedSeq: Math.min(...opened),
        closedSeq: to === null ? null : knownFrom,
      }
    })
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/** The last day on which a version changed a row; null: as the first version had it. */
export function changedOn(book: RegistryBook, row: BookRow): Day | null {
  let last: Day | null = null
  for (const { from, to, openedSeq, closedSeq } of row.intervals) {
    if (book.runAt(openedSeq)?.events?.isBaseline !== true && (last ?? '') < from) last = from
    if (to === null || closedSeq === null) continue
    if (book.runAt(closedSeq)?.events?.isBaseline !== true && (last ?? '') < to) last = to
  }
  return last
}
