import { type HtmlElement, textOf } from '../parse/html.ts'
import type { Node } from './compose.ts'

/**
 * The main text of a page: paragraphs give points to what holds them, links take points away, and
 * the element with the most points is the article. What looks like a menu, a share bar or a list
 * of other articles is left out.
 */

const NEVER = new Set(
  'script style noscript template svg nav footer aside form button iframe object embed select input textarea dialog menu link meta head canvas audio video map'.split(
    ' ',
  ),
)
const UNLIKELY =
  /-ad-|banner|breadcrumb|combx|comment|community|cookie|consent|disqus|extra|foot(?:er)?|gdpr|header|legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|share|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|modal|promo|newsletter|subscribe|signup|yom-remote|most-read|recommend|toolbar|widget|outbrain|taboola|masthead|author-bio|tags?-list|print-only|skip|hidden/i
const LIKELY = /and|article|body|column|content|main|shadow|story|post|entry|text/i
const POSITIVE = /article|body|content|entry|hentry|main|page|post|text|blog|story/i
const NEGATIVE =
  /-ad-|hidden|^hid$| hid$| hid |^hid |banner|combx|comment|com-|contact|foot|footnote|gdpr|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|tool|widget/i
const ROLES = new Set([
  'menu',
  'menubar',
  'complementary',
  'navigation',
  'alert',
  'alertdialog',
  'dialog',
  'banner',
  'contentinfo',
  'search',
])
const SCORED = new Set(['p', 'td', 'pre', 'section', 'h2', 'h3', 'blockquote'])
const BLOCK_NAMES = new Set(
  'address article blockquote body center dd details div dl dt figure figcaption h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
/** Shorter paragraphs are captions and labels. */
const PARAGRAPH_CHARS_MIN = 25

interface Facts {
  chars: number
  linkChars: number
  commas: number
}

interface Tree {
  readonly parents: Map<HtmlElement, HtmlElement>
  readonly facts: Map<HtmlElement, Facts>
  readonly scores: Map<HtmlElement, number>
}

/** The article's pieces in reading order; none for a page that holds no article. */
export function mainNodes(root: HtmlElement, title: string): Node[] {
  const strict = readWith(root, title, true)
  if (charsOf(strict) >= 500) return strict
  // Some pages name everything "header" or "widget": they are read again without regard to names.
  const loose = readWith(root, title, false)
  return charsOf(loose) > charsOf(strict) * 1.5 ? loose : strict
}

function charsOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, { text }) => sum + text.length, 0)
}

function readWith(root: HtmlElement, title: string, isStrict: boolean): Node[] {
  const tree: Tree = { parents: new Map(), facts: new Map(), scores: new Map() }
  measure(root, tree, isStrict)
  score(tree)
  const top = best(tree) ?? root
  const nodes: Node[] = []
  for (const element of withSiblings(top, tree)) collect(element, tree, nodes)
  return clean(nodes, title)
}

