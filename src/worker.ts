import { parentPort, workerData } from 'node:worker_threads'
import { assert } from './base/assert.ts'
import { asAppError } from './base/error.ts'
import type { NewsRequest } from './ingest/news-types.ts'
import type { Progress } from './ingest/types.ts'
import { Writer, type WriterSettings, type WriterSync } from './writer.ts'

/** The writing thread (ADR-0010): one job after the other, told by messages. */
export type ToWorker =
  | { readonly kind: 'repair'; readonly job: number }
  | { readonly kind: 'sync'; readonly job: number; readonly request: WriterSync }
  | { readonly kind: 'news'; readonly job: number; readonly request: NewsRequest }
  | { readonly kind: 'alerts'; readonly job: number }
  | { readonly kind: 'rebuild'; readonly job: number }
  | { readonly kind: 'stop'; readonly job: number }
  | { readonly kind: 'close'; readonly job: number }

export type FromWorker =
  | { readonly kind: 'progress'; readonly job: number; readonly progress: Progress }
  | { readonly kind: 'count'; readonly job: number; readonly done: number; readonly total: number }
  | { readonly kind: 'committed' }
  | { readonly kind: 'result'; readonly job: number; readonly value: unknown }
  | {
      readonly kind: 'error'
      readonly job: number
      readonly code: string
      readonly message: string
      readonly status: number
    }

const port = parentPort
assert(port !== null, 'worker.ts runs as a worker')
const writer = new Writer(workerData as WriterSettings)
const running = new Map<number, AbortController>()
let last: Promise<unknown> = Promise.resolve()

const send = (message: FromWorker) => port.postMessage(message)

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') {
    running.get(message.job)?.abort()
    return
  }
  const stop = new AbortController()
  running.set(message.job, stop)
  last = last.then(() => answer(message, stop.signal)).finally(() => running.delete(message.job))
})

async function answer(message: ToWorker, signal: AbortSignal): Promise<void> {
  const { job } = message
  try {
    send({ kind: 'result', job, value: await perform(message, signal) })
  } catch (error) {
    const { code, message: text, status } = asAppError(error)
    send({ kind: 'error', job, code, message: text, status })
  }
  if (message.kind === 'close') port?.close()
}

async function perform(message: ToWorker, signal: AbortSignal): Promise<unknown> {
  const { job } = message
  switch (message.kind) {
    case 'repair':
      return (await writer.repair()) ?? null
    case 'sync':
      signal.throwIfAborted()
      return writer.sync(message.request, {
        onProgress: (progress) => send({ kind: 'progress', job, progress }),
        onCommitted: () => send({ kind: 'committed' }),
        signal,
      })
    case 'news':
      signal.throwIfAborted()
      return writer.news(message.request, {
        onCommitted: () => send({ kind: 'committed' }),
        signal,
      })
    case 'alerts':
      return writer.alerts(() => send({ kind: 'committed' }))
    case 'rebuild':
      return writer.rebuild((done, total) => send({ kind: 'count', job, done, total }))
    case 'close':
      return (await writer.close()) ?? null
    default:
      return null
  }
}
