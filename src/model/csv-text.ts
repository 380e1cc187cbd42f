/** CSV in memory (RFC 4180), for texts that a person pasted and answers that go to a spreadsheet. */

/** Spreadsheets run a cell that begins so (OWASP ASVS 5.0, 1.2.10). */
const FORMULA = /^[=+\-@\t\r]/
const SEPARATORS = [',', ';', '\t'] as const

/** One cell, with an apostrophe in front of what a spreadsheet would run. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with its end. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** The separator that the first line holds most often; a comma where it holds none. */
export function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1)
  const counts = SEPARATORS.map((separator) => line.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

/**
 * Rows of cells, at most `rowsMax` of them. A quote that is never closed holds the rest of the
 * text; nothing throws, because a person sees what came of it. Empty lines are left out.
 */
export function parseCsvText(text: string, separator: string, rowsMax: number): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at <= text.length && rows.length < rowsMax) {
    const { cell, next } = readCell(text, at, separator)
    row.push(cell)
    at = next
    if (text[at] === separator) {
      at += 1
      continue
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    if (row.some((value) => value !== '')) rows.push(row)
    row = []
  }
  return rows
}

function readCell(text: string, from: number, separator: string): { cell: string; next: number } {
  let at = from
  if (text[at] !== '"') {
    while (at < text.length && text[at] !== separator && !/[\r\n]/.test(text[at] ?? '')) at += 1
    return { cell: text.slice(from, at).trim(), next: at }
  }
  let cell = ''
  for (;;) {
    const end = text.indexOf('"', at + 1)
    if (end === -1) return { cell: cell + text.slice(at + 1), next: text.length }
    cell += text.slice(at + 1, end)
    at = end + 1
    if (text[at] !== '"') break
    cell += '"'
  }
  // What stands between the closing quote and the separator belongs to no cell.
  while (at < text.length && text[at] !== separator && !/[\r\n]/.test(text[at] ?? '')) at += 1
  return { cell: cell.trim(), next: at }
}
