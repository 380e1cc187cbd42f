import { formatAge } from '../../i18n/format.ts'
import type { SyncRow } from '../../ingest/types.ts'
import type { DatasetState } from '../../model/verdict.ts'
import type { EntityView, SearchAnswer, SourceRow } from '../../query/types.ts'
import { cutTo, type Paint, safe, table, wrap } from '../terminal.ts'

const STATES: Readonly<Record<DatasetState, string>> = {
  current: 'current',
  stale: 'stale',
  failed: 'failed',
  blocked: 'blocked',
  never_fetched: 'never read',
}

function ageText(seconds: number | null): string {
  return seconds === null ? '–' : formatAge('en', seconds)
}

/** Two lines for each dataset, of at most 100 columns; what does not fit is in `--json`. */
export function sourcesText(rows: readonly SourceRow[], paint: Paint): string {
  const cells = rows.map((row) => [
    row.proven ? row.dataset : `${row.dataset} *`,
    row.isEnabled ? STATES[row.state] : 'off',
    ageText(row.ageSeconds),
    row.cadence,
    row.lastSuccessAt?.slice(0, 10) ?? '–',
    String(row.counts.entities),
    String(row.counts.statements),
  ])
  const columns = [
    { title: 'Dataset', max: 30 },
    { title: 'State', max: 10 },
    { title: 'Age', max: 10 },
    { title: 'Every', max: 5 },
    { title: 'Last read', max: 10 },
    { title: 'Entries', isRight: true, max: 9 },
    { title: 'Statements', isRight: true, max: 10 },
  ]
  const [head = '', ...lines] = table(columns, cells, paint).split('\n')
  const text = [head]
  for (const [at, row] of rows.entries()) {
    const about = [row.authority.name, row.kind, row.licence.id].map(safe).join(' · ')
    text.push(lines[at] ?? '', paint('dim', `  ${cutTo(about, 98)}`))
  }
  for (const { dataset, lastError } of rows) {
    if (lastError === null) continue
    text.push('', wrap(`${dataset}: ${safe(lastError.message)} [${safe(lastError.code)}]`, 100))
  }
  for (const { dataset, gaps } of rows) {
    if (gaps.count === 0) continue
    text.push(
      '',
      wrap(`${dataset}: ${gaps.count} gaps, entries went by unread; last ${gaps.lastAt}`, 100),
    )
  }
  if (rows.some(({ proven }) => !proven)) {
    text.push('', '* unproven: has read no live file here yet, so its silence is no answer.')
  }
  const waiting = rows.filter((row) => row.isEnabled && row.state === 'never_fetched').length
  if (waiting > 0) text.push('', `${waiting} never read: custos sync reads them from the network.`)
  return `${text.join('\n')}\n`
}

export function syncText(rows: readonly SyncRow[], paint: Paint): string {
  const cells = rows.map((row) => [
    row.dataset,
    String(row.added),
    String(row.retracted),
    String(row.unchanged),
    ageText(row.ageSeconds),
    syncState(row),
    `${(row.ms / 1_000).toFixed(1)} s`,
  ])
  const text = table(
    [
      { title: 'Dataset', max: 24 },
      { title: 'Added', isRight: true },
      { title: 'Retracted', isRight: true },
      { title: 'Unchanged', isRight: true },
      { title: 'Age' },
      { title: 'State' },
      { title: 'Time', isRight: true },
    ],
    cells,
    paint,
  )
  const errors = rows.flatMap(({ dataset, error }) =>
    error === null ? [] : [wrap(`${dataset}: ${safe(error.message)} [${error.code}]`, 100)],
  )
  return `${[text, ...(errors.length > 0 ? ['', ...errors] : [])].join('\n')}\n`
}

/** The words of a sync: what happened to the dataset. */
export function syncState(row: SyncRow): string {
  return row.state === 'never_fetched' ? 'not read' : row.state
}

export function searchText(answer: SearchAnswer, paint: Paint): string {
  if (answer.results.length === 0) return 'No entity has a name like that.\n'
  const lines = answer.results.flatMap((hit) => {
    const reasons = Object.entries(hit.explanations).map(
      ([name, { score, detail }]) => `${name} ${score.toFixed(2)} (${safe(detail)})`,
    )
    const about = [hit.schema, ...hit.countries, hit.datasetTitle, ...hit.topics]
    const where = about.map(safe).join(' · ')
    return [
      `${hit.score.toFixed(2)}  ${paint('bold', safe(hit.caption))}  ${where}`,
      paint('dim', wrap(`${safe(hit.id)} · ${reasons.join(' · ')}`, 100, '      ')),
    ]
  })
  const more = answer.nextCursor === null ? [] : ['More: ask for a larger --limit.']
  return `${[...lines, ...facetLines(answer, paint), ...more].join('\n')}\n`
}

