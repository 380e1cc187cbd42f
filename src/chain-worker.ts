import { parentPort, workerData } from 'node:worker_threads'
import { assert } from './base/assert.ts'
import { asAppError } from './base/error.ts'
import type { ChainThreadSettings, FromChain, ToChain } from './chain-jobs.ts'
import { ChainThread } from './chain-thread.ts'

/** The chain thread (docs/adr/0018-alerts.md): jobs run side by side, told by messages. */
const port = parentPort
assert(port !== null, 'chain-worker.ts runs as a worker')
const send = (message: FromChain) => port.postMessage(message)
const stops = new Map<number, AbortController>()
let opened: ChainThread | undefined

/** Opened with the first job: a fault of the folder is then an answer and no crash. */
function thread(): ChainThread {
  opened ??= new ChainThread(workerData as ChainThreadSettings, (chain, alerts) =>
    send({ kind: 'stored', chain, alerts }),
  )
  return opened
}

port.on('message', (message: ToChain) => {
  if (message.kind === 'stop') {
    stops.get(message.job)?.abort()
    return
  }
  void answer(message)
})

async function answer(message: ToChain): Promise<void> {
  const { job } = message
  const stop = new AbortController()
  stops.set(job, stop)
  try {
    send({ kind: 'result', job, value: (await perform(message, stop.signal)) ?? null })
  } catch (error) {
    const { code, message: text, status, params } = asAppError(error)
    send({ kind: 'error', job, code, message: text, status, params })
  } finally {
    stops.delete(job)
  }
  if (message.kind === 'close') port?.close()
}

async function perform(message: ToChain, signal: AbortSignal): Promise<unknown> {
  const { job } = message
  switch (message.kind) {
    case 'watch':
      return thread().watch(message.request, {
        signal,
        onProgress: (progress) => send({ kind: 'progress', job, progress }),
        onChanges: (changes) => send({ kind: 'changes', job, changes }),
      })
    case 'check':
      return thread().check(message.request, signal, (alerts) => send({ kind: 'dry', job, alerts }))
    case 'import':
      return thread().import(message.request, signal, (row) => send({ kind: 'imported', job, row }))
    case 'rewind':
      return thread().rewind(message.request)
    case 'lists':
      await opened?.refresh()
      return null
    case 'close':
      for (const [id, stop] of stops) if (id !== job) stop.abort()
      await opened?.close()
      return null
    default:
      return null
  }
}
