import { z } from 'zod'
import file from '../../docs/method/coverage.json' with { type: 'json' }
import type { DatasetName } from '../model/statement.ts'
import type { QueryKind } from '../model/verdict.ts'

/**
 * Which datasets a kind of subject requires is data: docs/method/coverage.json. It is read once and
 * checked here, so that a slip in it stops the start and not an answer.
 */
const datasetKind = z.enum([
  'sanctions',
  'register',
  'warnings',
  'phishing',
  'labels',
  'incidents',
  'tokens',
  'chains',
  'starter',
  'actors',
])
const queryKind = z.enum([
  'address',
  'transaction',
  'domain',
  'url',
  'token',
  'licence',
  'lei',
  'name',
])
const names = z.array(z.string()).min(1)

const schema = z.strictObject({
  ruleset: z.string(),
  kinds: z.record(
    queryKind,
    z.strictObject({
      /** Kinds of datasets that are asked about such a subject. */
      consults: z.array(datasetKind),
      /** Requirements that must be met; `register` is the register of the firm's country. */
      requires: names,
      /** Ownership by listed persons matters here, and is not checked (VOCABULARY §13). */
      ownership: z.boolean().optional(),
    }),
  ),
  /** Kinds of datasets that can say something adverse: one that was never read is a gap. */
  adverse: z.array(datasetKind),
  requirements: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      group: z.string().optional(),
      anyOf: names,
      /** How many of them must be current; one where nothing is said. */
      atLeast: z.number().int().positive().default(1),
      /** Where a kind of subject needs a dataset that names parties, not only addresses. */
      byKind: z.partialRecord(queryKind, names).optional(),
    }),
  ),
  registers: z.strictObject({
    groups: z.record(z.string(), z.string()),
    of: z.record(z.string(), names),
    /** Registers that govern a part of a country only: none of them is the country's register. */
    parts: z.record(z.string(), names).default({}),
    /** What a governing register gives, and in which part of its country (ISO 3166-2). */
    facts: z
      .record(
        z.string(),
        z.strictObject({
          subdivision: z.string().optional(),
          permissions: z.array(z.enum(['licence', 'registration', 'exemption'])).min(1),
        }),
      )
      .default({}),
  }),
  /** By country: lists in which its own authorities warn. */
  warnings: z.record(z.string(), names).default({}),
  /** The regime that a register belongs to, as sentences name it. */
  regimes: z.record(z.string(), z.string()),
  authorities: z.array(z.strictObject({ id: z.string(), words: names, datasets: names })),
  /** Titles of datasets that have no connector yet. */
  titles: z.record(z.string(), z.string()),
})

export type CoverageRules = z.infer<typeof schema>

export interface Requirement {
  readonly id: string
  readonly title: string
  readonly group: string | null
  readonly anyOf: readonly DatasetName[]
  readonly atLeast: number
}

export function parseCoverage(json: unknown): CoverageRules {
  const rules = schema.parse(json)
  for (const [kind, { requires }] of Object.entries(rules.kinds)) {
    for (const id of requires) {
      if (id !== 'register' && rules.requirements[id] === undefined) {
        throw new Error(`coverage.json: ${kind} requires ${id}, which is not defined`)
      }
    }
  }
  return rules
}

export const COVERAGE: CoverageRules = parseCoverage(file)

/** What must be read for this kind of subject; `country` is the firm's, where it is known. */
export function requirementsOf(
  rules: CoverageRules,
  kind: QueryKind,
  country: string | null,
): readonly Requirement[] {
  return rules.kinds[kind].requires.map((id) => {
    if (id === 'register') return registerRequirement(rules, country)
    const found = rules.requirements[id]
    if (found === undefined) throw new Error(`requirement ${id} is not defined`)
    const { title, group, anyOf, atLeast, byKind } = found
    return { id, title, group: group ?? null, anyOf: byKind?.[kind] ?? anyOf, atLeast }
  })
}

/** The registers that govern a country; none for a country whose register has no connector. */
function registerRequirement(rules: CoverageRules, country: string | null): Requirement {
  const datasets = country === null ? [] : registersOf(rules, country)
  const title = country === null ? 'Register of the home country' : `Register of ${country}`
  return { id: 'register', title, group: 'register', anyOf: datasets, atLeast: 1 }
}

export function registersOf(rules: CoverageRules, country: string): readonly DatasetName[] {
  const own = rules.registers.of[country] ?? []
  const group = Object.entries(rules.registers.groups).find(([, members]) =>
    members.split(' ').includes(country),
  )
  return [...own, ...(group === undefined ? [] : (rules.registers.of[group[0]] ?? []))]
}

/** Registers of parts of a country: they speak of that part, and never meet its requirement. */
export function partRegistersOf(rules: CoverageRules, country: string): readonly DatasetName[] {
  return rules.registers.parts[country] ?? []
}

/** Lists in which the authorities of a country warn. */
export function warningListsOf(rules: CoverageRules, country: string): readonly DatasetName[] {
  return rules.warnings[country] ?? []
}
