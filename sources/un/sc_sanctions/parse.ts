import { canonicalJson } from '../../../src/base/encode.ts'
import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { Crawl, CrawlContext } from '../../../src/source/crawl.ts'
import type { Say } from '../../../src/source/format/say.ts'
import { about, quality } from '../../../src/source/format/say.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import { parsePartialDate } from '../../../src/source/parse/date.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { child, childrenOf, childText, xmlRecords } from '../../../src/source/parse/xml.ts'
import { aliasItems, namesWithin } from './alias.ts'
import { birthDates } from './birth.ts'

/** The Security Council's consolidated list: `INDIVIDUAL` and `ENTITY` records of one XML file. */
export const crawl: Crawl = async function* (ctx) {
  const file = ctx.file('list')
  let isList = false
  let entries = 0
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name !== 'CONSOLIDATED_LIST') return
    isList = true
    publish(ctx, attributes.dateGenerated)
  }
  for await (const record of xmlRecords(file, { records: ['INDIVIDUAL', 'ENTITY'], onOpen })) {
    if (!isList) break
    ctx.countRow()
    const row = at.chars('list', record.start, record.end)
    const key = childText(record.element, 'DATAID')
    if (key === undefined || !/^\d{1,12}$/.test(key)) {
      ctx.note('row_malformed', row)
      continue
    }
    entries += 1
    const say = about(`${ctx.dataset}:${key}`, row)
    yield* record.element.name === 'INDIVIDUAL'
      ? individualItems(ctx, record.element, say)
      : entityItems(ctx, record.element, say)
  }
  if (!isList) throw malformed(file, 'it is not the consolidated list.')
  if (entries === 0) throw new AppError('source.empty', `${file.name} holds no entry.`)
}

/** `2026-02-27T00:00:09.554Z`: the list's own moment, and the name of this version. */
function publish(ctx: CrawlContext, generated: string | undefined): void {
  const ms = Date.parse(generated ?? '')
  if (Number.isNaN(ms)) {
    ctx.note('undated', 'dateGenerated is missing or no date')
    return
  }
  const instant = new Date(ms).toISOString()
  ctx.setPublished(instant)
  ctx.setVersion(instant)
}

function* individualItems(ctx: CrawlContext, element: XmlElement, say: Say): Iterable<SourceItem> {
  yield say('schema', 'Person')
  yield* commonItems(ctx, element, say)
  yield* aliasItems(childrenOf(element, 'INDIVIDUAL_ALIAS'), say)
  const gender = childText(element, 'GENDER')
  if (gender !== undefined) yield say('gender', gender.toLowerCase(), { original: gender })
  for (const text of valuesOf(element, 'TITLE')) yield say('title', text)
  for (const text of valuesOf(element, 'DESIGNATION')) yield say('position', text)
  for (const text of valuesOf(element, 'NATIONALITY')) {
    yield* countryItems(ctx, say, 'nationality', text)
  }
  for (const birth of childrenOf(element, 'INDIVIDUAL_DATE_OF_BIRTH')) {
    yield* birthDates(ctx, birth, say)
  }
  for (const place of childrenOf(element, 'INDIVIDUAL_PLACE_OF_BIRTH')) {
    const text = placeText(place)
    if (text !== undefined) yield say('birthPlace', text)
  }
  for (const document of childrenOf(element, 'INDIVIDUAL_DOCUMENT')) {
    yield* documentItems(document, say)
  }
  for (const address of childrenOf(element, 'INDIVIDUAL_ADDRESS')) {
    yield* addressItems(ctx, address, say)
  }
}

function* entityItems(ctx: CrawlContext, element: XmlElement, say: Say): Iterable<SourceItem> {
  // The list calls firms, ministries and armed groups "entities": no company is claimed.
  yield say('schema', 'LegalEntity')
  yield* commonItems(ctx, element, say)
  yield* aliasItems(childrenOf(element, 'ENTITY_ALIAS'), say)
  for (const address of childrenOf(element, 'ENTITY_ADDRESS')) {
    yield* addressItems(ctx, address, say)
  }
}

const NAME_PARTS = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'] as const

