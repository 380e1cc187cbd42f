import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { parsePage, textOf } from '../../test/support/html.ts'
import { ARTICLE, sampleNews } from '../../test/support/sample-news.ts'
import { LOCALES } from '../i18n/locales.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts({ news: sampleNews }))
const bare = createWeb(
  fakePorts({
    news: {
      ...sampleNews,
      list: async () => ({
        articles: [],
        facets: { type: [], topic: [], country: [] },
        nextCursor: null,
        asOf: ARTICLE.asOf,
      }),
      article: async () => ({
        ...ARTICLE,
        facts: [],
        corrected: [],
        people: [],
        organisations: [],
        keyTakeaways: [],
        sections: [],
        disclaimer: null,
        publishedAt: null,
        zone: null,
        url: null,
        text: 'Own text.\n\nAnd more of it.',
        isOwn: true,
      }),
    },
  }),
)

const PAGES = [
  { path: '/news', status: 200, app: web },
  { path: '/news?type=acquisition&topic=Tech&country=LU&entity=Helvault', status: 200, app: web },
  { path: '/news', status: 200, app: bare },
  { path: `/news/${ARTICLE.id}`, status: 200, app: web },
  { path: `/news/${ARTICLE.id}?currency=CHF`, status: 200, app: web },
  { path: '/news/x', status: 200, app: bare },
  { path: '/news/nobody', status: 404, app: web },
]

describe.each(LOCALES)('the news pages in %s', (locale) => {
  it.each(PAGES)('$path is whole and answers $status', async ({ path, status, app }) => {
    const response = await app.request(`/${locale}${path}`)
    expect(response.status).toBe(status)
    const text = await response.text()
    const page = parsePage(text)
    expect(page.errors).toEqual([])
    expect(page.all('h1')).toHaveLength(1)
    expect(page.all('script')).toHaveLength(0)
    expect(text).not.toContain('<b>Helvault</b>')
  })
})

describe('the page of an article', () => {
  it('shows facts with quotes, both sides of a contradiction, and no text of others', async () => {
    const page = parsePage(await (await web.request(`/en/news/${ARTICLE.id}`)).text())
    const text = page.all('main').map(textOf).join(' ')
    expect(text).toContain('Ardent Pay → Helvault')
    expect(text).toContain('Ardent Pay has acquired…')
    expect(text).toContain('Another article names another amount')
    expect(text).toContain('time zone not given')
    expect(text).toContain('The text belongs to its publisher')
  })

  it('shows a linked firm’s verdict in words and by a mark, and none where none is known', async () => {
    const page = parsePage(await (await web.request(`/en/news/${ARTICLE.id}`)).text())
    const rows = page.all('li').map(textOf)
    expect(rows.find((row) => row.startsWith('Helvault'))).toMatch(
      /Danger|Warning|No adverse evidence|Unknown/,
    )
    expect(rows.find((row) => row.startsWith('Ardent Pay'))).not.toMatch(/Danger|adverse|Unknown/)
  })

  it('names the place in the text where a sentence may not be quoted any more', async () => {
    const [first] = ARTICLE.facts
    const facts = first === undefined ? [] : [{ ...first, sentence: '' }]
    const app = createWeb(
      fakePorts({ news: { ...sampleNews, article: async () => ({ ...ARTICLE, facts }) } }),
    )
    expect(await (await app.request(`/en/news/${ARTICLE.id}`)).text()).toContain('title="[0–91]"')
  })
})
