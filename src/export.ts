import { canonicalJson, type Json } from './base/encode.ts'
import { LIMITS } from './base/limits.ts'
import type { ExportFile, ExportRequest } from './cli/operator.ts'
import type { LiveStatement } from './ledger/append.ts'
import type { LedgerReader, StatementRow } from './ledger/read.ts'
import { csvRow } from './model/csv-text.ts'
import type { Dataset } from './model/dataset.ts'

export const CSV_COLUMNS = [
  'dataset',
  'entity',
  'prop',
  'value',
  'original',
  'lang',
  'since',
  'id',
] as const
/** Properties whose value is one identifier with attributes: each statement is an entity. */
const SINGLE = new Set(['listed', 'allow', 'protect', 'tag', 'token', 'chain', 'sheet'])

export interface ExportPorts {
  readonly ledger: LedgerReader & { live(dataset: string): Promise<readonly LiveStatement[]> }
  readonly datasets: ReadonlyMap<string, Dataset>
}

/** What each dataset's newest version holds. Data under restrictive licences only when asked for. */
export async function* exportFiles(
  ports: ExportPorts,
  request: ExportRequest,
): AsyncIterable<ExportFile> {
  for (const dataset of ports.datasets.values()) {
    if (request.dataset !== undefined && dataset.name !== request.dataset) continue
    if (!dataset.licence.redistribute && !request.includeRestricted) continue
    // A judgement is about two entities and is none: FollowTheMoney has no schema for it.
    if (dataset.kind === 'joins' && request.format === 'ftm') continue
    const live = await ports.ledger.live(dataset.name)
    if (live.length === 0) continue
    yield {
      dataset: dataset.name,
      title: dataset.title,
      licence: dataset.licence,
      header: request.format === 'csv' ? `${CSV_COLUMNS.join(',')}\r\n` : '',
      rows: rowsOf(ports.ledger, live, request.format),
    }
  }
}

async function* rowsOf(
  ledger: LedgerReader,
  live: readonly LiveStatement[],
  format: ExportRequest['format'],
): AsyncIterable<string> {
  if (format === 'ftm') {
    yield* ftmRows(ledger, live)
    return
  }
  for (let from = 0; from < live.length; from += LIMITS.pageRowsMax) {
    const page = live.slice(from, from + LIMITS.pageRowsMax)
    const rows = await ledger.statements(page.map((s) => s.sid))
    yield rows
      .map((row, i) => (format === 'csv' ? csvLine(row, page[i]) : jsonLine(row, page[i])))
      .join('')
  }
}

export function jsonLine(row: StatementRow, live: LiveStatement | undefined): string {
  const { sid: _, ...said } = row
  return `${canonicalJson({ ...said, since: live?.since } as Json)}\n`
}

export function csvLine(row: StatementRow, live: LiveStatement | undefined): string {
  const cells = { ...row, since: live?.since }
  return csvRow(CSV_COLUMNS.map((column) => cells[column] ?? ''))
}

/** FollowTheMoney entities, one JSON object a line. */
async function* ftmRows(
  ledger: LedgerReader,
  live: readonly LiveStatement[],
): AsyncIterable<string> {
  const whole = new Map<string, StatementRow[]>()
  for (let from = 0; from < live.length; from += LIMITS.pageRowsMax) {
    const page = live.slice(from, from + LIMITS.pageRowsMax)
    let out = ''
    for (const row of await ledger.statements(page.map((s) => s.sid))) {
      if (SINGLE.has(row.prop)) out += ftmLine([row], `${row.entity}#${row.id.slice(0, 12)}`)
      else {
        const rows = whole.get(row.entity)
        if (rows === undefined) whole.set(row.entity, [row])
        else rows.push(row)
      }
    }
    if (out !== '') yield out
  }
  for (const [id, rows] of whole) yield ftmLine(rows, id)
}

function ftmLine(rows: readonly StatementRow[], id: string): string {
  const properties: Record<string, string[]> = {}
  const add = (prop: string, value: string) => {
    const values = properties[prop]
    if (values === undefined) properties[prop] = [value]
    else if (!values.includes(value)) values.push(value)
  }
  let schema = 'Thing'
  for (const row of rows) {
    if (row.prop === 'schema') schema = row.value
    else if (row.value.startsWith('{')) addJson(row, add)
    else add(row.prop, row.value)
  }
  if (properties.publicKey !== undefined && rows.length === 1) schema = 'CryptoWallet'
  const names = properties.name ?? properties.alias
  const caption = names?.[0] ?? properties.publicKey?.[0] ?? properties.website?.[0] ?? id
  const datasets = [rows[0]?.dataset ?? '']
  return `${JSON.stringify({ id, caption, schema, properties, datasets, referents: [] })}\n`
}

/** What FollowTheMoney has a property for goes there; the whole value stays in `notes`. */
function addJson(row: StatementRow, add: (prop: string, value: string) => void): void {
  const value = JSON.parse(row.value) as Record<string, unknown>
  const text = (key: string) =>
    typeof value[key] === 'string' ? (value[key] as string) : undefined
  const address = text('address') ?? text('mint')
  if (address !== undefined) add('publicKey', address)
  const site = text('host') ?? text('url')
  if (site !== undefined) add('website', site)
  const currency = text('currency') ?? text('symbol')
  if (currency !== undefined) add('currency', currency)
  const name = text('label') ?? text('name')
  if (name !== undefined) add('name', name)
  if (row.prop === 'listing') add('topics', 'sanction')
  if (row.prop === 'warning') add('topics', 'reg.warn')
  add('notes', `${row.prop}: ${row.value}`)
}
