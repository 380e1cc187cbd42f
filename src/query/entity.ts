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
import { statementViews } from './provenance.ts'
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

/** One entity with every statement behind it; undefined when no statement ever named it. */
export async function entityView(
  session: Session,
  ledger: LedgerReader,
  id: EntityId,
): Promise<EntityView | undefined> {
  const { times, view, statuses } = session
  const entity = await session.reader.entity(id, times.seq)
  const source = entity?.evidence[0]?.source
  if (entity === undefined || source === undefined) return undefined
  const begun = entity.evidence.filter(
    (item) => standingOf(item.intervals, times.day).state !== 'future',
  )
  const statements = await statementViews(begun.length > 0 ? begun : entity.evidence, {
    ledger,
    view,
    day: times.day,
  })
  const held = begun.filter((item) => standingOf(item.intervals, times.day).state === 'active')
  const shown = held.length > 0 ? held : begun
  return {
    id,
    dataset: source.dataset,
    datasetTitle: source.title,
    schema: entity.schema,
    caption: entity.caption,
    isLive: held.length > 0,
    aliases: valuesOf(shown, NAMES).filter((name) => name !== entity.caption),
    countries: entity.countries,
    websites: valuesOf(shown, new Set(['website'])),
    identifiers: shown
      .filter((item) => IDENTIFIERS.has(item.prop))
      .map(({ prop, value }) => ({ prop, value })),
    wallets: walletsOf(shown),
    licences: licencesOf(entity, { day: times.day }),
    listedAt: listingDates(entity).from,
    statements,
    asOf: times.asOf,
    knownAt: times.knownAt,
    notChecked: statuses.notChecked([source.dataset]),
  }
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
  const entity = await reader.entity(id, times.seq)
  if (entity === undefined) return undefined
  const found = new Map<string, AdjacentEntity>()
  for (const { key, via, value } of sharedKeys(entity)) {
    const sids = await index.sidsOf(key, ADJACENT_MAX)
    for (const item of await reader.bySid(sids, times.seq)) {
      if (item.entity === id || found.has(item.entity)) continue
      const other = await reader.entity(item.entity, times.seq)
      if (other === undefined) continue
      const { caption, schema } = other
      const dataset = item.source.dataset
      found.set(item.entity, { id: item.entity, caption, schema, dataset, via, value })
      if (found.size >= ADJACENT_MAX) return [...found.values()]
    }
  }
  return [...found.values()]
}

function sharedKeys(entity: TimedEntity): { key: string; via: string; value: string }[] {
  const keys = new Map<string, { key: string; via: string; value: string }>()
  for (const { prop, value, json } of entity.evidence) {
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
