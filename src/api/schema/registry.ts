import { z } from '@hono/zod-openapi'
import {
  datasetState,
  day,
  entitySummary,
  firmLabel,
  firmScore,
  hash,
  instant,
  licence,
  notChecked,
  profileLabel,
} from './verdict.ts'

const dataset = z.string().openapi({ example: 'eu_esma_casp' })
const text = z.string().openapi({ description: 'One sentence in the asked language.' })
const hashes = z.array(hash)
const firmRef = z
  .object({
    id: z.string(),
    caption: z.string().openapi({ description: 'Legal name as the register writes it.' }),
  })
  .openapi('FirmRef')
const said = z.object({ code: z.string(), text })
const times = { asOf: instant, knownAt: instant }
const missing = { notChecked: z.array(notChecked) }

const serveValue = z.enum(['yes', 'no', 'no_evidence'])
const serveReason = z.enum([
  'covered',
  'warned',
  'banned',
  'country_not_covered',
  'service_not_covered',
  'service_not_stated',
  'not_yet',
  'ended',
  'suspended',
  'pending',
  'missing',
  'registration_only',
  'notification_only',
  'subdivision_only',
  'no_register',
  'register_not_read',
  'register_unproven',
  'not_in_register',
  'firm_unknown',
])

export const serveAnswer = z
  .object({
    query: z.string(),
    firm: z.union([firmRef, z.null()]),
    country: z.string(),
    service: z.string().nullable(),
    answer: serveValue,
    reason: text,
    reasonCode: serveReason,
    decidedBy: z.array(licence),
    registerVersion: z.string().nullable(),
    state: datasetState,
    registers: z.array(
      z.object({
        dataset,
        title: z.string(),
        version: z.string().nullable(),
        publishedAt: instant.nullable(),
        ageSeconds: z.number().int().nullable(),
        state: datasetState,
        isProven: z.boolean(),
        hasFirm: z.boolean(),
      }),
    ),
    licences: z.array(licence),
    notes: z.array(said),
    firms: z.array(entitySummary.extend({ answer: serveValue, reasonCode: serveReason })),
    ...times,
    ...missing,
  })
  .openapi('Serve')

const difference = z.object({
  services: z.array(z.string()),
  countries: z.array(z.string()),
})
const eventRow = z.object({
  statement: hash,
  licence: z.union([licence, z.null()]),
  websites: z.array(z.string()),
})
const change = [
  'granted',
  'extended',
  'reduced',
  'suspended',
  'withdrawn',
  'missing',
  'returned',
] as const
const permission = ['licence', 'registration', 'exemption'] as const
const eventKind = z.enum([
  ...permission.flatMap((of) => change.map((to) => `${of}_${to}` as const)),
  'warning_published',
  'warning_lifted',
  'warning_missing',
  'domain_added',
  'domain_moved',
])

export const registryEvent = z
  .object({
    id: z.string(),
    kind: eventKind,
    day,
    basis: z.enum(['versions', 'source_date']),
    effective: day.nullable(),
    text,
    firm: firmRef,
    entity: z.string(),
    dataset,
    datasetTitle: z.string(),
    regulator: z.string(),
    country: z.string().nullable(),
    before: z.union([eventRow, z.null()]),
    after: z.union([eventRow, z.null()]),
    added: difference,
    removed: difference,
    version: z.string().nullable(),
    previousVersion: z.string().nullable(),
    observedAt: instant.nullable(),
    seq: z.number().int(),
    statements: hashes,
  })
  .openapi('RegistryEvent')

const serveTable = z.object({
  countries: z.array(z.string()),
  services: z.array(z.string()),
  rows: z.array(
    z.object({
      country: z.string(),
      isHome: z.boolean(),
      isWarned: z.boolean(),
      cells: z.array(
        z.object({ service: z.string().nullable(), answer: serveValue, statements: hashes }),
      ),
    }),
  ),
})

const join = z.object({
  kind: z.enum(['sameAs', 'notSameAs']),
  left: z.string(),
  right: z.string(),
  author: z.string(),
  reason: z.string(),
  value: z.string().nullable(),
  score: z.number(),
  statement: hash,
})

