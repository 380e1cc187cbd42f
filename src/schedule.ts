import type { Clock } from './base/clock.ts'
import { intBelow, type Rng } from './base/rng.ts'
import type { SyncRow } from './ingest/types.ts'
import type { Attempt, LedgerReader } from './ledger/read.ts'
import { cadenceMs, type Dataset } from './model/dataset.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** First pause after a failure; it doubles with each further one, up to the source's cadence. */
const BACKOFF_MS = 15 * MINUTE_MS
/** A publisher that refuses programs decided so: asking each day is enough to see it change. */
const BLOCKED_MS = DAY_MS
const BLOCKED_MS_MAX = 7 * DAY_MS
/** A server may ask for a long pause, and not for silence without an end. */
const RETRY_AFTER_MS_MAX = 7 * DAY_MS
/** So many in a row that cannot be reached: the line is down, and the rest of the round waits. */
const UNREACHABLE_MAX = 2
/** How often due datasets are looked for. */
const TURN_MS = MINUTE_MS

export interface SchedulePorts {
  readonly ledger: Pick<LedgerReader, 'attempts'>
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly clock: Clock
  readonly rng: Rng
  sync(name: string): Promise<SyncRow | undefined>
  /** Resolves after the time or when stopped. */
  sleep(ms: number): Promise<void>
  readonly signal: AbortSignal
}

/** What is remembered of a source between two turns. */
interface Memory {
  readonly failures: number
  readonly notBeforeMs: number
}

/** Keeps each dataset on its cadence, with jitter and back-off, until the signal. Never throws. */
export async function keepFresh(ports: SchedulePorts): Promise<void> {
  const memory = new Map<string, Memory>()
  while (!ports.signal.aborted) {
    let unreachable = 0
    for (const dataset of await due(ports, memory)) {
      if (ports.signal.aborted || unreachable >= UNREACHABLE_MAX) break
      const row = await ports.sync(dataset.name).catch(() => undefined)
      const failures = isFailed(row) ? (memory.get(dataset.name)?.failures ?? 0) + 1 : 0
      const pauseMs = jittered(ports.rng, pauseOf(dataset, row, failures))
      // What the server asked for is the least, whatever the jitter says.
      const askedMs = Math.min(RETRY_AFTER_MS_MAX, row?.error?.retryAfterMs ?? 0)
      const notBeforeMs = ports.clock.nowMs() + Math.max(pauseMs, askedMs)
      memory.set(dataset.name, { failures, notBeforeMs })
      unreachable = isUnreachable(row) ? unreachable + 1 : 0
    }
    // Offline there is no storm: whoever was not asked waits as long as those that failed.
    if (unreachable >= UNREACHABLE_MAX) await ports.sleep(BACKOFF_MS)
    await ports.sleep(TURN_MS)
  }
}

function isFailed(row: SyncRow | undefined): boolean {
  return row === undefined || row.state === 'failed' || row.state === 'blocked'
}

function isUnreachable(row: SyncRow | undefined): boolean {
  return row?.error?.code === 'fetch.network' || row?.error?.code === 'fetch.timeout'
}

function pauseOf(dataset: Dataset, row: SyncRow | undefined, failures: number): number {
  const everyMs = cadenceMs(dataset)
  if (failures === 0) return everyMs
  if (row?.state === 'blocked') return blockedPauseOf(everyMs, failures)
  return Math.min(everyMs, BACKOFF_MS * 2 ** Math.min(failures - 1, 20))
}

function blockedPauseOf(everyMs: number, failures: number): number {
  const firstMs = Math.max(everyMs, BLOCKED_MS)
  const doubledMs = Math.max(everyMs, BLOCKED_MS * 2 ** Math.min(failures - 1, 20))
  return Math.max(firstMs, Math.min(doubledMs, BLOCKED_MS_MAX))
}

/** A tenth more or less, so that no source is asked by all installations at one time. */
function jittered(rng: Rng, ms: number): number {
  return Math.round(ms * (0.9 + intBelow(rng, 201) / 1000))
}

/** Whoever is to be asked now; those that fail come last, so that they hold nobody else up. */
async function due(
  ports: SchedulePorts,
  memory: ReadonlyMap<string, Memory>,
): Promise<readonly Dataset[]> {
  const nowMs = ports.clock.nowMs()
  // A store that does not answer now is asked again in the next turn.
  const told = await ports.ledger.attempts().catch(() => undefined)
  if (told === undefined) return []
  const attempts = new Map(told.map((attempt) => [attempt.dataset, attempt]))
  return [...ports.datasets.values()]
    .filter(({ enabled, live }) => enabled && live.length > 0)
    .map((dataset) => {
      const known = memory.get(dataset.name)
      const attempt = attempts.get(dataset.name)
      return {
        dataset,
        failures: known?.failures ?? Number(isBad(attempt)),
        nextMs: known?.notBeforeMs ?? afterRestart(dataset, attempt),
      }
    })
    .filter(({ nextMs }) => nextMs <= nowMs)
    .sort((a, b) => a.failures - b.failures || a.nextMs - b.nextMs)
    .map(({ dataset }) => dataset)
}

function isBad(attempt: Attempt | undefined): boolean {
  return attempt?.state === 'failed' || attempt?.state === 'blocked'
}

/** The ledger remembers the last attempt: a server that starts often is no storm for anyone. */
function afterRestart(dataset: Dataset, attempt: Attempt | undefined): number {
  if (attempt === undefined) return 0
  const everyMs = cadenceMs(dataset)
  const pauseMs =
    attempt.state === 'blocked'
      ? blockedPauseOf(everyMs, 1)
      : attempt.state === 'failed'
        ? Math.min(everyMs, BACKOFF_MS)
        : everyMs
  return Date.parse(attempt.at) + pauseMs
}
