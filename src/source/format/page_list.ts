import type { CrawlContext } from '../crawl.ts'
import type { HtmlElement } from '../parse/html.ts'
import { html, linksOf, select, selectOne, textOf } from '../parse/html.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import type { Columns, FieldRow } from './fields.ts'
import { headerOf, NO_LINKS, refuseEmpty } from './fields.ts'

interface TableOptions {
  readonly role: string
  /** Address of the page: what its links are relative to. */
  readonly base: string
  readonly columns: Columns
  /** Fields without which a table is another one of the page. */
  readonly required: readonly string[]
  /** Only tables that this selector names, where the page has others with the same columns. */
  readonly table?: string
  /** Only the first table that fits: the ones below it hold what is over. */
  readonly firstOnly?: boolean
}

/** What one cell may reach over; a hostile page would ask for millions. */
const ROW_SPAN_MAX = 1_000
const COLUMN_SPAN_MAX = 50

/**
 * Rows of the tables of a page whose header has the columns of this list. Cells that say which
 * column they are in (`data-label`) are read by that. A page without such a table is refused: it is
 * an error page, or the page was built anew.
 */
export async function* pageTable(ctx: CrawlContext, o: TableOptions): AsyncIterable<FieldRow> {
  const file = ctx.file(o.role)
  const page = await html(file)
  let tables = 0
  let rows = 0
  for (const table of select(page, o.table ?? 'table')) {
    if (tables > 0 && o.firstOnly === true) break
    let header: ReadonlyMap<string, number> | undefined
    for (const { element, cells } of gridOf(table)) {
      const isHead = header === undefined || cells.every(({ name }) => name === 'th')
      const own = isHead ? headerOf(cells.map(textOf), o.columns, o.required) : undefined
      const labels = own === undefined ? labelsOf(cells, o) : undefined
      if (own !== undefined) {
        tables += 1
        header = own
        continue
      }
      const positions = labels ?? header
      if (positions === undefined || cells.every((cell) => textOf(cell) === '')) continue
      if (labels !== undefined && header === undefined && rows === 0) tables += 1
      rows += 1
      ctx.countRow()
      yield rowOf(o, element, (field) => cells[positions.get(field) ?? -1])
    }
  }
  if (tables === 0) throw malformed(file, `no table has the columns ${o.required.join(', ')}.`)
  refuseEmpty(file, rows)
}

function labelsOf(
  cells: readonly HtmlElement[],
  o: TableOptions,
): ReadonlyMap<string, number> | undefined {
  if (!cells.some((cell) => cell.attributes['data-label'] !== undefined)) return undefined
  const names = cells.map((cell) => cell.attributes['data-label'] ?? '')
  return headerOf(names, o.columns, o.required)
}

interface GridRow {
  readonly element: HtmlElement
  readonly cells: readonly HtmlElement[]
}

/** Rows with each cell repeated in every row and column that it reaches over. */
function* gridOf(table: HtmlElement): Iterable<GridRow> {
  let reaching: { cell: HtmlElement; column: number; left: number }[] = []
  for (const element of ownRows(table)) {
    const cells: HtmlElement[] = []
    const above = new Map(reaching.map((span) => [span.column, span]))
    const next: typeof reaching = []
    let column = 0
    const put = (cell: HtmlElement, left: number) => {
      cells[column] = cell
      if (left > 0) next.push({ cell, column, left })
      column += 1
    }
    const fill = () => {
      for (let span = above.get(column); span !== undefined; span = above.get(column)) {
        put(span.cell, span.left - 1)
      }
    }
    for (const cell of ownCells(element)) {
      fill()
      const left = spanOf(cell, 'rowspan', ROW_SPAN_MAX) - 1
      for (let i = spanOf(cell, 'colspan', COLUMN_SPAN_MAX); i > 0; i -= 1) put(cell, left)
    }
    fill()
    reaching = next
    yield { element, cells }
  }
}

/** Rows of the table itself: a table inside one of its cells is a table of its own. */
function* ownRows(element: HtmlElement): Iterable<HtmlElement> {
  for (const node of element.nodes) {
    if (typeof node === 'string' || node.name === 'table') continue
    if (node.name === 'tr') yield node
    else yield* ownRows(node)
  }
}

function ownCells(row: HtmlElement): readonly HtmlElement[] {
  return row.nodes.filter(
    (node): node is HtmlElement =>
      typeof node !== 'string' && (node.name === 'td' || node.name === 'th'),
  )
}

function spanOf(cell: HtmlElement, attribute: string, max: number): number {
  const span = Number(cell.attributes[attribute] ?? 1)
  return Number.isInteger(span) && span >= 1 ? Math.min(span, max) : 1
}

function rowOf(
  o: { readonly role: string; readonly base: string },
  element: HtmlElement,
  find: (field: string) => HtmlElement | undefined,
): FieldRow {
  return {
    row: at.html(o.role, element.start, element.end),
    get(field) {
      const cell = find(field)
      return cell === undefined ? '' : textOf(cell)
    },
    links(field) {
      const cell = find(field)
      return cell === undefined ? NO_LINKS : linksOf(cell, o.base)
    },
  }
}

interface ItemOptions {
  readonly role: string
  readonly base: string
  /** Selector of the element that holds one entry. */
  readonly item: string
  /** Selector of each field inside the entry; `.` is the entry itself. */
  readonly fields: Readonly<Record<string, string>>
  /** Fields without which an element is no entry. */
  readonly required: readonly string[]
}

/** Entries of a page that are no table: cards, list items. A page without one is refused. */
export async function* pageItems(ctx: CrawlContext, o: ItemOptions): AsyncIterable<FieldRow> {
  const file = ctx.file(o.role)
  const page = await html(file)
  let rows = 0
  for (const element of select(page, o.item)) {
    const find = (field: string) => {
      const selector = o.fields[field]
      if (selector === undefined) return undefined
      return selector === '.' ? element : selectOne(element, selector)
    }
    const row = rowOf(o, element, find)
    if (!o.required.every((field) => row.get(field) !== '')) continue
    rows += 1
    ctx.countRow()
    yield row
  }
  if (rows === 0) throw malformed(file, `nothing on the page is ${o.item} with what it needs.`)
}
