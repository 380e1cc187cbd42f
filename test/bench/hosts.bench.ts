import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'
import { buildBook } from '../../src/index/book.ts'
import {
  allowKeys,
  coverKeys,
  type HostQuery,
  normaliseListedHost,
  parseHostQuery,
} from '../../src/model/host.ts'
import { lookalike } from '../../src/score/host/lookalike.ts'
import { buildProtected } from '../../src/score/host/protected.ts'
import { type MetaMaskConfig, readRecordedHosts } from '../support/recorded-hosts.ts'

/**
 * A whole host check (reading, cover keys, book, allow entries, look-alikes) beside the detectors
 * of `eth-phishing-detect` and `@metamask/phishing-controller`, in one process, on one list each
 * time: the detectors' own list, and the ScamSniffer list when CUSTOS_MIRROR is set. Run with:
 * node test/bench/hosts.bench.ts
 */
interface Engine {
  readonly name: string
  /** True when the host is to be warned of. */
  check(host: string): boolean
}

interface Case {
  readonly host: string
  /** What the list says; undefined where it says nothing and the host is not known as honest. */
  readonly isBad: boolean | undefined
}

/** Each engine answers for at least this long, so that a slow one gives a figure and no wait. */
const TIMED_MS = 3_000
const CHECKS_A_LOOK = 20
/** Nine of ten queries are about hosts that are on no list, as in use. */
const TIMED_QUERIES = 1_000
const LISTED_EVERY = 10
const MIRROR = process.env.CUSTOS_MIRROR ?? ''

const require = createRequire(import.meta.url)

function peers(config: MetaMaskConfig): Engine[] {
  const Old = require('eth-phishing-detect/src/detector.js')
  const { PhishingDetector } = require('@metamask/phishing-controller')
  const old = new Old(config)
  const controller = new PhishingDetector(config)
  return [
    { name: 'eth-phishing-detect', check: (host) => old.check(host).result },
    { name: 'phishing-controller', check: (host) => controller.check(`https://${host}`).result },
  ]
}

/** The path of a real check; the sets stand for the store, which confirms what the book finds. */
function custos(config: MetaMaskConfig): Engine {
  const keys = new Set<string>()
  for (const raw of config.blacklist) {
    const listed = normaliseListedHost(raw)
    if (listed) keys.add(listed.path ? `u:${listed.host}${listed.path}` : `h:${listed.host}`)
  }
  for (const raw of config.whitelist) {
    const listed = normaliseListedHost(raw)
    if (listed) keys.add(`w:${listed.wildcard ? '*.' : ''}${listed.host}`)
  }
  const book = buildBook(keys, 1)
  const matcher = buildProtected(
    config.fuzzylist.map((host) => ({ host, tolerance: config.tolerance })),
    config.whitelist,
  )
  const holds = (key: string) => book.has(key) && keys.has(key)
  const isAllowed = (q: HostQuery) => allowKeys(q).some((key) => holds(`w:${key}`))
  const isCovered = (q: HostQuery) =>
    coverKeys(q).some(({ how, key }) => holds(how === 'path' ? `u:${key}` : `h:${key}`))
  return {
    name: 'custos',
    check(host) {
      const q = parseHostQuery(host)
      if (!q || isAllowed(q)) return false
      return isCovered(q) || lookalike(matcher, q).length > 0
    },
  }
}

/** Seconds a check, over as many rounds of the queries as the time allows. */
function secondsPerCheck(engine: Engine, hosts: readonly string[]): number {
  const start = performance.now()
  let elapsed = 0
  let done = 0
  while (elapsed < TIMED_MS) {
    // The clock is read once a handful, so that a fast engine is not timed with the clock.
    for (let i = 0; i < CHECKS_A_LOOK; i++) engine.check(hosts[(done + i) % hosts.length] ?? '')
    done += CHECKS_A_LOOK
    elapsed = performance.now() - start
  }
  return elapsed / 1000 / done
}

function timedHosts(listed: readonly string[], others: readonly string[]): string[] {
  return Array.from({ length: TIMED_QUERIES }, (_, i) => {
    const list = i % LISTED_EVERY === 0 ? listed : others
    return list[Math.floor((i * 7919) % list.length)] ?? ''
  })
}

function wrongAnswers(engine: Engine, cases: readonly Case[]): Set<string> {
  const wrong = new Set<string>()
  for (const { host, isBad } of cases) {
    if (isBad !== undefined && engine.check(host) !== isBad) wrong.add(host)
  }
  return wrong
}

interface Material {
  readonly cases: readonly Case[]
  readonly misses: readonly string[]
}

