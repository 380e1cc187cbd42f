import { assert } from '../../base/assert.ts'
import { keccak256 } from '../../base/keccak.ts'
import { encodeRlp, trimmedBytes } from './rlp.ts'
import { RlpWriter } from './rlp-writer.ts'

/**
 * The root of a Merkle Patricia trie (Yellow Paper, appendix D) that maps the RLP of 0, 1, 2, … to
 * the given values: what a header states about its transactions and receipts.
 */
export function listRoot(values: readonly Uint8Array[]): Uint8Array {
  if (values.length === 0) return keccak256(encodeRlp(new Uint8Array(0)))
  while (PATHS.length < values.length) {
    PATHS.push(nibbles(encodeRlp(trimmedBytes(BigInt(PATHS.length)))))
  }
  const pairs = values.map((value, i) => ({ path: PATHS[i] ?? [], value }))
  return keccak256(nodeOf(pairs, 0))
}

interface Pair {
  readonly path: readonly number[]
  readonly value: Uint8Array
}

function nibbles(bytes: Uint8Array): readonly number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15])
}

/** The path of each place in a list, as far as the longest list so far. */
const PATHS: (readonly number[])[] = []
const writer = new RlpWriter()
const NOTHING = new Uint8Array(0)

/** The RLP of the node that holds the pairs, whose paths agree up to `depth`. */
function nodeOf(pairs: readonly Pair[], depth: number): Uint8Array {
  const first = pairs[0]
  assert(first !== undefined, 'a node holds something')
  if (pairs.length === 1) {
    writer.clear()
    writer.bytes(first.value)
    writer.bytes(compact(first.path.slice(depth), true))
    writer.list(0)
    return writer.take()
  }
  const shared = sharedDepth(pairs, depth)
  if (shared > depth) {
    const below = nodeOf(pairs, shared)
    writer.clear()
    reference(below)
    writer.bytes(compact(first.path.slice(depth, shared), false))
    writer.list(0)
    return writer.take()
  }
  return branchOf(pairs, depth)
}

function branchOf(pairs: readonly Pair[], depth: number): Uint8Array {
  const parts: Pair[][] = Array.from({ length: 16 }, () => [])
  let own: Uint8Array = NOTHING
  for (const pair of pairs) {
    const nibble = pair.path[depth]
    if (nibble === undefined) own = pair.value
    else parts[nibble]?.push(pair)
  }
  const nodes = parts.map((part) => (part.length === 0 ? null : nodeOf(part, depth + 1)))
  writer.clear()
  writer.bytes(own)
  for (const node of nodes.reverse()) {
    if (node === null) writer.bytes(NOTHING)
    else reference(node)
  }
  writer.list(0)
  return writer.take()
}

function sharedDepth(pairs: readonly Pair[], from: number): number {
  const first = pairs[0]?.path ?? []
  let depth = from
  while (depth < first.length && pairs.every(({ path }) => path[depth] === first[depth])) depth++
  return depth
}

/** A node shorter than a hash stands in its parent itself. */
function reference(node: Uint8Array): void {
  if (node.length < 32) writer.verbatim(node)
  else writer.bytes(keccak256(node))
}

/** Hex-prefix encoding: the first nibble tells a leaf and an odd length. */
function compact(path: readonly number[], isLeaf: boolean): Uint8Array {
  const isOdd = path.length % 2 === 1
  const flag = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0)
  const all = isOdd ? [flag, ...path] : [flag, 0, ...path]
  return Uint8Array.from({ length: all.length / 2 }, (_, i) => {
    return ((all[2 * i] ?? 0) << 4) | (all[2 * i + 1] ?? 0)
  })
}
