import { canonicalJson } from '../../base/encode.ts'
import { chainOfSymbol } from '../../model/caip.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { parsePartialDate } from '../parse/date.ts'
import { isRecord, parseJson } from '../parse/json.ts'
import { lines } from '../parse/lines.ts'
import { at } from '../parse/locator.ts'
import { conceptOf } from './concepts.ts'
import { flagOf, scalarOf, scalarsOf, yamlList } from './yaml-list.ts'

/** The levels of the TagPack schema; VOCABULARY §4 gives their weights. */
const CONFIDENCE = new Set(
  `override ownership ledger_immanent manual_transaction service_api forensic_investigation
  authority_data trusted_provider service_data forensic untrusted_transaction web_crawl heuristic
  unknown`.split(/\s+/),
)

/** Printable ASCII without a space: every address and hash of every chain is that. */
const IDENTIFIER = /^[\x21-\x7e]{1,256}$/

/** Tags as JSON lines, one with all that it inherits on each line: the recorded form. */
export async function* tagsOfLines(ctx: CrawlContext, file: InputFile): AsyncIterable<SourceItem> {
  for await (const { line, text } of lines(file)) {
    if (text.trim() === '') continue
    ctx.countRow()
    const row = at.line(file.role, line)
    const value = parseJson(file, text)
    if (!isRecord(value)) {
      ctx.note('tag.not_a_record', row)
      continue
    }
    const pack = scalarOf(value, 'pack')
    const item = tagItem(ctx, { fields: value, pack: pack && baseName(pack), row })
    if (item !== undefined) yield item
  }
}

/**
 * Tags of a TagPack in YAML, the form that the repository serves. A member of the header holds for
 * every tag that does not say otherwise; the pack's name is the file's.
 */
export async function* tagsOfPack(ctx: CrawlContext, file: InputFile): AsyncIterable<SourceItem> {
  const { header, items } = await yamlList(file, 'tags')
  const pack = baseName(file.name).replace(/\.ya?ml$/i, '')
  const role = locatorRole(ctx, file)
  for (const { value, start, end } of items) {
    ctx.countRow()
    const row = at.chars(role, start, end)
    if (!isRecord(value)) {
      ctx.note('tag.not_a_record', row)
      continue
    }
    const item = tagItem(ctx, { fields: { ...header, ...value }, pack, row })
    if (item !== undefined) yield item
  }
}

/** Several files of one role are told apart by name: `<role>/<name>#…`. */
function locatorRole(ctx: CrawlContext, file: InputFile): string {
  const isAlone = ctx.files.filter((other) => other.role === file.role).length === 1
  return isAlone ? file.role : `${file.role}/${file.name.replaceAll('#', '%23')}`
}

interface TagParams {
  readonly fields: Readonly<Record<string, unknown>>
  /** File name of the pack without folder and ending: both forms know that. */
  readonly pack: string | undefined
  readonly row: string
}

function tagItem(ctx: CrawlContext, { fields, pack, row }: TagParams): SourceItem | undefined {
  const written = scalarOf(fields, 'address')
  const tx = scalarOf(fields, 'tx_hash')?.toLowerCase()
  const address = written === undefined ? undefined : canonicalAddress(written)
  const currency = scalarOf(fields, 'currency')
  const label = scalarOf(fields, 'label')
  const key = address ?? tx
  if (key === undefined || currency === undefined || label === undefined) {
    ctx.note('tag.incomplete', `${row}: a tag needs address or tx_hash, currency and label`)
    return undefined
  }
  if (!IDENTIFIER.test(key)) {
    ctx.note('tag.bad_identifier', `${row}: ${key.slice(0, 80)}`)
    return undefined
  }
  const raw = fields.address
  const isRepaired = typeof raw === 'string' && address?.toLowerCase() !== raw.toLowerCase()
  if (isRepaired) ctx.note('tag.address_repaired', `${row}: ${raw.slice(0, 160)}`)
  const network = scalarOf(fields, 'network')
  const tagType = scalarOf(fields, 'tag_type')
  const value = canonicalJson({
    abuse: scalarOf(fields, 'abuse'),
    actor: scalarOf(fields, 'actor'),
    address,
    category: scalarOf(fields, 'category'),
    concepts: conceptsOf(ctx, fields, row),
    confidence: confidenceOf(ctx, fields, row),
    currency,
    is_cluster_definer: flagOf(fields, 'is_cluster_definer'),
    label,
    lastmod: dayOf(ctx, fields, row),
    network: network === undefined ? undefined : (chainOfSymbol(network) ?? network),
    pack,
    source: scalarOf(fields, 'source'),
    // `actor` is the schema's default; a mention says less, so it must not look like one.
    tag_type: tagType === 'actor' ? undefined : tagType,
    tx: address === undefined ? tx : undefined,
  })
  return {
    entity: `${ctx.dataset}:${currency}:${key}`,
    prop: 'tag',
    value,
    ...(isRepaired ? { original: raw } : {}),
    row,
  }
}

/** Shorter texts in front of a space are no address with a remark behind it. */
const ADDRESS_CHARS_MIN = 25

/**
 * Canonical spelling of an address by its form alone: hex and bech32 in lower case, base58 as it
 * is. What follows white space is a remark of the author; what is no address stays as written.
 */
export function canonicalAddress(written: string): string {
  const text = written.trim()
  const head = text.split(/\s/, 1)[0] ?? text
  const address = head.length >= ADDRESS_CHARS_MIN ? head : text
  if (/^0x[0-9a-f]{40,64}$/i.test(address)) return address.toLowerCase()
  return /^[A-Z]{1,20}1[0-9AC-HJ-NP-Z]{20,}$/.test(address) ? address.toLowerCase() : address
}

/** Words repeat from row to row; a hostile file with another word in each must not fill memory. */
const CACHE_MAX = 4_096

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key)
  if (found !== undefined || cache.has(key)) return found as T
  if (cache.size >= CACHE_MAX) cache.clear()
  const made = make()
  cache.set(key, made)
  return made
}

const conceptOfWord = new Map<string, string | undefined>()

function conceptsOf(
  ctx: CrawlContext,
  fields: TagParams['fields'],
  row: string,
): readonly string[] | undefined {
  const words = [scalarOf(fields, 'category'), scalarOf(fields, 'abuse')]
  if (fields.concepts !== undefined) words.push(...scalarsOf(fields, 'concepts'))
  const found: string[] = []
  for (const word of words) {
    if (word === undefined) continue
    const concept = cached(conceptOfWord, word, () => conceptOf(word))
    if (concept === undefined) ctx.note('tag.unknown_concept', `${row}: ${word.slice(0, 80)}`)
    else if (!found.includes(concept)) found.push(concept)
  }
  return found.length === 0 ? undefined : found.sort()
}

function confidenceOf(ctx: CrawlContext, fields: TagParams['fields'], row: string) {
  const level = scalarOf(fields, 'confidence')
  if (level !== undefined && !CONFIDENCE.has(level)) {
    ctx.note('tag.unknown_confidence', `${row}: ${level.slice(0, 80)}`)
  }
  return level
}

const dayOfText = new Map<string, string | undefined>()

/** A day; packs also write an instant, of which the day counts. */
function dayOf(ctx: CrawlContext, fields: TagParams['fields'], row: string) {
  const text = scalarOf(fields, 'lastmod')
  if (text === undefined) return undefined
  const day = cached(dayOfText, text, () => parsePartialDate(text))
  if (day === undefined) ctx.note('tag.bad_date', `${row}: ${text.slice(0, 80)}`)
  return day
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
