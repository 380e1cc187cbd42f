import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { foldName } from '../../src/model/name.ts'
import { distort, KINDS, oneEdit, withoutForm } from './name-cases-distort.ts'
import { freshPersonOf, knownToProduct } from './name-cases-fresh.ts'
import type { AdverseEntity, ListedName, RecordedNames } from './name-cases-lists.ts'
import type { Person } from './name-cases-people.ts'
import { SCRIPTS, type Script, scriptOf } from './name-cases-script.ts'

/** What is asked and which entity must be found. */
export interface Case {
  readonly group: string
  readonly asked: string
  readonly entity: string
  /** The listed name that was distorted: whoever bears it is a right answer. */
  readonly name: string | null
}

/** Cases of one kind and script: enough to see half a point, few enough to run in minutes. */
const PER_GROUP = 600

/** Distorted names that are in the book. */
export function distortedCases(names: RecordedNames, seed: number): Case[] {
  const bySubject = subjects(names.adverse)
  return SCRIPTS.flatMap((script) =>
    KINDS.flatMap((kind) => {
      const group = `${script} · ${kind}`
      const rng = seededRng(hashOf(`${seed} ${group}`))
      const cases: Case[] = []
      for (const [name, entity] of sample(bySubject.get(script) ?? [], PER_GROUP * 4, rng)) {
        if (cases.length >= PER_GROUP) break
        const asked = distort(kind, { ...name, isPerson: entity.isPerson }, rng)
        if (asked === undefined) continue
        cases.push({ group, asked, entity: entity.id, name: name.text })
      }
      return cases
    }),
  )
}

type Subject = readonly [name: ListedName, entity: AdverseEntity]

/** Weak names are nicknames: nobody expects to find a person by half of one. */
function subjects(adverse: readonly AdverseEntity[]): Map<Script, Subject[]> {
  const found = new Map<Script, Subject[]>()
  for (const entity of adverse) {
    for (const name of entity.names) {
      if (name.prop === 'weakAlias') continue
      const list = found.get(name.script)
      if (list === undefined) found.set(name.script, [[name, entity]])
      else list.push([name, entity])
    }
  }
  return found
}

/** One random edit of an indexed name, ten letters or not: the recall that must be 0.98. */
export function oneEditCases(names: RecordedNames, seed: number, count: number): Case[] {
  const rng = seededRng(seed)
  const pool = [...subjects(names.adverse).values()].flat()
  const cases: Case[] = []
  for (const [name, entity] of sample(pool, count * 2, rng)) {
    if (cases.length >= count) break
    const asked = oneEdit({ ...name, isPerson: entity.isPerson }, rng)
    if (asked !== undefined && asked !== name.text) {
      cases.push({ group: `one edit · ${name.script}`, asked, entity: entity.id, name: name.text })
    }
  }
  return cases
}

export interface HeldOut {
  /** The lists without the names that are asked. */
  readonly adverse: readonly AdverseEntity[]
  readonly cases: readonly Case[]
  /** Aliases that share less than half their words with any other name, or nothing at all. */
  readonly less: Readonly<Record<string, number>>
  readonly nothing: Readonly<Record<string, number>>
}

/** One alias of each entity that has two names is left out of the book and then asked. */
export function heldOutCases(adverse: readonly AdverseEntity[], seed: number): HeldOut {
  const rng = seededRng(seed)
  const kept: AdverseEntity[] = []
  const cases: Case[] = []
  const less: Record<string, number> = {}
  const nothing: Record<string, number> = {}
  for (const entity of adverse) {
    const aliases = entity.names.filter((name) => name.prop === 'alias')
    const out = aliases[intBelow(rng, aliases.length)]
    // Names that differ in case or marks alone are one name: all of them go.
    const key = out === undefined ? '' : foldName(out.text)
    const rest = entity.names.filter((name) => foldName(name.text) !== key)
    if (out === undefined || rest.length === 0) {
      kept.push(entity)
      continue
    }
    kept.push({ ...entity, names: rest })
    const group = `held out · ${entity.list} ${out.script}`
    const share = Math.max(...rest.map((name) => shareOf(out.text, name.text)))
    if (share >= 0.5) cases.push({ group, asked: out.text, entity: entity.id, name: null })
    else if (share > 0) less[group] = (less[group] ?? 0) + 1
    else nothing[group] = (nothing[group] ?? 0) + 1
  }
  return { adverse: kept, cases, less, nothing }
}

/** The part of the words of `a` that `b` has too, after transliteration. */
function shareOf(a: string, b: string): number {
  const left = tokensOf(a)
  const right = tokensOf(b)
  if (left.length === 0) return 0
  const bones = scriptOf(a) === scriptOf(b) ? undefined : new Set(right.map(bonesOf))
  const known = new Set(right)
  const shared = left.filter((token) => known.has(token) || bones?.has(bonesOf(token)) === true)
  return shared.length / left.length
}

