import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { lines } from '../parse/lines.ts'
import { canonicalAddress, tagsOfLines, tagsOfPack } from './tagpack.ts'

const word = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,18}[A-Za-z]$/)
const tag = fc.record(
  {
    address: fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{26,40}$/),
    currency: fc.constantFrom('BTC', 'ETH', 'USDT', 'Luna'),
    label: word,
    category: fc.constantFrom('exchange', 'mixer', 'miner'),
    abuse: fc.constantFrom('ransomware', 'scam'),
    confidence: fc.constantFrom('forensic', 'web_crawl'),
    source: fc.constantFrom('https://a.example/1', 'a book, page 3'),
    lastmod: fc.constantFrom('2024-03-01', '2019-12-31'),
    actor: fc.constantFrom('example_exchange', '01'),
    is_cluster_definer: fc.boolean(),
  },
  { requiredKeys: ['address', 'currency', 'label'] },
)

function ofLines(rows: readonly object[]) {
  const text = rows.map((row) => JSON.stringify(row)).join('\n')
  const file = memoryFile('tags', 'tags.jsonl', text || '\n')
  return runCrawl((ctx) => tagsOfLines(ctx, file), [file])
}

function ofPack(header: object, tags: readonly object[], name = 'odd-pack.yaml') {
  const file = memoryFile('pack', name, stringify({ title: 'T', ...header, tags }))
  return runCrawl((ctx) => tagsOfPack(ctx, file), [file])
}

const said = ({ items }: Awaited<ReturnType<typeof ofLines>>) =>
  items.map(({ row: _row, ...rest }) => rest)

describe('tags', () => {
  it('are the same statements from a pack and from the recorded lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tag, { maxLength: 8 }), async (tags) => {
        const rows = tags.map((row) => ({ ...row, pack: 'nested/odd-pack' }))
        expect(said(await ofPack({}, tags))).toEqual(said(await ofLines(rows)))
      }),
      { numRuns: 60 },
    )
  })

  it('inherit what the header says, and win where they say otherwise', async () => {
    const header = { currency: 'BTC', abuse: 'ransomware', confidence: 'forensic', label: 'Common' }
    const { items } = await ofPack(header, [
      { address: '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg' },
      { address: '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg', label: 'Own', abuse: null },
    ])
    const values = items.map((item) => JSON.parse(item.value) as Record<string, unknown>)
    expect(values[0]).toMatchObject({ label: 'Common', abuse: 'ransomware', pack: 'odd-pack' })
    expect(values[1]).toMatchObject({ label: 'Own', confidence: 'forensic' })
    expect(values[1]).not.toHaveProperty('abuse')
  })

  it('on one address stay different statements of one entity', async () => {
    const one = { address: '0x1A82b290c12C7ae7F0aB36e7E885db689D488315', currency: 'ETH' }
    const two = { ...one, address: one.address.toLowerCase() }
    const { items } = await ofLines([
      { ...one, label: 'A' },
      { ...two, label: 'B' },
    ])
    expect(new Set(items.map(({ entity }) => entity)).size).toBe(1)
    expect(new Set(items.map(({ value }) => value)).size).toBe(2)
  })

  it('that name nothing are noted and never guessed', async () => {
    const { items, notes, rows } = await ofLines([
      { currency: 'BTC', label: 'no address' },
      { address: '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg', label: 'no currency' },
      { address: '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg', currency: 'BTC' },
      { address: 'two words', currency: 'BTC', label: 'x' },
      { address: '\u202e1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg', currency: 'BTC', label: 'x' },
    ])
    expect(items).toEqual([])
    expect(rows).toBe(5)
    expect(notes).toEqual({ 'tag.incomplete': 3, 'tag.bad_identifier': 2 })
  })

  it('keep the words of the source where the taxonomy has none for them', async () => {
    const { items, notes } = await ofLines([
      {
        address: '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg',
        currency: 'BTC',
        label: 'x',
        category: 'astrologer',
        concepts: ['hot_wallet', 'exchange'],
        tag_type: 'mention',
      },
    ])
    expect(JSON.parse(items[0]?.value ?? '')).toMatchObject({
      category: 'astrologer',
      concepts: ['exchange', 'hot_wallet'],
      tag_type: 'mention',
    })
    expect(notes).toEqual({ 'tag.unknown_concept': 1 })
  })

  it('have one spelling of an address, which spelling again does not change', () => {
    expect(canonicalAddress(' 0X1A82B290C12C7AE7F0AB36E7E885DB689D488315 ')).toBe(
      '0x1a82b290c12c7ae7f0ab36e7e885db689d488315',
    )
    expect(canonicalAddress('BC1QS5KPGR7P2TTFAS0UTEA2V07HWK8V3LG53JK0NE')).toBe(
      'bc1qs5kpgr7p2ttfas0utea2v07hwk8v3lg53jk0ne',
    )
    expect(canonicalAddress('1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg (cold)')).toBe(
      '1D99g8ew3Tkpj3WndQ8E56gvSuj8B9anTg',
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = canonicalAddress(text)
        expect(canonicalAddress(once)).toBe(once)
      }),
    )
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('recorded tags', () => {
  it('all have a concept for their category and abuse, and a known confidence', async () => {
    // One line in twenty of the whole file: every pack is met.
    const whole = mirrorFile('tags', 'labels/graphsense-tags-full.jsonl.gz')
    let slice = ''
    let count = 0
    for await (const { line, text } of lines(whole)) {
      if (line % 20 !== 0) continue
      slice += `${text}\n`
      count += 1
    }
    const file = memoryFile('tags', 'tags.jsonl', slice)
    const { items, notes } = await runCrawl((ctx) => tagsOfLines(ctx, file), [file])
    expect(count).toBeGreaterThan(1_000)
    expect(items).toHaveLength(count)
    expect(notes['tag.unknown_concept']).toBeUndefined()
    expect(notes['tag.unknown_confidence']).toBeUndefined()
    expect(notes['tag.bad_date']).toBeUndefined()
  })
})
