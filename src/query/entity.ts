import type { IndexReader } from '../index/port.ts'
import type { LedgerReader } from '../ledger/read.ts'
import { parseHostQuery } from '../model/host.ts'
import { keysOfStatement } from '../model/key.ts'
import type { EntityId } from '../model/statement.ts'
import { isPlatform } from '../score/risk/platform.ts'
import { licencesOf } from '../score/risk/rules.ts'
import { listingDates } from '../score/risk/sanction.ts'
import type { Evidence } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { TimedEntity } from './evidence.ts'
import { membersOf } from './firm-facts.ts'
import { statementViews } from './provenance.ts'
import type { FirmMember } from './registry-types.ts'
import { topicsOf } from './search.ts'
import type { Session } from './session.ts'
import type { AdjacentEntity, EntityView } from './types.ts'

const IDENTIFIERS: ReadonlySet<string> = new Set([
  'leiCode',
  'registrationNumber',
  'idNumber',
  'taxNumber',
  'imoNumber',
  'swiftBic',
])
const NAMES: ReadonlySet<string> = new Set(['name', 'alias', 'weakAlias', 'previousName'])

/**
 * One entity with every statement behind it; undefined when no statement ever named it. Records
 * that were judged to be one firm are one entity, under the id that the firm goes by: what each
 * source says stays as it says it, conflicts included.
 */
export async function entityView(
  session: Session,
  ledger: LedgerReader,
  asked: EntityId,
): Promise<EntityView | undefined> {
  const { times, view, statuses } = session
  const { members, joins } = await membersOf(session, asked)
  const entity = members[0]
  const source = entity?.evidence[0]?.source
  if (entity === undefined || source === undefined) return undefined
  const evidence = members.flatMap((member) => member.evidence)
  const begun = evidence.filter((item) => standingOf(item.intervals, times.day).state !== 'future')
  const statements = await statementViews(begun.length > 0 ? begun : evidence, {
    ledger,
    view,
    day: times.day,
  })
  const held = begun.filter((item) => isHeld(item, times.day))
  const shown = held.length > 0 ? held : begun
  return {
    id: entity.id,
    dataset: source.dataset,
    datasetTitle: source.title,
    schema: entity.schema,
    caption: entity.caption,
    isLive: held.length > 0,
    aliases: valuesOf(shown, NAMES).filter((name) => name !== entity.caption),
    countries: [...new Set(members.flatMap(({ countries }) => countries))],
    websites: valuesOf(shown, new Set(['website'])),
    identifiers: identifiersOf(shown),
    wallets: walletsOf(shown),
    licences: members.flatMap((member) => licencesOf(member, { day: times.day })),
    listedAt:
      members.map((member) => listingDates(member).from).find((day) => day !== null) ?? null,
    members: members.map((member) => memberOf(member, times.day)),
    joins,
    notes: notesOf(shown),
    statements,
    asOf: times.asOf,
    knownAt: times.knownAt,
    notChecked: statuses.notChecked(
      members.map((member) => member.evidence[0]?.source.dataset ?? source.dataset),
    ),
  }
}

function isHeld(item: Evidence, day: string): boolean {
  return standingOf(item.intervals, day).state === 'active'
}

function memberOf({ id, schema, caption, evidence }: TimedEntity, day: string): FirmMember {
  const source = evidence[0]?.source
  return {
    id,
    dataset: source?.dataset ?? '',
    datasetTitle: source?.title ?? '',
    schema,
    caption,
    isLive: evidence.some((item) => isHeld(item, day)),
  }
}

function identifiersOf(evidence: readonly Evidence[]): EntityView['identifiers'] {
  const found = new Map<string, { prop: string; value: string }>()
  for (const { prop, value } of evidence) {
    if (IDENTIFIERS.has(prop)) found.set(`${prop} ${value}`, { prop, value })
  }
  return [...found.values()]
}

/** What is wrong with a row, as its parser said: a defect is shown and never repaired in silence. */
function notesOf(evidence: readonly Evidence[]): EntityView['notes'] {
  return evidence
    .filter(({ prop, json }) => prop === 'quality' && typeof json.code === 'string')
    .map(({ id, entity, source, json }) => ({
      code: String(json.code),
      field: typeof json.field === 'string' ? json.field : null,
      original: typeof json.original === 'string' ? json.original : null,
      entity,
      dataset: source.dataset,
      statement: id,
    }))
}

function valuesOf(evidence: readonly Evidence[], props: ReadonlySet<string>): string[] {
  return [...new Set(evidence.filter((e) => props.has(e.prop)).map((e) => e.value))]
}

function walletsOf(evidence: readonly Evidence[]): EntityView['wallets'] {
  const wallets = new Map<string, EntityView['wallets'][number]>()
  for (const { json } of evidence) {
    const address = json.address ?? json.mint
    if (typeof address !== 'string') continue
    const currency = json.currency ?? json.symbol
    wallets.set(address, {
      address,
      currency: typeof currency === 'string' ? currency : null,
      query: address,
    })
  }
  return [...wallets.values()]
}

/** Entities that one key may bring beside another: an exchange's address has hundreds of tags. */
const ADJACENT_MAX = 100
/** Keys of one entity that are followed. */
const KEYS_MAX = 200

/** Entities that share a site, a wallet, an LEI or a number with this one. */
export async function adjacentTo(
  session: Session,
  index: IndexReader,
  id: EntityId,
): Promise<readonly AdjacentEntity[] | undefined> {
  const { reader, times } = session
  const { members } = await membersOf(session, id)
  if (members.length === 0) return undefined
  const own = new Set(members.map((member) => member.id))
  const found = new Map<string, AdjacentEntity>()
  for (const { key, via, value } of sharedKeys(members.flatMap(({ evidence }) => evidence))) {
    const sids = await index.sidsOf(key, ADJACENT_MAX)
    for (const item of await reader.bySid(sids, times.seq)) {
      if (own.has(item.entity) || found.has(item.entity)) continue
      const other = await reader.entity(item.entity, times.seq)
      if (other === undefined) continue
      const { caption, schema } = other
      const dataset = item.source.dataset
      const topics = [...topicsOf(other.evidence, times.day)]
      found.set(item.entity, { id: item.entity, caption, schema, dataset, topics, via, value })
      if (found.size >= ADJACENT_MAX) return [...found.values()]
    }
  }
  return [...found.values()]
}

function sharedKeys(evidence: readonly Evidence[]): { key: string; via: string; value: string }[] {
  const keys = new Map<string, { key: string; via: string; value: string }>()
  for (const { prop, value, json } of evidence) {
    for (const key of keysOfStatement({ prop, value }, json)) {
      // A symbol, a brand to protect and an allowance join nothing.
      if (/^[spw]:/.test(key) || (prop === 'website' && isOnPlatform(value))) continue
      const said = typeof json.address === 'string' ? json.address : value
      const shown = prop === 'licence' ? key.slice(2) : said
      if (!keys.has(key)) keys.set(key, { key, via: viaOf(key, prop), value: shown })
      if (keys.size >= KEYS_MAX) return [...keys.values()]
    }
  }
  return [...keys.values()]
}

function viaOf(key: string, prop: string): string {
  if (key.startsWith('a:')) return 'wallet'
  if (key.startsWith('h:') || key.startsWith('u:')) return 'website'
  if (key.startsWith('t:')) return 'transaction'
  return prop === 'licence' ? 'registrationNumber' : prop
}

function isOnPlatform(website: string): boolean {
  return isPlatform(parseHostQuery(website)?.registrable ?? null)
}
