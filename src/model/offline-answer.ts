import { allowKeys, coverKeys, type HostQuery } from './host.ts'
import { type QueryReading, type RecognisePorts, recognise } from './identifier.ts'
import type { OfflineBundle, OfflineClass, OfflineFinding, OfflineList } from './offline-bundle.ts'
import type { FindingState, QueryKind, Severity } from './verdict.ts'

/** A finding with the list that says it and the entry that brought it. */
export interface OfflineSaying {
  readonly kind: OfflineFinding['kind']
  readonly rule: string
  readonly severity: Severity
  readonly state: FindingState
  readonly listedAt: string | null
  readonly list: OfflineList
  /** The entry of the list, where it is another host than the asked one. */
  readonly entry: string | null
}

/**
 * An answer without a network. There is no fourth verdict: what no list of the bundle names is
 * unknown, because a bundle never holds every list that a clean answer needs.
 */
export interface OfflineAnswer {
  readonly query: string
  readonly kind: QueryKind
  readonly subject: string
  readonly verdict: 'danger' | 'warning' | 'unknown'
  /** False: names, transactions, tokens and numbers are not in a bundle, so silence says nothing. */
  readonly isCovered: boolean
  /** The address fails its own checksum: it may be mistyped. */
  readonly isMistyped: boolean
  readonly findings: readonly OfflineSaying[]
}

const COVERED: ReadonlySet<QueryKind> = new Set(['address', 'domain', 'url'])
const STRENGTH: Readonly<Record<Severity, number>> = { danger: 0, warning: 1, positive: 2, info: 3 }

/**
 * Asks a bundle by the rules of an online answer: the same readings, the same keys, the same reach
 * of an entry over hosts below it, the same allowances. Throws what `recognise` throws, and
 * `offline.damaged`.
 */
export function askOffline(
  bundle: OfflineBundle,
  query: string,
  ports?: RecognisePorts,
): OfflineAnswer {
  const { readings } = recognise(query, ports)
  const first = readings[0] as QueryReading
  const said = readings.flatMap((reading) =>
    reading.host === undefined
      ? saidOfKeys(bundle, reading.keys)
      : saidOfHost(bundle, reading.host),
  )
  const findings = distinct(said)
  const worst = findings[0]?.severity
  return {
    query,
    kind: first.kind,
    subject: first.subject,
    verdict: worst === 'danger' || worst === 'warning' ? worst : 'unknown',
    isCovered: COVERED.has(first.kind),
    isMistyped: first.checksum === 'mismatch',
    findings,
  }
}

/** A saying with its place among the findings of the bundle. */
interface Placed {
  readonly place: number
  readonly saying: OfflineSaying
}

function saidOfKeys(bundle: OfflineBundle, keys: readonly string[]): Placed[] {
  return keys
    .filter((key) => key.startsWith('a:'))
    .flatMap((key) => sayings(bundle, bundle.find(key)?.exact ?? [], null))
}

interface Reached {
  readonly found: OfflineClass
  readonly how: 'exact' | 'parent' | 'www' | 'path' | 'registrable'
  readonly entryHost: string
}

function saidOfHost(bundle: OfflineBundle, host: HostQuery): Placed[] {
  const isProtected = upwards(host).some(
    (name) => bundle.find(`site:${name}`)?.isProtected === true,
  )
  const allows = allowKeys(host).flatMap((entryHost) => {
    const lists = bundle.find(`w:${entryHost}`)?.allowedBy ?? []
    return lists.map((list) => ({ list, reach: reachOf(entryHost) }))
  })
  return reachedBy(bundle, host).flatMap(({ found, how, entryHost }) => {
    const places = placesOf(found, how, isProtected)
    const entry = entryHost === host.host ? null : entryHost
    return sayings(bundle, places, entry).map(({ place, saying }) => {
      const finding = bundle.header.findings[place]
      const isAllowed =
        finding?.isBlock === true &&
        how !== 'path' &&
        allows.some(({ list, reach }) => list === finding.list && reach >= reachOf(entryHost))
      // The list that blocks it allows it as well: it stays in the answer and decides nothing.
      return isAllowed && saying.severity !== 'info'
        ? {
            place,
            saying: { ...saying, severity: 'info', state: 'disputed', rule: 'host.block_allowed' },
          }
        : { place, saying }
    })
  })
}

function reachedBy(bundle: OfflineBundle, host: HostQuery): Reached[] {
  const reached: Reached[] = []
  for (const { key, how, entryHost } of coverKeys(host)) {
    const found = bundle.find(`${how === 'path' ? 'u' : 'h'}:${key}`)
    if (found !== undefined) reached.push({ found, how, entryHost })
  }
  // A regulator's warning covers the whole registrable domain of the site that it names.
  for (const entryHost of upwards(host)) {
    const found = bundle.find(`d:${entryHost}`)
    if (found !== undefined) reached.push({ found, how: 'registrable', entryHost })
  }
  return reached
}

/**
 * The host and what is above it, up to its registrable domain. A browser has no whole suffix list
 * and may go one step too far, where no key of a bundle stands; below that domain none stands
 * either, so all are asked.
 */
function upwards(host: HostQuery): string[] {
  if (host.registrable === null) return []
  const names = [host.host]
  for (let name = host.host; name.length > host.registrable.length; ) {
    name = name.slice(name.indexOf('.') + 1)
    names.push(name)
  }
  return names
}

function placesOf(found: OfflineClass, how: Reached['how'], isProtected: boolean) {
  if (how === 'parent') return found.parent ?? found.exact
  if (how !== 'www') return found.exact
  const www = found.www ?? found.exact
  return isProtected ? (found.wwwProtected ?? www) : www
}

function sayings(bundle: OfflineBundle, places: readonly number[], entry: string | null): Placed[] {
  const { findings, lists } = bundle.header
  return places.map((place) => {
    // Both places were compared with the lengths when the bundle was opened.
    const { list, isBlock: _, ...said } = findings[place] as OfflineFinding
    return { place, saying: { ...said, list: lists[list] as OfflineList, entry } }
  })
}

/** Labels that an entry names; `www.` names nothing more (as in `score/risk/listed.ts`). */
function reachOf(host: string): number {
  return host
    .replace(/^\*\./, '')
    .replace(/^www\./, '')
    .split('.').length
}

/** Each saying once, the strictest first; a bundle holds its findings in that order. */
function distinct(said: readonly Placed[]): OfflineSaying[] {
  const seen = new Map<string, Placed>()
  for (const one of said) {
    const { list, rule, severity, state, listedAt } = one.saying
    const key = [list.dataset, rule, severity, state, listedAt].join(' ')
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
    .sort((a, b) => STRENGTH[a.saying.severity] - STRENGTH[b.saying.severity] || a.place - b.place)
    .map(({ saying }) => saying)
}
