import { LIMITS } from '../base/limits.ts'
import type { ChainReader } from '../chain/read.ts'
import { instantOf } from '../model/time.ts'
import { chainAccount, chainOf, txHash } from './chain-address.ts'
import type { ChainQueryPorts } from './chain-ports.ts'
import type { AlertsAnswer, AlertsParams, AlertView } from './chain-types.ts'
import { alertView } from './chain-view.ts'

const LIMIT = 100
/** Where nobody tells of changes, they are looked for: the newest number is one read of an index. */
const LOOK_MS = 1_000

/** Answers about alerts, and those who wait for one. */
export class AlertDesk {
  readonly #ports: ChainQueryPorts
  readonly #waiters = new Set<() => void>()
  #end: (() => void) | undefined

  constructor(ports: ChainQueryPorts) {
    this.#ports = ports
  }

  async list(params: AlertsParams): Promise<AlertsAnswer> {
    const { clock, message } = this.#ports
    const reader = this.#ports.reader()
    const asOf = instantOf(clock.nowMs())
    if (reader === undefined) return { alerts: [], head: 0, nextBefore: null, asOf }
    const limit = Math.min(params.limit ?? LIMIT, LIMITS.pageRowsMax)
    const { since, before, rule, state } = params
    const chain = params.chain === undefined ? undefined : (chainOf(params.chain) ?? params.chain)
    const filter = {
      since,
      before,
      rule,
      state,
      chain,
      tx: params.tx === undefined ? undefined : (txHash(chain ?? '', params.tx) ?? params.tx),
      subject: params.subject === undefined ? undefined : subjectOf(params.subject),
    }
    // Read first: a change in between is then asked for twice rather than never.
    const head = await reader.alertHead()
    const rows = await reader.alerts({ ...filter, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return {
      alerts: shown.map((row) => alertView(row, params.lang ?? 'en', message)),
      head,
      nextBefore: rows.length > limit ? (shown.at(-1)?.change ?? null) : null,
      asOf,
    }
  }

  async one(id: string, lang = 'en'): Promise<AlertView | undefined> {
    const row = await this.#ports.reader()?.alert(id)
    return row && alertView(row, lang, this.#ports.message)
  }

  /** Every change after `since`, oldest first, each in the state that it gave. */
  async changes(since: number, limit: number, lang = 'en'): Promise<readonly AlertView[]> {
    const rows = (await this.#ports.reader()?.alertChanges(since, limit)) ?? []
    return rows.map(({ change, alert }) =>
      alertView({ ...alert, change }, lang, this.#ports.message),
    )
  }

  async head(): Promise<number> {
    return (await this.#ports.reader()?.alertHead()) ?? 0
  }

  /** Resolves when there may be an alert newer than `since`, or at the signal. Throws nothing. */
  async wait(since: number, signal: AbortSignal): Promise<void> {
    const hasNews = async () => {
      const reader: ChainReader | undefined = this.#ports.reader()
      return reader !== undefined && (await reader.alertHead()) > since
    }
    while (!signal.aborted) {
      // Listened first: what comes while the newest number is read is not missed.
      const woken = this.#woken(signal)
      const isNews = await hasNews().catch(() => false)
      if (isNews) {
        woken.end()
        return
      }
      await woken.done
    }
  }

  #woken(signal: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, LOOK_MS)
    const wake = () => resolve()
    this.#waiters.add(wake)
    signal.addEventListener('abort', wake, { once: true })
    this.#end ??= this.#ports.onAlerts?.(() => {
      for (const waiter of this.#waiters) waiter()
    })
    const done = promise.finally(() => {
      clearTimeout(timer)
      this.#waiters.delete(wake)
      signal.removeEventListener('abort', wake)
    })
    return { done, end: wake }
  }
}

function subjectOf(text: string): string {
  const found = chainAccount(text)
  return found === undefined ? text : `${found.chain}:${found.account}`
}