function compare(title: string, config: MetaMaskConfig, { cases, misses }: Material): void {
  const listed = config.blacklist.filter((host) => parseHostQuery(host) !== undefined)
  const hosts = timedHosts(listed, misses)
  const engines = [custos(config), ...peers(config)]
  const seconds = engines.map((engine) => secondsPerCheck(engine, hosts))
  const wrong = engines.map((engine) => wrongAnswers(engine, cases))
  const rows = [
    `\n${title}: ${config.blacklist.length} listed, ${cases.length} judged answers`,
    'engine | µs a check | checks/s | custos faster by | wrong | of these custos right | only custos wrong',
  ]
  engines.forEach((engine, i) => {
    const each = seconds[i] ?? 0
    const mine = wrong[0] ?? new Set<string>()
    const theirs = wrong[i] ?? new Set<string>()
    rows.push(
      [
        engine.name,
        (each * 1e6).toFixed(2),
        (1 / each).toFixed(0),
        `${(each / (seconds[0] ?? each)).toFixed(1)} ×`,
        theirs.size,
        [...theirs].filter((host) => !mine.has(host)).length,
        [...mine].filter((host) => !theirs.has(host)).length,
      ].join(' | '),
    )
  })
  for (const host of [...(wrong[0] ?? [])].slice(0, 20)) rows.push(`custos is wrong on ${host}`)
  process.stdout.write(`${rows.join('\n')}\n`)
}

/** Hosts of a list that no engine was given: what the near-match rules find by themselves. */
function compareUnseen(config: MetaMaskConfig, unseen: readonly string[]): void {
  const blind = { ...config, blacklist: [] }
  const rows = [
    `\nof ${unseen.length} ScamSniffer hosts that were not loaded, flagged by near match`,
  ]
  const [own, ...others] = [custos(blind), ...peers(blind)].map((engine) => ({
    name: engine.name,
    found: new Set(unseen.filter((host) => engine.check(host))),
  }))
  for (const { name, found } of own ? [own, ...others] : others) {
    const alone = [...found].filter((host) => !own?.found.has(host)).length
    rows.push(`${name} | ${found.size} | of these not by custos ${alone}`)
  }
  process.stdout.write(`${rows.join('\n')}\n`)
}

/** What a list says of itself: its entries, hosts below them, and the hosts that it allows. */
function ownCases(config: MetaMaskConfig, every: number): Case[] {
  const allowed = new Set(config.whitelist)
  const isAllowed = (host: string) => {
    const labels = host.split('.')
    return labels.some((_, i) => allowed.has(labels.slice(i).join('.')))
  }
  const cases: Case[] = config.whitelist.map((host) => ({ host, isBad: false }))
  config.blacklist.forEach((raw, i) => {
    const q = parseHostQuery(raw)
    if (i % every !== 0 || !q || q.path !== '' || isAllowed(q.host)) return
    // What customers put below a shared host is theirs: an entry for the whole place is no fact.
    if (q.isPublicSuffix) return
    cases.push({ host: q.host, isBad: true })
    if (!q.isIp) cases.push({ host: `app.${q.host}`, isBad: true })
  })
  return cases
}

/** Entries that Custos does not find again: no hosts, and shared hosts, which are never covered. */
function reportMissed(config: MetaMaskConfig): void {
  const engine = custos({ ...config, whitelist: [], fuzzylist: [] })
  const missed = config.blacklist.filter((raw) => !engine.check(raw))
  const suffixes = missed.filter((raw) => parseHostQuery(raw)?.isPublicSuffix)
  const noHosts = missed.filter((raw) => parseHostQuery(raw) === undefined)
  const rest = missed.length - suffixes.length - noHosts.length
  process.stdout.write(
    `of the ${config.blacklist.length} entries, asked one by one, not found: ` +
      `${suffixes.length} shared hosts, ${noHosts.length} that are no host, ${rest} others\n`,
  )
}

function main(): void {
  const ownConfig: MetaMaskConfig = require('eth-phishing-detect/src/config.json')
  const invented = Array.from({ length: 3_000 }, (_, i) => `shop-${i * 31}.some-name${i}.com`)
  if (MIRROR === '') {
    const cases = ownCases(ownConfig, 1)
    compare('the list of eth-phishing-detect', ownConfig, { cases, misses: invented })
    process.stdout.write('\nCUSTOS_MIRROR is not set: the large list is left out\n')
    return
  }
  const recorded = readRecordedHosts(MIRROR)
  const bad = new Set([...ownConfig.blacklist, ...recorded.scamsniffer])
  const honest = recorded.benign.filter((host) => !bad.has(host))
  const honestCases = honest.map((host): Case => ({ host, isBad: false }))
  compare('the list of eth-phishing-detect', ownConfig, {
    cases: [...ownCases(ownConfig, 1), ...honestCases],
    misses: honest,
  })
  reportMissed(ownConfig)
  const large = { ...ownConfig, blacklist: [...recorded.scamsniffer], whitelist: [] }
  compare(
    'the ScamSniffer list',
    { ...large, fuzzylist: [] },
    {
      cases: [...ownCases(large, 1_000), ...honestCases.filter((_, i) => i % 20 === 0)],
      misses: honest,
    },
  )
  reportMissed(large)
  const known = new Set(ownConfig.blacklist)
  const unseen = recorded.scamsniffer.filter((host) => parseHostQuery(host) && !known.has(host))
  compareUnseen(ownConfig, unseen)
}

main()
