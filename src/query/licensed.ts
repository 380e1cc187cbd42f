import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import { knownAt } from '../index/span.ts'
import type { View } from '../index/view.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { parseHostQuery } from '../model/host.ts'
import type { DatasetName, EntityId } from '../model/statement.ts'
import { type LicensedFirm, LicensedNames } from '../score/risk/clone-names.ts'
import { isPlatform } from '../score/risk/platform.ts'

interface Ports {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

const EMPTY = new LicensedNames([])
/** Statements of one firm that are looked through for its names and sites. */
const STATEMENTS_MAX = 500

/**
 * The names of all firms that a register holds a permission of. Rows never change, so a later view
 * reads only the firms that are new; which rows are held is asked of the index.
 */
export class LicensedKeeper {
  readonly #ports: Ports
  readonly #byView = new WeakMap<View['protectedHosts'], Promise<LicensedNames>>()
  readonly #firms = new Map<number, LicensedFirm | null>()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** Views with the same rows share the names: the hosts of a view change when any row does. */
  of(view: View): Promise<LicensedNames> {
    let made = this.#byView.get(view.protectedHosts)
    if (made === undefined) {
      made = this.#make(view)
      this.#byView.set(view.protectedHosts, made)
      made.catch(() => this.#byView.delete(view.protectedHosts))
    }
    return made
  }

  async #make(view: View): Promise<LicensedNames> {
    const { ledger, index } = this.#ports
    const sids = await index.roll('licence')
    const held = new Map<EntityId, LicensedFirm>()
    for (let from = 0; from < sids.length; from += LIMITS.pageRowsMax) {
      const page = sids.slice(from, from + LIMITS.pageRowsMax)
      const spans = await index.spansOf(page)
      const live = page.filter((sid) =>
        knownAt(spans.get(sid) ?? [], view.seq).some(({ to }) => to === null),
      )
      const unread = live.filter((sid) => !this.#firms.has(sid))
      for (const row of await ledger.statements(unread)) {
        this.#firms.set(row.sid, (await this.#read(row)) ?? null)
      }
      for (const sid of live) {
        const firm = this.#firms.get(sid)
        if (firm != null && !held.has(firm.id)) held.set(firm.id, firm)
      }
      // Answers that need no names are not held up.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return held.size === 0 ? EMPTY : new LicensedNames(held.values())
  }

  /** Undefined: a list that is no register, or a row that gives no permission. */
  async #read(row: StatementRow): Promise<LicensedFirm | undefined> {
    const { ledger, index, datasets } = this.#ports
    if (datasets.get(row.dataset)?.kind !== 'register') return undefined
    const { kind, holder, regulator, country } = membersOf(row.value)
    if (kind !== 'licence' && kind !== 'registration') return undefined
    const own = await ledger.statements(await index.sidsOfEntity(row.entity, STATEMENTS_MAX))
    const names = new Set<string>()
    const domains = new Set<string>()
    for (const { entity, prop, value } of own) {
      if (entity !== row.entity) continue
      if (prop === 'name' || prop === 'alias') names.add(value)
      const domain = prop === 'website' ? (parseHostQuery(value)?.registrable ?? null) : null
      if (domain !== null && !isPlatform(domain)) domains.add(domain)
    }
    const caption = typeof holder === 'string' && holder !== '' ? holder : [...names][0]
    if (caption === undefined) return undefined
    return {
      id: row.entity,
      sid: row.sid,
      caption,
      regulator: typeof regulator === 'string' ? regulator : '',
      country: typeof country === 'string' ? country : null,
      names: [...names],
      domains: [...domains],
    }
  }
}

function membersOf(value: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
