import { describe, expect, it } from 'vitest'
import type { SourceItem } from '../../src/model/statement.ts'
import { statementId } from '../../src/model/statement.ts'
import type { Crawl, InputFile } from '../../src/source/crawl.ts'
import { rowText } from '../../src/source/parse/locator.ts'
import { memoryFile, mirrorFile, runCrawl } from '../../test/support/crawl.ts'
import { crawl as metamask } from './metamask_phishing/parse.ts'
import { crawl as phantom } from './phantom_blocklist/parse.ts'
import { crawl as polkadot } from './polkadot_phishing/parse.ts'
import { crawl as scamsniffer } from './scamsniffer/parse.ts'

const DAY = '2026-02-03T00:00:00Z'

function jsonFile(role: string, value: unknown, day?: string): InputFile {
  return memoryFile(role, `${role}.json`, JSON.stringify(value), day === undefined ? {} : { day })
}

function textFile(role: string, lines: readonly string[]): InputFile {
  return memoryFile(role, `${role}.txt`, `${lines.join('\n')}\n`)
}

async function read(crawl: Crawl, files: readonly InputFile[], publishedAt: string | null = DAY) {
  return runCrawl(crawl, files, { dataset: 'list', publishedAt })
}

function said(items: readonly SourceItem[]): readonly object[] {
  return items.map(({ entity, value, from, to }) => ({
    [entity.slice('list:'.length)]: JSON.parse(value),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }))
}

