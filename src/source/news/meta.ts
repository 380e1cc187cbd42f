import type { Zone } from '../../model/news.ts'
import { type HtmlElement, rawTextOf, select, selectOne, textOf } from '../parse/html.ts'
import { publishedOf } from './published.ts'

export interface PageMeta {
  readonly title: string
  readonly publisher: string | null
  readonly author: string | null
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly language: string | null
  readonly category: string | null
  readonly url: string | null
}

const LD_CHARS_MAX = 262_144
const TEXT_CHARS_MAX = 500

/** What a page says of itself: linked data first, then its meta elements, then what a reader sees. */
export function metaOfPage(root: HtmlElement, url: string | null): PageMeta {
  const metas = metaTable(root)
  const data = linkedArticle(root)
  const get = (...names: string[]) =>
    names.map((name) => metas.get(name)).find((text) => text !== undefined)
  const published = [
    data?.published,
    get(
      'article:published_time',
      'og:published_time',
      'parsely-pub-date',
      'datepublished',
      'date',
      'dc.date',
      'dcterms.created',
      'pubdate',
      'publish-date',
      'dc.date.issued',
    ),
    selectOne(root, 'time[pubdate]')?.attributes.datetime,
    selectOne(root, 'article time[datetime]')?.attributes.datetime,
  ]
    .flatMap((text) => (text === undefined ? [] : [publishedOf(text)]))
    .find((found) => found !== undefined)
  const publisher = get('og:site_name', 'application-name') ?? data?.publisher
  return {
    title: titleOf(
      root,
      data?.title ?? get('og:title', 'twitter:title', 'dc.title', 'parsely-title'),
      publisher,
    ),
    publisher: short(publisher),
    author: authorOf(
      root,
      data?.author ??
        get('author', 'article:author', 'parsely-author', 'dc.creator', 'byl', 'sailthru.author'),
    ),
    publishedAt: published?.at ?? null,
    zone: published?.zone ?? null,
    language: languageOf(root, get('og:locale', 'content-language', 'language')),
    category: short(
      data?.section ?? get('article:section', 'parsely-section', 'section', 'category'),
    ),
    url: canonical(selectOne(root, 'link[rel=canonical]')?.attributes.href ?? get('og:url'), url),
  }
}

function metaTable(root: HtmlElement): Map<string, string> {
  const out = new Map<string, string>()
  for (const { attributes } of select(root, 'meta[content]')) {
    const text = (attributes.content ?? '').replace(/\s+/g, ' ').trim()
    for (const key of [
      attributes.property,
      attributes.name,
      attributes.itemprop,
      attributes['http-equiv'],
    ]) {
      if (key === undefined || text === '') continue
      for (const name of key.toLowerCase().split(/\s+/)) if (!out.has(name)) out.set(name, text)
    }
  }
  return out
}

interface Linked {
  readonly title: string | undefined
  readonly author: string | undefined
  readonly publisher: string | undefined
  readonly published: string | undefined
  readonly section: string | undefined
}

const ARTICLE =
  /^(?:Advertiser|Analysis|AskPublicNews|Background|News|Opinion|Reportage|Report|Review|Satirical|Scholarly|Social|Tech|Blog|LiveBlog|Discussion)?(?:NewsArticle|Article|Posting|BlogPosting|Report|MediaPosting)$/

/** The article of the page's JSON-LD (schema.org), wherever in its graph it stands. */
function linkedArticle(root: HtmlElement): Linked | undefined {
  for (const script of select(root, 'script[type="application/ld+json"]')) {
    const text = rawTextOf(script).slice(0, LD_CHARS_MAX)
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      continue
    }
    const found = findArticle(value, 0)
    if (found !== undefined) return found
  }
  return undefined
}

function findArticle(value: unknown, depth: number): Linked | undefined {
  if (depth > 4 || typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 50)) {
      const found = findArticle(one, depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }
  const record = value as Record<string, unknown>
  const types = [record['@type']].flat().filter((type) => typeof type === 'string')
  if (types.some((type) => ARTICLE.test(type))) {
    return {
      title: textIn(record.headline) ?? textIn(record.name),
      author: namesIn(record.author),
      publisher: namesIn(record.publisher),
      published: textIn(record.datePublished),
      section: textIn([record.articleSection].flat()[0]),
    }
  }
  return findArticle(record['@graph'], depth + 1)
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim().slice(0, TEXT_CHARS_MAX)
    : undefined
}

function namesIn(value: unknown): string | undefined {
  const names = [value]
    .flat()
    .slice(0, 10)
    .flatMap((one) => {
      const text =
        typeof one === 'object' && one !== null
          ? textIn((one as Record<string, unknown>).name)
          : textIn(one)
      return text === undefined || /^https?:/.test(text) ? [] : [text]
    })
  return names.length === 0 ? undefined : names.join(', ')
}

function titleOf(root: HtmlElement, said: string | undefined, site: string | undefined): string {
  if (said !== undefined) return withoutSite(said, site).slice(0, TEXT_CHARS_MAX)
  const page = selectOne(root, 'title')
  const text = page === undefined ? '' : rawTextOf(page).replace(/\s+/g, ' ').trim()
  const headings = select(root, 'h1')
    .map((h1) => textOf(h1).replace(/\s+/g, ' ').trim())
    .filter((one) => one !== '')
  const [first] = headings
  // The heading is the title where the page's own title only adds the site to it.
  const match = headings.find((one) => one.length > 10 && text.startsWith(one))
  if (match !== undefined) return match.slice(0, TEXT_CHARS_MAX)
  const bare = withoutSite(text, site)
  return (bare !== '' ? bare : (first ?? '')).slice(0, TEXT_CHARS_MAX)
}

function withoutSite(title: string, site: string | undefined): string {
  const match = /^(.{15,}?)\s+[|–—»\\/-]\s+([^|–—»]{2,40})$/u.exec(title)
  if (match?.[1] === undefined) return title
  const isSite = site !== undefined && (match[2] ?? '').toLowerCase().includes(site.toLowerCase())
  return isSite ? match[1].trim() : title
}

function authorOf(root: HtmlElement, said: string | undefined): string | null {
  if (said !== undefined && !/^https?:/.test(said)) return short(said)
  for (const selector of [
    '[rel=author]',
    '[itemprop=author]',
    '[class*=byline]',
    '[class*=author]',
  ]) {
    const found = selectOne(root, selector)
    const text = found === undefined ? '' : textOf(found).replace(/\s+/g, ' ').trim()
    if (text !== '' && text.length < 100) return text
  }
  return null
}

function languageOf(root: HtmlElement, said: string | undefined): string | null {
  const lang = root.attributes.lang ?? root.attributes['xml:lang'] ?? said
  return lang !== undefined && /^[a-z]{2,3}(?:[-_][\w-]{2,12})?$/i.test(lang.trim())
    ? lang.trim().replace('_', '-')
    : null
}

function canonical(href: string | undefined, base: string | null): string | null {
  if (href !== undefined && URL.canParse(href, base ?? undefined)) {
    const url = new URL(href, base ?? undefined)
    if (/^https?:$/.test(url.protocol)) return url.href.slice(0, 2_048)
  }
  return base
}

function short(text: string | undefined): string | null {
  const bare = text?.replace(/\s+/g, ' ').trim() ?? ''
  return bare === '' ? null : bare.slice(0, TEXT_CHARS_MAX)
}
