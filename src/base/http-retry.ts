import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import { AppError } from './error.ts'
import type { Rng } from './rng.ts'

/** First pause between two attempts; it doubles, and jitter spreads the clients of one server. */
const BACKOFF_MS = 500
/** A server that asks for more than this is asked again by the next sync, not by this one. */
const RETRY_AFTER_MS_MAX = 30_000

/** A name that does not exist or a certificate that is wrong stays so for the next seconds. */
const PERMANENT = /^ENOTFOUND$|CERT|TLS|LEAF_SIGNATURE|HOSTNAME/

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal })
}

/** The fault in Custos's words; the original stays as cause, and never reaches a reader. */
export function describeFailure(cause: unknown): AppError {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; depth++) {
    if (error instanceof AppError) return error
    error = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined)
  }
  const code = errorCode(cause)
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') {
    return new AppError('fetch.timeout', 'The server took too long.', {
      status: 504,
      retryable: true,
      cause,
    })
  }
  return new AppError('fetch.network', `The server cannot be reached (${code}).`, {
    status: 502,
    retryable: !PERMANENT.test(code),
    params: { code },
    cause,
  })
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{2,48}$/.test(code) ? code : 'connection failed'
}

export function isRetryable(error: AppError): boolean {
  return error.retryable
}

/**
 * Milliseconds until the next attempt: what the server asks for (RFC 9110 §10.2.3, seconds or a
 * date), else exponential backoff with full jitter. Undefined when the server asks for too long.
 */
export function retryDelayMs(
  error: AppError,
  tries: number,
  rng: Rng,
  clock: Clock,
): number | undefined {
  const askedMs = retryAfterMs(error, clock)
  if (askedMs !== undefined) return askedMs > RETRY_AFTER_MS_MAX ? undefined : askedMs
  return Math.round(BACKOFF_MS * 2 ** (tries - 1) * (0.5 + rng()))
}

/** Milliseconds that the server asked to wait, in seconds or by a date; undefined without that. */
export function retryAfterMs(error: AppError, clock: Clock): number | undefined {
  const asked = error.params.retryAfter
  if (typeof asked !== 'string') return undefined
  const ms = /^\d{1,9}$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - clock.nowMs()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
