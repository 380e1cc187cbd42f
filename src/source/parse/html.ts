import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment } from 'parse5'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { malformed, wholeText } from './text.ts'

/** A page of a register: the longest known has some thousand rows and stays below 5 million. */
const HTML_CHARS_MAX = 16_777_216
/** Real pages nest some fifty elements; an open one costs the parser a look at all above it. */
const HTML_DEPTH_MAX = 512
const HTML_NODES_MAX = 5_000_000

/** An element of a page: names and attributes in lower case, as the HTML standard reads them. */
export interface HtmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly nodes: readonly (HtmlElement | string)[]
  /** UTF-16 offsets in the page's text: where the source wrote the element. */
  readonly start: number
  readonly end: number
  /** Where what is inside begins. */
  readonly contentStart: number
}

type AdapterMap = DefaultTreeAdapterTypes.DefaultTreeAdapterMap
type ParentNode = DefaultTreeAdapterTypes.ParentNode
type ChildNode = DefaultTreeAdapterTypes.ChildNode

/**
 * The page as a tree. A page that does not end as one was broken off: it is refused, because half
 * of a list would pass for the whole. parse5 is imported here and nowhere else.
 */
export async function html(file: InputFile): Promise<HtmlElement> {
  const text = await wholeText(file, HTML_CHARS_MAX, { isHtml: true })
  if (!/<\/(?:html|body)\s*>/i.test(text)) {
    throw malformed(file, 'the page is broken off or is no page.')
  }
  const document = parse<AdapterMap>(text, {
    sourceCodeLocationInfo: true,
    treeAdapter: boundedAdapter(file.name),
  })
  const root = document.childNodes.find((node) => node.nodeName === 'html')
  if (root === undefined || !('tagName' in root)) throw malformed(file, 'this is no page.')
  return elementOf(root)
}

/** The usual tree, refused as soon as it grows deeper or larger than any real page. */
function boundedAdapter(name: string): typeof defaultTreeAdapter {
  const depths = new WeakMap<object, number>()
  let nodes = 0
  const check = (parent: ParentNode, child: object) => {
    const depth = (depths.get(parent) ?? 0) + 1
    nodes += 1
    if (depth > HTML_DEPTH_MAX) {
      throw new AppError('source.malformed', `${name}: the page is nested too deeply.`)
    }
    if (nodes > HTML_NODES_MAX) {
      throw new AppError('source.too_large', `${name} has more elements than its limit.`)
    }
    depths.set(child, depth)
  }
  return {
    ...defaultTreeAdapter,
    appendChild(parent, child) {
      check(parent, child)
      defaultTreeAdapter.appendChild(parent, child)
    },
    insertBefore(parent, child, before) {
      check(parent, child)
      defaultTreeAdapter.insertBefore(parent, child, before)
    },
  }
}

/** The text of a piece of markup, as feeds and posts carry it inside a text: `A &#8211; <b>B</b>`. */
export function markupText(markup: string): string {
  if (!/[<&]/.test(markup)) return markup.trim()
  const { childNodes } = parseFragment<AdapterMap>(markup.slice(0, LIMITS.sourceCellCharsMax), {
    treeAdapter: boundedAdapter('The markup'),
  })
  const nodes = nodesOf(childNodes)
  return textOf({ name: 'div', attributes: {}, nodes, start: 0, end: 0, contentStart: 0 })
}

function nodesOf(children: readonly ChildNode[]): (HtmlElement | string)[] {
  const nodes: (HtmlElement | string)[] = []
  for (const child of children) {
    if ('tagName' in child) nodes.push(elementOf(child))
    else if ('value' in child) nodes.push(child.value)
  }
  return nodes
}

function elementOf(node: DefaultTreeAdapterTypes.Element): HtmlElement {
  const content = 'content' in node ? (node as DefaultTreeAdapterTypes.Template).content : node
  const nodes = nodesOf(content.childNodes)
  const attributes: Record<string, string> = {}
  for (const { name, value } of node.attrs) attributes[name] = value
  // An element that the page left out (a missing <tbody>) stands nowhere.
  const { startOffset = 0, endOffset = 0, startTag } = node.sourceCodeLocation ?? {}
  return {
    name: node.tagName,
    attributes,
    nodes,
    start: startOffset,
    end: endOffset,
    contentStart: startTag?.endOffset ?? startOffset,
  }
}

