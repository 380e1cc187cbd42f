import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../base/error.ts'
import type { Fetched, Fetcher } from '../base/http.ts'
import { LIMITS } from '../base/limits.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { Dataset } from '../model/dataset.ts'
import type { Run } from '../model/statement.ts'
import { localFile, versionOf } from './mirror.ts'
import type { LocalFile, Version } from './types.ts'

export interface LiveParams {
  readonly dataset: Dataset
  readonly fetcher: Fetcher
  readonly ledger: LedgerStore
  /** Folder for downloads that are under way. */
  readonly temporary: string
  /** The newest committed run of the dataset, for conditional requests. */
  readonly last: Run | undefined
  readonly force: boolean
  readonly signal?: AbortSignal | undefined
}

export interface LiveVersion {
  readonly version: Version
  /** True: every file answered "not modified". */
  readonly isUnchanged: boolean
  /** Downloads, for `--record`: what each was, and where it lies until `dispose`. */
  readonly downloads: readonly {
    readonly role: string
    readonly url: string
    readonly path: string
    readonly lastModified: string | null
    readonly entry: string | null
  }[]
  dispose(): Promise<void>
}

/** Fetches every live file of a dataset; one that fails fails the version, never half of it. */
export async function fetchLive(params: LiveParams): Promise<LiveVersion> {
  mkdirSync(params.temporary, { recursive: true })
  const paths: string[] = []
  const files: LocalFile[] = []
  const downloads: LiveVersion['downloads'][number][] = []
  let fresh = 0
  let lacksOptional = false
  const dispose = async () => {
    for (const path of paths) await rm(path, { force: true })
  }
  try {
    for (const live of params.dataset.live) {
      const known = params.last?.files.find((f) => f.role === live.role && f.url === live.url)
      const answer = await fetchOne(params, live, {
        ...(known !== undefined && !params.force
          ? { etag: known.etag, lastModified: known.lastModified }
          : {}),
      })
      if (answer === undefined) {
        lacksOptional = true
        continue
      }
      if (answer.status === 'not_modified' && known !== undefined) {
        files.push({ ...known, day: null, open: () => params.ledger.file(known.sha256) })
        continue
      }
      fresh += 1
      const path = join(params.temporary, `${randomUUID()}.download`)
      paths.push(path)
      await pipeline(Readable.from(answer.body), createWriteStream(path))
      const { lastModified, etag } = answer
      const entry = live.entry ?? null
      downloads.push({ role: live.role, url: live.url, path, lastModified, entry })
      const named = { role: live.role, url: live.url, lastModified, day: null, entry: live.entry }
      files.push({ ...localFile(path, named), name: nameOf(live.url), etag })
    }
  } catch (error) {
    await dispose()
    throw error
  }
  const whole = versionOf(params.dataset, files)
  // Without one of its parts a version says less, so what it does not say is not withdrawn.
  const version = { ...whole, complete: whole.complete && !lacksOptional }
  return { version, isUnchanged: fresh === 0 && files.length > 0, downloads, dispose }
}

/** An optional file that cannot be had is undefined; any other failure fails the version. */
async function fetchOne(
  params: LiveParams,
  { url, post, optional }: Dataset['live'][number],
  validators: { etag?: string | null; lastModified?: string | null },
): Promise<Fetched | undefined> {
  const limits = {
    bytesMax: LIMITS.sourceBytesMax,
    timeoutMs: LIMITS.sourceTimeoutMs,
    signal: params.signal,
  }
  try {
    if (post !== undefined) return await params.fetcher.post(url, { ...post, ...limits })
    return await params.fetcher.get(url, { ...validators, ...limits })
  } catch (error) {
    if (optional && error instanceof AppError && error.code !== 'fetch.aborted') return undefined
    throw error
  }
}

/** The last part of the path, without what only packs it. */
function nameOf(url: string): string {
  const name = basename(decodeURIComponent(new URL(url).pathname)).replace(/\.gz$/, '')
  return name === '' ? 'list' : name.slice(0, 120)
}
