import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import { dayText, knownAt, type Span } from '../index/span.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName, EntityId } from '../model/statement.ts'
import type { EntityFacts, Evidence, SourceFacts } from '../score/risk/types.ts'
import { captionOf, countriesOf, schemaOf } from './caption.ts'
import { Lru } from './lru.ts'

/** Statements remembered: what popular queries hit, about 1 kB each. */
const STATEMENTS_KEPT = 8_192
const ENTITIES_KEPT = 1_024

/** Props whose value is canonical JSON (docs/VOCABULARY.md). */
const JSON_PROPS: ReadonlySet<string> = new Set(
  `listed allow protect tag token chain wallet listing licence warning involved tx actor
  quality sameAs notSameAs alert`.split(/\s+/),
)
const EMPTY: Readonly<Record<string, unknown>> = Object.freeze({})

/** Evidence with the ledger's time of its first assertion. */
export interface TimedEvidence extends Evidence {
  /** Sequence number by which this instance had been told first. */
  readonly toldSeq: number
}

export interface TimedEntity extends EntityFacts {
  readonly evidence: readonly TimedEvidence[]
}

interface Known {
  readonly row: StatementRow
  readonly json: Readonly<Record<string, unknown>>
}

/** Reads statements with their intervals. What never changes is remembered. */
export class EvidenceReader {
  readonly #ledger: LedgerReader
  readonly #index: IndexReader
  readonly #datasets: ReadonlyMap<DatasetName, Dataset>
  readonly #sources = new Map<DatasetName, SourceFacts>()
  readonly #statements = new Lru<number, Known>(STATEMENTS_KEPT)
  readonly #entities = new Lru<string, TimedEntity>(ENTITIES_KEPT)

  constructor(
    ledger: LedgerReader,
    index: IndexReader,
    datasets: ReadonlyMap<DatasetName, Dataset>,
  ) {
    this.#ledger = ledger
    this.#index = index
    this.#datasets = datasets
  }

  /** Statements that carry a key, as the ledger knew them at `seq`; later ones are left out. */
  async byKey(key: string, seq: number): Promise<readonly TimedEvidence[]> {
    return this.#held(await this.#index.spansOfKey(key, LIMITS.hitsPerKeyMax), seq)
  }

  /** Keys that begin so, in their order: what completes an identifier. */
  async keysFrom(prefix: string, limit: number): Promise<readonly string[]> {
    return this.#index.keysFrom(prefix, limit)
  }

  async bySid(sids: readonly number[], seq: number): Promise<TimedEvidence[]> {
    return sids.length === 0 ? [] : this.#held(await this.#index.spansOf(sids), seq)
  }

  async #held(spans: ReadonlyMap<number, readonly Span[]>, seq: number): Promise<TimedEvidence[]> {
    const sids = [...spans.keys()]
    const known = await this.#rows(sids)
    const found: TimedEvidence[] = []
    for (const [i, sid] of sids.entries()) {
      const all = spans.get(sid) ?? []
      const held = knownAt(all, seq)
      const item = known[i]
      if (held.length === 0 || item === undefined) continue
      let toldSeq = seq
      for (const span of all) if (span.knownFrom < toldSeq) toldSeq = span.knownFrom
      const { row, json } = item
      found.push({
        sid,
        id: row.id,
        entity: row.entity,
        prop: row.prop,
        value: row.value,
        json,
        original: row.original ?? null,
        lang: row.lang ?? null,
        source: this.source(row.dataset),
        intervals: held.map(({ from, to }) => ({
          from: dayText(from),
          to: to === null ? null : dayText(to),
        })),
        toldSeq,
      })
    }
    return found
  }

  /** Everything that was said about an entity; undefined where nothing was known at `seq`. */
  async entity(id: EntityId, seq: number): Promise<TimedEntity | undefined> {
    const key = `${seq} ${id}`
    const known = this.#entities.get(key)
    if (known !== undefined) return known
    const sids = await this.#index.sidsOfEntity(id, LIMITS.entityStatementsMax)
    const evidence = (await this.bySid(sids, seq)).filter((item) => item.entity === id)
    if (evidence.length === 0) return undefined
    const facts = {
      id,
      schema: schemaOf(evidence),
      caption: captionOf(evidence, id),
      countries: countriesOf(evidence),
      evidence,
    }
    this.#entities.set(key, facts)
    return facts
  }

  /** The entities of some statements. */
  async entitiesOf(sids: readonly number[]): Promise<readonly EntityId[]> {
    return (await this.#rows(sids)).map(({ row }) => row.entity)
  }

  /** Who publishes a dataset; one that this installation does not know is nobody's authority. */
  source(name: DatasetName): SourceFacts {
    let source = this.#sources.get(name)
    if (source === undefined) {
      const dataset = this.#datasets.get(name)
      source = {
        dataset: name,
        title: dataset?.title ?? name,
        kind: dataset?.kind ?? null,
        authority: dataset?.authority.name ?? name,
        country: dataset?.authority.country ?? null,
        role: dataset?.authority.role ?? 'publisher',
        page: dataset?.page ?? null,
      }
      this.#sources.set(name, source)
    }
    return source
  }

  async #rows(sids: readonly number[]): Promise<readonly Known[]> {
    const found = new Map<number, Known>()
    const missing: number[] = []
    for (const sid of sids) {
      const known = this.#statements.get(sid)
      if (known === undefined) missing.push(sid)
      else found.set(sid, known)
    }
    if (missing.length > 0) {
      for (const row of await this.#ledger.statements(missing)) {
        const known = { row, json: JSON_PROPS.has(row.prop) ? parse(row.value) : EMPTY }
        found.set(row.sid, known)
        this.#statements.set(row.sid, known)
      }
    }
    return sids.map((sid) => found.get(sid)).filter((known) => known !== undefined)
  }
}

function parse(value: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : EMPTY
  } catch {
    // Ingest writes canonical JSON; what is not is shown as text and decides nothing.
    return EMPTY
  }
}
