import { AppError } from '../../src/base/error.ts'
import type {
  Checked,
  CheckpointView,
  EntitySummary,
  Finding,
  FindingKind,
  Licence,
  NotChecked,
  Verdict,
  VerdictValue,
} from '../../src/model/verdict.ts'
import { helpFor } from '../../src/query/help.ts'
import type {
  Change,
  EntityView,
  Queries,
  SearchHit,
  SourceRow,
  StatementView,
} from '../../src/query/types.ts'

/** Invented answers in the real shapes, for tests of the faces. No database, no clock. */

export const NOW = '2026-03-01T12:00:00Z'
const HASH = 'ab'.repeat(32)

export const CHECKPOINT: CheckpointView = {
  origin: 'custos.example/ledger',
  size: 42,
  root: 'q1MKE+RZFJgrefm34/uplM/R8/si9xzqGvvwK0YMbR0=',
  note: 'custos.example/ledger\n42\nq1MKE+RZFJgrefm34/uplM/R8/si9xzqGvvwK0YMbR0=\n\n— custos AAAA\n',
}

const CHECKED: Checked = {
  dataset: 'xx_list',
  title: 'Invented List',
  version: '2026-02-27',
  publishedAt: '2026-02-27T00:00:00Z',
  fetchedAt: '2026-03-01T08:00:00Z',
  ageSeconds: 216_000,
  state: 'current',
  required: true,
}

const NOT_CHECKED: NotChecked = {
  dataset: 'yy_list',
  title: 'Second Invented List',
  state: 'never_fetched',
  reason: 'never_fetched',
  required: true,
  version: null,
  publishedAt: null,
  ageSeconds: null,
}

export function finding(kind: FindingKind, more: Partial<Finding> = {}): Finding {
  return {
    kind,
    state: 'active',
    severity: 'danger',
    rule: `${kind}.listed`,
    text: 'On the Invented List of 27 February 2026.',
    dataset: 'xx_list',
    datasetTitle: 'Invented List',
    authority: 'Invented Authority',
    entity: 'xx_list:1',
    caption: 'Example Party',
    listedAt: null,
    firstVersion: '2026-02-27',
    endedAt: null,
    listVersion: '2026-02-27',
    observedAt: '2026-03-01T08:00:00Z',
    statements: [HASH],
    sourceUrl: 'https://authority.example/list',
    match: { method: 'exact', score: 1 },
    details: { program: ['EXAMPLE'], remark: 'invented' },
    ...more,
  }
}

const LICENCE: Licence = {
  regulator: 'Invented Authority',
  country: 'LU',
  kind: 'licence',
  number: 'X-1',
  holder: 'Example Firm S.A.',
  lei: null,
  status: 'authorised',
  regulatorWord: 'Authorised',
  services: ['a', 'e'],
  countries: ['LU', 'DE'],
  from: '2025-01-30',
  to: null,
  dataset: 'zz_register',
  statements: [HASH],
}

const SUMMARY: EntitySummary = {
  id: 'xx_list:1',
  schema: 'Company',
  caption: 'Example Party',
  score: 0.97,
  dataset: 'xx_list',
  countries: ['LU'],
}

const FINDINGS: Readonly<Record<VerdictValue, readonly Finding[]>> = {
  danger: [
    finding('sanction'),
    finding('label', { severity: 'info', match: { method: 'fuzzy', score: 0.91, detail: 'x' } }),
  ],
  warning: [finding('warning', { severity: 'warning' })],
  no_adverse_evidence: [finding('positive_evidence', { severity: 'positive', entity: null })],
  unknown: [],
}

/** The answer that a query asks for by its first word: `danger …`, `clean …`, `warning …`. */
export function sampleVerdict(query: string): Verdict {
  const word = query.split(' ')[0]
  const verdict: VerdictValue =
    word === 'danger' || word === 'warning'
      ? word
      : word === 'clean'
        ? 'no_adverse_evidence'
        : 'unknown'
  return {
    query,
    kind: 'name',
    subjects: [query],
    readings: [{ kind: 'name', subject: query, form: 'name', chains: [], checksum: 'none' }],
    verdict,
    coverage: verdict === 'no_adverse_evidence' ? 'complete' : 'partial',
    summary: `Summary of ${verdict}.`,
    findings: FINDINGS[verdict],
    checked: [CHECKED],
    notChecked: verdict === 'no_adverse_evidence' ? [] : [NOT_CHECKED],
    entities: [SUMMARY],
    firms: [SUMMARY],
    licences: [LICENCE],
    help: helpFor({ findings: FINDINGS[verdict] }, null),
    score: null,
    label: null,
    asOf: NOW,
    knownAt: NOW,
    ruleset: '2026.03',
    checkpoint: CHECKPOINT,
  }
}

