import { z } from 'zod'

/** `P7D` → days. Only whole days: no list here is published on another rhythm. */
const cadence = z.string().regex(/^P\d{1,4}D$/)

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

const liveEntry = z.strictObject({
  role: z.string(),
  url: z.url(),
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

export function maxAgeDays(dataset: Dataset): number {
  if (dataset.maxAgeDays !== undefined) return dataset.maxAgeDays
  return Math.max(7, 3 * Number(dataset.cadence.slice(1, -1)))
}
