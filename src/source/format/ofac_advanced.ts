import type { SourceItem } from '../../model/statement.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import type { XmlElement, XmlRecord } from '../parse/xml.ts'
import { child, childrenOf, childText, xmlRecords } from '../parse/xml.ts'
import type { ListCodes, PartyKind } from './ofac_party.ts'
import { addressItems, aliasProp, listingItems, nameItem, schemaOf } from './ofac_party.ts'
import type { References } from './ofac_reference.ts'
import {
  addPlace,
  addReference,
  documentSegment,
  isoOf,
  newReferences,
  periodText,
  REFERENCE_ELEMENTS,
  textOfReference,
  ymdOf,
} from './ofac_reference.ts'
import { segmentItems } from './ofac_remark.ts'
import type { Say } from './say.ts'
import { about } from './say.ts'

interface AdvancedRun {
  readonly ctx: CrawlContext
  readonly lists: ListCodes
  readonly refs: References
  /** Documents by the identity that holds them: they stand before the parties. */
  readonly documents: Map<string, string[]>
  /** Entry number of a profile, and its name as the delimited file writes it. */
  readonly profiles: Map<string, { readonly key: string; readonly name: string }>
  readonly inCsv: ReadonlyMap<string, PartyKind>
}

/** The advanced form, streamed once: tables, places, documents, parties, relations, entries. */
export async function* ofacAdvanced(
  ctx: CrawlContext,
  file: InputFile,
  lists: ListCodes,
  inCsv: ReadonlyMap<string, PartyKind> = new Map(),
): AsyncIterable<SourceItem> {
  const run: AdvancedRun = {
    ctx,
    lists,
    refs: newReferences(),
    documents: new Map(),
    profiles: new Map(),
    inCsv,
  }
  for await (const record of xmlRecords(file, { records: RECORDS })) {
    if (addReference(run.refs, record)) continue
    const { element } = record
    if (element.name === 'Location') addPlace(run.refs, element)
    else if (element.name === 'IDRegDocument') addDocument(run, element)
    else yield* recordItems(run, record)
  }
  if (run.profiles.size === 0) throw malformed(file, 'it holds no party: this is not an OFAC list.')
}

const RECORDS = [
  ...REFERENCE_ELEMENTS,
  'Location',
  'IDRegDocument',
  'DistinctParty',
  'ProfileRelationship',
  'SanctionsEntry',
]

function recordItems(run: AdvancedRun, record: XmlRecord): Iterable<SourceItem> {
  const row = at.chars('advanced', record.start, record.end)
  if (record.element.name === 'DistinctParty') return partyItems(run, record.element, row)
  if (record.element.name === 'SanctionsEntry') return entryItems(run, record.element, row)
  if (record.element.name === 'ProfileRelationship') return linkItems(run, record.element, row)
  return []
}

function addDocument(run: AdvancedRun, element: XmlElement): void {
  const segment = documentSegment(run.refs, element)
  const identity = element.attributes.IdentityID
  if (segment === undefined || identity === undefined) {
    run.ctx.note('document_unreadable', element.attributes.ID ?? '')
    return
  }
  const held = run.documents.get(identity)
  if (held === undefined) run.documents.set(identity, [segment])
  else held.push(segment)
}

function* partyItems(run: AdvancedRun, element: XmlElement, row: string): Iterable<SourceItem> {
  const { ctx } = run
  ctx.countRow()
  const key = element.attributes.FixedRef ?? ''
  const profile = child(element, 'Profile')
  if (!/^\d+$/.test(key) || profile === undefined) {
    ctx.note('row_malformed', `advanced: ${row}`)
    return
  }
  const say = about(`${ctx.dataset}:${key}`, row)
  const kind = kindOf(run.refs, profile.attributes.PartySubTypeID)
  const isAddition = run.inCsv.has(key)
  const names = namesOf(run, profile)
  const primary = names.find((name) => name.prop === 'name')
  run.profiles.set(profile.attributes.ID ?? key, { key, name: primary?.text ?? '' })
  if (!isAddition) yield say('schema', schemaOf(kind))
  for (const { prop, text, isLatin } of names) {
    if (isAddition && isLatin) continue
    // The weak ones stand in the remarks of the delimited file, where a shape tells a person.
    yield nameItem(say, prop, text, prop === 'weakAlias' ? 'unknown' : kind)
  }
  const segments = [...featureSegments(run, profile), ...documentsOf(run, profile)]
  for (const segment of segments) {
    const isWallet = segment.startsWith('Digital Currency Address')
    if (!isAddition || isWallet) yield* segmentItems(segment, say, ctx.note)
  }
  if (isAddition) return
  for (const place of placesOf(run, profile)) yield* addressItems(say, place)
}