const HIT: SearchHit = {
  id: 'xx_list:1',
  schema: 'Company',
  caption: 'Example Party',
  dataset: 'xx_list',
  datasetTitle: 'Invented List',
  countries: ['LU'],
  score: 0.93,
  explanations: { name: { score: 0.97, weight: 1, detail: 'tokens' } },
  topics: ['sanction'],
}

function statement(n: number): StatementView {
  return {
    id: n.toString(16).padStart(64, '0'),
    dataset: 'xx_list',
    entity: 'xx_list:1',
    prop: 'alias',
    value: `Alias ${n}`,
    original: n % 2 === 0 ? null : `ALIAS ${n}`,
    lang: null,
    run: 'run-1',
    version: '2026-02-27',
    publishedAt: '2026-02-27T00:00:00Z',
    observedAt: '2026-03-01T08:00:00Z',
    row: 'main#record:12',
    sourceUrl: 'https://authority.example/list',
    from: '2026-02-27',
    to: null,
    isLive: true,
  }
}

export const ENTITY: EntityView = {
  id: 'xx_list:1',
  dataset: 'xx_list',
  datasetTitle: 'Invented List',
  schema: 'Company',
  caption: 'Example Party',
  isLive: true,
  aliases: ['Alias 1'],
  countries: ['LU'],
  websites: ['party.example'],
  identifiers: [{ prop: 'leiCode', value: '00000000000000000098' }],
  wallets: [{ address: '0x00', currency: 'ETH', query: 'eip155:1:0x00' }],
  licences: [LICENCE],
  listedAt: null,
  members: [
    {
      id: 'xx_list:1',
      dataset: 'xx_list',
      datasetTitle: 'Invented List',
      schema: 'Company',
      caption: 'Example Party',
      isLive: true,
    },
  ],
  joins: [
    {
      kind: 'notSameAs',
      left: 'xx_list:1',
      right: 'xx_list:2',
      author: 'custos',
      reason: 'shared_lei',
      value: '00000000000000000098',
      score: 0.31,
      statement: HASH,
    },
  ],
  notes: [
    {
      code: 'lei_repaired',
      field: 'lei',
      original: '00000000000000000098.',
      entity: 'xx_list:1',
      dataset: 'xx_list',
      statement: HASH,
    },
  ],
  statements: Array.from({ length: 250 }, (_, n) => statement(n)),
  asOf: NOW,
  knownAt: NOW,
  notChecked: [NOT_CHECKED],
}

export const SOURCE: SourceRow = {
  dataset: 'xx_list',
  title: 'Invented List',
  summary: 'A list that nobody publishes.',
  authority: {
    name: 'Invented Authority',
    country: 'LU',
    url: 'https://authority.example/',
    role: 'issuer',
  },
  kind: 'sanctions',
  licence: { id: 'CC0-1.0', name: 'CC0', url: null, redistribute: true },
  cadence: 'P1D',
  page: 'https://authority.example/list',
  isEnabled: true,
  proven: true,
  isWindow: false,
  gaps: { count: 0, lastAt: null },
  liveUrls: ['https://authority.example/list.csv'],
  liveNote: null,
  state: 'current',
  reason: null,
  version: '2026-02-27',
  publishedAt: '2026-02-27T00:00:00Z',
  ageSeconds: 216_000,
  maxAgeSeconds: 604_800,
  lastSuccessAt: '2026-03-01T08:00:00Z',
  lastAttemptAt: '2026-03-01T08:00:00Z',
  lastError: null,
  counts: { entities: 1, statements: 250, versions: 1 },
  notes: { 'encoding.replaced': 2 },
}

