import { readFileSync } from 'node:fs'
import { type Clock, fixedClock } from '../../src/base/clock.ts'
import { buildBook } from '../../src/index/book.ts'
import { generationOf } from '../../src/index/book-file.ts'
import { applyEvents } from '../../src/index/indexer.ts'
import { openSqliteIndex, type SqliteIndex } from '../../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../../src/index/view.ts'
import { type Dataset, datasetSchema } from '../../src/model/dataset.ts'
import { createQueries } from '../../src/query/queries.ts'
import type { Queries } from '../../src/query/types.ts'
import { MemoryLedger, type Said } from './memory-ledger.ts'

/** The moment at which the small world is asked. */
export const WORLD_NOW = '2026-11-22T09:00:00Z'
const CURRENT = '2026-11-20T00:00:00Z'

type Role = Dataset['authority']['role']

/** A dataset's metadata in the shape of `dataset.yml`, invented. */
export function datasetOf(
  name: string,
  kind: Dataset['kind'],
  role: Role = 'issuer',
  country: string | null = null,
): Dataset {
  return datasetSchema.parse({
    name,
    title: `Title of ${name}`,
    summary: `What ${name} is.`,
    authority: { name: `Authority of ${name}`, country, url: 'https://authority.example/', role },
    kind,
    licence: { id: 'CC0-1.0', name: 'CC0', url: null, redistribute: true },
    cadence: 'P7D',
    page: `https://authority.example/${name}`,
    assertions: [{ metric: 'rows', min: 1, reason: 'A list without a row is no list.' }],
  })
}

export const WORLD_DATASETS: readonly Dataset[] = [
  datasetOf('us_ofac_sdn', 'sanctions', 'issuer', 'US'),
  datasetOf('us_ofac_cons', 'sanctions', 'issuer', 'US'),
  datasetOf('us_ofac_crypto', 'sanctions', 'transcription', 'US'),
  datasetOf('un_sc_sanctions', 'sanctions', 'issuer', 'UN'),
  datasetOf('eu_fsf', 'sanctions', 'issuer', 'EU'),
  datasetOf('gb_fcdo_sl', 'sanctions', 'issuer', 'GB'),
  datasetOf('eu_esma_casp', 'register', 'issuer', 'EU'),
  datasetOf('eu_esma_ncasp', 'warnings', 'issuer', 'EU'),
  datasetOf('scamsniffer', 'phishing', 'publisher'),
  datasetOf('polkadot_phishing', 'phishing', 'publisher'),
  datasetOf('metamask_phishing', 'phishing', 'publisher'),
  datasetOf('graphsense_tags', 'labels', 'publisher'),
  datasetOf('graphsense_actors', 'actors', 'publisher'),
  datasetOf('defihacklabs', 'incidents', 'publisher'),
  datasetOf('tokenlists', 'tokens', 'publisher'),
  datasetOf('custos_starter', 'starter', 'transcription'),
]

/** Addresses of the small world: shaped as real ones, belonging to nobody known. */
export const ADDRESS = {
  sanctioned: `0x${'a1'.repeat(20)}`,
  delisted: `0x${'b2'.repeat(20)}`,
  tagged: `0x${'c3'.repeat(20)}`,
  exchange: `0x${'d4'.repeat(20)}`,
  attacker: `0x${'e5'.repeat(20)}`,
  scam: `0x${'f6'.repeat(20)}`,
  token: `0x${'17'.repeat(20)}`,
  starter: `0x${'28'.repeat(20)}`,
  unlisted: `0x${'39'.repeat(20)}`,
} as const

/** An LEI that passes ISO 7064. */
export const WORLD_LEI = '529900T8BM49AURSDO55'

const wallet = (address: string) => ({ address, currency: 'ETH' })

