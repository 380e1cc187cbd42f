import { isRecord } from '../../../src/source/parse/json.ts'

/** One incident as the list has it, before anything is judged. */
export interface Incident {
  readonly row: string
  /** Path of the reproduction without folder and ending: the source's own key. */
  readonly key: string
  readonly name: string
  /** `YYYY-MM`; undefined where the list tells none. */
  readonly month: string | undefined
  readonly lost: string | undefined
  readonly chains: readonly string[]
  readonly attackers: readonly string[]
  readonly attackContracts: readonly string[]
  readonly vulnerable: readonly string[]
  readonly txs: readonly string[]
  readonly refs: readonly string[]
}

/** One line of the index in the README: the day, and what went wrong. */
export interface IndexEntry {
  readonly row: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly name: string
  readonly cause: string | undefined
  readonly lost: string | undefined
  readonly links: readonly string[]
}

export function incidentOf(value: unknown, row: string): Incident | undefined {
  if (!isRecord(value)) return undefined
  const file = text(value.file)
  const name = text(value.name)
  if (name === undefined) return undefined
  const month = text(value.month)
  const isMonth = month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)
  const path = file?.replace(/^src\/test\//, '').replace(/(_exp)?\.(t\.)?sol$/i, '')
  return {
    row,
    key: path ?? [month, name].filter((part) => part).join('/'),
    name,
    month: isMonth ? month : undefined,
    lost: text(value.lost),
    chains: texts(value.chains).map((chain) => chain.toLowerCase()),
    attackers: texts(value.attackers),
    attackContracts: texts(value.attack_contracts),
    vulnerable: texts(value.vulnerable),
    txs: texts(value.txs),
    refs: texts(value.refs),
  }
}

export function indexEntryOf(value: unknown, row: string): IndexEntry | undefined {
  if (!isRecord(value)) return undefined
  const date = /^(\d{4})-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])$/.exec(text(value.date) ?? '')
  const title = text(value.title)
  if (date === null || title === undefined) return undefined
  const [name = title, ...cause] = title.split(/ [-–—] /)
  return {
    row,
    day: date.slice(1).join('-'),
    name: name.trim(),
    cause: cause.length === 0 ? undefined : cause.join(' - ').trim(),
    lost: text(value.lost),
    links: texts(value.links),
  }
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.map(text).filter((t) => t !== undefined)
}

/** Points that evidence is worth: a shared transaction or page says more than an equal name. */
const POINTS = { link: 3, name: 2, prefix: 1 } as const

/**
 * Which incident each index entry is about, if one alone fits best. A shared transaction or page
 * decides within a month of the date; an equal name, or a name that begins the other, only within
 * the same month.
 */
export function joinIndex(
  incidents: readonly Incident[],
  entries: readonly IndexEntry[],
): ReadonlyMap<IndexEntry, Incident> {
  const byLink = new Map<string, Set<Incident>>()
  const byMonth = new Map<string, Incident[]>()
  for (const incident of incidents) {
    const links = [...incident.refs, ...incident.txs].flatMap(linkKeys)
    for (const key of links) setIn(byLink, key).add(incident)
    const month = incident.month ?? ''
    byMonth.set(month, [...(byMonth.get(month) ?? []), incident])
  }
  const joined = new Map<IndexEntry, Incident>()
  for (const entry of entries) {
    const points = new Map<Incident, number>()
    const give = (incident: Incident, n: number) =>
      points.set(incident, (points.get(incident) ?? 0) + n)
    for (const key of new Set(entry.links.flatMap(linkKeys))) {
      for (const incident of byLink.get(key) ?? []) {
        if (isNear(incident.month, entry.day)) give(incident, POINTS.link)
      }
    }
    const name = nameKey(entry.name)
    for (const incident of byMonth.get(entry.day.slice(0, 7)) ?? []) {
      const other = nameKey(incident.name)
      if (other === name) give(incident, POINTS.name)
      else if (isPrefix(name, other)) give(incident, POINTS.prefix)
    }
    const best = [...points].sort((a, b) => b[1] - a[1])
    const [first, second] = best
    if (first !== undefined && first[1] > (second?.[1] ?? 0)) joined.set(entry, first[0])
  }
  return joined
}

function setIn(map: Map<string, Set<Incident>>, key: string): Set<Incident> {
  const set = map.get(key) ?? new Set<Incident>()
  map.set(key, set)
  return set
}

/** A transaction hash counts wherever it stands in a link; a page counts without its query. */
function linkKeys(link: string): string[] {
  const hashes = link.toLowerCase().match(/0x[0-9a-f]{64}/g)
  if (hashes !== null) return hashes
  const page = link.replace(/[?#].*$/, '').replace(/\/+$/, '')
  // The front page of a site is no evidence that two texts are about one thing.
  return /^https?:\/\/[^/]+\/.+/.test(page) ? [page] : []
}

/** A month apart at most: some reproductions stand in the folder of the month they were written. */
function isNear(month: string | undefined, day: string): boolean {
  if (month === undefined) return true
  const number = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  return Math.abs(number(month) - number(day)) <= 1
}

function nameKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Shorter names begin too many others. */
function isPrefix(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= 4 && long.startsWith(short)
}
