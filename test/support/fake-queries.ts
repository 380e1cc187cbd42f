import { AppError } from '../../src/base/error.ts'
import type {
  AdjacentEntity,
  Change,
  EntityView,
  Queries,
  SearchHit,
  Stats,
  TimelineEvent,
} from '../../src/query/types.ts'
import { CHECKPOINT, coverage, hash, NOW, sourceRows } from './fake-data.ts'
import {
  ASK,
  ENTITIES,
  FIRM_ID,
  FIRM_LISTS,
  firm,
  person,
  summary,
  VERDICTS,
  verdict,
} from './fake-verdicts.ts'

const EVENTS: readonly TimelineEvent[] = [
  event('2025-05-14', 'source_date', 'startDate', null, '2025-05-14'),
  event('2025-12-15', 'listed', 'licence', null, '{"number":"N00000815","services":["a","c"]}'),
  event(
    '2026-03-02',
    'changed',
    'licence',
    '{"services":["a","c"]}',
    '{"services":["a","c","d","j"]}',
  ),
  event('2026-03-02', 'delisted', 'address', '12, rue de l’Exemple, Luxembourg', null),
]

function event(
  day: string,
  kind: TimelineEvent['kind'],
  prop: string,
  before: string | null,
  after: string | null,
): TimelineEvent {
  const isTold = kind !== 'source_date'
  return {
    day,
    observedAt: isTold ? `${day}T06:31:12Z` : null,
    kind,
    prop,
    before,
    after,
    dataset: 'eu_esma_casp',
    version: isTold ? day : null,
    statements: [hash('meridian-licence')],
  }
}

const ADJACENT: readonly AdjacentEntity[] = [
  adjacent('custos_starter:meridian', 'Meridian Custody', 'website', 'meridian-custody.example'),
  adjacent('eu_esma_emt:529900T8BM49AURSDO55', 'Meridian Euro', 'leiCode', '529900T8BM49AURSDO55'),
  adjacent('graphsense_actors:meridian', 'Meridian (actor)', 'wallet', ASK.unknown),
]

function adjacent(id: string, caption: string, via: string, value: string): AdjacentEntity {
  const dataset = id.slice(0, id.indexOf(':'))
  return { id, caption, schema: 'Company', dataset, topics: [], via, value }
}

const CHANGES: readonly Change[] = Array.from({ length: 6 }, (_, at) => ({
  seq: 1_048_200 + at,
  op: at % 3 === 2 ? 'retract' : 'assert',
  at: `2026-11-${18 + Math.floor(at / 2)}T06:31:12Z`,
  effective: '2026-11-17',
  dataset: 'eu_esma_casp',
  entity: FIRM_ID,
  prop: 'licence',
  value: JSON.stringify({
    holder: `Example Exchange ${at + 1} GmbH`,
    country: 'DE',
    status: 'authorised',
  }),
  statement: hash(`change${at}`),
  run: 'run-2',
}))

function stats(fresh: boolean): Stats {
  const rows = sourceRows(fresh)
  const count = (state: string) => rows.filter((row) => row.state === state).length
  return {
    statements: fresh ? 646_218 : 2_418_902,
    events: fresh ? 646_218 : 2_420_377,
    entities: fresh ? 215_448 : 815_117,
    identifiers: fresh ? 215_702 : 1_012_345,
    datasets: {
      current: count('current'),
      stale: count('stale'),
      failed: count('failed'),
      blocked: count('blocked'),
      never_fetched: count('never_fetched'),
    },
    newest: {
      dataset: 'metamask_phishing',
      title: 'MetaMask phishing list',
      at: '2026-11-22T06:30:04Z',
    },
    oldestAgeSeconds: 64 * 86_400,
    licenceChanges: fresh ? [] : [...CHANGES].reverse().slice(0, 4),
    checkpoint: CHECKPOINT,
    ruleset: '2026.11',
    version: '0.1.0',
  }
}

function hit(one: EntityView, score: number): SearchHit {
  return {
    ...summary(one, score),
    datasetTitle: one.datasetTitle,
    topics: [],
    explanations: {
      name: {
        ...{ score, weight: 1, detail: `close to ${one.caption}`, code: 'words' },
        params: {
          pairs: [
            { asked: 'meridien', listed: 'meridian', score: 0.93 },
            { asked: 'exchange', listed: 'exchange', score: 1 },
          ],
          askedOnly: ['north'],
          listedOnly: ['holding'],
        },
      },
      country: { score: 0, weight: 0.2, detail: 'no country was given' },
    },
  }
}

/** A reader's questions answered from memory. With `fresh`, of an installation just begun. */
export function fakeQueries(options: { readonly fresh?: boolean } = {}): Queries {
  const fresh = options.fresh === true
  return {
    async check({ q }) {
      if (q === ASK.fault) throw new Error('the store is gone: /secret/path')
      if (q === ASK.tooLong) {
        throw new AppError('query.too_long', 'The query is too long.', {
          status: 400,
          params: { max: 2_048 },
        })
      }
      return (
        (Object.hasOwn(VERDICTS, q) ? VERDICTS[q] : undefined) ??
        verdict(q, 'name', { summary: `Nothing is known about ${q}.` })
      )
    },
    async checkBatch() {
      throw new AppError('fake.unused', 'The pages ask no batches.')
    },
    async search({ q }) {
      const results = q === 'nobody' ? [] : [hit(firm, 0.97), hit(person, 0.71)]
      return {
        results,
        facets: {
          schema: [
            { value: 'Company', count: 1 },
            { value: 'Person', count: 1 },
          ],
          country: [{ value: 'LU', count: 1 }],
          dataset: [{ value: 'eu_esma_casp', count: 1 }],
          topic: [{ value: 'fin', count: 1 }],
        },
        nextCursor: q === 'nobody' ? null : '25',
        asOf: NOW,
        notChecked: coverage(FIRM_LISTS).notChecked,
      }
    },
    suggest: async () => [],
    entity: async (id) => ENTITIES.get(id),
    timeline: async (id) => (id === FIRM_ID ? EVENTS : ENTITIES.has(id) ? [] : undefined),
    adjacent: async (id) => (id === FIRM_ID ? ADJACENT : ENTITIES.has(id) ? [] : undefined),
    async row(id) {
      if (id === hash('nothing')) return undefined
      return {
        statement: id,
        file: {
          role: 'main',
          name: 'casp.csv',
          url: 'https://authority.example/files/casp.csv',
          sha256: hash('file'),
          bytes: 182_334,
          lastModified: '2026-11-17T02:00:00Z',
          etag: null,
        },
        row: 'main#record:118',
        text:
          id === hash('gone')
            ? null
            : 'CSSF,LU,"Meridian  Custody S.A. ",529900T8BM49AURSDO55,LU,Meridian|Meridian Vault,' +
              '"12, rue de l’Exemple\nLuxembourg",https.//Meridian-Custody.example/,,14/05/2025,,' +
              'a. custody|c. exchange|d. exchange|j. transfer,AT|BE|CZ|DE|ES|FI|FR|IE,,',
      }
    },
    sources: async () => sourceRows(fresh),
    async changes({ since, entity: id }) {
      const changes = CHANGES.filter((c) => c.seq > since && (id === undefined || c.entity === id))
      const head = CHANGES.at(-1)?.seq ?? 0
      return { changes, next: changes.at(-1)?.seq ?? since, head, asOf: NOW }
    },
    checkpoint: async () => CHECKPOINT,
    stats: async () => stats(fresh),
  }
}
