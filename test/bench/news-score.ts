import type { NewsFact, NewsPerson, ReadFacts } from '../../src/model/news.ts'

/** A fact of the gold: what is named must be so; a list names the values that are right alike. */
export type GoldFact = Readonly<Record<string, unknown>> & { readonly type: string }

export interface GoldPerson {
  readonly name: string
  readonly role?: string
  readonly organisation?: string | readonly string[]
  readonly from?: number
  readonly to?: number
}

export interface Gold {
  readonly facts: readonly GoldFact[]
  readonly acceptable?: readonly GoldFact[]
  readonly forbidden?: readonly (GoldFact | string)[]
  readonly people?: readonly GoldPerson[]
  readonly organisations?: readonly string[]
}

export interface Score {
  readonly expected: number
  readonly found: number
  readonly right: number
  readonly produced: number
  readonly missed: readonly GoldFact[]
  readonly wrong: readonly NewsFact[]
  readonly forbidden: readonly NewsFact[]
}

const fold = (text: unknown) =>
  String(text)
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/\.$/, '')
    .trim()

function isWhat(said: unknown, got: string | null): boolean {
  if (got === null) return false
  const words = (text: string) => new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])
  const a = words(String(said))
  const b = words(got)
  const shared = [...a].filter((word) => b.has(word)).length
  return shared / Math.max(1, Math.min(a.size, b.size)) >= 0.5
}

function isOne(key: string, said: unknown, fact: NewsFact): boolean {
  if (/^(?:start|end|line|type|inferred)$/.test(key)) return true
  const got = fact[key as keyof NewsFact]
  if (key === 'with') {
    const names = (got as readonly string[]).map(fold)
    return (said as readonly string[]).every((name) => names.includes(fold(name)))
  }
  if (Array.isArray(said)) return said.some((one) => isOne(key, one, fact))
  if (key === 'what') return isWhat(said, fact.what)
  if (said === null || got === null) return said === got
  return fold(said) === fold(got)
}

export function fits(gold: GoldFact, fact: NewsFact): boolean {
  if (gold.type !== fact.type) return false
  return Object.entries(gold).every(([key, said]) => isOne(key, said, fact))
}

export function scoreFacts(gold: Gold, read: ReadFacts): Score {
  const free = new Set(read.facts)
  const missed: GoldFact[] = []
  let found = 0
  for (const one of gold.facts) {
    const hit = [...free].find((fact) => fits(one, fact))
    if (hit === undefined) missed.push(one)
    else {
      free.delete(hit)
      found += 1
    }
  }
  const allowed = [...gold.facts, ...(gold.acceptable ?? [])]
  const wrong = [...free].filter((fact) => !allowed.some((one) => fits(one, fact)))
  const named = (gold.forbidden ?? []).filter((one) => typeof one !== 'string')
  const forbidden = [...free].filter(
    (fact) => named.some((one) => fits(one as GoldFact, fact)) && wrong.includes(fact),
  )
  return {
    expected: gold.facts.length,
    found,
    right: read.facts.length - wrong.length,
    produced: read.facts.length,
    missed,
    wrong,
    forbidden,
  }
}

export function missedPeople(gold: Gold, people: readonly NewsPerson[]): GoldPerson[] {
  return (gold.people ?? []).filter(
    (one) =>
      !people.some((got) => {
        const firms = one.organisation === undefined ? [] : [one.organisation].flat()
        return (
          fold(got.name) === fold(one.name) &&
          (one.role === undefined || fold(got.role ?? '').includes(fold(one.role))) &&
          (firms.length === 0 ||
            firms.some((firm) => fold(firm) === fold(got.organisation ?? ''))) &&
          (one.from === undefined || one.from === got.from) &&
          (one.to === undefined || one.to === got.to)
        )
      }),
  )
}

export function missedOrganisations(gold: Gold, names: readonly string[]): string[] {
  const got = names.map(fold)
  return (gold.organisations ?? []).filter((name) => !got.includes(fold(name)))
}
