import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import { bytesOf, offlineOf } from '../../test/support/offline-world.ts'
import {
  ADDRESS,
  datasetOf,
  openQueries,
  openWorld,
  WORLD_DATASETS,
  WORLD_QUERIES,
  type World,
} from '../../test/support/world.ts'
import type { Dataset } from '../model/dataset.ts'
import { askOffline } from '../model/offline-answer.ts'
import { type OfflineBundle, openOfflineBundle } from '../model/offline-bundle.ts'
import type { Severity } from '../model/verdict.ts'
import { checkOne } from './check.ts'
import { suffixesBelow } from './public-suffixes.ts'
import type { Session } from './session.ts'

/** The same lists, of which one may not be handed on. */
const DATASETS: readonly Dataset[] = WORLD_DATASETS.map((dataset) =>
  dataset.name === 'scamsniffer' ? closed(dataset) : dataset,
)

function closed(dataset: Dataset): Dataset {
  return { ...dataset, licence: { ...dataset.licence, id: 'GPL-3.0-only', redistribute: false } }
}

const WORDS = ['danger', 'warning'] as const
const worstOf = (findings: readonly { readonly severity: Severity }[]) =>
  WORDS.find((word) => findings.some(({ severity }) => severity === word)) ?? 'unknown'

/** What an online answer says by the lists that may be handed on. */
async function onlineWorst(session: Session, q: string, datasets: readonly Dataset[]) {
  const { verdict } = await checkOne(session, { q, lang: 'en' })
  const open = new Set(datasets.filter((d) => d.licence.redistribute).map((d) => d.name))
  return worstOf(verdict.findings.filter(({ dataset }) => open.has(dataset)))
}

describe('a bundle of the small world', () => {
  let world: World
  let session: Session
  let bundle: OfflineBundle
  let bytes: Uint8Array
  let again: Uint8Array

  beforeAll(async () => {
    world = await openWorld()
    const made = await offlineOf(world, DATASETS)
    session = made.session
    bytes = made.bytes
    bundle = openOfflineBundle(bytes)
    again = (await offlineOf(world, DATASETS)).bytes
  })
  afterAll(() => world.close())

  /** An imitation that no list names is told by comparing, which only an online answer does. */
  const imitation = 'metavvallet.io'
  const asked = WORLD_QUERIES.filter(
    (q) => !/\s/.test(q) && /^0x.{40}$|\.|\//.test(q) && q !== imitation,
  )

  it.each(asked)('says the worst that the online answer says of %s', async (q) => {
    const offline = askOffline(bundle, q)
    expect(worstOf(offline.findings)).toBe(await onlineWorst(session, q, DATASETS))
    expect(offline.verdict).toBe(worstOf(offline.findings))
  })

  it('does not know an imitation that no list names', () => {
    expect(askOffline(bundle, imitation)).toMatchObject({ verdict: 'unknown', findings: [] })
  })

  it('says nothing that only a closed list says, and names that list', () => {
    expect(askOffline(bundle, 'evil.top').findings).toEqual([])
    expect(askOffline(bundle, ADDRESS.scam)).toMatchObject({ verdict: 'unknown', findings: [] })
    expect(bundle.header.absent).toContainEqual({
      ...{ dataset: 'scamsniffer', title: 'Title of scamsniffer', reason: 'licence' },
    })
    expect(bundle.header.lists.map(({ dataset }) => dataset)).not.toContain('scamsniffer')
  })

  it('never says that an address or a site is clean', () => {
    for (const q of [ADDRESS.unlisted, 'clean-host.org', 'goodfirm.com', ADDRESS.exchange]) {
      expect(askOffline(bundle, q).verdict).toBe('unknown')
    }
  })

  it('names the list, its version and the day of a sanction', () => {
    const [first] = askOffline(bundle, ADDRESS.sanctioned).findings
    expect(first).toMatchObject({ kind: 'sanction', severity: 'danger', state: 'active' })
    expect(first?.list).toMatchObject({ publishedAt: '2026-11-20T00:00:00Z' })
    const listed = askOffline(bundle, ADDRESS.sanctioned).findings.map((one) => one.listedAt)
    expect(listed).toContain('2023-05-01')
  })

  it('is no answer about names and transactions, and says so', () => {
    expect(askOffline(bundle, 'Ivan Zlodeev')).toMatchObject({ isCovered: false })
    expect(askOffline(bundle, `0x${'ab'.repeat(32)}`)).toMatchObject({ isCovered: false })
    expect(askOffline(bundle, 'evil.top')).toMatchObject({ isCovered: true })
  })

  it('marks an address that fails its own checksum', () => {
    const mistyped = '0x098b716B8Aaf21512996dC57EB0615e2383E2f96'
    expect(askOffline(bundle, mistyped).isMistyped).toBe(true)
  })

  it('is made of the same bytes from the same ledger', () => {
    expect(Buffer.from(again).equals(bytes)).toBe(true)
  })

  it('carries its date, its expiry and what it was made from', () => {
    const { at, expires, version } = bundle.header
    expect(version).toBe(world.holder.current().seq)
    expect(at).toBe(world.holder.current().checkpoint?.at)
    expect(Date.parse(expires) - Date.parse(at)).toBe(30 * 86_400_000)
  })
})

