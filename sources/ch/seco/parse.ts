import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { Party } from '../../../src/source/format/party.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { child, childrenOf, childText, xmlRecords } from '../../../src/source/parse/xml.ts'
import type { Places } from './identity.ts'
import { identity } from './identity.ts'
import { names } from './name.ts'

/** Programme by the id of each of its sets, in English. */
type Programs = ReadonlyMap<string, string>

interface Book {
  readonly programs: Programs
  readonly places: Places
}

/**
 * The whole list of SESAM. Element names are those of the schema that SECO publishes beside it
 * ("SESAM: XML schema of the whole list", page of the sanctions). A target refers to programmes and
 * places by number, so these are read first.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('list')
  const book = await readBook(ctx)
  let targets = 0
  for await (const { element, start, end } of xmlRecords(file, { records: ['target'] })) {
    ctx.countRow()
    const key = (element.attributes.ssid ?? '').trim()
    if (key === '') {
      ctx.note('record_without_id', `${start}`)
      continue
    }
    targets += 1
    const party = new Party(ctx, key, at.chars('list', start, end))
    if (read(ctx, party, element, book)) yield* party.drain()
  }
  if (targets === 0) throw new AppError('source.empty', `${file.name} holds no target.`)
}

async function readBook(ctx: CrawlContext): Promise<Book> {
  const file = ctx.file('list')
  const programs = new Map<string, string>()
  const places = new Map<string, XmlElement>()
  let type: string | undefined
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name !== 'swiss-sanctions-list') return
    type = attributes['list-type']
    if (isDay(attributes.date ?? '')) ctx.setPublished(`${attributes.date}T00:00:00Z`)
  }
  const wanted = { records: ['sanctions-program', 'place', 'target'], onOpen }
  for await (const { element } of xmlRecords(file, wanted)) {
    if (element.name === 'place') places.set(element.attributes.ssid ?? '', element)
    if (element.name !== 'sanctions-program') continue
    const name = programName(element)
    for (const set of childrenOf(element, 'sanctions-set')) {
      programs.set(set.attributes.ssid ?? '', name)
    }
  }
  // A list of what changed would withdraw everything that did not.
  if (type !== undefined && type !== 'whole-list') {
    throw malformed(file, `this is the ${type} and not the whole list.`)
  }
  return { programs, places }
}

function programName(element: XmlElement): string {
  for (const member of ['program-name', 'program-key']) {
    const texts = childrenOf(element, member)
    const english = texts.find(({ attributes }) => attributes.lang === 'eng') ?? texts[0]
    if (english !== undefined && english.text !== '') return english.text.replace(/\s+/g, ' ')
  }
  return element.attributes.ssid ?? ''
}

const KINDS = [
  ['individual', 'Person'],
  // "Entity" is the list's word for firms, ministries and armed groups alike.
  ['entity', 'LegalEntity'],
  ['object', 'Vessel'],
] as const

/** False for a target of which nothing can be said: no kind, or delisted without a day. */
function read(ctx: CrawlContext, party: Party, target: XmlElement, book: Book): boolean {
  const kind = KINDS.find(([name]) => child(target, name) !== undefined)
  const node = kind === undefined ? undefined : child(target, kind[0])
  if (kind === undefined || node === undefined) {
    ctx.note('target_without_kind', target.attributes.ssid ?? '')
    return false
  }
  if (!interval(ctx, party, target)) return false
  const isVessel = kind[0] === 'object' && node.attributes['object-type'] !== 'aircraft'
  party.add('schema', kind[0] === 'object' && !isVessel ? 'Airplane' : kind[1])
  party.add('gender', node.attributes.sex)
  for (const [i, element] of identities(node).entries()) {
    names(party, element, i === 0)
    identity(party, element, book.places)
  }
  listing(party, target, book.programs)
  for (const { text } of childrenOf(node, 'justification')) party.notes(text)
  for (const { text } of childrenOf(node, 'other-information')) otherInformation(party, text)
  return true
}

