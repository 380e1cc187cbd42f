import { canonicalJson, sha256Hex } from '../base/encode.ts'
import { LIMITS } from '../base/limits.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { NewEvent } from '../ledger/read.ts'
import { foldName } from '../model/name.ts'
import type { NewsFact } from '../model/news.ts'
import { publicationEntity } from '../model/news-dataset.ts'
import { articleValue, factValue, quotesFor } from '../model/news-value.ts'
import {
  type DatasetName,
  type Run,
  type RunFile,
  type Statement,
  statementId,
} from '../model/statement.ts'
import { type Day, dayOf, type Instant, isDay } from '../model/time.ts'
import type { ReadArticle, ReadNews } from '../source/news/read.ts'
import type { NewsAdded } from './news-types.ts'

export interface NewsCommit {
  readonly dataset: DatasetName
  readonly news: ReadNews
  readonly file: RunFile
  readonly isOwn: boolean
  readonly fetchedAt: Instant
  readonly at: Instant
}

interface Desired {
  readonly statement: Statement
  readonly row: string
  readonly effective: Day
}

/**
 * Commits articles and their facts as one run. The same article again adds nothing; one that says
 * something else than before retracts what it no longer says, and the ledger keeps both.
 */
export async function commitNews(
  ledger: LedgerStore,
  params: NewsCommit,
): Promise<{ readonly run: Run | null; readonly articles: readonly NewsAdded[] }> {
  const held = await heldByArticle(ledger, params.dataset)
  const events: NewEvent[] = []
  const articles: NewsAdded[] = []
  const asserted = new Set<string>()
  const say = ({ statement, row, effective }: Desired) => {
    if (held.live.has(statement.id) || asserted.has(statement.id)) return false
    asserted.add(statement.id)
    events.push({ op: 'assert', statement, effective, row })
    return true
  }
  say(publicationOf(params))
  for (const one of params.news.articles) {
    const id = `${params.dataset}:${one.key}`
    const wanted = statementsOf(params, one)
    const ids = new Set(wanted.map(({ statement }) => statement.id))
    const before = held.of.get(id) ?? new Set<string>()
    const lost = [...before].filter((statement) => !ids.has(statement))
    const added = wanted.filter(say).length
    const effective = dayOf(params.fetchedAt)
    for (const statement of lost) events.push({ op: 'retract', statement, effective, row: '' })
    const state =
      before.size === 0 ? 'added' : added + lost.length === 0 ? 'unchanged' : 'corrected'
    articles.push({ id, title: one.article.title, state, facts: one.read.facts.length })
  }
  const isNews = articles.some(({ state }) => state !== 'unchanged')
  if (!isNews) return { run: null, articles }
  const run = runOf(params, events)
  await ledger.append({
    id: run.id,
    dataset: params.dataset,
    at: params.at,
    events: batches(events),
    seal: () => run,
  })
  return { run, articles }
}

async function* batches(events: readonly NewEvent[]): AsyncIterable<readonly NewEvent[]> {
  for (let i = 0; i < events.length; i += LIMITS.appendBatchMax)
    yield events.slice(i, i + LIMITS.appendBatchMax)
}

/** Live statements of the publication, by the article that they are of. */
async function heldByArticle(ledger: LedgerStore, dataset: DatasetName) {
  const live = await ledger.live(dataset)
  const of = new Map<string, Set<string>>()
  for (let i = 0; i < live.length; i += LIMITS.pageRowsMax) {
    const page = live.slice(i, i + LIMITS.pageRowsMax)
    for (const row of await ledger.statements(page.map(({ sid }) => sid))) {
      const article = articleOf(row)
      if (article === undefined) continue
      const set = of.get(article) ?? new Set<string>()
      of.set(article, set.add(row.id))
    }
  }
  return { live: new Set(live.map(({ id }) => id)), of }
}

/** Names of firms stay when an article is corrected: other articles may use them too. */
function articleOf(row: Statement): string | undefined {
  if (row.prop === 'mention') return /\[([^\]\s]+)\]$/.exec(row.value)?.[1]
  return row.entity.includes(':org:') || row.entity.endsWith(':publication')
    ? undefined
    : row.entity
}

function publicationOf(params: NewsCommit): Desired {
  const { dataset, news, file, fetchedAt } = params
  const first = news.articles[0]?.article.url ?? null
  const url = first !== null && URL.canParse(first) ? new URL(first).origin : null
  const value = canonicalJson({ name: news.publication ?? 'Unnamed', ...(url !== null && { url }) })
  return desired(
    { dataset, entity: publicationEntity(dataset), prop: 'publication', value },
    `${file.role}#file`,
    dayOf(fetchedAt),
  )
}

