import { performance } from 'node:perf_hooks'
import { intBelow, seededRng } from '../../base/rng.ts'
import { type HostQuery, parseHostQuery } from '../../model/host.ts'
import { lookalike } from './lookalike.ts'
import { buildProtected } from './protected.ts'

/**
 * Building the matcher of 6,000 protected hosts, and asking it for hosts that look like none.
 * Run with: node src/score/host/lookalike.bench.ts
 */
const HOSTS = 6_000
const CHOSEN_EVERY = 100
const QUERIES = 20_000
const ROUNDS = 5

const rng = seededRng(1)

function word(chars: number): string {
  const letters = 'etaoinshrdlucmfwypvbgkjqxz'
  return Array.from({ length: chars }, () => letters[intBelow(rng, 26)]).join('')
}

function main(): void {
  const list = Array.from({ length: HOSTS }, (_, i) => {
    const host = `${word(4 + intBelow(rng, 9))}.${['com', 'io', 'finance'][i % 3]}`
    return i % CHOSEN_EVERY === 0 ? { host, tolerance: 2 } : { host }
  })
  const start = performance.now()
  const matcher = buildProtected(list)
  const rows = [`build | ${(performance.now() - start).toFixed(0)} ms for ${HOSTS} hosts`]
  const shapes = {
    'one label of 8': () => `${word(8)}.com`,
    'one label of 20': () => `${word(20)}.com`,
    'three labels': () => `${word(5)}.${word(9)}.${word(11)}.com`,
    hyphens: () => `${word(7)}-${word(8)}-${word(6)}.pages.dev`,
  }
  for (const [name, make] of Object.entries(shapes)) {
    const queries = Array.from({ length: QUERIES }, () => parseHostQuery(make())).filter(
      (q): q is HostQuery => q !== undefined,
    )
    rows.push(`${name} | ${microseconds(queries, (q) => lookalike(matcher, q).length)}`)
  }
  process.stdout.write(`${rows.join('\n')}\n`)
}

function microseconds(queries: readonly HostQuery[], hits: (q: HostQuery) => number): string {
  let best = Number.POSITIVE_INFINITY
  let found = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    found = 0
    for (const q of queries) found += hits(q)
    best = Math.min(best, ((performance.now() - start) / queries.length) * 1000)
  }
  return `${best.toFixed(2)} µs a host, ${found} hits of ${queries.length}`
}

main()
