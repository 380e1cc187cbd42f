import { parentPort } from 'node:worker_threads'
import { assert } from '../base/assert.ts'
import { type BatchBytes, decodeBatch } from './decode-batch.ts'

/** Decodes beside the thread that stores (`decoder.ts`). */
const port = parentPort
assert(port !== null, 'decode-thread.ts runs as a worker')

export interface DecodeJob extends BatchBytes {
  readonly job: number
}

export interface DecodeAnswer {
  readonly job: number
  readonly packed: readonly Uint8Array[] | null
}

port.on('message', ({ job, ...batch }: DecodeJob) => {
  const packed = decodeBatch(batch)
  // Small rows share memory with others and are copied; large ones are handed over.
  const whole = (packed ?? []).filter(
    ({ buffer, byteLength }) => buffer.byteLength === byteLength && buffer instanceof ArrayBuffer,
  )
  const answer: DecodeAnswer = { job, packed }
  port.postMessage(
    answer,
    whole.map(({ buffer }) => buffer as ArrayBuffer),
  )
})
