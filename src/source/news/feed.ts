import { AppError, asAppError } from '../../base/error.ts'
import type { InputFile } from '../crawl.ts'
import { markupText } from '../parse/html.ts'
import { childrenOf, type XmlElement, xmlRecords } from '../parse/xml.ts'

/** One entry of a feed, its markup still in it. */
export interface FeedItem {
  readonly title: string
  readonly link: string | null
  readonly id: string | null
  readonly date: string | null
  readonly author: string | null
  readonly category: string | null
  readonly language: string | null
  /** HTML or text. */
  readonly content: string
  /** Its number in the feed, from 1. */
  readonly number: number
}

export interface Feed {
  readonly title: string | null
  readonly link: string | null
  readonly language: string | null
  readonly items: readonly FeedItem[]
  readonly notes: readonly string[]
}

/** Items of one feed that are read: the largest real ones hold some hundreds. */
export const FEED_ITEMS_MAX = 2_000
const CONTENT_CHARS_MAX = 200_000

/** True for text that begins as RSS, Atom, RDF or a JSON feed does. */
export function isFeed(text: string): boolean {
  const head = text.slice(0, 4_096)
  if (/^\s*\{/.test(head))
    return /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org/.test(text.slice(0, 65_536))
  return /<(?:rss|feed|rdf:RDF|channel)[\s>]/i.test(head) && !/<html[\s>]/i.test(head)
}

/** Reads a feed; one that breaks off gives the items before the break and says so. */
export async function readFeed(text: string): Promise<Feed> {
  return /^\s*\{/.test(text) ? jsonFeed(text) : xmlFeed(text)
}

const NAMED: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  ccedil: 'ç',
  ntilde: 'ñ',
  aacute: 'á',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
}

/**
 * Repairs what feeds get wrong and XML forbids: entities of HTML, a bare ampersand, control
 * characters. A document type without entities of its own is harmless and taken out; one with its
 * own is left in, and refused by the reader.
 */
function repaired(text: string): string {
  const parts = text.replace(/^\s+(?=<\?xml)/, '').split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
  return parts
    .map((part, i) =>
      (i % 2 === 1
        ? part
        : part
            .replace(/<!DOCTYPE[^>[]*>/i, '')
            .replace(/&([a-zA-Z][a-zA-Z0-9]{1,30});/g, (whole, name: string) =>
              /^(?:amp|lt|gt|quot|apos)$/.test(name) ? whole : (NAMED[name] ?? `&amp;${name};`),
            )
            .replace(/&(?!#\d{1,7};|#x[\da-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,30};)/g, '&amp;')
      ).replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, ' '),
    )
    .join('')
}

function inputOf(text: string): InputFile {
  const bytes = new TextEncoder().encode(text)
  return {
    role: 'feed',
    name: 'The feed',
    url: null,
    lastModified: null,
    day: null,
    open: async function* () {
      yield bytes
    },
  }
}

async function xmlFeed(source: string): Promise<Feed> {
  const text = repaired(source)
  const notes: string[] = []
  const items: FeedItem[] = []
  let title: string | null = null
  let link: string | null = null
  let language: string | null = null
  const records = ['item', 'entry', 'title', 'link', 'language']
  const options = {
    records,
    onOpen: (_: string, attributes: Readonly<Record<string, string>>) => {
      language ??= attributes.lang ?? null
    },
  }
  try {
    for await (const { element } of xmlRecords(inputOf(text), options)) {
      if (element.name === 'title' && items.length === 0) title ??= plain(element.text)
      else if (element.name === 'language') language ??= element.text || null
      else if (
        element.name === 'link' &&
        items.length === 0 &&
        !/self|hub|next/.test(element.attributes.rel ?? '')
      )
        link ??= element.text || (element.attributes.href ?? null)
      else if (element.name === 'item' || element.name === 'entry') {
        if (items.length >= FEED_ITEMS_MAX) {
          notes.push('feed_cut')
          break
        }
        items.push(itemOf(element, items.length + 1))
      }
    }
  } catch (error) {
    const { code } = asAppError(error)
    if (items.length === 0 || code === 'source.hostile')
      throw new AppError('news.feed_broken', 'The feed cannot be read.', {
        status: 422,
        cause: error,
      })
    notes.push('feed_broken_off')
  }
  return { title, link, language, items, notes }
}

function first(element: XmlElement, ...names: string[]): string | null {
  for (const name of names) {
    for (const child of childrenOf(element, name)) if (child.text !== '') return child.text
  }
  return null
}

function itemOf(element: XmlElement, number: number): FeedItem {
  const links = childrenOf(element, 'link')
  const alternate = links.find(({ attributes }) => (attributes.rel ?? 'alternate') === 'alternate')
  const guid = childrenOf(element, 'guid')[0]
  const isPermalink =
    guid !== undefined && guid.attributes.isPermaLink !== 'false' && /^https?:/.test(guid.text)
  const link =
    links.find(({ text }) => text !== '')?.text ??
    alternate?.attributes.href ??
    (isPermalink ? guid.text : null)
  const person = childrenOf(element, 'author')[0]
  const term = childrenOf(element, 'category')[0]
  const content =
    first(element, 'encoded', 'content') ?? first(element, 'description', 'summary') ?? ''
  return {
    title: plain(first(element, 'title') ?? ''),
    link,
    id: guid?.text || first(element, 'id') || element.attributes.about || null,
    date: first(element, 'pubDate', 'published', 'date', 'updated', 'issued', 'created'),
    author: plainOrNull(
      first(element, 'creator') ??
        (person === undefined ? null : (first(person, 'name') ?? person.text)),
    ),
    category: plainOrNull(term === undefined ? null : term.text || (term.attributes.term ?? null)),
    language: first(element, 'language'),
    content: content.slice(0, CONTENT_CHARS_MAX),
    number,
  }
}

const plain = (text: string) => markupText(text.slice(0, 2_000)).replace(/\s+/g, ' ').trim()
const plainOrNull = (text: string | null) =>
  text === null || plain(text) === '' ? null : plain(text)

function jsonFeed(text: string): Feed {
  let value: Record<string, unknown>
  try {
    value = JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new AppError('news.feed_broken', 'The feed cannot be read.', {
      status: 422,
      cause: error,
    })
  }
  const rows = Array.isArray(value.items) ? (value.items as unknown[]) : []
  const items = rows.slice(0, FEED_ITEMS_MAX).flatMap((row, i) => {
    if (typeof row !== 'object' || row === null) return []
    const item = row as Record<string, unknown>
    const [author] = [item.authors ?? item.author].flat() as ({ name?: unknown } | undefined)[]
    const [category] = [item.tags].flat()
    return [
      {
        title: plain(said(item.title) ?? ''),
        link: said(item.url) ?? said(item.external_url),
        id: said(item.id) ?? (typeof item.id === 'number' ? String(item.id) : null),
        date: said(item.date_published) ?? said(item.date_modified),
        author: said(author?.name),
        category: said(category),
        language: said(item.language),
        content: (
          said(item.content_html) ??
          said(item.content_text) ??
          said(item.summary) ??
          ''
        ).slice(0, CONTENT_CHARS_MAX),
        number: i + 1,
      },
    ]
  })
  return {
    title: said(value.title),
    link: said(value.home_page_url),
    language: said(value.language),
    items,
    notes: rows.length > FEED_ITEMS_MAX ? ['feed_cut'] : [],
  }
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
