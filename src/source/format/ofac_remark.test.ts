import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remarkSegments, segmentItems } from './ofac_remark.ts'
import { about } from './say.ts'

/** `prop value ← original` of each statement, and the codes of the notes. */
function read(segment: string): { readonly said: readonly string[]; readonly notes: string[] } {
  const notes: string[] = []
  const say = about('test:1', 'prim#record:1')
  const items = segmentItems(segment, say, (code) => notes.push(code))
  const said = items.map(({ prop, value, original }) =>
    original === undefined ? `${prop} ${value}` : `${prop} ${value} ← ${original}`,
  )
  return { said, notes }
}

describe('remarkSegments', () => {
  it('takes a remark apart, without "alt." and without the last full stop', () => {
    const remark = 'DOB 1965; alt. DOB 1966; POB X, Y;arrested; Linked To: A.B. S.A..'
    expect(remarkSegments(remark)).toEqual([
      'DOB 1965',
      'DOB 1966',
      'POB X, Y',
      'arrested',
      'Linked To: A.B. S.A.',
    ])
  })
})

describe('segmentItems', () => {
  it.each([
    ['DOB 12 Jan 1965', ['birthDate 1965-01-12 ← 12 Jan 1965']],
    ['DOB 1962 to 1964', ['birthDate 1962 ← 1962 to 1964', 'birthDate 1964 ← 1962 to 1964']],
    ['POB Mustertown, Russia', ['birthPlace Mustertown, Russia']],
    ['nationality Iran', ['nationality IR ← Iran']],
    ['citizen Iran', ['nationality IR ← citizen Iran']],
    ['Nationality of Registration Russia', ['jurisdiction RU ← Russia']],
    ['nationality undetermined', []],
    ['Gender Female', ['gender female ← Female']],
    ["a.k.a. 'MUSTER, Erika'", ['weakAlias Erika MUSTER ← MUSTER, Erika']],
    ["a.k.a. 'THE MUSTER'", ['weakAlias THE MUSTER']],
    ["f.k.a. 'OLD NAME'", ["weakAlias OLD NAME ← f.k.a. 'OLD NAME'"]],
    [
      'Passport RL 123 (Lebanon) issued 1999',
      ['idNumber RL 123 ← Passport RL 123 (Lebanon) issued 1999'],
    ],
    ['Diplomatic Passport D1', ['idNumber D1 ← Diplomatic Passport D1']],
    ['NIT # 800146749-7 (Colombia)', ['taxNumber 800146749-7 ← NIT # 800146749-7 (Colombia)']],
    ['RUC # 20108363101 (Peru)', ['taxNumber 20108363101 ← RUC # 20108363101 (Peru)']],
    ['Company Number IMO 5055293', ['imoNumber 5055293 ← Company Number IMO 5055293']],
    ['Company Number 05055293', ['registrationNumber 05055293 ← Company Number 05055293']],
    ['SWIFT/BIC EXMPRUMM', ['swiftBic EXMPRUMM ← SWIFT/BIC EXMPRUMM']],
    ['SWIFT/BIC not one', ['notes SWIFT/BIC not one']],
    [
      'Website https://WWW.Example.org/En/',
      ['website www.example.org/En ← https://WWW.Example.org/En/'],
    ],
    ['Email Address A@Example.org', ['email a@example.org ← A@Example.org']],
    ['Email:a@example.org', ['email a@example.org']],
    ['Phone Number 0123 456', ['phone 0123 456']],
    ['Title Deputy Director', ['position Deputy Director']],
    ['Vessel Flag Panama', ['country PA ← Panama']],
    ['Linked To: LAZARUS SAMPLE', ['notes Linked To: LAZARUS SAMPLE']],
    [
      'Listing Date (EO 14024 Directive 3): 24 Feb 2022',
      ['notes Listing Date (EO 14024 Directive 3): 24 Feb 2022'],
    ],
    [
      'Legal Entity Number 999900CUSTOSFIXT0148',
      ['leiCode 999900CUSTOSFIXT0148 ← Legal Entity Number 999900CUSTOSFIXT0148'],
    ],
    [
      'Legal Entity Number 851683897 (Netherlands)',
      ['registrationNumber 851683897 ← Legal Entity Number 851683897 (Netherlands)'],
    ],
    [
      'Digital Currency Address - XBT 1LjnNXneCHGZmJjkdnz7fi2gh3kN9voLpK',
      ['wallet {"address":"1LjnNXneCHGZmJjkdnz7fi2gh3kN9voLpK","currency":"XBT"}'],
    ],
    [
      'Digital Currency Address - ETH 0xD27F06862A2BCEA688F6D3CCFD98256B1B407250',
      [
        'wallet {"address":"0xd27f06862a2bcea688f6d3ccfd98256b1b407250","currency":"ETH"}' +
          ' ← 0xD27F06862A2BCEA688F6D3CCFD98256B1B407250',
      ],
    ],
  ])('reads %j', (segment, said) => {
    expect(read(segment)).toEqual({ said, notes: [] })
  })

  it('keeps what it cannot read as a note on quality, in the words of the list', () => {
    expect(read('DOB 31/12/1960')).toEqual({
      said: ['quality {"code":"date_unreadable","field":"birthDate","original":"31/12/1960"}'],
      notes: ['date_unreadable'],
    })
    expect(read('nationality Sampleland').notes).toEqual(['country_unknown'])
    expect(read('Legal Entity Number 999900CUSTOSFIXT0149').said).toEqual([
      'quality {"code":"lei_checksum","field":"leiCode","original":"999900CUSTOSFIXT0149"}',
    ])
  })

  it('keeps an address that OFAC lists with a digit missing, and marks it', () => {
    const text = '0xa1b2c3d4e5f60718293a4b5c6d7e8f901234567'
    const { said, notes } = read(`Digital Currency Address - ETH ${text}`)
    expect(said[0]).toBe(`wallet {"address":"${text}","currency":"ETH"}`)
    expect(said[1]).toMatch(/^quality .*wallet_implausible/)
    expect(notes).toEqual(['wallet_implausible'])
  })

  it('makes no wallet of a word', () => {
    expect(read('Digital Currency Address - ETH unknown').said.join()).not.toContain('wallet {')
  })

  it('loses no segment, whatever it holds', () => {
    const word = fc.constantFrom(
      'DOB',
      'POB',
      'Passport',
      'Website',
      "a.k.a. '",
      'IMO',
      '1965',
      '(X)',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { minLength: 1 }), (words) => {
        const segment = words.join(' ').trim()
        if (segment === '') return
        const { said } = read(segment)
        expect(said.length, segment).toBeGreaterThan(0)
      }),
    )
  })

  it('takes a hostile segment in a moment', () => {
    const startedMs = performance.now()
    for (const part of ['@', "a.k.a. '", ' (A', '; ', 'DOB ', ' to ', '1 ']) {
      read(`Email Address ${part.repeat(200_000)} x`)
      read(part.repeat(1_300))
      remarkSegments(part.repeat(100_000))
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000)
  })
})
