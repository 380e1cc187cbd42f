import type { Clock } from '../base/clock.ts'
import type { View, ViewHolder } from '../index/view.ts'
import { foldName } from '../model/name.ts'
import type { FactType } from '../model/news.ts'
import type { EntityId } from '../model/statement.ts'
import { instantOf, isDay } from '../model/time.ts'
import { type LinkPorts, type NewsLink, NewsLinker } from './news-link.ts'
import { registerSide, registersFor } from './news-register.ts'
import { eventKey, otherSums } from './news-sides.ts'
import { NewsStore, type StoredArticle, type StoredFact } from './news-store.ts'
import type {
  NewsArticleView,
  NewsContradiction,
  NewsFactView,
  NewsHeadline,
  NewsListAnswer,
  NewsListParams,
  NewsOrganisation,
  NewsQueries,
} from './news-types.ts'
import { resolveTimes } from './times.ts'
import type { EntityView } from './types.ts'

export interface NewsPorts extends LinkPorts {
  readonly view: ViewHolder
  readonly clock: Clock
  readonly entity: (id: EntityId) => Promise<EntityView | undefined>
}

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const RELATED_MAX = 6
/** Differing bits of two texts that are the same story (Charikar 2002, as for web pages). */
const COPY_BITS_MAX = 3
/** Teasers alike in a sentence are no copies. */
const COPY_CHARS_MIN = 400

export function createNewsQueries(ports: NewsPorts): NewsQueries {
  return new NewsDesk(ports)
}

/** What is computed once for all articles of a view. */
interface Shelf {
  readonly view: View
  readonly articles: ReadonlyMap<EntityId, StoredArticle>
  /** Newest first. */
  readonly sorted: readonly StoredArticle[]
  readonly copies: ReadonlyMap<EntityId, readonly EntityId[]>
  readonly events: ReadonlyMap<string, readonly { article: StoredArticle; fact: StoredFact }[]>
  readonly byName: ReadonlyMap<string, readonly StoredArticle[]>
}

class NewsDesk implements NewsQueries {
  readonly #ports: NewsPorts
  readonly #store: NewsStore
  readonly #linker: NewsLinker
  #shelf: Shelf | undefined

  constructor(ports: NewsPorts) {
    this.#ports = ports
    this.#store = new NewsStore(ports)
    this.#linker = new NewsLinker(ports)
  }

