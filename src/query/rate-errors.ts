import { AppError, type ErrorParams } from '../base/error.ts'
import type { AmountFault } from '../model/amount-text.ts'
import type { Day } from '../model/time.ts'
import type { AssetChoice } from './rate-types.ts'

const SENTENCES: Readonly<Record<AmountFault, string>> = {
  empty: 'An amount is missing.',
  not_a_number: 'That is no amount. Write digits, with a point or a comma for decimals: 1234.56.',
  ambiguous: 'That amount can be read in two ways.',
  exponent: 'Write the amount with all its digits, without an exponent.',
  negative: 'An amount is above zero, and this one is below.',
  zero: 'An amount is above zero.',
  too_long: 'An amount has at most 40 digits on each side of the point.',
}

function bad(code: string, message: string, params: ErrorParams = {}, status = 400): AppError {
  return new AppError(code, message, { status, params })
}

interface Near {
  /** The nearest days that have a rate, however far. */
  readonly last: Day | null
  readonly next: Day | null
  /** True: a source of rates has never been read here. */
  readonly needsSync: boolean
}

function hint({ needsSync }: { readonly needsSync: boolean }): string {
  return needsSync ? ' Some sources of rates have not been read yet: more needs one sync.' : ''
}

/** One place for every clear text: what was wrong, and what to write instead. */
export const rateError = {
  amount(text: string, fault: AmountFault, readings: readonly string[] = []): AppError {
    const told =
      readings.length === 0 ? '' : ` It may be ${readings.join(' or ')}; write it plainly.`
    return bad('rate.bad_amount', SENTENCES[fault] + told, {
      amount: text.slice(0, 100),
      fault,
      readings: readings.join(' '),
    })
  },
  tooPrecise(currency: string, decimals: number): AppError {
    const some = decimals === 0 ? 'no decimals' : `${decimals} decimals`
    const message = `An amount of ${currency} has ${some}; nobody can pay less than the smallest coin.`
    return bad('fx.too_precise', message, { currency, decimals })
  },
  unknown(code: string): AppError {
    const shown = code.slice(0, 60)
    const message = `"${shown}" is no currency or asset that is known here. Write an ISO 4217 code (EUR), a publisher's name (currency_api:btc) or a CAIP-19 asset.`
    return bad('rate.unknown_currency', message, { code: shown }, 404)
  },
  ambiguous(code: string, choices: readonly AssetChoice[]): AppError {
    const ids = choices.map(({ id }) => id).join(' ')
    const message = `"${code.slice(0, 60)}" names ${choices.length} things: choose one of them. ${ids}`
    return bad('rate.ambiguous', message, {
      code: code.slice(0, 60),
      count: choices.length,
      choices: ids,
    })
  },
  notPriced(code: string, choices: readonly AssetChoice[]): AppError {
    const ids = choices.map(({ id }) => id).join(' ')
    const hint = ids === '' ? '' : ` The same symbol is priced as ${ids}.`
    const message = `No publisher here prices "${code.slice(0, 140)}" as such.${hint}`
    return bad('rate.not_priced', message, { code: code.slice(0, 140), choices: ids }, 404)
  },
  date(text: string): AppError {
    const message = 'A date is a calendar day: 2020-03-16.'
    return bad('rate.bad_date', message, { date: text.slice(0, 40) })
  },
  future(date: Day, today: Day): AppError {
    const message = `${date} is in the future: the newest rates are of ${today} or before.`
    return bad('rate.future_date', message, { date, today })
  },
  range(from: Day, to: Day): AppError {
    return bad('rate.bad_range', `The range ends (${to}) before it begins (${from}).`, { from, to })
  },
  beforeCurrency(currency: string, since: Day, date: Day): AppError {
    const message = `${currency} exists since ${since}; on ${date} there was no such currency.`
    return bad('rate.before_currency', message, { currency, since, date }, 404)
  },
  beforeSeries(
    pair: { from: string; to: string },
    date: Day,
    near: { first: Day; needsSync: boolean },
  ): AppError {
    const message = `The rates of ${pair.from} in ${pair.to} that are held here begin on ${near.first}.${hint(near)}`
    return bad('rate.before_series', message, { ...pair, date, ...near }, 404)
  },
  retired(currency: string, until: Day): AppError {
    const message = `${currency} ended on ${until}, and no fixed rate to a successor is known.`
    return bad('rate.retired', message, { currency, until }, 404)
  },
  none(
    pair: { from: string; to: string },
    date: Day,
    near: Near = { last: null, next: null, needsSync: false },
  ): AppError {
    const before = near.last === null ? '' : ` The last one before is of ${near.last}.`
    const after = near.next === null ? '' : ` The next one is of ${near.next}.`
    const message = `No publisher here has a rate of ${pair.from} in ${pair.to} for ${date}.${before}${after}${hint(near)}`
    return bad('rate.none', message, { ...pair, date, ...near }, 404)
  },
  noData(): AppError {
    return bad('rate.no_data', 'No rates have been read yet: they need one sync.', {}, 503)
  },
} as const
