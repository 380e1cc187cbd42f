import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { readDay } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import { Party } from '../../../src/source/format/party.ts'
import { canonicalAddress, couldBeAddress } from '../../../src/source/format/wallet.ts'

interface Order {
  readonly updated: string
  readonly until: string
}

const TYPE = 'סוג'
const UPDATED = 'תאריך עדכון'
const UNTIL = 'תוקף הצו'

/** Symbols of the networks that the list names, where the row gives no currency. */
const USUAL: Readonly<Record<string, string>> = {
  BTC: 'XBT',
  EVM: 'ETH',
  ETH: 'ETH',
  TRON: 'TRX',
  LTC: 'LTC',
  DOGE: 'DOGE',
  ADA: 'ADA',
}

export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const orders = await ordersOf(ctx)
  const required = ['order', 'address', 'network_guess']
  const rows = csvFields(ctx, { role: 'wallets', required, known: ['currency'] })
  for await (const row of rows) {
    const address = row.get('address')
    if (!couldBeAddress(address)) {
      // Orders name telephone numbers and persons too: what is no address is not repeated here.
      ctx.note('row_without_address', row.row)
      continue
    }
    const number = orderNumber(row.get('order'))
    const party = new Party(ctx, `${number ?? 'order'}:${canonicalAddress(address)}`, row.row)
    read(party, row, { address, number, order: orders.get(number ?? '') })
    yield* party.drain()
  }
}

/** `צ.ת 18/26`, `צ.ת - 34/23 של שר הביטחון` → `18/26`, `34/23`. */
function orderNumber(text: string): string | undefined {
  return /\d{1,3}\s?\/\s?\d{2,4}/.exec(text)?.[0].replace(/\s/g, '')
}

async function ordersOf(ctx: CrawlContext): Promise<ReadonlyMap<string, Order>> {
  const orders = new Map<string, Order>()
  if (ctx.optional('orders') === undefined) return orders
  for await (const row of csvFields(ctx, { role: 'orders', required: [TYPE, UPDATED, UNTIL] })) {
    const number = orderNumber(row.get(TYPE))
    if (number === undefined) ctx.note('order_without_number', row.row)
    else orders.set(number, { updated: row.get(UPDATED), until: row.get(UNTIL) })
  }
  return orders
}

function read(
  party: Party,
  row: FieldRow,
  p: { address: string; number: string | undefined; order: Order | undefined },
): void {
  const network = row.get('network_guess').toUpperCase()
  const currency = row.get('currency') || (USUAL[network] ?? network)
  party.add('schema', 'CryptoWallet')
  party.json('wallet', { address: canonicalAddress(p.address), currency })
  party.json('listing', {
    list: 'IL',
    program: [row.get('order').replace(/\s+/gu, ' ')],
    authorityId: p.number,
  })
  if (p.number === undefined) party.defect('order_unreadable', 'order', row.get('order'))
  if (p.order === undefined) return
  party.day('listingDate', p.order.updated, ['dmy', 'iso'])
  const until = readDay(p.order.until, ['dmy', 'iso'])
  if (until !== undefined) party.add('endDate', until, { original: p.order.until })
  // Instead of a day stands a dash, or the order of forfeiture that followed.
  else if (/\p{L}/u.test(p.order.until)) party.notes(p.order.until, 'Force of the order')
}
