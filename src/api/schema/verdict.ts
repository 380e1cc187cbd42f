import { z } from '@hono/zod-openapi'

/** RFC 3339 in UTC. */
export const instant = z.string().openapi({ format: 'date-time', example: '2026-11-22T09:00:00Z' })
/** ISO 8601 calendar day. */
export const day = z.string().openapi({ format: 'date', example: '2025-06-20' })
export const hash = z
  .string()
  .openapi({ description: 'SHA-256 in lower-case hex.', pattern: '^[0-9a-f]{64}$' })
const entityId = z.string().openapi({ example: 'us_ofac_sdn:12345' })
const dataset = z.string().openapi({ example: 'us_ofac_sdn' })

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

const wordList = z.array(z.string())

/** How two names are alike (docs/method/names.md). */
export const nameLikeness = z
  .object({
    code: z.string(),
    params: z.object({
      pairs: z.array(z.object({ asked: z.string(), listed: z.string(), score: z.number() })),
      askedOnly: wordList,
      listedOnly: wordList,
    }),
  })
  .openapi('NameLikeness')

export const datasetState = z.enum(['current', 'stale', 'failed', 'blocked', 'never_fetched'])

const match = z.object({
  method: z.string(),
  score: z.number().min(0).max(1),
  detail: z.string().optional(),
  likeness: nameLikeness.optional(),
  qualifiers: z
    .record(z.string(), z.object({ score: z.number(), weight: z.number(), detail: z.string() }))
    .optional()
    .openapi({ description: 'What else was asked and differs, by feature.' }),
})

export const finding = z
  .object({
    kind: z.enum([
      'sanction',
      'licence',
      'warning',
      'enforcement',
      'phishing',
      'scam_report',
      'token_risk',
      'exposure',
      'impersonation',
      'label',
      'operational',
      'positive_evidence',
    ]),
    state: z.enum(['active', 'superseded', 'withdrawn', 'disputed']),
    severity: z.enum(['danger', 'warning', 'info', 'positive']),
    rule: z.string().openapi({ description: 'Stable id, documented under docs/method/.' }),
    text: z.string().openapi({ description: 'One sentence in the asked language.' }),
    dataset,
    datasetTitle: z.string(),
    authority: z.string(),
    entity: entityId.nullable(),
    caption: z.string().nullable(),
    listedAt: day.nullable().openapi({ description: 'Null where the source gives no date.' }),
    firstVersion: day
      .nullable()
      .openapi({ description: 'First list version held here that has the entry.' }),
    endedAt: day.nullable(),
    listVersion: z.string().nullable(),
    observedAt: instant.nullable().openapi({ description: 'When this instance was told.' }),
    statements: z.array(hash),
    sourceUrl: z.string().nullable(),
    match,
    details: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  })
  .openapi('Finding')

const checked = z
  .object({
    dataset,
    title: z.string(),
    version: z.string().nullable(),
    publishedAt: instant.nullable(),
    fetchedAt: instant.nullable(),
    ageSeconds: z
      .number()
      .int()
      .nullable()
      .openapi({ description: '`asOf` minus `publishedAt`; null when the list has no date.' }),
    state: datasetState,
    required: z
      .boolean()
      .openapi({ description: 'Must be current for `no_adverse_evidence` about this kind.' }),
  })
  .openapi('Checked')

export const notChecked = z
  .object({
    dataset,
    title: z.string(),
    state: z.enum(['stale', 'failed', 'blocked', 'never_fetched']),
    reason: z.string().openapi({ description: 'Stable code.' }),
    required: z.boolean(),
    version: z
      .string()
      .nullable()
      .openapi({ description: 'The last good version, which keeps speaking, marked.' }),
    publishedAt: instant.nullable(),
    ageSeconds: z.number().int().nullable(),
  })
  .openapi('NotChecked')

export const licence = z
  .object({
    regulator: z.string(),
    country: z.string().nullable(),
    kind: z.enum(['licence', 'registration', 'exemption', 'notification', 'warning', 'ban']),
    number: z.string().nullable(),
    holder: z.string(),
    lei: z.string().nullable(),
    status: z.enum([
      'authorised',
      'registered',
      'pending',
      'suspended',
      'withdrawn',
      'revoked',
      'expired',
      'unverified',
      'in_force',
      'lifted',
    ]),
    regulatorWord: z.string(),
    services: z.array(z.string()),
    countries: z.array(z.string()),
    from: day.nullable(),
    to: day.nullable(),
    dataset,
    statements: z.array(hash),
  })
  .openapi('Licence')

