import { SaxesParser } from 'saxes'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { malformed, textChunks } from './text.ts'

/** An element as a small tree: names without prefix, text trimmed. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

export interface XmlRecord {
  readonly element: XmlElement
  /** Local names from the root down to this element. */
  readonly path: readonly string[]
  /** UTF-16 offsets in the text without BOM: where the source wrote the element. */
  readonly start: number
  readonly end: number
}

interface XmlOptions {
  /** Local names of the elements to give as records; what is inside a record is not given again. */
  readonly records: readonly string[]
  /** Told about each element outside of records when it opens: the root's attributes, for example. */
  readonly onOpen?: (name: string, attributes: Readonly<Record<string, string>>) => void
}

interface Building {
  name: string
  attributes: Record<string, string>
  children: Building[]
  text: string
}

/**
 * Elements of an XML file, streamed. Document types are refused: no published list needs one, and
 * an entity that expands is an attack. Depth, children and text are bounded.
 */
export async function* xmlRecords(file: InputFile, options: XmlOptions): AsyncIterable<XmlRecord> {
  const wanted = new Set(options.records)
  const out: XmlRecord[] = []
  const path: string[] = []
  let stack: Building[] = []
  let start = 0
  let openAt = 0
  let failure: Error | undefined
  let textChars = 0
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', (error) => {
    failure ??= malformed(file, 'the XML is broken off or malformed.', error)
  })
  parser.on('doctype', () => {
    failure ??= new AppError('source.hostile', `${file.name} declares a document type.`)
  })
  parser.on('opentagstart', (tag) => {
    // saxes tells the position after the character that ends the name.
    openAt = parser.position - tag.name.length - 2
  })
  parser.on('opentag', (tag) => {
    const name = localName(tag.name)
    path.push(name)
    if (path.length > LIMITS.sourceDepthMax)
      failure ??= malformed(file, 'the XML is nested too deeply.')
    const attributes: Record<string, string> = {}
    for (const [key, value] of Object.entries(tag.attributes)) {
      attributes[localName(key)] = String(value)
    }
    const parent = stack.at(-1)
    if (parent === undefined && !wanted.has(name)) {
      options.onOpen?.(name, attributes)
      return
    }
    if (parent === undefined) {
      start = openAt
      textChars = 0
    }
    const node: Building = { name, attributes, children: [], text: '' }
    parent?.children.push(node)
    stack.push(node)
  })
  const onText = (text: string) => {
    const top = stack.at(-1)
    if (top === undefined) return
    textChars += text.length
    if (textChars > LIMITS.sourceCellCharsMax * 16) {
      failure ??= new AppError(
        'source.too_large',
        `${file.name} has an element larger than its limit.`,
      )
      return
    }
    top.text += text
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const node = stack.pop()
    if (node !== undefined) {
      node.text = node.text.trim()
      if (stack.length === 0) {
        out.push({ element: node, path: [...path], start, end: parser.position })
        stack = []
      }
    }
    path.pop()
  })
  let rows = 0
  for await (const text of textChunks(file)) {
    parser.write(text)
    if (failure !== undefined) throw failure
    for (const record of out) {
      rows += 1
      if (rows > LIMITS.sourceRowsMax) {
        throw new AppError('source.too_many_rows', `${file.name} has too many rows.`)
      }
      yield record
    }
    out.length = 0
  }
  parser.close()
  if (failure !== undefined) throw failure
  yield* out
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The first child with this name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((c) => c.name === name)
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((c) => c.name === name)
}

/** Text of the first child with this name; undefined when missing or empty. */
export function childText(element: XmlElement, name: string): string | undefined {
  const text = child(element, name)?.text
  return text === undefined || text === '' ? undefined : text
}
