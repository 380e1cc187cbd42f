/**
 * A reader of JSON over bytes that makes no strings and no objects. It reads what nodes send and
 * gives up on anything else (escapes, control characters, numbers that are no plain integers,
 * structures nested too deep): then the caller takes the slow path, which decides what is an error.
 */

/** Thrown to give up: no error, a change of path. */
export const GIVE_UP = Symbol('give up')

/** Value of a hex digit by its byte; 255 for any other byte. */
export const HEX = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : 255
})

/** Bytes that may stand in a string without an end or an escape. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, code) =>
  code < 0x20 || code === 0x22 || code === 0x5c ? 0 : 1,
)

const DEPTH_MAX = 64

/** What a field holds: no member, `null`, or where its text begins. */
export const ABSENT = -1
export const NULL = -2

interface Name {
  readonly bytes: Uint8Array
  readonly slot: number
}

export interface Shape {
  /** Names by length. */
  readonly names: readonly (readonly Name[])[]
  /**
   * The keys of the last object, by position, each with its quote and colon: a node writes all its
   * objects alike, and then one comparison reads a key.
   */
  readonly expected: Name[]
}

/** The members of an object that are read; the slot of a member is its position in the list. */
export function shapeOf(members: readonly string[]): Shape {
  const names: Name[][] = []
  for (const [slot, member] of members.entries()) {
    const bytes = Buffer.from(member)
    const list = names[bytes.length] ?? []
    list.push({ bytes, slot })
    names[bytes.length] = list
  }
  return { names: Array.from(names, (list) => list ?? []), expected: [] }
}

/** Keys longer than this are not remembered: a hostile answer must not fill the memory. */
const EXPECTED_BYTES_MAX = 64
const EXPECTED_MAX = 64

export class JsonScan {
  readonly bytes: Uint8Array
  at = 0
  /** The same bytes, four at a time; `#shift` is how far they begin before the first. */
  readonly #words: Int32Array
  readonly #shift: number

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#shift = bytes.byteOffset & 3
    const length = (bytes.length + this.#shift) >> 2
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset - this.#shift, length)
  }

