import type {
  Checked,
  CheckpointView,
  DatasetState,
  Finding,
  Licence,
  NotChecked,
} from '../../src/model/verdict.ts'
import type { EntityView, SourceRow, StatementView } from '../../src/query/types.ts'

/** The moment at which the fake installation lives. */
export const NOW = '2026-11-22T09:00:00Z'
const DAY = 86_400

export const CHECKPOINT: CheckpointView = {
  origin: 'custos.example/ledger',
  size: 1_048_913,
  root: 'q7mQf1nGx1bR0m3s5S1Jv0dWkzv2s9Zk2vVQ1cJpX3E=',
  note: 'custos.example/ledger\n1048913\nq7mQf1nGx1bR0m3s5S1Jv0dWkzv2s9Zk2vVQ1cJpX3E=\n',
}

export const hash = (seed: string): string =>
  [...seed.padEnd(64, '0')]
    .map((c) => (c.charCodeAt(0) % 16).toString(16))
    .join('')
    .slice(0, 64)

interface SourceSpec {
  readonly title: string
  readonly authority: string
  readonly country: string | null
  readonly role: SourceRow['authority']['role']
  readonly kind: string
  readonly state: DatasetState
  /** Days; null for a list that was never read. */
  readonly ageDays: number | null
  readonly entities: number
  readonly summary: string
}

/** `name: title | authority | country | role | kind | state | age in days | entities | summary` */
const SPECS: Readonly<Record<string, SourceSpec>> = {
  us_ofac_sdn: spec(
    'OFAC Specially Designated Nationals',
    'Office of Foreign Assets Control',
    'US',
    'issuer',
    'sanctions',
    'current',
    2,
    18_204,
    'People, firms, ships and wallets that US persons may not deal with.',
  ),
  eu_fsf: spec(
    'EU consolidated financial sanctions',
    'European Commission',
    'EU',
    'issuer',
    'sanctions',
    'never_fetched',
    null,
    0,
    'Everybody whose funds are frozen in the European Union.',
  ),
  gb_fcdo: spec(
    'UK Sanctions List',
    'Foreign, Commonwealth & Development Office',
    'GB',
    'issuer',
    'sanctions',
    'blocked',
    64,
    4_870,
    'The single official list of the United Kingdom.',
  ),
  un_sc_sanctions: spec(
    'UN Security Council Consolidated List',
    'United Nations Security Council',
    'UN',
    'issuer',
    'sanctions',
    'current',
    4,
    1_002,
    'Individuals and entities named by the Security Council.',
  ),
  eu_esma_casp: spec(
    'MiCA register: crypto-asset service providers',
    'European Securities and Markets Authority',
    'EU',
    'transcription',
    'register',
    'current',
    5,
    244,
    'Firms that may offer crypto-asset services in the European Union.',
  ),
  eu_esma_ncasp: spec(
    'MiCA register: non-compliant entities',
    'European Securities and Markets Authority',
    'EU',
    'transcription',
    'warnings',
    'current',
    5,
    101,
    'Firms of which national authorities say that they act without permission.',
  ),
  metamask_phishing: spec(
    'MetaMask phishing list',
    'MetaMask',
    null,
    'publisher',
    'phishing',
    'current',
    1,
    215_402,
    'Sites reported as phishing, and those reported wrongly.',
  ),
  polkadot_phishing: spec(
    'Polkadot phishing list',
    'polkadot-js',
    null,
    'publisher',
    'phishing',
    'stale',
    92,
    54_863,
    'Sites and addresses that imitate wallets and parachains.',
  ),
  graphsense_tags: spec(
    'GraphSense public TagPacks',
    'Iknaio and contributors',
    null,
    'publisher',
    'labels',
    'current',
    12,
    524_170,
    'Who is behind an address, with the confidence of whoever says so.',
  ),
  defihacklabs: spec(
    'Incidents of decentralised finance',
    'DeFiHackLabs',
    null,
    'publisher',
    'incidents',
    'failed',
    40,
    812,
    'Attacks with the addresses that took part.',
  ),
  custos_starter: spec(
    'Custos starter',
    'Custos',
    null,
    'publisher',
    'starter',
    'current',
    20,
    46,
    'A small hand-written beginning, every row confirmed by an official file.',
  ),
}

function spec(
  title: string,
  authority: string,
  country: string | null,
  role: SourceSpec['role'],
  kind: string,
  state: DatasetState,
  ageDays: number | null,
  entities: number,
  summary: string,
): SourceSpec {
  return { title, authority, country, role, kind, state, ageDays, entities, summary }
}

const REASONS: Readonly<Record<Exclude<DatasetState, 'current'>, string>> = {
  stale: 'stale',
  failed: 'failed',
  blocked: 'blocked',
  never_fetched: 'never_fetched',
}

function dayBefore(days: number): string {
  return new Date(Date.parse(NOW) - days * DAY * 1_000).toISOString().slice(0, 10)
}

function published(age: number | null): string | null {
  return age === null ? null : `${dayBefore(age)}T00:00:00Z`
}

/** Every list of the installation; with `fresh`, of one that has read only two. */
export function sourceRows(fresh = false): readonly SourceRow[] {
  return Object.entries(SPECS).map(([dataset, facts]) => sourceRow(dataset, facts, fresh))
}

