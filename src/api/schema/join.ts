import { z } from '@hono/zod-openapi'

/** One of the records that are one firm. */
export const memberRow = z
  .object({
    id: z.string(),
    dataset: z.string(),
    datasetTitle: z.string(),
    schema: z.string(),
    caption: z.string(),
    isLive: z.boolean(),
  })
  .openapi('FirmMember')

/** A judgement that two records are one firm, or that they are not. */
export const joinRow = z
  .object({
    kind: z.enum(['sameAs', 'notSameAs']),
    left: z.string(),
    right: z.string(),
    author: z.string().openapi({ description: '`custos` for the rules, else who judged.' }),
    reason: z.string().openapi({ description: 'Documented in docs/method/joins.md.' }),
    value: z.string().nullable().openapi({ description: 'What both share.' }),
    score: z.number().min(0).max(1).openapi({ description: 'Of the names.' }),
    statement: z.string(),
  })
  .openapi('Join')
