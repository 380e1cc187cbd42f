import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pkg from '../package.json' with { type: 'json' }
import { createApi } from './api/app.ts'
import { openApiDocument } from './api/openapi.ts'
import { createRateLimiter, DEFAULT_RATE_LIMIT } from './api/rate-limit.ts'
import { gateway, serve } from './api/serve.ts'
import { systemClock } from './base/clock.ts'
import { stderrLog } from './base/log.ts'
import { createMetrics } from './base/metrics.ts'
import type { CliPorts, Reading, Server } from './cli/command.ts'
import type { Config } from './cli/config.ts'
import type { Installation } from './cli/operator.ts'
import { runCli } from './cli/run.ts'
import { processTerminal } from './cli/terminal.ts'
import { openInstallation } from './installation.ts'
import { createWeb } from './web/web.ts'

/** A stop that takes longer than this is none: whatever is still open is left to the next start. */
const STOP_MS = 4_500

/** Questions that every installation can answer from what came with it. */
const EXAMPLES = [
  { kind: 'site', q: 'metarnask.io' },
  { kind: 'address', q: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' },
  { kind: 'firm', q: 'Coinbase' },
] as const

/** The composition root of the serving process: one command line, then the end. */
export async function main(argv: readonly string[]): Promise<void> {
  const ports: CliPorts = {
    terminal: processTerminal(),
    env: process.env,
    cwd: process.cwd(),
    version: pkg.version,
    clock: systemClock,
    get stop() {
      return stopSignal()
    },
    open: (config, mode) => openInstallation(config, mode, pkg.version),
    listen,
  }
  const code = await runCli(argv, ports)
  process.exitCode = code
  // Nothing should be open any more; should something be, it does not keep the process.
  setTimeout(() => process.exit(code), 1_000).unref()
}

let stopping: AbortController | undefined

/** A terminal and a launcher may both send the same signal: one press, not two. */
const SAME_PRESS_MS = 300

/** Takes over the signals that ask for an end. A second press ends the process at once. */
function stopSignal(): AbortSignal {
  if (stopping !== undefined) return stopping.signal
  const controller = new AbortController()
  stopping = controller
  let firstMs = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const nowMs = performance.now()
      if (controller.signal.aborted) {
        if (nowMs - firstMs > SAME_PRESS_MS) process.exit(1)
        return
      }
      firstMs = nowMs
      setTimeout(() => process.exit(1), STOP_MS).unref()
      controller.abort()
    })
  }
  return controller.signal
}

/** What changes only with the code is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

async function listen(
  config: Config,
  installation: Installation,
  reading: Reading,
): Promise<Server> {
  const { queries, rates, registry, chain, news } = installation
  const { version } = pkg
  const log = stderrLog(config.log)
  const limiter =
    config.rateLimit === 'off'
      ? undefined
      : createRateLimiter(
          { ...DEFAULT_RATE_LIMIT, remote: { name: 'default', ...config.rateLimit } },
          systemClock,
        )
  const { trustedProxies, host, port } = config
  const metrics = createMetrics(version)
  const api = createApi({
    queries,
    rates,
    registry,
    news,
    chain,
    version,
    log,
    metrics,
    limiter,
    trustedProxies,
  })
  const titles = new Map((await queries.sources()).map(({ dataset, title }) => [dataset, title]))
  const web = createWeb({
    queries,
    rates,
    registry,
    news,
    chain,
    isDemo: config.demo,
    version,
    ...(config.publicUrl === null ? {} : { baseUrl: config.publicUrl }),
    openapi: once(() => openApiDocument(api, version)),
    documents: methodDocuments(),
    downloads: installation.downloads,
    examples: EXAMPLES,
    syncState: () => {
      const { current, ...state } = reading.state()
      return { ...state, current: current === null ? null : (titles.get(current) ?? current) }
    },
    ...(reading.begin === undefined ? {} : { startSync: reading.begin }),
    onFault: (error) => log.error({ err: error }, 'page failed'),
  })
  const fetch = gateway({ api: api.fetch, web: web.fetch, limiter, trustedProxies })
  const server = await serve({ fetch, host, port })
  // What the next askers would otherwise wait for; a failure shows in their answers.
  const warm = () => {
    const names = [queries.suggest('the first asks'), queries.search({ q: 'for every name' })]
    void Promise.allSettled([queries.stats(), ...names, rates.warm(), registry.warm()])
  }
  warm()
  // A sync commits list by list: what is read anew after each would be thrown away by the next.
  let waiting: NodeJS.Timeout | undefined
  installation.onFollowed(() => {
    clearTimeout(waiting)
    waiting = setTimeout(warm, WARM_AFTER_MS).unref()
    installation.downloads.refreshSoon()
  })
  installation.downloads.refreshSoon()
  return server
}

/** Without a commit for so long, a sync is over. */
const WARM_AFTER_MS = 5_000

/** The documents that explain the rules, as they lie in the checkout. */
function methodDocuments(): ReadonlyMap<string, string> {
  const folder = new URL('../docs/method/', import.meta.url)
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.(md|json)$/.test(name))
  return new Map(
    names.map((name) => [name, readFileSync(fileURLToPath(new URL(name, folder)), 'utf8')]),
  )
}
