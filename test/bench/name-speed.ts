import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import type { NameProp } from '../../src/index/port.ts'
import { foldName } from '../../src/model/name.ts'
import { type Case, distortedCases } from './name-cases.ts'
import { crowd } from './name-cases-crowd.ts'
import type { RecordedNames } from './name-cases-lists.ts'
import { type NameEngine, OwnEngine, PeerEngine } from './name-engine.ts'

/** Speed and memory with a million names. Figures are reported and never judged. */

const NAMES = 1_000_000
/** Names made at a time: making them is no part of the time that is measured. */
const CHUNK = 10_000
/** The peer takes most of a second for a question; the same ones are asked of both. */
const SHARED_CASES = 200
const OWN_CASES = 3_000

export interface Speed {
  readonly names: number
  readonly buildNamesPerSecond: number
  readonly heapMiB: number
  readonly rssMiB: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly perSecond: number
  /** Of the processor's time, which a busy machine does not stretch. */
  readonly perCpuSecond: number
  readonly cpuP50Ms: number
  readonly cpuP99Ms: number
  /** The cases that both engines are asked. */
  readonly shared: {
    readonly cases: number
    readonly found: number
    readonly perSecond: number
    readonly perCpuSecond: number
  }
}

/** Runs in a process of its own, so that its memory is that of the book. */
export async function measureSpeed(
  which: 'own' | 'peer',
  names: RecordedNames,
  seed: number,
): Promise<void> {
  const engine: NameEngine = which === 'own' ? new OwnEngine() : await PeerEngine.load()
  const cases = mixed(distortedCases(names, seed), seed)
  const owners = new Map(names.adverse.map(({ id }, owner) => [id, owner]))
  const before = memory()
  const buildMs = fill(engine, names, seed)
  const after = memory()
  const shared = cases.slice(0, SHARED_CASES)
  const asked = which === 'own' ? cases : shared
  for (const { asked: text } of shared.slice(0, 20)) engine.find(text, 10)
  const times: number[] = []
  const cpuTimes: number[] = []
  let found = 0
  for (const [at, { asked: text, entity, name }] of asked.entries()) {
    const cpu = process.cpuUsage()
    const started = performance.now()
    const hits = engine.find(text, 10)
    times.push(performance.now() - started)
    const { user, system } = process.cpuUsage(cpu)
    cpuTimes.push((user + system) / 1000)
    const folded = name === null ? null : foldName(name)
    const isFound = hits.some(
      ({ owner, text: own }) => owner === owners.get(entity) || own === folded,
    )
    if (at < SHARED_CASES && isFound) found += 1
  }
  const ofCpu = percentiles(cpuTimes)
  const speed: Speed = {
    names: engine.size,
    buildNamesPerSecond: (engine.size / buildMs) * 1000,
    heapMiB: after.used - before.used,
    rssMiB: after.rss,
    ...percentiles(times),
    perCpuSecond: ofCpu.perSecond,
    cpuP50Ms: ofCpu.p50Ms,
    cpuP99Ms: ofCpu.p99Ms,
    shared: {
      cases: shared.length,
      found,
      perSecond: perSecond(times.slice(0, SHARED_CASES)),
      perCpuSecond: perSecond(cpuTimes.slice(0, SHARED_CASES)),
    },
  }
  process.stdout.write(`${JSON.stringify(speed)}\n`)
}

/** Kinds and scripts in turn, as a day of questions would have them. */
function mixed(cases: readonly Case[], seed: number): Case[] {
  const rng = seededRng(seed)
  return Array.from({ length: OWN_CASES }, () => cases[intBelow(rng, cases.length)] as Case)
}

function fill(engine: NameEngine, names: RecordedNames, seed: number): number {
  const made = crowd(seed)
  let ms = 0
  const chunk: { text: string; prop: NameProp; owner: number }[] = []
  const flush = () => {
    const started = performance.now()
    for (const { text, prop, owner } of chunk) engine.add(text, prop, owner)
    ms += performance.now() - started
    chunk.length = 0
  }
  const put = (text: string, prop: NameProp, owner: number) => {
    // The index hands over folded names: folding is no part of building.
    chunk.push({ text: foldName(text), prop, owner })
    if (chunk.length >= CHUNK) flush()
  }
  for (const [owner, entity] of names.adverse.entries()) {
    for (const { text, prop } of entity.names) put(text, prop, owner)
  }
  for (const name of names.benign) put(name, 'name', -1)
  while (engine.size + chunk.length < NAMES) put(made.next().value, 'name', -1)
  flush()
  return ms
}

function memory(): { used: number; rss: number } {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { used: (heapUsed + external) / 1_048_576, rss: rss / 1_048_576 }
}

function percentiles(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), perSecond: perSecond(times) }
}

function perSecond(times: readonly number[]): number {
  return (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0)
}

/** Both engines, one after the other, each in a process of its own. */
export function speeds(script: string): void {
  const own = speedOf(script, 'own')
  const peer = speedOf(script, 'peer')
  const load = loadavg()[0] ?? 0
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`\n## Speed over ${NAMES} names (reported, not judged; load ${load.toFixed(1)})`)
  for (const [name, speed] of [
    ['this matcher', own],
    ['MiniSearch, fuzzy 0.2', peer],
  ] as const) {
    if (speed === undefined) say(`${name}: not measured`)
    else say(`${name.padEnd(22)} ${textOf(speed)}`)
  }
  if (own === undefined || peer === undefined) return
  const times = (own.shared.perSecond / peer.shared.perSecond).toFixed(0)
  const cpuTimes = (own.shared.perCpuSecond / peer.shared.perCpuSecond).toFixed(0)
  const found = (speed: Speed) => `${speed.shared.found} of ${speed.shared.cases}`
  say(
    `the same questions: ${times} times as fast, ${cpuTimes} by processor time; found ${found(own)} against ${found(peer)}`,
  )
}

function textOf(speed: Speed): string {
  const { p50Ms, p99Ms, maxMs, cpuP50Ms, cpuP99Ms } = speed
  return [
    `p50 ${p50Ms.toFixed(2)} ms`,
    `p99 ${p99Ms.toFixed(2)} ms`,
    `processor p50 ${cpuP50Ms.toFixed(2)} ms, p99 ${cpuP99Ms.toFixed(2)} ms`,
    `max ${maxMs.toFixed(1)} ms`,
    `${speed.perSecond.toFixed(0)}/s (${speed.perCpuSecond.toFixed(0)} a processor second)`,
    `built ${(speed.buildNamesPerSecond / 1000).toFixed(0)} k names/s`,
    `${speed.heapMiB.toFixed(0)} MiB more than before, ${speed.rssMiB.toFixed(0)} MiB resident`,
  ].join(', ')
}

function speedOf(script: string, which: 'own' | 'peer'): Speed | undefined {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=6144', script, '--speed-of', which],
    { encoding: 'utf8', maxBuffer: 1 << 20 },
  )
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Speed
  process.stdout.write(`${which}: ${stderr.slice(-500)}\n`)
  return undefined
}
