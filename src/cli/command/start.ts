import { asAppError } from '../../base/error.ts'
import type { NewsRequest } from '../../ingest/news-types.ts'
import {
  type CliPorts,
  type Command,
  EXIT,
  type Reading,
  type ReadingState,
  type Server,
} from '../command.ts'
import type { Config } from '../config.ts'
import { type JobServer, serveJobs } from '../job.ts'
import { keepNews } from '../keep-news.ts'
import { acquireLock } from '../lock.ts'
import type { Installation, OnProgress, SyncRequest, WatchEvents } from '../operator.ts'
import { createProgress } from '../progress.ts'
import { importRequestOf } from './chain-import.ts'
import { rewindRequestOf } from './chain-rewind.ts'
import { downloadsRequestOf } from './export-files.ts'
import { newsRequestOf } from './news.ts'
import { type WatchMessage, watchRequestOf } from './watch.ts'
import { syncRequestOf } from './write.ts'

/** What a first start reads before anything is fetched: it came with the installation. */
const BUNDLED: SyncRequest = { datasets: [], scope: 'bundled', force: false }

export const startCommand: Command = {
  name: 'start',
  summary: 'Serves pages and API, and keeps the lists fresh.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {
    offline: { type: 'boolean', help: 'serve only, contact nothing' },
    mirror: { type: 'string', value: 'DIR', help: 'read recorded files instead of the network' },
    host: { type: 'string', value: 'HOST', help: 'address to listen on (default 127.0.0.1)' },
    port: { type: 'string', value: 'PORT', help: 'port to listen on (default 7070)' },
  },
  notes: ['The first start makes the data folder and loads the lists that came with Custos.'],
  examples: ['custos start', 'custos start --offline --port 8080'],
  async run(call, ports) {
    const { config } = call.config()
    const lock = acquireLock(config.data)
    try {
      const installation = await ports.open(config, 'write')
      try {
        await serveUntilStopped(installation, config, ports)
      } finally {
        await installation.close()
      }
    } finally {
      lock.release()
    }
    return EXIT.ok
  },
}

/** Listens first and reads then: a second start is ready at once, and a first one can be watched. */
async function serveUntilStopped(
  installation: Installation,
  config: Config,
  ports: CliPorts,
): Promise<void> {
  const { created } = await installation.operator.init()
  const jobs = new JobGate(installation, ports.stop)
  let server: Server | undefined
  let socket: JobServer | undefined
  try {
    server = await ports.listen(config, installation, jobs.reading(config))
    socket = await serveJobs(config.data, {
      sync: (params, emit, signal) => jobs.sync(syncRequestOf(params), emit, signal),
      // Beside the others: the chain thread writes rows of its own.
      watch: (params, emit, signal) => jobs.watch(params, emit, signal),
      'chain import': (params, emit, signal) =>
        installation.operator.chains.importBlocks(
          importRequestOf(params),
          emit,
          AbortSignal.any([signal, jobs.stop]),
        ),
      'chain rewind': (params) => installation.operator.chains.rewind(rewindRequestOf(params)),
      news: (params, _emit, signal) => jobs.news(newsRequestOf(params), signal),
      downloads: (params, emit, signal) =>
        installation.downloads.make(
          downloadsRequestOf(params),
          emit,
          AbortSignal.any([signal, jobs.stop]),
        ),
    })
    if (created) await firstRead(jobs, ports)
    await ports.terminal.out(`Custos ${ports.version} serves ${server.url}\n`)
    const followed = installation.operator.chains.follow(jobs.stop)
    // Made-up data is not mixed with what is read from the world.
    const isStill = config.offline || config.demo
    const fresh = isStill ? undefined : installation.operator.keepFresh(jobs.stop)
    const news = keepNews({
      config: { ...config, offline: isStill },
      add: (request) => jobs.news(request, jobs.stop),
      tell: (text) => ports.terminal.err(text),
      stop: jobs.stop,
    })
    await aborted(ports.stop)
    ports.terminal.err('Stopping.\n')
    await Promise.all([fresh, followed, news])
  } finally {
    jobs.abort()
    await socket?.close()
    await server?.close()
    await jobs.idle()
  }
}