/** The main identity first: its first name is the caption. */
function identities(node: XmlElement): readonly XmlElement[] {
  const all = childrenOf(node, 'identity')
  const isMain = (element: XmlElement) => element.attributes.main === 'true'
  return [...all.filter(isMain), ...all.filter((element) => !isMain(element))]
}

interface Change {
  readonly type: string
  readonly day: string
}

function changesOf(target: XmlElement): readonly Change[] {
  return childrenOf(target, 'modification').map(({ attributes: a }) => ({
    type: a['modification-type'] ?? '',
    day: a['effective-date'] ?? a['enactment-date'] ?? a['publication-date'] ?? '',
  }))
}

/**
 * A target whose newest change is a delisting stays in the file: it is history from its first
 * listing to that day. Of changes with one day the first in the file is the newest.
 */
function interval(ctx: CrawlContext, party: Party, target: XmlElement): boolean {
  const changes = changesOf(target)
  const newest = changes.reduce<Change | undefined>(
    (best, change) => (best === undefined || change.day > best.day ? change : best),
    undefined,
  )
  if (newest?.type !== 'de-listed') return true
  const listed = changes.filter(({ type, day }) => type !== 'de-listed' && isDay(day))
  const from = listed.map(({ day }) => day).sort()[0]
  if (from === undefined || !isDay(newest.day) || from >= newest.day) {
    ctx.note('delisted_undated', target.attributes.ssid ?? '')
    return false
  }
  party.ended(from, newest.day)
  return true
}

function listing(party: Party, target: XmlElement, programs: Programs): void {
  const sets = childrenOf(target, 'sanctions-set-id').map(({ text }) => text)
  const ids = [...sets, target.attributes['sanctions-set-id'] ?? '']
  const program = [...new Set(ids.map((id) => programs.get(id)))]
    .filter((name) => name !== undefined)
    .sort()
  party.json('listing', {
    list: 'SECO',
    program: program.length === 0 ? undefined : program,
    authorityId: target.attributes.ssid ?? null,
  })
  party.notes(childText(target, 'foreign-identifier'), 'Foreign identifier')
  for (const { attributes: a } of childrenOf(target, 'modification')) {
    if (a['modification-type'] !== 'listed') continue
    party.day('listingDate', a['publication-date'] ?? a['effective-date'], ['iso'])
    party.day('startDate', a['effective-date'], ['iso'])
  }
}

/** Labels of the free text that stand for a property of their own. */
const LABELS: readonly (readonly [RegExp, (party: Party, value: string) => void])[] = [
  [/^website\s*:/i, (party, value) => party.websites(value)],
  [/^e-?mail(?: address)?\s*:/i, (party, value) => party.add('email', value)],
  [/^tel(?:\.|ephone)?(?: number)?\s*:/i, (party, value) => party.add('phone', value)],
  [/^imo(?: number)?\s*:/i, (party, value) => party.add('imoNumber', value.replace(/\D/g, ''))],
  [/^(?:state |business )?registration number\s*:/i, registration],
  [/^tax(?:payer)? (?:identification|registration) number\s*:/i, taxNumber],
  [/^swift(?:\/bic)?(?: codes?)?\s*:/i, swift],
]

function registration(party: Party, value: string): void {
  party.add('registrationNumber', value)
}

function taxNumber(party: Party, value: string): void {
  party.add('taxNumber', value)
}

function swift(party: Party, value: string): void {
  for (const code of value.match(/\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g) ?? []) {
    party.add('swiftBic', code, { original: value })
  }
}

function otherInformation(party: Party, text: string): void {
  for (const [label, say] of LABELS) {
    const match = label.exec(text)
    const value = match === null ? '' : text.slice(match[0].length).trim().replace(/\.$/, '')
    if (value !== '' && value.length < 500) {
      say(party, value)
      return
    }
  }
  party.notes(text)
}
