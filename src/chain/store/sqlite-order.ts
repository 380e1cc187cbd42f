import { assert } from '../../base/assert.ts'

/** Numbers that are collected one by one. */
export class Numbers {
  #list: Float64Array
  #length = 0

  constructor(room = 1_024) {
    this.#list = new Float64Array(room)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#list.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#list)
      this.#list = larger
    }
    this.#list[this.#length] = value
    this.#length += 1
  }

  /** In the order in which they came. */
  values(): Float64Array {
    return this.#list.subarray(0, this.#length)
  }

  *runs(): Generator<readonly [value: number, count: number]> {
    const sorted = this.values().toSorted()
    for (let at = 0; at < sorted.length; ) {
      const value = sorted[at] as number
      let end = at + 1
      while (sorted[end] === value) end += 1
      yield [value, end - at]
      at = end
    }
  }
}

/**
 * Positions of keys in the order of the keys, equal ones in the order in which they came. Keys and
 * positions are one exact number each, because the runtime sorts bare numbers several times as
 * fast as it calls a function for every comparison. Of keys too long for that only the upper bits
 * are compared: neighbours in a table are then near each other, which is what it is for.
 */
export function orderOf(keys: Float64Array, keyMax: number): Uint32Array {
  const room = 2 ** Math.max(1, Math.ceil(Math.log2(keys.length + 1)))
  const unit = 2 ** Math.max(0, Math.ceil(Math.log2(keyMax * room)) - 53)
  const packed = new Float64Array(keys.length)
  for (let i = 0; i < packed.length; i += 1) {
    const key = keys[i] as number
    assert(key >= 0 && key < keyMax, 'a key is below the greatest')
    packed[i] = (unit === 1 ? key : Math.floor(key / unit)) * room + i
  }
  packed.sort()
  const order = new Uint32Array(keys.length)
  for (let i = 0; i < order.length; i += 1) {
    const value = packed[i] as number
    order[i] = value - Math.floor(value / room) * room
  }
  return order
}

/** Rows of `width` numbers in the order of their first one, as `orderOf` has it. */
export function inOrder(rows: Float64Array, width: number, keyMax: number): number[] {
  const keys = new Float64Array(rows.length / width)
  for (let i = 0; i < keys.length; i += 1) keys[i] = rows[width * i] as number
  const sorted: number[] = new Array(rows.length)
  let to = 0
  for (const at of orderOf(keys, keyMax)) {
    for (let i = width * at; i < width * (at + 1); i += 1) {
      sorted[to] = rows[i] as number
      to += 1
    }
  }
  return sorted
}