export const checkpointView = z
  .object({
    origin: z.string(),
    size: z.number().int().openapi({ description: 'Leaves of the Merkle tree.' }),
    root: z.string().openapi({ description: 'RFC 6962 root, base64.' }),
    note: z.string().openapi({ description: 'C2SP signed note.' }),
  })
  .openapi('Checkpoint')

export const profileLabel = z
  .enum([
    'regulated',
    'registered_only',
    'over_operation',
    'suspicious_clone',
    'suspended',
    'stopped',
    'revoked',
    'expired',
    'warned',
    'unverified',
    'no_evidence',
  ])
  .openapi('ProfileLabel')

const firedLabel = z.object({
  label: profileLabel,
  rule: z.string().openapi({ description: 'Documented in docs/method/labels.md.' }),
  statements: z.array(hash),
})

export const firmLabel = firedLabel
  .extend({
    also: z.array(firedLabel).openapi({ description: 'Others that fired; the strictest decides.' }),
  })
  .openapi('FirmLabel')

const scoreIndex = z.enum(['licence', 'regulation', 'business', 'technology', 'risk'])
const indexValue = z.number().min(0).max(10).nullable()

export const firmScore = z
  .object({
    value: indexValue.openapi({ description: 'Null below two indexes with an input.' }),
    indexes: z.object({
      licence: indexValue,
      regulation: indexValue,
      business: indexValue,
      technology: indexValue,
      risk: indexValue,
    }),
    evidence: z.number().min(0).max(1),
    inputs: z.array(
      z.object({
        index: scoreIndex,
        rule: z.string(),
        points: z.number(),
        statements: z.array(hash),
      }),
    ),
    formula: z.string().openapi({ description: 'Version; docs/method/firm-score.md.' }),
  })
  .openapi('FirmScore')

const reading = z
  .object({
    kind: queryKind,
    subject: z.string().openapi({ description: 'CAIP-10, CAIP-19, host, LEI or the name.' }),
    form: z.string(),
    chains: z.array(z.string()),
    checksum: z.enum(['ok', 'mismatch', 'none']),
  })
  .openapi('Reading')

export const entitySummary = z
  .object({
    id: entityId,
    schema: z.string(),
    caption: z.string(),
    score: z.number(),
    dataset,
    countries: z.array(z.string()),
    match: match.optional().openapi({ description: 'How its name matched.' }),
  })
  .openapi('EntitySummary')

const helpEntry = z
  .object({
    kind: z.enum(['appeal', 'report']),
    title: z.string().openapi({ description: 'As the authority calls it.' }),
    authority: z.string(),
    url: z.string(),
    phone: z.string().nullable(),
    source: z.string().openapi({ description: 'The page that says so.' }),
    date: day,
    dataset: z.string().nullable().openapi({ description: 'Of an appeal: the list.' }),
    country: z.string().nullable().openapi({ description: 'Of a report: ISO 3166-1 alpha-2.' }),
  })
  .openapi('HelpEntry')

export const verdict = z
  .object({
    query: z.string(),
    kind: queryKind,
    subjects: z.array(z.string()),
    readings: z.array(reading),
    verdict: z
      .enum(['danger', 'warning', 'no_adverse_evidence', 'unknown'])
      .openapi({ description: 'No value means "safe".' }),
    coverage: z.enum(['complete', 'partial', 'none']),
    summary: z.string().openapi({ description: 'One sentence in the asked language.' }),
    findings: z.array(finding),
    checked: z.array(checked),
    notChecked: z.array(notChecked),
    entities: z.array(entitySummary),
    firms: z.array(entitySummary).openapi({
      description: 'Of these, the firms that a register holds: all that go by one name.',
    }),
    licences: z.array(licence),
    help: z.array(helpEntry).openapi({
      description: 'Where an adverse entry is contested, and fraud reported in the asked country.',
    }),
    score: z.union([firmScore, z.null()]).openapi({ description: 'Of the first firm.' }),
    label: z.union([firmLabel, z.null()]),
    asOf: instant,
    knownAt: instant,
    ruleset: z.string(),
    checkpoint: z.union([checkpointView, z.null()]),
  })
  .openapi('Verdict')

const batchError = z
  .object({
    query: z.string(),
    verdict: z.literal('unknown'),
    error: z.object({ code: z.string(), message: z.string() }),
  })
  .openapi('BatchError')

export const batchAnswer = z
  .object({
    checked: z.array(checked),
    notChecked: z.array(notChecked),
    checkpoint: z.union([checkpointView, z.null()]),
    asOf: instant,
    knownAt: instant,
    ruleset: z.string(),
    results: z.array(
      z.union([
        verdict.omit({ checked: true, notChecked: true, checkpoint: true }).openapi('BatchVerdict'),
        batchError,
      ]),
    ),
  })
  .openapi('BatchAnswer')
