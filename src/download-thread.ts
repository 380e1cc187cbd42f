import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { assert } from './base/assert.ts'
import { asAppError } from './base/error.ts'
import type { DownloadProgress } from './cli/operator.ts'
import { makeDownloads } from './download-build.ts'
import type { Dataset } from './model/dataset.ts'
import type { DownloadManifest } from './model/downloads.ts'

/** Makes the files of `/download` beside the server: half a million judgements take a minute. */
export interface DownloadThreadSettings {
  readonly folder: string
  readonly origin: string | null
  readonly program: string
  readonly datasets: readonly Dataset[]
}

export type ToDownloads =
  | { readonly kind: 'make'; readonly job: number; readonly what: 'bundle' | 'all' }
  | { readonly kind: 'stop'; readonly job: number }
  | { readonly kind: 'close'; readonly job: number }

export type FromDownloads =
  | { readonly kind: 'progress'; readonly job: number; readonly progress: DownloadProgress }
  | { readonly kind: 'result'; readonly job: number; readonly value: DownloadManifest | null }
  | {
      readonly kind: 'error'
      readonly job: number
      readonly code: string
      readonly message: string
      readonly status: number
    }

const port = parentPort
assert(port !== null, 'download-thread.ts runs as a worker')
// Answers come first. On Linux a priority is a thread's own; elsewhere it would be the server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const { datasets, ...settings } = workerData as DownloadThreadSettings
const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]))
const running = new Map<number, AbortController>()
let last: Promise<unknown> = Promise.resolve()

const send = (message: FromDownloads) => port.postMessage(message)

port.on('message', (message: ToDownloads) => {
  if (message.kind === 'stop') {
    running.get(message.job)?.abort()
    return
  }
  const stop = new AbortController()
  running.set(message.job, stop)
  last = last.then(() => answer(message, stop.signal)).finally(() => running.delete(message.job))
})

async function answer(message: ToDownloads, signal: AbortSignal): Promise<void> {
  const { job } = message
  try {
    const onProgress = (progress: DownloadProgress) => send({ kind: 'progress', job, progress })
    const value =
      message.kind === 'make'
        ? await makeDownloads({
            ...settings,
            datasets: byName,
            what: message.what,
            signal,
            onProgress,
          })
        : null
    send({ kind: 'result', job, value })
  } catch (error) {
    const { code, message: text, status } = asAppError(error)
    send({ kind: 'error', job, code, message: text, status })
  }
  if (message.kind === 'close') port?.close()
}
