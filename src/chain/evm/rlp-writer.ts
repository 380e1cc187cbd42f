import { trimmedBytes } from './rlp.ts'
import { HEX } from './scan-json.ts'
import { malformed, readQuantity } from './value.ts'

/** Digits that are read one by one; of longer texts the runtime reads all at once. */
const LOOP_DIGITS = 80
/** Value of a hex digit's character code; 255 for others. */
const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? 255 : digit
})

/**
 * Writes RLP (Ethereum Yellow Paper, appendix B) from the texts of JSON-RPC into one buffer, from
 * its end to its start: the length of a list is known when its head is written, so nothing is
 * copied or kept apart. Items are therefore given last first, and a list by the mark that was
 * taken before its items. A block has thousands of items, and this is most of what checking costs.
 */
export class RlpWriter {
  #bytes = Buffer.alloc(65_536)
  #at = 65_536

  clear(): void {
    this.#at = this.#bytes.length
  }

  /** Bytes written so far. */
  get mark(): number {
    return this.#bytes.length - this.#at
  }

  /** All that was written, as a copy. */
  take(): Uint8Array {
    return Buffer.from(this.#bytes.subarray(this.#at))
  }

  /** All that was written, where it lies: valid until the next item. */
  view(): Uint8Array {
    return this.#bytes.subarray(this.#at)
  }

  /** Bytes that are RLP, or part of it, already. */
  verbatim(bytes: Uint8Array): void {
    this.#take(bytes.length)
    this.#bytes.set(bytes, this.#at)
  }

  byte(value: number): void {
    this.#take(1)
    this.#bytes[this.#at] = value
  }

  bytes(item: Uint8Array): void {
    const { mark } = this
    this.verbatim(item)
    this.#closeString(mark)
  }

  /** `0x` and whole bytes; throws `chain.block_malformed`. */
  data(text: unknown, field: string): void {
    if (typeof text !== 'string' || !text.startsWith('0x')) throw malformed(field)
    if (text.length % 2 !== 0) throw malformed(field)
    const { mark } = this
    const count = (text.length - 2) / 2
    this.#take(count)
    if (text.length <= LOOP_DIGITS) this.#digits(text, 2, field)
    else if (this.#bytes.write(text.slice(2), this.#at, count, 'hex') !== count) {
      throw malformed(field)
    }
    this.#closeString(mark)
  }

  /** An integer without leading zeros; throws `chain.block_malformed`. */
  quantity(value: unknown, field: string): void {
    if (typeof value !== 'string') {
      this.bytes(trimmedBytes(readQuantity(value, field)))
      return
    }
    if (!value.startsWith('0x') || value.length < 3 || value.length > 66) throw malformed(field)
    let start = 2
    while (start < value.length && value.charCodeAt(start) === 48) start += 1
    const { mark } = this
    const digits = value.length - start
    this.#take((digits + 1) >> 1)
    this.#digits(value, start, field)
    this.#closeString(mark)
  }

  /** The bytes of hex digits in bytes; false where they are none, and then nothing is whole. */
  dataAt(source: Uint8Array, from: number, to: number): boolean {
    if (((to - from) & 1) !== 0) return false
    const { mark } = this
    this.#take((to - from) >> 1)
    const isHex = this.#digitsAt(source, from, to)
    this.#closeString(mark)
    return isHex
  }

  /** One to 64 hex digits in bytes as an integer without leading zeros; false as `dataAt`. */
  quantityAt(source: Uint8Array, from: number, to: number): boolean {
    if (to - from < 1 || to - from > 64) return false
    let start = from
    while (start < to && source[start] === 48) start += 1
    const { mark } = this
    this.#take((to - start + 1) >> 1)
    const isHex = this.#digitsAt(source, start, to)
    this.#closeString(mark)
    return isHex
  }

  #digitsAt(source: Uint8Array, from: number, end: number): boolean {
    const bytes = this.#bytes
    let [at, to, bad] = [from, this.#at, 0]
    if (((end - from) & 1) === 1) {
      bad = HEX[source[at] as number] as number
      bytes[to] = bad
      at += 1
      to += 1
    }
    for (; at < end; at += 2, to += 1) {
      const high = HEX[source[at] as number] as number
      const low = HEX[source[at + 1] as number] as number
      bad |= high | low
      bytes[to] = (high << 4) | low
    }
    return bad < 16
  }

  /** The items since `mark` are one list. */
  list(mark: number): void {
    this.#head(0xc0, this.mark - mark)
  }

  /** Digits from `start` into the room that was taken; an odd number begins with half a byte. */
  #digits(text: string, start: number, field: string): void {
    const bytes = this.#bytes
    let [from, to, bad] = [start, this.#at, 0]
    if ((text.length - start) % 2 === 1) {
      bad = NIBBLE[text.charCodeAt(from)] ?? 255
      bytes[to] = bad
      from += 1
      to += 1
    }
    for (; from < text.length; from += 2, to += 1) {
      const high = NIBBLE[text.charCodeAt(from)] ?? 255
      const low = NIBBLE[text.charCodeAt(from + 1)] ?? 255
      bad |= high | low
      bytes[to] = (high << 4) | low
    }
    if (bad > 15) throw malformed(field)
  }

  #closeString(mark: number): void {
    const length = this.mark - mark
    // One byte below 0x80 is its own encoding.
    if (length === 1 && (this.#bytes[this.#at] as number) < 0x80) return
    this.#head(0x80, length)
  }

  #head(offset: number, length: number): void {
    if (length <= 55) {
      this.byte(offset + length)
      return
    }
    let size = 0
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
      this.byte(rest % 256)
      size += 1
    }
    this.byte(offset + 55 + size)
  }

  #take(count: number): void {
    if (count > this.#at) {
      const used = this.#bytes.subarray(this.#at)
      const larger = Buffer.alloc(2 * (this.#bytes.length + count))
      larger.set(used, larger.length - used.length)
      this.#at = larger.length - used.length
      this.#bytes = larger
    }
    this.#at -= count
  }
}