/** Queries about everything that the small world holds, and about nothing in it. */
export const WORLD_QUERIES: readonly string[] = [
  ...Object.values(ADDRESS),
  ...['evil.top', 'a.b.evil.top', 'goodfirm.com', 'mixed.io', 'own.io', 'metavvallet.io'],
  ...['badbrokers.com', 'badbrokers.com/about', 't.me', 't.me/badchannel', 'polka-evil.com'],
  ...['ipfs.io', 'ipfs.io/ipfs/badbadbad', 'clean-host.org', 'zlodeev-exchange.example.com'],
  ...['Osama bin Kasim', 'Ivan Zlodeev', 'Иван Злодеев', 'Goodfirm', 'Goodfirm Digital Assets'],
  ...['Badbrokers', 'GOOD', '$GООD', 'Sectoral Oil Works', 'Garantia Trading House'],
  ...['Nobody At All Here', WORLD_LEI, `0x${'ab'.repeat(32)}`, `0x${'cd'.repeat(32)}`],
]

/** What each list of the small world says. */
export const WORLD: Readonly<Record<string, readonly Said[]>> = {
  us_ofac_sdn: [
    { entity: '1', prop: 'schema', value: 'Person' },
    { entity: '1', prop: 'name', value: 'Ivan Petrovich ZLODEEV' },
    { entity: '1', prop: 'alias', value: 'Иван Злодеев' },
    { entity: '1', prop: 'weakAlias', value: 'The Wolf' },
    { entity: '1', prop: 'listing', value: { list: 'SDN', program: ['CYBER2'] } },
    { entity: '1', prop: 'listingDate', value: '2023-05-01' },
    { entity: '1', prop: 'wallet', value: wallet(ADDRESS.sanctioned) },
    { entity: '1', prop: 'website', value: 'zlodeev-exchange.example.com' },
    { entity: '2', prop: 'schema', value: 'LegalEntity' },
    { entity: '2', prop: 'name', value: 'Garantia Trading House LLC' },
    { entity: '2', prop: 'listing', value: { list: 'SDN', program: ['RUSSIA-EO14024'] } },
  ],
  us_ofac_cons: [
    { entity: '9', prop: 'schema', value: 'LegalEntity' },
    { entity: '9', prop: 'name', value: 'Sectoral Oil Works OJSC' },
    { entity: '9', prop: 'listing', value: { list: 'SSI', program: ['UKRAINE-EO13662'] } },
  ],
  us_ofac_crypto: [
    { entity: 'ETH:a', prop: 'listed', value: wallet(ADDRESS.sanctioned) },
    {
      ...{ entity: 'ETH:b', prop: 'listed', value: wallet(ADDRESS.delisted) },
      ...{ from: '2023-01-10', to: '2026-02-01' },
    },
  ],
  un_sc_sanctions: [
    { entity: '7', prop: 'schema', value: 'Person' },
    { entity: '7', prop: 'name', value: 'Usama Muhammed Awad bin Qasim' },
    { entity: '7', prop: 'alias', value: 'Usama bin Qasim' },
    { entity: '7', prop: 'listing', value: { list: 'UN List', program: ['QDe'] } },
    { entity: '7', prop: 'listingDate', value: '2001-01-25' },
  ],
  eu_fsf: [{ entity: '1', prop: 'name', value: 'Somebody Else Entirely' }],
  gb_fcdo_sl: [{ entity: '1', prop: 'name', value: 'Another Person Altogether' }],
  eu_esma_casp: [
    { entity: 'goodfirm', prop: 'schema', value: 'Company' },
    { entity: 'goodfirm', prop: 'name', value: 'Goodfirm Digital Assets S.A.' },
    { entity: 'goodfirm', prop: 'alias', value: 'Goodfirm' },
    { entity: 'goodfirm', prop: 'country', value: 'LU' },
    { entity: 'goodfirm', prop: 'leiCode', value: WORLD_LEI },
    { entity: 'goodfirm', prop: 'website', value: 'www.goodfirm.com' },
    {
      entity: 'goodfirm',
      prop: 'licence',
      value: {
        ...{ regulator: 'CSSF', country: 'LU', kind: 'licence', number: null },
        ...{ holder: 'Goodfirm Digital Assets S.A.', lei: WORLD_LEI, status: 'authorised' },
        ...{ regulatorWord: 'authorised', services: ['a', 'c'], countries: ['DE', 'FR'] },
        ...{ from: '2025-06-01', to: null },
      },
    },
  ],
  eu_esma_ncasp: [
    { entity: 'bad', prop: 'schema', value: 'LegalEntity' },
    { entity: 'bad', prop: 'name', value: 'Badbrokers International' },
    { entity: 'bad', prop: 'website', value: 'trade.badbrokers.com' },
    {
      entity: 'bad',
      prop: 'warning',
      value: {
        ...{ regulator: 'CONSOB', country: 'IT', kind: 'warning' },
        ...{ status: 'in_force', date: '2026-03-01' },
      },
    },
    { entity: 'channel', prop: 'name', value: 'Some Channel' },
    { entity: 'channel', prop: 'website', value: 't.me/badchannel' },
    {
      entity: 'channel',
      prop: 'warning',
      value: { regulator: 'CONSOB', country: 'IT', kind: 'warning', status: 'in_force' },
    },
  ],
  scamsniffer: [
    { entity: 'evil.top', prop: 'listed', value: { host: 'evil.top' }, from: '2025-03-03' },
    { entity: 'www.goodfirm.com', prop: 'listed', value: { host: 'www.goodfirm.com' } },
    { entity: 'mixed.io', prop: 'listed', value: { host: 'mixed.io' } },
    { entity: 's', prop: 'listed', value: { address: ADDRESS.scam } },
  ],
  polkadot_phishing: [
    { entity: 'polka-evil.com', prop: 'listed', value: { host: 'polka-evil.com' } },
    { entity: 'u', prop: 'listed', value: { url: 'ipfs.io/ipfs/badbadbad' } },
    { entity: 'allow:mixed.io', prop: 'allow', value: { host: 'mixed.io' } },
  ],
  metamask_phishing: [
    { entity: 'own.io', prop: 'listed', value: { host: 'own.io' } },
    { entity: 'allow:own.io', prop: 'allow', value: { host: 'own.io' } },
    {
      entity: 'protect:metawallet.io',
      prop: 'protect',
      value: { host: 'metawallet.io', tolerance: 2 },
    },
  ],
  graphsense_tags: [
    {
      entity: `ETH:${ADDRESS.delisted}`,
      prop: 'tag',
      value: {
        ...{ address: ADDRESS.delisted, currency: 'ETH', label: 'Mixer (OFAC SDN)' },
        ...{ concepts: ['sanction', 'mixing_service'], lastmod: '2024-02-02' },
        ...{ source: 'https://home.treasury.gov/x', confidence: 'authority_data' },
      },
    },
    {
      entity: `ETH:${ADDRESS.tagged}`,
      prop: 'tag',
      value: {
        ...{ address: ADDRESS.tagged, currency: 'ETH', label: 'Locky' },
        ...{ concepts: ['ransomware'], confidence: 'forensic' },
      },
    },
    {
      entity: `ETH:${ADDRESS.exchange}`,
      prop: 'tag',
      value: {
        ...{ address: ADDRESS.exchange, currency: 'ETH', label: 'Goodfirm hot wallet' },
        ...{ concepts: ['exchange', 'hot_wallet'], confidence: 'ownership' },
      },
    },
  ],
  graphsense_actors: [
    { entity: 'goodfirm', prop: 'name', value: 'Goodfirm' },
    { entity: 'goodfirm', prop: 'website', value: 'goodfirm.com' },
    { entity: 'goodfirm', prop: 'actor', value: { categories: ['exchange'] } },
  ],
  defihacklabs: [
    { entity: 'bridge', prop: 'schema', value: 'Event' },
    { entity: 'bridge', prop: 'name', value: 'Somebridge' },
    { entity: 'bridge', prop: 'startDate', value: '2026-05' },
    {
      entity: 'bridge',
      prop: 'involved',
      value: { address: ADDRESS.attacker, chain: 'eip155:1', role: 'attacker' },
    },
    { entity: 'bridge', prop: 'tx', value: { hash: `0x${'ab'.repeat(32)}`, chain: 'eip155:1' } },
  ],
  tokenlists: [
    {
      entity: `eip155:1/erc20:${ADDRESS.token}`,
      prop: 'token',
      value: {
        ...{ chain: 'eip155:1', asset: `eip155:1/erc20:${ADDRESS.token}`, address: ADDRESS.token },
        ...{ symbol: 'GOOD', name: 'Good Coin', decimals: 18, list: 'some list' },
      },
    },
  ],
  custos_starter: [
    { entity: 'd', prop: 'schema', value: 'CryptoWallet' },
    { entity: 'd', prop: 'name', value: 'A designated wallet' },
    {
      entity: 'd',
      prop: 'wallet',
      value: { ...wallet(ADDRESS.starter), starter: starter(['us_ofac_sdn']) },
    },
    {
      entity: 'd',
      prop: 'listing',
      value: { list: 'SDN', program: [], starter: starter(['us_ofac_sdn']) },
    },
  ],
}

