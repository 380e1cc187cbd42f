import type { CrawlContext, InputFile } from '../crawl.ts'
import { isRecord, json } from '../parse/json.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import type { DateForm } from './day.ts'
import { readDay } from './day.ts'
import type { FieldRow } from './fields.ts'
import { NO_LINKS, refuseEmpty } from './fields.ts'

interface JsonOptions {
  /** One role, or the roles of the pages of one list. */
  readonly roles: readonly string[]
  /** Members that lead to the array; empty when the file is the array. */
  readonly path: readonly string[]
  /** Members that lead to the number of all entries: a list that holds fewer is refused. */
  readonly total?: readonly string[]
  /** Members without which a record is not of this list. */
  readonly required: readonly string[]
  /**
   * The day of an entry. Where an answer has no date of its own, the newest of them is the list's: it
   * is at least that young, and never made younger than what it shows.
   */
  readonly newest?: { readonly of: string; readonly forms: readonly DateForm[] }
}

/** Arrays inside a record: names, sites, categories. */
const VALUES_MAX = 500

/**
 * Records of a JSON list. A field is a member, or several with dots between them
 * (`title.rendered`); an array of texts gives one line each. Pages of one list count together.
 */
export async function* jsonFields(
  ctx: CrawlContext,
  options: JsonOptions,
): AsyncIterable<FieldRow> {
  let rows = 0
  let total = 0
  let last: InputFile | undefined
  for (const role of options.roles) {
    const file = ctx.optional(role)
    if (file === undefined) continue
    last = file
    const value = await json(file)
    total = Math.max(total, totalOf(value, options.total))
    const list = valueAt(value, options.path)
    if (!Array.isArray(list))
      throw malformed(file, `there is no list at ${pathText(options.path)}.`)
    tellNewest(ctx, list, options)
    for (const [i, record] of list.entries()) {
      if (!isRecord(record) || !options.required.every((member) => hasMember(record, member))) {
        ctx.note('record_unreadable', `${role} ${i}`)
        continue
      }
      rows += 1
      ctx.countRow()
      yield {
        row: at.pointer(role, ...options.path, i),
        get: (field) => textAt(record, field),
        links: () => NO_LINKS,
      }
    }
  }
  const file = last ?? ctx.file(options.roles[0] ?? '')
  refuseEmpty(file, rows)
  // An answer that was cut at a page's size would withdraw everything behind it.
  if (total > rows) throw malformed(file, `it holds ${rows} of ${total} entries.`)
}

function tellNewest(ctx: CrawlContext, list: readonly unknown[], options: JsonOptions): void {
  const { newest, roles } = options
  // Pages of one list come one after the other, and the first is told from before any item.
  if (newest === undefined || roles.length > 1 || ctx.publishedAt !== null) return
  const days = list
    .filter(isRecord)
    .map((record) => readDay(textAt(record, newest.of), newest.forms))
    .filter((day) => day !== undefined)
    .sort()
  const day = days.at(-1)
  if (day !== undefined) ctx.setPublished(`${day}T00:00:00Z`)
}

function pathText(path: readonly string[]): string {
  return path.length === 0 ? 'the top' : path.join('.')
}

function totalOf(value: unknown, path: readonly string[] | undefined): number {
  const total = path === undefined ? 0 : valueAt(value, path)
  return typeof total === 'number' && Number.isSafeInteger(total) ? total : 0
}

function hasMember(record: Record<string, unknown>, field: string): boolean {
  return valueAt(record, field.split('.')) !== undefined
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value
  for (const member of path) found = isRecord(found) ? found[member] : undefined
  return found
}

function textAt(record: Record<string, unknown>, field: string): string {
  const value = valueAt(record, field.split('.'))
  if (!Array.isArray(value)) return scalar(value)
  return value
    .slice(0, VALUES_MAX)
    .map(scalar)
    .filter((text) => text !== '')
    .join('\n')
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