function feed(...days: readonly string[]): InputFile {
  const entries = days.map((day) => `<entry><updated>${day}</updated></entry>`).join('')
  const xml = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${entries}</feed>`
  return memoryFile('commits', 'master.atom', xml)
}

describe('polkadot_phishing', () => {
  const all = {
    allow: ['netlify.app', '*.fleek.co'],
    deny: ['dot-bonus.com', 'dot-bonus.com.', 'Dot-Claim.xyz', 'nodot', 7],
    denySub: ['social.example.com/FakeAccount'],
  }

  it('gives denied hosts, addresses with a path, and the guard list', async () => {
    const { items, notes } = await read(polkadot, [jsonFile('all', all)])
    expect(said(items)).toEqual([
      { 'dot-bonus.com': { host: 'dot-bonus.com' } },
      { 'dot-claim.xyz': { host: 'dot-claim.xyz' } },
      { 'social.example.com/FakeAccount': { url: 'social.example.com/FakeAccount' } },
      { 'allow:netlify.app': { host: 'netlify.app' } },
      { 'allow:*.fleek.co': { host: '*.fleek.co' } },
    ])
    expect(notes).toEqual({ host_unreadable: 2 })
  })

  it('takes first-seen days from the dated list, and history from what the list lacks', async () => {
    const dated = textFile('dated', [
      '2024-03-05\tdot-bonus.com.',
      '2024-03-01\tdot-bonus.com',
      '2022-07-04\tgone-bonus.org',
      '2026-02-03\tnew-bonus.org',
      '2022-13-40\tbroken-day.org',
    ])
    const { items, notes } = await read(polkadot, [
      jsonFile('all', { deny: ['dot-bonus.com'] }),
      dated,
    ])
    expect(said(items)).toEqual([
      { 'dot-bonus.com': { host: 'dot-bonus.com' }, from: '2024-03-01' },
      { 'gone-bonus.org': { host: 'gone-bonus.org' }, from: '2022-07-04', to: '2026-02-03' },
      // First seen on the version's own day: newer than the version, and never taken off.
      { 'new-bonus.org': { host: 'new-bonus.org' }, from: '2026-02-03' },
    ])
    expect(notes).toEqual({ line_unreadable: 1 })
  })

  it('gives addresses with the site that used them', async () => {
    const address = '14EXampLeEXampLeEXampLeEXampLeEXampLeEXampLeEXam'
    const file = jsonFile('address', { 'a/b group': [address, 'two words', null], broken: 'x' })
    const { items, notes } = await read(polkadot, [jsonFile('all', { deny: [] }), file])
    expect(said(items)).toEqual([{ [address]: { address, group: 'a/b group' } }])
    expect(await rowText(file, items[0]?.row ?? '')).toBe(`"${address}"`)
    expect(notes).toEqual({ address_unreadable: 3 })
  })

  it('refuses a file without the list', async () => {
    await expect(read(polkadot, [jsonFile('all', { allow: [] })])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('phantom_blocklist', () => {
  it('gives hosts and mints with the line that holds each, folded ones included', async () => {
    const blocklist = textFile('blocklist', [
      '---',
      '  - url: Phantom-Bonus.com',
      '  - url: >-',
      '      folded.com',
    ])
    const eth = textFile('eth_blocklist', ['- url: "quoted.shop,"', '- other: 1'])
    const mint = 'EXampLeM1ntEXampLeM1ntEXampLeM1ntEXampLeM1nt'
    const nft = textFile('nft_blocklist', [`- mint: ${mint}`, '- mint: not-a-mint'])
    const white = textFile('whitelist', ['- url: phantom.app', '- url: "*.web.app"'])
    const { items, notes } = await read(phantom, [blocklist, eth, nft, white])
    expect(said(items)).toEqual([
      { 'phantom-bonus.com': { host: 'phantom-bonus.com' } },
      { 'folded.com': { host: 'folded.com' } },
      { 'quoted.shop': { host: 'quoted.shop' } },
      { [mint]: { mint } },
      { 'allow:phantom.app': { host: 'phantom.app' } },
      { 'allow:*.web.app': { host: '*.web.app' } },
    ])
    expect(items.map((item) => item.row)).toEqual([
      'blocklist#line:2',
      'blocklist#line:4',
      'eth_blocklist#line:1',
      'nft_blocklist#line:1',
      'whitelist#line:1',
      'whitelist#line:2',
    ])
    expect(notes).toEqual({ entry_unreadable: 1, mint_unreadable: 1 })
  })

  it('is dated by its newest commit', async () => {
    const list = textFile('blocklist', ['- url: phantom-bonus.com'])
    const commits = feed('2025-05-06T10:00:00Z', '2025-05-07T09:30:00+02:00', 'no date')
    const { published } = await read(phantom, [list, commits], null)
    expect(published).toBe('2025-05-07T07:30:00Z')
  })

  it('still counts when the feed of its commits cannot be read', async () => {
    const list = textFile('blocklist', ['- url: phantom-bonus.com'])
    const broken = memoryFile('commits', 'master.atom', '<html></html>')
    const { items, published, notes } = await read(phantom, [list, broken], null)
    expect({ count: items.length, published, notes }).toEqual({
      count: 1,
      published: null,
      notes: { commits_unreadable: 1 },
    })
  })

  it('refuses a YAML file that is no list', async () => {
    await expect(read(phantom, [textFile('blocklist', ['url: x.com'])])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('metamask_phishing', () => {
  const version2 = {
    version: 2,
    tolerance: 2,
    fuzzylist: ['wallet-bonus.io'],
    whitelist: ['wallet-bonu.org'],
    blacklist: ['wa11et.io', 'sites.example.com/drainer'],
  }
  const expected = [
    { 'wa11et.io': { host: 'wa11et.io' } },
    { 'sites.example.com/drainer': { url: 'sites.example.com/drainer' } },
    { 'allow:wallet-bonu.org': { host: 'wallet-bonu.org' } },
    { 'protect:wallet-bonus.io': { host: 'wallet-bonus.io', tolerance: 2 } },
  ]

  it('reads the configuration of version 2', async () => {
    const { items } = await read(metamask, [jsonFile('config', version2)])
    expect(said(items)).toEqual(expected)
  })

  it('reads the newer names, a list of configurations, and the envelope of the stale list', async () => {
    const lists = {
      fuzzylist: ['wallet-bonus.io'],
      allowlist: ['wallet-bonu.org'],
      blocklist: ['wa11et.io'],
      blocklistPaths: ['sites.example.com/drainer'],
    }
    const stale = {
      data: { eth_phishing_detect_config: lists, tolerance: 2, lastUpdated: 1_790_000_000 },
    }
    for (const config of [
      { ...lists, tolerance: 2 },
      [{ ...lists, tolerance: 2, name: 'MetaMask' }],
      stale,
    ]) {
      const file = jsonFile('config', config)
      const { items } = await read(metamask, [file])
      expect(said(items)).toEqual(expected)
      for (const item of items) expect(await rowText(file, item.row)).toMatch(/^"[^"]+"$/)
    }
    const { published } = await read(metamask, [jsonFile('config', stale)], null)
    expect(published).toBe('2026-09-21T14:13:20Z')
  })

  it('uses the detector’s own tolerance where none is given, and bounds a hostile one', async () => {
    const one = await read(metamask, [jsonFile('config', { fuzzylist: ['a-wallet.io'] })])
    expect(JSON.parse(one.items[0]?.value ?? '')).toMatchObject({ tolerance: 3 })
    const big = { fuzzylist: ['a-wallet.io'], tolerance: 1e9 }
    const { items, notes } = await read(metamask, [jsonFile('config', big)])
    expect(JSON.parse(items[0]?.value ?? '')).toMatchObject({ tolerance: 5 })
    expect(notes).toEqual({ tolerance_too_large: 1 })
  })

  it.each([[{}], [[]], [{ version: 2 }], ['text'], [null]])('refuses %j', async (config) => {
    await expect(read(metamask, [jsonFile('config', config)])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('scamsniffer', () => {
  const address = '0xabcdef0000000000000000000000000000000001'

  it('reads the whole list: ports dropped and noted, addresses in lower case', async () => {
    const all = {
      domains: ['drain.xyz', 'mint.app:448', 'ad'],
      address: [address.toUpperCase().replace('X', 'x')],
    }
    const { items, notes } = await read(scamsniffer, [jsonFile('all', all)])
    expect(said(items)).toEqual([
      { 'drain.xyz': { host: 'drain.xyz' } },
      { 'mint.app': { host: 'mint.app' } },
      { [address]: { address } },
    ])
    expect(notes).toEqual({ port_dropped: 1, host_unreadable: 1 })
  })

  it('takes a daily file as what that day added', async () => {
    const daily = jsonFile('daily', { domains: ['drain.xyz'], address: [address] }, '2026-05-01')
    const { items } = await read(scamsniffer, [daily])
    expect(said(items)).toEqual([
      { 'drain.xyz': { host: 'drain.xyz' }, from: '2026-05-01' },
      { [address]: { address }, from: '2026-05-01' },
    ])
  })

  it('dates a version by the newest day of its sites, however new the addresses are', async () => {
    const dated = textFile('domains_dated', [
      '2026-04-30\tb.xyz',
      '2023-05-01\ta.xyz',
      '9999\tc.xyz',
    ])
    const { items, published, notes } = await read(
      scamsniffer,
      [dated, jsonFile('address', [address])],
      '2026-08-22T00:00:00Z',
    )
    expect(published).toBe('2026-04-30T00:00:00Z')
    expect(said(items)).toEqual([
      { 'b.xyz': { host: 'b.xyz' }, from: '2026-04-30' },
      { 'a.xyz': { host: 'a.xyz' }, from: '2023-05-01' },
      { [address]: { address } },
    ])
    expect(notes).toEqual({ line_unreadable: 1 })
  })

  it('ends what the whole list no longer has, when the dated list comes with it', async () => {
    const dated = textFile('domains_dated', ['2023-05-01\tgone.xyz', '2023-05-02\tdrain.xyz'])
    const { items } = await read(scamsniffer, [dated, jsonFile('all', { domains: ['drain.xyz'] })])
    expect(said(items)).toEqual([
      { 'drain.xyz': { host: 'drain.xyz' }, from: '2023-05-02' },
      { 'gone.xyz': { host: 'gone.xyz' }, from: '2023-05-01', to: '2026-02-03' },
    ])
  })

  it('refuses a version without any file, and a file of another shape', async () => {
    await expect(read(scamsniffer, [])).rejects.toMatchObject({ code: 'source.file_missing' })
    await expect(read(scamsniffer, [jsonFile('all', ['a.xyz'])])).rejects.toMatchObject({
      code: 'source.malformed',
    })
    await expect(read(scamsniffer, [jsonFile('address', {})])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('the recorded lists', () => {
  const file = (role: string, name: string) => mirrorFile(role, `phishing/${name}`)
  const lists: readonly (readonly [string, Crawl, () => InputFile[]])[] = [
    [
      'polkadot_phishing',
      polkadot,
      () => [
        file('all', 'polkadot-phishing-all.json.gz'),
        file('dated', 'polkadot-phishing-dated.tsv.gz'),
        file('address', 'polkadot-phishing-address.json'),
      ],
    ],
    [
      'phantom_blocklist',
      phantom,
      () => [
        file('blocklist', 'phantom-blocklist.yaml'),
        file('eth_blocklist', 'phantom-eth-blocklist.yaml.gz'),
        file('nft_blocklist', 'phantom-nft-blocklist.yaml.gz'),
        file('whitelist', 'phantom-whitelist.yaml'),
      ],
    ],
    [
      'metamask_phishing',
      metamask,
      () => [file('config', 'eth-phishing-detect-1.2.0-config.json')],
    ],
    [
      'scamsniffer',
      scamsniffer,
      () => [
        file('domains_dated', 'scamsniffer-domains-dated.tsv.gz'),
        file('address', 'scamsniffer-address.json'),
      ],
    ],
  ]

  it.each(lists)(
    '%s: nearly every row becomes an entry, and the rest is noted',
    async (dataset, crawl, files) => {
      const { items, rows, notes } = await runCrawl(crawl, files(), { dataset, publishedAt: DAY })
      const unread = Object.entries(notes).flatMap(([code, count]) =>
        code.endsWith('_unreadable') ? [count] : [],
      )
      expect(unread.reduce((sum, count) => sum + count, 0)).toBeLessThan(rows / 1_000)
      const entities = new Set(items.map((item) => item.entity))
      const ids = new Set(items.map(({ row: _, from, to, ...s }) => statementId({ dataset, ...s })))
      expect(ids.size).toBeGreaterThanOrEqual(entities.size)
      for (const item of items)
        if (item.to !== undefined) expect(item.to > (item.from ?? '')).toBe(true)
    },
  )

  it('reads the dated list of hundreds of thousands of sites in seconds', async () => {
    const start = performance.now()
    const { rows } = await runCrawl(scamsniffer, [
      file('domains_dated', 'scamsniffer-domains-dated.tsv.gz'),
    ])
    expect(rows).toBeGreaterThan(100_000)
    expect(performance.now() - start).toBeLessThan(15_000)
  })
})
