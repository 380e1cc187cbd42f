import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document
export type Element = DefaultTreeAdapterTypes.Element

export interface ParsedPage {
  readonly elements: readonly Element[]
  /** Codes of the HTML standard's parse errors. */
  readonly errors: readonly string[]
  all(name: string): readonly Element[]
}

/** A page as a browser's parser reads it, with every error that the parser repaired silently. */
export function parsePage(html: string): ParsedPage {
  const errors: string[] = []
  const document = parse(html, {
    onParseError: (error) => errors.push(`${error.code} at ${error.startLine}:${error.startCol}`),
  })
  const elements: Element[] = []
  const walk = (node: Node): void => {
    if ('tagName' in node) elements.push(node)
    if ('childNodes' in node) for (const child of node.childNodes) walk(child)
  }
  walk(document)
  return { elements, errors, all: (name) => elements.filter((e) => e.tagName === name) }
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value
}

/** The text of an element, with what is below it. */
export function textOf(element: Element): string {
  const inside = (node: Node): string =>
    'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(inside).join('') : ''
  return inside(element)
}
