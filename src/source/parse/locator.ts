import type { InputFile } from '../crawl.ts'
import { csvRecords } from './csv.ts'
import { json } from './json.ts'
import { lines } from './lines.ts'
import { textChunks } from './text.ts'
import { xlsxRows } from './xlsx.ts'

/**
 * Where a statement stands in its file, as text: `<role>#<form>`.
 * `record:12` record 12 of a comma-separated file (the header is record 1); `record:12:;` with
 * another delimiter · `line:12` or `line:12-19` · `pointer:/deny/3` RFC 6901 · `chars:120-560`
 * UTF-16 offsets · `html:120-560` the same in a web page · `row:12:2` row 12 of a workbook's second
 * sheet · `file` the whole file, where a row cannot be told.
 */
export const at = {
  record: (role: string, record: number, delimiter = ',') =>
    delimiter === ',' ? `${role}#record:${record}` : `${role}#record:${record}:${delimiter}`,
  line: (role: string, first: number, last = first) =>
    first === last ? `${role}#line:${first}` : `${role}#line:${first}-${last}`,
  pointer: (role: string, ...path: readonly (string | number)[]) =>
    `${role}#pointer:${path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
  chars: (role: string, start: number, end: number) => `${role}#chars:${start}-${end}`,
  html: (role: string, start: number, end: number) => `${role}#html:${start}-${end}`,
  row: (role: string, row: number, sheet: number) => `${role}#row:${row}:${sheet}`,
  file: (role: string) => `${role}#file`,
}

export function roleOf(row: string): string {
  return row.slice(0, row.indexOf('#'))
}

/** What a row may show at most: longer ones are cut, and say so by their last character. */
const ROW_CHARS_MAX = 16_384

/** The row as the source wrote it; undefined when the locator does not name one. */
export async function rowText(file: InputFile, row: string): Promise<string | undefined> {
  const text = await find(file, row.slice(row.indexOf('#') + 1))
  if (text === undefined || text.length <= ROW_CHARS_MAX) return text
  return `${text.slice(0, ROW_CHARS_MAX)}…`
}

async function find(file: InputFile, form: string): Promise<string | undefined> {
  const [kind, where = '', extra] = splitForm(form)
  if (kind === 'record') return findRecord(file, Number(where), extra ?? ',')
  if (kind === 'line') {
    const [first = 0, last] = where.split('-').map(Number)
    return findLines(file, first, last ?? first)
  }
  if (kind === 'chars' || kind === 'html') {
    const [start = 0, end = 0] = where.split('-').map(Number)
    return findChars(file, { start, end, isHtml: kind === 'html' })
  }
  if (kind === 'row') return findRow(file, Number(where), Number(extra ?? 1))
  if (kind === 'pointer') return findPointer(file, form.slice('pointer:'.length))
  return undefined
}

function splitForm(form: string): [string, string?, string?] {
  const first = form.indexOf(':')
  if (first === -1) return [form]
  const second = form.indexOf(':', first + 1)
  if (second === -1) return [form.slice(0, first), form.slice(first + 1)]
  return [form.slice(0, first), form.slice(first + 1, second), form.slice(second + 1)]
}

async function findRecord(file: InputFile, record: number, delimiter: string) {
  for await (const row of csvRecords(file, { delimiter, relaxQuotes: true })) {
    if (row.record === record) return row.raw.replace(/\r?\n$/, '')
  }
  return undefined
}

async function findLines(file: InputFile, first: number, last: number) {
  const found: string[] = []
  for await (const { line, text } of lines(file)) {
    if (line >= first) found.push(text)
    if (line >= last) break
  }
  return found.length === 0 ? undefined : found.join('\n')
}

async function findChars(
  file: InputFile,
  { start, end, isHtml }: { start: number; end: number; isHtml: boolean },
) {
  let position = 0
  let found = ''
  for await (const text of textChunks(file, { isHtml })) {
    const from = Math.max(0, start - position)
    const to = Math.min(text.length, end - position)
    if (to > from) found += text.slice(from, to)
    position += text.length
    if (position >= end) break
  }
  return found === '' ? undefined : found
}

/** A workbook's row is shown as its cells with tabs between them. */
async function findRow(file: InputFile, row: number, sheet: number) {
  for await (const found of xlsxRows(file)) {
    if (found.row === row && found.sheet === sheet) return found.cells.join('\t')
  }
  return undefined
}

async function findPointer(file: InputFile, pointer: string) {
  let value = await json(file)
  const path = pointer.split('/').slice(1)
  for (const step of path) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  if (value === undefined) return undefined
  const last = path.at(-1) ?? ''
  const text = JSON.stringify(value, null, 2)
  return /^\d+$/.test(last) ? text : `${JSON.stringify(last)}: ${text}`
}
