import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'

/** Faster after each answer, slower after each refusal: steps small enough to settle. */
const UP = 1.05
const DOWN = 0.95
/** A refusal that names a time is obeyed at least that long, and never longer than this. */
const PAUSE_MS_MAX = 60_000

/**
 * How many requests an endpoint bears: a bucket of one second whose size adapts. Calls wait in
 * line; the rate is what the endpoint taught, not what its price list says.
 */
export class AdaptiveRate {
  readonly #clock: Clock
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>
  #perSecond: number = LIMITS.rpcRateStart
  #nextMs = 0

  constructor(clock: Clock, sleep: (ms: number, signal: AbortSignal) => Promise<void>) {
    this.#clock = clock
    this.#sleep = sleep
  }

  get perSecond(): number {
    return this.#perSecond
  }

  /** Waits until `requests` more may be sent. */
  async take(requests: number, signal: AbortSignal): Promise<void> {
    assert(requests > 0, 'something is sent')
    const now = this.#clock.nowMs()
    // An idle second may be spent at once; what lies further back is gone.
    const start = Math.max(this.#nextMs, now - 1_000)
    this.#nextMs = start + (1_000 * requests) / this.#perSecond
    if (start > now) await this.#sleep(Math.min(start - now, PAUSE_MS_MAX), signal)
  }

  answered(): void {
    this.#perSecond = Math.min(LIMITS.rpcRateMax, this.#perSecond * UP)
  }

  /** `retryAfter` as the server wrote it: seconds or a date (RFC 9110 §10.2.3). */
  refused(retryAfter: string | null): void {
    this.#perSecond = Math.max(LIMITS.rpcRateMin, this.#perSecond * DOWN)
    const now = this.#clock.nowMs()
    const asked = retryAfter === null ? 1_000 : pauseMs(retryAfter, now)
    this.#nextMs = Math.max(this.#nextMs, now + Math.min(asked, PAUSE_MS_MAX))
  }
}

function pauseMs(retryAfter: string, nowMs: number): number {
  const ms = /^\d{1,9}$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - nowMs
  return Number.isNaN(ms) ? 1_000 : Math.max(0, ms)
}
