import { keccak256 } from '../../base/keccak.ts'
import { LIMITS } from '../../base/limits.ts'
import { transactionBytes } from '../endpoint-proof.ts'
import { HAS, TX } from '../packed.ts'
import { createAddress } from './block.ts'
import { RlpWriter } from './rlp-writer.ts'
import { ABSENT, copyText, countAt, GIVE_UP, NULL, prefixed, wordAt } from './scan-json.ts'
import { LOG } from './scan-log.ts'
import { R, R_PAIR_LENGTHS, R_ROOT_LENGTHS, T } from './scan-shape.ts'
import { listRoot } from './trie.ts'

/** Types whose encoding is Ethereum's own; other chains add types with more fields. */
const TYPE_MAX = 4

/** A scanned object: the bytes of the answer, where its fields are, and the row that it gave. */
export interface Scanned {
  readonly bytes: Uint8Array
  readonly fields: Int32Array
  /** Of the first field. */
  readonly base: number
  /** Rows of transactions, and where the one of this object begins. */
  readonly rows: Buffer
  readonly row: number
  readonly position: number
}

/**
 * The checks of `endpoint-check.ts` over bytes that were scanned: every transaction gives its own
 * hash, both roots fit, places and what a receipt repeats agree. Whatever is rare and whatever does
 * not fit gives up, and the slow path looks at it: here nothing is named.
 */
export class ScanProof {
  readonly #writer = new RlpWriter()
  readonly #transactions: Uint8Array[] = []
  readonly #receipts: Uint8Array[] = []
  #wantsRoots = true
  logs = 0

  clear(wantsRoots: boolean): void {
    this.#transactions.length = 0
    this.#receipts.length = 0
    this.#wantsRoots = wantsRoots
    this.logs = 0
  }

  /** Lengths of the texts of a receipt that are decoded here or by the scanner. */
  get receiptLengths(): readonly number[] {
    return this.#wantsRoots ? R_ROOT_LENGTHS : R_PAIR_LENGTHS
  }

  transaction(tx: Scanned): void {
    // A stated place was compared; null is none.
    if (tx.fields[tx.base + T.index] === NULL) throw GIVE_UP
    // Several kinds of calls have no recipient and say so otherwise.
    if (tx.fields[tx.base + T.to] === ABSENT) throw GIVE_UP
    if (!this.#wantsRoots) return
    const type = typeAt(tx.bytes, tx.fields, tx.base + T.type)
    const isPlain = type < 3 && isEmptyList(tx, T.accessList)
    const encoded = isPlain ? this.#plain(tx, type) : asObject(tx)
    if (!isSame(keccak256(encoded), tx.rows, tx.row + TX.hash)) throw GIVE_UP
    this.#transactions.push(encoded)
  }

  /** Types 0 to 2 without an access list; last field first, as the writer takes them. */
  #plain(tx: Scanned, type: number): Uint8Array {
    const writer = this.#writer
    writer.clear()
    this.#quantity(tx, T.s)
    this.#quantity(tx, T.r)
    const hasParity = type !== 0 && tx.fields[tx.base + T.parity] !== ABSENT
    this.#quantity(tx, hasParity ? T.parity : T.v)
    if (type >= 1) writer.list(writer.mark)
    this.#data(tx, T.input)
    this.#quantity(tx, T.value)
    if (tx.fields[tx.base + T.to] === NULL) writer.bytes(NOTHING)
    else this.#data(tx, T.to)
    this.#quantity(tx, T.gas)
    if (type < 2) this.#quantity(tx, T.gasPrice)
    else {
      this.#quantity(tx, T.maxFee)
      this.#quantity(tx, T.maxPriorityFee)
    }
    this.#quantity(tx, T.nonce)
    if (type > 0) this.#quantity(tx, T.chainId)
    writer.list(0)
    if (type > 0) writer.byte(type)
    return writer.take()
  }

