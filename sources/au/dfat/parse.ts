import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { readDay } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { xlsxFields } from '../../../src/source/format/fields.ts'
import { oneLine } from '../../../src/source/format/firm.ts'
import { Party } from '../../../src/source/format/party.ts'
import { parseDayMonthYear, parseWrittenDate } from '../../../src/source/parse/date.ts'

/** Columns of the workbook, as its own header names them. */
const COLUMNS = {
  reference: /^reference$/i,
  name: /^name of individual or entity$/i,
  type: /^type$/i,
  nameType: /^name type$/i,
  strength: /^alias strength$/i,
  birthDate: /^date of birth$/i,
  birthPlace: /^place of birth$/i,
  citizenship: /^citizenship$/i,
  address: /^address$/i,
  information: /^additional information$/i,
  listing: /^listing information$/i,
  imo: /^IMO number$/i,
  committees: /^committees$/i,
  control: /^control date$/i,
  instrument: /^instrument of designation$/i,
  'Targeted Financial Sanction': /^targeted financial sanction$/i,
  'Travel Ban': /^travel ban$/i,
  'Arms Embargo': /^arms embargo$/i,
  'Maritime Restriction': /^maritime restriction$/i,
}
const MEASURES = [
  'Targeted Financial Sanction',
  'Travel Ban',
  'Arms Embargo',
  'Maritime Restriction',
] as const

const SCHEMA: Readonly<Record<string, string>> = {
  individual: 'Person',
  // "Entity" is the list's word for firms, ministries and armed groups alike.
  entity: 'LegalEntity',
  vessel: 'Vessel',
}

/** A party has one row for each of its names: `8577`, `8577a`, `8577b`. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const parties = new Map<string, Party>()
  const required = ['reference', 'name', 'type', 'nameType']
  let key = ''
  for await (const row of xlsxFields(ctx, { role: 'list', columns: COLUMNS, required })) {
    const reference = /^(\d{1,7})[a-z]{0,3}$/i.exec(row.get('reference'))?.[1]
    if (reference === undefined || row.get('name') === '') {
      ctx.note('row_malformed', `${row.row}: ${row.get('reference').slice(0, 100)}`)
      continue
    }
    key = keyOf(ctx, row, { reference, before: key, parties })
    const party = parties.get(key) ?? new Party(ctx, key, row.row)
    parties.set(key, party)
    party.at(row.row)
    read(party, row)
    yield* party.drain()
  }
}

/**
 * References have been given twice: a second primary name further down is another party, which its
 * own name tells apart, because it may stand elsewhere in the next file.
 */
function keyOf(
  ctx: CrawlContext,
  row: FieldRow,
  p: { reference: string; before: string; parties: ReadonlyMap<string, Party> },
): string {
  const isBelow = p.before === p.reference || p.before.startsWith(`${p.reference}-`)
  if (isBelow) return p.before
  if (!p.parties.has(p.reference)) return p.reference
  ctx.note('reference_twice', `${row.row}: ${p.reference}`)
  const name = oneLine(row.get('name'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return `${p.reference}-${name.slice(0, 80)}`
}

function read(party: Party, row: FieldRow): void {
  const schema = SCHEMA[row.get('type').toLowerCase()]
  if (schema === undefined) party.defect('type_unknown', 'Type', row.get('type'))
  party.add('schema', schema ?? 'LegalEntity')
  names(party, row)
  births(party, row)
  for (const part of row.get('citizenship').split(LISTED)) party.country('nationality', part)
  party.address([row.get('address')])
  listing(party, row)
  const imo = /\d{7}/.exec(row.get('imo'))?.[0]
  party.add('imoNumber', imo, { original: row.get('imo') })
  party.notes(row.get('information'))
}

/** `a) Iranian b) Iraqi`, `Iranian; Iraqi` */
const LISTED = /[;\n]|(?:^|\s)[a-z]\)\s/u

function names(party: Party, row: FieldRow): void {
  const type = row.get('nameType').toLowerCase()
  const isWeak = /weak|low/i.test(row.get('strength'))
  if (!/^(?:primary name|alias|a\.?k\.?a\.?|original script)?$/.test(type)) {
    party.defect('name_type_unknown', 'Name Type', row.get('nameType'))
  }
  const isPrimary = type === 'primary name' && !party.has('name')
  party.name(isPrimary ? 'name' : isWeak ? 'weakAlias' : 'alias', row.get('name'))
}

function births(party: Party, row: FieldRow): void {
  for (const part of row.get('birthDate').split(LISTED)) {
    const text = part.trim()
    if (text === '') continue
    const day = parseDayMonthYear(text)
    const values = day === undefined ? parseWrittenDate(text)?.values : [day]
    if (values === undefined) party.defect('date_unreadable', 'birthDate', text.slice(0, 100))
    for (const value of values ?? []) party.add('birthDate', value, { original: text })
  }
  party.add('birthPlace', oneLine(row.get('birthPlace')))
}

/** `Listing Information` is a day, or prose with days of amendments in it: only a day is read. */
function listing(party: Party, row: FieldRow): void {
  const committees = oneLine(row.get('committees'))
  // Rows of further names often leave out what the first row says.
  if (committees !== '' || !party.has('listing')) {
    party.json('listing', {
      list: 'AU',
      program: committees === '' ? undefined : [committees],
      authorityId: row.get('reference').replace(/[a-z]+$/i, ''),
    })
  }
  const text = row.get('listing')
  const day = readDay(text, ['iso', 'dmy', 'written'])
  if (day === undefined) party.notes(text, 'Listing information')
  else party.add('listingDate', day, { original: text })
  // The day of the last change of the entry, which is not the day of its listing.
  party.notes(row.get('control'), 'Control date')
  party.notes(row.get('instrument'), 'Instrument of designation')
  const measures = MEASURES.filter((measure) => /^(?:true|yes|1)$/i.test(row.get(measure)))
  party.notes(measures.join(', '), 'Measures')
}