export const firmView = z
  .object({
    id: z.string(),
    caption: z.string(),
    schema: z.string(),
    aliases: z.array(z.string()),
    countries: z.array(z.string()),
    websites: z.array(z.string()),
    identifiers: z.array(z.object({ prop: z.string(), value: z.string(), statement: hash })),
    members: z.array(
      z.object({
        id: z.string(),
        dataset,
        datasetTitle: z.string(),
        schema: z.string(),
        caption: z.string(),
        isLive: z.boolean(),
      }),
    ),
    licences: z.array(licence),
    serve: serveTable,
    label: firmLabel,
    score: firmScore,
    history: z.array(
      z.object({
        day,
        value: z.number().nullable(),
        label: profileLabel,
        rule: z.string(),
      }),
    ),
    timeline: z.array(registryEvent),
    notes: z.array(
      said.extend({
        dataset,
        field: z.string().nullable(),
        original: z.string().nullable(),
        statements: hashes,
      }),
    ),
    joins: z.array(join),
    ...times,
    ...missing,
  })
  .openapi('Firm')

export const compareAnswer = z
  .object({
    firms: z.tuple([firmView, firmView]),
    coverage: z.array(
      z.object({
        country: z.string(),
        services: z.array(
          z.object({
            service: z.string().nullable(),
            answers: z.tuple([serveValue, serveValue]),
          }),
        ),
      }),
    ),
    ...times,
  })
  .openapi('Compare')

const facet = z.object({ value: z.string(), count: z.number().int() })
const list = { nextCursor: z.string().nullable(), asOf: instant, ...missing }

const licenceRow = z
  .object({ firm: firmRef, entity: z.string(), licence, changedAt: day.nullable() })
  .openapi('LicenceRow')

export const licencesAnswer = z
  .object({
    licences: z.array(licenceRow),
    total: z.number().int(),
    facets: z.object({
      kind: z.array(facet),
      status: z.array(facet),
      country: z.array(facet),
      dataset: z.array(facet),
    }),
    ...list,
  })
  .openapi('Licences')

const cited = z.object({
  value: z.string(),
  source: z.string().nullable().openapi({ description: 'Page that the field was read off.' }),
  statement: hash,
})
const citedOrNull = z.union([cited, z.null()])

const regulatorRow = z
  .object({
    code: z.string(),
    entity: z.string(),
    name: cited,
    aliases: z.array(z.string()),
    country: cited,
    subdivision: z.string().nullable(),
    website: citedOrNull,
    register: citedOrNull,
    warnings: citedOrNull,
    enforcement: citedOrNull,
    permissions: z.array(
      z.object({
        kind: z.string(),
        word: z.string(),
        source: z.string().nullable(),
        statement: hash,
      }),
    ),
    counts: z.object({
      firms: z.number().int(),
      licences: z.number().int(),
      registrations: z.number().int(),
      warnings: z.number().int(),
    }),
    rating: z
      .union([z.object({ value: z.number(), grade: z.string(), rules: z.string() }), z.null()])
      .openapi({ description: 'Null unless each criterion has a cited statement.' }),
  })
  .openapi('Regulator')

export const regulatorsAnswer = z
  .object({
    regulators: z.array(regulatorRow),
    total: z.number().int(),
    countries: z.array(facet),
    ...list,
  })
  .openapi('Regulators')

export const regulatorView = regulatorRow
  .extend({
    criteria: z.array(
      z.object({
        id: z.string(),
        weight: z.number(),
        title: z.string(),
        points: z.number().nullable(),
        statements: hashes,
      }),
    ),
    datasets: z.array(
      z.object({
        dataset,
        title: z.string(),
        state: datasetState,
        version: z.string().nullable(),
      }),
    ),
    licences: z.array(licenceRow),
    changes: z.array(registryEvent),
    asOf: instant,
    ...missing,
  })
  .openapi('RegulatorPage')

export const rankingsAnswer = z
  .object({
    by: z.enum(['score', 'newly_licensed', 'newly_warned']),
    rows: z.array(
      z.object({
        rank: z.number().int(),
        firm: firmRef,
        countries: z.array(z.string()),
        label: profileLabel,
        score: z.number().nullable(),
        evidence: z.number(),
        day: day.nullable(),
        regulator: z.string().nullable(),
        statements: hashes,
      }),
    ),
    total: z.number().int(),
    unranked: z.number().int(),
    countries: z.array(facet),
    formula: z.string(),
    ...list,
  })
  .openapi('Rankings')

export const registryChangesAnswer = z
  .object({
    events: z.array(registryEvent),
    total: z.number().int(),
    kinds: z.array(facet),
    ...list,
  })
  .openapi('RegistryChanges')
