import type { Verdict } from '../model/verdict.ts'

/** RFC 9457, as every error of the API is answered. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
}

/** Thrown for every answer that is not one; `code` is stable, and documented with the API. */
export class CustosError extends Error {
  readonly code: string
  readonly status: number

  constructor(problem: Pick<ProblemBody, 'code' | 'status' | 'detail'>) {
    super(problem.detail)
    this.name = 'CustosError'
    this.code = problem.code
    this.status = problem.status
  }
}

export interface CheckOptions {
  readonly country?: string
  readonly service?: string
  /** A day or an RFC 3339 instant. */
  readonly asOf?: string
  readonly knownAt?: string
  readonly lang?: string
  readonly signal?: AbortSignal
}

export interface BatchResult {
  readonly checked: Verdict['checked']
  readonly notChecked: Verdict['notChecked']
  readonly checkpoint: Verdict['checkpoint']
  readonly asOf: string
  readonly knownAt: string
  readonly ruleset: string
  readonly results: readonly (
    | Omit<Verdict, 'checked' | 'notChecked' | 'checkpoint'>
    | {
        readonly query: string
        readonly verdict: 'unknown'
        readonly error: { readonly code: string; readonly message: string }
      }
  )[]
}

/** One entry of the correction feed. A `retract` withdraws what was said. */
export interface ChangeRow {
  readonly seq: number
  readonly op: 'assert' | 'retract'
  readonly at: string
  readonly effective: string
  readonly dataset: string
  readonly entity: string
  readonly prop: string
  readonly value: string
  readonly statement: string
  readonly run: string
}

export interface Client {
  check(q: string, options?: CheckOptions): Promise<Verdict>
  /** Up to 1,000 queries, answered in order. */
  checkBatch(
    queries: readonly { readonly q: string; readonly country?: string }[],
    options?: Omit<CheckOptions, 'country' | 'service'>,
  ): Promise<BatchResult>
  /** Every change after a sequence number, to the head of the log; then it ends. */
  changes(since: number, options?: { readonly signal?: AbortSignal }): AsyncGenerator<ChangeRow>
  /** Any other GET of the API, for example `get('/v1/sources')`. */
  get<T>(path: string, params?: Params, signal?: AbortSignal): Promise<T>
}

type Params = Readonly<Record<string, string | number | undefined>>

interface ClientOptions {
  /** Where Custos runs, for example `http://127.0.0.1:7070`. */
  readonly baseUrl: string
  /** Default: the platform's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/**
 * A client for browsers and servers, without dependencies.
 *
 * Example: `(await createClient({ baseUrl }).check('example.org')).verdict`
 */
export function createClient(options: ClientOptions): Client {
  const base = options.baseUrl.replace(/\/+$/, '')
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init))

  async function ask<T>(path: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
    const response = await send(`${base}${path}`, {
      ...init,
      headers: { accept: 'application/json', ...init.headers },
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.ok) return (await response.json()) as T
    throw await errorOf(response)
  }

  const get = <T>(path: string, params: Params = {}, signal?: AbortSignal) =>
    ask<T>(`${path}${searchOf(params)}`, {}, signal)

  return {
    get,
    check(q, { signal, ...params } = {}) {
      return get<Verdict>('/v1/check', { q, ...params }, signal)
    },
    checkBatch(queries, { signal, ...rest } = {}) {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ queries, ...rest }),
      }
      return ask<BatchResult>('/v1/check', init, signal)
    },
    async *changes(since, { signal } = {}) {
      for (let from = since; ; ) {
        const page = await get<{ changes: readonly ChangeRow[]; next: number }>(
          '/v1/changes',
          { since: from },
          signal,
        )
        yield* page.changes
        if (page.changes.length === 0 || page.next <= from) return
        from = page.next
      }
    },
  }
}

function searchOf(params: Params): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

async function errorOf(response: Response): Promise<CustosError> {
  const { status } = response
  try {
    const { code, detail } = (await response.json()) as Partial<ProblemBody>
    if (typeof code === 'string') return new CustosError({ code, status, detail: detail ?? code })
  } catch {
    // Something between the client and Custos answered, in its own form.
  }
  return new CustosError({ code: 'client.no_problem', status, detail: `HTTP ${status}` })
}
