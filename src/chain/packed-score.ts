import type { ScreeningBook } from '../model/screening-book.ts'
import { EVENT, HAS, HEAD, PACKED, TRANSFER, TX } from './packed.ts'

/** Which column of which row a known address stands in. */
export interface PackedHit {
  readonly table: 'transaction' | 'transfer' | 'event'
  readonly row: number
  readonly column: 'from' | 'to' | 'created' | 'token' | 'contract' | 'owner' | 'spender'
  /** Bits of `SCREEN_CLASS`. */
  readonly classes: number
}

interface Column {
  readonly name: PackedHit['column']
  readonly at: number
  /** Flag that says that it is there; 0: it always is. */
  readonly flag: number
}

const COLUMNS = {
  transaction: [
    { name: 'from', at: TX.from, flag: 0 },
    { name: 'to', at: TX.to, flag: HAS.to },
    { name: 'created', at: TX.created, flag: HAS.created },
  ],
  transfer: [
    { name: 'token', at: TRANSFER.token, flag: HAS.token },
    { name: 'from', at: TRANSFER.from, flag: HAS.from },
    { name: 'to', at: TRANSFER.to, flag: HAS.to },
  ],
  event: [
    { name: 'contract', at: EVENT.contract, flag: 0 },
    { name: 'owner', at: EVENT.owner, flag: HAS.owner },
    { name: 'spender', at: EVENT.spender, flag: HAS.spender },
  ],
} as const satisfies Record<PackedHit['table'], readonly Column[]>

/**
 * Looks up every party of a packed block: each address in each column, column by column.
 * The bytes are read where they lie. Only columns with a class are answered.
 */
export function scorePacked(packed: Uint8Array, book: ScreeningBook): readonly PackedHit[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const count = (i: number) => view.getUint32(HEAD.counts + 4 * i)
  const hits: PackedHit[] = []
  let start: number = PACKED.header
  const tables = [
    { table: 'transaction', width: PACKED.tx, flags: TX.flags, rows: count(0) },
    { table: 'transfer', width: PACKED.transfer, flags: TRANSFER.flags, rows: count(1) },
    { table: 'event', width: PACKED.event, flags: EVENT.flags, rows: count(2) },
  ] as const
  for (const { table, width, flags, rows } of tables) {
    for (const { name, at, flag } of COLUMNS[table]) {
      for (let row = 0, base = start; row < rows; row++, base += width) {
        if (flag !== 0 && (view.getUint8(base + flags) & flag) === 0) continue
        const classes = classesAt(view, base + at, book)
        if (classes !== 0) hits.push({ table, row, column: name, classes })
      }
    }
    start += rows * width
  }
  return hits
}

function classesAt(view: DataView, at: number, book: ScreeningBook): number {
  return book.classesOfWords(
    view.getUint32(at),
    view.getUint32(at + 4),
    view.getUint32(at + 8),
    view.getUint32(at + 12),
    view.getUint32(at + 16),
  )
}
