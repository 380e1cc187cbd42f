import { sha256Hex } from '../../base/encode.ts'
import { AppError } from '../../base/error.ts'
import type { Article, ReadFacts } from '../../model/news.ts'
import { dayOf, type Instant } from '../../model/time.ts'
import { html, markupText } from '../parse/html.ts'
import { type Composed, compose, type Node } from './compose.ts'
import { decodeNews } from './decode.ts'
import { readFacts } from './facts.ts'
import { type FeedItem, isFeed, readFeed } from './feed.ts'
import { readMarkdown } from './markdown.ts'
import { metaOfPage } from './meta.ts'
import { mainNodes } from './page.ts'
import { readPlain } from './plain.ts'
import { publishedOf } from './published.ts'

/** What is to be read: the bytes as they came, and where they came from. */
export interface NewsInput {
  readonly bytes: Uint8Array
  /** Base name of the file, or of the address. */
  readonly name: string
  readonly url: string | null
  readonly contentType: string | null
  /** The clock's time, passed in: an article from the future is marked. */
  readonly now: Instant
}

export interface ReadArticle {
  readonly article: Article
  readonly read: ReadFacts
  /** Stable within the publication: from its link or id, else from its text. */
  readonly key: string
  /** Where it stands in the file, see `source/parse/locator.ts`. */
  readonly row: string
  /** For finding syndicated copies: 64 bits as 16 hex digits. */
  readonly simhash: string
}

export interface ReadNews {
  readonly kind: 'feed' | 'page' | 'text'
  /** Whose publication it is, by its own name; null: nothing tells. */
  readonly publication: string | null
  readonly articles: readonly ReadArticle[]
  readonly notes: readonly string[]
}

/** A page is read up to here: what comes after four million characters is no article. */
const PAGE_CHARS_MAX = 4_194_304
/** Shorter texts say nothing that could be read as an article. */
const ARTICLE_CHARS_MIN = 40
/** A whole page with less text is a notice. */
const PAGE_TEXT_CHARS_MIN = 140

/** Bytes to articles with their facts. Throws `news.*`; the same bytes always give the same answer. */
export async function readNews(input: NewsInput): Promise<ReadNews> {
  const { text, notes } = decodeNews(input.bytes, input.contentType)
  if (text.trim() === '') throw noArticle()
  if (/\.(?:md|markdown)$/i.test(input.name)) return readOwn(text, input, notes)
  if (isFeed(text)) return readAsFeed(text, input, notes)
  const isPage =
    /\bhtml\b/i.test(input.contentType ?? '') ||
    /<(?:!doctype html|html|head|body|article)[\s>]/i.test(text.slice(0, 8_192))
  return isPage ? readPage(text, input, notes) : readText(text, input, notes)
}

/** A notice, a menu or an error page has no paragraph that says something. */
function isArticle(text: string): boolean {
  return text.length >= PAGE_TEXT_CHARS_MIN && text.split('\n').some((line) => line.length >= 60)
}

/** The name alone: feeds add a slogan to it (`Example: News and Prices`). */
function publicationName(text: string | null): string | null {
  if (text === null) return null
  const [name = ''] = text.split(/\s+[-–—|»:]\s+|:\s+/)
  return name.trim().length >= 3 ? name.trim() : text
}

function noArticle(): AppError {
  return new AppError('news.no_article', 'There is no article in it.', { status: 422 })
}

async function readPage(
  source: string,
  input: NewsInput,
  before: readonly string[],
): Promise<ReadNews> {
  const notes = [...before]
  const isCut = source.length > PAGE_CHARS_MAX
  if (isCut) notes.push('page_cut')
  const bytes = new TextEncoder().encode(
    `${isCut ? source.slice(0, PAGE_CHARS_MAX) : source}</html>`,
  )
  const file = {
    role: 'article',
    name: 'The page',
    url: null,
    lastModified: null,
    day: null,
    open: async function* () {
      yield bytes
    },
  }
  const root = await html(file)
  const meta = metaOfPage(root, input.url)
  const composed = compose(mainNodes(root, meta.title))
  if (!isArticle(composed.text)) throw noArticle()
  const { publisher, ...rest } = meta
  const article: Article = {
    ...rest,
    publisher: publisher ?? hostOf(meta.url),
    ...partsOf(composed),
    language: meta.language ?? languageOf(composed.text),
    notes: dated(meta.publishedAt, input.now, notes),
  }
  return {
    kind: 'page',
    publication: publicationName(article.publisher),
    articles: [finish(article, composed, 'article#file')],
    notes,
  }
}

