import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewsFact } from '../../model/news.ts'
import { readFacts } from './facts.ts'

const read = (text: string, publishedAt: string | null = '2026-03-10', title = '') => {
  const blocks = [...text.matchAll(/[^\n]+/g)].map((line) => ({
    start: line.index,
    end: line.index + line[0].length,
    kind: 'paragraph' as const,
  }))
  return readFacts({ text, blocks, title, publishedAt })
}

const one = (text: string): NewsFact => {
  const [fact] = read(text).facts
  if (fact === undefined) throw new Error(`nothing was read from: ${text}`)
  return fact
}

describe('facts of an article', () => {
  it('tell buyer and target apart in active, passive and nominal sentences', () => {
    const wanted = { type: 'acquisition', from: 'Ardent Pay', to: 'Helvault' }
    const sum = { amount: '2300000000', currency: 'USD' }
    expect(one('Ardent Pay acquired Helvault for $2.3 billion.')).toMatchObject({
      ...wanted,
      ...sum,
    })
    expect(one('Helvault was bought by Ardent Pay for $2.3bn.')).toMatchObject({
      ...wanted,
      ...sum,
    })
    expect(one("Ardent Pay's $2.3 billion acquisition of Helvault closed.")).toMatchObject({
      ...wanted,
      ...sum,
    })
  })

  it('are not made of what is denied, hoped for or only talked about', () => {
    for (const text of [
      'Ardent Pay denied that it had acquired Helvault for $2 billion.',
      'Ardent Pay is in talks to acquire Helvault for $2 billion.',
      'Ardent Pay could buy Helvault for $2 billion.',
      'Helvault rejected a $2 billion bid from Ardent Pay.',
      'Spending on compliance runs to hundreds of billions of dollars.',
    ]) {
      expect(read(text).facts, text).toEqual([])
    }
  })

  it('give numbers exactly, with what was inferred of them', () => {
    expect(one('Corvex reported revenue of about €37.7 billion in 2007.')).toMatchObject({
      type: 'revenue',
      of: 'Corvex',
      amount: '37700000000',
      currency: 'EUR',
      year: 2007,
      approximate: true,
      inferred: [],
    })
    expect(one('Shares of Corvex fell 14% on Monday.')).toMatchObject({
      percent: '-14',
      date: '2026-03-09',
      inferred: ['day from the publication date'],
    })
    expect(one('Shares of Corvex fell 14% on Monday.')).not.toMatchObject({ amount: '14' })
  })

  it('resolve a name whose apostrophe is lost, and leave the text as it is', () => {
    const text = 'Corvex makes chips. Corvexs revenue rose to $5 billion in 2025.'
    const { facts } = read(text)
    expect(facts).toMatchObject([{ type: 'revenue', of: 'Corvex', amount: '5000000000' }])
    expect(facts[0]?.sentence).toBe('Corvexs revenue rose to $5 billion in 2025.')
  })

  it('count a repeated fact once, with every sentence that says it', () => {
    const text =
      'Ardent Pay acquired Helvault in 2021.\nIn 2021 Ardent Pay bought Helvault for $3 million.'
    const { facts } = read(text)
    expect(facts).toHaveLength(1)
    expect(facts[0]).toMatchObject({ amount: '3000000', year: 2021 })
    expect(facts[0]?.sentences).toHaveLength(2)
  })

  it('name the authority as who acts, and never as who is fined or licensed', () => {
    expect(one('The FCA has fined Marlowe Payments £3.9 million.')).toMatchObject({
      type: 'fine',
      from: 'FCA',
      to: 'Marlowe Payments',
      amount: '3900000',
      currency: 'GBP',
    })
    expect(one('BaFin revoked the licence of Nordbank Digital.')).toMatchObject({
      type: 'licence_withdrawn',
      from: 'BaFin',
      to: 'Nordbank Digital',
    })
  })

  it('stand in the text at their offsets, whatever the text is', () => {
    const word = fc.constantFrom(
      'Corvex',
      'acquired',
      'Helvault',
      'for',
      '$2 billion',
      'in 2021',
      '.',
      ', ',
      'the',
      'company',
      'it',
      'was',
      'fined',
      'by',
      'FCA',
      'revenue',
      'of',
      '40%',
      'share',
      '’s',
      '⟨O1⟩',
      '\n',
      'hacked',
      'CEO',
      'Ben Wood',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join(' ')
        for (const fact of read(text).facts) {
          for (const { start, end, sentence } of fact.sentences)
            expect(text.slice(start, end)).toBe(sentence)
          for (const name of [fact.of, fact.from, fact.to]) {
            if (name !== null) expect(text.toLowerCase()).toContain(name.toLowerCase())
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('end for a hostile text in bounded time', () => {
    const texts = [
      'Corvex '.repeat(40_000),
      `${'a '.repeat(100_000)}acquired`,
      '$1 '.repeat(60_000),
      'the company '.repeat(30_000),
      `Corvex${', a'.repeat(50_000)} acquired Helvault`,
    ]
    for (const text of texts) {
      const started = performance.now()
      read(text)
      expect(performance.now() - started).toBeLessThan(6_000)
    }
  })
})
