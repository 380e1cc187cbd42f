import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { networkOf } from '../base/ip.ts'
import { isLocal } from './client-ip.ts'

/** `quota` units of cost in any window of `windowSeconds`; a check costs 1. */
interface RatePolicy {
  readonly name: string
  readonly quota: number
  readonly windowSeconds: number
}

export interface RateLimitOptions {
  /** For clients by network. */
  readonly remote: RatePolicy
  /** For this machine itself; undefined: not limited. */
  readonly local: RatePolicy | undefined
}

/** Twenty checks a second without a pause from one network: a wallet, not a scraper. */
export const DEFAULT_RATE_LIMIT: RateLimitOptions = {
  remote: { name: 'default', quota: 1_200, windowSeconds: 60 },
  // The owner's own scripts: limited only so far that a runaway loop is seen.
  local: { name: 'local', quota: 6_000_000, windowSeconds: 60 },
}

/** Networks remembered at once, about 10 MB; above it newcomers share one bucket. */
const BUCKETS_MAX = 100_000
/** Looking through all of them costs some milliseconds: not for every newcomer. */
const SWEEP_MS = 1_000

interface Bucket {
  tokens: number
  atMs: number
}

export interface RateAnswer {
  readonly isAccepted: boolean
  readonly policy: RatePolicy
  /** Units left in this moment, and seconds until the next one or until the bucket is full. */
  readonly remaining: number
  readonly resetSeconds: number
}

export interface RateLimiter {
  /** Undefined: nobody counts this client. */
  take(ip: string | undefined, cost: number): RateAnswer | undefined
}

/**
 * Token bucket by network. A bucket that held the whole quota and filled at the quota's rate would
 * let twice the quota pass in one window; it therefore holds half and fills with the other half, so
 * that no window of any position sees more than the quota. A cost above what a bucket can hold
 * passes when the bucket is full and leaves a debt.
 */
export function createRateLimiter(options: RateLimitOptions, clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>()
  let sweptMs = Number.NEGATIVE_INFINITY

  function bucketOf(key: string, policy: RatePolicy, nowMs: number): Bucket {
    const found = buckets.get(key)
    if (found !== undefined) return found
    if (buckets.size >= BUCKETS_MAX && nowMs - sweptMs >= SWEEP_MS) {
      sweptMs = nowMs
      forgetFull(buckets, policy, nowMs)
    }
    const name = buckets.size >= BUCKETS_MAX ? 'newcomers' : key
    const bucket = buckets.get(name) ?? { tokens: burstOf(policy), atMs: nowMs }
    buckets.set(name, bucket)
    return bucket
  }

  return {
    take(ip, cost) {
      assert(cost >= 0, 'a cost is never negative')
      const isOwn = isLocal(ip)
      const policy = isOwn ? options.local : options.remote
      if (policy === undefined) return undefined
      const nowMs = clock.nowMs()
      const bucket = bucketOf(isOwn ? 'local' : networkOf(ip ?? ''), policy, nowMs)
      refill(bucket, policy, nowMs)
      const needed = Math.min(cost, burstOf(policy))
      const isAccepted = bucket.tokens >= needed
      if (isAccepted) bucket.tokens -= needed
      const missing = isAccepted ? 1 - bucket.tokens : needed - bucket.tokens
      return {
        isAccepted,
        policy,
        remaining: Math.max(0, Math.floor(bucket.tokens)),
        resetSeconds: Math.max(0, Math.ceil(missing / rateOf(policy))),
      }
    },
  }
}

function burstOf(policy: RatePolicy): number {
  return policy.quota / 2
}

/** Units a second. */
function rateOf(policy: RatePolicy): number {
  return policy.quota / 2 / policy.windowSeconds
}

function refill(bucket: Bucket, policy: RatePolicy, nowMs: number): void {
  // A clock that goes back gives nothing and takes nothing.
  const seconds = Math.max(0, nowMs - bucket.atMs) / 1_000
  bucket.tokens = Math.min(burstOf(policy), bucket.tokens + seconds * rateOf(policy))
  bucket.atMs = Math.max(bucket.atMs, nowMs)
}

/** A full bucket says the same as none. */
function forgetFull(buckets: Map<string, Bucket>, policy: RatePolicy, nowMs: number): void {
  for (const [key, bucket] of buckets) {
    refill(bucket, policy, nowMs)
    if (bucket.tokens >= burstOf(policy)) buckets.delete(key)
  }
}

/** draft-ietf-httpapi-ratelimit-headers: the one place that writes them. */
export function rateHeaders(answer: RateAnswer): Record<string, string> {
  const { policy, remaining, resetSeconds } = answer
  const headers: Record<string, string> = {
    'ratelimit-policy': `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`,
    ratelimit: `"${policy.name}";r=${remaining};t=${resetSeconds}`,
  }
  if (!answer.isAccepted) headers['retry-after'] = String(Math.max(1, resetSeconds))
  return headers
}
