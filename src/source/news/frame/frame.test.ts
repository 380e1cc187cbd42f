import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFacts } from '../facts.ts'

const read = (text: string) => {
  const blocks = [...text.matchAll(/[^\n]+/g)].map((line) => ({
    start: line.index,
    end: line.index + line[0].length,
    kind: 'paragraph' as const,
  }))
  return readFacts({ text, blocks, title: '', publishedAt: '2026-03-10' }).facts
}

/** The same event as it is said, and as it is said not to be. */
const PAIRS: readonly (readonly [type: string, said: string, ...denied: string[]])[] = [
  [
    'acquisition',
    'Corvex acquired Tellura for $2 billion.',
    'Corvex has not acquired Tellura.',
    'Corvex may acquire Tellura for $2 billion.',
    'Corvex abandoned its planned acquisition of Tellura.',
    'Talks between Corvex and Tellura over a $2 billion merger have collapsed.',
  ],
  [
    'divestment',
    'Corvex sold its pump unit to Tellura for $90 million.',
    'Corvex has no plans to sell its pump unit to Tellura.',
    'Corvex is weighing a sale of its pump unit to Tellura.',
  ],
  [
    'fine',
    'The FCA fined Corvex £4.2 million.',
    'The FCA may fine Corvex up to £5 million.',
    'Corvex was not fined by the FCA.',
    'A court overturned the £4.2 million fine against Corvex.',
  ],
  [
    'licence_granted',
    'BaFin has granted Corvex a licence.',
    'BaFin has not granted Corvex a licence.',
    'Corvex has applied for a licence from BaFin.',
    'BaFin rejected an application by Corvex for a licence.',
  ],
  [
    'licence_withdrawn',
    'BaFin revoked the licence of Corvex.',
    'BaFin threatened to revoke the licence of Corvex.',
    'Corvex dismissed reports that it had lost its licence.',
  ],
  [
    'hack',
    'Hackers stole $42 million from Corvex.',
    'Hackers tried to steal $42 million from Corvex but failed.',
    'Rumours that Corvex had been hacked were untrue.',
  ],
  [
    'revenue',
    'Corvex reported revenue of $3 billion in 2025.',
    'Corvex expects revenue of $3 billion in 2027.',
    'Analysts expect Corvex to post revenue of $3 billion.',
  ],
  [
    'appointment',
    'Corvex appointed Maria Conti as chief executive.',
    'Maria Conti turned down an offer to become chief executive of Corvex.',
    'Corvex plans to appoint Maria Conti as chief executive.',
  ],
]

describe('facts read from the grammar', () => {
  it('are what the sentence says', () => {
    for (const [type, said] of PAIRS)
      expect(
        read(said).map((fact) => fact.type),
        said,
      ).toContain(type)
  })

  it('are not read from a sentence that denies, plans or only fears the same', () => {
    for (const [type, , ...denied] of PAIRS)
      for (const text of denied)
        expect(
          read(text).map((fact) => fact.type),
          text,
        ).not.toContain(type)
  })

  it('say who did it to whom however the sentence is turned', () => {
    for (const text of [
      'Corvex acquired Tellura in 2021 for $2 billion.',
      'In 2021, Tellura was acquired by Corvex for $2 billion.',
      "Corvex's $2 billion acquisition of Tellura was completed in 2021.",
      'Corvex, a maker of drones, struck a deal in 2021 to buy rival Tellura for $2 billion.',
      'In 2021 Corvex snapped up Tellura in a $2 billion deal.',
    ])
      expect(read(text), text).toMatchObject([
        { type: 'acquisition', from: 'Corvex', to: 'Tellura', amount: '2000000000', year: 2021 },
      ])
  })

  it('follow "it" and "the lender" to the firm that was named', () => {
    const text =
      'Alpen Bank is based in Zug. The lender reported revenue of $3 billion. It was fined $5 million by the SEC.'
    expect(read(text)).toMatchObject([
      { type: 'revenue', of: 'Alpen Bank' },
      { type: 'fine', of: 'Alpen Bank', from: 'SEC' },
    ])
  })

  it('are the same for the same text, and hold no name or number that is not in it', () => {
    const clause = fc.constantFrom(
      ...PAIRS.map(([, said]) => said),
      ...PAIRS.flatMap(([, , ...denied]) => denied),
      'It was founded in 2011.',
      'The company, which is listed in Oslo, said so on Monday, but "no more", and left.',
    )
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 8 }), (clauses) => {
        const text = clauses.join(' ')
        const facts = read(text)
        expect(read(text)).toEqual(facts)
        for (const { of, from, to, sentences, sentence } of facts) {
          for (const name of [of, from, to]) if (name !== null) expect(text).toContain(name)
          for (const span of sentences) expect(text.slice(span.start, span.end)).toBe(span.sentence)
          expect(sentences.map((span) => span.sentence)).toContain(sentence)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('end for four million characters of any shape in bounded time', () => {
    for (const piece of [
      'Corvex, which said that it had, after Tellura, bought Ostrea and, in 2021, ',
      'the company it its the firm ',
      'Corvex and Tellura and ',
      '$1 million of $2 billion in ',
      ', ',
    ]) {
      const text = piece.repeat(Math.ceil(4_000_000 / piece.length))
      // Processor time: what other programs take of the machine is not counted.
      const before = process.cpuUsage().user
      read(text)
      expect((process.cpuUsage().user - before) / 1_000_000, piece).toBeLessThan(6)
    }
  })
})
