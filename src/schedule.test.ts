import { describe, expect, it } from 'vitest'
import { demoDataset } from '../test/support/demo-source.ts'
import { fixedClock } from './base/clock.ts'
import { seededRng } from './base/rng.ts'
import type { SyncRow } from './ingest/types.ts'
import type { Attempt } from './ledger/read.ts'
import { cadenceMs, type Dataset } from './model/dataset.ts'
import { instantOf } from './model/time.ts'
import { keepFresh, type SchedulePorts } from './schedule.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A download takes its time, and the others wait for it. */
const SYNC_MS = 5_000

type Outcome = Pick<SyncRow, 'state' | 'error'> | 'thrown'

const OK: Outcome = { state: 'ok', error: null }
const UNREACHABLE: Outcome = { state: 'failed', error: { code: 'fetch.network', message: '' } }
const BROKEN: Outcome = { state: 'failed', error: { code: 'source.malformed', message: '' } }
const BLOCKED: Outcome = { state: 'blocked', error: { code: 'fetch.blocked', message: '' } }

function dataset(name: string, cadence: string): Dataset {
  const live = [{ role: 'list', url: `https://${name}.example/`, unpack: 'none', optional: false }]
  return { ...demoDataset, name, cadence, live } as Dataset
}

interface Simulated {
  readonly cadences: Readonly<Record<string, string>>
  readonly answer: (name: string, atMs: number, asked: number) => Outcome
  readonly days?: number
  readonly seed?: number
  readonly attempts?: readonly Attempt[]
}

/** Runs the scheduler in simulated time; gives the times at which each source was asked. */
async function simulate(world: Simulated) {
  const { cadences, answer, days = 30, seed = 1 } = world
  const clock = fixedClock(START)
  const stop = new AbortController()
  const asked = new Map<string, number[]>()
  const attempts = new Map((world.attempts ?? []).map((attempt) => [attempt.dataset, attempt]))
  const ports: SchedulePorts = {
    ledger: { attempts: async () => [...attempts.values()] },
    datasets: new Map(
      Object.entries(cadences).map(([name, cadence]) => [name, dataset(name, cadence)]),
    ),
    clock,
    rng: seededRng(seed),
    signal: stop.signal,
    async sleep(ms) {
      clock.set(clock.nowMs() + ms)
      if (clock.nowMs() >= START + days * DAY_MS) stop.abort()
    },
    async sync(name) {
      const atMs = clock.nowMs()
      const times = asked.get(name) ?? []
      asked.set(name, [...times, atMs])
      clock.set(atMs + SYNC_MS)
      const outcome = answer(name, atMs, times.length)
      if (outcome === 'thrown') throw new Error('the writer is gone')
      const { state, error } = outcome
      const code = error?.code ?? null
      const known = state === 'never_fetched' ? 'failed' : state
      const at = instantOf(clock.nowMs())
      attempts.set(name, { dataset: name, at, state: known, code, message: null })
      const counts = { versions: 1, added: 1, retracted: 0, unchanged: 0, ms: SYNC_MS }
      return { dataset: name, state, ...counts, publishedAt: null, ageSeconds: null, error }
    },
  }
  await keepFresh(ports)
  return asked
}

function gaps(times: readonly number[] = []): readonly number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? time))
}

