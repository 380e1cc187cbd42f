import type { FieldRow } from '../../../src/source/format/fields.ts'
import { oneLine } from '../../../src/source/format/firm.ts'
import type { Party } from '../../../src/source/format/party.ts'
import { parsePartialDate } from '../../../src/source/parse/date.ts'

/**
 * The name of a row: `Name 1` to `Name 5` are given names in order and `Name 6` is the family name,
 * or the whole name of an entity or a ship. `original` keeps the order of the file, family first.
 */
export function naturalName(row: FieldRow, isPerson: boolean) {
  const given = [1, 2, 3, 4, 5].map((part) => oneLine(row.get(`Name ${part}`)))
  const family = oneLine(row.get('Name 6'))
  const join = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')
  const text = isPerson ? join([...given, family]) : join([family, ...given])
  return { text, original: join([family, ...given]) }
}

/** Languages and scripts as the list writes them; others are left out. */
const LANGUAGES: Readonly<Record<string, string>> = {
  arabic: 'ar',
  russian: 'ru',
  ukrainian: 'uk',
  belarusian: 'be',
  persian: 'fa',
  farsi: 'fa',
  dari: 'prs',
  pashto: 'ps',
  urdu: 'ur',
  chinese: 'zh',
  korean: 'ko',
  burmese: 'my',
  georgian: 'ka',
  serbian: 'sr',
  hebrew: 'he',
}

export function scriptLanguage(row: FieldRow): string | undefined {
  return LANGUAGES[row.get('Non-latin script language').toLowerCase()]
}

/**
 * `23/03/1980`, `dd/03/1980`, `00/00/1975`, `1975`: what is not known is written as letters or
 * zeros. Several days stand in one cell with bars, semicolons or numbers in brackets between them.
 */
export function birthDates(party: Party, cell: string): void {
  for (const part of cell.split(/[|;\n]|\(\d+\)|\bor\b/u)) {
    const text = part.replace(/^(?:circa|approximately|ca?\.)\s*/i, '').trim()
    if (text === '') continue
    const date = birthDate(text)
    if (date === undefined) party.defect('date_unreadable', 'birthDate', part.trim())
    else party.add('birthDate', date, { original: part.trim() })
  }
}

function birthDate(text: string): string | undefined {
  const match = /^(\d{1,2}|dd|xx)\/(\d{1,2}|mm|xx)\/(\d{4})$/i.exec(text)
  if (match === null) return parsePartialDate(text)
  const known = (part: string | undefined) =>
    /^0?[1-9]$|^[1-3]\d$/.test(part ?? '') ? part : undefined
  const month = known(match[2])?.padStart(2, '0')
  const day = known(match[1])?.padStart(2, '0')
  if (month === undefined) return parsePartialDate(match[3] ?? '')
  return parsePartialDate([match[3], month, ...(day === undefined ? [] : [day])].join('-'))
}