function readText(source: string, input: NewsInput, notes: readonly string[]): ReadNews {
  const plain = readPlain(source)
  const composed = compose(plain.nodes)
  if (composed.text.length < ARTICLE_CHARS_MIN) throw noArticle()
  const { nodes, notes: own, ...rest } = plain
  const article: Article = {
    ...rest,
    url: plain.url ?? input.url,
    language: languageOf(composed.text),
    ...partsOf(composed),
    notes: dated(plain.publishedAt, input.now, [...notes, ...own]),
  }
  return {
    kind: 'text',
    publication: article.publisher ?? hostOf(input.url),
    articles: [finish(article, composed, 'article#file')],
    notes,
  }
}

function readOwn(source: string, input: NewsInput, notes: readonly string[]): ReadNews {
  const { nodes, ...meta } = readMarkdown(source)
  const composed = compose(nodes)
  if (composed.text.length < ARTICLE_CHARS_MIN) throw noArticle()
  const article: Article = {
    ...meta,
    title: meta.title === '' ? input.name : meta.title,
    language: meta.language ?? languageOf(composed.text),
    ...partsOf(composed),
    notes: dated(meta.publishedAt, input.now, notes),
  }
  // The name of the file is the article's identity: its text may be corrected.
  const one = finish(article, composed, 'article#file', input.name)
  return { kind: 'text', publication: article.publisher, articles: [one], notes }
}

async function readAsFeed(
  source: string,
  input: NewsInput,
  before: readonly string[],
): Promise<ReadNews> {
  const feed = await readFeed(source)
  const base = feed.link ?? input.url
  const publication = publicationName(feed.title) ?? hostOf(base)
  const articles: ReadArticle[] = []
  const seen = new Set<string>()
  const notes = [...before, ...feed.notes]
  for (const item of feed.items) {
    const one = articleOf(item, { publication, base, language: feed.language, now: input.now })
    if (one === undefined) notes.push('item_empty')
    else if (seen.has(one.key)) notes.push('item_repeated')
    else {
      seen.add(one.key)
      articles.push(one)
    }
  }
  return { kind: 'feed', publication, articles, notes }
}

function articleOf(
  item: FeedItem,
  feed: { publication: string | null; base: string | null; language: string | null; now: Instant },
): ReadArticle | undefined {
  const url = linkOf(item.link, feed.base)
  const text = markupText(item.content)
  const nodes = text
    .split('\n')
    .flatMap((line): Node[] =>
      isTeaserTail(line) ? [] : [{ kind: 'paragraph', text: line.trim() }],
    )
  // A headline alone is what the feed says: then it is the text.
  const whole: Node[] =
    text.length >= ARTICLE_CHARS_MIN
      ? nodes
      : [{ kind: 'paragraph' as const, text: item.title }, ...nodes]
  const composed = compose(whole.filter((node) => node.text !== ''))
  if (item.title === '' && composed.text.length < ARTICLE_CHARS_MIN) return undefined
  const published = item.date === null ? undefined : publishedOf(item.date)
  const article: Article = {
    title: item.title === '' ? `${composed.text.slice(0, 80)}…` : item.title,
    publisher: feed.publication,
    author: item.author,
    publishedAt: published?.at ?? null,
    zone: published?.zone ?? null,
    language: item.language ?? feed.language ?? languageOf(composed.text),
    category: item.category,
    url,
    ...partsOf(composed),
    notes: dated(
      published?.at ?? null,
      feed.now,
      item.date !== null && published === undefined ? ['date_unreadable'] : [],
    ),
  }
  return finish(article, composed, `article#record:${item.number}`, item.id ?? undefined)
}

function isTeaserTail(line: string): boolean {
  return /^(?:the post .{1,200} appeared first on .{1,80}|(?:continue|read) (?:reading|more|the full story).{0,40}|comments?)\.?$/i.test(
    line.trim(),
  )
}