/** Elements that begin and end a line of a page's text. */
const BLOCKS = new Set(
  `address article aside blockquote br caption dd details div dl dt figure footer form h1 h2 h3 h4
  h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`.split(
    /\s+/,
  ),
)
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'svg'])

/** What a reader sees of the element: one line for each line of the page, without empty ones. */
export function textOf(element: HtmlElement): string {
  const parts: string[] = []
  collectText(element, parts)
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

function collectText(element: HtmlElement, parts: string[]): void {
  const isBlock = BLOCKS.has(element.name)
  if (isBlock) parts.push('\n')
  for (const node of element.nodes) {
    if (typeof node === 'string') parts.push(node.replace(/\s+/gu, ' '))
    else if (!UNSEEN.has(node.name)) collectText(node, parts)
  }
  if (isBlock) parts.push('\n')
}

/** The raw content of an element that holds text alone: a script with data in it. */
export function rawTextOf(element: HtmlElement): string {
  return element.nodes.filter((node) => typeof node === 'string').join('')
}

/** Where the links in the element lead, absolute; a link that leads nowhere is left out. */
export function linksOf(element: HtmlElement, base: string): readonly string[] {
  const links = new Set<string>()
  const own = element.name === 'a' ? [element] : []
  for (const { attributes } of [...own, ...select(element, 'a[href]')]) {
    const href = (attributes.href ?? '').trim()
    if (!URL.canParse(href, base)) continue
    const url = new URL(href, base)
    if (url.protocol === 'http:' || url.protocol === 'https:') links.add(url.href)
    if (links.size >= LIMITS.cellSitesMax) break
  }
  return [...links]
}

interface Compound {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly attributes: readonly { name: string; op: string; value: string }[]
}

/**
 * Elements that a selector names, in the order of the page, the element itself left out. Of CSS it
 * knows `tag`, `.class`, `#id`, `[attr]`, `[attr=x]`, `[attr*=x]`, `[attr$=x]`, `[attr^=x]` and the
 * space between an element and what is inside it.
 *
 *     select(page, 'div.news-item h2 a[href*="/warning/"]')
 */
export function select(element: HtmlElement, selector: string): readonly HtmlElement[] {
  const steps = selector
    .trim()
    .split(/\s+(?![^[]*\])/)
    .map(compound)
  const found: HtmlElement[] = []
  walk(element, steps, 0, found)
  return found
}

/** The first element that the selector names. */
export function selectOne(element: HtmlElement, selector: string): HtmlElement | undefined {
  return select(element, selector)[0]
}

function walk(element: HtmlElement, steps: readonly Compound[], at: number, out: HtmlElement[]) {
  for (const node of element.nodes) {
    if (typeof node === 'string') continue
    const step = steps[at]
    const fits = step !== undefined && matches(node, step)
    if (fits && at === steps.length - 1) out.push(node)
    // The step that fits first is enough: what is inside may also fit the same last step.
    walk(node, steps, fits ? Math.min(at + 1, steps.length - 1) : at, out)
  }
}

function compound(text: string): Compound {
  const tag = /^[a-z][a-z0-9-]*/i.exec(text)?.[0].toLowerCase() ?? ''
  const plain = text.replace(/\[[^\]]*\]/g, '')
  const classes = [...plain.matchAll(/\.([\w-]+)/g)].map((match) => match[1] ?? '')
  const id = /#([\w-]+)/.exec(plain)?.[1] ?? ''
  const attributes = [...text.matchAll(/\[([\w-]+)(?:([*^$]?=)["']?([^"'\]]*)["']?)?\]/g)].map(
    ([, name = '', op = '', value = '']) => ({ name, op, value }),
  )
  return { tag, id, classes, attributes }
}

function matches(element: HtmlElement, step: Compound): boolean {
  if (step.tag !== '' && element.name !== step.tag) return false
  if (step.id !== '' && element.attributes.id !== step.id) return false
  const classes = (element.attributes.class ?? '').split(/\s+/)
  if (!step.classes.every((name) => classes.includes(name))) return false
  return step.attributes.every(({ name, op, value }) => {
    const held = element.attributes[name]
    if (held === undefined) return false
    if (op === '*=') return held.includes(value)
    if (op === '^=') return held.startsWith(value)
    if (op === '$=') return held.endsWith(value)
    return op === '' || held === value
  })
}
