import { z } from 'zod'
import { canonicalJson } from '../base/encode.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { parseDecimal } from '../model/decimal.ts'
import { isDay } from '../model/time.ts'
import { type BoardRow, checkedRow } from '../score/rate/board.ts'
import type { PurchaseKind, PurchaseSide } from '../score/rate/fx-purchase.ts'

/**
 * Everything that a purchase calculation depends on. A link carries all of it, so that nothing is
 * stored and the same link gives the same answer for ever: what was typed, the board's rows, and the
 * sheets of the mid by the ids of their statements, which name their content.
 */
export interface PurchaseLink {
  readonly side: PurchaseSide
  readonly kind: PurchaseKind
  readonly currency: string
  readonly with: string
  /** Plain digits; null for none yet. */
  readonly amount: { readonly of: 'quantity' | 'budget'; readonly value: string } | null
  /** Plain digits, with `%` for a share. */
  readonly fee: string
  /** The rows used: of the foreign currency, and for a cross of the other one. */
  readonly rows: readonly BoardRow[]
  readonly boardName: string | null
  /** Statement of the board, where a dataset gave it. */
  readonly boardStatement: string | null
  /** Day of the mid, the moment of the answer, and the sheets that it used. */
  readonly day: string
  readonly asOf: string
  readonly sheets: readonly string[]
}

/** A change of formula or rounding that changes an answer gets another number. */
const VERSION = 1
const SHEETS_MAX = 16
const NAME_CHARS_MAX = 120

const amountText = z.string().refine((text) => parseDecimal(text) !== undefined)
const statement = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const code = z.string().min(3).max(120)
const row = z.tuple([
  code,
  ...[z.string(), z.string(), z.string(), z.string(), z.string(), z.string()],
] as const)

const schema = z.strictObject({
  v: z.literal(VERSION),
  s: z.enum(['buy', 'sell']),
  k: z.enum(['spot', 'cash']),
  c: code,
  w: code,
  q: amountText.optional(),
  b: amountText.optional(),
  f: z.string().max(50).optional(),
  r: z.array(row).max(2).optional(),
  n: z.string().max(NAME_CHARS_MAX).optional(),
  x: statement.optional(),
  d: z.string().refine(isDay),
  a: z.iso.datetime(),
  m: z.array(statement).max(SHEETS_MAX).optional(),
})

/** URL-safe and as short as its content allows: base64url of canonical JSON. */
export function encodeLink(link: PurchaseLink): string {
  const { amount, rows, sheets, boardName, boardStatement } = link
  const json = canonicalJson({
    v: VERSION,
    s: link.side,
    k: link.kind,
    c: link.currency,
    w: link.with,
    q: amount?.of === 'quantity' ? amount.value : undefined,
    b: amount?.of === 'budget' ? amount.value : undefined,
    f: link.fee === '0' ? undefined : link.fee,
    r: rows.length === 0 ? undefined : rows.map(packed),
    n: boardName === null ? undefined : boardName.slice(0, NAME_CHARS_MAX),
    x: boardStatement === null ? undefined : short(boardStatement),
    d: link.day,
    a: link.asOf,
    m: sheets.length === 0 ? undefined : sheets.map(short),
  })
  return Buffer.from(json).toString('base64url')
}

function packed({ currency, unit, spotBuy, cashBuy, spotSell, cashSell, time }: BoardRow) {
  return [currency, unit, ...[spotBuy, cashBuy, spotSell, cashSell, time].map((v) => v ?? '')]
}

/** A statement's id: 64 hex digits, or 43 of base64url. */
function short(id: string): string {
  return Buffer.from(id, 'hex').toString('base64url')
}

/** Reads a link; throws `fx.bad_link` for anything that this program did not write. */
export function decodeLink(token: string): PurchaseLink {
  if (token.length > LIMITS.purchaseLinkCharsMax || !/^[A-Za-z0-9_-]+$/.test(token)) throw badLink()
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
  } catch {
    throw badLink()
  }
  const read = schema.safeParse(json)
  if (!read.success || (read.data.q !== undefined && read.data.b !== undefined)) throw badLink()
  const { data } = read
  const rows = (data.r ?? []).map(([currency, unit, spotBuy, cashBuy, spotSell, cashSell, time]) =>
    checkedRow({ currency, unit, spotBuy, cashBuy, spotSell, cashSell, time }),
  )
  const long = (id: string) => Buffer.from(id, 'base64url').toString('hex')
  return {
    side: data.s,
    kind: data.k,
    currency: data.c,
    with: data.w,
    amount:
      data.q !== undefined
        ? { of: 'quantity', value: data.q }
        : data.b !== undefined
          ? { of: 'budget', value: data.b }
          : null,
    fee: data.f ?? '0',
    rows,
    boardName: data.n ?? null,
    boardStatement: data.x === undefined ? null : long(data.x),
    day: data.d,
    asOf: data.a,
    sheets: (data.m ?? []).map(long),
  }
}

function badLink(): AppError {
  const message = 'This link to a calculation is damaged, or of a newer version.'
  return new AppError('fx.bad_link', message, { status: 400 })
}
