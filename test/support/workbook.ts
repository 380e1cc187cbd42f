import { strToU8, type Zippable, zipSync } from 'fflate'

/** A cell: text, a number, a day (`{ day }` as a serial number with a date format), or raw XML. */
type WorkbookCell = string | number | { readonly day: string } | { readonly xml: string } | null

export interface WorkbookSheet {
  readonly name: string
  readonly rows: readonly (readonly WorkbookCell[])[]
  readonly state?: 'hidden' | 'veryHidden'
}

export interface WorkbookOptions {
  readonly is1904?: boolean
  /** Write texts into the cells instead of the shared table. */
  readonly inline?: boolean
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (index % 26))
}

function serial(day: string, is1904: boolean): number {
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return (Date.parse(`${day}T00:00:00Z`) - epoch) / 86_400_000
}

/** The parts of a workbook as Excel writes them, for tests and fixtures. */
export function workbookParts(
  sheets: readonly WorkbookSheet[],
  options: WorkbookOptions = {},
): Record<string, string> {
  const strings: string[] = []
  const cellXml = (cell: WorkbookCell, reference: string): string => {
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    if (typeof cell === 'object' && 'xml' in cell) return cell.xml.replaceAll('REF', reference)
    if (typeof cell === 'object') {
      return `<c r="${reference}" s="1"><v>${serial(cell.day, options.is1904 === true)}</v></c>`
    }
    if (options.inline === true) {
      return `<c r="${reference}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
    }
    strings.push(`<si><t xml:space="preserve">${escaped(cell)}</t></si>`)
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`
  }
  const parts: Record<string, string> = {}
  sheets.forEach(({ rows }, i) => {
    const body = rows
      .map((cells, r) => {
        const xml = cells.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`)).join('')
        return `<row r="${r + 1}">${xml}</row>`
      })
      .join('')
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData></worksheet>`
  })
  const list = sheets
    .map(({ name, state }, i) => {
      const hidden = state === undefined ? '' : ` state="${state}"`
      return `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden} r:id="rId${i + 1}"/>`
    })
    .join('')
  const targets = sheets
    .map(
      (_, i) =>
        `<Relationship Id="rId${i + 1}" Type="${RELS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
    )
    .join('')
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><workbookPr${
      options.is1904 === true ? ' date1904="1"' : ''
    }/><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets}</Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d;@"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${strings.join('')}</sst>`,
    ...parts,
  }
}

export function zipped(parts: Readonly<Record<string, string>>): Uint8Array {
  const files: Zippable = {}
  for (const [name, text] of Object.entries(parts)) files[name] = strToU8(text)
  // One day for all, so that a fixture made twice has the same bytes.
  return zipSync(files, { mtime: new Date('2030-01-01T00:00:00Z') })
}

export function workbook(
  sheets: readonly WorkbookSheet[],
  options: WorkbookOptions = {},
): Uint8Array {
  return zipped(workbookParts(sheets, options))
}
