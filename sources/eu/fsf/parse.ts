import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { Party } from '../../../src/source/format/party.ts'
import { at } from '../../../src/source/parse/locator.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { child, childrenOf, childText, xmlRecords } from '../../../src/source/parse/xml.ts'
import { birth, countryText, identification } from './person.ts'

/**
 * Financial Sanctions Files, form 1.1. Element and attribute names are those of the schema that the
 * Commission publishes beside the file (FSF platform, "XML (based on XSD) 1.1"):
 * https://webgate.ec.europa.eu/fsd/fsf
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('list')
  let parties = 0
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name !== 'export') return
    const generated = Date.parse(attributes.generationDate ?? '')
    if (Number.isFinite(generated)) ctx.setPublished(new Date(generated).toISOString())
    if (attributes.globalFileId) ctx.setVersion(attributes.globalFileId)
  }
  const records = xmlRecords(file, { records: ['sanctionEntity'], onOpen })
  for await (const { element, start, end } of records) {
    ctx.countRow()
    const key = keyOf(element)
    if (key === undefined) {
      ctx.note('record_without_id', `${start}`)
      continue
    }
    parties += 1
    const party = new Party(ctx, key, at.chars('list', start, end))
    read(party, element)
    if (!party.has('name')) ctx.note('name_missing', key)
    yield* party.drain()
  }
  if (parties === 0) throw new AppError('source.empty', `${file.name} holds no sanctionEntity.`)
}

/** The reference of the list, else the number inside the file. */
function keyOf({ attributes }: XmlElement): string | undefined {
  const reference = (attributes.euReferenceNumber ?? '').trim()
  if (reference !== '') return reference
  const logicalId = (attributes.logicalId ?? '').trim()
  return logicalId === '' ? undefined : `logical-${logicalId}`
}

const SCHEMA: Readonly<Record<string, string>> = { person: 'Person', vessel: 'Vessel' }

function read(party: Party, element: XmlElement): void {
  const code = (child(element, 'subjectType')?.attributes.code ?? '').toLowerCase()
  // "Enterprise" is the list's word for firms, banks, ministries and armed groups alike.
  const schema = SCHEMA[code] ?? 'LegalEntity'
  party.add('schema', schema)
  names(party, childrenOf(element, 'nameAlias'), schema)
  listing(party, element)
  for (const node of childrenOf(element, 'citizenship')) {
    party.country('nationality', countryText(node))
    party.notes(childText(node, 'remark'))
  }
  for (const node of childrenOf(element, 'birthdate')) birth(party, node)
  for (const node of childrenOf(element, 'identification')) identification(party, node)
  for (const node of childrenOf(element, 'address')) address(party, node)
  for (const { text } of childrenOf(element, 'remark')) party.notes(text)
  party.notes(element.attributes.designationDetails)
}

/** The strong Latin name without a language is the caption; every other one is an alias. */
function names(party: Party, nodes: readonly XmlElement[], schema: string): void {
  const main = nodes.find(isMain) ?? nodes.find(isStrong) ?? nodes[0]
  for (const node of nodes) {
    const { attributes } = node
    const written = attributes.wholeName?.trim() || partsOf(attributes)
    const language = attributes.nameLanguage?.trim().toLowerCase()
    const lang = language === undefined || language === '' ? undefined : language
    const prop = node === main ? 'name' : isStrong(node) ? 'alias' : 'weakAlias'
    party.name(prop, written, { lang })
    party.add('title', attributes.title, { lang })
    party.add(schema === 'Person' ? 'position' : 'notes', attributes.function, { lang })
    const gender = GENDER[attributes.gender?.trim().toUpperCase() ?? '']
    party.add('gender', gender, { original: attributes.gender })
    const remark = childText(node, 'remark')
    if (remark !== undefined && !QUALITY.test(remark)) party.notes(remark, written)
  }
}

const GENDER: Readonly<Record<string, string>> = { M: 'male', F: 'female' }

/** A remark that says nothing but how good the alias is. */
const QUALITY = /^\(?\s*(?:low|good|high)[\s-]+quality(?:\s+(?:alias|a\.?k\.?a\.?))?\s*\)?\.?$/iu

function isStrong(node: XmlElement): boolean {
  const remark = childText(node, 'remark') ?? ''
  return node.attributes.strong !== 'false' && !/\blow[\s-]+quality\b/i.test(remark)
}

function isMain(node: XmlElement): boolean {
  const language = node.attributes.nameLanguage?.trim().toUpperCase() ?? ''
  return isStrong(node) && (language === '' || language === 'EN')
}

function partsOf(a: Readonly<Record<string, string>>): string {
  return [a.firstName, a.middleName, a.lastName]
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ')
}

function listing(party: Party, element: XmlElement): void {
  const { attributes } = element
  const regulations = childrenOf(element, 'regulation')
  const programs = regulations.map(({ attributes: a }) => a.programme?.trim() ?? '')
  const program = [...new Set(programs.filter((text) => text !== ''))].sort()
  const reference = attributes.euReferenceNumber?.trim() ?? ''
  party.json('listing', {
    list: 'EU',
    program: program.length === 0 ? undefined : program,
    authorityId: reference === '' ? undefined : reference,
  })
  party.day('listingDate', attributes.designationDate, ['iso'])
  for (const { attributes: a, children } of regulations) {
    // An amendment is cited with its own day: the first of the days given is the nearest to the
    // listing that the file tells.
    party.day('listingDate', a.publicationDate, ['iso'])
    party.day('startDate', a.entryIntoForceDate, ['iso'])
    party.add('notes', a.numberTitle && `Regulation: ${a.numberTitle}`)
    const url = children.find(({ name }) => name === 'publicationUrl')?.text
    if (url !== undefined && URL.canParse(url)) party.add('sourceUrl', url)
  }
  party.notes(attributes.unitedNationId, 'United Nations reference')
}

function address(party: Party, node: XmlElement): void {
  const a = node.attributes
  const box = a.poBox?.trim() ? `PO Box ${a.poBox.trim()}` : undefined
  const country = a.countryDescription === 'UNKNOWN' ? undefined : a.countryDescription
  party.address([a.street, box, a.zipCode, a.city, a.place, a.region, country])
  party.country('country', countryText(node))
  party.notes(childText(node, 'remark'))
  for (const { attributes: contact } of childrenOf(node, 'contactInfo')) {
    const key = (contact.key ?? '').toUpperCase()
    const value = contact.value ?? ''
    if (/MAIL/.test(key)) for (const mail of value.split(/[,;\s]+/)) party.add('email', mail)
    else if (/WEB|URL|SITE/.test(key)) party.websites(value)
    else if (/PHONE|MOBILE/.test(key)) party.add('phone', value)
    else party.notes(value, contact.key ?? '')
  }
}
