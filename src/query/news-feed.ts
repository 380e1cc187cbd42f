import type { NewsHeadline } from './news-types.ts'

const TITLE = 'Custos news desk'
const ABOUT = 'Articles read into facts, with the kinds of facts that each states.'
/** Articles without a date cannot be ordered by feed readers: they carry none. */
const DAY_ONLY = 10

/** RSS 2.0 (RSS Advisory Board). Links lead to the publisher, else to the article's own page. */
export function feedXml(articles: readonly NewsHeadline[]): string {
  const items = articles.map((article) => {
    const date = instantOf(article)
    return [
      '<item>',
      `<title>${xml(article.title)}</title>`,
      `<link>${xml(linkOf(article))}</link>`,
      `<guid isPermaLink="false">${xml(article.id)}</guid>`,
      date === undefined ? '' : `<pubDate>${date.toUTCString()}</pubDate>`,
      article.category === null ? '' : `<category>${xml(article.category)}</category>`,
      article.publisher === null
        ? ''
        : `<source url="${xml(linkOf(article))}">${xml(article.publisher)}</source>`,
      `<description>${xml(summaryOf(article))}</description>`,
      '</item>',
    ].join('')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>${TITLE}</title><link>/news</link><description>${ABOUT}</description>${items.join('')}</channel></rss>\n`
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function feedJson(articles: readonly NewsHeadline[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: TITLE,
    description: ABOUT,
    home_page_url: '/news',
    items: articles.map((article) => {
      const date = instantOf(article)
      return {
        id: article.id,
        url: linkOf(article),
        title: article.title,
        content_text: summaryOf(article),
        ...(date !== undefined && { date_published: date.toISOString() }),
        ...(article.language !== null && { language: article.language }),
        ...(article.publisher !== null && { authors: [{ name: article.publisher }] }),
        tags: [...(article.category === null ? [] : [article.category]), ...article.types],
      }
    }),
  })
}

function linkOf(article: NewsHeadline): string {
  return article.url ?? `/news/${encodeURIComponent(article.id)}`
}

function summaryOf({ types, organisations, publisher }: NewsHeadline): string {
  const names = organisations.map(({ name }) => name).join(', ')
  return [publisher ?? '', types.join(', ').replaceAll('_', ' '), names]
    .filter((part) => part !== '')
    .join(' · ')
}

/** A time without a zone is no instant: only its day is sure, and its beginning stands for it. */
function instantOf({ publishedAt, zone }: NewsHeadline): Date | undefined {
  if (publishedAt === null) return undefined
  const date = new Date(zone === 'none' ? publishedAt.slice(0, DAY_ONLY) : publishedAt)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function xml(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
