import { existsSync } from 'node:fs'
import { systemClock } from './base/clock.ts'
import { AppError } from './base/error.ts'
import { stderrLog } from './base/log.ts'
import { ChainServing } from './chain-desk.ts'
import { ChainDuty, noChainDuty } from './chain-operator.ts'
import type { Config } from './cli/config.ts'
import type { Installation, Operator, SyncRequest } from './cli/operator.ts'
import { guardDemoFolder } from './demo-folder.ts'
import { doctorChecks } from './doctor.ts'
import { DownloadDesk } from './download-desk.ts'
import { exportFiles } from './export.ts'
import { hasKey, message } from './i18n/catalogue.ts'
import { bookPath, loadBook } from './index/book-file.ts'
import { indexPath, openSqliteIndexReader, type SqliteIndexReader } from './index/store/sqlite.ts'
import { buildView, ViewHolder } from './index/view.ts'
import { datasetsOf, loadCatalogue } from './ingest/catalogue.ts'
import { keptArticle } from './ingest/news.ts'
import type { SyncRow } from './ingest/types.ts'
import { enabledBy, refuseReserved } from './installation-config.ts'
import { noteVerifier } from './ledger/checkpoint.ts'
import { instanceVkey, ledgerPaths } from './ledger/store/sqlite.ts'
import { SqliteLedgerReader } from './ledger/store/sqlite-reader.ts'
import { verifyLedger } from './ledger/verify.ts'
import type { Dataset } from './model/dataset.ts'
import { type AlertStream, createChainQueries } from './query/chain.ts'
import type { ChainQueries } from './query/chain-types.ts'
import { createNewsQueries } from './query/news.ts'
import { addNewsDatasets, nameMatcher } from './query/news-datasets.ts'
import type { NewsQueries } from './query/news-types.ts'
import { createQueries } from './query/queries.ts'
import type { RateQueries } from './query/rate-types.ts'
import { createRateQueries } from './query/rates.ts'
import { createRegistryQueries } from './query/registry.ts'
import type { RegistryQueries } from './query/registry-types.ts'
import type { MessagePort } from './query/render.ts'
import { SessionKeeper } from './query/session-keeper.ts'
import { keepFresh } from './schedule.ts'
import { rowText } from './source/parse/locator.ts'
import { WorkerClient } from './worker-client.ts'

/** The catalogue as answers see it: what it does not hold is said by its key, never hidden. */
const messagePort: MessagePort = (lang, key, params) =>
  hasKey(key) ? message(lang, key, params) : key

/** One open data folder: the reading side, and for `write` the thread that writes. */
export async function openInstallation(
  config: Config,
  mode: 'read' | 'write',
  version: string,
): Promise<Installation> {
  refuseReserved(config)
  guardDemoFolder(config)
  const datasets = enabledBy(config, datasetsOf(loadCatalogue()))
  if (mode === 'read' && !existsSync(ledgerPaths(config.data).database)) {
    throw new AppError('ledger.missing', 'The data folder has no ledger yet: run custos start.')
  }
  let created = false
  let serving: Serving | undefined
  const chainServing = new ChainServing(config)
  const writer =
    mode === 'read' ? undefined : new WorkerClient(writerSettings(config, version), () => follow())
  /** Views are made one after the other; several commits while one is made are one more. */
  let making: Promise<void> | undefined
  let isBehind = false
  let followed = () => {}
  function follow(): void {
    if (serving === undefined) return
    if (making !== undefined) {
      isBehind = true
      return
    }
    const current = serving
    making = current.refresh().finally(() => {
      making = undefined
      if (isBehind) {
        isBehind = false
        follow()
      } else followed()
    })
    making.catch(() => {})
  }
  if (writer !== undefined) {
    const isMissing = !existsSync(ledgerPaths(config.data).database)
    // A crash may have left the index behind the ledger; a healthy folder is not touched.
    if (isMissing || (await Serving.isBehind(config.data))) await writer.repair()
    created = await Serving.isEmpty(config.data)
  }
  // A damaged folder must still be open to `log verify`, which says what is damaged.
  let failure: unknown
  serving = await Serving.open(config, datasets, { version, chains: chainServing }).catch(
    (error: unknown) => {
      if (mode === 'write') throw error
      failure = error
      return undefined
    },
  )
  const served = () => {
    if (serving === undefined) throw failure
    return serving
  }
  const settled = async () => {
    while (making !== undefined) await making.catch(() => {})
  }
  const duty =
    writer === undefined
      ? undefined
      : new ChainDuty({
          config,
          serving: chainServing,
          message: messagePort,
          publish: () => writer.alerts(),
        })
  const downloads = new DownloadDesk(
    {
      ...{ folder: config.data, origin: config.origin, program: version },
      datasets: [...datasets.values()],
    },
    stderrLog(config.log),
    () => served().index.seq(),
  )
  const operator = createOperator({ config, datasets, served, writer, created, settled, duty })
  return {
    get queries() {
      return served().queries
    },
    get rates() {
      return served().rates
    },
    get news() {
      return served().news
    },
    get registry() {
      return served().registry
    },
    get chain() {
      return served().chain
    },
    operator,
    downloads,
    onFollowed: (listener) => {
      followed = listener
    },
    close: async () => {
      await duty?.close()
      await downloads.close()
      await writer?.close()
      await settled()
      await serving?.close()
      await chainServing.close()
    },
  }
}

