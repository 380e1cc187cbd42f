import type { UnitQuote } from '../../../src/model/rate-sheet.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { type Day, isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { isoCode, rateText, SheetPile, unitText } from '../../../src/source/format/rate-sheet.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'
import {
  childrenOf,
  childText,
  type XmlElement,
  xmlRecords,
} from '../../../src/source/parse/xml.ts'

/** Six zeros went on that day: bulletins of before quote the old lira. */
const NEW_LIRA: Day = '2005-01-01'

const SIDES = [
  ['buy', 'ForexBuying'],
  ['sell', 'ForexSelling'],
  ['cashBuy', 'BanknoteBuying'],
  ['cashSell', 'BanknoteSelling'],
] as const

/**
 * One `sheet` statement of kind `board` for each bulletin (`Tarih_Date`): a unit of each currency
 * in lira, as the bank buys and sells it. Cross rates are left out: they are derived.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  for (const file of ctx.files) {
    let bulletins = 0
    for await (const { element, start, end } of xmlRecords(file, { records: ['Tarih_Date'] })) {
      bulletins += 1
      readBulletin(ctx, pile, { element, row: at.chars(placeOf(ctx, file), start, end) })
    }
    if (bulletins === 0) throw malformed(file, 'it has no element "Tarih_Date".')
  }
  yield* pile.items(ctx.files[0] ?? ctx.file('today'))
}

function placeOf(ctx: CrawlContext, file: InputFile): string {
  const isAlone = ctx.files.filter(({ role }) => role === file.role).length === 1
  return isAlone ? file.role : `${file.role}/${file.name.replaceAll('#', '%23')}`
}

function readBulletin(
  ctx: CrawlContext,
  pile: SheetPile,
  { element, row }: { element: XmlElement; row: string },
): void {
  const day = dayOf(ctx, element, row)
  if (day === undefined) return
  const quotes = new Map<string, UnitQuote>()
  for (const currency of childrenOf(element, 'Currency')) {
    ctx.countRow()
    const raw = currency.attributes.CurrencyCode ?? currency.attributes.Kod ?? ''
    const code = isoCode(ctx, raw, row)
    const quote = code === undefined ? undefined : quoteOf(ctx, currency, `${row} ${code}`)
    if (code === undefined || quote === undefined) continue
    if (quotes.has(code)) ctx.note('rate.twice', `${row}: ${code}`)
    else quotes.set(code, quote)
  }
  const base = day < NEW_LIRA ? 'TRL' : 'TRY'
  pile.add({ base, day, kind: 'board', direction: 'quote_in_base', quotes, row })
}

/** `Tarih="20.03.2026"` and `Date="03/20/2026"` are one day; a bulletin where they differ is none. */
function dayOf(ctx: CrawlContext, { attributes }: XmlElement, row: string): Day | undefined {
  const turkish = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(attributes.Tarih ?? '')
  const english = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(attributes.Date ?? '')
  const days = [
    turkish && `${turkish[3]}-${turkish[2]}-${turkish[1]}`,
    english && `${english[3]}-${english[1]}-${english[2]}`,
  ].filter((day) => day !== null)
  const [day] = days
  if (day !== undefined && isDay(day) && days.every((other) => other === day)) return day
  ctx.note('sheet.day_unreadable', `${row}: ${JSON.stringify(attributes).slice(0, 120)}`)
  return undefined
}

function quoteOf(ctx: CrawlContext, currency: XmlElement, where: string): UnitQuote | undefined {
  const unit = unitText(ctx, childText(currency, 'Unit') ?? '', where)
  if (unit === undefined) return undefined
  const quote: { -readonly [side in keyof UnitQuote]: UnitQuote[side] } = { unit }
  let prices = 0
  for (const [side, name] of SIDES) {
    const text = childText(currency, name)
    // An empty element: the bank has no price on this side.
    const rate = text === undefined ? undefined : rateText(ctx, text, `${where} ${name}`)
    if (rate === undefined) continue
    quote[side] = rate
    prices += 1
  }
  return prices === 0 ? undefined : quote
}
