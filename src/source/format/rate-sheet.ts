import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { currencyOf } from '../../model/currency.ts'
import { plainDecimal } from '../../model/decimal.ts'
import {
  isRate,
  isSheetCode,
  isUnit,
  type Quote,
  type RateSheet,
  sheetValue,
} from '../../model/rate-sheet.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'

/** A code in a file: ISO 4217 in upper case, else the publisher's own in lower case. */
export function sheetCode(ctx: CrawlContext, raw: string, where: string): string | undefined {
  const upper = raw.trim().toUpperCase()
  if (currencyOf(upper) !== undefined) return upper
  const code = upper.toLowerCase()
  if (isSheetCode(code)) return code
  ctx.note('rate.code_unreadable', `${where}: ${raw.slice(0, 60)}`)
  return undefined
}

/** An ISO 4217 code; the authorities quote nothing else. */
export function isoCode(ctx: CrawlContext, raw: string, where: string): string | undefined {
  const code = raw.trim().toUpperCase()
  if (currencyOf(code) !== undefined) return code
  ctx.note('rate.code_unknown', `${where}: ${raw.slice(0, 60)}`)
  return undefined
}

/** A published number as plain digits above zero; anything else is noted and undefined. */
export function rateText(ctx: CrawlContext, raw: unknown, where: string): string | undefined {
  const plain = typeof raw === 'string' ? plainDecimal(raw.trim()) : undefined
  if (plain === undefined) {
    ctx.note('rate.unreadable', `${where}: ${String(raw).slice(0, 60)}`)
    return undefined
  }
  if (isRate(plain)) return plain
  ctx.note('rate.not_positive', `${where}: ${plain}`)
  return undefined
}

/** Units that a price is for; one that is no power of ten is noted and undefined. */
export function unitText(ctx: CrawlContext, raw: string, where: string): string | undefined {
  const unit = raw.trim()
  if (isUnit(unit)) return unit
  ctx.note('rate.unit_unreadable', `${where}: ${raw.slice(0, 40)}`)
  return undefined
}

export interface NewSheet extends Omit<RateSheet, 'quotes'> {
  readonly quotes: ReadonlyMap<string, Quote>
  readonly row: string
  /** Set where one publisher has several sheets of one day. */
  readonly table?: string
}

/**
 * The sheets of one version, one for each day and table. What stands twice with the same rates is
 * said once; of two that differ the first is kept, and the other noted: nothing is mixed.
 */
export class SheetPile {
  readonly #ctx: CrawlContext
  readonly #items = new Map<string, SourceItem>()
  #newest: Day | undefined

  constructor(ctx: CrawlContext) {
    this.#ctx = ctx
  }

  add(sheet: NewSheet): void {
    const { base, day, kind, direction, row, table } = sheet
    if (sheet.quotes.size === 0) {
      this.#ctx.note('sheet.empty', `${row}: ${day} has no rate`)
      return
    }
    if (sheet.quotes.size > LIMITS.rateQuotesMax) {
      throw new AppError('source.too_many_rows', `The sheet of ${day} has too many rates.`)
    }
    const suffix = table === undefined ? '' : `:${table}`
    const entity = `${this.#ctx.dataset}:${base}:${day}${suffix}`
    const quotes = Object.fromEntries(sheet.quotes)
    const value = sheetValue({ base, day, kind, direction, quotes })
    const known = this.#items.get(entity)
    if (known !== undefined) {
      if (known.value !== value) this.#ctx.note('sheet.twice', `${row}: another sheet of ${day}`)
      return
    }
    if (this.#items.size >= LIMITS.rateSheetsMax) {
      throw new AppError('source.too_many_rows', 'The file has too many days of rates.')
    }
    this.#items.set(entity, { entity, prop: 'sheet', value, row, from: day })
    if (this.#newest === undefined || day > this.#newest) this.#newest = day
  }

  /** Tells the version's date, the newest day, and gives the sheets; a file without any is no list. */
  *items(file: InputFile): Iterable<SourceItem> {
    if (this.#newest === undefined) {
      throw new AppError('source.malformed', `${file.name}: it has no sheet of rates.`)
    }
    this.#ctx.setPublished(`${this.#newest}T00:00:00Z`)
    yield* this.#items.values()
  }
}
