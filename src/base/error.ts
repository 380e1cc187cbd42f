export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>

interface AppErrorOptions {
  /** HTTP status that fits the error; 500 when it is not about a request. */
  readonly status?: number
  readonly retryable?: boolean
  readonly params?: ErrorParams
  readonly cause?: unknown
}

/**
 * An expected error. `code` is a stable dotted string, documented in `docs/operate/errors.md`,
 * and is the `type` of the RFC 9457 problem that the API answers. `message` is for people and
 * never holds a path, an SQL text or a secret.
 */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly retryable: boolean
  readonly params: ErrorParams

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = options.status ?? 500
    this.retryable = options.retryable ?? false
    this.params = options.params ?? {}
  }
}

/** The error as an `AppError`: unknown errors become `internal.error`, with the original as cause. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError('internal.error', 'Something went wrong inside Custos.', { cause: error })
}
