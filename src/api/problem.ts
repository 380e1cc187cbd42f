import { type AppError, asAppError } from '../base/error.ts'

interface ProblemInfo {
  readonly status: number
  readonly title: string
}

/**
 * The problems of the API's own edge. Errors from below bring their own code and status; all of
 * them are described in docs/operate/errors.md, under `/problems/<code>`.
 */
export const PROBLEMS = {
  'request.invalid': { status: 400, title: 'The request does not fit' },
  'request.unknown_parameter': { status: 400, title: 'Unknown parameter' },
  'request.repeated_parameter': { status: 400, title: 'A parameter is given twice' },
  'request.not_json': { status: 400, title: 'The body is not JSON' },
  'request.malformed': { status: 400, title: 'Not an HTTP request' },
  'request.not_found': { status: 404, title: 'No such address' },
  'request.method': { status: 405, title: 'Method not allowed' },
  'request.not_acceptable': { status: 406, title: 'Not available in that form' },
  'request.timeout': { status: 408, title: 'The request did not arrive in time' },
  'request.too_large': { status: 413, title: 'The body is too large' },
  'request.media_type': { status: 415, title: 'Unsupported media type' },
  'request.rate_limited': { status: 429, title: 'Too many requests' },
  'request.headers_too_large': { status: 431, title: 'The address or the headers are too large' },
  'query.empty': { status: 400, title: 'Nothing is asked' },
  'query.too_long': { status: 400, title: 'The query is too long' },
  'query.batch_too_large': { status: 413, title: 'Too many queries in one batch' },
  'entity.unknown': { status: 404, title: 'No such entity' },
  'firm.unknown': { status: 404, title: 'No such firm' },
  'regulator.unknown': { status: 404, title: 'No such authority' },
  'chain.no_data': { status: 503, title: 'No chain data' },
  'block.unknown': { status: 404, title: 'No such block' },
  'transaction.unknown': { status: 404, title: 'No such transaction' },
  'address.unknown': { status: 404, title: 'No such address' },
  'token.unknown': { status: 404, title: 'No such token' },
  'alerts.too_many_clients': { status: 503, title: 'Too many listeners' },
  'statement.unknown': { status: 404, title: 'No such statement' },
  'ledger.empty': { status: 404, title: 'The ledger is empty' },
  'internal.error': { status: 500, title: 'Something went wrong' },
  not_built: { status: 501, title: 'Not built yet' },
  'server.not_ready': { status: 503, title: 'Not ready' },
} as const satisfies Readonly<Record<string, ProblemInfo>>

export type ProblemCode = keyof typeof PROBLEMS

export interface FieldError {
  readonly path: string
  readonly message: string
}

interface ProblemOptions {
  readonly params?: AppError['params']
  readonly errors?: readonly FieldError[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A problem of the edge: thrown by a handler, answered by `problemResponse`. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly options: ProblemOptions

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail)
    this.name = 'ProblemError'
    this.code = code
    this.options = options
  }
}

/** RFC 9457. `type` is a reference relative to the server that answers. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly params?: AppError['params']
  readonly errors?: readonly FieldError[]
}

/**
 * Any error as a problem. An error that nobody expected becomes `internal.error` without a word
 * of its own: its message may hold a path, an SQL text or a secret.
 */
export function problemOf(error: unknown): Problem & { readonly headers: Record<string, string> } {
  if (error instanceof ProblemError) {
    const { params, errors, headers } = error.options
    return {
      ...problem(error.code, PROBLEMS[error.code].status, error.message),
      ...(params === undefined ? {} : { params }),
      ...(errors === undefined ? {} : { errors }),
      headers: { ...headers },
    }
  }
  const { code, message, status, params, retryable } = asAppError(error)
  const isClients = status >= 400 && status < 600
  return {
    ...problem(code, isClients ? status : 500, message),
    ...(Object.keys(params).length === 0 ? {} : { params }),
    headers: retryable ? { 'retry-after': '5' } : {},
  }
}

function problem(code: string, status: number, detail: string) {
  const known: ProblemInfo | undefined = PROBLEMS[code as ProblemCode]
  return { type: `/problems/${code}`, title: known?.title ?? code, status, detail, code }
}