function starter(supersededBy: readonly string[]) {
  return {
    document: 'a list',
    documentUrl: 'https://list.example/',
    asOf: '2025-06-20',
    supersededBy,
  }
}

export interface WorldOptions {
  /** Datasets that were read; default all. */
  readonly read?: readonly string[]
  /** The list's own date, by dataset; null for none. Default: two days ago. */
  readonly publishedAt?: Readonly<Record<string, string | null>>
  /** Datasets that this installation has; default all. */
  readonly has?: readonly string[]
  readonly attempts?: Readonly<Record<string, 'failed' | 'blocked'>>
  readonly clock?: Clock
  /** Without a book every look-up goes to the index. */
  readonly withBook?: boolean
}

export interface World {
  readonly ledger: MemoryLedger
  readonly index: SqliteIndex
  readonly holder: ViewHolder
  readonly queries: Queries & { warm(): Promise<void> }
  /** Takes over what was committed since. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** The small world as an installation: a ledger in memory, an index, and the questions. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const ledger = new MemoryLedger()
  const all = WORLD_DATASETS.map((dataset) => dataset.name)
  const read = options.read ?? all
  let minute = 0
  for (const [dataset, said] of Object.entries(WORLD)) {
    if (!read.includes(dataset)) continue
    const given = options.publishedAt?.[dataset]
    const publishedAt = given === undefined ? CURRENT : given
    const at = `2026-11-21T12:${String(minute++).padStart(2, '0')}:00Z`
    ledger.version({ dataset, at, publishedAt, said })
  }
  for (const [dataset, state] of Object.entries(options.attempts ?? {})) {
    ledger.attempt(dataset, '2026-11-22T08:00:00Z', state)
  }
  return openQueries(ledger, {
    datasets: WORLD_DATASETS.filter(({ name }) => (options.has ?? all).includes(name)),
    ...options,
  })
}

const ENGLISH = JSON.parse(
  readFileSync(new URL('../../docs/method/messages.en.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>

/** English messages as the catalogue would write them; a missing key or value stays visible. */
export function englishMessage(
  _lang: string,
  key: string,
  params: Readonly<Record<string, string | number>>,
): string {
  const text = ENGLISH[key] ?? `!${key}!`
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

export async function openQueries(
  ledger: MemoryLedger,
  options: { datasets: readonly Dataset[]; clock?: Clock; withBook?: boolean },
): Promise<World> {
  const index = openSqliteIndex(':memory:')
  const datasets = new Map(options.datasets.map((dataset) => [dataset.name, dataset]))
  const view = async (previous?: ViewHolder) => {
    const seq = await applyEvents(ledger, index)
    const keys = index.keys()
    const book = options.withBook === false ? undefined : buildBook(keys, 7, generationOf(seq))
    return buildView({ ledger, index, datasets, book, previous: previous?.current() })
  }
  const holder = new ViewHolder(await view())
  const queries = createQueries({
    ledger,
    index,
    view: holder,
    datasets,
    clock: options.clock ?? fixedClock(WORLD_NOW),
    message: englishMessage,
    readRow: async (file, row) => {
      let text = ''
      for await (const chunk of file.open()) text += Buffer.from(chunk).toString('utf8')
      return text.split('\n').find((line) => line === row)
    },
    version: '0.0.0-test',
  })
  return {
    ledger,
    index,
    holder,
    queries,
    async refresh() {
      holder.swap(await view(holder))
    },
    close: () => index.close(),
  }
}
