import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verified } from './propose.ts'
import { type NewsInput, readNews } from './read.ts'

const input = (text: string | Uint8Array, more: Partial<NewsInput> = {}): NewsInput => ({
  bytes: typeof text === 'string' ? Buffer.from(text) : text,
  name: 'news',
  url: null,
  contentType: null,
  now: '2026-11-22T12:00:00Z',
  ...more,
})

const BODY =
  'Ardent Pay has acquired the custodian Helvault for $410 million, both firms said on Monday. The deal, which regulators have cleared, closes a long search for a buyer.'
const seedFolder =
  process.env.CUSTOS_MIRROR === undefined ? undefined : join(process.env.CUSTOS_MIRROR, '../seed')

describe('reading news', () => {
  it('takes the article out of a page and leaves menus, sharing and scripts behind', async () => {
    const page = `<html lang="en"><head><title>Ardent buys Helvault | Daily</title><meta property="og:site_name" content="Daily">
<meta property="article:published_time" content="2026-07-01T06:30:00Z"><link rel="canonical" href="https://daily.example/a?x=1"></head>
<body><nav><a href="/">Home</a><a href="/m">Markets</a></nav><div class="share">Share on X</div><article><h1>Ardent buys Helvault</h1>
<p>${BODY}</p><p>${BODY.replace('Monday', 'Tuesday')}</p><script>alert(1)</script></article><footer>Cookies and terms, privacy, imprint</footer></body></html>`
    const { kind, articles } = await readNews(input(page))
    const article = articles[0]?.article
    expect(kind).toBe('page')
    expect(article).toMatchObject({
      title: 'Ardent buys Helvault',
      publisher: 'Daily',
      publishedAt: '2026-07-01T06:30:00Z',
      zone: 'utc',
      url: 'https://daily.example/a?x=1',
      language: 'en',
    })
    expect(article?.text).toContain('has acquired the custodian Helvault')
    expect(article?.text).not.toMatch(/Share on|Markets|alert|Cookies/)
  })

  it('reads RSS, Atom, RDF and JSON feeds alike', async () => {
    const item = `<title>T</title><link>https://e.example/1</link><description>${BODY}</description>`
    const feeds = [
      `<rss version="2.0"><channel><title>E</title><item>${item}<pubDate>Sat, 15 Aug 2026 16:00:00 +0200</pubDate></item></channel></rss>`,
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>E</title><entry><title>T</title><link rel="alternate" href="https://e.example/1"/><summary>${BODY}</summary><updated>2026-08-15T14:00:00Z</updated></entry></feed>`,
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>E</title></channel><item>${item}</item></rdf:RDF>`,
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'E',
        items: [{ id: '1', url: 'https://e.example/1', title: 'T', content_text: BODY }],
      }),
    ]
    for (const feed of feeds) {
      const { kind, publication, articles } = await readNews(input(feed))
      expect([kind, publication]).toEqual(['feed', 'E'])
      expect(articles[0]?.article).toMatchObject({ title: 'T', url: 'https://e.example/1' })
      expect(articles[0]?.read.facts).toMatchObject([
        { type: 'acquisition', from: 'Ardent Pay', to: 'Helvault' },
      ])
    }
  })

  it('gives the items before the break of a feed that breaks off, and says so', async () => {
    const feed = `<rss><channel><title>E</title><item><title>One &nbsp; & two</title><description>${BODY}</description></item><item><title>Cut`
    const { articles, notes } = await readNews(input(feed))
    expect(articles).toHaveLength(1)
    expect(notes).toContain('feed_broken_off')
  })

  it('counts an item that a feed repeats once', async () => {
    const item = `<item><title>T</title><link>https://e.example/1?utm_source=x</link><description>${BODY}</description></item>`
    const { articles, notes } = await readNews(
      input(`<rss><channel>${item}${item.replace('utm_source=x', 'utm_source=y')}</channel></rss>`),
    )
    expect(articles).toHaveLength(1)
    expect(notes).toContain('item_repeated')
  })

  it('refuses entities of its own, what holds no article, and what is too large', async () => {
    const bomb =
      '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    const refused = (text: string | Uint8Array, more?: Partial<NewsInput>) =>
      readNews(input(text, more)).then(
        () => 'read',
        (error: { code: string }) => error.code,
      )
    expect(await refused(bomb)).toBe('news.feed_broken')
    expect(await refused('<html><body><p>Moved <a href="/x">here</a></p></body></html>')).toBe(
      'news.no_article',
    )
    expect(await refused('')).toBe('news.no_article')
    expect(await refused(new Uint8Array([0, 1, 2, 0, 5]))).toBe('news.binary')
    expect(await refused(Buffer.alloc(20_971_521, 97))).toBe('news.too_large')
  })

  it('reads windows-1252, ISO-8859-1 and UTF-16, whatever a page calls them', async () => {
    const text = `Ardent Pay has acquired Café Zürich for €3 million, both said. ${BODY}`
    const latin = Buffer.from(text.replace('€', '\x80'), 'latin1')
    for (const bytes of [
      Buffer.from(text),
      latin,
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    ]) {
      const { articles } = await readNews(input(bytes))
      expect(articles[0]?.article.text).toContain('Café Zürich for €3 million')
    }
  })

  it('keeps a time without a zone without one, and marks a date in the future', async () => {
    const text = `Ardent buys Helvault at last\n\nArdent buys Helvault at last Daily 2031-01-01 21:00\n\n${BODY}`
    const { articles } = await readNews(input(text))
    expect(articles[0]?.article).toMatchObject({
      publisher: 'Daily',
      publishedAt: '2031-01-01T21:00',
      zone: 'none',
    })
    expect(articles[0]?.article.notes).toContain('date_in_future')
  })

  it('gives near-equal marks to syndicated copies, and others to other texts', async () => {
    const mark = async (text: string) => (await readNews(input(text))).articles[0]?.simhash ?? ''
    const long = `${BODY}\n\n${BODY.replaceAll('Helvault', 'Kestrel')}`
    expect(await mark(long)).toBe(await mark(`${long}\n`))
    expect(await mark(long)).not.toBe(
      await mark(
        'Fjordline shipped more cargo than ever in the spring, its chief executive told investors in Oslo on Friday morning.',
      ),
    )
  })

  it('keeps of proposals only what the text proves word by word', () => {
    const fact = {
      type: 'acquisition',
      of: null,
      from: 'Ardent Pay',
      to: 'Helvault',
      with: [],
      what: null,
      amount: '410000000',
      currency: 'USD',
      percent: null,
      quantity: null,
      year: null,
      date: null,
      approximate: false,
      qualifier: null,
      scope: null,
      attributedTo: null,
      inferred: [],
      sentence: '',
      start: 0,
      end: 0,
      sentences: [],
    } as const
    const quote = 'Ardent Pay has acquired the custodian Helvault for $410 million'
    expect(verified(BODY, [{ fact, quote }])).toMatchObject([
      { start: 0, end: quote.length, inferred: ['proposed by a model'] },
    ])
    expect(verified(BODY, [{ fact, quote: quote.replace('410', '411') }])).toEqual([])
    expect(verified(BODY, [{ fact: { ...fact, to: 'Kestrel' }, quote }])).toEqual([])
    expect(verified(BODY, [{ fact: { ...fact, amount: '999' }, quote }])).toEqual([])
  })

  it.runIf(seedFolder !== undefined && existsSync(seedFolder))(
    'reads the seed article without its furniture',
    async () => {
      const folder = seedFolder ?? ''
      const name = readdirSync(folder).find((file) => file.endsWith('.txt')) ?? ''
      const gold = JSON.parse(readFileSync(join(folder, 'expected-facts.json'), 'utf8')) as {
        article: {
          publisher: string
          publishedAt: string
          category: string
          notArticle: string[]
          keyTakeaways: number
          questions: string[]
        }
      }
      const { articles } = await readNews(input(readFileSync(join(folder, name)), { name }))
      const article = articles[0]?.article
      expect(article).toMatchObject({
        publisher: gold.article.publisher,
        publishedAt: gold.article.publishedAt,
        zone: 'none',
        category: gold.article.category,
      })
      expect(article?.keyTakeaways).toHaveLength(gold.article.keyTakeaways)
      expect(article?.sections.map(({ question }) => question)).toEqual(gold.article.questions)
      for (const line of gold.article.notArticle) expect(article?.text).not.toContain(line)
      expect(article?.disclaimer).not.toBeNull()
    },
  )
})