/** A failure is shown and not fatal: the pages say what could not be read. */
async function firstRead(jobs: JobGate, ports: CliPorts): Promise<void> {
  ports.terminal.err('First start: reading the lists that came with Custos.\n')
  const view = createProgress(ports.terminal, () => ports.clock.nowMs())
  try {
    await jobs.sync(BUNDLED, view.onProgress, ports.stop)
  } catch (error) {
    if (!ports.stop.aborted) ports.terminal.err(`custos: ${asAppError(error).message}\n`)
  } finally {
    view.end()
  }
}

/** Every enabled list from where the configuration says. */
const EVERYTHING: SyncRequest = { datasets: [], scope: 'all', force: false }

/** One sync after the other, and none after the stop. */
class JobGate {
  readonly #installation: Installation
  readonly #own = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #state: ReadingState = IDLE
  readonly stop: AbortSignal

  constructor(installation: Installation, stop: AbortSignal) {
    this.#installation = installation
    this.stop = AbortSignal.any([stop, this.#own.signal])
  }

  sync(request: SyncRequest, emit: OnProgress, signal: AbortSignal) {
    const run = this.#last.then(() => this.#run(request, emit, signal))
    this.#last = run.catch(() => {})
    return run
  }

  news(request: NewsRequest, signal: AbortSignal) {
    const run = this.#last.then(() => {
      const either = AbortSignal.any([signal, this.stop])
      either.throwIfAborted()
      return this.#installation.operator.news(request, either)
    })
    this.#last = run.catch(() => {})
    return run
  }

  /** Watching takes as long as it takes: nothing waits for it. */
  watch(params: unknown, emit: (message: WatchMessage) => void, signal: AbortSignal) {
    const request = watchRequestOf(params)
    const { chains } = this.#installation.operator
    const either = AbortSignal.any([signal, this.stop])
    const onAlert: WatchEvents['onAlert'] = (alert) => emit({ kind: 'alert', alert })
    const onProgress: WatchEvents['onProgress'] = (progress) => emit({ kind: 'progress', progress })
    return 'rules' in request
      ? chains.dryRun(request, onAlert, either)
      : chains.watch(request, { onAlert, onProgress }, either)
  }

  async #run(request: SyncRequest, emit: OnProgress, signal: AbortSignal) {
    const either = AbortSignal.any([signal, this.stop])
    either.throwIfAborted()
    this.#state = { ...IDLE, isRunning: true }
    const onProgress: OnProgress = (progress) => {
      if (progress.kind === 'dataset') {
        const { dataset, index, total } = progress
        this.#state = { isRunning: true, done: index - 1, total, current: dataset }
      }
      emit(progress)
    }
    try {
      return await this.#installation.operator.sync(request, onProgress, either)
    } finally {
      this.#state = IDLE
    }
  }

  /** For the pages. Whoever asks while one is under way waits for that one. */
  reading(config: Config): Reading {
    const request = { ...EVERYTHING, mirror: config.mirror ?? undefined }
    const begin = async () => {
      if (this.#state.isRunning) return
      // Set at once: two clicks in one turn begin one sync.
      this.#state = { ...IDLE, isRunning: true }
      void this.sync(request, () => {}, this.stop).catch(() => {})
    }
    const isClosed = config.demo || (config.offline && config.mirror === null)
    return { state: () => this.#state, begin: isClosed ? undefined : begin }
  }

  abort(): void {
    this.#own.abort()
  }

  async idle(): Promise<void> {
    await this.#last
  }
}

const IDLE: ReadingState = { isRunning: false, done: 0, total: 0, current: null }

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
