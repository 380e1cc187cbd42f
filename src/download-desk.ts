import { createReadStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { systemClock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import type { DownloadProgress, Downloads } from './cli/operator.ts'
import { downloadsPath, readManifest } from './download-build.ts'
import type { DownloadThreadSettings, FromDownloads, ToDownloads } from './download-thread.ts'
import { type DownloadFile, type DownloadManifest, filesOf } from './model/downloads.ts'
import { Thread } from './thread.ts'

/** Nobody needs these files anew more often, and each time costs a processor a minute. */
const REMAKE_MS = 6 * 3_600_000
/** A stop of the server waits no longer for a slice of work to end. */
const CLOSE_MS = 1_000
/** Without a commit for so long, a sync is over. */
const QUIET_MS = 60_000

type News = Extract<FromDownloads, { kind: 'progress' }>

/**
 * The files of one data folder: what is there is served, what is old is made anew in a thread of
 * its own. Only names that the manifest holds are ever opened.
 */
export class DownloadDesk implements Downloads {
  readonly #folder: string
  readonly #log: Log
  readonly #seq: () => Promise<number>
  readonly #thread: Thread<ToDownloads, News, never>
  readonly #stop = new AbortController()
  #making = 0
  #timer: NodeJS.Timeout | undefined
  #manifest: { readonly changedMs: number; readonly of: DownloadManifest } | undefined

  /** `seq`: the last event that answers are made from. */
  constructor(settings: DownloadThreadSettings, log: Log, seq: () => Promise<number>) {
    this.#folder = settings.folder
    this.#log = log
    this.#seq = seq
    this.#thread = new Thread({
      url: new URL('./download-thread.ts', import.meta.url),
      name: 'custos-downloads',
      data: settings,
      onEvent: () => {},
      lost: { code: 'downloads.lost', message: 'The thread that makes the downloads ended.' },
    })
  }

  get isMaking(): boolean {
    return this.#making > 0
  }

  manifest(): DownloadManifest | undefined {
    const path = join(downloadsPath(this.#folder), 'manifest.json')
    if (!existsSync(path)) return undefined
    const changedMs = statSync(path).mtimeMs
    if (this.#manifest?.changedMs !== changedMs) {
      const of = readManifest(this.#folder)
      this.#manifest = of === undefined ? undefined : { changedMs, of }
    }
    return this.#manifest?.of
  }

  /** Undefined for every name that is not in the manifest, and for a file that is gone. */
  open(name: string): { file: DownloadFile; stream(): ReadableStream } | undefined {
    const manifest = this.manifest()
    const file = manifest === undefined ? undefined : filesOf(manifest).get(name)
    if (file === undefined) return undefined
    const path = join(downloadsPath(this.#folder), file.name)
    if (!existsSync(path) || statSync(path).size !== file.bytes) return undefined
    return { file, stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream }
  }

  async make(
    what: 'bundle' | 'all',
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<DownloadManifest> {
    this.#making += 1
    try {
      const told = (news: News) => onProgress(news.progress)
      const either = AbortSignal.any([signal, this.#stop.signal])
      return (await this.#thread.ask({ kind: 'make', what }, told, either)) as DownloadManifest
    } finally {
      this.#making -= 1
      // What it held in memory goes with it: the next time is hours away.
      if (this.#making === 0) await this.#thread.close({ kind: 'close' })
    }
  }

  /**
   * After a commit, and at the start: waits until the sync is over, and no longer than it must
   * since the last time. A failure is told to the operator and changes nothing that is served.
   */
  refreshSoon(): void {
    clearTimeout(this.#timer)
    if (this.#stop.signal.aborted) return
    this.manifest()
    const last = this.#manifest?.changedMs ?? 0
    const waitMs = Math.max(QUIET_MS, last + REMAKE_MS - systemClock.nowMs())
    this.#timer = setTimeout(() => void this.#refresh(), waitMs).unref()
  }

  async #refresh(): Promise<void> {
    try {
      const now = await this.#seq()
      if (now === 0 || this.manifest()?.seq === now) return
      await this.make('all', () => {}, this.#stop.signal)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log.warn({ err: error }, 'downloads were not made')
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#stop.abort()
    // Half a file is none: what is being made is dropped with its thread, and made anew.
    const waited = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())
    await Promise.race([this.#thread.close({ kind: 'close' }), waited])
  }
}