  /** The next byte that is no white space; `at` stands on it. */
  peek(): number {
    const { bytes } = this
    let at = this.at
    let byte = bytes[at] as number
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1
      byte = bytes[at] as number
    }
    this.at = at
    return byte
  }

  expect(byte: number): void {
    if (this.peek() !== byte) throw GIVE_UP
    this.at += 1
  }

  /** After a member: true where another follows, false at the closing byte. */
  more(close: number): boolean {
    const byte = this.peek()
    this.at += 1
    if (byte === 0x2c) return true
    if (byte === close) return false
    throw GIVE_UP
  }

  /** Whether an object or array just opened is empty; then it is closed. */
  isEmpty(close: number): boolean {
    if (this.peek() !== close) return false
    this.at += 1
    return true
  }

  /**
   * Reads the key of the `position`-th member and its colon; the slot of the shape, or -1.
   */
  key(shape: Shape, position: number): number {
    this.expect(0x22)
    const { bytes, at } = this
    const guess = shape.expected[position]
    if (guess !== undefined) {
      const text = guess.bytes
      const { length } = text
      let i = 0
      while (i < length && bytes[at + i] === text[i]) i += 1
      if (i === length) {
        this.at = at + length
        return guess.slot
      }
    }
    return this.#newKey(shape, position)
  }

  #newKey(shape: Shape, position: number): number {
    const { bytes, at: start } = this
    this.#toQuote()
    const length = this.at - start
    this.at += 1
    this.expect(0x3a)
    const text = bytes.subarray(start, start + length)
    const own = (shape.names[length] ?? []).find((name) => Buffer.compare(name.bytes, text) === 0)
    const slot = own?.slot ?? -1
    if (position < EXPECTED_MAX && length < EXPECTED_BYTES_MAX) {
      const written = new Uint8Array(length + 2)
      written.set(text)
      written.set([0x22, 0x3a], length)
      shape.expected[position] = { bytes: written, slot }
    }
    return slot
  }

  #toQuote(): void {
    const { bytes } = this
    let at = this.at
    for (const soon = at + 12; at < soon; at++) {
      if (PLAIN[bytes[at] as number] !== 1) break
    }
    if (PLAIN[bytes[at] as number] === 1) at = this.#passPlain(at)
    // Past the end the byte is undefined, and so is what the table says.
    if (bytes[at] !== 0x22) throw GIVE_UP
    this.at = at
  }

  /** Passes plain bytes, four at a time where that is certain. */
  #passPlain(from: number): number {
    const { bytes } = this
    const words = this.#words
    const shift = this.#shift
    let at = from
    for (;;) {
      while (((at + shift) & 3) !== 0 && PLAIN[bytes[at] as number] === 1) at += 1
      if (((at + shift) & 3) !== 0) return at
      let i = (at + shift) >> 2
      for (; i < words.length; i++) {
        const word = words[i] as number
        // Each byte has bit 5, which control characters and `\` lack, and none is a quote.
        if ((word & 0x20202020) !== 0x20202020) break
        const quote = word ^ 0x22222222
        if (((quote - 0x01010101) & ~quote & 0x80808080) !== 0) break
      }
      at = i * 4 - shift
      const end = at + 4
      while (at < end && PLAIN[bytes[at] as number] === 1) at += 1
      if (at < end) return at
    }
  }

  /**
   * A text that is `length` characters long where it is well-formed, integer or null, as `field`
   * reads it. The caller must decode the text, which proves that it had no end before.
   */
  sized(fields: Int32Array, slot: number, length: number): void {
    const { bytes, at } = this
    if (bytes[at] === 0x22 && bytes[at + 1 + length] === 0x22) {
      if (fields[slot] !== ABSENT) throw GIVE_UP
      fields[slot] = at + 1
      fields[slot + 1] = at + 1 + length
      this.at = at + length + 2
    } else this.field(fields, slot)
  }

  /** A text of hex digits behind `0x`, checked while it is read; anything else as `field` does. */
  hex(fields: Int32Array, slot: number): void {
    const { bytes } = this
    const isText = this.peek() === 0x22
    let at = this.at
    if (!isText || bytes[at + 1] !== 0x30 || bytes[at + 2] !== 0x78) {
      throw GIVE_UP
    }
    if (fields[slot] !== ABSENT) throw GIVE_UP
    fields[slot] = at + 1
    at += 3
    while ((HEX[bytes[at] as number] as number) < 16) at += 1
    if (bytes[at] !== 0x22) throw GIVE_UP
    fields[slot + 1] = at
    this.at = at + 1
  }

  /**
   * A text, an integer or null. The start goes into `fields[slot]`, the end behind it; a text
   * begins behind its quote, which tells it from an integer. A member that stands twice gives up.
   */
  field(fields: Int32Array, slot: number): void {
    if (fields[slot] !== ABSENT) throw GIVE_UP
    const byte = this.peek()
    if (byte === 0x22) {
      this.at += 1
      fields[slot] = this.at
      this.#toQuote()
      fields[slot + 1] = this.at
      this.at += 1
      return
    }
    if (byte === 0x6e) {
      this.#word(0x6e756c6c)
      fields[slot] = NULL
      return
    }
    fields[slot] = this.at
    this.#integer()
    fields[slot + 1] = this.at
  }

  /** Any value, passed over: where it begins and ends. */
  span(fields: Int32Array, slot: number): void {
    if (fields[slot] !== ABSENT) throw GIVE_UP
    this.peek()
    fields[slot] = this.at
    this.skip()
    fields[slot + 1] = this.at
  }

  /** Digits without sign, fraction or exponent, few enough to be exact. */
  #integer(): void {
    const start = this.at
    const { bytes } = this
    let at = start
    while ((bytes[at] as number) >= 48 && (bytes[at] as number) <= 57) at += 1
    const length = at - start
    if (length === 0 || length > 15 || (bytes[start] === 48 && length > 1)) throw GIVE_UP
    const next = bytes[at]
    if (next === 0x2e || next === 0x65 || next === 0x45) throw GIVE_UP
    this.at = at
  }

  /** Four letters: `true` or `null`. */
  #word(letters: number): void {
    const { bytes, at } = this
    const read =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    if (read !== letters) throw GIVE_UP
    this.at += 4
  }

  /** `false`, and nothing else. */
  expectFalse(): void {
    if (this.peek() !== 0x66) throw GIVE_UP
    this.at += 1
    this.#word(0x616c7365)
  }

  /** Passes over any value. */
  skip(depth = 0): void {
    const byte = this.peek()
    if (byte === 0x22) {
      this.at += 1
      this.#toQuote()
      this.at += 1
    } else if (byte === 0x7b || byte === 0x5b) {
      this.#skipNested(byte, depth)
    } else if (byte === 0x74) this.#word(0x74727565)
    else if (byte === 0x6e) this.#word(0x6e756c6c)
    else if (byte === 0x66) this.expectFalse()
    else this.#integer()
  }

  #skipNested(open: number, depth: number): void {
    if (depth > DEPTH_MAX) throw GIVE_UP
    const close = open + 2
    this.at += 1
    if (this.isEmpty(close)) return
    do {
      if (open === 0x7b) {
        this.expect(0x22)
        this.#toQuote()
        this.at += 1
        this.expect(0x3a)
      }
      this.skip(depth + 1)
    } while (this.more(close))
  }
}

