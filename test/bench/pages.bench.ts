// What a reader waits for: first and later answers of each page, the slowest of a hundred readers at
// once, what is sent, and when something is seen on a processor four times slower than this one.
// `CUSTOS_URL=http://127.0.0.1:7070 node test/bench/pages.bench.ts` against a running installation.
import { loadavg } from 'node:os'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { seededRng } from '../../src/base/rng.ts'
import { CHROMIUM } from '../e2e/browser.ts'

const base = process.env.CUSTOS_URL
if (base === undefined || base === '') {
  process.stdout.write('skipped: CUSTOS_URL names no installation\n')
  process.exit(0)
}
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Each reader opens a page a second: quicker than anyone reads, slower than a machine asks. */
const READERS = 100
const SECONDS = 8
const P99_MS_MAX = 30
const FCP_MS_MAX = 500
const SLOWER = 4
const RUNS = 3

/** The first rows that the API gives, so that the pages are those of this installation. */
async function first(path: string, pattern: RegExp): Promise<string | undefined> {
  const response = await fetch(`${base}${path}`)
  return pattern.exec(await response.text())?.[1]
}

const firm = await first('/v1/rankings?limit=1', /"id":"([^"]+)"/)
const article = await first('/v1/news?limit=1', /"id":"([^"]+)"/)
const ADDRESS = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96'
const PAGES = [
  '/en/',
  `/en/check?q=${ADDRESS}`,
  '/en/check?q=metarnask.io',
  '/en/check?q=Coinbase',
  ...(firm === undefined ? [] : [`/en/entity/${encodeURIComponent(firm)}`]),
  '/en/search?q=bank',
  '/en/regulators',
  '/en/rankings',
  '/en/compare',
  '/en/news',
  ...(article === undefined ? [] : [`/en/news/${encodeURIComponent(article)}`]),
  '/en/alerts',
  '/en/tools/rates',
  '/en/tools/token',
  '/en/tools/fx-purchase',
  '/en/sources',
  '/en/changes',
  '/en/batch',
  '/en/method',
  '/en/download',
  '/en/api',
  '/en/design',
]

const load = () => `load ${(loadavg()[0] ?? 0).toFixed(1)}`
const kilo = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`

async function timed(path: string): Promise<{ ms: number; text: string }> {
  const started = performance.now()
  const response = await fetch(base + path)
  const text = await response.text()
  if (response.status !== 200) say(`${path} answers ${response.status}`)
  return { ms: performance.now() - started, text }
}

async function sizeOf(path: string): Promise<number> {
  const response = await fetch(base + path)
  return gzipSync(new Uint8Array(await response.arrayBuffer())).byteLength
}

async function answers(): Promise<void> {
  say(`\n${'page'.padEnd(58)}    first    later     html      css   script   (${load()})`)
  for (const path of PAGES) {
    const cold = await timed(path)
    const later: number[] = []
    for (let run = 0; run < 10; run += 1) later.push((await timed(path)).ms)
    later.sort((a, b) => a - b)
    const style = /href="(\/asset\/style[^"]+)"/.exec(cold.text)?.[1]
    const scripts = [...cold.text.matchAll(/<script [^>]*src="([^"]+)"/g)].map(([, src]) => src)
    let script = 0
    for (const src of scripts) script += await sizeOf(src ?? '')
    const row = [
      `${cold.ms.toFixed(0)} ms`,
      `${(later[5] ?? 0).toFixed(0)} ms`,
      kilo(gzipSync(cold.text).byteLength),
      style === undefined ? '–' : kilo(await sizeOf(style)),
      script === 0 ? '–' : kilo(script),
    ]
    say(path.slice(0, 58).padEnd(58) + row.map((cell) => cell.padStart(9)).join(''))
  }
}

/**
 * A hundred readers who each open a page a second, each in his own time: arrivals are independent of
 * each other and of the answers (Poisson), so a slow answer holds nobody's next question back.
 */
async function readers(): Promise<void> {
  const rng = seededRng(100)
  const times: number[] = []
  let refused = 0
  const open = async (path: string): Promise<void> => {
    const startedMs = performance.now()
    const response = await fetch(`${base}${path}`)
    await response.arrayBuffer()
    times.push(performance.now() - startedMs)
    if (!response.ok) refused += 1
  }
  const opened: Promise<void>[] = []
  const startMs = performance.now()
  for (let dueMs = 0; dueMs < SECONDS * 1_000; dueMs += -Math.log(1 - rng()) * (1_000 / READERS)) {
    const waitMs = startMs + dueMs - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    opened.push(open(PAGES[opened.length % PAGES.length] ?? '/en/'))
  }
  await Promise.all(opened)
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    `${(times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0)} ms`
  say(
    `\n${READERS} readers, a page a second each: median ${at(0.5)}, 97.5 % ${at(0.975)}, ` +
      `99 % ${at(0.99)} (goal ${P99_MS_MAX}), longest ${at(1)}, ` +
      `${times.length} pages, ${refused} refused (${load()})`,
  )
}

interface Seen {
  readonly fcp: number
  readonly shift: number
}

/** First contentful paint and cumulative layout shift, from the browser's own record. */
async function seen(browser: Browser, path: string): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(base + path, { waitUntil: 'load' })
  await page.waitForTimeout(300)
  const found = await page.evaluate<Seen>(`new Promise((resolve) => {
    let shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve({
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1, shift,
    }), 50)
  })`)
  await context.close()
  return found
}

async function paints(): Promise<void> {
  if (CHROMIUM === undefined) {
    say('\nno Chromium on this machine: no paint is measured')
    return
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  say(
    `\n${'first paint, processor 4 x slower, median of 3'.padEnd(58)}      FCP    shift   (${load()})`,
  )
  for (const path of PAGES) {
    const runs: Seen[] = []
    for (let run = 0; run < RUNS; run += 1) runs.push(await seen(browser, path))
    runs.sort((a, b) => a.fcp - b.fcp)
    const { fcp } = runs[1] ?? { fcp: -1 }
    const shift = Math.max(...runs.map((run) => run.shift))
    const note = fcp > FCP_MS_MAX || shift > 0 ? '  over' : ''
    const cells = [`${fcp.toFixed(0)} ms`, shift.toFixed(3)].map((cell) => cell.padStart(9))
    say(path.slice(0, 58).padEnd(58) + cells.join('') + note)
  }
  await browser.close()
}

await answers()
await readers()
await paints()
