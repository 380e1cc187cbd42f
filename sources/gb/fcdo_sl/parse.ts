import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { readDay } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import { Party } from '../../../src/source/format/party.ts'
import { birthDates, naturalName, scriptLanguage } from './read.ts'

/**
 * Columns of the CSV form of the list, as its own header names them; their meaning is in the guide
 * beside the list, https://www.gov.uk/government/publications/the-uk-sanctions-list
 */
const REQUIRED = [
  'Unique ID',
  'Name 6',
  'Name 1',
  'Name type',
  'Regime Name',
  'Designation Type',
  'Date Designated',
]
const KNOWN = [
  'Last Updated',
  'OFSI Group ID',
  'UN Reference Number',
  'Name 2',
  'Name 3',
  'Name 4',
  'Name 5',
  'Alias strength',
  'Title',
  'Name non-latin script',
  'Non-latin script type',
  'Non-latin script language',
  'Designation source',
  'Sanctions Imposed',
  'Other Information',
  'UK Statement of Reasons',
  ...[1, 2, 3, 4, 5, 6].map((line) => `Address Line ${line}`),
  'Address Postal Code',
  'Address Country',
  'Phone number',
  'Website',
  'Email address',
  'D.O.B',
  'Nationality(/ies)',
  'National Identifier number',
  'National Identifier additional information',
  'Passport number',
  'Passport additional information',
  'Position',
  'Gender',
  'Town of birth',
  'Country of birth',
  'Type of entity',
  'Subsidiaries',
  'Parent company',
  'Business registration number (s)',
  'IMO number',
  'Current owner/operator (s)',
  'Previous owner/operator (s)',
  'Current believed flag of ship',
  'Previous flags',
  'Type of ship',
  'Tonnage of ship',
  'Length of ship',
  'Year Built',
  'Hull identification number (HIN)',
]

const SCHEMA: Readonly<Record<string, string>> = {
  individual: 'Person',
  // "Entity" is the list's word for firms, ministries and armed groups alike.
  entity: 'LegalEntity',
  ship: 'Vessel',
}

/** A designation has one row for each of its names and addresses; the first line is a date. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const parties = new Map<string, Party>()
  const rows = csvFields(ctx, {
    role: 'list',
    required: REQUIRED,
    known: KNOWN,
    onPreamble: (cells) => published(ctx, cells),
  })
  for await (const row of rows) {
    const key = row.get('Unique ID')
    if (!/^[A-Z]{2,6}\d{1,6}$/.test(key)) {
      ctx.note('row_malformed', `${row.row}: ${key.slice(0, 100)}`)
      continue
    }
    let party = parties.get(key)
    if (party === undefined) {
      party = new Party(ctx, key, row.row)
      parties.set(key, party)
    }
    party.at(row.row)
    read(party, row)
    yield* party.drain()
  }
}

/** `Report Date: 08-Oct-2026` */
function published(ctx: CrawlContext, cells: readonly string[]): void {
  const text = /report date:?\s*(.+)/i.exec(cells.join(' '))?.[1]?.trim() ?? ''
  const day = readDay(text, ['written', 'dmy', 'iso'])
  if (day !== undefined) ctx.setPublished(`${day}T00:00:00Z`)
  else ctx.note('report_date_unreadable', cells.join(',').slice(0, 100))
}

function read(party: Party, row: FieldRow): void {
  const type = row.get('Designation Type')
  const schema = SCHEMA[type.toLowerCase()]
  if (schema === undefined) party.defect('type_unknown', 'Designation Type', type)
  party.add('schema', schema ?? 'LegalEntity')
  names(party, row, schema)
  listing(party, row)
  person(party, row)
  place(party, row)
  firm(party, row)
  ship(party, row)
}

/** A variation of the primary name is another spelling of it; what is weak says so itself. */
function names(party: Party, row: FieldRow, schema: string | undefined): void {
  const name = naturalName(row, schema === 'Person')
  const type = row.get('Name type').toLowerCase()
  const isLow = /^low/i.test(row.get('Alias strength'))
  const isPrimary = type === 'primary name'
  const prop = isPrimary && !party.has('name') ? 'name' : isLow ? 'weakAlias' : 'alias'
  if (!/^(?:primary name(?: variation)?|alias|a\.?k\.?a\.?|variation)?$/.test(type)) {
    party.defect('name_type_unknown', 'Name type', row.get('Name type'))
  }
  party.name(prop, name.text, { original: name.original })
  party.add('title', row.get('Title'))
  const script = row.get('Name non-latin script')
  party.name('alias', script, { lang: scriptLanguage(row) })
}

function listing(party: Party, row: FieldRow): void {
  const program = row.get('Regime Name')
  const type = row.get('Designation source')
  party.json('listing', {
    list: 'UK',
    program: program === '' ? undefined : [program],
    authorityId: row.get('Unique ID'),
    type: type === '' ? undefined : type,
  })
  party.day('listingDate', row.get('Date Designated'), ['dmy', 'iso'])
  party.notes(row.get('Sanctions Imposed').split('|').join(', '), 'Sanctions imposed')
  party.notes(row.get('UN Reference Number'), 'United Nations reference')
  party.notes(row.get('OFSI Group ID'), 'OFSI group')
  party.notes(row.get('Other Information'))
  party.notes(row.get('UK Statement of Reasons'))
}

function person(party: Party, row: FieldRow): void {
  birthDates(party, row.get('D.O.B'))
  const town = row.get('Town of birth')
  const country = row.get('Country of birth')
  party.add('birthPlace', [town, country].filter((part) => part !== '').join(', '))
  for (const part of row.get('Nationality(/ies)').split(/[|;\n]|\(\d+\)/u)) {
    party.country('nationality', part)
  }
  party.add('gender', row.get('Gender').toLowerCase(), { original: row.get('Gender') })
  party.add('position', row.get('Position'))
  for (const kind of ['Passport', 'National Identifier']) {
    const number = row.get(`${kind} number`)
    const info = row.get(`${kind} additional information`)
    const original = info === '' ? `${kind} ${number}` : `${kind} ${number}; ${info}`
    if (number !== '') party.add('idNumber', number, { original })
    else party.notes(info, kind)
  }
}

function place(party: Party, row: FieldRow): void {
  const lines = [1, 2, 3, 4, 5, 6].map((line) => row.get(`Address Line ${line}`))
  const country = row.get('Address Country')
  party.address([...lines, row.get('Address Postal Code'), country])
  party.country('country', country)
  party.add('phone', row.get('Phone number'))
  for (const mail of row.get('Email address').split(/[;,\s]+/)) party.add('email', mail)
  party.websites(row.get('Website'))
}

function firm(party: Party, row: FieldRow): void {
  for (const number of row.get('Business registration number (s)').split(/[;|\n]/u)) {
    party.add('registrationNumber', number)
  }
  party.notes(row.get('Type of entity'), 'Type of entity')
  party.notes(row.get('Subsidiaries'), 'Subsidiaries')
  party.notes(row.get('Parent company'), 'Parent company')
}

function ship(party: Party, row: FieldRow): void {
  const imo = /\d{7}/.exec(row.get('IMO number'))?.[0]
  party.add('imoNumber', imo, { original: row.get('IMO number') })
  const SHIP = ['Current owner/operator (s)', 'Previous owner/operator (s)', 'Type of ship']
  for (const column of SHIP) party.notes(row.get(column), column)
  for (const column of ['Current believed flag of ship', 'Previous flags', 'Year Built']) {
    party.notes(row.get(column), column)
  }
  party.notes(row.get('Hull identification number (HIN)'), 'Hull identification number')
}
