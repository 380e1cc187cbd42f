import { performance } from 'node:perf_hooks'
import { intBelow, type Rng, seededRng } from '../../base/rng.ts'
import { foldName } from '../../model/name.ts'
import { NameBook } from './name-book.ts'

/**
 * Building a book of a million generated names and asking it for misspelt, reordered, incomplete
 * and common ones. Run with: node src/index/name/name-book.bench.ts [names]
 */
const ASKED = 4_000
const LIMIT = 80
const STARTS = 'b br c ch d dr f g gr h j k kh l m n p pr q r s sh st t tr v w y z'.split(' ')
const MIDDLES = 'a e i o u ai ei ou ia'.split(' ')
const ENDS = ', , ,n,r,s,l,m,t,v,k,nd,rt,sk'.split(',').map((end) => end.trim())
const TRADE = `global international trading holding group bank capital finance investment services
  industries technology energy shipping general national petroleum construction`.split(/\s+/)
const FORMS = ['ltd', 'llc', 'gmbh', 'sa', 'ooo', 'inc', '', '']

/** A word of two or three syllables: low numbers are taken often, as real names are. */
function wordOf(number: number): string {
  const rng = seededRng(number)
  let word = ''
  for (let i = 0; i < 2 + intBelow(rng, 2); i++) {
    word += `${pick(STARTS, rng)}${pick(MIDDLES, rng)}${pick(ENDS, rng)}`
  }
  return word
}

function pick(list: readonly string[], rng: Rng): string {
  return list[intBelow(rng, list.length)] as string
}

/** Rank by a power law: the commonest word is in one name of a hundred. */
function often(rng: Rng, words: number): number {
  return Math.floor(words ** rng()) - 1
}

function nameOf(rng: Rng, words: readonly string[]): string {
  const own = () => words[often(rng, words.length)] as string
  if (rng() < 0.5) return Array.from({ length: 2 + intBelow(rng, 3) }, own).join(' ')
  const rare = words[intBelow(rng, words.length)] as string
  return `${rare} ${rng() < 0.5 ? own() : ''} ${pick(TRADE, rng)} ${pick(FORMS, rng)}`
}

function spoilt(name: string, rng: Rng): string {
  const words = name.split(' ')
  const how = rng()
  if (how < 0.25) return words.reverse().join(' ')
  if (how < 0.4) return words.slice(1).join(' ') || name
  const at = intBelow(rng, name.length)
  return name.slice(0, at) + pick(MIDDLES, rng) + name.slice(at + 1)
}

function main(): void {
  const size = Number(process.argv[2] ?? 1_000_000)
  const rng = seededRng(4)
  const words = Array.from({ length: 300_000 }, (_, i) => wordOf(i + 1))
  const names = Array.from({ length: size }, () => foldName(nameOf(rng, words)))
  const book = new NameBook()
  const before = process.memoryUsage().rss
  const start = performance.now()
  for (const [sid, text] of names.entries()) {
    book.add({ sid: sid + 1, prop: 'name', text, isAdverse: sid % 30 === 0 })
  }
  const buildMs = performance.now() - start
  const rss = process.memoryUsage().rss
  const times: number[] = []
  let found = 0
  for (let i = 0; i < ASKED; i++) {
    const wanted = names[intBelow(rng, names.length)] as string
    const asked = foldName(spoilt(wanted, rng))
    const from = performance.now()
    const answer = book.candidates(asked, LIMIT)
    times.push(performance.now() - from)
    if (answer.some((entry) => entry.text === wanted)) found += 1
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] as number).toFixed(2)
  const mean = times.reduce((a, b) => a + b, 0) / times.length
  process.stdout.write(
    `names ${size}, built at ${Math.round(size / buildMs)} k/s, book ${mb(rss - before)} MB, ` +
      `process ${mb(rss)} MB\np50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(0.9999)} ms, ` +
      `${Math.round(1000 / mean)}/s, found ${((100 * found) / ASKED).toFixed(1)} %\n`,
  )
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}

main()
