import type { Context } from 'hono'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { collator } from '../i18n/format.ts'
import { csvRow, parseCsvText, separatorOf } from '../model/csv-text.ts'
import type { BatchAnswer, Queries } from '../query/types.ts'
import { isOwnForm } from './headers.ts'
import { BATCH_COLUMNS, type BatchSort, batchPage } from './page/batch.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

/** A question of the list, with the country of a second column. */
export interface BatchLine {
  readonly q: string
  readonly country?: string
}

/** Heads of the column that holds what is asked, as people and exports name it. */
const QUERY_HEADS: ReadonlySet<string> = new Set(
  `query q identifier address wallet host domain site website url name firm company lei token
  transaction tx hash`.split(/\s+/),
)
const COUNTRY_HEADS: ReadonlySet<string> = new Set(['country', 'country_code'])
const WORST_FIRST = ['danger', 'warning', 'unknown', 'no_adverse_evidence'] as const
const FULLEST_FIRST: readonly string[] = ['complete', 'partial', 'none']

/**
 * The questions of a pasted text: one a line, or the columns of a table whose first line names
 * them. A line without such a head is one question whole, because names hold commas. Questions
 * beyond the limit are not dropped: `isCut` says so.
 */
export function readBatch(text: string): { lines: readonly BatchLine[]; isCut: boolean } {
  const max = LIMITS.batchQueriesMax
  const separator = separatorOf(text)
  const rows = parseCsvText(text, separator, 1)[0]?.map((cell) => cell.toLowerCase()) ?? []
  const column = rows.findIndex((head) => QUERY_HEADS.has(head))
  const found: BatchLine[] = []
  if (column === -1) {
    for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
      if (line.trim() !== '') found.push({ q: unquoted(line.trim()) })
      if (found.length > max) break
    }
  } else {
    const countryColumn = rows.findIndex((head) => COUNTRY_HEADS.has(head))
    for (const row of parseCsvText(text, separator, max + 2).slice(1)) {
      const country = row[countryColumn] ?? ''
      const q = row[column] ?? ''
      if (q !== '') found.push({ q, ...(/^[a-z]{2}$/i.test(country) ? { country } : {}) })
    }
  }
  return { lines: found.slice(0, max), isCut: found.length > max }
}

/** A spreadsheet with one column quotes a cell that holds a comma. */
function unquoted(line: string): string {
  return /^"[^"]*"$/.test(line) ? line.slice(1, -1).trim() : line
}

/** The empty form, or the answers to what was posted; nothing of it is kept. */
export async function answerBatch(
  queries: Queries,
  view: View,
  c: Context,
): Promise<Page | { readonly csv: string }> {
  if (c.req.method !== 'POST') return batchPage(view, { text: '', answer: undefined })
  const form = await readForm(c)
  const { lines, isCut } = readBatch(form.text)
  if (lines.length === 0) {
    return {
      ...batchPage(view, { text: form.text, answer: undefined, isEmpty: true }),
      status: 400,
    }
  }
  const answer = await queries.checkBatch({ queries: lines, lang: view.locale })
  if (form.wantsCsv) return { csv: csvOf(answer) }
  const results = sorted(view, answer.results, form.sort)
  return batchPage(view, {
    text: form.text,
    answer: { ...answer, results },
    sort: form.sort,
    only: form.only,
    isCut,
  })
}

async function readForm(c: Context) {
  if (!isOwnForm(c.req.raw.headers)) {
    throw new AppError('web.foreign_form', 'The form was not sent by this installation.', {
      status: 403,
    })
  }
  // Browsers state the length of a form; a body without one is not read at all.
  const length = Number(c.req.header('content-length') ?? Number.NaN)
  if (!(length <= LIMITS.batchFormBytesMax)) {
    throw new AppError('web.form_too_large', 'The form is too large.', { status: 413 })
  }
  const { list, file, sort, only, format } = await c.req.parseBody()
  const uploaded = file instanceof File && file.size > 0 ? await file.text() : ''
  const typed = typeof list === 'string' ? list : ''
  return {
    text: uploaded === '' ? typed : uploaded,
    sort: sortOf(sort),
    only: WORST_FIRST.find((verdict) => verdict === only),
    wantsCsv: format === 'csv',
  }
}

/** `verdict` or `-verdict`; anything else is the order asked. */
function sortOf(text: unknown): BatchSort {
  const name = typeof text === 'string' ? text : ''
  const isDescending = name.startsWith('-')
  const by = BATCH_COLUMNS.find((column) => column === (isDescending ? name.slice(1) : name))
  return by === undefined ? { by: 'order', isDescending: false } : { by, isDescending }
}

type Result = BatchAnswer['results'][number]

/** The worst first, the best covered first, or by what was asked; equals stay as they were asked. */
function sorted(view: View, results: readonly Result[], { by, isDescending }: BatchSort) {
  if (by === 'order') return results
  const { compare } = collator(view.locale)
  const coverage = (one: Result) => FULLEST_FIRST.indexOf('error' in one ? 'none' : one.coverage)
  const orders = {
    query: (a: Result, b: Result) => compare(a.query, b.query),
    verdict: (a: Result, b: Result) =>
      WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict),
    coverage: (a: Result, b: Result) => coverage(a) - coverage(b),
  }
  const order = orders[by]
  return [...results].sort((a, b) => (isDescending ? order(b, a) : order(a, b)))
}

const COLUMNS = [
  'query',
  'kind',
  'verdict',
  'coverage',
  'reason',
  'rule',
  'dataset',
  'source_url',
  'lists_not_checked',
  'as_of',
  'ruleset',
]

/** One row a question, in the order asked; `reason` is the sentence of the page. */
function csvOf(answer: BatchAnswer): string {
  const missing = answer.notChecked.map(({ dataset }) => dataset).join(' ')
  const lines = answer.results.map((result) => {
    if ('error' in result) {
      const { query, verdict, error } = result
      const cells = [query, '', verdict, 'none', error.message, error.code, '', '', missing]
      return csvRow([...cells, answer.asOf, answer.ruleset])
    }
    const { query, kind, verdict, coverage, summary, findings } = result
    const [first] = findings
    return csvRow([
      query,
      kind,
      verdict,
      coverage,
      summary,
      first?.rule ?? '',
      first?.dataset ?? '',
      first?.sourceUrl ?? '',
      missing,
      answer.asOf,
      answer.ruleset,
    ])
  })
  return `\uFEFF${csvRow(COLUMNS)}${lines.join('')}`
}
