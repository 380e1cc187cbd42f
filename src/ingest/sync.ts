import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import type { Fetcher } from '../base/http.ts'
import { retryAfterMs } from '../base/http-retry.ts'
import type { Log } from '../base/log.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { Run, RunFile } from '../model/statement.ts'
import { instantOf } from '../model/time.ts'
import type { Catalogue } from './catalogue.ts'
import { commitVersion, versionHash } from './commit.ts'
import { fetchLive } from './live.ts'
import { mirrorVersions, packageVersion, uploadedVersion } from './mirror.ts'
import { recordDownloads } from './record.ts'
import type { LocalFile, Progress, Source, SyncOptions, SyncRow, Version } from './types.ts'

export interface SyncPorts {
  readonly ledger: LedgerStore
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly log: Log
  /** Undefined: nothing outside is contacted. */
  readonly fetcher: Fetcher | undefined
  /** The data folder, for downloads under way. */
  readonly folder: string
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Called after each committed dataset: the index follows the ledger. */
  readonly onCommitted?: ((dataset: string) => Promise<void>) | undefined
}

interface Tally {
  versions: number
  added: number
  retracted: number
  unchanged: number
}

/** Syncs the named datasets, or all that are enabled; one that fails never stops the others. */
export async function sync(
  ports: SyncPorts,
  names: readonly string[],
  options: SyncOptions,
): Promise<readonly SyncRow[]> {
  const chosen = choose(ports.catalogue, names)
  const rows: SyncRow[] = []
  for (const [i, source] of chosen.entries()) {
    options.signal?.throwIfAborted()
    const dataset = source.dataset.name
    ports.onProgress?.({ kind: 'dataset', dataset, index: i + 1, total: chosen.length })
    const row = await syncDataset(ports, source, options)
    rows.push(row)
    ports.onProgress?.({ kind: 'row', row })
  }
  return rows
}

function choose(catalogue: Catalogue, names: readonly string[]): readonly Source[] {
  if (names.length === 0) {
    // What is derived from the others is never read from anywhere.
    return [...catalogue.values()].filter((s) => s.dataset.enabled && s.dataset.kind !== 'joins')
  }
  return names.map((name) => {
    const source = catalogue.get(name)
    if (source !== undefined) return source
    throw new AppError('source.unknown', `There is no dataset "${name.slice(0, 60)}".`, {
      status: 404,
      params: { name: name.slice(0, 60) },
    })
  })
}

async function syncDataset(
  ports: SyncPorts,
  source: Source,
  options: SyncOptions,
): Promise<SyncRow> {
  const startedMs = ports.clock.nowMs()
  const tally: Tally = { versions: 0, added: 0, retracted: 0, unchanged: 0 }
  const dataset = source.dataset.name
  const runs = [...(await ports.ledger.runs(dataset))]
  let state: SyncRow['state']
  let error: SyncRow['error'] = null
  try {
    const isRead = await readVersions(ports, source, options, runs, tally)
    state = tally.versions > 0 ? 'ok' : 'unchanged'
    if (!isRead) state = 'never_fetched'
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    const failure = asAppError(cause)
    if (failure.code === 'internal.error') ports.log.error({ dataset, err: cause }, 'sync failed')
    state = failure.code === 'fetch.blocked' ? 'blocked' : 'failed'
    const askedMs = retryAfterMs(failure, ports.clock)
    error = {
      code: failure.code,
      message: failure.message,
      ...(askedMs !== undefined && { retryAfterMs: askedMs }),
    }
  }
  if (state !== 'never_fetched') await noteAttempt(ports, dataset, state, error)
  if (tally.versions > 0) await ports.onCommitted?.(dataset)
  const newest = newestOf(runs)
  const publishedAt = newest?.publishedAt ?? null
  const nowMs = ports.clock.nowMs()
  return {
    dataset,
    state,
    ...tally,
    publishedAt,
    ageSeconds: publishedAt === null ? null : Math.floor((nowMs - Date.parse(publishedAt)) / 1000),
    error,
    ms: nowMs - startedMs,
  }
}

async function noteAttempt(
  ports: SyncPorts,
  dataset: string,
  state: 'ok' | 'unchanged' | 'failed' | 'blocked',
  error: SyncRow['error'],
): Promise<void> {
  await ports.ledger.recordAttempt({
    dataset,
    at: instantOf(ports.clock.nowMs()),
    state,
    code: error?.code ?? null,
    message: error?.message ?? null,
  })
}

/** Of several versions the newest complete one tells the age; an incomplete one never makes it younger. */
function newestOf(runs: readonly Run[]): Run | undefined {
  const complete = runs.filter((run) => run.complete)
  const from = complete.length > 0 ? complete : runs
  return [...from].sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? -1 : 1)).at(-1)
}

