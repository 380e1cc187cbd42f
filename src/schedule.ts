import type { Clock } from './base/clock.ts'
import { intBelow, type Rng } from './base/rng.ts'
import type { SyncRow } from './ingest/types.ts'
import type { LedgerReader } from './ledger/read.ts'
import type { Dataset } from './model/dataset.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** First pause after a failure; it doubles with each further one, up to the source's cadence. */
const BACKOFF_MS = 15 * MINUTE_MS
/** So many in a row that cannot be reached: the line is down, and the rest of the round waits. */
const UNREACHABLE_MAX = 2
/** How often due datasets are looked for. */
const TURN_MS = MINUTE_MS

export interface SchedulePorts {
  readonly ledger: LedgerReader
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly clock: Clock
  readonly rng: Rng
  sync(name: string): Promise<SyncRow | undefined>
  /** Resolves after the time or when stopped. */
  sleep(ms: number): Promise<void>
  readonly signal: AbortSignal
}

/** Keeps each dataset on its cadence, with jitter and back-off, until the signal. Never throws. */
export async function keepFresh(ports: SchedulePorts): Promise<void> {
  const failures = new Map<string, number>()
  const notBefore = new Map<string, number>()
  while (!ports.signal.aborted) {
    let unreachable = 0
    for (const name of await due(ports, notBefore)) {
      if (ports.signal.aborted || unreachable >= UNREACHABLE_MAX) break
      const row = await ports.sync(name).catch(() => undefined)
      const isFailed = row === undefined || row.state === 'failed' || row.state === 'blocked'
      const count = isFailed ? (failures.get(name) ?? 0) + 1 : 0
      failures.set(name, count)
      notBefore.set(name, ports.clock.nowMs() + pauseMs(ports, name, count))
      unreachable = isUnreachable(row) ? unreachable + 1 : 0
    }
    // Offline there is no storm: whoever was not asked waits as long as those that failed.
    if (unreachable >= UNREACHABLE_MAX) await ports.sleep(BACKOFF_MS)
    await ports.sleep(TURN_MS)
  }
}

function isUnreachable(row: SyncRow | undefined): boolean {
  return row?.error?.code === 'fetch.network' || row?.error?.code === 'fetch.timeout'
}

/** The cadence with a tenth of jitter, so that no source is asked by all at one time. */
function pauseMs(ports: SchedulePorts, name: string, failures: number): number {
  const cadenceMs = cadenceOf(ports.datasets.get(name))
  const pause = failures === 0 ? cadenceMs : Math.min(cadenceMs, BACKOFF_MS * 2 ** (failures - 1))
  return Math.round(pause * (0.9 + intBelow(ports.rng, 201) / 1000))
}

function cadenceOf(dataset: Dataset | undefined): number {
  return Number(dataset?.cadence.slice(1, -1) ?? 1) * DAY_MS
}

async function due(
  ports: SchedulePorts,
  notBefore: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const nowMs = ports.clock.nowMs()
  const attempts = new Map((await ports.ledger.attempts()).map((a) => [a.dataset, a]))
  const names: string[] = []
  for (const [name, dataset] of ports.datasets) {
    if (!dataset.enabled || dataset.live.length === 0) continue
    const attempt = attempts.get(name)
    const isGood =
      attempt !== undefined && (attempt.state === 'ok' || attempt.state === 'unchanged')
    const next = notBefore.get(name) ?? (isGood ? Date.parse(attempt.at) + cadenceOf(dataset) : 0)
    if (next <= nowMs) names.push(name)
  }
  return names
}
