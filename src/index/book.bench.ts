import { performance } from 'node:perf_hooks'
import { bookFromBytes, buildBook } from './book.ts'

/**
 * Building, opening and asking a book of a million and of five million keys.
 * Run with: node src/index/book.bench.ts
 */
const ROUNDS = 3

function main(): void {
  const rows = ['keys | build ms | bytes a key | open ms | hits M/s | misses M/s | false hits']
  for (const count of [1_000_000, 5_000_000]) rows.push(measure(count))
  process.stdout.write(`${rows.join('\n')}\n`)
}

/** JSON makes flat strings, as keys from a file or a query are. */
function flat(keys: string[]): string[] {
  return JSON.parse(JSON.stringify(keys))
}

function measure(count: number): string {
  const keys = flat(Array.from({ length: count }, (_, i) => `h:host-${i * 7}.example.top`))
  const others = flat(
    Array.from({ length: 1_000_000 }, (_, i) => `h:host-${i * 7 + 1}.example.top`),
  )
  let best = ''
  let bestMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const [book, buildMs] = timed(() => buildBook(keys, round, 'bench'))
    const bytes = Buffer.from(book.toBytes())
    const [opened, openMs] = timed(() => bookFromBytes(bytes))
    const [, hitMs] = timed(() => countOf(keys, opened.has))
    const [falseHits, missMs] = timed(() => countOf(others, opened.has))
    if (buildMs >= bestMs) continue
    bestMs = buildMs
    best = [
      count,
      buildMs.toFixed(0),
      (bytes.length / count).toFixed(2),
      openMs.toFixed(1),
      (count / hitMs / 1000).toFixed(2),
      (others.length / missMs / 1000).toFixed(2),
      falseHits,
    ].join(' | ')
  }
  return best
}

function countOf(keys: readonly string[], has: (key: string) => boolean): number {
  let count = 0
  for (const key of keys) if (has(key)) count++
  return count
}

function timed<T>(run: () => T): [T, number] {
  const start = performance.now()
  const result = run()
  return [result, performance.now() - start]
}

main()
