import { randomBytes } from 'node:crypto'

const SLOTS = 2 ** 17
/** Addresses that are held; then it begins anew. */
const HELD_MAX = 2 ** 16
/** Slots that are looked at: whoever crowds them has his texts made one by one. */
const PROBES = 8
const BYTES = 20

/**
 * Texts of addresses in packed rows, each made once: in a block an address stands about four times,
 * in the next ones again, and whoever looks it up by its text then has it hashed already. The
 * seed is of the process, so that nobody can choose addresses that share a slot.
 */
class AddressTexts {
  readonly #seed = randomBytes(4).readInt32LE() | 1
  readonly #slots = new Int32Array(SLOTS)
  readonly #keys = Buffer.alloc(HELD_MAX * BYTES)
  #texts: string[] = []

  text(bytes: Buffer, at: number): string {
    const first = this.#slotOf(bytes, at)
    for (let probe = 0; probe < PROBES; probe += 1) {
      const slot = (first + probe) & (SLOTS - 1)
      const held = (this.#slots[slot] as number) - 1
      if (held === -1) return this.#hold(bytes, at, slot)
      if (this.#isAt(held, bytes, at)) return this.#texts[held] as string
    }
    return hexText(bytes, at)
  }

  #slotOf(bytes: Buffer, at: number): number {
    let hash = this.#seed
    for (let i = at; i < at + BYTES; i += 4) {
      hash = Math.imul(hash ^ wordAt(bytes, i), 0x85eb_ca6b)
      hash ^= hash >>> 15
    }
    return hash & (SLOTS - 1)
  }

  #isAt(held: number, bytes: Buffer, at: number): boolean {
    const keys = this.#keys
    for (let i = 0, from = held * BYTES; i < BYTES; i += 1) {
      if (keys[from + i] !== bytes[at + i]) return false
    }
    return true
  }

  #hold(bytes: Buffer, at: number, slot: number): string {
    const text = hexText(bytes, at)
    if (this.#texts.length === HELD_MAX) {
      this.#texts = []
      this.#slots.fill(0)
      return text
    }
    bytes.copy(this.#keys, this.#texts.length * BYTES, at, at + BYTES)
    this.#texts.push(text)
    this.#slots[slot] = this.#texts.length
    return text
  }
}

const wordAt = (bytes: Buffer, at: number) =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number)

const hexText = (bytes: Buffer, at: number) => `0x${bytes.toString('hex', at, at + BYTES)}`

const texts = new AddressTexts()

/** `0x…` text of the 20 bytes at a place. */
export function addressText(bytes: Buffer, at: number): string {
  return texts.text(bytes, at)
}
