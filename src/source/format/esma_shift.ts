import { isLei } from '../../model/lei.ts'

/** A row of cells that stand where the header says. */
interface Aligned {
  readonly cells: readonly string[]
  /** `repaired`: put back in place; `shifted`: they are not, and where they belong is not known. */
  readonly state: 'straight' | 'repaired' | 'shifted'
}

/** One cell with more commas than this was not forgotten to be quoted: the row is another thing. */
const EXTRA_MAX = 5

const DATE = /^\d{1,2}\/\d{1,2}\/\d{2,4}$/
const DATE_COLUMN = /(?:Date|lastupdate|decision_date)$/
const CODE_COLUMN = /^(?:ae_homeMemberState|ae_lei_cou_code)$/

/**
 * Puts a row straight whose cells stand one or more columns too far right, because a comma inside a
 * cell was not quoted. Where joining neighbours makes LEI, country codes and dates stand under their
 * own heads again, that is what the row said; where nothing does, the row is marked.
 */
export function aligned(columns: readonly string[], cells: readonly string[]): Aligned {
  const extra = trimmedLength(cells) - columns.length
  if (extra <= 0) {
    return { cells, state: isDisplaced(columns, cells) ? 'shifted' : 'straight' }
  }
  if (extra > EXTRA_MAX) return { cells, state: 'shifted' }
  const fitting = columns
    .map((_, at) => ({ at, cells: joinedAt(cells, at, extra) }))
    .filter((candidate) => fits(columns, candidate.cells))
  // A comma in a text is followed by a space; one between cells is not.
  const written = fitting.find(({ at }) => isSentence(cells.slice(at + 1, at + 1 + extra)))
  const found = written ?? fitting[0]
  return found === undefined
    ? { cells, state: 'shifted' }
    : { cells: found.cells, state: 'repaired' }
}

function trimmedLength(cells: readonly string[]): number {
  let length = cells.length
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1
  return length
}

function joinedAt(cells: readonly string[], at: number, extra: number): readonly string[] {
  const end = at + extra + 1
  return [...cells.slice(0, at), cells.slice(at, end).join(','), ...cells.slice(end)]
}

function isSentence(rest: readonly string[]): boolean {
  return rest.every((cell) => /^\s/.test(cell))
}

/** LEI, country codes and dates under their own heads, empty or of their form. */
function fits(columns: readonly string[], cells: readonly string[]): boolean {
  return columns.every((column, at) => {
    const cell = (cells[at] ?? '').trim()
    if (cell === '') return true
    if (column === 'ae_lei') return /^[A-Z0-9]{18,21}[.,;]?$/i.test(cell)
    if (CODE_COLUMN.test(column)) return /^[A-Z]{2}$/i.test(cell)
    return !DATE_COLUMN.test(column) || DATE.test(cell)
  })
}

/** An LEI under a head that is none, or a date where services are told: nothing else looks so. */
function isDisplaced(columns: readonly string[], cells: readonly string[]): boolean {
  return columns.some((column, at) => {
    const cell = (cells[at] ?? '').trim()
    if (column === 'ac_serviceCode') return DATE.test(cell)
    return (CODE_COLUMN.test(column) || column === 'ae_lei_name') && isLei(cell)
  })
}
