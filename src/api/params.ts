import { z } from '@hono/zod-openapi'
import { LIMITS } from '../base/limits.ts'
import { BIRTH_DATE, isDay } from '../model/time.ts'
import { type FieldError, ProblemError } from './problem.ts'

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** A calendar day that exists (its end in UTC is meant), or an RFC 3339 instant with its zone. */
function isTime(text: string): boolean {
  if (isDay(text)) return true
  const match = INSTANT.exec(text)
  return match !== null && isDay(match[1] ?? '') && !Number.isNaN(Date.parse(text))
}

const time = z
  .string()
  .max(40)
  .refine(isTime, 'must be a day (2024-03-01) or an instant with its zone (2024-03-01T12:00:00Z)')
export const asOf = time.optional().openapi({
  description: "The world's time: a day means its end, UTC. Default: now.",
  example: '2024-03-01',
})
export const knownAt = time.optional().openapi({
  description: "The ledger's time: what this instance had been told by then. Default: now.",
})

/** Empty and too long have codes of their own, which `invalid` finds by these messages. */
const EMPTY = 'query.empty'
const TOO_LONG = 'query.too_long'
const queryText = z
  .string('is required')
  .max(LIMITS.queryCharsMax, TOO_LONG)
  .refine((text) => text.trim() !== '', EMPTY)
  .openapi({ example: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' })

export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'must be two letters (ISO 3166-1 alpha-2)')
  .transform((code) => code.toUpperCase())
  .optional()
  .openapi({ type: 'string', example: 'DE' })
export const service = z
  .string()
  .regex(/^[a-j]$/, 'must be one letter from a to j (MiCA)')
  .optional()
  .openapi({ example: 'a' })
export const lang = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/, 'must be a language tag (BCP 47)')
  .optional()
  .openapi({ example: 'en' })
const word = z.string().min(1).max(100).optional()
const cursor = z.string().min(1).max(512).optional()
export const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().int().min(1).max(LIMITS.pageRowsMax))
  .optional()
  .openapi({ type: 'integer', minimum: 1, maximum: LIMITS.pageRowsMax })

const birthDate = z
  .string()
  .regex(BIRTH_DATE, 'must be a year, a month or a day (1970, 1970-05, 1970-05-01)')
  .optional()
  .openapi({ example: '1970-05-01', description: 'Qualifies what a name finds.' })
const nationality = country.openapi({ description: 'Of the asked one; ISO 3166-1 alpha-2.' })
const schema = z
  .string()
  .regex(/^[A-Za-z]{1,40}$/, 'must be a FollowTheMoney schema')
  .optional()
  .openapi({ example: 'Person', description: 'What the asked one is.' })

export const checkQuery = z.strictObject({
  q: queryText,
  country,
  service,
  birthDate,
  nationality,
  schema,
  asOf,
  knownAt,
  lang,
})
export const searchQuery = z.strictObject({
  q: queryText,
  schema: word,
  birthDate,
  nationality,
  country,
  dataset: word,
  topic: word,
  limit,
  cursor,
  asOf,
  knownAt,
})
export const suggestQuery = z.strictObject({ q: z.string().max(LIMITS.queryCharsMax, TOO_LONG) })
export const timesQuery = z.strictObject({ asOf, knownAt })
export const pageQuery = z.strictObject({ limit, cursor })
export const timedPageQuery = z.strictObject({ asOf, knownAt, limit, cursor })
export const changesQuery = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a sequence number')
    .transform(Number)
    .optional()
    .openapi({ type: 'integer', minimum: 0, description: 'Default 0: from the beginning.' }),
  entity: z.string().min(1).max(LIMITS.queryCharsMax).optional(),
  limit,
})
export const noQuery = z.strictObject({})

export const entityParams = z.object({
  id: z.string().min(1).max(LIMITS.queryCharsMax).openapi({ example: 'us_ofac_sdn:12345' }),
})
export const statementParams = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
})

/** One query of a batch. Its length is judged one by one, so that it never fails the others. */
const batchQuery = z.strictObject({ q: z.string(), country, birthDate, nationality, schema })

export const batchBody = z
  .strictObject({
    queries: z.array(batchQuery).openapi({ maxItems: LIMITS.batchQueriesMax }),
    asOf,
    knownAt,
    lang,
  })
  .openapi('BatchRequest')

/**
 * Query parameters as one text each. A name that no route knows and a name that is given twice
 * are refused: a misspelt `asof` that is ignored in silence would answer another question.
 */
export function singleValues(
  values: Readonly<Record<string, readonly string[]>>,
  known: readonly string[],
): Record<string, string> {
  const single: Record<string, string> = {}
  for (const [name, given] of Object.entries(values)) {
    if (!known.includes(name)) {
      throw new ProblemError(
        'request.unknown_parameter',
        `There is no parameter "${name.slice(0, 40)}" here; known are: ${known.join(', ') || 'none'}.`,
      )
    }
    if (given.length !== 1) {
      throw new ProblemError('request.repeated_parameter', `"${name}" is given more than once.`)
    }
    single[name] = given[0] ?? ''
  }
  return single
}

/** What a schema found wrong, as a problem. */
export function invalid(error: z.ZodError): ProblemError {
  const messages = error.issues.map((issue) => issue.message)
  if (messages.includes(TOO_LONG)) return queryTooLong()
  if (messages.includes(EMPTY)) return new ProblemError('query.empty', 'The query holds no text.')
  const errors: FieldError[] = error.issues.slice(0, 10).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100),
    message: issue.message.slice(0, 200),
  }))
  const first = errors[0]
  const detail =
    first === undefined
      ? 'The request does not fit.'
      : `${first.path || 'The body'}: ${first.message}`
  return new ProblemError('request.invalid', detail, { errors })
}

function queryTooLong(): ProblemError {
  return new ProblemError('query.too_long', 'The query is too long.', {
    params: { charsMax: LIMITS.queryCharsMax },
  })
}
