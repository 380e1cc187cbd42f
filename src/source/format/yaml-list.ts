import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { InputFile } from '../crawl.ts'
import { isRecord } from '../parse/json.ts'
import { malformed, wholeText } from '../parse/text.ts'

/** The largest public pack holds 50,000 tags in 6 MB; a document is held in memory whole. */
const CHARS_MAX = 33_554_432

interface YamlListItem {
  readonly value: unknown
  /** UTF-16 offsets of the item in the text without BOM, for `chars:` locators. */
  readonly start: number
  readonly end: number
}

interface YamlList {
  /** The members beside the list. */
  readonly header: Readonly<Record<string, unknown>>
  readonly items: readonly YamlListItem[]
}

/**
 * A YAML document that is a header and one list (TagPack, ActorPack). Every scalar stays text as
 * written: `NO` is a country and `0x5acc…` an address, whatever YAML version the file declares.
 * Aliases are bounded, so that a "billion laughs" is refused.
 */
export async function yamlList(file: InputFile, key: string): Promise<YamlList> {
  const text = await wholeText(file, CHARS_MAX)
  const document = parse(file, text)
  if (document.errors.length > 0) {
    throw malformed(file, 'the YAML is broken off or malformed.', document.errors[0])
  }
  let whole: unknown
  try {
    whole = document.toJS({ maxAliasCount: 1_000 })
  } catch (error) {
    throw malformed(file, 'the YAML expands beyond its limit.', error)
  }
  if (!isRecord(whole) || !isMap(document.contents)) throw malformed(file, 'it is no YAML map.')
  const { [key]: list, ...header } = whole
  if (!Array.isArray(list)) throw malformed(file, `it has no list "${key}".`)
  const pair = document.contents.items.find((p) => isScalar(p.key) && p.key.value === key)
  const nodes = isSeq(pair?.value) ? pair.value.items : []
  const items = list.map((value: unknown, i) => {
    const node = nodes[i]
    const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined
    return { value, start: range?.[0] ?? 0, end: range?.[1] ?? text.length }
  })
  return { header, items }
}

function parse(file: InputFile, text: string) {
  try {
    return parseDocument(text, {
      logLevel: 'silent',
      schema: 'failsafe',
      merge: true,
      strict: false,
      uniqueKeys: false,
    })
  } catch (error) {
    // Nesting beyond the stack is an attack, and arrives here as a RangeError.
    throw malformed(file, 'the YAML is nested too deeply or malformed.', error)
  }
}

type Fields = Readonly<Record<string, unknown>>

/** The text at `key`; undefined when missing, empty, null (`~`, `null`) or no scalar. */
export function scalarOf(record: Fields, key: string): string | undefined {
  return textOfScalar(record[key])
}

function textOfScalar(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  // The length is compared first: this runs a dozen times for each of half a million rows.
  if (trimmed.length > 4) return trimmed
  return trimmed === '' || trimmed === '~' || trimmed.toLowerCase() === 'null' ? undefined : trimmed
}

/** The texts at `key`: a list of scalars, or one scalar. */
export function scalarsOf(record: Fields, key: string): string[] {
  const value = record[key]
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map(textOfScalar).filter((text) => text !== undefined)
}

/** YAML 1.1 spells truth in many ways, and Python writes `True`. */
export function flagOf(record: Fields, key: string): boolean | undefined {
  const value = record[key]
  if (typeof value === 'boolean') return value
  const text = scalarOf(record, key)?.toLowerCase()
  if (text === 'true' || text === 'yes' || text === 'on') return true
  return text === 'false' || text === 'no' || text === 'off' ? false : undefined
}