function kindOf(refs: References, subTypeId: string | undefined): PartyKind {
  const subType = textOfReference(refs, 'PartySubType', subTypeId)?.toLowerCase()
  if (subType === 'vessel' || subType === 'aircraft') return subType
  const typeId = refs.partyTypeOf.get(subTypeId ?? '')
  const type = textOfReference(refs, 'PartyType', typeId)?.toLowerCase()
  return type === 'individual' ? 'individual' : 'entity'
}

interface WrittenName {
  readonly prop: string
  /** `LAST, First` for a person in Latin script, as the delimited file writes it. */
  readonly text: string
  readonly isLatin: boolean
}

function namesOf(run: AdvancedRun, profile: XmlElement): readonly WrittenName[] {
  const names: WrittenName[] = []
  for (const identity of childrenOf(profile, 'Identity')) {
    const partTypes = partTypesOf(run.refs, identity)
    for (const alias of childrenOf(identity, 'Alias')) {
      const word = textOfReference(run.refs, 'AliasType', alias.attributes.AliasTypeID) ?? ''
      for (const documented of childrenOf(alias, 'DocumentedName')) {
        const { text, isLatin } = writtenName(run.refs, documented, partTypes)
        if (text === '') continue
        names.push({ prop: propOf(alias, word, isLatin), text, isLatin })
      }
    }
  }
  return names
}

/** A name in another script is an alias: the primary name is the one that both forms hold. */
function propOf(alias: XmlElement, word: string, isLatin: boolean): string {
  if (alias.attributes.LowQuality === 'true') return 'weakAlias'
  if (alias.attributes.Primary === 'true') return isLatin ? 'name' : 'alias'
  return aliasProp(word)
}

/** `NamePartGroupID` → `Last Name`, `First Name` … */
function partTypesOf(refs: References, identity: XmlElement): ReadonlyMap<string, string> {
  const types = new Map<string, string>()
  for (const groups of childrenOf(identity, 'NamePartGroups')) {
    for (const master of childrenOf(groups, 'MasterNamePartGroup')) {
      for (const group of childrenOf(master, 'NamePartGroup')) {
        const type = textOfReference(refs, 'NamePartType', group.attributes.NamePartTypeID)
        types.set(group.attributes.ID ?? '', type ?? '')
      }
    }
  }
  return types
}

function writtenName(
  refs: References,
  documented: XmlElement,
  partTypes: ReadonlyMap<string, string>,
): { readonly text: string; readonly isLatin: boolean } {
  const last: string[] = []
  const first: string[] = []
  let isPerson = false
  let isLatin = true
  for (const part of childrenOf(documented, 'DocumentedNamePart')) {
    const value = child(part, 'NamePartValue')
    if (value === undefined || value.text === '') continue
    const script = textOfReference(refs, 'Script', value.attributes.ScriptID)
    if (script !== undefined && script !== 'Latin') isLatin = false
    const type = partTypes.get(value.attributes.NamePartGroupID ?? '') ?? ''
    if (/^(last|first|middle|maiden|nickname|patronymic|matronymic)/i.test(type)) isPerson = true
    if (isSurname(type, value.text)) last.push(value.text)
    else first.push(value.text)
  }
  if (!isPerson) return { text: [...last, ...first].join(' '), isLatin }
  const sides = [last.join(' '), first.join(' ')].filter((side) => side !== '')
  return { text: sides.join(isLatin ? ', ' : ' '), isLatin }
}

/** A father's or mother's name is a family name in Spanish and a middle name in Russian: its capitals tell. */
function isSurname(type: string, text: string): boolean {
  if (/^(patronymic|matronymic|maiden)/i.test(type)) return !/\p{Ll}/u.test(text)
  return !/^(first|middle|nickname)/i.test(type)
}

/** OFAC's names of features that its remarks call otherwise. */
const REMARK_WORD: Readonly<Record<string, string>> = {
  birthdate: 'DOB',
  'place of birth': 'POB',
  'nationality country': 'nationality',
  'citizenship country': 'citizen',
  'call sign': 'Vessel Call Sign',
  'vessel call sign': 'Vessel Call Sign',
  'vessel type': 'Vessel Type',
  'vessel flag': 'Vessel Flag',
  'vessel owner': 'Vessel Owner',
  'vessel tonnage': 'Vessel Tonnage',
  'vessel gross tonnage': 'Vessel Gross Registered Tonnage',
  'vessel gross registered tonnage': 'Vessel Gross Registered Tonnage',
  title: 'Title',
  website: 'Website',
  'email address': 'Email Address',
  gender: 'Gender',
}

