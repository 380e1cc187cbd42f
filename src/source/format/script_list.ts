import { AppError } from '../../base/error.ts'
import type { CrawlContext } from '../crawl.ts'
import { html, rawTextOf, select } from '../parse/html.ts'
import { isRecord, parseJson } from '../parse/json.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import type { FieldRow } from './fields.ts'
import { NO_LINKS, refuseEmpty } from './fields.ts'

interface ScriptOptions {
  readonly role: string
  /** What stands before the data in the script: `var appData =`. */
  readonly after: RegExp
  /** Members without which an object is no entry. */
  readonly required: readonly string[]
}

/** A text in a call, as pages wrap what they decode later: `decodeTitle("A &amp; B")`. */
const WRAPPED = /\b[A-Za-z_$][\w$]*\(\s*("(?:[^"\\]|\\.)*")\s*\)/g

/**
 * Entries that a page carries as data in a script: the innermost objects behind a mark. Only data is
 * read, nothing is run. A page without the mark is refused: it was built anew, or is an error page.
 */
export async function* scriptFields(ctx: CrawlContext, o: ScriptOptions): AsyncIterable<FieldRow> {
  const file = ctx.file(o.role)
  const page = await html(file)
  let scripts = 0
  let rows = 0
  for (const script of select(page, 'script')) {
    const text = rawTextOf(script)
    const mark = o.after.exec(text)
    if (mark === null) continue
    scripts += 1
    const from = mark.index + mark[0].length
    for (const { start, end } of innermostObjects(text, from)) {
      const row = at.html(o.role, script.contentStart + start, script.contentStart + end)
      const record = recordOf(() => parseJson(file, text.slice(start, end).replace(WRAPPED, '$1')))
      if (record === undefined || !o.required.every((member) => member in record)) {
        ctx.note('record_unreadable', row)
        continue
      }
      rows += 1
      ctx.countRow()
      yield { row, get: (field) => textOf(record[field]), links: () => NO_LINKS }
    }
  }
  if (scripts === 0) throw malformed(file, 'the page does not carry the data of the list.')
  refuseEmpty(file, rows)
}

function recordOf(read: () => unknown): Record<string, unknown> | undefined {
  try {
    const value = read()
    return isRecord(value) ? value : undefined
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' ? String(value) : ''
}

/** Objects without an object inside, as positions; braces in texts are text. */
function* innermostObjects(text: string, from: number) {
  let start = -1
  let quote = ''
  for (let i = from; i < text.length; i += 1) {
    const c = text[i] ?? ''
    if (quote !== '') {
      if (c === '\\') i += 1
      else if (c === quote) quote = ''
    } else if (c === '"') quote = c
    else if (c === '{') start = i
    else if (c === '}' && start !== -1) {
      yield { start, end: i + 1 }
      start = -1
    }
  }
}