/** Values of one facet on a line; the others are in `--json`. */
const FACET_VALUES_MAX = 6

/** What narrows the search: each option with its values and how many results have them. */
function facetLines({ facets }: SearchAnswer, paint: Paint): string[] {
  const options = Object.entries(facets).filter(([, values]) => values.length > 1)
  if (options.length === 0) return []
  const lines = options.map(([name, values]) => {
    const said = values
      .slice(0, FACET_VALUES_MAX)
      .map(({ value, count }) => `${safe(value)} ${count}`)
    if (values.length > said.length) said.push('…')
    return paint('dim', wrap(`--${name}: ${said.join(' · ')}`, 100, '  '))
  })
  return ['', ...lines]
}

/** The entity and every statement behind it. */
export function entityText(view: EntityView, paint: Paint): string {
  const lines = [
    `${paint('bold', safe(view.caption))}  ${view.schema}`,
    `${safe(view.id)} · ${safe(view.datasetTitle)}${view.isLive ? '' : ' · no longer listed'}`,
  ]
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Also called', view.aliases],
    ['Countries', view.countries],
    ['Sites', view.websites],
    ['Numbers', view.identifiers.map(({ prop, value }) => `${prop} ${value}`)],
    ['Wallets', view.wallets.map(({ address, currency }) => `${address} ${currency ?? ''}`.trim())],
    ['Listed on', view.listedAt === null ? [] : [view.listedAt]],
  ]
  for (const [name, values] of facts) {
    if (values.length > 0) lines.push(wrap(`${name}: ${values.map(safe).join('; ')}`, 100))
  }
  lines.push(...joinLines(view, paint))
  lines.push('', paint('bold', `Statements (${view.statements.length})`))
  for (const [id, statements] of bySource(view)) {
    // One record needs no heading: the answer's own says whose it is.
    if (view.members.length > 1) lines.push('', paint('dim', safe(id)))
    lines.push(statementTable(statements, paint))
  }
  return `${lines.join('\n')}\n`
}

/** Which records are this firm and why, and what is wrong with their rows. */
function joinLines(view: EntityView, paint: Paint): string[] {
  const lines: string[] = []
  if (view.members.length > 1) {
    lines.push('', paint('bold', `Records of this firm (${view.members.length})`))
    for (const { id, datasetTitle, caption, isLive } of view.members) {
      const ended = isLive ? '' : ' · ended'
      lines.push(wrap(`${safe(caption)} · ${safe(datasetTitle)}${ended} · ${safe(id)}`, 100, '  '))
    }
  }
  if (view.joins.length > 0) lines.push('', paint('bold', `Judgements (${view.joins.length})`))
  for (const { kind, left, right, author, reason, value, score } of view.joins) {
    const why = `${reason}${value === null ? '' : ` ${value}`}, names ${score.toFixed(2)}, ${author}`
    const verb = kind === 'sameAs' ? 'is' : 'is not'
    lines.push(wrap(`${safe(left)} ${verb} ${safe(right)} (${safe(why)})`, 100, '  '))
  }
  if (view.notes.length > 0) lines.push('', paint('bold', `Data quality (${view.notes.length})`))
  for (const { code, field, original, entity } of view.notes) {
    const where = [field, original].filter((part) => part !== null && part !== '').join(': ')
    lines.push(wrap(`${safe(code)} · ${safe(where)} · ${safe(entity)}`, 100, '  '))
  }
  return lines
}

function bySource(view: EntityView): ReadonlyMap<string, EntityView['statements']> {
  const groups = new Map<string, EntityView['statements'][number][]>()
  for (const statement of view.statements) {
    const list = groups.get(statement.entity)
    if (list === undefined) groups.set(statement.entity, [statement])
    else list.push(statement)
  }
  return groups
}

function statementTable(statements: EntityView['statements'], paint: Paint): string {
  const rows = statements.map((statement) => [
    statement.isLive ? '' : 'ended',
    statement.prop,
    statement.value,
    statement.from ?? '',
    statement.version,
    statement.row,
  ])
  return table(
    [
      { title: '', max: 5 },
      { title: 'Property', max: 16 },
      { title: 'Value', max: 40 },
      { title: 'Since', max: 10 },
      { title: 'Version', max: 12 },
      { title: 'Row', max: 20 },
    ],
    rows,
    paint,
  )
}
