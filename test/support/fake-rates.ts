import { decodeLink } from '../../src/query/fx-link.ts'
import { rateError } from '../../src/query/rate-errors.ts'
import type {
  AssetChoice,
  AssetView,
  ConvertAnswer,
  FxPurchaseAnswer,
  HistoryAnswer,
  HistoryPoint,
  LegView,
  QuarantinedView,
  RateQueries,
  TableRow,
} from '../../src/query/rate-types.ts'
import { readBoard } from '../../src/score/rate/board.ts'
import { hash, NOW } from './fake-data.ts'

const TODAY = '2026-11-22'
const NAMES: Readonly<Record<string, string>> = {
  EUR: 'Euro',
  USD: 'US Dollar',
  CNY: 'Chinese Yuan',
  JPY: 'Japanese Yen',
  DEM: 'German Mark',
  XAU: 'Gold',
}
const CHOICES: readonly AssetChoice[] = ['one', 'two'].map((name) => ({
  id: `fake_api:dup-${name}`,
  symbol: 'DUP',
  name: `Duplicate ${name}`,
  asset: null,
  dataset: 'fake_api',
  isPriced: name === 'one',
}))
const QUARANTINED: readonly QuarantinedView[] = [
  {
    dataset: 'fake_api',
    title: 'Example market rates',
    date: '2026-11-21',
    statement: hash('bad-sheet'),
    isWhole: true,
    held: [],
    reasons: [
      { code: 'inverted', count: 212, of: 240, codes: ['btc', 'eth', 'sol'] },
      { code: 'missing_currencies', count: 55, of: 165, codes: ['CHF', 'SEK'] },
    ],
  },
  {
    dataset: 'fake_bank',
    title: 'Example central bank reference rates',
    date: '2026-11-19',
    statement: hash('held-rate'),
    isWhole: false,
    reasons: [],
    held: [{ code: 'CNY', reason: 'moved', rate: '71.900' }],
  },
]

function view(code: string): AssetView {
  const id = code.includes(':') ? code.toLowerCase() : code.toUpperCase()
  const symbol = id.slice(id.indexOf(':') + 1).toUpperCase()
  const isAsset = id.includes(':')
  return {
    id,
    symbol,
    name: NAMES[symbol] ?? (isAsset ? `Token ${symbol}` : symbol),
    kind: isAsset ? 'asset' : 'currency',
    asset: null,
    minorUnit: isAsset ? null : 2,
  }
}

function leg(base: string, quote: string, rate: string, date: string): LegView {
  const isToken = base.includes(':')
  return {
    base,
    quote,
    rate,
    unit: '1',
    operation: 'multiply',
    kind: isToken ? 'market' : 'fixing',
    dataset: isToken ? 'fake_api' : 'fake_bank',
    statement: hash(`sheet ${base} ${date}`),
    date,
    ageDays: 2,
    state: 'carried',
    title: isToken ? 'Example market rates' : 'Example central bank reference rates',
    observedAt: NOW,
  }
}

function checked(code: string): string {
  if (/^dup$/i.test(code)) throw rateError.ambiguous(code, CHOICES)
  if (!/^(?:[A-Za-z]{3}|fake_api:[a-z0-9-]{2,20})$/.test(code)) throw rateError.unknown(code)
  return view(code).id
}

