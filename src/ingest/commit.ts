import { createHash } from 'node:crypto'
import { sha256Hex } from '../base/encode.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { LedgerStore, LiveStatement } from '../ledger/append.ts'
import type { Checkpoint, NewEvent } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { type Run, type RunFile, type SourceItem, statementId } from '../model/statement.ts'
import { dayOf, type Instant, isDay } from '../model/time.ts'
import type { Crawl } from '../source/crawl.ts'
import { checkAssertions, checkShrinkage, Tally } from './assertion.ts'
import { CrawlRun } from './context.ts'
import { History } from './history.ts'
import type { LocalFile, Version } from './types.ts'

export interface CommitParams {
  readonly dataset: Dataset
  readonly crawl: Crawl
  readonly version: Version
  readonly files: readonly RunFile[]
  /** The version's files by their kept bytes. */
  readonly inputs: readonly LocalFile[]
  readonly fetchedAt: Instant
  readonly at: Instant
  readonly log: Log
  readonly onRows?: ((rows: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface CommitResult {
  readonly checkpoint: Checkpoint
  readonly run: Run
  readonly added: number
  readonly retracted: number
  readonly unchanged: number
}

/**
 * Reads one version and commits what it changes, all or nothing: a parser that fails, a bound that
 * is broken or a store that breaks leaves the last good version as it was.
 */
export async function commitVersion(
  ledger: LedgerStore,
  params: CommitParams,
): Promise<CommitResult> {
  const live = await ledger.live(params.dataset.name)
  const earlier = await ledger.runs(params.dataset.name)
  const producer = new Producer(ledger, params, live, earlier)
  const checkpoint = await ledger.append({
    id: producer.runId,
    dataset: params.dataset.name,
    at: params.at,
    events: producer.events(),
    seal: () => producer.run(),
  })
  return { checkpoint, run: producer.run(), ...producer.counts }
}

/** Over the files' hashes in order of role and name; for one file, that file's own hash. */
export function versionHash(files: readonly RunFile[]): string {
  const [only] = files
  if (only !== undefined && files.length === 1) return only.sha256
  const hash = createHash('sha256')
  for (const key of files.map((f) => `${f.role}\n${f.name}\n${f.sha256}\n`).sort()) hash.update(key)
  return hash.digest('hex')
}

/** Turns what a crawl says into the events that change the dataset's state. */
class Producer {
  readonly runId: string
  readonly counts = { added: 0, retracted: 0, unchanged: 0 }
  readonly #ledger: LedgerStore
  readonly #params: CommitParams
  readonly #live: Map<string, LiveStatement>
  readonly #liveBefore: number
  readonly #seen = new Set<string>()
  readonly #earlier: readonly Run[]
  readonly #crawl: CrawlRun
  readonly #tally: Tally
  readonly #sha256: string

  constructor(
    ledger: LedgerStore,
    params: CommitParams,
    live: readonly LiveStatement[],
    earlier: readonly Run[],
  ) {
    this.#ledger = ledger
    this.#params = params
    this.#live = new Map(live.map((s) => [s.id, s]))
    this.#liveBefore = live.length
    this.#earlier = earlier
    this.#sha256 = versionHash(params.files)
    this.#crawl = new CrawlRun({
      dataset: params.dataset.name,
      files: params.inputs,
      publishedAt: params.version.publishedAt,
      fetchedAt: params.fetchedAt,
      log: params.log,
    })
    this.#tally = new Tally(params.dataset)
    this.runId = `${params.dataset.name}:${sha256Hex(`${this.#sha256}\n${params.version.publishedAt ?? ''}\n${params.at}`).slice(0, 24)}`
  }

  async *events(): AsyncIterable<readonly NewEvent[]> {
    let batch: NewEvent[] = []
    let history: History | undefined
    for await (const item of this.#params.crawl(this.#crawl)) {
      this.#params.signal?.throwIfAborted()
      this.#crawl.isStarted = true
      history ??= new History(this.#ledger, this.#day(), this.#earlier)
      for (const event of await this.#eventsOf(item, history)) batch.push(event)
      if (batch.length >= LIMITS.appendBatchMax) {
        yield batch
        batch = []
      }
    }
    history ??= new History(this.#ledger, this.#day(), this.#earlier)
    yield batch
    const complete = this.#params.version.complete
    if (this.#hasGap()) this.#tellGap()
    checkAssertions(this.#tally, this.#params.dataset, {
      rows: this.#crawl.rows,
      // A list of the newest entries is whole as what it is: its minimum is about one reading.
      complete: complete || this.#params.dataset.window,
    }).forEach((code) => {
      this.#crawl.note(code, 'a maximum is exceeded')
    })
    if (!complete || history.isOlder) return
    yield* this.#retractions()
  }

  /** A list of the newest entries that holds none of the known ones: some went by unread. */
  #hasGap(): boolean {
    if (!this.#params.dataset.window || this.#liveBefore === 0) return false
    const day = this.#day()
    if (this.#earlier.some((run) => dayOf(run.publishedAt ?? run.fetchedAt) > day)) return false
    for (const id of this.#seen) if (this.#live.has(id)) return false
    return true
  }

  /** An alarm, and a note that stays with the run: pages, metrics and answers read it there. */
  #tellGap(): void {
    const detail = 'no entry of the last version is in this one'
    this.#crawl.note('window_gap', detail)
    const { dataset, log } = this.#params
    log.warn({ dataset: dataset.name, cadence: dataset.cadence }, `window gap: ${detail}`)
  }

  async *#retractions(): AsyncIterable<readonly NewEvent[]> {
    const lost = [...this.#live.values()].filter((s) => !this.#seen.has(s.id))
    const before = this.#liveBefore
    await checkShrinkage(this.#ledger, this.#tally, this.#params.dataset, { lost, before })
    const effective = this.#day()
    for (let i = 0; i < lost.length; i += LIMITS.appendBatchMax) {
      const batch = lost.slice(i, i + LIMITS.appendBatchMax)
      this.counts.retracted += batch.length
      yield batch.map(({ id }) => ({ op: 'retract', statement: id, effective, row: '' }) as const)
    }
  }

  async #eventsOf(item: SourceItem, history: History): Promise<readonly NewEvent[]> {
    if (item.from !== undefined && !isDay(item.from)) throw badDay(item.from)
    if (item.to !== undefined && !isDay(item.to)) throw badDay(item.to)
    const { row, from, to, ...said } = item
    const fields = { dataset: this.#params.dataset.name, ...said }
    const statement = { id: statementId(fields), ...fields }
    this.#tally.add(item)
    if (this.#tally.statements % 20_000 === 0) this.#params.onRows?.(this.#tally.statements)
    const live = this.#live.get(statement.id)
    if (to === undefined) {
      if (this.#seen.has(statement.id)) return []
      this.#seen.add(statement.id)
    }
    const events = await history.eventsOf({ statement, row, from, to, live })
    const added = events.some((event) => event.op === 'assert')
    if (added) this.counts.added += 1
    else this.counts.unchanged += 1
    return events
  }

  #day(): string {
    return dayOf(this.#crawl.publishedAt ?? this.#params.fetchedAt)
  }

  run(): Run {
    const { dataset, files, fetchedAt, at, version } = this.#params
    return {
      id: this.runId,
      dataset: dataset.name,
      version: this.#crawl.version ?? this.#day(),
      publishedAt: this.#crawl.publishedAt,
      declaredAt: version.publishedAt,
      fetchedAt,
      url: files[0]?.url ?? null,
      sha256: this.#sha256,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      rows: this.#crawl.rows,
      statements: this.#tally.statements,
      complete: version.complete,
      files,
      notes: this.#crawl.notes,
      at,
    }
  }
}

function badDay(text: string): AppError {
  return new AppError('source.malformed', `"${text.slice(0, 20)}" is not a day.`)
}
