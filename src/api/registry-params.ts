import { z } from '@hono/zod-openapi'
import { LIMITS } from '../base/limits.ts'
import { asOf, country, knownAt, lang, limit, service } from './params.ts'

const TOO_LONG = 'query.too_long'
const EMPTY = 'query.empty'

/** A firm by any of the texts that name one. */
const firm = z
  .string('is required')
  .max(LIMITS.queryCharsMax, TOO_LONG)
  .refine((text) => text.trim() !== '', EMPTY)
  .openapi({ description: 'Name, LEI, licence number, site or entity id.', example: 'Coinbase' })
const place = z
  .string('is required')
  .regex(/^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$/, 'must be two letters, or a part of a country (US-NY)')
  .openapi({ description: 'ISO 3166-1 alpha-2, or ISO 3166-2 for a part.', example: 'DE' })
const word = z.string().min(1).max(200).optional()
const code = z.string().regex(/^[a-z_]{1,40}$/, 'must be a code in lower case')
const day = z.iso.date('must be a day (2024-03-01)').optional()
const cursor = z
  .string()
  .regex(/^\d{1,8}$/, 'is not one that was given')
  .optional()
const kind = z
  .enum(['licence', 'registration', 'exemption', 'notification', 'warning', 'ban'])
  .optional()

export const serveQuery = z.strictObject({ firm, country: place, service, asOf, knownAt, lang })

export const licencesQuery = z.strictObject({
  regulator: word.openapi({ description: 'Code of the directory, or part of the name.' }),
  country: country.openapi({ description: 'Home, or covered.' }),
  status: code.optional(),
  kind,
  service,
  q: word.openapi({ description: 'Part of the holder’s name, an LEI or a number.' }),
  dataset: word,
  changedSince: day.openapi({ description: 'Rows that a version changed on this day or later.' }),
  asOf,
  limit,
  cursor,
})

export const regulatorsQuery = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be two letters')
    .optional()
    .openapi({ description: 'ISO 3166-1 alpha-2, or EU.' }),
  limit,
  cursor,
})
export const regulatorParams = z.object({
  code: z
    .string()
    .regex(/^[A-Za-z]{2}(-[A-Za-z0-9]{1,40}){1,4}$/, 'must be a code of the directory')
    .openapi({ example: 'de-bafin' }),
})
export const regulatorQuery = z.strictObject({ asOf, knownAt, lang })

export const rankingsQuery = z.strictObject({
  by: z.enum(['score', 'newly_licensed', 'newly_warned']).optional(),
  country,
  label: code.optional(),
  kind: kind.openapi({ description: 'Firms with a permission of this kind in force.' }),
  asOf,
  limit,
  cursor,
})

export const registryChangesQuery = z.strictObject({
  country,
  kind: code.optional().openapi({
    description: 'One kind of event, or the word before its underscore: licence, warning, domain.',
    example: 'licence_granted',
  }),
  dataset: word,
  since: day.openapi({ description: 'First day.' }),
  firm: z.string().min(1).max(LIMITS.queryCharsMax).optional(),
  limit,
  cursor,
  lang,
})

export const compareQuery = z.strictObject({ a: firm, b: firm, asOf, knownAt, lang })
export const firmQuery = z.strictObject({ asOf, knownAt, lang })
