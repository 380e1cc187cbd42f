import { AppError } from '../../../src/base/error.ts'
import type { Day } from '../../../src/model/time.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { canonicalAddress, couldBeAddress } from '../../../src/source/format/wallet.ts'
import { isRecord, parseJson, textOf } from '../../../src/source/parse/json.ts'
import { lines } from '../../../src/source/parse/lines.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

/** An address under one currency, as a list or the history writes it. */
export interface Listed {
  readonly symbol: string
  /** EVM accounts in lower case. */
  readonly address: string
  readonly original: string
  readonly row: string
}

/** A time on the list; `to` is missing while no removal is known. */
export interface Span {
  readonly from: Day
  readonly to?: Day
  readonly row: string
}

export interface ListedHistory extends Listed {
  readonly spans: readonly Span[]
}

interface Event extends Listed {
  readonly day: Day
  readonly isAdded: boolean
}

/** Times on the list by `<symbol>:<address>`; empty without a history. */
export async function readHistory(ctx: CrawlContext): Promise<ReadonlyMap<string, ListedHistory>> {
  const histories = new Map<string, ListedHistory>()
  for (const [key, events] of await eventsByKey(ctx)) {
    const [first] = events
    if (first !== undefined) histories.set(key, { ...first, spans: spansOf(ctx, key, events) })
  }
  return histories
}

async function eventsByKey(ctx: CrawlContext): Promise<ReadonlyMap<string, readonly Event[]>> {
  const byKey = new Map<string, Event[]>()
  const file = ctx.optional('history')
  if (file === undefined) return byKey
  let unreadable = 0
  for await (const { line, text } of lines(file)) {
    if (text.trim() === '') continue
    ctx.countRow()
    const row = at.line('history', line)
    const event = eventOf(parseJson(file, text), row)
    if (event === undefined) {
      unreadable += 1
      ctx.note('history_unreadable', `${row}: ${text.slice(0, 100)}`)
      continue
    }
    const key = `${event.symbol}:${event.address}`
    const events = byKey.get(key)
    if (events === undefined) byKey.set(key, [event])
    else events.push(event)
  }
  if (unreadable > byKey.size) throw malformed(file, 'its lines are no events of this history.')
  if (byKey.size === 0) throw new AppError('source.empty', `${file.name} holds no event.`)
  return byKey
}

function eventOf(value: unknown, row: string): Event | undefined {
  if (!isRecord(value)) return undefined
  const day = textOf(value, 'date') ?? ''
  const kind = textOf(value, 'event')
  const symbol = textOf(value, 'symbol') ?? ''
  const original = textOf(value, 'address') ?? ''
  if (!isDay(day) || !/^[A-Z0-9]{2,12}$/.test(symbol) || !couldBeAddress(original)) return undefined
  if (kind !== 'added' && kind !== 'removed') return undefined
  const address = canonicalAddress(original)
  return { day, isAdded: kind === 'added', symbol, address, original, row }
}

/** Events of one address as times on the list, in order. */
function spansOf(ctx: CrawlContext, key: string, events: readonly Event[]): readonly Span[] {
  const spans: Span[] = []
  let open: Span | undefined
  for (const { day, isAdded, row } of [...events].sort(byDay)) {
    const last = spans.at(-1)
    if (isAdded && open === undefined && last?.to === day) {
      // Gone and back on one day: the list changed the spelling, and never lacked the address.
      spans.pop()
      open = { from: last.from, row: last.row }
    } else if (isAdded) open ??= { from: day, row }
    else if (open === undefined) ctx.note('removed_unseen', key)
    else {
      spans.push({ ...open, to: day })
      open = undefined
    }
  }
  return open === undefined ? spans : [...spans, open]
}

/** On one day a removal comes first: a list that changes the case of an account does both. */
function byDay(a: Event, b: Event): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1
  return Number(a.isAdded) - Number(b.isAdded)
}
