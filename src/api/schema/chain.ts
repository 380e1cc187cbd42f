import { z } from '@hono/zod-openapi'
import { finding, instant } from './verdict.ts'

const caip2 = z.string().openapi({ example: 'eip155:1' })
const caip10 = z
  .string()
  .openapi({ example: 'eip155:1:0x098b716b8aaf21512996dc57eb0615e2383e2f96' })
const digits = z.string().openapi({ description: 'Plain digits of the smallest unit.' })
const count = z.number().int()
const verdictValue = z.enum(['danger', 'warning', 'no_adverse_evidence', 'unknown'])
const blockState = z.enum(['provisional', 'final', 'orphaned'])
const origin = z
  .enum(['store', 'node'])
  .openapi({ description: '`node`: read from the node on demand, not followed, not stored.' })
const range = z.object({ from: count, to: count })

export const alert = z
  .object({
    id: z.string(),
    state: z.enum(['provisional', 'confirmed', 'retracted']),
    rule: z.string(),
    ruleVersion: z.string(),
    severity: z.enum(['danger', 'warning', 'info']),
    chain: caip2,
    block: count,
    blockHash: z.string(),
    tx: z.string().nullable(),
    logIndex: count.nullable(),
    subjects: z.array(caip10),
    asset: z.string().nullable().openapi({ description: 'CAIP-19.' }),
    amount: digits.nullable(),
    decimals: count.nullable(),
    text: z.string().openapi({ description: 'One sentence in the asked language.' }),
    params: z.record(z.string(), z.string()),
    statements: z.array(z.string()),
    at: instant,
    supersedes: z.string().nullable(),
    change: count.openapi({ description: 'Place in the stream of changes.' }),
  })
  .openapi('Alert')

export const alertsAnswer = z
  .object({
    alerts: z.array(alert),
    head: count.openapi({ description: 'Ask again with `since` = this.' }),
    nextBefore: count.nullable(),
    asOf: instant,
  })
  .openapi('AlertsAnswer')

const asset = z.object({
  id: z.string(),
  symbol: z.string().nullable(),
  name: z.string().nullable(),
  decimals: count.nullable(),
})

const transfer = z
  .object({
    asset: z.string(),
    from: caip10.nullable(),
    to: caip10.nullable(),
    amount: digits.nullable(),
    tokenId: z.string().nullable(),
    tx: z.string(),
    logIndex: count.nullable(),
    isInternal: z.boolean(),
    block: count,
    at: instant,
    state: blockState,
    units: z.string().nullable(),
    symbol: z.string().nullable(),
  })
  .openapi('Transfer')

const event = z.object({
  kind: z.string(),
  contract: caip10,
  owner: caip10.nullable(),
  spender: caip10.nullable(),
  amount: digits.nullable(),
  extra: z.record(z.string(), z.string()),
  tx: z.string(),
  logIndex: count.nullable(),
  block: count,
  at: instant,
})

const transaction = z.object({
  hash: z.string(),
  from: caip10.nullable(),
  to: caip10.nullable(),
  value: digits,
  status: z.enum(['success', 'failed', 'unknown']),
  selector: z.string().nullable(),
  created: caip10.nullable(),
})

export const blockView = z
  .object({
    chain: caip2,
    number: count,
    hash: z.string(),
    parent: z.string(),
    at: instant,
    state: blockState,
    coverage: z.object({
      receipts: z.boolean(),
      logs: z.boolean(),
      traces: z.boolean(),
      inputs: z.boolean(),
    }),
    transactions: z.array(transaction),
    transfers: z.array(transfer),
    events: z.array(event),
    alerts: z.array(alert),
    counts: z.object({ transactions: count, transfers: count, events: count }),
    next: count.nullable(),
    origin,
    asOf: instant,
  })
  .openapi('Block')

const party = z.object({
  address: caip10,
  verdict: verdictValue,
  classes: z.array(z.string()),
  label: z.string().nullable(),
})

export const transactionAnswer = z
  .object({
    chain: caip2,
    transaction,
    block: z.object({ number: count, hash: z.string(), at: instant, state: blockState }).nullable(),
    transfers: z.array(transfer),
    events: z.array(event),
    alerts: z.array(alert),
    parties: z.array(party),
    isComplete: z.boolean(),
    origin,
    asOf: instant,
  })
  .openapi('TransactionAnswer')

const place = z.object({ block: count, at: instant }).nullable()

export const addressAnswer = z
  .object({
    address: caip10,
    chain: caip2,
    verdict: verdictValue,
    summary: z.string(),
    findings: z.array(finding),
    seen: z
      .object({
        received: count,
        sent: count,
        first: place,
        last: place,
        funder: transfer.nullable(),
        isToken: z.boolean(),
      })
      .nullable(),
    balances: z.array(
      z.object({
        asset,
        change: digits,
        units: z.string().nullable(),
        received: count,
        sent: count,
      }),
    ),
    activity: z.array(z.object({ day: z.string(), transfers: count })),
    alerts: z.array(alert),
    node: z
      .object({
        balance: digits,
        isContract: z.boolean(),
        transactions: count,
        block: count,
      })
      .nullable(),
    held: z.array(range),
    explorer: z.string().nullable(),
    asOf: instant,
  })
  .openapi('AddressAnswer')

export const transfersAnswer = z
  .object({
    address: caip10,
    transfers: z.array(transfer),
    nextCursor: z.string().nullable(),
    asOf: instant,
  })
  .openapi('TransfersAnswer')

export const counterpartiesAnswer = z
  .object({
    address: caip10,
    counterparties: z.array(party.extend({ received: count, sent: count })),
    isComplete: z.boolean(),
    asOf: instant,
  })
  .openapi('CounterpartiesAnswer')

export const tokenAnswer = z
  .object({
    asset,
    chain: caip2,
    address: caip10,
    standing: z.enum(['listed', 'namesake', 'unlisted', 'unchecked']),
    lists: z.array(z.object({ dataset: z.string(), title: z.string(), statement: z.string() })),
    namesakes: z.array(asset),
    code: z
      .object({
        size: count,
        proxy: z.object({ kind: z.string(), implementation: caip10 }).nullable(),
        owner: caip10.nullable(),
        present: z.array(z.enum(['mint', 'pause', 'blacklist', 'fee', 'upgrade', 'burn'])),
      })
      .nullable(),
    supply: digits.nullable(),
    holders: count.nullable(),
    transfers: count,
    findings: z.array(finding),
    asOf: instant,
  })
  .openapi('TokenAnswer')

const overview = z
  .object({
    chain: caip2,
    name: z.string(),
    symbol: z.string().nullable(),
    head: z.object({ number: count, hash: z.string(), at: instant }).nullable(),
    finalized: count.nullable(),
    lagSeconds: count.nullable(),
    blocks: count,
    transactions: count,
    transfers: count,
    alerts: count,
    orphaned: count,
    state: z.enum(['starting', 'following', 'waiting', 'stalled', 'halted', 'done', 'stored']),
    halt: z.object({ code: z.string(), at: instant }).nullable(),
    held: z.array(range),
    backfill: z
      .object({
        done: count,
        total: count,
        blocksPerSecond: z.number(),
        secondsLeft: count.nullable(),
      })
      .nullable(),
    explorers: z.array(z.string()),
  })
  .openapi('ChainOverview')

export const chainsAnswer = z
  .object({ chains: z.array(overview), asOf: instant })
  .openapi('ChainsAnswer')