function writerSettings(config: Config, version: string) {
  const { data, origin, offline, log } = config
  return { folder: data, origin, offline, version, log }
}

/** Ledger and index open for reading, and the view that answers are made from. */
class Serving {
  readonly ledger: SqliteLedgerReader
  readonly index: SqliteIndexReader
  readonly queries: ReturnType<typeof createQueries>
  readonly rates: RateQueries
  readonly registry: RegistryQueries
  readonly news: NewsQueries
  readonly chain: ChainQueries & AlertStream
  readonly #view: ViewHolder
  readonly #datasets: Map<string, Dataset>
  readonly #folder: string

  private constructor(
    ports: { ledger: SqliteLedgerReader; index: SqliteIndexReader; view: ViewHolder },
    config: Config,
    datasets: Map<string, Dataset>,
    of: { readonly version: string; readonly chains: ChainServing },
  ) {
    this.ledger = ports.ledger
    this.index = ports.index
    this.#view = ports.view
    this.#datasets = datasets
    this.#folder = config.data
    const asked = { ...ports, datasets, clock: systemClock, message: messagePort }
    // One set of sessions and caches for all desks.
    const shared = { ...asked, keeper: new SessionKeeper(asked) }
    this.queries = createQueries({
      ...shared,
      readRow: (file, row) => rowText({ ...file, day: null }, row),
      version: of.version,
    })
    const { reader, node, following, onAlerts } = of.chains
    this.chain = createChainQueries({
      ...shared,
      reader,
      node,
      onAlerts,
      following: () => following,
      check: (params) => this.queries.check(params),
    })
    this.rates = createRateQueries({ ...ports, datasets, clock: systemClock })
    this.registry = createRegistryQueries(shared)
    this.news = createNewsQueries({
      ...ports,
      datasets,
      clock: systemClock,
      match: nameMatcher(this.queries),
      entity: (id) => this.queries.entity(id),
    })
  }

  static async isBehind(folder: string): Promise<boolean> {
    const paths = ledgerPaths(folder)
    if (!existsSync(indexPath(folder))) return true
    const ledger = new SqliteLedgerReader(paths)
    const index = readableIndex(folder)
    if (index === undefined) {
      await ledger.close()
      return true
    }
    try {
      const seq = await index.seq()
      const head = await ledger.head()
      return seq !== (head?.seq ?? 0) || loadBook(bookPath(folder), seq) === undefined
    } finally {
      await index.close()
      await ledger.close()
    }
  }

  /** True until the first run is committed: a first start that was killed begins again. */
  static async isEmpty(folder: string): Promise<boolean> {
    const ledger = new SqliteLedgerReader(ledgerPaths(folder))
    try {
      return (await ledger.head()) === undefined
    } finally {
      await ledger.close()
    }
  }

  static async open(
    config: Config,
    datasets: Map<string, Dataset>,
    of: { readonly version: string; readonly chains: ChainServing },
  ): Promise<Serving> {
    const folder = config.data
    const ledger = new SqliteLedgerReader(ledgerPaths(folder))
    const index = openSqliteIndexReader(indexPath(folder))
    const book = loadBook(bookPath(folder), await index.seq())
    await addNewsDatasets(datasets, { ledger, index })
    const view = new ViewHolder(await buildView({ ledger, index, datasets, book }))
    return new Serving({ ledger, index, view }, config, datasets, of)
  }

