import { performance } from 'node:perf_hooks'
import { coverKeys, parseHostQuery } from './host.ts'

/** Reading hosts and making their cover keys. Run with: node src/model/host.bench.ts */
const QUERIES = 50_000
const ROUNDS = 7

const shapes: Readonly<Record<string, (i: number) => string>> = {
  'bare host': (i) => `app.shop-${i}.com`,
  'URL with path': (i) => `https://app.shop-${i}.pages.dev/a/b${i}`,
  'URL with query': (i) => `https://shop-${i}.co.uk/a?b=${i}`,
  defanged: (i) => `hxxps://shop-${i}[.]top/`,
  international: (i) => `bücher-${i}.example.com`,
  'not a host': (i) => `Shop ${i} Limited`,
}

function best(run: () => void): number {
  let ms = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    run()
    ms = Math.min(ms, performance.now() - start)
  }
  return (ms / QUERIES) * 1000
}

const rows = ['shape | read µs | read and keys µs']
for (const [name, make] of Object.entries(shapes)) {
  const texts = Array.from({ length: QUERIES }, (_, i) => make(i))
  const read = best(() => {
    for (const text of texts) parseHostQuery(text)
  })
  const both = best(() => {
    for (const text of texts) {
      const q = parseHostQuery(text)
      if (q) coverKeys(q)
    }
  })
  rows.push(`${name} | ${read.toFixed(2)} | ${both.toFixed(2)}`)
}
process.stdout.write(`${rows.join('\n')}\n`)
