import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../src/base/clock.ts'
import { applyEvents } from '../src/index/indexer.ts'
import { indexPath, openSqliteIndex, type SqliteIndex } from '../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../src/index/view.ts'
import { addNews, keptArticle } from '../src/ingest/news.ts'
import { openSqliteLedger, type SqliteLedger } from '../src/ledger/store/sqlite.ts'
import { createNewsQueries } from '../src/query/news.ts'
import { feedJson, feedXml } from '../src/query/news-feed.ts'

const TEXT = `Ardent buys Helvault in a surprise deal

Ardent buys Helvault in a surprise deal Daily 2026-07-01 08:30

Ardent Pay has acquired the custodian Helvault for $410 million, both firms said on Monday.

The central bank had cleared the deal in June, after a review of nine months that looked into the owners, the safeguarding of client money and the plans for the staff of both firms.

Helvault looks after the coins of some two hundred funds and family offices, most of them in Zurich and Geneva, and employs a staff of ninety. Its founders will stay on for three years.`

let folder: string
let ledger: SqliteLedger
let index: SqliteIndex
const clock = fixedClock('2026-11-22T12:00:00Z')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-news-'))
  ledger = openSqliteLedger(folder, {})
  index = openSqliteIndex(indexPath(folder))
})

afterEach(async () => {
  await index.close()
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

async function add(
  text: string,
  name = 'article.txt',
  more: { isOwn?: boolean; publication?: string } = {},
) {
  const file = join(folder, name)
  writeFileSync(file, text)
  const report = await addNews({ ledger, clock, fetcher: undefined }, { file, ...more })
  await applyEvents(ledger, index)
  return report
}

async function desk() {
  const datasets = new Map()
  const view = new ViewHolder(await buildView({ ledger, index, datasets }))
  return createNewsQueries({
    ledger,
    index,
    view,
    datasets,
    clock,
    match: async () => null,
    entity: async () => undefined,
  })
}

describe('the news desk', () => {
  it('commits an article as statements of its publication, and nothing when it comes again', async () => {
    const first = await add(TEXT)
    expect(first).toMatchObject({
      dataset: 'news_daily',
      publication: 'Daily',
      articles: [{ state: 'added' }],
    })
    const before = await ledger.counts()
    expect((await add(TEXT)).articles).toMatchObject([{ state: 'unchanged' }])
    expect(await ledger.counts()).toEqual(before)
  })

  it('keeps what a corrected article said before', async () => {
    await add(TEXT)
    const { articles } = await add(TEXT.replace('$410 million', '$450 million'))
    expect(articles).toMatchObject([{ state: 'corrected' }])
    const article = await (await desk()).article(articles[0]?.id ?? '')
    expect(article?.facts).toMatchObject([{ type: 'acquisition', amount: '450000000' }])
    expect(article?.corrected).toMatchObject([{ type: 'acquisition', amount: '410000000' }])
  })

  it('publishes a quarter of another’s text at most, and the command line all of it', async () => {
    const { articles } = await add(TEXT)
    const id = articles[0]?.id ?? ''
    const article = await (await desk()).article(id)
    const quoted = [
      ...new Set([
        ...(article?.facts.map(({ sentence }) => sentence) ?? []),
        ...(article?.keyTakeaways ?? []),
      ]),
    ].join('')
    const whole = await keptArticle(ledger, id)
    expect(article?.text).toBeNull()
    expect(quoted.length).toBeLessThanOrEqual((whole?.text.length ?? 0) / 4)
    expect(whole?.text).toContain('Its founders will stay on for three years.')
  })

  it('publishes an own article whole, and follows its corrections by the name of its file', async () => {
    const own = (sum: string) =>
      `---\ntitle: Our note\npublisher: Custos desk\ndate: 2026-08-01\n---\n\nArdent Pay has acquired **Helvault** for ${sum}, says [the notice](https://e.example).\n`
    await add(own('$410 million'), 'note.md', { isOwn: true })
    const { articles } = await add(own('$415 million'), 'note.md', { isOwn: true })
    expect(articles).toMatchObject([{ state: 'corrected' }])
    const article = await (await desk()).article(articles[0]?.id ?? '')
    expect(article).toMatchObject({
      isOwn: true,
      title: 'Our note',
      text: 'Ardent Pay has acquired Helvault for $415 million, says the notice.',
    })
  })

  it('filters by firm, kind and topic, and pages through everything once', async () => {
    await add(TEXT)
    const items = Array.from(
      { length: 7 },
      (_, i) =>
        `<item><title>Item ${i}</title><link>https://f.example/${i}</link><category>Tech</category><pubDate>Sat, 0${i + 1} Aug 2026 16:00:00 GMT</pubDate><description>Corvex reported revenue of $${i + 1} billion for the year, its chief executive said.</description></item>`,
    )
    await add(`<rss><channel><title>Feed</title>${items.join('')}</channel></rss>`, 'feed.xml')
    const news = await desk()
    const titles = async (params: object) =>
      (await news.list(params)).articles.map(({ title }) => title)
    expect(await titles({ entity: 'helvault' })).toEqual([
      'Ardent buys Helvault in a surprise deal',
    ])
    expect(await titles({ type: 'revenue' })).toHaveLength(7)
    expect(await titles({ topic: 'tech', limit: 2 })).toEqual(['Item 6', 'Item 5'])
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await news.list({ limit: 3, cursor })
      seen.push(...page.articles.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(8)
    expect(seen).toHaveLength(8)
  })

  it('marks two articles that name different sums for one deal, with both sides', async () => {
    await add(TEXT)
    await add(
      TEXT.replaceAll('Daily', 'Weekly').replace('$410 million', '$510 million'),
      'other.txt',
    )
    const { articles } = await (await desk()).list({})
    expect(articles.map(({ hasContradiction }) => hasContradiction)).toEqual([true, true])
    const article = await (await desk()).article(articles[0]?.id ?? '')
    expect(article?.facts[0]?.contradictions).toMatchObject([
      { rule: 'amount_differs', article: articles[1]?.id },
    ])
  })

  it('joins syndicated copies, and gives feeds that their readers can read', async () => {
    await add(TEXT)
    await add(TEXT.replaceAll(' Daily ', ' Weekly '), 'other.txt')
    const { articles } = await (await desk()).list({})
    expect(articles[0]?.copies).toEqual([articles[1]?.id])
    expect(feedXml(articles)).toContain('<title>Ardent buys Helvault in a surprise deal</title>')
    expect(JSON.parse(feedJson(articles)).items).toHaveLength(2)
  })
})
