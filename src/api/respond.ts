import { sha256Hex } from '../base/encode.ts'
import { problemOf } from './problem.ts'

/**
 * Who may keep an answer. `own`: what somebody asked is kept by nobody but themselves. `public`:
 * anyone, but asked again each time, since the next sync changes it. `short`: for five minutes.
 * `never`: a state of this moment.
 */
export type CachePolicy = 'own' | 'public' | 'short' | 'never'

const CACHE: Readonly<Record<CachePolicy, string>> = {
  own: 'private, no-cache',
  public: 'public, no-cache',
  short: 'public, max-age=300',
  never: 'no-store',
}

/**
 * The data is public, no route changes anything, and there are no cookies: any site may read.
 * The other headers keep an answer from ever being run, framed or sniffed as something else.
 */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface Answer {
  readonly body: string
  readonly mediaType: string
  readonly cache: CachePolicy
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

export function jsonAnswer(value: unknown, cache: CachePolicy): Answer {
  return { body: JSON.stringify(value), mediaType: 'application/json', cache }
}

/** Members that say when the question was asked; they change with every answer. */
const VOLATILE = /"(?:asOf|knownAt)":"[^"]*"|"ageSeconds":\d+/g

/**
 * A weak validator (RFC 9110 §8.8.1) over everything but the clock's own members: two answers
 * that differ only in when they were asked for are the same answer. A list that goes stale
 * changes its `state`, and with it the tag. A quote inside a JSON string is escaped, so data
 * cannot pose as such a member.
 */
function weakEtag(body: string): string {
  return `W/"${sha256Hex(body.replace(VOLATILE, '')).slice(0, 32)}"`
}

export function strongEtag(body: string): string {
  return `"${sha256Hex(body).slice(0, 32)}"`
}

/** RFC 9110 §13.1.2: weak comparison, any of the listed tags, or `*`. */
function isMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const opaque = etag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === opaque)
}

export interface RequestFacts {
  readonly method: string
  readonly ifNoneMatch: string | undefined
  /** Headers that every answer to this request carries: the rate limit's. */
  readonly extra: Readonly<Record<string, string>>
}

export function respond(answer: Answer, request: RequestFacts): Response {
  const headers: Record<string, string> = {
    ...COMMON_HEADERS,
    ...request.extra,
    ...answer.headers,
    'content-type': withCharset(answer.mediaType),
    'cache-control': CACHE[answer.cache],
  }
  const status = answer.status ?? 200
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (status === 200 && isRead && answer.cache !== 'never') {
    headers.etag ??= weakEtag(answer.body)
    if (isMatch(request.ifNoneMatch, headers.etag)) {
      delete headers['content-type']
      return new Response(null, { status: 304, headers })
    }
  }
  return new Response(answer.body, { status, headers })
}

function withCharset(mediaType: string): string {
  return mediaType.startsWith('text/') && !mediaType.includes('charset')
    ? `${mediaType}; charset=utf-8`
    : mediaType
}

export function respondProblem(
  error: unknown,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const { headers, ...problem } = problemOf(error)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...COMMON_HEADERS,
      ...extra,
      ...headers,
      'content-type': 'application/problem+json',
      'cache-control': CACHE.never,
    },
  })
}