function sourceRow(dataset: string, facts: SourceSpec, fresh: boolean): SourceRow {
  const isRead = !fresh || dataset === 'metamask_phishing' || dataset === 'custos_starter'
  const age = isRead ? facts.ageDays : null
  const state: DatasetState = isRead ? facts.state : 'never_fetched'
  return {
    dataset,
    title: facts.title,
    summary: facts.summary,
    authority: {
      name: facts.authority,
      country: facts.country,
      url: 'https://authority.example/',
      role: facts.role,
    },
    kind: facts.kind,
    licence: {
      id: facts.kind === 'phishing' ? 'MIT' : 'LicenseRef-public',
      name: facts.kind === 'phishing' ? 'MIT' : 'Public information, reuse allowed',
      url: 'https://authority.example/terms',
      redistribute: dataset !== 'polkadot_phishing',
    },
    cadence: facts.kind === 'phishing' ? 'P1D' : 'P7D',
    page: `https://authority.example/${dataset}`,
    isEnabled: dataset !== 'polkadot_phishing',
    proven: true,
    isWindow: false,
    gaps: { count: 0, lastAt: null },
    liveUrls: [`https://authority.example/files/${dataset}.csv`],
    liveNote: dataset === 'defihacklabs' ? 'Read from a folder; there is no single file.' : null,
    state,
    reason: state === 'current' ? null : REASONS[state],
    version: age === null ? null : dayBefore(age),
    publishedAt: published(age),
    ageSeconds: age === null ? null : age * DAY,
    maxAgeSeconds: 21 * DAY,
    lastSuccessAt: age === null ? null : `${dayBefore(Math.max(0, age - 1))}T06:30:00Z`,
    lastAttemptAt: `${dayBefore(0)}T06:30:00Z`,
    lastError:
      state === 'failed'
        ? {
            code: 'source.shrunken',
            message: 'The new version has 12 entities, fewer than the 400 that are expected.',
          }
        : null,
    counts: {
      entities: age === null ? 0 : facts.entities,
      statements: age === null ? 0 : facts.entities * 3,
      versions: age === null ? 0 : 4,
    },
    notes: dataset === 'eu_esma_casp' ? { 'lei.broken': 7, 'country.missing': 7 } : {},
  }
}

/** The lists that a kind of question requires, as checked and not checked. */
export function coverage(
  required: readonly string[],
  options: { readonly fresh?: boolean; readonly allCurrent?: boolean } = {},
): { checked: Checked[]; notChecked: NotChecked[] } {
  const checked: Checked[] = []
  const notChecked: NotChecked[] = []
  for (const row of sourceRows(options.fresh)) {
    const state = options.allCurrent === true ? 'current' : row.state
    const common = {
      dataset: row.dataset,
      title: row.title,
      version: row.version,
      publishedAt: row.publishedAt,
      ageSeconds: row.ageSeconds,
      required: required.includes(row.dataset),
    }
    if (state === 'current') {
      const seen = options.allCurrent === true ? '2026-11-20' : row.version
      checked.push({
        ...common,
        version: seen,
        fetchedAt: NOW,
        ageSeconds: row.ageSeconds ?? DAY,
        state,
      })
    } else notChecked.push({ ...common, state, reason: REASONS[state] })
  }
  return { checked, notChecked }
}

export function finding(dataset: string, rest: Partial<Finding> & Pick<Finding, 'text'>): Finding {
  const facts = SPECS[dataset]
  return {
    kind: 'sanction',
    state: 'active',
    severity: 'danger',
    rule: 'sanction.listed',
    dataset,
    datasetTitle: facts?.title ?? dataset,
    authority: facts?.authority ?? dataset,
    entity: null,
    caption: null,
    listedAt: null,
    firstVersion: null,
    endedAt: null,
    listVersion: published(facts?.ageDays ?? null)?.slice(0, 10) ?? null,
    observedAt: '2026-11-21T06:31:12Z',
    statements: [hash(`${dataset}${rest.rule ?? ''}`)],
    sourceUrl: `https://authority.example/${dataset}`,
    match: { method: 'exact', score: 1 },
    details: {},
    ...rest,
  }
}

export function licence(rest: Partial<Licence>): Licence {
  return {
    regulator: 'Commission de Surveillance du Secteur Financier',
    country: 'LU',
    kind: 'licence',
    number: 'N00000815',
    holder: 'Meridian Custody S.A.',
    lei: '529900T8BM49AURSDO55',
    status: 'authorised',
    regulatorWord: 'authorised',
    services: ['a', 'c', 'd', 'j'],
    countries: ['AT', 'BE', 'CZ', 'DE', 'ES', 'FI', 'FR', 'IE', 'IT', 'NL', 'PL', 'PT', 'SE'],
    from: '2025-05-14',
    to: null,
    dataset: 'eu_esma_casp',
    statements: [hash('meridian-licence')],
    ...rest,
  }
}

export function statement(
  entity: string,
  prop: string,
  value: string,
  rest: Partial<StatementView> = {},
): StatementView {
  const dataset = entity.slice(0, entity.indexOf(':'))
  return {
    id: hash(`${prop}${value}${entity}`),
    dataset,
    entity,
    prop,
    value,
    original: null,
    lang: null,
    run: 'run-1',
    version: '2026-11-17',
    publishedAt: '2026-11-17T00:00:00Z',
    observedAt: '2026-11-17T06:31:12Z',
    row: 'main#record:118',
    sourceUrl: null,
    from: '2025-12-15',
    to: null,
    isLive: true,
    ...rest,
  }
}

export function entity(rest: Partial<EntityView> & Pick<EntityView, 'id' | 'caption'>): EntityView {
  const dataset = rest.id.slice(0, rest.id.indexOf(':'))
  return {
    dataset,
    datasetTitle: SPECS[dataset]?.title ?? dataset,
    schema: 'Company',
    isLive: true,
    aliases: [],
    countries: [],
    websites: [],
    identifiers: [],
    wallets: [],
    licences: [],
    listedAt: null,
    members: [],
    joins: [],
    notes: [],
    statements: [],
    asOf: NOW,
    knownAt: NOW,
    notChecked: [],
    ...rest,
  }
}