function convert(params: {
  amount?: string | undefined
  from: string
  to: string
  date?: string | undefined
}): ConvertAnswer {
  const [from, to] = [checked(params.from), checked(params.to)]
  const date = params.date ?? TODAY
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw rateError.date(date)
  if (date > TODAY) throw rateError.future(date, TODAY)
  const amount = params.amount ?? ''
  if (amount === '1,234') throw rateError.amount(amount, 'ambiguous', ['1.234', '1234'])
  if (amount !== '' && !/^\d+$/.test(amount)) throw rateError.amount(amount, 'not_a_number')
  const rate = from.includes(':') ? '87654.12' : '1.1157'
  const decimals = rate.length - rate.indexOf('.') - 1
  const cents = String(
    (BigInt(amount === '' ? '0' : amount) * BigInt(rate.replace('.', ''))) /
      10n ** BigInt(decimals - 2),
  ).padStart(3, '0')
  const result = `${cents.slice(0, -2)}.${cents.slice(-2)}`
  return {
    amount: amount === '' ? '0' : amount,
    from,
    to,
    date,
    quantity: amount === '' ? '0.00' : amount,
    currentRate: rate,
    available: result,
    rate,
    result,
    unrounded: result,
    method: from.includes(':') ? 'mixed' : 'fixing',
    state: 'carried',
    legs: from.includes(':')
      ? [leg(from, 'USD', rate, '2026-11-20'), leg('EUR', to, '1.1157', '2026-11-20')]
      : [leg(from, to, rate, '2026-11-20')],
    publishers: ['used', 'shown', 'outlier'].map((role, i) => ({
      dataset: `fake_${role}`,
      title: `Example publisher ${i + 1}`,
      isOfficial: i === 0,
      rate: `1.11${57 + i}`,
      date: '2026-11-20',
      ageDays: 2,
      state: i === 2 ? 'stale' : 'carried',
      statement: hash(role),
      role: role as 'used' | 'shown' | 'outlier',
      weight: null,
    })),
    quarantined: QUARANTINED,
    assets: { from: view(from), to: view(to) },
    asOf: NOW,
    knownAt: NOW,
    notChecked: [],
  }
}

/** A made-up line that goes up and down, at most `max` points of it. */
function history(
  base: string,
  quote: string,
  days: { from?: string | undefined; to?: string | undefined; max: number },
): HistoryAnswer {
  const from = days.from ?? '1999-01-04'
  const to = days.to ?? TODAY
  if (from > to) throw rateError.range(from, to)
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(begin) || Number.isNaN(end)) throw rateError.date(from)
  const all = Math.round((end - begin) / 86_400_000) + 1
  const count = Math.min(all, days.max)
  const points: HistoryPoint[] = Array.from({ length: count }, (_, i) => ({
    date: new Date(begin + ((end - begin) * i) / Math.max(1, count - 1)).toISOString().slice(0, 10),
    rate: (1.12 + 0.18 * Math.sin(i / 37) + 0.03 * Math.sin(i / 5)).toFixed(4),
    dataset: 'fake_bank',
  }))
  const sorted = [...points].sort((a, b) => Number(a.rate) - Number(b.rate))
  return {
    base,
    quote,
    from,
    to,
    points,
    days: all,
    isSampled: count < all,
    first: points[0] ?? null,
    last: points.at(-1) ?? null,
    low: sorted[0] ?? null,
    high: sorted.at(-1) ?? null,
    changePercent: '-4.31',
    sources: [
      { dataset: 'fake_bank', title: 'Example central bank reference rates', from, to, days: all },
    ],
    quarantined: [],
    available: { from: '1999-01-04', to: TODAY },
    asOf: NOW,
    knownAt: NOW,
    notChecked: [],
  }
}

const LINK =
  'eyJhIjoiMjAyNi0xMS0yMlQwOTowMDowMFoiLCJjIjoiVVNEIiwiZCI6IjIwMjYtMTEtMjIiLCJrIjoic3BvdCIsInEiOiIxMDAwIiwiciI6W1siVVNEIiwiMTAwIiwiNzE2LjUwIiwiIiwiNzIxLjMwIiwiIiwiMjAyNi0xMS0yMFQxMDozMDowMCJdXSwicyI6ImJ1eSIsInYiOjEsInciOiJDTlkifQ'

