import { type Clock, fixedClock } from '../../src/base/clock.ts'
import { applyEvents } from '../../src/index/indexer.ts'
import { openSqliteIndex } from '../../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../../src/index/view.ts'
import { type Dataset, datasetSchema } from '../../src/model/dataset.ts'
import type { Quote, RateSheet } from '../../src/model/rate-sheet.ts'
import type { RateQueries } from '../../src/query/rate-types.ts'
import { createRateQueries } from '../../src/query/rates.ts'
import { MemoryLedger, type Said } from './memory-ledger.ts'

/** Metadata of a dataset of rates, invented. */
export function rateDataset(name: string, role: Dataset['authority']['role'] = 'issuer'): Dataset {
  return datasetSchema.parse({
    name,
    title: `Rates of ${name}`,
    summary: `What ${name} is.`,
    authority: { name, country: null, url: 'https://authority.example/', role },
    kind: 'rates',
    licence: { id: 'CC0-1.0', name: 'CC0', url: null, redistribute: true },
    cadence: 'P1D',
    page: `https://authority.example/${name}`,
    assertions: [{ metric: 'rows', min: 1, reason: 'A list without a row is no list.' }],
  })
}

export const RATE_DATASETS: readonly Dataset[] = [
  rateDataset('ecb_eurofxref'),
  rateDataset('currency_api', 'publisher'),
  rateDataset('tr_tcmb'),
  rateDataset('pl_nbp'),
  rateDataset('ca_boc'),
  rateDataset('no_norges'),
]

type Quotes = Readonly<Record<string, Quote>>

/** A sheet as a source says it. */
export function sheetSaid(
  sheet: Omit<RateSheet, 'quotes'> & { readonly quotes: Quotes },
  table = '',
): Said {
  const { base, day, kind, direction } = sheet
  const quotes = Object.fromEntries(
    Object.entries(sheet.quotes).map(([code, q]) => [code, typeof q === 'string' ? q : { ...q }]),
  )
  const value = { base, day, kind, direction, quotes }
  return { entity: `${base}:${day}${table}`, prop: 'sheet', value, from: day }
}

/** One euro in other currencies, as an authority fixes it. */
export function ecb(day: string, quotes: Quotes): Said {
  const what = { base: 'EUR', kind: 'fixing', direction: 'base_in_quote' } as const
  return sheetSaid({ ...what, day, quotes })
}

/** One dollar in other currencies and assets, as a publisher collects it. */
export function market(day: string, quotes: Quotes): Said {
  const what = { base: 'USD', kind: 'market', direction: 'base_in_quote' } as const
  return sheetSaid({ ...what, day, quotes })
}

/** Units of other currencies in one's own. */
export function national(base: string, day: string, quotes: Quotes): Said {
  return sheetSaid({ base, kind: 'fixing', direction: 'quote_in_base', day, quotes })
}

export interface RateWorld {
  readonly ledger: MemoryLedger
  readonly rates: RateQueries
  /** Commits a version and takes it over. */
  tell(dataset: string, said: readonly Said[], at?: string, complete?: boolean): Promise<void>
  close(): Promise<void>
}

export interface RateWorldOptions {
  readonly now?: string
  readonly clock?: Clock
  readonly datasets?: readonly Dataset[]
}

/** An installation that holds nothing but what a test tells it. */
export async function openRates(
  said: Readonly<Record<string, readonly Said[]>> = {},
  options: RateWorldOptions = {},
): Promise<RateWorld> {
  const now = options.now ?? '2031-03-10T12:00:00Z'
  const ledger = new MemoryLedger()
  const index = openSqliteIndex(':memory:')
  const datasets = new Map((options.datasets ?? RATE_DATASETS).map((d) => [d.name, d]))
  const commit = (dataset: string, list: readonly Said[], at: string, complete: boolean) => {
    const days = list.map(({ from }) => from ?? '').sort()
    const publishedAt = `${days.at(-1) || '2031-01-01'}T00:00:00Z`
    ledger.version({ dataset, at, publishedAt, said: list, complete })
  }
  let minute = 0
  for (const [dataset, list] of Object.entries(said)) {
    commit(dataset, list, `2031-03-09T08:${String(minute++).padStart(2, '0')}:00Z`, false)
  }
  const view = async (previous?: ViewHolder) => {
    await applyEvents(ledger, index)
    return buildView({ ledger, index, datasets, previous: previous?.current() })
  }
  const holder = new ViewHolder(await view())
  const clock = options.clock ?? fixedClock(now)
  return {
    ledger,
    rates: createRateQueries({ ledger, index, view: holder, datasets, clock }),
    async tell(dataset, list, at = '2031-03-09T20:00:00Z', complete = false) {
      commit(dataset, list, at, complete)
      holder.swap(await view(holder))
    },
    close: () => index.close(),
  }
}