describe('a listed site that bears the name of a listed party', () => {
  it('is as dangerous offline, with and without www', async () => {
    const datasets = [
      datasetOf('us_ofac_sdn', 'sanctions', 'issuer', 'US'),
      datasetOf('a_register', 'actors', 'publisher'),
    ]
    const ledger = new MemoryLedger()
    const version = { publishedAt: '2026-11-20T00:00:00Z' }
    ledger.version({
      ...{ dataset: 'us_ofac_sdn', at: '2026-11-21T12:00:00Z', ...version },
      said: [
        { entity: '1', prop: 'schema', value: 'LegalEntity' },
        { entity: '1', prop: 'name', value: 'zlodeevcoin.io' },
        { entity: '1', prop: 'listing', value: { list: 'SDN', program: ['CYBER2'] } },
      ],
    })
    ledger.version({
      ...{ dataset: 'a_register', at: '2026-11-21T12:01:00Z', ...version },
      said: [
        { entity: 'z', prop: 'name', value: 'Somebody' },
        { entity: 'z', prop: 'website', value: 'www.zlodeevcoin.io' },
        { entity: 'z', prop: 'actor', value: { categories: ['exchange'] } },
      ],
    })
    const world = await openQueries(ledger, { datasets, withBook: false })
    const { bytes, session } = await offlineOf(world, datasets)
    expect(await onlineWorst(session, 'zlodeevcoin.io', datasets)).toBe('danger')
    expect(askOffline(openOfflineBundle(bytes), 'zlodeevcoin.io').verdict).toBe('danger')
    await world.close()
  })
})

const host = fc.constantFrom(
  ...[
    'evil.top',
    'a.evil.top',
    'www.evil.top',
    'b.a.evil.top',
    'shop.co.uk',
    'co.uk',
    'x.shop.co.uk',
  ],
  ...['amazonaws.com', 'mine.s3.amazonaws.com', 'github.io', 'me.github.io', 'www.me.github.io'],
)
const address = fc.constantFrom(`0x${'11'.repeat(20)}`, `0x${'22'.repeat(20)}`)
const value = fc.oneof(
  host.map((h) => ({ prop: 'listed', value: { host: h } })),
  host.map((h) => ({ prop: 'listed', value: { url: `${h}/login` } })),
  fc
    .tuple(host, fc.boolean())
    .map(([h, wild]) => ({ prop: 'allow', value: { host: wild ? `*.${h}` : h } })),
  address.map((a) => ({ prop: 'listed', value: { address: a, currency: 'ETH' } })),
  fc.tuple(address, fc.constantFrom('scam', 'exchange', 'mixing_service')).map(([a, concept]) => ({
    prop: 'tag',
    value: { address: a, currency: 'ETH', label: concept, concepts: [concept] },
  })),
)
const LISTS = [
  datasetOf('open_a', 'phishing', 'publisher'),
  datasetOf('open_b', 'labels', 'publisher'),
  closed(datasetOf('closed_c', 'phishing', 'publisher')),
]

describe('any lists of addresses, sites, paths and allowances', () => {
  it('answer offline as they do online, above and below what they name', async () => {
    const lists = fc.tuple(...LISTS.map(() => fc.array(value, { maxLength: 6 })))
    await fc.assert(
      fc.asyncProperty(lists, async (all) => {
        const ledger = new MemoryLedger()
        for (const [i, said] of all.entries()) {
          ledger.version({
            dataset: LISTS[i]?.name ?? '',
            at: `2026-11-21T12:0${i}:00Z`,
            publishedAt: '2026-11-20T00:00:00Z',
            said: said.map((one, n): Said => ({ entity: `${n}`, ...one })),
          })
        }
        const world = await openQueries(ledger, { datasets: LISTS, withBook: false })
        try {
          const { bytes, session } = await offlineOf(world, LISTS)
          const bundle = openOfflineBundle(bytes)
          for (const h of [
            'evil.top',
            'www.evil.top',
            'c.a.evil.top',
            'x.shop.co.uk',
            'shop.co.uk',
          ]) {
            for (const q of [h, `https://${h}/login/now`]) {
              const online = await onlineWorst(session, q, LISTS)
              expect([q, askOffline(bundle, q).verdict]).toEqual([q, online])
            }
          }
          for (const q of ['mine.s3.amazonaws.com', 'you.github.io', 'www.me.github.io']) {
            expect([q, askOffline(bundle, q).verdict]).toEqual([
              q,
              await onlineWorst(session, q, LISTS),
            ])
          }
          for (const q of [`0x${'11'.repeat(20)}`, `0x${'22'.repeat(20)}`]) {
            expect(askOffline(bundle, q).verdict).toBe(await onlineWorst(session, q, LISTS))
          }
          expect(askOffline(bundle, `0x${'99'.repeat(20)}`).verdict).toBe('unknown')
          expect(bytesOf({ ...(await offlineOf(world, LISTS)).content })).toEqual(bytes)
        } finally {
          await world.close()
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('the suffixes that a bundle brings', () => {
  it('are those below a listed host, and no others', () => {
    const found = suffixesBelow(new Set(['amazonaws.com', 'evil.top']))
    expect(found).toContain('s3.amazonaws.com')
    expect(found.every((rule) => rule.endsWith('.amazonaws.com'))).toBe(true)
    expect(suffixesBelow(new Set())).toEqual([])
  })
})
