import { AppError, asAppError } from '../base/error.ts'
import type {
  AlertsParams,
  ChainOverview,
  ChainQueries,
  TransferView,
} from '../query/chain-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import { addressPage } from './page/address.ts'
import { alertsPage } from './page/alerts.ts'
import { blockPage, chainPage, notHeldPage, transactionPage } from './page/chain.ts'
import { tokenPage } from './page/token.ts'
import type { Valued } from './part/chain.ts'
import { explorerUrls } from './part/explorer.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

type Query = Readonly<Record<string, string | undefined>>

/** Who answers about chains; rates are asked for the worth of transfers, where they exist. */
export interface ChainPorts {
  readonly chain: ChainQueries
  readonly rates?: RateQueries | undefined
}

const ALERTS_PAGE = 50
const BLOCKS_PAGE = 25
const TRANSFERS_PAGE = 25
const COUNTERPARTIES = 20
const BLOCK_ROWS = 200
const HOUR_MS = 3_600_000
/** Alerts of the last hour are counted so far; more is said as "and more". */
const HOUR_ALERTS_MAX = 200
const STATES = ['provisional', 'confirmed', 'retracted'] as const

/** The rules that can be asked for; what each says is under `alert.rule.<id>`. */
export const ALERT_RULES = [
  'approval.drainer',
  'counterparty.mixer',
  'counterparty.sanctioned',
  'counterparty.scam',
  'counterparty.stolen',
  'exchange.outflow_burst',
  'funded.mixer',
  'issuer.freeze',
  'liquidity.pulled',
  'poisoning.look_alike',
  'token.mint_and_dump',
  'transfer.large',
  'transfer.structured',
] as const

export async function answerAlerts(chain: ChainQueries, view: View, query: Query): Promise<Page> {
  const before = wholeNumber(query.before)
  const state = STATES.find((one) => one === query.state)
  const filter = { chain: query.chain, rule: query.rule, state }
  const params: AlertsParams = { ...filter, before, limit: ALERTS_PAGE, lang: view.locale }
  const [answer, chains] = await Promise.all([chain.alerts(params), chain.chains()])
  const isNewest = before === undefined
  return alertsPage(view, { answer, chains, rules: ALERT_RULES, filter, isNewest })
}

export async function answerChain(chain: ChainQueries, view: View, id: string): Promise<Page> {
  const overview = await chain.chain(id)
  if (overview === undefined) return notHeldPage(view, id, [])
  const [blocks, alerts] = await Promise.all([
    chain.blocks(id, { limit: BLOCKS_PAGE }),
    chain.alerts({ chain: id, limit: ALERTS_PAGE / 5, lang: view.locale }),
  ])
  return chainPage(view, { chain: overview, blocks, alerts })
}

export async function answerBlock(
  chain: ChainQueries,
  view: View,
  id: string,
  ref: string,
  query: Query,
): Promise<Page> {
  const page = { from: wholeNumber(query.from), limit: BLOCK_ROWS, lang: view.locale }
  const block = await chain.block(id, ref, page)
  const explorers = explorerUrls(await chain.explorers(id), 'block', ref)
  return block === undefined ? notHeldPage(view, ref, explorers) : blockPage(view, block, explorers)
}

export async function answerTransaction(
  chain: ChainQueries,
  view: View,
  id: string,
  hash: string,
): Promise<Page> {
  const [answer, bases] = await Promise.all([
    chain.transaction(id, hash, { lang: view.locale }),
    chain.explorers(id),
  ])
  const explorers = explorerUrls(bases, 'tx', hash)
  if (answer !== undefined) return transactionPage(view, answer, explorers)
  // A transaction goes with its block; what was said of it stays, and says that it was taken back.
  const { alerts } = await chain.alerts({ chain: id, tx: hash, lang: view.locale })
  return notHeldPage(view, hash, explorers, alerts)
}

export async function answerAddress(
  { chain, rates }: ChainPorts,
  view: View,
  caip10: string,
  query: Query,
): Promise<Page> {
  const answer = await chain.address(caip10, { lang: view.locale })
  if (answer === undefined) return notHeldPage(view, caip10, [])
  const direction = (['in', 'out'] as const).find((one) => one === query.direction)
  const { cursor } = query
  const currencies = await currenciesOf(rates, view)
  const currency = currencies.find((code) => code === query.currency?.toUpperCase())
  const [transfers, counterparties] =
    answer.seen === null
      ? [undefined, undefined]
      : await Promise.all([
          chain.transfers(caip10, { cursor, direction, limit: TRANSFERS_PAGE }),
          chain.counterparties(caip10, COUNTERPARTIES),
        ])
  return addressPage(view, {
    answer,
    transfers,
    counterparties,
    currencies,
    values: await valuesOf(rates, transfers?.transfers ?? [], currency),
    query: { cursor: undefined, direction, currency },
  })
}