  async list(params: NewsListParams): Promise<NewsListAnswer> {
    const shelf = await this.#open()
    const rows: StoredArticle[] = []
    const countries = new Map<EntityId, readonly string[]>()
    for (const article of shelf.sorted) {
      const links = await this.#links(shelf, article)
      countries.set(article.id, [...new Set(links.flatMap((link) => link?.countries ?? []))])
      if (fits(article, params, links, countries.get(article.id) ?? [])) rows.push(article)
    }
    const start =
      params.cursor === undefined
        ? 0
        : rows.findIndex(({ id }) => id === fromCursor(params.cursor)) + 1
    const limit = Math.min(LIMIT_MAX, Math.max(1, params.limit ?? LIMIT_DEFAULT))
    const page = rows.slice(start, start + limit)
    const last = page.at(-1)
    return {
      articles: await Promise.all(page.map((article) => this.#headline(shelf, article))),
      facets: {
        type: counted(
          rows.flatMap(({ facts }) => [...new Set(facts.map(({ value }) => value.type))]),
        ),
        topic: counted(rows.flatMap(({ value }) => value.category ?? [])),
        country: counted(rows.flatMap(({ id }) => countries.get(id) ?? [])),
      },
      nextCursor: last !== undefined && start + limit < rows.length ? toCursor(last.id) : null,
      asOf: this.#now(),
    }
  }

  async article(id: string): Promise<NewsArticleView | undefined> {
    const shelf = await this.#open()
    const article =
      shelf.articles.get(id) ??
      [...shelf.articles.values()].find((one) => one.id.endsWith(`:${id}`))
    if (article === undefined) return undefined
    const { value } = article
    const organisations = await Promise.all(
      value.organisations.map((name) => this.#organisation(shelf, name, true)),
    )
    const facts = await Promise.all(article.facts.map((fact) => this.#fact(shelf, article, fact)))
    const isOwn = value.text !== null
    return {
      ...(await this.#headline(shelf, article)),
      organisations,
      hasContradiction: facts.some(({ contradictions }) => contradictions.length > 0),
      author: value.author,
      keyTakeaways: value.keyTakeaways.filter((text) => text !== ''),
      sections:
        isOwn && value.sections !== null
          ? value.sections
          : value.questions.map((question) => ({ question, text: null })),
      text: value.text,
      disclaimer: value.disclaimer,
      notes: value.notes,
      people: value.people,
      facts,
      corrected: article.corrected.map((fact) => factView(fact, [])),
      related: await this.#related(shelf, article),
      asOf: this.#now(),
    }
  }

  async about(entity: EntityId, limit = LIMIT_DEFAULT): Promise<readonly NewsHeadline[]> {
    return (await this.list({ entity, limit })).articles
  }

  #now() {
    return instantOf(this.#ports.clock.nowMs())
  }

  async #open(): Promise<Shelf> {
    const view = this.#ports.view.current()
    if (this.#shelf?.view === view) return this.#shelf
    const articles = await this.#store.articles(view)
    const sorted = [...articles.values()].sort((a, b) =>
      sortKey(a) < sortKey(b) ? 1 : sortKey(a) > sortKey(b) ? -1 : a.id < b.id ? -1 : 1,
    )
    const shelf: Shelf = {
      view,
      articles,
      sorted,
      copies: copiesOf(sorted),
      events: eventsOf(sorted),
      byName: namesOf(sorted),
    }
    this.#shelf = shelf
    return shelf
  }

  #links(shelf: Shelf, article: StoredArticle): Promise<readonly (NewsLink | null)[]> {
    return Promise.all(
      article.value.organisations.map((name) => this.#linker.exact(shelf.view, name)),
    )
  }

  async #organisation(shelf: Shelf, name: string, isNear: boolean): Promise<NewsOrganisation> {
    const link = isNear
      ? await this.#linker.near(shelf.view, name)
      : await this.#linker.exact(shelf.view, name)
    return { name, entity: link?.entity ?? null, score: link?.score ?? null }
  }

  async #headline(shelf: Shelf, article: StoredArticle): Promise<NewsHeadline> {
    const { id, dataset, value, facts, observedAt } = article
    const { title, publisher, publishedAt, zone, language, category, url } = value
    return {
      id,
      title,
      publisher,
      dataset,
      publishedAt,
      zone,
      language,
      category,
      url,
      types: [...new Set(facts.map((fact) => fact.value.type as FactType))],
      organisations: await Promise.all(
        value.organisations.slice(0, 8).map((name) => this.#organisation(shelf, name, false)),
      ),
      copies: shelf.copies.get(id) ?? [],
      hasContradiction: facts.some((fact) => this.#sums(shelf, article, fact).length > 0),
      isOwn: value.text !== null,
      observedAt,
    }
  }

  #sums(shelf: Shelf, article: StoredArticle, fact: StoredFact): NewsContradiction[] {
    const key = eventKey(fact)
    const same = key === undefined ? undefined : shelf.events.get(key)
    return same === undefined ? [] : otherSums(fact, article.id, same)
  }

  async #fact(shelf: Shelf, article: StoredArticle, fact: StoredFact): Promise<NewsFactView> {
    const sides = this.#sums(shelf, article, fact)
    const { type, of } = fact.value
    if (of !== null && type.startsWith('licence_')) {
      const link = await this.#linker.near(shelf.view, of)
      const entity = link === null ? undefined : await this.#ports.entity(link.entity)
      sides.push(...this.#registers(shelf, article, { fact, link, entity }))
    }
    return factView(fact, sides)
  }

  /** What the registers say of a licence; a firm that is not linked is in none for all we know. */
  #registers(
    shelf: Shelf,
    article: StoredArticle,
    p: { fact: StoredFact; link: NewsLink | null; entity: EntityView | undefined },
  ): NewsContradiction[] {
    const { datasets, clock } = this.#ports
    const { fact, link, entity } = p
    if (link === null || entity === undefined) return []
    const times = resolveTimes({}, clock.nowMs(), shelf.view)
    const place = { from: fact.value.from, countries: entity.countries, times }
    const registers = registersFor(place, shelf.view, datasets)
    const day = article.value.publishedAt?.slice(0, 10) ?? null
    return registerSide(fact, {
      entity,
      datasets,
      registers,
      day: day !== null && isDay(day) ? day : null,
    })
  }

  async #related(shelf: Shelf, article: StoredArticle): Promise<NewsHeadline[]> {
    const points = new Map<StoredArticle, number>()
    const copies = new Set(shelf.copies.get(article.id) ?? [])
    for (const name of article.value.organisations) {
      const others = shelf.byName.get(foldName(name)) ?? []
      for (const other of others.slice(0, 100)) {
        if (other.id === article.id || copies.has(other.id)) continue
        points.set(other, (points.get(other) ?? 0) + 1 / Math.sqrt(others.length))
      }
    }
    const best = [...points].sort((a, b) => b[1] - a[1] || (sortKey(a[0]) < sortKey(b[0]) ? 1 : -1))
    return Promise.all(best.slice(0, RELATED_MAX).map(([other]) => this.#headline(shelf, other)))
  }
}

function factView(
  { statement, value }: StoredFact,
  contradictions: readonly NewsContradiction[],
): NewsFactView {
  const { spans, ...rest } = value
  return {
    ...rest,
    statement,
    sentences: spans.map(([start, end]) => ({ start, end })),
    contradictions,
  }
}

function sortKey({ value, observedAt }: StoredArticle): string {
  return value.publishedAt ?? observedAt
}

function fits(
  article: StoredArticle,
  params: NewsListParams,
  links: readonly (NewsLink | null)[],
  countries: readonly string[],
): boolean {
  const { entity, country, type, topic } = params
  const { value, facts } = article
  if (type !== undefined && !facts.some((fact) => fact.value.type === type)) return false
  if (topic !== undefined && value.category?.toLowerCase() !== topic.toLowerCase()) return false
  if (country !== undefined && !countries.includes(country.toUpperCase())) return false
  if (entity === undefined) return true
  const folded = foldName(
    entity.startsWith(`${article.dataset}:org:`)
      ? entity.slice(article.dataset.length + 5)
      : entity,
  )
  return (
    links.some((link) => link?.entity === entity) ||
    value.organisations.some((name) => foldName(name) === folded)
  )
}

function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

function namesOf(articles: readonly StoredArticle[]): Map<string, StoredArticle[]> {
  const out = new Map<string, StoredArticle[]>()
  for (const article of articles) {
    for (const name of new Set(article.value.organisations.map(foldName)))
      out.set(name, [...(out.get(name) ?? []), article])
  }
  return out
}

function eventsOf(articles: readonly StoredArticle[]) {
  const out = new Map<string, { article: StoredArticle; fact: StoredFact }[]>()
  for (const article of articles) {
    for (const fact of article.facts) {
      const key = eventKey(fact)
      if (key !== undefined) out.set(key, [...(out.get(key) ?? []), { article, fact }])
    }
  }
  return out
}

/** Texts that differ in at most three bits share one of four quarters: only those are compared. */
function copiesOf(articles: readonly StoredArticle[]): Map<EntityId, EntityId[]> {
  const shelves = new Map<string, StoredArticle[]>()
  const out = new Map<EntityId, EntityId[]>()
  for (const article of articles) {
    if (article.value.chars < COPY_CHARS_MIN) continue
    const { simhash } = article.value
    const seen = new Set<StoredArticle>()
    for (let quarter = 0; quarter < 4; quarter++) {
      const key = `${quarter}:${simhash.slice(quarter * 4, quarter * 4 + 4)}`
      const shelf = shelves.get(key) ?? []
      for (const other of shelf)
        if (bitsBetween(other.value.simhash, simhash) <= COPY_BITS_MAX) seen.add(other)
      shelf.push(article)
      shelves.set(key, shelf)
    }
    for (const other of seen) {
      out.set(article.id, [...(out.get(article.id) ?? []), other.id])
      out.set(other.id, [...(out.get(other.id) ?? []), article.id])
    }
  }
  return out
}

function bitsBetween(a: string, b: string): number {
  let bits = 0
  for (let i = 0; i < 16; i++) {
    let different = Number.parseInt(a[i] ?? '0', 16) ^ Number.parseInt(b[i] ?? '0', 16)
    for (; different !== 0; different &= different - 1) bits += 1
  }
  return bits
}

const toCursor = (id: string) => Buffer.from(id).toString('base64url')
const fromCursor = (cursor = '') => Buffer.from(cursor, 'base64url').toString()