/** False: there is nothing to read from here, for example no network and no mirror. */
async function readVersions(
  ports: SyncPorts,
  source: Source,
  options: SyncOptions,
  runs: Run[],
  tally: Tally,
): Promise<boolean> {
  const { dataset } = source
  if (options.file !== undefined) {
    await readVersion(ports, source, uploadedVersion(dataset, options.file), options, runs, tally)
    return true
  }
  const recorded = options.mirror === undefined ? [] : mirrorVersions(dataset, options.mirror)
  if (recorded.length > 0) {
    for (const version of recorded) await readVersion(ports, source, version, options, runs, tally)
    return true
  }
  const packaged = packageVersion(source)
  const canFetch = ports.fetcher !== undefined && options.mirror === undefined && !options.offline
  if (packaged !== undefined && (runs.length === 0 || !canFetch || dataset.live.length === 0)) {
    await readVersion(ports, source, packaged, options, runs, tally)
  }
  if (!canFetch || dataset.live.length === 0) return packaged !== undefined
  await readLive(ports, source, options, runs, tally)
  return true
}

async function readLive(
  ports: SyncPorts,
  source: Source,
  options: SyncOptions,
  runs: Run[],
  tally: Tally,
): Promise<void> {
  if (ports.fetcher === undefined) return
  const live = await fetchLive({
    dataset: source.dataset,
    fetcher: ports.fetcher,
    ledger: ports.ledger,
    temporary: join(ports.folder, 'downloads'),
    last: runs.at(-1),
    // A recording needs every file, so nothing is asked conditionally.
    force: options.force === true || options.record !== undefined,
    signal: options.signal,
  })
  try {
    if (live.isUnchanged) return
    await readVersion(ports, source, live.version, options, runs, tally)
    if (options.record !== undefined) {
      await recordDownloads(options.record, source.dataset, live, instantOf(ports.clock.nowMs()))
    }
  } finally {
    await live.dispose()
  }
}

async function readVersion(
  ports: SyncPorts,
  source: Source,
  version: Version,
  options: SyncOptions,
  runs: Run[],
  tally: Tally,
): Promise<void> {
  const files: RunFile[] = []
  for (const file of version.files) files.push(await describe(file))
  if (!options.force && isCommitted(runs, version, files)) return
  for (const [i, file] of version.files.entries()) {
    const { sha256 } = await ports.ledger.keep(file.open())
    if (sha256 !== files[i]?.sha256) {
      throw new AppError('source.changed', `${file.name} changed while it was read.`, {
        retryable: true,
      })
    }
  }
  const nowMs = ports.clock.nowMs()
  const head = await ports.ledger.head()
  // The ledger's time never goes back, also when the machine's clock does.
  const atMs = Math.max(nowMs, head === undefined ? 0 : Date.parse(head.at))
  const result = await commitVersion(ports.ledger, {
    dataset: source.dataset,
    crawl: await source.crawl(),
    version,
    files,
    inputs: version.files.map((file, i) => kept(ports.ledger, file, files[i]?.sha256 ?? '')),
    fetchedAt: instantOf(nowMs),
    at: instantOf(atMs),
    log: ports.log,
    onRows: (rows) => ports.onProgress?.({ kind: 'rows', dataset: source.dataset.name, rows }),
    signal: options.signal,
  })
  runs.push(result.run)
  tally.versions += 1
  tally.added += result.added
  tally.retracted += result.retracted
  tally.unchanged += result.unchanged
}

/**
 * A file already committed is skipped (INTERFACE §3). The same bytes under a newer date are a new
 * publication: they are read again, and add a run record without events.
 */
function isCommitted(runs: readonly Run[], version: Version, files: readonly RunFile[]): boolean {
  const sha256 = versionHash(files)
  const { publishedAt } = version
  // Without a date only the newest version tells: a list may have gone back to an earlier state.
  if (publishedAt === null) return runs.at(-1)?.sha256 === sha256
  return runs.some((run) => run.sha256 === sha256 && (run.declaredAt ?? '') >= publishedAt)
}

async function describe(file: LocalFile): Promise<RunFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of file.open()) {
    hash.update(chunk)
    bytes += chunk.length
  }
  const { role, name, url, lastModified, etag = null } = file
  return { role, name, url, sha256: hash.digest('hex'), bytes, lastModified, etag }
}

/** What is parsed is what is kept: the bytes are read back from the store that will prove them. */
function kept(ledger: LedgerStore, file: LocalFile, sha256: string): LocalFile {
  return { ...file, open: () => ledger.file(sha256) }
}
