import type { Zone } from '../../model/news.ts'
import type { Node } from './compose.ts'
import { publishedOf } from './published.ts'

export interface MarkdownRead {
  readonly title: string
  readonly author: string | null
  readonly publisher: string | null
  readonly category: string | null
  readonly language: string | null
  readonly url: string | null
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly nodes: readonly Node[]
}

const FRONT = /^---\r?\n([\s\S]{0,8192}?)\r?\n---\r?\n/

/**
 * An own article: Markdown with `title`, `date`, `author`, `category`, `language`, `publisher` and
 * `url` between two lines of dashes. Marks of emphasis and links go, their words stay.
 */
export function readMarkdown(source: string): MarkdownRead {
  const front = FRONT.exec(source)
  const fields = new Map<string, string>()
  for (const line of front?.[1]?.split(/\r?\n/) ?? []) {
    const [, key, value] = /^([a-z]+)\s*:\s*(.+)$/i.exec(line) ?? []
    if (key !== undefined && value !== undefined)
      fields.set(key.toLowerCase(), value.replace(/^["']|["']$/g, '').trim())
  }
  const nodes: Node[] = []
  let title = fields.get('title') ?? ''
  for (const block of source.slice(front?.[0].length ?? 0).split(/\r?\n\s*\r?\n/)) {
    for (const node of nodesOf(block)) {
      if (title === '' && node.kind === 'heading' && nodes.length === 0) title = node.text
      else nodes.push(node)
    }
  }
  const published = publishedOf(fields.get('date') ?? '')
  const get = (key: string) => fields.get(key) ?? null
  return {
    title,
    author: get('author'),
    publisher: get('publisher'),
    category: get('category'),
    language: get('language'),
    url: get('url'),
    publishedAt: published?.at ?? null,
    zone: published?.zone ?? null,
    nodes,
  }
}

function nodesOf(block: string): Node[] {
  const lines = block.split(/\r?\n/).filter((line) => line.trim() !== '')
  const out: Node[] = []
  let run: string[] = []
  const flush = () => {
    const text = plain(run.join(' '))
    if (text !== '') out.push({ kind: 'paragraph', text })
    run = []
  }
  for (const line of lines) {
    const heading = /^\s{0,3}#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    const item = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(.+)$/.exec(line)?.[1]
    if (heading === undefined && item === undefined) {
      run.push(line.trim())
      continue
    }
    flush()
    out.push(
      heading === undefined
        ? { kind: 'item', text: plain(item ?? '') }
        : { kind: 'heading', text: plain(heading) },
    )
  }
  flush()
  return out
}

function plain(text: string): string {
  return text
    .replace(/!\[[^\]]{0,500}\]\([^)]{0,2000}\)/g, '')
    .replace(/\[([^\]]{1,500})\]\([^)]{0,2000}\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])[*_](?=\S)(.+?)[*_](?![\p{L}\p{N}])/gu, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
