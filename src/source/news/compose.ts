import type { Article } from '../../model/news.ts'
import type { Block } from './sentence.ts'

/** A piece of an article in reading order, as the page or the text shows it. */
export interface Node {
  readonly kind: 'paragraph' | 'heading' | 'item'
  readonly text: string
}

export interface Composed
  extends Pick<Article, 'text' | 'keyTakeaways' | 'sections' | 'disclaimer'> {
  readonly blocks: readonly Block[]
}

/** The text of one article; a longer one is a book, and its rest is left out. */
export const ARTICLE_CHARS_MAX = 400_000

const DISCLAIMER =
  /^\s*\(?(?:disclaimer|risk (?:warning|disclaimer|disclosure)|legal (?:notice|disclaimer)|important (?:notice|information)|haftungsausschluss|descargo de responsabilidad|avertissement|免责声明|إخلاء المسؤولية)\s*[:：.\-–—]?/iu
const LEGAL =
  /\b(?:does not constitute|do(?:es)? not constitute|is not (?:investment|financial|legal) advice|for informational purposes only|only represent the author's personal views|not be liable for any loss)\b/i
const TAKEAWAYS =
  /^(?:key (?:takeaways?|points|facts)|takeaways|highlights|at a glance|in brief|the gist|tl;?dr|summary)\s*:?$/i

/** Puts nodes together: the disclaimer apart, takeaways and questions named, offsets kept. */
export function compose(nodes: readonly Node[]): Composed {
  const { body, disclaimer } = apart(nodes)
  let text = ''
  const blocks: Block[] = []
  for (const { kind, text: own } of body) {
    if (own === '' || text.length + own.length > ARTICLE_CHARS_MAX) continue
    const glue =
      text === '' ? '' : kind === 'item' && blocks.at(-1)?.kind === 'item' ? '\n' : '\n\n'
    text += glue
    blocks.push({ start: text.length, end: text.length + own.length, kind })
    text += own
  }
  return { text, blocks, keyTakeaways: takeaways(body), sections: sections(body), disclaimer }
}

function apart(nodes: readonly Node[]): { body: readonly Node[]; disclaimer: string | null } {
  const body: Node[] = []
  const legal: string[] = []
  let isLegal = false
  for (const node of nodes) {
    const isTitle = DISCLAIMER.test(node.text) && node.text.length < 60
    if (isTitle || (DISCLAIMER.test(node.text) && LEGAL.test(node.text))) {
      isLegal = true
      const rest = node.text.replace(DISCLAIMER, '').trim()
      if (rest !== '' && !isTitle) legal.push(rest)
      else if (rest.length > 20) legal.push(rest)
      continue
    }
    if (isLegal && node.kind === 'heading') isLegal = false
    // After a disclaimer's own words comes the page again, not the article.
    if (isLegal && node.kind === 'paragraph' && (legal.length === 0 || LEGAL.test(node.text)))
      legal.push(node.text)
    else if (!isLegal) body.push(node)
  }
  return { body, disclaimer: legal.length === 0 ? null : legal.join('\n\n') }
}

function takeaways(nodes: readonly Node[]): string[] {
  const named = nodes.findIndex(({ kind, text }) => kind !== 'item' && TAKEAWAYS.test(text))
  const first = nodes.findIndex(({ kind }) => kind === 'item')
  const start = named >= 0 ? named + 1 : first
  // Without a title they are takeaways only where they stand between the lead and the first heading.
  const before = nodes.slice(0, Math.max(0, start))
  if (start < 0 || nodes[start]?.kind !== 'item') return []
  if (named < 0 && (start > 3 || before.some(({ kind }) => kind === 'heading'))) return []
  const out: string[] = []
  for (const { kind, text } of nodes.slice(start)) {
    if (kind !== 'item') break
    out.push(text)
  }
  return out.length > 1 && out.length <= 12 ? out : []
}

function sections(nodes: readonly Node[]): { question: string; text: string }[] {
  const out: { question: string; text: string }[] = []
  let current: { question: string; parts: string[] } | undefined
  const close = () => {
    if (current !== undefined && current.parts.length > 0)
      out.push({ question: current.question, text: current.parts.join('\n\n') })
    current = undefined
  }
  for (const { kind, text } of nodes) {
    if (kind === 'heading') {
      close()
      if (/[?？؟]\s*$/.test(text)) current = { question: text, parts: [] }
    } else current?.parts.push(text)
  }
  close()
  return out
}
