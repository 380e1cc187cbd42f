import { Worker } from 'node:worker_threads'
import type { BatchBytes } from './decode-batch.ts'
import type { DecodeAnswer, DecodeJob } from './decode-thread.ts'

/** Blocks of an answer, packed; null: not by this way. */
export interface Decoder {
  decode(batch: BatchBytes): Promise<readonly Uint8Array[] | null>
  close(): Promise<void>
}

/** Answers of some megabytes are parsed into ten times as much, one at a time. */
const HEAP_MB = 384
const YOUNG_MB = 32

/**
 * One thread that parses, checks and decodes answers of a backfill while the follower's own thread
 * judges and stores: the two halves cost about the same. The thread starts with the first batch. It
 * may die at any time, and says nothing of errors: the follower then reads in its own thread.
 */
export function threadDecoder(): Decoder {
  let worker: Worker | undefined
  let isOver = false
  let next = 0
  const waiting = new Map<number, (packed: readonly Uint8Array[] | null) => void>()

  const end = () => {
    isOver = true
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  }

  function start(): Worker {
    const started = new Worker(new URL('./decode-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    // A follower that ends does not wait for it.
    started.unref()
    started.on('message', ({ job, packed }: DecodeAnswer) => {
      waiting.get(job)?.(packed)
      waiting.delete(job)
    })
    started.on('error', end)
    started.on('exit', end)
    return started
  }

  return {
    decode(batch) {
      if (isOver) return Promise.resolve(null)
      worker ??= start()
      next += 1
      const job: DecodeJob = { ...batch, job: next, body: ownBytes(batch.body) }
      const { promise, resolve } = Promise.withResolvers<readonly Uint8Array[] | null>()
      waiting.set(job.job, resolve)
      worker.postMessage(job, [job.body.buffer as ArrayBuffer])
      return promise
    },
    async close() {
      end()
      await worker?.terminate()
    },
  }
}

/** Bytes that can be handed over: the whole of their memory, or a copy. */
function ownBytes(body: Uint8Array): Uint8Array {
  const { buffer, byteLength } = body
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  return isWhole ? new Uint8Array(buffer) : Uint8Array.from(body)
}
