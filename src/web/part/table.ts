import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import { collator } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import type { Hole, Html } from './html.ts'
import { icon } from './icon.ts'

/** What a column is ordered by: null stands last in both directions. */
type Rank = string | number | null

export interface Column<Row> {
  /** In the address when the table is ordered by it. */
  readonly id: string
  readonly label: string
  readonly cell: (row: Row) => Hole
  readonly rank?: (row: Row) => Rank
  /** Its first press shows the greatest first: days, counts. */
  readonly isGreatestFirst?: boolean
  /** It names the row. */
  readonly isHead?: boolean
  /** Figures, which stand at the end of their column. */
  readonly isFigure?: boolean
  /** On a telephone, where no head is seen, the cell says what it is. */
  readonly isTold?: boolean
}

export interface TableFacts<Row> {
  /** Id of the table on its page, and what its words in the address start with. */
  readonly id: string
  /** What it is, read aloud. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  /** What the words of a filter are looked for in; without it the rows cannot be filtered. */
  readonly text?: (row: Row) => string
  readonly rowsMax: number
  readonly className?: string
  readonly row?: (row: Row) => { readonly id?: string; readonly className?: string }
  /** False where the rows are one page of more: a form over them would be about the page alone. */
  readonly hasForm?: boolean
  /** Further choices of the form, and the names they have in the address. */
  readonly more?: { readonly fields: Html; readonly names: readonly string[] }
}

/** A table with fewer rows is seen at once: it needs no form above it. */
const FORM_ROWS_MIN = 9
const FIND_CHARS_MAX = 100
/** Of an address only words like these are carried on: nobody else's reach the next page. */
const NAME = /^[a-z][a-z.]{0,40}$/i
const VALUE_CHARS_MAX = LIMITS.queryCharsMax

interface Ask<Row> {
  readonly column: Column<Row> | undefined
  readonly isDescending: boolean
  readonly find: string
  readonly page: number
}

/**
 * One table for every page. Its order, its filter and its page stand in the address, so that a
 * link shows what its sender saw, and everything works without a script. Words in the address
 * that mean nothing are ignored.
 */
export function table<Row>(view: View, facts: TableFacts<Row>): Html {
  const asked = askOf(view, facts)
  const found = ordered(view, asked, filtered(view, facts, asked))
  const pages = Math.max(1, Math.ceil(found.length / facts.rowsMax))
  const page = Math.min(asked.page, pages)
  const from = (page - 1) * facts.rowsMax
  const shown = found.slice(from, from + facts.rowsMax)
  const hasForm =
    facts.hasForm ??
    (facts.more !== undefined || facts.rows.length >= FORM_ROWS_MIN || asked.find !== '')
  return html`<div class="table" id="t-${facts.id}">${hasForm ? form(view, facts, asked) : null}
${
  shown.length === 0
    ? html`<p class="empty">${view.t('table.none')}</p>`
    : html`<div class="scroll" role="group" tabindex="0" aria-label="${facts.label}"><table
class="sorted ${facts.className ?? ''}"><thead><tr>${facts.columns.map((column) =>
        head(view, facts, asked, column),
      )}</tr></thead><tbody>${shown.map((row) => line(facts, row))}</tbody></table></div>`
}
${pages === 1 ? null : pager(view, facts.id, { page, pages, from, shown: shown.length, total: found.length })}</div>`
}

function nameOf(id: string, word: 'sort' | 'find' | 'page'): string {
  return `${id}.${word}`
}

function askOf<Row>(view: View, { id, columns }: TableFacts<Row>): Ask<Row> {
  const query = new URLSearchParams(view.search)
  const sort = query.get(nameOf(id, 'sort')) ?? ''
  const isDescending = sort.startsWith('-')
  const name = isDescending ? sort.slice(1) : sort
  const page = query.get(nameOf(id, 'page')) ?? ''
  return {
    column: columns.find((column) => column.id === name && column.rank !== undefined),
    isDescending,
    find: (query.get(nameOf(id, 'find')) ?? '').trim().slice(0, FIND_CHARS_MAX),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  }
}

function filtered<Row>(
  { locale }: View,
  { rows, text }: TableFacts<Row>,
  { find }: Ask<Row>,
): readonly Row[] {
  if (find === '' || text === undefined) return rows
  const words = find.toLocaleLowerCase(locale).split(/\s+/u)
  return rows.filter((row) => {
    const content = text(row).toLocaleLowerCase(locale)
    return words.every((word) => content.includes(word))
  })
}

/** Equal rows keep the order they came in. */
function ordered<Row>(
  view: View,
  { column, isDescending }: Ask<Row>,
  rows: readonly Row[],
): readonly Row[] {
  const rank = column?.rank
  if (rank === undefined) return rows
  const { compare } = collator(view.locale)
  const sign = isDescending ? -1 : 1
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => {
      if (a.rank === null || b.rank === null)
        return Number(a.rank === null) - Number(b.rank === null)
      if (typeof a.rank === 'number' && typeof b.rank === 'number') return sign * (a.rank - b.rank)
      return sign * compare(String(a.rank), String(b.rank))
    })
    .map(({ row }) => row)
}

