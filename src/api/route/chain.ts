import { z } from '@hono/zod-openapi'
import { LIMITS } from '../../base/limits.ts'
import { csvRow } from '../../model/csv-text.ts'
import { instantOf } from '../../model/time.ts'
import type { TransferView } from '../../query/chain-types.ts'
import { lang, limit, noQuery } from '../params.ts'
import { ProblemError } from '../problem.ts'
import { jsonAnswer } from '../respond.ts'
import { type ApiPorts, type Route, route } from '../route.ts'
import {
  addressAnswer,
  alertsAnswer,
  blockView,
  chainsAnswer,
  counterpartiesAnswer,
  tokenAnswer,
  transactionAnswer,
  transfersAnswer,
} from '../schema/chain.ts'

/** Answers that may ask a node, or judge each party. */
const DEEP_COST = 4
/** Rows of one CSV: a spreadsheet's worth; the rest is asked for page by page. */
const CSV_ROWS_MAX = 10_000
const CSV_COST = 20

const text = (example: string) => z.string().min(1).max(LIMITS.queryCharsMax).openapi({ example })
const whole = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)
  .optional()
  .openapi({ type: 'integer', minimum: 0 })
const chainParam = text('eip155:1')
const addressParams = z.object({
  caip10: text('eip155:1:0x098b716b8aaf21512996dc57eb0615e2383e2f96'),
})
const cursor = z.string().min(1).max(512).optional()

export const alertFilters = {
  rule: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,80}$/, 'must be the id of a rule')
    .optional()
    .openapi({ example: 'counterparty.sanctioned' }),
  state: z.enum(['provisional', 'confirmed', 'retracted']).optional(),
  chain: chainParam.optional(),
  subject: addressParams.shape.caip10.optional(),
}

export const alertsQuery = z.strictObject({
  since: whole.openapi({ description: 'Only alerts that changed after this number.' }),
  before: whole.openapi({ description: 'The next page: `nextBefore` of the last.' }),
  ...alertFilters,
  limit,
  lang,
})

const chains = route({
  method: 'get',
  path: '/v1/chains',
  tag: 'chains',
  summary: 'Every chain of which something is held: head, lag, counts, what is followed.',
  query: noQuery,
  answer: chainsAnswer,
  cost: 1,
  problems: [503],
  async handle(_request, ports) {
    const asOf = instantOf(ports.clock.nowMs())
    return jsonAnswer({ chains: await chainOf(ports).chains(), asOf }, 'never')
  },
})

const block = route({
  method: 'get',
  path: '/v1/blocks/{chain}/{n}',
  tag: 'chains',
  summary: 'A block by number or hash: transactions, transfers, events, alerts.',
  query: z.strictObject({ from: whole, limit, lang }),
  params: z.object({ chain: chainParam, n: text('18000000') }),
  answer: blockView,
  cost: DEEP_COST,
  problems: [404, 502, 503],
  async handle({ query, params }, ports) {
    const found = await chainOf(ports).block(params.chain, params.n, query)
    if (found === undefined) throw unknown('block.unknown', 'No such block is held here.')
    return jsonAnswer(found, 'public')
  },
})

const transaction = route({
  method: 'get',
  path: '/v1/tx/{chain}/{hash}',
  tag: 'chains',
  summary: 'A transaction: decoded flows, events, parties with their verdicts, alerts.',
  query: z.strictObject({ lang }),
  params: z.object({ chain: chainParam, hash: text('0x…') }),
  answer: transactionAnswer,
  cost: DEEP_COST,
  problems: [404, 502, 503],
  async handle({ query, params }, ports) {
    const found = await chainOf(ports).transaction(params.chain, params.hash, query)
    if (found === undefined) {
      throw unknown('transaction.unknown', 'No such transaction is held here.')
    }
    return jsonAnswer(found, 'own')
  },
})

const address = route({
  method: 'get',
  path: '/v1/addresses/{caip10}',
  tag: 'chains',
  summary: 'An address: labels, verdict, balance changes, activity, alerts.',
  query: z.strictObject({ lang }),
  params: addressParams,
  answer: addressAnswer,
  cost: DEEP_COST,
  problems: [404, 503],
  async handle({ query, params }, ports) {
    const found = await chainOf(ports).address(params.caip10, query)
    if (found === undefined) throw noAddress()
    return jsonAnswer(found, 'own')
  },
})