function desired(fields: Omit<Statement, 'id'>, row: string, effective: Day): Desired {
  return { statement: { id: statementId(fields), ...fields }, row, effective }
}

function statementsOf(params: NewsCommit, one: ReadArticle): Desired[] {
  const { dataset, isOwn } = params
  const { article, read, row } = one
  const entity = `${dataset}:${one.key}`
  const effective = dayIn(article.publishedAt) ?? dayOf(params.fetchedAt)
  const lang = article.language === null ? {} : { lang: article.language }
  const quotes = quotesFor(
    article.text,
    [...read.facts.map(({ sentence }) => sentence), ...article.keyTakeaways],
    isOwn,
  )
  const say = (prop: string, value: string, own: { lang?: string } = {}) =>
    desired({ dataset, entity, prop, value, ...own }, row, effective)
  const out = [
    say('schema', 'Article'),
    say('name', article.title, lang),
    say('article', articleValue(article, read, { simhash: one.simhash, isOwn, quotes })),
  ]
  if (article.url !== null) out.push(say('sourceUrl', article.url))
  for (const fact of read.facts) {
    const own = say('newsFact', factValue(fact, quotes))
    out.push(own)
    const quote = quotes.of(fact.sentence)
    for (const [as, name] of partiesOf(fact)) {
      const firm = `${dataset}:org:${slug(name)}`
      out.push(
        desired({ dataset, entity: firm, prop: 'schema', value: 'Organization' }, row, effective),
        desired({ dataset, entity: firm, prop: 'name', value: name }, row, effective),
        desired(
          {
            dataset,
            entity: firm,
            prop: 'mention',
            value: mentionOf(fact, { as, article: entity }),
            ...(quote !== '' && { original: quote }),
          },
          row,
          effective,
        ),
      )
    }
  }
  return out
}

function slug(name: string): string {
  const folded = foldName(name).replaceAll(' ', '-').slice(0, 80)
  return folded === '' ? sha256Hex(name).slice(0, 16) : folded
}

/** Whom a fact names, and as what. */
function partiesOf(fact: NewsFact): [as: string, name: string][] {
  const out = new Map<string, string>()
  for (const [as, name] of [
    ['of', fact.of],
    ['from', fact.from],
    ['to', fact.to],
  ] as const) {
    if (name !== null && !out.has(name)) out.set(name, as)
  }
  if (fact.type !== 'appointment')
    for (const name of fact.with) if (!out.has(name)) out.set(name, 'with')
  return [...out].map(([name, as]) => [as, name])
}

/** One line of a fact for the page of a firm: what it is, who, how much, and the article. */
function mentionOf(fact: NewsFact, p: { as: string; article: string }): string {
  const { type, of, from, to, what, amount, currency, percent, quantity, qualifier } = fact
  const parts = [
    from === null || from === to ? null : `from ${from}`,
    to === null ? null : `to ${to}`,
    of === null || of === to ? null : `of ${of}`,
    fact.with.length === 0 ? null : `with ${fact.with.join(', ')}`,
    what,
    amount === null
      ? null
      : `${fact.approximate ? 'about ' : ''}${amount} ${currency ?? ''}`.trim(),
    percent === null ? null : `${percent} %`,
    quantity,
    fact.date ?? (fact.year === null ? null : String(fact.year)),
    qualifier,
  ]
  return `${type}: ${parts.filter((part) => part !== null).join('; ')} [${p.article}]`
}

function dayIn(at: string | null): Day | undefined {
  const day = at?.slice(0, 10)
  return day !== undefined && isDay(day) ? day : undefined
}

function runOf(params: NewsCommit, events: readonly NewEvent[]): Run {
  const { dataset, file, fetchedAt, at, news } = params
  const days = news.articles.flatMap(({ article }) => dayIn(article.publishedAt) ?? []).sort()
  const newest = days.at(-1)
  const publishedAt = newest === undefined ? null : `${newest}T00:00:00Z`
  return {
    id: `${dataset}:${sha256Hex(`${file.sha256}\n${at}`).slice(0, 24)}`,
    dataset,
    version: newest ?? dayOf(fetchedAt),
    publishedAt,
    declaredAt: null,
    fetchedAt,
    url: file.url,
    sha256: file.sha256,
    bytes: file.bytes,
    rows: news.articles.length,
    statements: events.length,
    // An article says nothing about the others: a run of it never ends what they say.
    complete: false,
    files: [file],
    notes: countNotes(news.notes),
    at,
  }
}

export function countNotes(notes: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {}
  for (const note of notes) out[note] = (out[note] ?? 0) + 1
  return out
}
