import type { IndexReader } from '../index/port.ts'
import { nameKey } from '../index/projection.ts'
import type { View } from '../index/view.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { foldName } from '../model/name.ts'
import { isNewsDataset } from '../model/news-dataset.ts'
import type { DatasetName, EntityId } from '../model/statement.ts'
import { Lru } from './lru.ts'

export interface NewsLink {
  readonly entity: EntityId
  readonly score: number
  readonly countries: readonly string[]
}

/** The matcher: the best entity for a name, with its score; null where none is near enough. */
export type MatchName = (name: string) => Promise<Omit<NewsLink, 'countries'> | null>

export interface LinkPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly match: MatchName
}

const LINKS_KEPT = 20_000
const STATEMENTS_MAX = 64
/** Of several entities under one name the one that an authority keeps comes first. */
const KINDS = ['register', 'warnings', 'sanctions', 'actors', 'incidents', 'labels']

/** Links names of articles to entities that other datasets hold; a publication never links itself. */
export class NewsLinker {
  readonly #ports: LinkPorts
  readonly #exact = new Lru<string, Promise<NewsLink | null>>(LINKS_KEPT)
  readonly #near = new Lru<string, Promise<NewsLink | null>>(LINKS_KEPT)
  #of: View | undefined

  constructor(ports: LinkPorts) {
    this.#ports = ports
  }

  /** The same name but for case, marks and legal form: quick enough for lists. */
  exact(view: View, name: string): Promise<NewsLink | null> {
    this.#follow(view)
    let link = this.#exact.get(name)
    if (link === undefined) {
      link = this.#byKey(name)
      this.#exact.set(name, link)
    }
    return link
  }

  /** The exact entity, else the matcher's. */
  async near(view: View, name: string): Promise<NewsLink | null> {
    const exact = await this.exact(view, name)
    if (exact !== null) return exact
    let link = this.#near.get(name)
    if (link === undefined) {
      link = this.#byMatch(name)
      this.#near.set(name, link)
    }
    return link
  }

  #follow(view: View): void {
    if (this.#of === view) return
    this.#of = view
    this.#exact.clear()
    this.#near.clear()
  }

  async #byKey(name: string): Promise<NewsLink | null> {
    const { index, ledger, datasets } = this.#ports
    const sids = await index.sidsOf(nameKey(foldName(name)), STATEMENTS_MAX)
    if (sids.length === 0) return null
    const rows = (await ledger.statements(sids)).filter(
      (row) => !isNewsDataset(row.dataset) && row.prop !== 'weakAlias',
    )
    const rank = (dataset: string) => {
      const at = KINDS.indexOf(datasets.get(dataset)?.kind ?? '')
      return at < 0 ? KINDS.length : at
    }
    const [best] = [...rows].sort((a, b) => rank(a.dataset) - rank(b.dataset) || a.sid - b.sid)
    return best === undefined ? null : this.#with(best.entity, 1)
  }

  async #byMatch(name: string): Promise<NewsLink | null> {
    const found = await this.#ports.match(name)
    return found === null ? null : this.#with(found.entity, found.score)
  }

  async #with(entity: EntityId, score: number): Promise<NewsLink> {
    const { index, ledger } = this.#ports
    const rows = await ledger.statements(await index.sidsOfEntity(entity, STATEMENTS_MAX))
    const countries = rows.flatMap((row) => {
      if (row.entity !== entity) return []
      return row.prop === 'country' || row.prop === 'jurisdiction' ? [row.value] : []
    })
    return { entity, score, countries: [...new Set(countries)] }
  }
}
