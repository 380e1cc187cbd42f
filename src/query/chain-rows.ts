import type { ChainReader, StoredAlert, StoredEvent, StoredTransfer } from '../chain/read.ts'
import type {
  AlertRow,
  ChainEvent,
  ChainId,
  ChainTransaction,
  ChainTransfer,
} from '../chain/types.ts'
import type { AlertDesk } from './chain-alerts.ts'
import type { ChainKnowledge } from './chain-known.ts'
import type { ChainQueryPorts } from './chain-ports.ts'
import type { AlertView, EventView, PartyView, TransferView } from './chain-types.ts'
import { alertView, eventView, transferView } from './chain-view.ts'

/** What every answer about chains is made with. */
export interface ChainParts {
  readonly ports: ChainQueryPorts
  readonly known: ChainKnowledge
  readonly alerts: AlertDesk
}

/** Parties of one transaction that are judged: an airdrop has thousands. */
const PARTIES_MAX = 24
/** Alerts of one subject that are looked through for those of one transaction. */
const ALERTS_MAX = 200

interface Rows {
  readonly transfers: readonly StoredTransfer[]
  readonly events: readonly StoredEvent[]
  readonly alerts: readonly (AlertRow & { readonly change?: number })[]
}

export async function viewsOf(
  { ports, known }: ChainParts,
  chain: ChainId,
  rows: Rows,
  lang = 'en',
): Promise<{
  readonly transfers: readonly TransferView[]
  readonly events: readonly EventView[]
  readonly alerts: readonly AlertView[]
}> {
  return {
    transfers: await transferViews(known, chain, rows.transfers),
    events: rows.events.map((event) => eventView(event, { chain, ...event })),
    alerts: rows.alerts.map((alert) => alertView(alert, lang, ports.message)),
  }
}

export async function transferViews(
  known: ChainKnowledge,
  chain: ChainId,
  rows: readonly StoredTransfer[],
): Promise<readonly TransferView[]> {
  const views: TransferView[] = []
  for (const row of rows) {
    views.push(transferView(row, { chain, ...row }, await known.asset(chain, row.token)))
  }
  return views
}

interface OfTransaction {
  readonly transaction: ChainTransaction
  readonly transfers: readonly ChainTransfer[]
  readonly events: readonly ChainEvent[]
}

/** Everybody whom a transaction names, first those who act. */
export function accountsOf({ transaction, transfers, events }: OfTransaction): readonly string[] {
  const found = new Set<string>()
  const add = (account: string | null) => {
    if (account !== null && !/^0x0{40}$/.test(account)) found.add(account)
  }
  add(transaction.from)
  add(transaction.to)
  add(transaction.created)
  for (const { from, to } of transfers) {
    add(from)
    add(to)
  }
  for (const { owner, spender } of events) {
    add(owner)
    add(spender)
  }
  for (const { token } of transfers) add(token)
  return [...found]
}

export function partiesOf(
  known: ChainKnowledge,
  chain: ChainId,
  of: OfTransaction,
): Promise<readonly PartyView[]> {
  return known.parties(chain, accountsOf(of).slice(0, PARTIES_MAX))
}

/** Alerts of one transaction in the order in which they came, those taken back included. */
export async function alertsOfTx(
  reader: ChainReader,
  chain: ChainId,
  hash: string,
): Promise<readonly StoredAlert[]> {
  const found = await reader.alerts({ chain, tx: hash, limit: ALERTS_MAX })
  return [...found].sort((a, b) => a.change - b.change)
}
