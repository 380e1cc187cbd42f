import type { View } from '../index/view.ts'
import { type Dataset, maxAgeDays } from '../model/dataset.ts'
import { parseHostQuery } from '../model/host.ts'
import type { QueryReading } from '../model/identifier.ts'
import type { OfflineAbsent, OfflineContent, OfflineList } from '../model/offline-bundle.ts'
import { instantOf } from '../model/time.ts'
import { isPlatform } from '../score/risk/platform.ts'
import { judge, RULESET } from '../score/risk/rules.ts'
import type { FindingDraft, MatchHow, RuleContext } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import { checkOne, ruleContext } from './check.ts'
import { type Asked, hitsOfKey, type TimedHit } from './hits.ts'
import { OfflineClasses } from './offline-classes.ts'
import { suffixesBelow } from './public-suffixes.ts'
import type { Session } from './session.ts'

/** After so many days a bundle is to be replaced; what it lists is still shown until it is. */
const EXPIRES_DAYS = 30
const DAY_MS = 86_400_000
/** Keys between two pauses: a stop is heard, and nothing else waits for long. */
const PAUSE_EVERY = 2_000

export interface OfflinePorts {
  /** At the time of the ledger's head: equal ledgers give equal bundles, whenever they are made. */
  readonly session: Session
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly keys: Iterable<string>
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string }
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/**
 * What the index says of every address and site, as an offline bundle holds it: judged by the rules
 * of a verdict, without what lists say whose terms let nobody hand them on. A key that only such
 * lists name is left out altogether, and the bundle names those lists.
 */
export async function offlineContent(ports: OfflinePorts): Promise<OfflineContent> {
  const { session, signal } = ports
  const classes = new OfflineClasses((dataset) => isOpen(ports, dataset))
  const entries: [string, number][] = []
  const hosts = new Set<string>()
  const counts = { addresses: 0, sites: 0 }
  let done = 0
  for (const key of ports.keys) {
    done += 1
    if (done % PAUSE_EVERY === 0) {
      ports.onProgress(done)
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
    }
    const place = await placeOf(session, key, classes)
    if (place === undefined) continue
    entries.push([key, place])
    if (key.startsWith('a:')) counts.addresses += 1
    else if (key.startsWith('h:') || key.startsWith('u:')) counts.sites += 1
    if (key.startsWith('h:') || key.startsWith('d:')) hosts.add(key.slice(2))
  }
  const { matcher } = await session.protection.of(session.view)
  const site = classes.place({ isProtected: true })
  for (const host of [...matcher.sites.keys()].sort()) entries.push([`site:${host}`, site])
  const { at, seq } = head(session.view)
  const { lists, findings, all, order } = classes.finish((dataset, count) =>
    listOf(ports, dataset, count),
  )
  return {
    origin: ports.checkpoint.origin,
    version: seq,
    checkpoint: { size: ports.checkpoint.size, root: ports.checkpoint.root },
    ruleset: RULESET,
    at,
    expires: instantOf(Date.parse(at) + EXPIRES_DAYS * DAY_MS),
    lists,
    absent: absentOf(ports, new Set(lists.map(({ dataset }) => dataset))),
    findings,
    classes: all,
    suffixes: suffixesBelow(hosts),
    ...counts,
    entries: entries.map(([key, place]) => [key, order[place] ?? place] as const),
  }
}

function head(view: View): { at: string; seq: number } {
  return { at: view.checkpoint?.at ?? instantOf(0), seq: view.seq }
}

function isOpen({ datasets }: OfflinePorts, name: string): boolean {
  return datasets.get(name)?.licence.redistribute === true
}

/** The class of one key of the index; undefined for one that says nothing offline. */
async function placeOf(
  session: Session,
  key: string,
  classes: OfflineClasses,
): Promise<number | undefined> {
  switch (key.slice(0, 2)) {
    case 'a:': {
      const exact = await draftsOf(session, { ...askedFor(key, 'exact'), kind: 'address' })
      return classes.placeOf({ exact })
    }
    case 'u:': {
      const entryHost = key.slice(2).split('/', 1)[0] ?? ''
      return classes.placeOf({
        exact: await draftsOf(session, { ...askedFor(key, 'path', entryHost), kind: 'url' }),
      })
    }
    case 'd:': {
      const host = key.slice(2)
      if (isPlatform(host)) return undefined
      const exact = await draftsOf(session, askedFor(key, 'registrable', host))
      return classes.placeOf({ exact })
    }
    case 'h:':
      return hostPlace(session, key, classes)
    case 'w:':
      return allowPlace(session, key, classes)
    default:
      return undefined
  }
}