function partsOf(composed: Composed) {
  const { text, keyTakeaways, sections, disclaimer } = composed
  return { text, keyTakeaways, sections, disclaimer }
}

function finish(article: Article, composed: Composed, row: string, id?: string): ReadArticle {
  const read = readFacts({
    text: article.text,
    blocks: composed.blocks,
    title: article.title,
    publishedAt: article.publishedAt,
  })
  const identity = article.url ?? id ?? `${article.title}\n${article.publishedAt ?? ''}`
  return {
    article,
    read,
    key: sha256Hex(identity).slice(0, 16),
    row,
    simhash: simhash(article.text),
  }
}

function dated(at: string | null, now: Instant, notes: readonly string[]): string[] {
  const tomorrow = dayOf(new Date(Date.parse(now) + 86_400_000).toISOString())
  return at !== null && at.slice(0, 10) > tomorrow ? [...notes, 'date_in_future'] : [...notes]
}

function linkOf(link: string | null, base: string | null): string | null {
  if (link === null || !URL.canParse(link.trim(), base ?? undefined)) return null
  const url = new URL(link.trim(), base ?? undefined)
  if (!/^https?:$/.test(url.protocol)) return null
  // Marks of who sent the reader are no part of the address.
  for (const key of [...url.searchParams.keys()])
    if (/^utm_|^(?:mod|fbclid|gclid|cmpid|ref)$/i.test(key)) url.searchParams.delete(key)
  return url.href
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null
}

const STOPWORDS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:the|and|of|to|in|that|for|with|was|has)\b/gi,
  de: /\b(?:der|die|und|das|mit|von|nicht|ist|auf|ein)\b/gi,
  es: /\b(?:el|los|las|una|que|por|del|con|para|en)\b/gi,
  fr: /\b(?:le|les|des|une|est|dans|pour|que|avec|sur)\b/gi,
  pt: /\b(?:uma|não|dos|para|com|que|em|são|pelo|mais)\b/gi,
  it: /\b(?:il|della|che|per|una|con|sono|nel|gli|di)\b/gi,
  nl: /\b(?:het|een|van|voor|met|niet|zijn|dat|op|ook)\b/gi,
  cs: /\b(?:že|ale|jako|jsou|byl|pro|podle|také|který|už)\b/gi,
}

/** By its commonest words or its script; null where neither tells. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, 4_000)
  if (/\p{Script=Han}/u.test(head))
    return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(head) ? 'ja' : 'zh'
  if (/\p{Script=Hangul}/u.test(head)) return 'ko'
  if (/\p{Script=Arabic}/u.test(head)) return 'ar'
  if (/\p{Script=Cyrillic}/u.test(head)) return 'ru'
  const counts = Object.entries(STOPWORDS).map(
    ([lang, pattern]) => [lang, (head.match(pattern) ?? []).length] as const,
  )
  const [best, next] = counts.sort((a, b) => b[1] - a[1])
  return best !== undefined && best[1] >= 3 && best[1] > (next?.[1] ?? 0) ? best[0] : null
}

const SHINGLE = 4

/** 64 bits in which texts that share most of their word groups differ little (Charikar 2002). */
export function simhash(text: string): string {
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 4_000) ?? []
  const sums = new Int32Array(64)
  for (let i = 0; i + SHINGLE <= Math.max(SHINGLE, words.length); i++) {
    const [high, low] = hash64(words.slice(i, i + SHINGLE).join(' '))
    for (let bit = 0; bit < 32; bit++) {
      sums[bit] = (sums[bit] ?? 0) + ((high >>> bit) & 1 ? 1 : -1)
      sums[bit + 32] = (sums[bit + 32] ?? 0) + ((low >>> bit) & 1 ? 1 : -1)
    }
  }
  let hex = ''
  for (let nibble = 0; nibble < 16; nibble++) {
    let value = 0
    for (let bit = 0; bit < 4; bit++) if ((sums[nibble * 4 + bit] ?? 0) > 0) value |= 1 << bit
    hex += value.toString(16)
  }
  return hex
}

/** Two rounds of FNV-1a with different seeds: fast, and only for likeness, never for identity. */
function hash64(text: string): [number, number] {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x5bd1e995)
    b ^= b >>> 13
  }
  return [a >>> 0, b >>> 0]
}
