import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { SCREEN_CLASS, screeningBookBuilder } from '../../src/model/screening-book.ts'

/** Builds a book of random addresses beside a follower; its addresses are made before the clock. */
const entries = Number(workerData)
const bytes = randomBytes(20 * entries)
const texts = Array.from(
  { length: entries },
  (_, i) => `0x${bytes.toString('hex', 20 * i, 20 * i + 20)}`,
)
parentPort?.once('message', () => {
  const start = performance.now()
  const cpu = process.threadCpuUsage()
  const builder = screeningBookBuilder({ capacity: entries, seed: [1, 2] })
  for (const text of texts) builder.add(text, SCREEN_CLASS.scam)
  const { memory } = builder.finish()
  const { user, system } = process.threadCpuUsage(cpu)
  const ms = performance.now() - start
  parentPort?.postMessage({ memory, ms, cpuMs: (user + system) / 1000 })
})
parentPort?.postMessage('ready')