/** Each feature as the remarks of the delimited file would write it. */
function* featureSegments(run: AdvancedRun, profile: XmlElement): Iterable<string> {
  for (const feature of childrenOf(profile, 'Feature')) {
    const type = textOfReference(run.refs, 'FeatureType', feature.attributes.FeatureTypeID)
    if (type === undefined) {
      run.ctx.note('feature_unknown', feature.attributes.FeatureTypeID ?? '')
      continue
    }
    if (type.toLowerCase() === 'location') continue
    const word = REMARK_WORD[type.toLowerCase()] ?? type
    for (const version of childrenOf(feature, 'FeatureVersion')) {
      const text = detailOf(run.refs, version)
      yield text === '' ? word : `${word} ${text}`
    }
  }
}

/** What a version of a feature says: its details, its place, else its period. */
function detailOf(refs: References, version: XmlElement): string {
  const details: string[] = []
  for (const detail of childrenOf(version, 'VersionDetail')) {
    const reference = detail.attributes.DetailReferenceID
    const text = detail.text || textOfReference(refs, 'DetailReference', reference)
    if (text !== undefined && text !== '') details.push(text)
  }
  for (const location of childrenOf(version, 'VersionLocation')) {
    const place = refs.places.get(location.attributes.LocationID ?? '')
    if (place !== undefined && place.text !== '') details.push(place.text)
  }
  const period = child(version, 'DatePeriod')
  const date = period === undefined ? undefined : periodText(period)
  if (date !== undefined) details.push(date)
  return details.join(' ')
}

function* placesOf(run: AdvancedRun, profile: XmlElement) {
  for (const feature of childrenOf(profile, 'Feature')) {
    const type = textOfReference(run.refs, 'FeatureType', feature.attributes.FeatureTypeID)
    if (type?.toLowerCase() !== 'location') continue
    for (const version of childrenOf(feature, 'FeatureVersion')) {
      for (const location of childrenOf(version, 'VersionLocation')) {
        const place = run.refs.places.get(location.attributes.LocationID ?? '')
        if (place === undefined)
          run.ctx.note('location_missing', location.attributes.LocationID ?? '')
        else yield place
      }
    }
  }
}

function documentsOf(run: AdvancedRun, profile: XmlElement): readonly string[] {
  return childrenOf(profile, 'Identity').flatMap(
    (identity) => run.documents.get(identity.attributes.ID ?? '') ?? [],
  )
}

/** `Linked To: NAME`, as the remarks write a relation. */
function* linkItems(run: AdvancedRun, element: XmlElement, row: string): Iterable<SourceItem> {
  const from = run.profiles.get(element.attributes['From-ProfileID'] ?? '')
  const to = run.profiles.get(element.attributes['To-ProfileID'] ?? '')
  if (from === undefined || to === undefined || to.name === '' || run.inCsv.has(from.key)) return
  yield about(`${run.ctx.dataset}:${from.key}`, row)('notes', `Linked To: ${to.name}`)
}

/** The entry on the list: its programmes, and the days that only this form gives. */
function* entryItems(run: AdvancedRun, element: XmlElement, row: string): Iterable<SourceItem> {
  const profile = element.attributes.ProfileID ?? ''
  const key = run.profiles.get(profile)?.key
  if (key === undefined) {
    run.ctx.note('entry_without_party', profile)
    return
  }
  const say: Say = about(`${run.ctx.dataset}:${key}`, row)
  const programs: string[] = []
  for (const measure of childrenOf(element, 'SanctionsMeasure')) {
    const type = textOfReference(run.refs, 'SanctionsType', measure.attributes.SanctionsTypeID)
    const program = childText(measure, 'Comment')
    if (type?.toLowerCase() === 'program' && program !== undefined) programs.push(program)
  }
  if (!run.inCsv.has(key)) yield* listingItems(say, run.lists, programs)
  for (const event of childrenOf(element, 'EntryEvent')) {
    const type = textOfReference(run.refs, 'EntryEventType', event.attributes.EntryEventTypeID)
    const day = ymdOf(child(event, 'Date'))
    if (day === undefined) continue
    yield say(/remov|delist|delet/i.test(type ?? '') ? 'endDate' : 'listingDate', isoOf(day))
  }
}