describe('the scheduler, over thirty simulated days', () => {
  const CADENCES = { hourly: 'PT1H', daily: 'P1D', weekly: 'P7D' }

  it.each([1, 2, 3])(
    'keeps each source on its cadence, a tenth more or less (seed %i)',
    async (seed) => {
      const asked = await simulate({ cadences: CADENCES, answer: () => OK, seed })
      for (const [name, cadence] of Object.entries(CADENCES)) {
        const every = cadenceMs({ cadence })
        const between = gaps(asked.get(name))
        expect(between.length).toBeGreaterThanOrEqual(Math.floor((30 * DAY_MS) / (1.1 * every)) - 2)
        for (const gap of between) {
          expect(gap).toBeGreaterThanOrEqual(0.9 * every)
          // The turn that notices it, and the downloads before its own.
          expect(gap).toBeLessThanOrEqual(1.1 * every + 2 * MINUTE_MS + 3 * SYNC_MS)
        }
      }
      // Jitter: two weeks of an hourly source never fall into one rhythm.
      expect(new Set(gaps(asked.get('hourly'))).size).toBeGreaterThan(20)
    },
  )

  it('lets no source starve because others cannot be reached, fail or throw', async () => {
    const dead = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`a_dead_${i}`, 'P1D']))
    const cadences = { ...dead, b_broken: 'P1D', c_thrown: 'P1D', z_good: 'PT1H' }
    const answer = (name: string): Outcome => {
      if (name.startsWith('a_dead')) return UNREACHABLE
      if (name === 'b_broken') return BROKEN
      return name === 'c_thrown' ? 'thrown' : OK
    }
    const asked = await simulate({ cadences, answer })
    // The first round stops at the dead line; from then on the good one is asked first.
    const good = asked.get('z_good') ?? []
    expect((good[0] ?? 0) - START).toBeLessThan(HOUR_MS)
    expect(good.length).toBeGreaterThan(30 * 24 * 0.7)
    expect(Math.max(...gaps(good))).toBeLessThan(1.1 * HOUR_MS + 20 * MINUTE_MS)
    // Every failing one is still asked, about once a day.
    for (const name of Object.keys(cadences)) {
      expect(asked.get(name)?.length, name).toBeGreaterThan(20)
      if (name !== 'z_good') expect(asked.get(name)?.length, name).toBeLessThan(60)
    }
  })

  it('waits longer after each failure, and at once keeps the cadence when it works again', async () => {
    const asked = await simulate({
      cadences: { one: 'P1D' },
      answer: (_name, _at, before) => (before < 5 ? BROKEN : OK),
    })
    const minutes = gaps(asked.get('one')).map((gap) => gap / MINUTE_MS)
    const expected = [15, 30, 60, 120, 240, 1440, 1440]
    for (const [i, pause] of expected.entries()) {
      expect(minutes[i], `pause ${i}`).toBeGreaterThanOrEqual(0.9 * pause)
      expect(minutes[i], `pause ${i}`).toBeLessThanOrEqual(1.1 * pause + 2)
    }
  })

  it('asks a source that refuses programs once a day at most, and then once a week', async () => {
    const asked = await simulate({ cadences: { one: 'PT1H' }, answer: () => BLOCKED })
    const times = asked.get('one') ?? []
    expect(times.length).toBeGreaterThanOrEqual(5)
    expect(times.length).toBeLessThanOrEqual(8)
    for (const gap of gaps(times)) expect(gap).toBeGreaterThanOrEqual(0.9 * DAY_MS)
  })

  it('never asks before the pause that the server asked for', async () => {
    const retryAfterMs = 5 * HOUR_MS
    const error = { code: 'fetch.status', message: '', retryAfterMs }
    const asked = await simulate({
      cadences: { one: 'PT1H', other: 'PT1H' },
      answer: (name) => (name === 'one' ? { state: 'failed', error } : OK),
      days: 5,
    })
    for (const gap of gaps(asked.get('one'))) expect(gap).toBeGreaterThanOrEqual(retryAfterMs)
    expect(asked.get('one')?.length).toBeGreaterThan(20)
    expect(asked.get('other')?.length).toBeGreaterThan(100)
  })

  it('does not let a server ask for silence without an end', async () => {
    const error = { code: 'fetch.status', message: '', retryAfterMs: 9e12 }
    const answer = (): Outcome => ({ state: 'failed', error })
    const asked = await simulate({ cadences: { one: 'P1D' }, answer })
    expect(asked.get('one')?.length).toBeGreaterThanOrEqual(4)
  })

  it('asks nobody at once after a restart, whatever the last attempt gave', async () => {
    const at = instantOf(START - 5 * MINUTE_MS)
    const attempts = (['ok', 'unchanged', 'failed', 'blocked'] as const).map((state) => ({
      ...{ dataset: state, at, state, code: null, message: null },
    }))
    const cadences = { ok: 'P1D', unchanged: 'P7D', failed: 'P1D', blocked: 'PT1H', fresh: 'P1D' }
    const asked = await simulate({ cadences, answer: () => OK, attempts, days: 8 })
    const first = (name: string) => (asked.get(name)?.[0] ?? 0) - START
    expect(first('fresh')).toBe(0)
    expect(first('failed')).toBeGreaterThanOrEqual(10 * MINUTE_MS)
    expect(first('ok')).toBeGreaterThanOrEqual(DAY_MS - 5 * MINUTE_MS)
    expect(first('blocked')).toBeGreaterThanOrEqual(DAY_MS - 5 * MINUTE_MS)
    expect(first('unchanged')).toBeGreaterThanOrEqual(7 * DAY_MS - 5 * MINUTE_MS)
  })

  it('goes on when the store does not answer for a while', async () => {
    const clock = fixedClock(START)
    const stop = new AbortController()
    let turns = 0
    let synced = 0
    await keepFresh({
      ledger: {
        attempts: async () => {
          turns += 1
          if (turns < 3) throw new Error('busy')
          return []
        },
      },
      datasets: new Map([['one', dataset('one', 'P1D')]]),
      clock,
      rng: seededRng(1),
      signal: stop.signal,
      sleep: async (ms) => {
        clock.set(clock.nowMs() + ms)
        if (turns >= 4) stop.abort()
      },
      sync: async () => {
        synced += 1
        return undefined
      },
    })
    expect(synced).toBe(1)
  })
})
