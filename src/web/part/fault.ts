import { html } from 'hono/html'
import { type AppError, asAppError } from '../../base/error.ts'
import { hasKey, type MessageKey } from '../../i18n/catalogue.ts'
import { formatDay } from '../../i18n/format.ts'
import { isDay } from '../../model/time.ts'
import type { AssetChoice } from '../../query/rate-types.ts'
import type { View } from '../view.ts'
import { href, queryOf } from './href.ts'
import type { Html } from './html.ts'
import { cutIdentifier, data } from './text.ts'

/** Fields of the calculators that an error can be about; `page` for none of them. */
export type FaultField =
  | 'amount'
  | 'from'
  | 'to'
  | 'date'
  | 'since'
  | 'fee'
  | 'board'
  | 'knownAt'
  | 'page'

export interface RateFault {
  readonly field: FaultField
  readonly error: AppError
  /** What an ambiguous code may mean. */
  readonly choices: readonly AssetChoice[]
}

/** An answer, or what was wrong with the question. */
export type Asked<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: RateFault }

const FIELDS: Readonly<Record<string, FaultField>> = {
  'rate.bad_amount': 'amount',
  'fx.too_precise': 'amount',
  'fx.two_amounts': 'amount',
  'rate.bad_date': 'date',
  'rate.future_date': 'date',
  'rate.before_currency': 'date',
  'rate.before_series': 'date',
  'rate.retired': 'date',
  'rate.none': 'date',
  'rate.bad_range': 'since',
  'fx.bad_fee': 'fee',
  'fx.fee_too_high': 'fee',
  'fx.bad_board': 'board',
  'fx.inverted_board': 'board',
  'fx.no_row': 'board',
  'fx.no_price': 'board',
  'fx.unknown_board': 'board',
  'fx.board_too_large': 'board',
  'fx.same_currency': 'to',
  'query.bad_time': 'knownAt',
}

/**
 * Asks, and keeps what the reader can mend: errors of the calculators. Every other error is the
 * installation's, and goes on to the error page.
 */
export async function askRates<T>(
  ask: () => Promise<T>,
  pair: { readonly from?: string | undefined; readonly to?: string | undefined },
  choices: (symbol: string) => Promise<readonly AssetChoice[]>,
): Promise<Asked<T>> {
  try {
    return { value: await ask() }
  } catch (thrown) {
    const error = asAppError(thrown)
    if (!/^(?:rate|fx)\.|^query\.bad_time$/.test(error.code)) throw error
    const code = textOf(error, 'code')
    const isOffered = error.code === 'rate.ambiguous' || error.code === 'rate.not_priced'
    return {
      fault: {
        field: FIELDS[error.code] ?? codeField(error, pair),
        error,
        choices: isOffered ? await choices(code).catch(() => []) : [],
      },
    }
  }
}

function codeField(
  error: AppError,
  pair: { readonly from?: string | undefined; readonly to?: string | undefined },
): FaultField {
  if (!/^rate\.(?:unknown_currency|ambiguous|not_priced)$/.test(error.code)) return 'page'
  const code = textOf(error, 'code')
  const isOf = (text: string | undefined) =>
    text?.trim().slice(0, 60).toLowerCase() === code.slice(0, 60).toLowerCase()
  return isOf(pair.to) && !isOf(pair.from) ? 'to' : 'from'
}

function textOf(error: AppError, name: string): string {
  const value = error.params[name]
  return typeof value === 'string' ? value : ''
}

/** The sentence of an error in the reader's language; days are written as the language does. */
export function faultText(view: View, error: AppError): string {
  const own = `error.${error.code}.${textOf(error, 'fault')}`
  const key = hasKey(own) ? own : `error.${error.code}`
  if (!hasKey(key)) return view.t('error.rate.other')
  const params: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(error.params)) {
    if (typeof value === 'number') params[name] = value
    else if (typeof value === 'string') {
      const shown = name === 'readings' ? value.split(' ').join(' / ') : value
      params[name] = isDay(value) ? formatDay(view.locale, value) : shown
    }
  }
  return view.t(key as MessageKey, params)
}

/** The error beside its field, with the choices that the field may be set to. */
export function faultOf(
  view: View,
  fault: RateFault | undefined,
  place: FaultField,
  query: Readonly<Record<string, string | undefined>>,
  names: Readonly<Partial<Record<FaultField, string>>> = {},
): Html | null {
  if (fault === undefined || fault.field !== place) return null
  const name = names[place] ?? place
  return html`${faultText(view, fault.error)}${nearest(view, fault.error)}${
    fault.error.code.startsWith('fx.') && fault.field === 'board'
      ? html` <bdi class="detail" lang="en">${fault.error.message}</bdi>`
      : null
  }${
    fault.choices.length === 0
      ? null
      : html`<ul class="choices">${fault.choices.map(
          (one) => html`<li><a href="${`${href(view.locale, view.path)}${queryOf({
            ...query,
            [name]: one.id,
          })}`}">${data(one.symbol)} · ${data(one.name)}</a> <span
class="muted">${cutIdentifier(one.id)}${
            one.isPriced ? null : html` · ${view.t('tools.not_priced')}`
          }</span></li>`,
        )}</ul>`
  }`
}

/** The days nearest to one without a rate, where some are known. */
function nearest(view: View, error: AppError): Html | null {
  const days = [textOf(error, 'last'), textOf(error, 'next')].filter((text) => isDay(text))
  if (error.code !== 'rate.none' || days.length === 0) return null
  const text = days.map((text) => formatDay(view.locale, text)).join(view.t('list.separator'))
  return html` ${view.t('tools.nearest', { days: text })}`
}

/** Nothing has been read yet: a state of the installation, and no fault of the reader. */
export function isEmptyInstallation(fault: RateFault | undefined): boolean {
  return fault?.error.code === 'rate.no_data'
}
