import type { Clock } from '../base/clock.ts'
import { sha256Hex } from '../base/encode.ts'
import { asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { NewEvent } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { JOINS_DATASET, type Join, joinStatement } from '../model/join.ts'
import {
  type DatasetName,
  type Run,
  type RunFile,
  type Statement,
  statementId,
} from '../model/statement.ts'
import { dayOf, type Instant, instantOf } from '../model/time.ts'
import { JOIN_RULES, joinFirms } from '../score/firm/join.ts'
import { NamePairs } from '../score/firm/join-names.ts'
import { type Judgements, judgedMs, readJudgements } from './join-judgement.ts'
import { FirmRecords } from './join-records.ts'
import type { SyncRow } from './types.ts'

export interface JoinPorts {
  readonly ledger: LedgerStore
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly clock: Clock
  readonly log: Log
  /** The data folder, for the operator's judgements. */
  readonly folder: string
}

const ROLE = 'judgements'

/**
 * Judges which records are one firm, and commits what changed: one run, all or nothing. A judgement
 * whose reason is gone is retracted by the next run, as a list retracts what it no longer holds.
 */
export class FirmJoiner {
  readonly #ports: JoinPorts
  readonly #records: FirmRecords
  readonly #names = new NamePairs()

  constructor(ports: JoinPorts) {
    this.#ports = ports
    this.#records = new FirmRecords(ports.ledger, ports.datasets)
  }

  /** Runs where records, rules or judgements are newer than the last run; else undefined. */
  async runIfDue(signal?: AbortSignal): Promise<SyncRow | undefined> {
    return (await this.#isDue()) ? this.run(signal) : undefined
  }

  /** Throws only when it is stopped: what fails is noted, and the last judgements stay. */
  async run(signal?: AbortSignal): Promise<SyncRow> {
    const { clock, log } = this.#ports
    const startedMs = clock.nowMs()
    let outcome: Outcome = { state: 'failed', added: 0, retracted: 0, unchanged: 0, at: null }
    let error: SyncRow['error'] = null
    try {
      outcome = await this.#commit(signal)
    } catch (cause) {
      if (signal?.aborted) throw cause
      const { code, message } = asAppError(cause)
      error = { code, message }
      log.error({ dataset: JOINS_DATASET, err: cause }, 'joining failed')
    }
    await this.#noteAttempt(outcome.state, error)
    const { state, added, retracted, unchanged, at } = outcome
    return {
      dataset: JOINS_DATASET,
      state,
      versions: state === 'ok' ? 1 : 0,
      added,
      retracted,
      unchanged,
      publishedAt: at,
      ageSeconds: at === null ? null : 0,
      error,
      ms: clock.nowMs() - startedMs,
    }
  }

  async #isDue(): Promise<boolean> {
    const { ledger, folder } = this.#ports
    const sources = await this.#records.sources()
    if (sources.size === 0) return false
    const attempt = (await ledger.attempts()).find(({ dataset }) => dataset === JOINS_DATASET)
    if (attempt === undefined || attempt.state === 'failed') return true
    const lastMs = Date.parse(attempt.at)
    // Times are whole seconds: what was committed in the same one may be newer.
    if ([...sources.values()].some(({ at }) => Date.parse(at) >= lastMs)) return true
    if (judgedMs(folder) >= lastMs) return true
    const last = (await ledger.runs(JOINS_DATASET)).at(-1)
    return last !== undefined && last.version !== versionName()
  }

  async #commit(signal: AbortSignal | undefined): Promise<Outcome> {
    const { ledger, clock, folder, log } = this.#ports
    const records = await this.#records.all()
    signal?.throwIfAborted()
    const judgements = readJudgements(folder)
    if (judgements.unreadable > 0) {
      log.warn({ lines: judgements.unreadable }, 'judgements that cannot be read are left out')
    }
    const { joins, notes } = joinFirms(records, judgements.list, this.#names)
    signal?.throwIfAborted()
    const head = await ledger.head()
    const nowMs = Math.max(clock.nowMs(), head === undefined ? 0 : Date.parse(head.at))
    const at = instantOf(nowMs)
    const change = await this.#changes(joins, judgements, at)
    const counts = { added: change.added, retracted: change.retracted, unchanged: change.unchanged }
    if (change.events.length === 0) return { state: 'unchanged', ...counts, at: null }
    const files = await this.#keep(judgements)
    const unreadable =
      judgements.unreadable === 0 ? {} : { judgement_unreadable: judgements.unreadable }
    const run = await this.#runRecord({
      at,
      files,
      rows: records.length,
      statements: joins.length,
      notes: { ...notes, ...unreadable },
    })
    await ledger.append({
      id: run.id,
      dataset: JOINS_DATASET,
      at,
      events: pages(change.events),
      seal: () => run,
    })
    return { state: 'ok', ...counts, at }
  }

  async #changes(joins: readonly Join[], judgements: Judgements, at: Instant) {
    const live = new Set((await this.#ports.ledger.live(JOINS_DATASET)).map(({ id }) => id))
    const before = live.size
    const lines = new Map(judgements.list.map((j) => [`${j.left} ${j.right}`, j.line]))
    const effective = dayOf(at)
    const events: NewEvent[] = []
    for (const join of joins) {
      const statement = stated(join)
      if (live.delete(statement.id)) continue
      const line = join.author === 'custos' ? undefined : lines.get(`${join.left} ${join.right}`)
      const row = line === undefined ? '' : `${ROLE}#line:${line}`
      events.push({ op: 'assert', statement, effective, row })
    }
    const added = events.length
    for (const statement of live) events.push({ op: 'retract', statement, effective, row: '' })
    return { events, added, retracted: live.size, unchanged: before - live.size }
  }

  /** The operator's file is kept, so that each judgement of theirs can be shown. */
  async #keep({ bytes }: Judgements): Promise<readonly RunFile[]> {
    if (bytes === undefined) return []
    const kept = await this.#ports.ledger.keep(once(bytes))
    return [
      { role: ROLE, name: 'judgements.jsonl', url: null, ...kept, lastModified: null, etag: null },
    ]
  }

  async #runRecord(run: Pick<Run, 'at' | 'files' | 'rows' | 'statements' | 'notes'>): Promise<Run> {
    // What it was computed from: the newest run of each dataset, the rules and the judgements.
    const sources = [...(await this.#records.sources())].map(
      ([name, { run: id }]) => `${name} ${id}`,
    )
    const files = run.files.map(({ sha256 }) => sha256)
    const sha256 = sha256Hex([versionName(), ...sources, ...files].join('\n'))
    return {
      id: `${JOINS_DATASET}:${sha256Hex(`${sha256}\n${run.at}`).slice(0, 24)}`,
      dataset: JOINS_DATASET,
      version: versionName(),
      publishedAt: run.at,
      declaredAt: null,
      fetchedAt: run.at,
      url: null,
      sha256,
      bytes: run.files.reduce((sum, { bytes }) => sum + bytes, 0),
      complete: true,
      ...run,
    }
  }

  async #noteAttempt(state: Outcome['state'], error: SyncRow['error']): Promise<void> {
    const { ledger, clock } = this.#ports
    await ledger.recordAttempt({
      dataset: JOINS_DATASET,
      at: instantOf(clock.nowMs()),
      state,
      code: error?.code ?? null,
      message: error?.message ?? null,
    })
  }
}

interface Outcome {
  readonly state: 'ok' | 'unchanged' | 'failed'
  readonly added: number
  readonly retracted: number
  readonly unchanged: number
  readonly at: Instant | null
}

function versionName(): string {
  return `rules ${JOIN_RULES}`
}

function stated(join: Join): Statement {
  const fields = joinStatement(join)
  return { id: statementId(fields), ...fields }
}

async function* pages(events: readonly NewEvent[]): AsyncIterable<readonly NewEvent[]> {
  for (let from = 0; from < events.length; from += LIMITS.appendBatchMax) {
    yield events.slice(from, from + LIMITS.appendBatchMax)
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