const FAILED_SOURCE: SourceRow = {
  ...SOURCE,
  dataset: 'yy_list',
  title: 'Second Invented List',
  licence: {
    id: 'LicenseRef-none',
    name: 'No licence is stated by the publisher',
    url: null,
    redistribute: false,
    note: 'never in exports',
  },
  state: 'failed',
  reason: 'source.too_few',
  version: null,
  publishedAt: null,
  ageSeconds: null,
  lastSuccessAt: null,
  lastError: { code: 'source.too_few', message: 'The file holds fewer rows than it must.' },
  counts: { entities: 0, statements: 0, versions: 0 },
}

const CHANGE: Change = {
  seq: 7,
  op: 'retract',
  at: NOW,
  effective: '2026-02-27',
  dataset: 'xx_list',
  entity: 'xx_list:1',
  prop: 'listing',
  value: '{"list":"X"}',
  statement: HASH,
  run: 'run-1',
}

/** Answers at once; `Queries` of the real index answer the same shapes. */
export const sampleQueries: Queries = {
  async check({ q }) {
    if (q === 'fault') throw new Error('SELECT * FROM secret at /home/user/custos.db')
    if (q === 'refused') throw new AppError('query.unreadable', 'Not readable.', { status: 400 })
    return sampleVerdict(q)
  },
  async checkBatch({ queries }) {
    return {
      checked: [CHECKED],
      notChecked: [NOT_CHECKED],
      checkpoint: CHECKPOINT,
      asOf: NOW,
      knownAt: NOW,
      ruleset: '2026.03',
      results: queries.map(({ q }) => {
        if (q.trim() === '') {
          const error = { code: 'query.empty', message: 'The query holds no text.' }
          return { query: q, verdict: 'unknown', error }
        }
        const { checked, notChecked, checkpoint, ...result } = sampleVerdict(q)
        return result
      }),
    }
  },
  search: async () => ({
    results: [HIT],
    facets: {
      schema: [{ value: 'Company', count: 1 }],
      country: [],
      dataset: [{ value: 'xx_list', count: 1 }],
      topic: [{ value: 'sanction', count: 1 }],
    },
    nextCursor: null,
    asOf: NOW,
    notChecked: [],
  }),
  suggest: async () => [{ ...HIT, completion: HIT.caption }],
  async entity(id) {
    if (id === 'xx_list:old/merged?#%') return { ...ENTITY, id: 'xx_list:new/ä?#%' }
    return id.startsWith('xx_list:') ? { ...ENTITY, id } : undefined
  },
  async timeline(id) {
    if (!id.startsWith('xx_list:')) return undefined
    return [
      {
        day: '2026-02-27',
        observedAt: NOW,
        kind: 'listed',
        prop: 'listing',
        before: null,
        after: 'EXAMPLE',
        dataset: 'xx_list',
        version: '2026-02-27',
        statements: [HASH],
      },
    ]
  },
  async adjacent(id) {
    if (!id.startsWith('xx_list:')) return undefined
    const { caption, schema, dataset, topics } = HIT
    const shared = { via: 'website', value: 'party.example' }
    return [{ id: 'zz:2', caption, schema, dataset, topics, ...shared }]
  },
  async row(id) {
    if (id !== HASH) return undefined
    return {
      statement: HASH,
      file: {
        role: 'main',
        name: 'list.csv',
        url: 'https://authority.example/list.csv',
        sha256: HASH,
        bytes: 12,
        lastModified: null,
        etag: null,
      },
      row: 'main#record:12',
      text: '1,"Example Party"',
    }
  },
  sources: async () => [SOURCE, FAILED_SOURCE],
  changes: async ({ since }) => ({
    changes: since < 7 ? [CHANGE] : [],
    next: 7,
    head: 7,
    asOf: NOW,
  }),
  checkpoint: async () => CHECKPOINT,
  stats: async () => ({
    statements: 250,
    events: 251,
    entities: 1,
    identifiers: 3,
    datasets: { current: 1, stale: 0, failed: 1, blocked: 0, never_fetched: 0 },
    newest: { dataset: 'xx_list', title: 'Invented List', at: NOW },
    oldestAgeSeconds: 216_000,
    licenceChanges: [],
    checkpoint: CHECKPOINT,
    ruleset: '2026.03',
    version: '0.0.0',
  }),
}
