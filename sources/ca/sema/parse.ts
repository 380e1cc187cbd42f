import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { nameKey } from '../../../src/source/format/esma_key.ts'
import { Party } from '../../../src/source/format/party.ts'
import { parseWrittenDate } from '../../../src/source/parse/date.ts'
import { at } from '../../../src/source/parse/locator.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { childText, xmlRecords } from '../../../src/source/parse/xml.ts'

/** Elements of a record, as the published file names them. */
const ELEMENT = {
  country: 'Country-Pays',
  lastName: 'LastName-NomDeFamille',
  givenName: 'GivenName-Prenom',
  entity: 'EntityOrShip-EntiteOuNavire',
  title: 'TitleOrShipType-TitreOuTypeDeNavire',
  imo: 'ShipIMONumber-NumeroOMIDuNavire',
  aliases: 'Aliases-Alias',
  born: 'DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire',
  schedule: 'Schedule-Annexe',
  item: 'Item-NumeroDarticle',
  listed: 'DateOfListing-DateDinscription',
} as const

type Field = keyof typeof ELEMENT

export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('list')
  const keys = new Set<string>()
  for await (const { element, start, end } of xmlRecords(file, { records: ['record'] })) {
    ctx.countRow()
    const row = at.chars('list', start, end)
    const names = namesOf(element)
    if (names.length === 0) {
      ctx.note('record_without_name', row)
      continue
    }
    const key = keyOf(element, names[0] ?? '', keys)
    if (keys.has(key)) ctx.note('record_twice', `${row}: ${key}`)
    keys.add(key)
    const party = new Party(ctx, key, row)
    read(party, element, names)
    yield* party.drain()
  }
  if (keys.size === 0) throw new AppError('source.empty', `${file.name} holds no record.`)
}

function text(element: XmlElement, field: Field): string {
  return (childText(element, ELEMENT[field]) ?? '').replace(/\s+/gu, ' ').trim()
}

/** `Russia / Russie`, `General Cargo | Cargo classique`: the English half. */
function english(value: string): string {
  return value.split(/\s\/\s|\s?\|\s?/u)[0]?.trim() ?? ''
}

function namesOf(element: XmlElement): readonly string[] {
  const person = `${text(element, 'givenName')} ${text(element, 'lastName')}`.trim()
  const names = person === '' ? text(element, 'entity').split(/\s\/\s/u) : [person]
  return names.map((name) => name.trim()).filter((name) => name !== '')
}

/**
 * The file has no ids; an item of a schedule is the place in the law. Where it is missing, or stands
 * twice, the name tells the records apart.
 */
function keyOf(element: XmlElement, name: string, keys: ReadonlySet<string>): string {
  const item = text(element, 'item')
  const country = nameKey(english(text(element, 'country')))
  const place = nameKey(`${text(element, 'schedule')} ${item}`)
  const key = item === '' ? `${country}:${nameKey(name)}` : `${country}:${place}`
  const bounded = key.slice(0, 150)
  return keys.has(bounded) ? `${bounded}:${nameKey(name).slice(0, 100)}` : bounded
}

function read(party: Party, element: XmlElement, names: readonly string[]): void {
  const imo = /\d{7}/.exec(text(element, 'imo'))?.[0]
  const isPerson = text(element, 'lastName') !== '' || text(element, 'givenName') !== ''
  const isShip = !isPerson && text(element, 'imo') !== ''
  party.add('schema', isPerson ? 'Person' : isShip ? 'Vessel' : 'LegalEntity')
  for (const [i, name] of names.entries()) party.name(i === 0 ? 'name' : 'alias', name)
  for (const alias of text(element, 'aliases').split(';')) party.name('alias', alias)
  listing(party, element)
  born(party, text(element, 'born'), isShip)
  const title = english(text(element, 'title'))
  if (isShip) party.notes(title, 'Type of ship')
  else party.add('title', title, { original: text(element, 'title') })
  party.add('imoNumber', imo, { original: text(element, 'imo') })
}

function listing(party: Party, element: XmlElement): void {
  const country = english(text(element, 'country'))
  const place = [text(element, 'schedule'), text(element, 'item')].filter((part) => part !== '')
  party.json('listing', {
    list: 'CA',
    program: country === '' ? undefined : [country],
    authorityId: place.length === 0 ? undefined : place.join(', item '),
  })
  party.day('listingDate', text(element, 'listed'), ['iso', 'written'])
}

function born(party: Party, value: string, isShip: boolean): void {
  if (value === '') return
  if (isShip) {
    party.notes(value, 'Built')
    return
  }
  const values = parseWrittenDate(value)?.values
  if (values === undefined) party.defect('date_unreadable', 'birthDate', value.slice(0, 100))
  for (const date of values ?? []) party.add('birthDate', date, { original: value })
}
