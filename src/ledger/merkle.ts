import { hash } from 'node:crypto'
import { assert } from '../base/assert.ts'

/** SHA-256 of the empty string: the root of a tree without leaves (RFC 6962 §2.1). */
const EMPTY_ROOT = hash('sha256', '', 'buffer')

const HASH_BYTES = 32

/** Leaf hash of RFC 6962 §2.1: SHA-256(0x00 ‖ data). */
export function leafHash(data: string): Buffer {
  assert(data.length > 0, 'a leaf has data')
  // One Latin-1 NUL in front of UTF-8 text is the byte 0x00 in front of its bytes.
  const out = hash('sha256', `\u0000${data}`, 'buffer')
  assert(out.length === HASH_BYTES, 'a leaf hash has 32 bytes')
  return out
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

/** Node hash of RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  assert(left.length === HASH_BYTES, 'the left child is a hash')
  assert(right.length === HASH_BYTES, 'the right child is a hash')
  left.copy(pair, 1)
  right.copy(pair, 1 + HASH_BYTES)
  return hash('sha256', pair, 'buffer')
}

/**
 * The right edge of the tree: the roots of its perfect subtrees, largest first. It is all that is
 * needed to append leaves and to tell the root, and is stored with each checkpoint.
 */
export class Frontier {
  #size: number
  readonly #roots: Buffer[]

  constructor(size = 0, roots: readonly Buffer[] = []) {
    assert(Number.isSafeInteger(size) && size >= 0, 'a tree size is a whole number')
    assert(roots.length === onesIn(size), 'one root for each bit set in the size')
    this.#size = size
    this.#roots = [...roots]
  }

  get size(): number {
    return this.#size
  }

  append(leaf: Buffer): void {
    assert(leaf.length === HASH_BYTES, 'a leaf hash has 32 bytes')
    let node = leaf
    // Each trailing one bit of the size is a perfect subtree that this leaf completes.
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) {
      const left = this.#roots.pop()
      assert(left !== undefined, 'the frontier holds the subtree that its size promises')
      node = nodeHash(left, node)
    }
    this.#roots.push(node)
    this.#size += 1
  }

  root(): Buffer {
    let root: Buffer | undefined
    for (let i = this.#roots.length - 1; i >= 0; i -= 1) {
      const left = this.#roots[i]
      if (left !== undefined) root = root === undefined ? left : nodeHash(left, root)
    }
    return root ?? EMPTY_ROOT
  }

  toBytes(): Buffer {
    return Buffer.concat(this.#roots)
  }

  static fromBytes(size: number, bytes: Uint8Array): Frontier {
    assert(bytes.length % HASH_BYTES === 0, 'a stored frontier is whole hashes')
    assert(bytes.length / HASH_BYTES === onesIn(size), 'a stored frontier fits its size')
    const roots: Buffer[] = []
    for (let i = 0; i < bytes.length; i += HASH_BYTES) {
      roots.push(Buffer.from(bytes.subarray(i, i + HASH_BYTES)))
    }
    return new Frontier(size, roots)
  }
}

function onesIn(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