const purchase: FxPurchaseAnswer = {
  side: 'buy',
  kind: 'spot',
  currency: 'USD',
  with: 'CNY',
  quantity: '1000',
  unit: '100',
  currentRate: '721.30',
  total: '7213.00',
  available: '1000.00',
  fee: '0.00',
  mid: '7.1900',
  margin: '23.00',
  marginPercent: '0.32',
  board: 'Example bank',
  boardTime: '2026-11-20T10:30:00',
  permalink: `/tools/fx-purchase?q=${LINK}`,
  token: LINK,
  exchanged: '7213.00',
  overall: '23.00',
  overallPercent: '0.32',
  unitPrice: '7.213',
  spreadPercent: '0.67',
  boardLegs: [{ currency: 'USD', unit: '100', price: '721.30', side: 'spot_sell' }],
  midDate: '2026-11-20',
  midLegs: [leg('USD', 'CNY', '7.1900', '2026-11-20')],
  midState: 'carried',
  boardStatement: null,
  date: TODAY,
  asOf: NOW,
  knownAt: NOW,
  notChecked: [],
}

const ROWS: readonly TableRow[] = ['btc', 'eth', 'sol', 'long-tail-token-20'].map((code, i) => ({
  asset: view(`fake_api:${code}`),
  price: ['87654.12', '2890.4471', '131.02', '0.000000000012345678'][i] ?? '1',
  previousPrice: i === 3 ? null : '1',
  changePercent: ['1.52', '-0.40', '0.00'][i] ?? null,
  dataset: 'fake_api',
  statement: hash('table'),
  date: '2026-11-20',
  previousDate: '2026-11-19',
  ageDays: 2,
  state: i === 3 ? 'stale' : 'carried',
}))

/** Questions about rates answered from memory. With `fresh`, of an installation just begun. */
export function fakeRates(options: { readonly fresh?: boolean } = {}): RateQueries {
  const open = <T>(give: () => T): Promise<T> =>
    Promise.resolve().then(() => {
      if (options.fresh === true) throw rateError.noData()
      return give()
    })
  return {
    convert: (params) => open(() => convert(params)),
    fxPurchase: (params) =>
      open(() => {
        if ('token' in params) {
          decodeLink(params.token)
          return purchase
        }
        convert({
          ...params,
          amount: params.quantity ?? params.budget,
          from: params.currency,
          to: params.with,
        })
        const { board } = params
        if (board !== undefined && 'csv' in board) readBoard(board.csv)
        const hasInput = (params.quantity ?? params.budget) !== undefined
        if (hasInput || board !== undefined) return purchase
        return {
          ...purchase,
          with: view(params.with).id,
          quantity: '0.00',
          available: '0.00',
          total: '0.00',
          board: null,
          boardLegs: [],
          boardTime: null,
        }
      }),
    rates: (params) =>
      open(() => ({
        base: params.base,
        date: TODAY,
        rates: [],
        quarantined: QUARANTINED,
        asOf: NOW,
        knownAt: NOW,
        notChecked: [],
      })),
    history: ({ base, quote, from, to, points = 500 }) =>
      open(() => history(base, quote, { from, to, max: points })),
    currencies: () =>
      open(() =>
        Array.from({ length: 230 }, (_, i) => ({
          ...view(Object.keys(NAMES)[i] ?? `Q${String.fromCharCode(65 + (i % 26), 65 + (i >> 4))}`),
          name: `A currency with a name of its own ${i}`,
          numeric: null,
          until: null,
          successor: null,
          datasets: [],
        })),
      ),
    table: ({ quote = 'USD', q = '' }) =>
      open(() => ({
        quote: checked(quote),
        date: TODAY,
        rows: ROWS.filter(({ asset }) => asset.name.toLowerCase().includes(q.toLowerCase())),
        total: 60,
        quarantined: QUARANTINED,
        asOf: NOW,
        knownAt: NOW,
        notChecked: [],
      })),
    choices: () => open(() => CHOICES),
    boards: () =>
      open(() => [
        { dataset: 'fake_board', title: 'Example board', home: 'CNY', currencies: ['USD', 'EUR'] },
      ]),
    quarantined: () => open(() => QUARANTINED),
    warm: async () => undefined,
  }
}