export async function answerAsset(chain: ChainQueries, view: View, caip19: string): Promise<Page> {
  const answer = await chain.token(caip19, { lang: view.locale })
  if (answer === undefined) return notHeldPage(view, caip19, [])
  const bases = await chain.explorers(answer.chain)
  const bare = answer.address.slice(answer.address.lastIndexOf(':') + 1)
  return tokenPage(view, answer, explorerUrls(bases, 'token', bare))
}

/** Currencies that somebody here quotes; none where nothing here has rates. */
async function currenciesOf(
  rates: RateQueries | undefined,
  view: View,
): Promise<readonly string[]> {
  if (rates === undefined) return []
  try {
    const all = await rates.currencies(view.locale)
    return all
      .filter(({ kind, until }) => kind === 'currency' && until === null)
      .map(({ id }) => id)
  } catch (error) {
    return unpriced(error, [])
  }
}

/** What each transfer was worth on its day. A token that nobody priced then has no value. */
async function valuesOf(
  rates: RateQueries | undefined,
  transfers: readonly TransferView[],
  currency: string | undefined,
): Promise<Valued | undefined> {
  if (rates === undefined || currency === undefined) return undefined
  const worth = await Promise.all(
    transfers.map(async ({ asset, units, at }) => {
      if (units === null) return undefined
      const question = { from: asset, to: currency, amount: units, date: at.slice(0, 10) }
      try {
        return (await rates.convert({ ...question, lang: 'en' })).available
      } catch (error) {
        return unpriced(error, undefined)
      }
    }),
  )
  return { currency, of: (transfer) => worth[transfers.indexOf(transfer)] }
}

/** A question that the rates refuse leaves the value out; a fault is one. */
function unpriced<T>(error: unknown, instead: T): T {
  if (asAppError(error).status >= 500) throw error
  return instead
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new AppError('query.bad_since', 'A sequence number is a whole number.', { status: 400 })
}

/** What the front page says of chains; undefined where none is held. */
export interface ChainPulse {
  readonly chains: readonly ChainOverview[]
  readonly lastHour: number
  /** The count stopped at its limit. */
  readonly isMore: boolean
}

export async function chainPulse(
  chain: ChainQueries | undefined,
  nowMs: number,
): Promise<ChainPulse | undefined> {
  const chains = (await chain?.chains()) ?? []
  if (chain === undefined || chains.length === 0) return undefined
  const { alerts } = await chain.alerts({ limit: HOUR_ALERTS_MAX })
  const recent = alerts.filter(({ at }) => nowMs - Date.parse(at) < HOUR_MS)
  const isMore = recent.length === HOUR_ALERTS_MAX
  return { chains, lastHour: recent.length, isMore }
}

/** A page about the subject of a verdict on one chain. */
export interface ChainLink {
  readonly kind: 'address' | 'tx' | 'token'
  readonly chain: string
  readonly name: string
  readonly path: string
  /** The same subject at public explorers of its chain. */
  readonly explorers: readonly string[]
}

const LINKS_MAX = 6

/**
 * Where an address or a transaction can be looked at here: on the chain that its reading names, and
 * on each followed chain of the same family, because one key is an address on all of them.
 */
export async function chainLinks(
  chain: ChainQueries | undefined,
  verdict: { readonly kind: string; readonly readings: readonly { readonly subject: string }[] },
): Promise<readonly ChainLink[]> {
  if (chain === undefined) return []
  const overviews = await chain.chains()
  const named = (id: string) => overviews.find((one) => one.chain === id)?.name ?? id
  const links = new Map<string, Omit<ChainLink, 'explorers'> & { readonly subject: string }>()
  const put = (kind: ChainLink['kind'], id: string, rest: string) => {
    const path =
      kind === 'tx'
        ? `/tx/${encodeURIComponent(id)}/${encodeURIComponent(rest)}`
        : `/${kind}/${encodeURIComponent(kind === 'token' ? rest : `${id}:${rest}`)}`
    if (links.size < LINKS_MAX && !links.has(path)) {
      links.set(path, { kind, chain: id, name: named(id), path, subject: rest })
    }
  }
  for (const { subject } of verdict.readings) {
    const token = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32})\/[a-z0-9]{3,8}:.+$/.exec(subject)
    const account = /^([-a-z0-9]{3,8}):([-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})$/.exec(subject)
    if (token?.[1] !== undefined) put('token', token[1], subject)
    else if (account !== null && /^(?:address|transaction)$/.test(verdict.kind)) {
      const [, family = '', reference = '', rest = ''] = account
      const kind = verdict.kind === 'transaction' ? 'tx' : 'address'
      for (const one of overviews) {
        if (one.chain.startsWith(`${family}:`)) put(kind, one.chain, rest)
      }
      put(kind, `${family}:${reference}`, rest)
    }
  }
  return await Promise.all(
    [...links.values()].map(async ({ subject, ...link }) => {
      const bare = subject.slice(subject.lastIndexOf(':') + 1)
      const explorers = explorerUrls(await chain.explorers(link.chain), link.kind, bare)
      return { ...link, explorers }
    }),
  )
}