/** Copies `count` bytes of hex text at `from`; what is no hex digit gives up. */
export function copyHex(
  bytes: Uint8Array,
  from: number,
  out: Uint8Array,
  to: number,
  count: number,
): void {
  let bad = 0
  for (let i = 0, at = from; i < count; i++, at += 2) {
    const high = HEX[bytes[at] as number] as number
    const low = HEX[bytes[at + 1] as number] as number
    bad |= high | low
    out[to + i] = (high << 4) | low
  }
  if (bad > 15) throw GIVE_UP
}

/** `0x` and exactly `count` bytes, copied to `out` at `to`. */
export function copyText(
  bytes: Uint8Array,
  fields: Int32Array,
  slot: number,
  { out, to, count }: { out: Uint8Array; to: number; count: number },
): void {
  const start = prefixed(bytes, fields, slot)
  if ((fields[slot + 1] as number) - start !== 2 * count) throw GIVE_UP
  copyHex(bytes, start, out, to, count)
}

/** Where the digits of a `0x…` text begin. */
export function prefixed(bytes: Uint8Array, fields: Int32Array, slot: number): number {
  const start = fields[slot] as number
  if (start < 0 || bytes[start - 1] !== 0x22) throw GIVE_UP
  if (bytes[start] !== 0x30 || bytes[start + 1] !== 0x78) throw GIVE_UP
  return start + 2
}

/** A quantity that is a safe integer. */
export function countAt(bytes: Uint8Array, fields: Int32Array, slot: number): number {
  const start = fields[slot] as number
  if (start < 0) throw GIVE_UP
  const end = fields[slot + 1] as number
  let value = 0
  if (bytes[start - 1] !== 0x22) {
    for (let at = start; at < end; at++) value = value * 10 + (bytes[at] as number) - 48
    return value
  }
  const first = prefixed(bytes, fields, slot)
  if (end - first < 1 || end - first > 13) throw GIVE_UP
  for (let at = first; at < end; at++) {
    const nibble = HEX[bytes[at] as number] as number
    if (nibble > 15) throw GIVE_UP
    value = value * 16 + nibble
  }
  return value
}

/** A quantity into 32 bytes at `to`, which are zero; answers whether it is not zero. */
export function wordAt(
  bytes: Uint8Array,
  fields: Int32Array,
  slot: number,
  { out, to }: { out: Uint8Array; to: number },
): boolean {
  const start = fields[slot] as number
  const end = fields[slot + 1] as number
  let any = 0
  if (start >= 0 && bytes[start - 1] !== 0x22) {
    let value = countAt(bytes, fields, slot)
    any = value
    for (let at = to + 31; value > 0; at--, value = Math.floor(value / 256)) out[at] = value % 256
    return any !== 0
  }
  const first = prefixed(bytes, fields, slot)
  if (end - first < 1 || end - first > 64) throw GIVE_UP
  let bad = 0
  for (let at = end - 1, place = to + 31; at >= first; at -= 2, place--) {
    const low = HEX[bytes[at] as number] as number
    const high = at > first ? (HEX[bytes[at - 1] as number] as number) : 0
    bad |= low | high
    const byte = (high << 4) | low
    any |= byte
    out[place] = byte
  }
  if (bad > 15) throw GIVE_UP
  return any !== 0
}