function isOut(element: HtmlElement, isStrict: boolean): boolean {
  const { name, attributes } = element
  if (NEVER.has(name)) return true
  if (attributes.hidden !== undefined || attributes['aria-hidden'] === 'true') return true
  if (/display:\s*none|visibility:\s*hidden/i.test(attributes.style ?? '')) return true
  if (ROLES.has(attributes.role ?? '')) return true
  if (
    !isStrict ||
    name === 'body' ||
    name === 'html' ||
    name === 'a' ||
    name === 'article' ||
    name === 'main'
  )
    return false
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`
  return UNLIKELY.test(names) && !LIKELY.test(names)
}

function measure(element: HtmlElement, tree: Tree, isStrict: boolean): Facts {
  const own: Facts = { chars: 0, linkChars: 0, commas: 0 }
  for (const node of element.nodes) {
    if (typeof node === 'string') {
      const text = node.replace(/\s+/g, ' ')
      own.chars += text.trim() === '' ? 0 : text.length
      own.commas += (text.match(/[,،、，]/g) ?? []).length
      continue
    }
    if (isOut(node, isStrict)) continue
    tree.parents.set(node, element)
    const inner = measure(node, tree, isStrict)
    own.chars += inner.chars
    own.linkChars +=
      node.name === 'a'
        ? inner.chars * (/^#/.test(node.attributes.href ?? '') ? 0.3 : 1)
        : inner.linkChars
    own.commas += inner.commas
  }
  tree.facts.set(element, own)
  return own
}

function isParagraph(element: HtmlElement): boolean {
  if (SCORED.has(element.name)) return true
  return (
    element.name === 'div' &&
    !element.nodes.some((node) => typeof node !== 'string' && BLOCK_NAMES.has(node.name))
  )
}

function score(tree: Tree): void {
  for (const [element, facts] of tree.facts) {
    if (!isParagraph(element) || facts.chars < PARAGRAPH_CHARS_MIN) continue
    const points = 1 + facts.commas + 1 + Math.min(Math.floor(facts.chars / 100), 3)
    let above = tree.parents.get(element)
    for (let level = 0; above !== undefined && level < 5; level++) {
      const divider = level === 0 ? 1 : level === 1 ? 2 : level * 3
      tree.scores.set(above, (tree.scores.get(above) ?? initial(above)) + points / divider)
      above = tree.parents.get(above)
    }
  }
  for (const [element, points] of tree.scores)
    tree.scores.set(element, points * (1 - density(element, tree)))
}

function initial(element: HtmlElement): number {
  const { name } = element
  const byName =
    name === 'div' || name === 'article' || name === 'main'
      ? 5
      : ['pre', 'td', 'blockquote'].includes(name)
        ? 3
        : ['ol', 'ul', 'dl', 'dd', 'dt', 'li', 'address'].includes(name)
          ? -3
          : /^h\d$|^th$/.test(name)
            ? -5
            : 0
  return byName + weight(element)
}

function weight(element: HtmlElement): number {
  let points = 0
  for (const text of [element.attributes.class ?? '', element.attributes.id ?? '']) {
    if (text === '') continue
    if (NEGATIVE.test(text)) points -= 25
    if (POSITIVE.test(text)) points += 25
  }
  return points
}

function density(element: HtmlElement, tree: Tree): number {
  const facts = tree.facts.get(element)
  return facts === undefined || facts.chars === 0 ? 0 : facts.linkChars / facts.chars
}

function best(tree: Tree): HtmlElement | undefined {
  const ranked = [...tree.scores].sort((a, b) => b[1] - a[1]).slice(0, 6)
  const [first] = ranked
  if (first === undefined) return undefined
  let top = first[0]
  // Several good candidates under one roof: the roof is the article.
  const others = ranked.slice(1).filter(([, points]) => points >= first[1] * 0.75)
  let roof = tree.parents.get(top)
  while (others.length >= 2 && roof !== undefined && roof.name !== 'body') {
    const holder = roof
    if (others.filter(([element]) => isUnder(element, holder, tree)).length >= 2) {
      top = holder
      break
    }
    roof = tree.parents.get(roof)
  }
  // A parent that scores nearly as much holds more of the same article.
  let last = tree.scores.get(top) ?? 0
  const enough = last / 3
  for (
    let up = tree.parents.get(top);
    up !== undefined && up.name !== 'body';
    up = tree.parents.get(up)
  ) {
    const points = tree.scores.get(up)
    if (points === undefined) continue
    if (points < enough) break
    if (points > last) {
      top = up
      break
    }
    last = points
  }
  return top
}

function isUnder(element: HtmlElement, roof: HtmlElement, tree: Tree): boolean {
  for (let up = tree.parents.get(element); up !== undefined; up = tree.parents.get(up))
    if (up === roof) return true
  return false
}

function withSiblings(top: HtmlElement, tree: Tree): HtmlElement[] {
  const parent = tree.parents.get(top)
  if (parent === undefined) return [top]
  const points = tree.scores.get(top) ?? 0
  const enough = Math.max(10, points * 0.2)
  return parent.nodes.filter((node): node is HtmlElement => {
    if (typeof node === 'string' || !tree.facts.has(node)) return false
    if (node === top) return true
    const sameClass =
      (node.attributes.class ?? '') !== '' && node.attributes.class === top.attributes.class
    const bonus = sameClass ? points * 0.2 : 0
    if ((tree.scores.get(node) ?? Number.NEGATIVE_INFINITY) + bonus >= enough) return true
    if (node.name !== 'p') return false
    const chars = tree.facts.get(node)?.chars ?? 0
    return density(node, tree) < (chars > 80 ? 0.25 : 0.01) && chars > PARAGRAPH_CHARS_MIN
  })
}

/** Blocks of links, captions and leftovers inside the article. */
function isJunk(element: HtmlElement, tree: Tree): boolean {
  const facts = tree.facts.get(element)
  if (facts === undefined) return true
  const names = `${element.attributes.class ?? ''} ${element.attributes.id ?? ''}`
  if (element.name === 'figcaption') return true
  if (/^(?:p|pre|blockquote|span|a|b|i|em|strong|code|li|td|tr|tbody|h\d)$/.test(element.name))
    return false
  const share = density(element, tree)
  if (
    /(?:^|[\s_-])(?:share|sharing|social|related|caption|credit|byline|newsletter|promo|tags|comments?|gallery|toolbar|breadcrumbs?)(?:$|[\s_-])/i.test(
      names,
    ) &&
    facts.chars < 700
  )
    return true
  if (['ul', 'ol', 'table', 'div', 'section', 'header'].includes(element.name)) {
    const isList = element.name === 'ul' || element.name === 'ol'
    if (weight(element) < 0 && facts.chars < 400 && facts.commas < 10) return true
    if (facts.commas < 10 && share > (weight(element) >= 25 ? 0.5 : isList ? 0.4 : 0.33))
      return true
  }
  return false
}

function collect(element: HtmlElement, tree: Tree, out: Node[]): void {
  if (isJunk(element, tree)) return
  const { name } = element
  const isItem = name === 'li'
  const isLeaf = isItem || /^(?:p|pre|dt|td|th)$/.test(name)
  if (/^h[1-6]$/.test(name)) add(out, 'heading', element, tree)
  else if (isLeaf && !hasBlocks(element)) add(out, isItem ? 'item' : 'paragraph', element, tree)
  else inside(element, tree, out, isItem ? 'item' : 'paragraph')
}

function hasBlocks(element: HtmlElement): boolean {
  return element.nodes.some(
    (node) => typeof node !== 'string' && (BLOCK_NAMES.has(node.name) || hasBlocks(node)),
  )
}

/** What stands between two blocks is a paragraph of its own; two line ends part paragraphs too. */
function inside(element: HtmlElement, tree: Tree, out: Node[], kind: Node['kind']): void {
  let run: (HtmlElement | string)[] = []
  const flush = () => {
    if (run.length > 0) add(out, kind, { ...element, name: 'span', nodes: run }, tree)
    run = []
  }
  let breaks = 0
  for (const node of element.nodes) {
    if (typeof node !== 'string') {
      if (node.name === 'br') {
        breaks += 1
        if (breaks > 1) flush()
        else run.push(' ')
        continue
      }
      if (!tree.facts.has(node)) continue
      if (BLOCK_NAMES.has(node.name) || hasBlocks(node)) {
        flush()
        collect(node, tree, out)
        breaks = 0
        continue
      }
    }
    if (typeof node !== 'string' || node.trim() !== '') breaks = 0
    run.push(node)
  }
  flush()
}

function add(out: Node[], kind: Node['kind'], element: HtmlElement, tree: Tree): void {
  const text = textOf(pruned(element, tree))
    .replace(/\s*\n\s*/g, element.name === 'pre' ? '\n' : ' ')
    .trim()
  if (text !== '') out.push({ kind, text })
}

function pruned(element: HtmlElement, tree: Tree): HtmlElement {
  const nodes = element.nodes.filter(
    (node) => typeof node === 'string' || tree.facts.has(node) || node.name === 'br',
  )
  return {
    ...element,
    nodes: nodes.map((node) => (typeof node === 'string' ? node : pruned(node, tree))),
  }
}

const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
const FURNITURE =
  /^(?:advertisement|share(?: this)?(?: article| on.*)?|read more:?.*|related(?: articles?| stories)?:?|sign up.*|subscribe.*|follow us.*|comments?(?: \(\d+\))?|print|email|tweet|save|listen|photo|image(?: credit.*)?|back to top|click here.*|loading.*|continue reading.*|story continues below.*)$/i

function clean(nodes: readonly Node[], title: string): Node[] {
  const out = nodes.filter(
    ({ text, kind }) =>
      !FURNITURE.test(text) && !(kind === 'heading' && fold(text) === fold(title)),
  )
  // A heading that nothing follows announced something that was left out.
  return out.filter(
    ({ kind }, i) =>
      kind !== 'heading' ||
      (out[i + 1] !== undefined && (out[i + 1]?.kind !== 'heading' || i + 2 < out.length)),
  )
}
