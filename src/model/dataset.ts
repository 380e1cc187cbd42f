import { z } from 'zod'
import type { Run } from './statement.ts'

const SECOND_MS = 1_000
const DAY_SECONDS = 86_400
/** No list here is published more often, and to ask more often is to be a burden. */
const CADENCE_SECONDS_MIN = 900

/** An ISO 8601 duration of weeks, days, hours and minutes: `P7D`, `P1W`, `PT1H`, `P1DT12H`. */
const DURATION =
  /^P(?=\d|T\d)(?:(?<w>\d{1,3})W)?(?:(?<d>\d{1,4})D)?(?:T(?=\d)(?:(?<h>\d{1,3})H)?(?:(?<m>\d{1,3})M)?)?$/

/** Seconds of a duration; undefined for a text that is none. Months and years have no length. */
export function durationSeconds(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups
  if (groups === undefined) return undefined
  const { w = '0', d = '0', h = '0', m = '0' } = groups
  return (Number(w) * 7 + Number(d)) * DAY_SECONDS + Number(h) * 3_600 + Number(m) * 60
}

/** How often a list is published, and so asked for. */
const cadence = z.string().refine((text) => (durationSeconds(text) ?? 0) >= CADENCE_SECONDS_MIN, {
  message: 'an ISO 8601 duration of a quarter of an hour or more, such as P7D or PT1H',
})

const mirrorEntry = z.strictObject({
  /** Which of the parser's inputs this is. */
  role: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** Relative path inside a mirror folder; `*` matches within one name. `.gz` is unpacked. */
  path: z.string().min(1),
  /**
   * A regular expression over the base name whose groups `y`, `m`, `d` give the version's date;
   * without `d` the first of the month counts (an age is never understated).
   */
  date: z.string().optional(),
  /** The date of the recorded file where neither its name nor its content tells. */
  publishedAt: z.iso.date().optional(),
})

const postEntry = z.strictObject({
  /** What is sent, as it is. */
  body: z.string().max(8_192),
  contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/),
  /** True: the publisher's search only reads, so one that failed may be asked again at once. */
  idempotent: z.boolean().default(false),
})

const liveEntry = z.strictObject({
  role: z.string(),
  url: z.url(),
  /** Where the list is answered to a POST request only; else it is a GET. */
  post: postEntry.optional(),
  /** `zip`: the entry whose name ends in `.entry` is taken. */
  unpack: z.enum(['none', 'zip', 'gzip']).default('none'),
  entry: z.string().optional(),
  /** One that fails makes the version incomplete (it adds and never retracts), and no failure. */
  optional: z.boolean().default(false),
})

const packageEntry = z.strictObject({
  role: z.string(),
  /** npm package and the file inside it. */
  package: z.string(),
  file: z.string(),
  /** The day that this version was published: packages carry no date inside. */
  publishedAt: z.iso.date(),
})

const assertion = z.strictObject({
  /**
   * `entities`: distinct entities · `statements` · `rows` · `prop.<name>`: entities with it ·
   * `fill.<name>`: percentage of entities with it.
   */
  metric: z.string().regex(/^(entities|statements|rows|prop\.\w+|fill\.\w+)$/),
  min: z.number().int().nonnegative().optional(),
  max: z.number().int().positive().optional(),
  reason: z.string().min(10),
})

export const datasetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/),
  title: z.string(),
  summary: z.string(),
  authority: z.strictObject({
    name: z.string(),
    /** ISO 3166-1 alpha-2, `EU`, `UN`, or null for a private publisher. */
    country: z.string().length(2).nullable(),
    url: z.url(),
    /** issuer: decides what the list says · transcription: copies an issuer's list · publisher: own opinion. */
    role: z.enum(['issuer', 'transcription', 'publisher']),
  }),
  kind: z.enum([
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
    'rates',
    'joins',
    'news',
  ]),
  licence: z.strictObject({
    /** SPDX id where there is one. */
    id: z.string(),
    name: z.string(),
    url: z.url().nullable(),
    /** May exports carry the rows without `--include-restricted`? */
    redistribute: z.boolean(),
    note: z.string().optional(),
  }),
  cadence,
  /** Days; default 3 × cadence, at least 7 (INTERFACE §3). */
  maxAgeDays: z.number().int().positive().optional(),
  /** False: an operator must name it in `custos sync` or in the configuration. */
  enabled: z.boolean().default(true),
  /**
   * False: the connector was written to the published schema and has read no real file yet. It is
   * marked so, never meets a requirement of coverage and never answers "not listed" before it has.
   */
  proven: z.boolean().default(true),
  /**
   * True: the list shows its newest entries only. A version of it adds and changes and never
   * retracts, and one that shares no entry with the version before it has left a gap.
   */
  window: z.boolean().default(false),
  /**
   * False: a register of thousands of small businesses, whose sites nobody imitates and which would
   * make look-alikes of honest ones (docs/method/hosts.md). The register's own site stays protected.
   */
  protectSites: z.boolean().default(true),
  /**
   * Roles without which a version is incomplete: it adds and changes, and never retracts.
   * `a|b`: either of them will do.
   */
  requires: z.array(z.string()).default([]),
  live: z.array(liveEntry).default([]),
  /** Why there is no live file, where there is none; shown in `custos sources`. */
  liveNote: z.string().optional(),
  mirror: z.array(mirrorEntry).default([]),
  packages: z.array(packageEntry).default([]),
  /** The authority's page for a person, shown as source link. */
  page: z.url(),
  /** How a listed person asks for correction, and where. */
  appeal: z.url().optional(),
  assertions: z.array(assertion).min(1),
})

export type Dataset = Readonly<z.infer<typeof datasetSchema>>

/** Days after which a version no longer speaks for today (INTERFACE §3 "Freshness"). */
export function maxAgeDays(dataset: Dataset): number {
  if (dataset.maxAgeDays !== undefined) return dataset.maxAgeDays
  return Math.max(7, (3 * cadenceMs(dataset)) / (DAY_SECONDS * SECOND_MS))
}

/** Milliseconds between two versions of a list, as its publisher works. */
export function cadenceMs(dataset: Pick<Dataset, 'cadence'>): number {
  return (durationSeconds(dataset.cadence) ?? DAY_SECONDS) * SECOND_MS
}

/**
 * True for a connector that has shown that it can read its list: one that was written to a recorded
 * file, or one with a committed version from the list's own live address. An uploaded or mirrored
 * file without that address proves nothing, because nobody knows who wrote it. `runs` are those of
 * the dataset that were known at the time of the answer. Until then its rows are shown, it meets no
 * requirement of coverage, and its silence is no answer.
 */
export function isProven(
  dataset: Pick<Dataset, 'proven' | 'live'> | undefined,
  runs: readonly Pick<Run, 'files' | 'statements'>[],
): boolean {
  if (dataset === undefined || dataset.proven) return true
  const addresses = new Set(dataset.live.map(({ url }) => url))
  return runs.some(
    (run) => run.statements > 0 && run.files.some(({ url }) => url !== null && addresses.has(url)),
  )
}