  /** A new view of what is committed now. While its book is not written, look-ups go to the index. */
  async refresh(): Promise<void> {
    const { ledger, index } = this
    const previous = this.#view.current()
    await addNewsDatasets(this.#datasets, { ledger, index })
    const book = loadBook(bookPath(this.#folder), await index.seq())
    this.#view.swap(await buildView({ ledger, index, datasets: this.#datasets, book, previous }))
  }

  async close(): Promise<void> {
    await this.index.close()
    await this.ledger.close()
  }
}

/** Undefined: the index is of another version or damaged, and is to be built anew. */
function readableIndex(folder: string): SqliteIndexReader | undefined {
  try {
    return openSqliteIndexReader(indexPath(folder))
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('index.')) return undefined
    throw error
  }
}

interface OperatorParts {
  readonly config: Config
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly served: () => Serving
  readonly writer: WorkerClient | undefined
  readonly created: boolean
  /** Resolves when the views follow what was committed. */
  readonly settled: () => Promise<void>
  readonly duty: ChainDuty | undefined
}

function createOperator(parts: OperatorParts): Operator {
  const { config, datasets, served, writer } = parts
  const writing = () => {
    if (writer !== undefined) return writer
    throw new AppError('data.read_only', 'The data folder is open for reading only.')
  }
  const sync: Operator['sync'] = async (request, onProgress, signal) => {
    const rows = await writing().sync(syncRequest(request, config, datasets), onProgress, signal)
    await parts.settled()
    if (rows.some(({ state }) => state === 'ok')) parts.duty?.listsChanged()
    return rows.filter((row) => isWorthShowing(row, request))
  }
  return {
    init: async () => ({ created: parts.created }),
    chains: parts.duty ?? noChainDuty(),
    sync,
    news: async (request, signal) => {
      const report = await writing().news(request, signal)
      await parts.settled()
      return report
    },
    newsText: (id) => keptArticle(served().ledger, id),
    rebuild: async (onProgress) => {
      const report = await writing().rebuild(onProgress)
      await served().refresh()
      return report
    },
    verifyLog: ({ earlier }, onProgress) =>
      verifyLedger({
        paths: ledgerPaths(config.data),
        verifier: noteVerifier(instanceVkey(config.data)),
        earlier,
        onProgress,
      }),
    exportRows: (request) => exportFiles({ ledger: served().ledger, datasets }, request),
    doctor: () =>
      doctorChecks({
        folder: config.data,
        ledger: served().ledger,
        index: served().index,
        queries: served().queries,
      }),
    keepFresh: (signal) =>
      keepFresh({
        ledger: served().ledger,
        datasets,
        clock: systemClock,
        rng: Math.random,
        signal,
        sleep: (ms) => sleep(ms, signal),
        sync: async (name) => {
          const request: SyncRequest = { datasets: [name], scope: 'all', force: false }
          const rows = await sync(request, () => {}, signal)
          return rows[0]
        },
      }),
  }
}

function syncRequest(
  request: SyncRequest,
  config: Config,
  datasets: ReadonlyMap<string, Dataset>,
): Parameters<WorkerClient['sync']>[0] {
  const isBundled = request.scope === 'bundled'
  // What is derived from the others follows them by itself.
  const enabled = [...datasets.values()].filter(
    (d) => d.enabled && d.kind !== 'joins' && d.kind !== 'news',
  )
  const chosen = isBundled ? enabled.filter((d) => d.packages.length > 0) : enabled
  const { mirror, file, record, force } = request
  return {
    names: request.datasets.length > 0 ? request.datasets : chosen.map((d) => d.name),
    force,
    ...(isBundled ? { offline: true } : {}),
    ...(isBundled || file !== undefined ? {} : { mirror: mirror ?? config.mirror ?? undefined }),
    ...(file === undefined ? {} : { file }),
    ...(record === undefined ? {} : { record, mirror: undefined }),
  }
}

/** A dataset that could not be read from here is news only to who asked for it by name. */
function isWorthShowing(row: SyncRow, request: SyncRequest): boolean {
  return row.state !== 'never_fetched' || request.datasets.length > 0 || request.scope === 'all'
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