function* commonItems(ctx: CrawlContext, element: XmlElement, say: Say): Iterable<SourceItem> {
  const parts = NAME_PARTS.map((part) => known(childText(element, part))).filter((p) => p !== '')
  const name = parts.join(' ')
  if (name === '') ctx.note('name_missing', childText(element, 'DATAID') ?? '')
  else yield say('name', name)
  yield* namesWithin(name, say)
  const script = known(childText(element, 'NAME_ORIGINAL_SCRIPT'))
  if (script !== '') yield say('alias', script)
  yield say('listing', listingOf(element))
  yield* dayItems(ctx, say, 'listingDate', childText(element, 'LISTED_ON'))
  const updated = valuesOf(element, 'LAST_DAY_UPDATED')
  if (updated.length > 0) yield say('notes', `Last updated: ${updated.join(', ')}`)
  for (const name of ['COMMENTS1', 'COMMENTS2']) {
    const text = childText(element, name)
    if (text !== undefined) yield say('notes', text)
  }
  const submitted = childText(element, 'SUBMITTED_BY')
  if (submitted !== undefined) yield say('notes', `Submitted by: ${submitted}`)
}

function listingOf(element: XmlElement): string {
  const program = childText(element, 'UN_LIST_TYPE')
  const authorityId = childText(element, 'REFERENCE_NUMBER')
  const list = valuesOf(element, 'LIST_TYPE')[0] ?? 'UN List'
  return canonicalJson({
    list,
    ...(program === undefined ? {} : { program: [program] }),
    ...(authorityId === undefined ? {} : { authorityId }),
  })
}

/** Days come with a time zone on some entries: `2015-04-07-04:00`. */
function dayItems(
  ctx: CrawlContext,
  say: Say,
  prop: string,
  text: string | undefined,
): SourceItem[] {
  if (text === undefined) return []
  const day = parsePartialDate(text)
  if (day !== undefined) return [say(prop, day, { original: text })]
  ctx.note('date_unreadable', text)
  return [quality(say, 'date_unreadable', prop, text)]
}

function countryItems(ctx: CrawlContext, say: Say, prop: string, text: string): SourceItem[] {
  const code = countryCode(text)
  if (code !== undefined) return [say(prop, code, { original: text })]
  ctx.note('country_unknown', text)
  return [quality(say, 'country_unknown', prop, text)]
}

function addressItems(ctx: CrawlContext, element: XmlElement, say: Say): SourceItem[] {
  const items: SourceItem[] = []
  const text = placeText(element)
  if (text !== undefined) items.push(say('address', text))
  const country = known(childText(element, 'COUNTRY'))
  if (country !== '') items.push(...countryItems(ctx, say, 'country', country))
  return items
}

/** The parts of a place as one text, with its note in brackets; undefined for an empty place. */
function placeText(element: XmlElement): string | undefined {
  const parts = ['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY']
    .map((part) => known(childText(element, part)))
    .filter((part) => part !== '')
  const note = known(childText(element, 'NOTE'))
  if (parts.length === 0) return note === '' ? undefined : note
  return note === '' ? parts.join(', ') : `${parts.join(', ')} (${note})`
}

/** A document with a number is an `idNumber`; what is told of one without is kept as a note. */
function documentItems(element: XmlElement, say: Say): SourceItem[] {
  const number = known(childText(element, 'NUMBER'))
  const type = [childText(element, 'TYPE_OF_DOCUMENT'), childText(element, 'TYPE_OF_DOCUMENT2')]
    .map(known)
    .filter((text) => text !== '')
    .join(', ')
  const country =
    known(childText(element, 'ISSUING_COUNTRY')) || known(childText(element, 'COUNTRY_OF_ISSUE'))
  const issued = known(childText(element, 'DATE_OF_ISSUE'))
  const note = known(childText(element, 'NOTE'))
  let text = [type, number].filter((part) => part !== '').join(' ')
  if (country !== '') text += ` (${country})`
  if (issued !== '') text += ` issued ${issued}`
  if (note !== '') text += `; ${note}`
  if (number !== '') return [say('idNumber', number, { original: text })]
  return text === type ? [] : [say('notes', text)]
}

function valuesOf(element: XmlElement, name: string): readonly string[] {
  const values = child(element, name)
  if (values === undefined) return []
  return childrenOf(values, 'VALUE')
    .map((value) => known(value.text))
    .filter((text) => text !== '')
}

/** One line without double spaces; `na` and `n/a` are this list's words for nothing. */
function known(text: string | undefined): string {
  const plain = (text ?? '').replace(/\s+/g, ' ').trim()
  return /^(?:na|n\/a|none)$/i.test(plain) ? '' : plain
}
