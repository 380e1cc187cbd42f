import { z } from 'zod'
import file from '../../docs/method/help.json' with { type: 'json' }
import type { HelpEntry, Verdict } from '../model/verdict.ts'

/**
 * Where a listed party appeals and where a victim reports is data: docs/method/help.json. It is read
 * once and checked here: an entry without a source or a date stops the start and not an answer.
 */
const entry = z.strictObject({
  /** As the authority calls it, in its own language. */
  title: z.string().min(1),
  authority: z.string().min(1),
  url: z.url({ protocol: /^https$/ }),
  phone: z.string().optional(),
  /** The page that says so; mostly the same. */
  source: z.url({ protocol: /^https?$/ }),
  /** Day on which the entry was written down from it. */
  date: z.iso.date(),
})
const entries = z.array(entry).min(1)

const schema = z.strictObject({
  version: z.string(),
  /** By dataset: how a listed party asks for correction; null where none is known, with the reason. */
  lists: z.record(
    z.string(),
    z.union([
      z.strictObject({ appeal: entries }),
      z.strictObject({ appeal: z.null(), reason: z.string().min(10) }),
    ]),
  ),
  /** What holds for a group of countries, after what a country has of its own. */
  groups: z.record(z.string(), z.strictObject({ countries: z.string(), report: entries })),
  /** By ISO 3166-1 alpha-2: where fraud is reported. */
  countries: z.record(z.string().regex(/^[A-Z]{2}$/), entries),
})

export type HelpRules = z.infer<typeof schema>

export function parseHelp(json: unknown): HelpRules {
  return schema.parse(json)
}

export const HELP: HelpRules = parseHelp(file)

/**
 * What to do now, for an answer with something adverse in it: for each list that says so where an
 * entry of it is contested, then where fraud is reported in the asker's country. Empty for any other
 * answer: who finds nothing adverse has nothing to contest.
 */
export function helpFor(
  verdict: Pick<Verdict, 'findings'>,
  country: string | null,
  rules: HelpRules = HELP,
): readonly HelpEntry[] {
  const adverse = verdict.findings.filter(
    ({ severity }) => severity === 'danger' || severity === 'warning',
  )
  if (adverse.length === 0) return []
  const datasets = [...new Set(adverse.map(({ dataset }) => dataset))]
  const appeals = datasets.flatMap((dataset) => appealsOf(dataset, rules))
  return [...onePerAddress(appeals), ...(country === null ? [] : reportsOf(country, rules))]
}

/** How a party on this list asks for correction; none where no way is confirmed. */
export function appealsOf(dataset: string, rules: HelpRules = HELP): readonly HelpEntry[] {
  const found = rules.lists[dataset]?.appeal ?? []
  return found.map((one) => ({ kind: 'appeal', ...plain(one), dataset, country: null }))
}

/** Where fraud is reported in a country, its own places first. */
export function reportsOf(country: string, rules: HelpRules = HELP): readonly HelpEntry[] {
  const code = country.toUpperCase()
  const own = Object.hasOwn(rules.countries, code) ? (rules.countries[code] ?? []) : []
  const shared = Object.values(rules.groups)
    .filter((group) => group.countries.split(' ').includes(code))
    .flatMap((group) => group.report)
  return reports(code, [...own, ...shared])
}

/** Every country and group of countries with places of its own, for a reader who is not known. */
export function reportPlaces(
  rules: HelpRules = HELP,
): readonly { readonly code: string; readonly entries: readonly HelpEntry[] }[] {
  const groups = Object.entries(rules.groups).map(([code, { report }]) => [code, report] as const)
  return [...Object.entries(rules.countries), ...groups]
    .map(([code, own]) => ({ code, entries: reports(code, own) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

function reports(code: string, own: HelpRules['countries'][string]): readonly HelpEntry[] {
  return own.map((one) => ({ kind: 'report', ...plain(one), dataset: null, country: code }))
}

function plain({ phone, ...rest }: HelpRules['countries'][string][number]) {
  return { ...rest, phone: phone ?? null }
}

/** Two lists of one authority are contested at one place. */
function onePerAddress(entries: readonly HelpEntry[]): readonly HelpEntry[] {
  return [...new Map(entries.map((one) => [one.url, one])).values()]
}
