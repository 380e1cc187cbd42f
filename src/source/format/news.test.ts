import { describe, expect, it } from 'vitest'
import { memoryFile, runCrawl } from '../../../test/support/crawl.ts'
import { feedFields } from './feed.ts'
import type { NewsMap } from './news.ts'
import { newsOf } from './news.ts'

const MAP: NewsMap = {
  key: 'guid',
  title: 'title',
  date: { of: 'pubDate', forms: ['rfc822'] },
  sourceUrl: 'link',
  regulator: 'Example Authority',
  country: 'DE',
  rules: [
    {
      when: /^(?<name>.+?): (?:Authority|BaFin) warns/i,
      except: /misused/i,
      kind: 'warning',
    },
    { when: /^Fine against (?<name>.+)$/, kind: 'enforcement', infringement: 'Fine' },
  ],
}

function feed(...titles: readonly string[]) {
  const items = titles.map(
    (title, i) =>
      `<item><title>${title}</title><link>https://a.example/${i}</link><guid>n-${i}</guid>` +
      '<pubDate>Wed, 02 Jan 2030 10:00:00 +0100</pubDate></item>',
  )
  const xml = `<?xml version="1.0"?><rss version="2.0"><channel><lastBuildDate>Thu, 03 Jan 2030 00:00:00 GMT</lastBuildDate>${items.join('')}</channel></rss>`
  return memoryFile('feed', 'rss.xml', xml)
}

async function read(...titles: readonly string[]) {
  const crawl = (ctx: Parameters<typeof feedFields>[0]) => newsOf(ctx, feedFields(ctx), MAP)
  const { items, published, notes } = await runCrawl(crawl, [feed(...titles)], { dataset: 'news' })
  const said = items.map(({ entity, prop, value }) => `${entity} ${prop} ${value}`)
  return { said, published, notes, items }
}

describe('newsOf', () => {
  it('reads a title that names a firm as a warning about it', async () => {
    const { said, published } = await read('Example &amp;amp; Co: Authority warns of offers')
    expect(published).toBe('2030-01-03T00:00:00.000Z')
    expect(said).toContain('news:n-0 name Example & Co')
    expect(
      said.some((line) => line.startsWith('news:n-0 warning') && line.includes('2030-01-02')),
    ).toBe(true)
  })

  it('tells a measure from a warning', async () => {
    const { items } = await read('Fine against Example AG')
    const value = items.find(({ prop }) => prop === 'warning')?.value ?? '{}'
    expect(JSON.parse(value)).toMatchObject({ kind: 'enforcement', infringement: 'Fine' })
  })

  it('makes no warning of the firm whose name is misused', async () => {
    const { said } = await read('Example Bank AG: Authority warns of misused name')
    expect(said).toContain('news:n-0 schema Event')
    expect(said.join('\n')).not.toContain(' warning ')
  })

  it('keeps other news as something that happened, and decides nothing by it', async () => {
    const { said } = await read('Authority charges five people over Example Coin')
    expect(said).toEqual([
      'news:n-0 schema Event',
      'news:n-0 name Authority charges five people over Example Coin',
      'news:n-0 startDate 2030-01-02',
      'news:n-0 sourceUrl https://a.example/0',
    ])
  })

  it('notes an item without a title', async () => {
    const { said, notes } = await read('', 'Other news')
    expect(notes).toEqual({ item_unreadable: 1 })
    expect(said.every((line) => line.startsWith('news:n-1'))).toBe(true)
  })
})
