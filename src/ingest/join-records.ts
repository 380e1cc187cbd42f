import { LIMITS } from '../base/limits.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName, EntityId } from '../model/statement.ts'
import { FIRM_KINDS, type FirmRecord, firmRecord } from '../score/firm/join-record.ts'

/** What firm records are made of; the rest of what sources say plays no part in joining. */
const PROPS: ReadonlySet<string> = new Set(
  `schema name alias previousName country jurisdiction leiCode registrationNumber website licence
  warning actor listing notes`.split(/\s+/),
)

interface Kept {
  readonly run: string
  readonly records: readonly FirmRecord[]
}

/** Firm records of the datasets, read again only where a run was added since. */
export class FirmRecords {
  readonly #ledger: LedgerStore
  readonly #datasets: ReadonlyMap<DatasetName, Dataset>
  readonly #kept = new Map<DatasetName, Kept>()

  constructor(ledger: LedgerStore, datasets: ReadonlyMap<DatasetName, Dataset>) {
    this.#ledger = ledger
    this.#datasets = datasets
  }

  /** Datasets that hold firms and have been read, with their newest run, by name. */
  async sources(): Promise<
    ReadonlyMap<DatasetName, { readonly run: string; readonly at: string }>
  > {
    const found = new Map<DatasetName, { run: string; at: string }>()
    for (const run of await this.#ledger.runs()) {
      const kind = this.#datasets.get(run.dataset)?.kind ?? ''
      if (FIRM_KINDS.has(kind)) found.set(run.dataset, { run: run.id, at: run.at })
    }
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  async all(): Promise<FirmRecord[]> {
    const records: FirmRecord[] = []
    for (const [name, { run }] of await this.sources()) {
      const dataset = this.#datasets.get(name)
      if (dataset === undefined) continue
      let kept = this.#kept.get(name)
      if (kept?.run !== run) {
        kept = { run, records: await this.#read(dataset, kept?.records ?? []) }
        this.#kept.set(name, kept)
      }
      for (const record of kept.records) records.push(record)
    }
    return records
  }

  /** Records that did not change stay the same objects, with all that was found out about them. */
  async #read(dataset: Dataset, before: readonly FirmRecord[]): Promise<FirmRecord[]> {
    const known = new Map(before.map((record) => [record.id, record]))
    const live = await this.#ledger.live(dataset.name)
    const said = new Map<EntityId, { prop: string; value: string }[]>()
    for (let from = 0; from < live.length; from += LIMITS.pageRowsMax) {
      const page = live.slice(from, from + LIMITS.pageRowsMax).map(({ sid }) => sid)
      for (const { entity, prop, value } of await this.#ledger.statements(page)) {
        if (!PROPS.has(prop)) continue
        const list = said.get(entity)
        if (list === undefined) said.set(entity, [{ prop, value }])
        else list.push({ prop, value })
      }
    }
    const records: FirmRecord[] = []
    for (const [id, statements] of said) {
      const record = firmRecord(id, dataset, statements)
      if (record === undefined) continue
      const old = known.get(id)
      records.push(old !== undefined && isSame(old, record) ? old : record)
    }
    return records
  }
}

function isSame(a: FirmRecord, b: FirmRecord): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