/** The page as it was asked for, with these words of its address changed. */
function addressOf(
  view: View,
  id: string,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams(keptOf(view, Object.keys(changes)).map(([...pair]) => pair))
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  const text = query.toString()
  return `/${view.locale}${view.path}${text === '' ? '' : `?${text}`}#t-${id}`
}

function keptOf(view: View, except: readonly string[]): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(view.search)].filter(
    ([name, value]) =>
      NAME.test(name) && value !== '' && value.length <= VALUE_CHARS_MAX && !except.includes(name),
  )
}

function head<Row>(view: View, facts: TableFacts<Row>, asked: Ask<Row>, column: Column<Row>): Html {
  const className = column.isFigure === true ? html` class="end"` : null
  if (column.rank === undefined) return html`<th scope="col"${className}>${column.label}</th>`
  const isHere = asked.column === column
  const isDescending = isHere ? !asked.isDescending : column.isGreatestFirst === true
  const href = addressOf(view, facts.id, {
    [nameOf(facts.id, 'sort')]: `${isDescending ? '-' : ''}${column.id}`,
    [nameOf(facts.id, 'page')]: undefined,
  })
  const order = asked.isDescending ? 'descending' : 'ascending'
  return html`<th scope="col"${className}${
    isHere ? html` aria-sort="${order}"` : null
  }><a href="${href}">${column.label}${icon(
    isHere ? (asked.isDescending ? 'down' : 'up') : 'sort',
  )}</a></th>`
}

function line<Row>({ columns, row: of }: TableFacts<Row>, row: Row): Html {
  const { id, className } = of?.(row) ?? {}
  return html`<tr${id === undefined ? null : html` id="${id}"`}${
    className === undefined || className === '' ? null : html` class="${className}"`
  }>${columns.map((column) => {
    const name = column.isFigure === true ? html` class="end num"` : null
    if (column.isHead === true) return html`<th scope="row"${name}>${column.cell(row)}</th>`
    return html`<td${name}>${
      column.isTold === true ? html`<span class="alone">${column.label}: </span>` : null
    }${column.cell(row)}</td>`
  })}</tr>`
}

function form<Row>(view: View, facts: TableFacts<Row>, asked: Ask<Row>): Html {
  const { id, columns, text, more } = facts
  const names = [nameOf(id, 'find'), nameOf(id, 'sort'), nameOf(id, 'page'), ...(more?.names ?? [])]
  const sortable = columns.filter((column) => column.rank !== undefined)
  const sort =
    asked.column === undefined ? '' : `${asked.isDescending ? '-' : ''}${asked.column.id}`
  return html`<form class="picker" method="get" action="${addressOf(view, id, {}).replace(
    /\?[^#]*/,
    '',
  )}">${keptOf(view, names).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${more?.fields ?? null}${
    text === undefined
      ? null
      : html`<div class="field"><label for="${id}-find">${view.t('table.find')}</label><input
  id="${id}-find" name="${nameOf(id, 'find')}" type="search" value="${asked.find}" maxlength="${FIND_CHARS_MAX}"
  dir="auto" autocomplete="off"></div>`
  }${
    sortable.length === 0
      ? null
      : html`<div class="field by-choice"><label for="${id}-sort">${view.t(
          'table.sort',
        )}</label><select id="${id}-sort" name="${nameOf(id, 'sort')}"><option value=""></option>${sortable.flatMap(
          (column) =>
            (column.isGreatestFirst === true ? ['-', ''] : ['', '-']).map((sign) => {
              const value = `${sign}${column.id}`
              return html`<option value="${value}"${
                value === sort ? html` selected` : null
              }>${column.label} ${sign === '' ? '↑' : '↓'}</option>`
            }),
        )}</select></div>`
  }<button type="submit">${view.t('registry.filter')}</button></form>`
}

interface Place {
  readonly page: number
  readonly pages: number
  readonly from: number
  readonly shown: number
  readonly total: number
}

function pager(view: View, id: string, place: Place): Html {
  const { page, pages, from, shown, total } = place
  const to = (at: number, label: string) =>
    html`<a class="button quiet" href="${addressOf(view, id, {
      [nameOf(id, 'page')]: at === 1 ? undefined : String(at),
    })}">${label}</a>`
  return html`<p class="pager">${page > 1 ? to(page - 1, view.t('table.previous')) : null}<span
  class="muted num">${view.t('table.range', {
    from: view.n(from + 1),
    to: view.n(from + shown),
    total: view.n(total),
  })}</span>${page < pages ? to(page + 1, view.t('registry.next')) : null}</p>`
}
