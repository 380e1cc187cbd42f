import { z } from '@hono/zod-openapi'
import { joinRow, memberRow } from './join.ts'
import {
  checkpointView,
  datasetState,
  day,
  hash,
  instant,
  licence,
  nameLikeness,
  notChecked,
} from './verdict.ts'

const nextCursor = z
  .string()
  .nullable()
  .openapi({ description: 'Ask again with `cursor` = this; null at the end.' })

const explanation = z.object({
  score: z.number(),
  weight: z.number(),
  detail: z.string(),
  code: z.string().optional().openapi({ description: 'What `detail` says, for machines.' }),
  params: nameLikeness.shape.params.optional(),
})

const searchHit = z
  .object({
    id: z.string(),
    schema: z.string(),
    caption: z.string(),
    dataset: z.string(),
    datasetTitle: z.string(),
    countries: z.array(z.string()),
    score: z.number(),
    explanations: z.record(z.string(), explanation),
    topics: z.array(z.string()).openapi({ description: 'FollowTheMoney topics in force.' }),
  })
  .openapi('SearchHit')

const suggestion = searchHit
  .extend({ completion: z.string().openapi({ description: 'What the box would hold.' }) })
  .openapi('Suggestion')

const facet = z.array(
  z.object({ value: z.string(), count: z.number().int(), title: z.string().optional() }),
)

export const searchAnswer = z
  .object({
    results: z.array(searchHit),
    facets: z.object({ schema: facet, country: facet, dataset: facet, topic: facet }),
    nextCursor,
    asOf: instant,
    notChecked: z.array(notChecked),
  })
  .openapi('SearchAnswer')

export const suggestAnswer = z
  .object({ results: z.array(suggestion), asOf: instant })
  .openapi('SuggestAnswer')

const statementView = z
  .object({
    id: hash,
    dataset: z.string(),
    entity: z.string(),
    prop: z.string(),
    value: z.string(),
    original: z.string().nullable(),
    lang: z.string().nullable(),
    run: z.string(),
    version: z.string(),
    publishedAt: instant.nullable(),
    observedAt: instant,
    row: z.string().openapi({ description: 'Where the file says it.' }),
    sourceUrl: z.string().nullable(),
    from: day.nullable(),
    to: day.nullable(),
    isLive: z.boolean(),
  })
  .openapi('Statement')

export const entityView = z
  .object({
    id: z.string(),
    dataset: z.string(),
    datasetTitle: z.string(),
    schema: z.string(),
    caption: z.string(),
    isLive: z.boolean().openapi({ description: 'False: no version on `asOf` held it.' }),
    aliases: z.array(z.string()),
    countries: z.array(z.string()),
    websites: z.array(z.string()),
    identifiers: z.array(z.object({ prop: z.string(), value: z.string() })),
    wallets: z.array(
      z.object({ address: z.string(), currency: z.string().nullable(), query: z.string() }),
    ),
    licences: z.array(licence),
    listedAt: day.nullable(),
    members: z.array(memberRow).openapi({
      description: 'The records that are this firm, the one that it goes by first.',
    }),
    joins: z.array(joinRow),
    notes: z.array(
      z.object({
        code: z.string(),
        field: z.string().nullable(),
        original: z.string().nullable(),
        entity: z.string(),
        dataset: z.string(),
        statement: z.string(),
      }),
    ),
    statements: z.array(statementView),
    asOf: instant,
    knownAt: instant,
    notChecked: z.array(notChecked),
  })
  .openapi('Entity')

export const statementsAnswer = z
  .object({
    entity: z.string(),
    statements: z.array(statementView),
    nextCursor,
    asOf: instant,
    knownAt: instant,
    notChecked: z.array(notChecked),
  })
  .openapi('StatementsAnswer')

const timelineEvent = z
  .object({
    day,
    observedAt: instant.nullable(),
    kind: z.enum(['listed', 'delisted', 'changed', 'source_date']),
    prop: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    dataset: z.string(),
    version: z.string().nullable(),
    statements: z.array(hash),
  })
  .openapi('TimelineEvent')

