import { PackedWriter } from '../packed.ts'
import { LOG } from './scan-log.ts'
import type { ScanProof } from './scan-proof.ts'
import { B, R, T } from './scan-shape.ts'

/** Memory of one scan, used again: a thread scans one block at a time. */
export class Workspace {
  readonly writer = new PackedWriter()
  readonly block = new Int32Array(B.fields)
  readonly receipt = new Int32Array(R.fields)
  txs = new Int32Array(T.fields * 1024)
  logs = new Int32Array(LOG.fields * 256)
  readonly hash = new Uint8Array(32)
  readonly seen = new Map<number, number>()
  txCount = 0
  number = 0
  lastLog = -1
  /** Absent: nothing is proven. */
  proof: ScanProof | undefined
}

/** Twice the room, with what is in it. */
export function larger(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2)
  next.set(array)
  return next
}