function tokensOf(text: string): string[] {
  return foldName(text)
    .split(' ')
    .filter((token) => token.length > 1)
}

/** Vowels are not written in Arabic and Hebrew, and differ between romanisations. */
function bonesOf(token: string): string {
  const bones = token
    .replace(/kh|gh|q|ch/g, 'k')
    .replace(/sh|zh/g, 's')
    .replace(/[aeiouyhw]/g, '')
  return (bones.length < 2 ? token : bones).replace(/(.)\1+/g, '$1')
}

export interface Benign {
  readonly group: string
  readonly asked: string
}

/** Names of honest firms and people; those that a list holds too are the same name, not an error. */
export function benignCases(
  names: RecordedNames,
  seed: number,
): { cases: Benign[]; namesakes: number } {
  const listed = new Set(names.adverse.flatMap((e) => e.names.map(({ text }) => keyOf(text))))
  const cases: Benign[] = []
  const plain = names.benign.filter((name) => !listed.has(keyOf(name)))
  for (const asked of plain) cases.push({ group: 'benign firms · as written', asked })
  for (const kind of KINDS) {
    if (kind === 'same') continue
    const rng = seededRng(hashOf(`${seed} benign ${kind}`))
    let count = 0
    for (const text of sample(plain, PER_GROUP * 4, rng)) {
      if (count >= PER_GROUP) break
      const asked = distort(kind, { text, script: scriptOf(text), isPerson: false }, rng)
      if (asked === undefined || listed.has(keyOf(asked))) continue
      cases.push({ group: `benign firms · ${kind}`, asked })
      count += 1
    }
  }
  const people = madeUp(seed, 2_000, listed)
  for (const { text, script } of people.made) {
    cases.push({ group: `benign people · ${script}`, asked: text })
  }
  for (const { text, script } of recombined(names.adverse, listed, seed)) {
    cases.push({ group: `recombined people · ${script}`, asked: text })
  }
  return { cases, namesakes: names.benign.length - plain.length + people.namesakes }
}

/**
 * People of nobody's making: the given name of one listed person and the family name of another.
 * No list of common names was written with them in mind, and every word of them is listed.
 */
function recombined(
  adverse: readonly AdverseEntity[],
  listed: ReadonlySet<string>,
  seed: number,
): Person[] {
  const rng = seededRng(seed + 2)
  const made = new Map<string, Person>()
  for (const script of ['latin', 'cyrillic', 'arabic'] as const) {
    const names = adverse
      .filter(({ isPerson }) => isPerson)
      .flatMap((entity) => entity.names.filter((name) => name.script === script))
      .map(({ text }) => text.split(' '))
      .filter((parts) => parts.length === 2 || parts.length === 3)
    const of = () => names[intBelow(rng, names.length)] ?? []
    for (let tries = 0, done = 0; tries < 5_000 && done < PER_GROUP; tries++) {
      const text = `${of()[0] ?? ''} ${of().at(-1) ?? ''}`
      if (text.length < 7 || made.has(text) || listed.has(keyOf(text))) continue
      made.set(text, { text, script })
      done += 1
    }
  }
  return [...made.values()]
}

/** No word of theirs is in a list of the product: a list must not be measured by itself. */
function madeUp(seed: number, count: number, listed: ReadonlySet<string>) {
  const leaked = knownToProduct()
  if (leaked.length > 0) throw new Error(`the product's lists know ${leaked.join(' ')}`)
  const rng = seededRng(seed + 1)
  const made = new Map<string, Person>()
  let namesakes = 0
  while (made.size < count) {
    const person = freshPersonOf(rng)
    if (listed.has(keyOf(person.text))) namesakes += 1
    else made.set(person.text, person)
  }
  return { made: [...made.values()], namesakes }
}

/** The same words in any order are the same name, whatever the legal form behind them. */
function keyOf(text: string): string {
  return foldName(withoutForm(text)).split(' ').sort().join(' ')
}

function sample<T>(pool: readonly T[], count: number, rng: Rng): T[] {
  if (pool.length <= count) return shuffled(pool, rng)
  const taken = new Map<number, T>()
  while (taken.size < count) {
    const at = intBelow(rng, pool.length)
    taken.set(at, pool[at] as T)
  }
  return [...taken.values()]
}

function shuffled<T>(pool: readonly T[], rng: Rng): T[] {
  const list = [...pool]
  for (let i = list.length - 1; i > 0; i--) {
    const j = intBelow(rng, i + 1)
    const kept = list[i] as T
    list[i] = list[j] as T
    list[j] = kept
  }
  return list
}

/** FNV-1a: a seed of its own for each group, so that one more group changes no other. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
