import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hasAnvil } from '../support/anvil.ts'
import { DEMO_CHAIN, startDemo } from './run.ts'

/**
 * `npm run demo [-- --once] [--port N] [--data DIR]`: a chain of this machine with a scripted day
 * on it, followed by an installation in a data folder of its own. Without `--once` one day follows
 * the other until it is stopped.
 */
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '7071' },
    data: { type: 'string', default: './data-demo' },
    pause: { type: 'string' },
  },
})
const say = (text: string) => void process.stdout.write(`${text}\n`)
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopping.abort())
}

async function main(): Promise<void> {
  if (!hasAnvil) {
    say('The demonstration needs anvil: npm ci installs it on Linux x64.')
    process.exitCode = 1
    return
  }
  const demo = await startDemo({
    data: resolve(values.data),
    port: Number(values.port),
    pauseMs: Number(values.pause ?? (values.once ? 0 : 2_000)),
    say,
    stop: stopping.signal,
  })
  try {
    say(`Demonstration data. Alerts arrive at ${demo.url}/en/alerts`)
    say(`The chain: ${demo.url}/en/chain/${encodeURIComponent(DEMO_CHAIN)}`)
    for (let day = 1; ; day += 1) {
      await demo.play(day)
      if (values.once || stopping.signal.aborted) break
      say(`Day ${day} is over; the next one begins.`)
    }
  } finally {
    await demo.close()
  }
}

await main().catch((error: unknown) => {
  if (stopping.signal.aborted) return
  say(`The demonstration has ended: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
