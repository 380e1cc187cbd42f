import { inconsistentBlock, sha256d } from './bytes.ts'

/**
 * Bitcoin's Merkle root: an odd row repeats its last hash. A block whose row holds a pair of equal
 * hashes states the same root as one without them (CVE-2012-2459), so such a pair is an error.
 */
export function merkleRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) {
    const next: Uint8Array[] = []
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i] ?? new Uint8Array(32)
      const right = row[i + 1]
      if (right !== undefined && Buffer.compare(left, right) === 0) {
        throw inconsistentBlock('merkleroot')
      }
      next.push(sha256d(Buffer.concat([left, right ?? left])))
    }
    row = next
  }
  return row[0] ?? new Uint8Array(32)
}