async function hostPlace(
  session: Session,
  key: string,
  classes: OfflineClasses,
): Promise<number | undefined> {
  const host = key.slice(2)
  const query = parseHostQuery(`http://${host}`)
  // No question reaches an entry for a public suffix or one that is no host.
  if (query === undefined || query.isPublicSuffix || query.host !== host) return undefined
  const hits = await hitsOf(session, askedFor(key, 'exact', host))
  // The same statements, reached in another way.
  const by = (how: MatchHow, isProtected = false) =>
    judged(
      session,
      hits.map((hit) => ({ ...hit, how })),
      isProtected,
    )
  const exact = by('exact')
  const parent = by('parent')
  const worst = classes.worstOf(exact)
  const isCompared = worst !== undefined && worst !== 'danger' && query.registrable !== null
  // Of few hosts, and only of named ones: what an online answer adds by comparing.
  const besideOf = async (q: string) =>
    isCompared ? classes.besideOf((await checkOne(session, { q, lang: 'en' })).verdict, exact) : []
  const beside = await besideOf(host)
  if (!host.startsWith('www.')) return classes.placeOf({ exact, parent, beside })
  const www = { www: by('www'), wwwProtected: by('www', true) }
  const besideWww = await besideOf(host.slice('www.'.length))
  return classes.placeOf({ exact, parent, beside, ...www, besideWww })
}

async function allowPlace(
  session: Session,
  key: string,
  classes: OfflineClasses,
): Promise<number | undefined> {
  const host = key.slice(2).replace(/^\*\./, '')
  // `*.com` speaks for nothing that a browser could tell from the rest of the suffix.
  if (!host.includes('.')) return undefined
  const hits = await hitsOf(session, askedFor(key, 'exact', key.slice(2)))
  const lists = hits
    .filter(({ evidence }) => evidence.prop === 'allow')
    .filter(({ evidence }) => standingOf(evidence.intervals, session.times.day).state === 'active')
    .map(({ evidence }) => evidence.source.dataset)
  return classes.allowPlace(lists)
}

function askedFor(key: string, how: MatchHow, entryHost: string | null = null): Asked {
  const host = entryHost === null ? undefined : parseHostQuery(`http://${entryHost}`)
  const reading: QueryReading = {
    ...{ kind: 'domain', subject: key.slice(2), form: 'host', chains: [], checksum: 'none' },
    keys: [key],
    ...(host === undefined ? {} : { host }),
  }
  return { key, how, entryHost, kind: 'domain', reading }
}

function hitsOf({ reader, times }: Session, asked: Asked): Promise<TimedHit[]> {
  return hitsOfKey({ reader, seq: times.seq }, asked)
}

async function draftsOf(session: Session, asked: Asked): Promise<readonly FindingDraft[]> {
  return judged(session, await hitsOf(session, asked), false)
}

function judged(session: Session, hits: readonly TimedHit[], isProtectedHost: boolean) {
  if (hits.length === 0) return []
  return judge(hits, contextOf(session, isProtectedHost)).findings
}

const contexts = new WeakMap<Session, Map<boolean, RuleContext>>()

function contextOf(session: Session, isProtectedHost: boolean): RuleContext {
  let both = contexts.get(session)
  if (both === undefined) {
    both = new Map([true, false].map((on) => [on, ruleContext(session, {}, on)]))
    contexts.set(session, both)
  }
  return both.get(isProtectedHost) as RuleContext
}

function listOf({ session, datasets }: OfflinePorts, name: string, entries: number): OfflineList {
  const dataset = datasets.get(name) as Dataset
  const { run } = session.statuses.of(name)
  const { id, name: licence, url } = dataset.licence
  return {
    dataset: name,
    title: dataset.title,
    authority: dataset.authority.name,
    kind: dataset.kind,
    licence: { id, name: licence, url },
    version: run?.run.version ?? '',
    publishedAt: run?.run.publishedAt ?? null,
    maxAgeDays: maxAgeDays(dataset),
    page: dataset.page,
    entries,
  }
}

/** Lists that an online answer about an address or a site asks, and that are not in the bundle. */
function absentOf({ session, datasets }: OfflinePorts, held: ReadonlySet<string>): OfflineAbsent[] {
  const absent = new Map<string, OfflineAbsent>()
  for (const kind of ['address', 'domain'] as const) {
    const { checked, notChecked } = session.statuses.checks(kind, null)
    for (const { dataset: name } of [...checked, ...notChecked]) {
      const dataset = datasets.get(name)
      if (held.has(name) || dataset === undefined) continue
      const { state } = session.statuses.of(name)
      const isRead = session.statuses.of(name).run !== null
      // Read, free to hand on, and without an address or a site: then it is not missing.
      if (isRead && dataset.licence.redistribute) continue
      const reason = isRead || state === 'current' ? 'licence' : state
      absent.set(name, { dataset: name, title: dataset.title, reason })
    }
  }
  return [...absent.values()].sort((a, b) => (a.dataset < b.dataset ? -1 : 1))
}
