import { LIMITS } from '../base/limits.ts'
import { BLOCKS } from '../chain/read.ts'
import { instantOf } from '../model/time.ts'
import type { ChainAccount } from './chain-address.ts'
import type { ChainParts } from './chain-rows.ts'
import { transferViews } from './chain-rows.ts'
import type {
  AddressAnswer,
  ChainQueries,
  CounterpartiesAnswer,
  TransfersAnswer,
} from './chain-types.ts'
import { alertView, unitsOf } from './chain-view.ts'

const BALANCES = 50
const ALERTS = 50
const TRANSFERS = 50
const COUNTERPARTIES = 25
const RANGES = 20

/** What lists, stored blocks and perhaps a node say of an address. */
export async function addressAnswer(
  parts: ChainParts,
  { chain, account }: ChainAccount,
  lang = 'en',
): Promise<AddressAnswer> {
  const { ports, known } = parts
  const address = `${chain}:${account}`
  const verdict = await ports.check({ q: address, lang })
  const reader = ports.reader()
  const seen = await reader?.address(chain, account)
  const alerts = (await reader?.alerts({ chain, subject: address, limit: ALERTS })) ?? []
  const held = (await reader?.coverage(chain, BLOCKS)) ?? []
  const activity = seen === undefined ? [] : ((await reader?.activity(chain, account)) ?? [])
  const { explorers } = await known.chain(chain)
  const place = (at: { readonly block: number; readonly at: number } | null) =>
    at === null ? null : { block: at.block, at: instantOf(at.at * 1_000) }
  const funder =
    seen?.funder == null ? null : ((await transferViews(known, chain, [seen.funder]))[0] ?? null)
  return {
    address,
    chain,
    verdict: verdict.verdict,
    summary: verdict.summary,
    findings: verdict.findings,
    seen:
      seen === undefined
        ? null
        : {
            received: seen.received,
            sent: seen.sent,
            first: place(seen.first),
            last: place(seen.last),
            funder,
            isToken: seen.isToken,
          },
    balances: seen === undefined ? [] : await balances(parts, { chain, account }),
    activity: activity.map(({ day, transfers }) => ({
      day: instantOf(day * 1_000).slice(0, 10),
      transfers,
    })),
    alerts: alerts.map((alert) => alertView(alert, lang, ports.message)),
    node: await onNode(parts, { chain, account }),
    held: held.slice(-RANGES),
    explorer: explorerOf(explorers, account),
    asOf: instantOf(ports.clock.nowMs()),
  }
}

async function balances(
  { ports, known }: ChainParts,
  { chain, account }: ChainAccount,
): Promise<AddressAnswer['balances']> {
  const rows = (await ports.reader()?.balances(chain, account, BALANCES)) ?? []
  const views: AddressAnswer['balances'][number][] = []
  for (const { token, change, received, sent } of rows) {
    const asset = await known.asset(chain, token)
    const units = unitsOf(change, asset.decimals)
    views.push({ asset, change: String(change), units, received, sent })
  }
  return views
}

/** A node that does not answer takes nothing from what is known here. */
async function onNode(
  { ports }: ChainParts,
  { chain, account }: ChainAccount,
): Promise<AddressAnswer['node']> {
  try {
    const found = await ports.node(chain)?.account(account)
    return found === undefined ? null : { ...found, balance: String(found.balance) }
  } catch {
    return null
  }
}

function explorerOf(explorers: readonly string[], account: string): string | null {
  const [base] = explorers
  return base === undefined ? null : `${base.replace(/\/+$/, '')}/address/${account}`
}

export async function transfersAnswer(
  { ports, known }: ChainParts,
  { chain, account }: ChainAccount,
  page: Parameters<ChainQueries['transfers']>[1],
): Promise<TransfersAnswer> {
  const limit = Math.min(page.limit ?? TRANSFERS, LIMITS.pageRowsMax)
  const found = await ports.reader()?.transfersOf(chain, account, { ...page, limit })
  return {
    address: `${chain}:${account}`,
    transfers: await transferViews(known, chain, found?.rows ?? []),
    nextCursor: found?.cursor ?? null,
    asOf: instantOf(ports.clock.nowMs()),
  }
}

export async function counterpartiesAnswer(
  { ports, known }: ChainParts,
  { chain, account }: ChainAccount,
  asked = COUNTERPARTIES,
): Promise<CounterpartiesAnswer> {
  const limit = Math.min(asked, LIMITS.pageRowsMax)
  const found = await ports.reader()?.counterparties(chain, account, limit)
  const counterparties: CounterpartiesAnswer['counterparties'][number][] = []
  for (const { address, received, sent } of found?.rows ?? []) {
    counterparties.push({ ...(await known.party(chain, address)), received, sent })
  }
  return {
    address: `${chain}:${account}`,
    counterparties,
    isComplete: found?.isComplete ?? true,
    asOf: instantOf(ports.clock.nowMs()),
  }
}