export const timelineAnswer = z
  .object({
    entity: z.string(),
    events: z.array(timelineEvent),
    nextCursor,
    asOf: instant,
  })
  .openapi('TimelineAnswer')

const adjacentEntity = z
  .object({
    id: z.string(),
    caption: z.string(),
    schema: z.string(),
    dataset: z.string(),
    topics: z.array(z.string()),
    via: z.string().openapi({ description: 'The key that both share.' }),
    value: z.string(),
  })
  .openapi('AdjacentEntity')

export const adjacentAnswer = z
  .object({
    entity: z.string(),
    entities: z.array(adjacentEntity),
    nextCursor,
    asOf: instant,
  })
  .openapi('AdjacentAnswer')

export const rowAnswer = z
  .object({
    statement: hash,
    file: z.object({
      role: z.string(),
      name: z.string(),
      url: z.string().nullable(),
      sha256: hash,
      bytes: z.number().int(),
      lastModified: instant.nullable(),
      etag: z.string().nullable(),
    }),
    row: z.string(),
    text: z.string().nullable().openapi({ description: 'The row as the source wrote it.' }),
  })
  .openapi('Row')

const sourceRow = z
  .object({
    dataset: z.string(),
    title: z.string(),
    summary: z.string(),
    authority: z.object({
      name: z.string(),
      country: z.string().nullable(),
      url: z.string(),
      role: z.enum(['issuer', 'transcription', 'publisher']),
    }),
    kind: z.string(),
    licence: z.object({
      id: z.string(),
      name: z.string(),
      url: z.string().nullable(),
      redistribute: z.boolean(),
      note: z.string().optional(),
    }),
    cadence: z.string(),
    page: z.string(),
    isEnabled: z.boolean(),
    proven: z.boolean().openapi({
      description: 'False: the connector has read no live file yet; its silence is no answer.',
    }),
    isWindow: z.boolean().openapi({ description: 'The list shows its newest entries only.' }),
    gaps: z.object({ count: z.number().int(), lastAt: instant.nullable() }),
    liveUrls: z.array(z.string()),
    liveNote: z.string().nullable(),
    state: datasetState,
    reason: z.string().nullable(),
    version: z.string().nullable(),
    publishedAt: instant.nullable(),
    ageSeconds: z.number().int().nullable(),
    maxAgeSeconds: z.number().int(),
    lastSuccessAt: instant.nullable(),
    lastAttemptAt: instant.nullable(),
    lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
    counts: z.object({
      entities: z.number().int(),
      statements: z.number().int(),
      versions: z.number().int(),
    }),
    notes: z.record(z.string(), z.number().int()),
  })
  .openapi('Source')

export const sourcesAnswer = z
  .object({ sources: z.array(sourceRow), asOf: instant })
  .openapi('SourcesAnswer')

const change = z
  .object({
    seq: z.number().int(),
    op: z.enum(['assert', 'retract']).openapi({ description: 'A `retract` is a tombstone.' }),
    at: instant,
    effective: day,
    dataset: z.string(),
    entity: z.string(),
    prop: z.string(),
    value: z.string(),
    statement: hash,
    run: z.string(),
  })
  .openapi('Change')

export const changesAnswer = z
  .object({
    changes: z.array(change),
    next: z
      .number()
      .int()
      .openapi({ description: 'Ask again with `since` = this; unchanged when nothing came.' }),
    head: z.number().int(),
    asOf: instant,
  })
  .openapi('ChangesAnswer')

export const checkpointAnswer = checkpointView.extend({ asOf: instant }).openapi('CheckpointAnswer')

export const healthAnswer = z.object({ status: z.literal('ok') }).openapi('Health')

export const readyAnswer = z
  .object({
    status: z.literal('ready'),
    version: z.string(),
    ruleset: z.string(),
    statements: z.number().int(),
    asOf: instant,
  })
  .openapi('Ready')

export const problem = z
  .object({
    type: z.string().openapi({
      format: 'uri-reference',
      description: 'Stable; documented in docs/operate/errors.md.',
      example: '/problems/query.too_long',
    }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().openapi({ example: 'query.too_long' }),
    params: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'Which parameters do not fit, and why.' }),
  })
  .openapi('Problem')
