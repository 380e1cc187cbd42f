import type { View } from '../index/view.ts'
import type { Dataset } from '../model/dataset.ts'
import { foldName } from '../model/name.ts'
import type { DatasetName } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import { dayOf } from '../model/time.ts'
import { COVERAGE } from './coverage.ts'
import type { StoredFact } from './news-store.ts'
import type { NewsContradiction } from './news-types.ts'
import { governingRegisters } from './serve.ts'
import { statusOf } from './states.ts'
import type { ResolvedTimes } from './times.ts'
import type { EntityView } from './types.ts'

const IN_FORCE: ReadonlySet<string> = new Set(['authorised', 'registered', 'in_force'])
const ENDED: ReadonlySet<string> = new Set(['withdrawn', 'revoked', 'expired', 'suspended'])
/** A shorter name inside another says nothing: `SEC` stands in `Securities` too. */
const AUTHORITY_CHARS_MIN = 5

type Datasets = ReadonlyMap<DatasetName, Dataset>

/** A register that governs where an article says that a licence was given, and its version. */
export interface HeldRegister {
  readonly dataset: DatasetName
  /** The version's own day; null where it is not known. */
  readonly day: Day | null
  readonly isCurrent: boolean
}

/**
 * The registers that govern the place of a licence: of the country of the authority that the article
 * names, else of the firm's only country. Empty where neither is plain.
 */
export function registersFor(
  p: {
    readonly from: string | null
    readonly countries: readonly string[]
    readonly times: ResolvedTimes
  },
  view: View,
  datasets: Datasets,
): readonly HeldRegister[] {
  const country = p.from === null ? onlyOf(p.countries) : countryOf(p.from, datasets)
  if (country === undefined || country === 'EU') return []
  return governingRegisters(COVERAGE, datasets, country).map((name) => {
    const { state, run } = statusOf(view, name, datasets.get(name), p.times)
    const at = run?.run.publishedAt ?? null
    return { dataset: name, day: at === null ? null : dayOf(at), isCurrent: state === 'current' }
  })
}

function onlyOf(countries: readonly string[]): string | undefined {
  const [first] = countries
  return countries.length === 1 ? first : undefined
}

function countryOf(authority: string, datasets: Datasets): string | undefined {
  const found = new Set<string>()
  for (const { authority: own } of datasets.values()) {
    if (own.country !== null && isSameName(authority, own.name)) found.add(own.country)
  }
  return onlyOf([...found])
}

/** What a register says against a licence that an article tells of. */
export function registerSide(
  fact: StoredFact,
  p: {
    readonly entity: EntityView | undefined
    readonly datasets: Datasets
    readonly registers: readonly HeldRegister[]
    /** The article's day; null: it is not known whether a version came after it. */
    readonly day: Day | null
  },
): NewsContradiction[] {
  const { type, from } = fact.value
  const { entity } = p
  if (entity === undefined || (type !== 'licence_granted' && type !== 'licence_withdrawn'))
    return []
  const licences = entity.licences.filter(({ kind }) => kind !== 'warning' && kind !== 'ban')
  const side = (
    rule: string,
    there: string,
    of: { dataset: DatasetName; statement: string | null },
  ): NewsContradiction[] => [{ rule, here: type, there, entity: entity.id, article: null, ...of }]
  const [first] = licences
  if (type === 'licence_granted') {
    if (first !== undefined && licences.every(({ status }) => ENDED.has(status)))
      return side('register_withdrawn', first.status, placeOf(first))
    const silent = silentRegister(entity, p)
    return silent === undefined
      ? []
      : side('register_has_none', silent, { dataset: silent, statement: null })
  }
  const held = licences.find(
    (one) =>
      IN_FORCE.has(one.status) &&
      (from === null ||
        isSameName(from, one.regulator) ||
        isSameName(from, p.datasets.get(one.dataset)?.authority.name ?? '')),
  )
  return held === undefined ? [] : side('register_in_force', held.status, placeOf(held))
}

function placeOf(licence: EntityView['licences'][number]) {
  return { dataset: licence.dataset, statement: licence.statements[0] ?? null }
}

/**
 * The register that ought to hold the licence and does not. All that govern the place must be held
 * and current, and their versions younger than the article: an older one could not know of it.
 */
function silentRegister(
  entity: EntityView,
  p: { readonly registers: readonly HeldRegister[]; readonly day: Day | null },
): DatasetName | undefined {
  const { registers, day } = p
  if (day === null || registers.length === 0) return undefined
  const names = new Set(registers.map(({ dataset }) => dataset))
  const isComplete = registers.every((one) => one.isCurrent && one.day !== null && one.day > day)
  if (!isComplete || entity.licences.some(({ dataset }) => names.has(dataset))) return undefined
  return registers[0]?.dataset
}

function isSameName(said: string, name: string): boolean {
  const [a, b] = [foldName(said), foldName(name)]
  if (a === '' || b === '') return false
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= AUTHORITY_CHARS_MIN && ` ${long} `.includes(` ${short} `)
}