const transfers = route({
  method: 'get',
  path: '/v1/addresses/{caip10}/transfers',
  tag: 'chains',
  summary: 'Transfers of an address that are held, newest first; also as CSV.',
  query: z.strictObject({
    direction: z.enum(['in', 'out']).optional(),
    format: z.enum(['json', 'csv']).optional(),
    cursor,
    limit,
  }),
  params: addressParams,
  answer: transfersAnswer,
  mediaTypes: ['application/json', 'text/csv'],
  cost: 1,
  problems: [404, 503],
  async handle({ query, params, mediaType, charge }, ports) {
    const { format, ...page } = query
    if (format === 'csv' || (format === undefined && mediaType === 'text/csv')) {
      charge(CSV_COST)
      return csvAnswer(ports, params.caip10, page)
    }
    const found = await chainOf(ports).transfers(params.caip10, page)
    if (found === undefined) throw noAddress()
    return jsonAnswer(found, 'own')
  },
})

const COLUMNS = [
  'time',
  'block',
  'state',
  'transaction',
  'log',
  'from',
  'to',
  'asset',
  'symbol',
  'units',
  'amount',
  'tokenId',
] as const

async function csvAnswer(
  ports: ApiPorts,
  caip10: string,
  page: { direction?: 'in' | 'out' | undefined; cursor?: string | undefined },
) {
  const lines = [csvRow(COLUMNS)]
  let next = page.cursor
  do {
    const asked = { direction: page.direction, cursor: next, limit: LIMITS.pageRowsMax }
    const found = await chainOf(ports).transfers(caip10, asked)
    if (found === undefined) throw noAddress()
    for (const row of found.transfers) lines.push(csvRow(cellsOf(row)))
    next = found.nextCursor ?? undefined
  } while (next !== undefined && lines.length < CSV_ROWS_MAX)
  const more = next === undefined ? {} : { link: `<?format=csv&cursor=${next}>; rel="next"` }
  const headers = { 'content-disposition': 'attachment; filename="transfers.csv"', ...more }
  return { body: lines.join(''), mediaType: 'text/csv', cache: 'own' as const, headers }
}

function cellsOf(row: TransferView): readonly string[] {
  return [
    row.at,
    String(row.block),
    row.state,
    row.tx,
    row.logIndex === null ? '' : String(row.logIndex),
    row.from ?? '',
    row.to ?? '',
    row.asset,
    row.symbol ?? '',
    row.units ?? '',
    row.amount ?? '',
    row.tokenId ?? '',
  ]
}

const counterparties = route({
  method: 'get',
  path: '/v1/addresses/{caip10}/counterparties',
  tag: 'chains',
  summary: 'With whom an address dealt, by held transfers, each with its verdict.',
  query: z.strictObject({ limit }),
  params: addressParams,
  answer: counterpartiesAnswer,
  cost: DEEP_COST,
  problems: [404, 503],
  async handle({ query, params }, ports) {
    const found = await chainOf(ports).counterparties(params.caip10, query.limit)
    if (found === undefined) throw noAddress()
    return jsonAnswer(found, 'own')
  },
})

const token = route({
  method: 'get',
  path: '/v1/tokens/{caip19}',
  isRest: true,
  tag: 'chains',
  summary: 'A token: listed, a namesake or unlisted; what its code has; what was seen of it.',
  query: z.strictObject({ lang }),
  params: z.object({
    caip19: text('eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7'),
  }),
  answer: tokenAnswer,
  cost: DEEP_COST,
  problems: [404, 503],
  async handle({ query, params }, ports) {
    const found = await chainOf(ports).token(params.caip19, query)
    if (found === undefined) throw unknown('token.unknown', 'That is no CAIP-19 id of a token.')
    return jsonAnswer(found, 'own')
  },
})

const alerts = route({
  method: 'get',
  path: '/v1/alerts',
  tag: 'alerts',
  summary: 'Alerts in their newest state, newest change first.',
  query: alertsQuery,
  answer: alertsAnswer,
  cost: 2,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await chainOf(ports).alerts(query), 'public'),
})

function chainOf(ports: ApiPorts) {
  if (ports.chain !== undefined) return ports.chain
  throw new ProblemError('chain.no_data', 'This installation holds no chains.')
}

function unknown(
  code: 'block.unknown' | 'transaction.unknown' | 'token.unknown',
  detail: string,
): ProblemError {
  return new ProblemError(code, detail)
}

function noAddress(): ProblemError {
  return new ProblemError('address.unknown', 'That is no CAIP-10 address of a chain.')
}

export const chainRoutes: readonly Route[] = [
  chains,
  block,
  transaction,
  address,
  transfers,
  counterparties,
  token,
  alerts,
]