  /** A receipt whose fields agree with its transaction, and where each of its logs stands. */
  receipt(receipt: Scanned, tx: Scanned, logs: Int32Array, count: number): void {
    const { bytes, fields, rows, row, position } = receipt
    if ((fields[R.from] as number) !== ABSENT) sameText(receipt, R.from, TX.from)
    const hasTo = ((rows[row + TX.flags] as number) & HAS.to) !== 0
    if ((fields[R.to] as number) >= 0) {
      if (!hasTo) throw GIVE_UP
      sameText(receipt, R.to, TX.to)
    } else if (fields[R.to] === NULL && hasTo) throw GIVE_UP
    if (!hasTo && (fields[R.contract] as number) >= 0) checkCreated(receipt, tx)
    for (let i = 0; i < count; i += 1) {
      const base = i * LOG.fields
      if (countAt(bytes, logs, base + LOG.index) !== this.logs) throw GIVE_UP
      if (countAt(bytes, logs, base + LOG.txIndex) !== position) throw GIVE_UP
      this.logs += 1
    }
    if (this.logs > LIMITS.blockLogsMax) throw GIVE_UP
    if (this.#wantsRoots) this.#receipts.push(this.#receiptBytes(receipt, logs, count))
  }

  #receiptBytes(receipt: Scanned, logs: Int32Array, count: number): Uint8Array {
    const { bytes, fields } = receipt
    const writer = this.#writer
    const type = typeAt(bytes, fields, R.type)
    if (type > TYPE_MAX) throw GIVE_UP
    writer.clear()
    for (let i = count - 1; i >= 0; i -= 1) {
      const log = { ...receipt, fields: logs, base: i * LOG.fields }
      const { mark } = writer
      this.#data(log, LOG.data)
      const topics = writer.mark
      for (let topic = (logs[log.base + LOG.topicCount] as number) - 1; topic >= 0; topic -= 1) {
        this.#data(log, LOG.topics + 2 * topic)
      }
      writer.list(topics)
      this.#data(log, LOG.address)
      writer.list(mark)
    }
    writer.list(0)
    this.#data(receipt, R.bloom)
    this.#quantity(receipt, R.gasSum)
    this.#quantity(receipt, R.status)
    writer.list(0)
    if (type > 0) writer.byte(type)
    return writer.take()
  }

  /** Whether the header states these roots, in lower-case digits without `0x`. */
  hasRoots(transactions: string, receipts: string): boolean {
    if (!this.#wantsRoots) return true
    const rootOf = (items: readonly Uint8Array[]) => Buffer.from(listRoot(items)).toString('hex')
    return rootOf(this.#transactions) === transactions && rootOf(this.#receipts) === receipts
  }

  #quantity({ bytes, fields, base }: Scanned, field: number): void {
    const start = prefixed(bytes, fields, base + field)
    if (!this.#writer.quantityAt(bytes, start, fields[base + field + 1] as number)) throw GIVE_UP
  }

  #data({ bytes, fields, base }: Scanned, field: number): void {
    const start = prefixed(bytes, fields, base + field)
    if (!this.#writer.dataAt(bytes, start, fields[base + field + 1] as number)) throw GIVE_UP
  }
}

const NOTHING = new Uint8Array(0)
const ADDRESS = Buffer.alloc(20)
const NONCE = Buffer.alloc(32)

function typeAt(bytes: Uint8Array, fields: Int32Array, slot: number): number {
  return (fields[slot] as number) < 0 ? 0 : countAt(bytes, fields, slot)
}

/** Absent, `null` or `[]`. */
function isEmptyList({ bytes, fields, base }: Scanned, field: number): boolean {
  const start = fields[base + field] as number
  if (start < 0 || bytes[start] === 0x6e) return true
  return bytes[start] === 0x5b && (fields[base + field + 1] as number) - start === 2
}

/** The long way for one transaction, with the code of the slow path. */
function asObject({ bytes, fields, base }: Scanned): Uint8Array {
  const [from, to] = [fields[base + T.object], fields[base + T.object + 1]]
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    from,
    to,
  )
  try {
    const encoded = transactionBytes(JSON.parse(text))
    if (encoded !== null) return encoded
  } catch {
    // What is wrong is named by the slow path.
  }
  throw GIVE_UP
}

function sameText(receipt: Scanned, field: number, column: number): void {
  const { bytes, fields, rows, row } = receipt
  copyText(bytes, fields, field, { out: ADDRESS, to: 0, count: 20 })
  if (!isSame(ADDRESS, rows, row + column)) throw GIVE_UP
}

/** No root covers the address of a contract; sender and nonce give it. */
function checkCreated(receipt: Scanned, tx: Scanned): void {
  const { bytes, fields, rows, row } = receipt
  if (tx.fields[tx.base + T.nonce] === ABSENT) return
  NONCE.fill(0)
  wordAt(tx.bytes, tx.fields, tx.base + T.nonce, { out: NONCE, to: 0 })
  copyText(bytes, fields, R.contract, { out: ADDRESS, to: 0, count: 20 })
  const sender = rows.toString('hex', row + TX.from, row + TX.from + 20)
  const made = createAddress(`0x${sender}`, BigInt(`0x${NONCE.toString('hex')}`))
  if (made !== `0x${ADDRESS.toString('hex')}`) throw GIVE_UP
}

function isSame(a: Uint8Array, b: Uint8Array, from: number): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[from + i]) return false
  return true
}
