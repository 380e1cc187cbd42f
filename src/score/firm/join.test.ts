import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Judgement, joinFirms } from './join.ts'
import { type FirmRecord, firmRecord, tellingName } from './join-record.ts'

const LEI = { one: '529900T8BM49AURSDO55', two: '9845003D98SCC2851458' }

function record(rest: Partial<FirmRecord> & Pick<FirmRecord, 'id'>): FirmRecord {
  return {
    dataset: rest.id.slice(0, rest.id.indexOf(':')),
    class: 'legal',
    names: [],
    aliases: [],
    countries: [],
    leis: [],
    numbers: [],
    domains: [],
    handles: [],
    isCloneNotice: false,
    ...rest,
  }
}

const said = (records: readonly FirmRecord[], judgements: readonly Judgement[] = []) =>
  joinFirms(records, judgements).joins.map(({ kind, reason, left, right, value }) => {
    return { kind, reason, left, right, value }
  })

describe('an identifier', () => {
  it('joins two records whose names go together', () => {
    const joins = said([
      record({ id: 'a:1', names: ['acme exchange ltd'], leis: [LEI.one] }),
      record({ id: 'b:1', names: ['acme exchange'], leis: [LEI.one] }),
    ])
    expect(joins).toEqual([
      { kind: 'sameAs', reason: 'lei', left: 'a:1', right: 'b:1', value: LEI.one },
    ])
  })

  it('sets strangers apart, each pair of them', () => {
    const joins = said([
      record({ id: 'a:1', names: ['payward global'], leis: [LEI.one] }),
      record({ id: 'b:2', names: ['carbonzero'], leis: [LEI.one] }),
      record({ id: 'b:3', names: ['eterna'], leis: [LEI.one] }),
    ])
    expect(joins.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual(
      Array(3).fill('notSameAs shared_lei'),
    )
  })

  it('joins a renamed firm that kept its site', () => {
    const joins = said([
      record({ id: 'a:1', names: ['old fashioned'], leis: [LEI.one], domains: ['acme.com'] }),
      record({ id: 'b:1', names: ['brand new'], leis: [LEI.one], domains: ['acme.com'] }),
    ])
    expect(joins).toMatchObject([{ kind: 'sameAs', reason: 'lei' }])
  })

  it('that strangers share contradicts nothing: one of them carries it wrongly', () => {
    const joins = said([
      record({ id: 'a:1', names: ['newrails uab'], leis: [LEI.two], domains: ['newrails.xyz'] }),
      record({ id: 'b:1', names: ['newrails uab'], leis: [LEI.one], domains: ['newrails.xyz'] }),
      record({ id: 'b:2', names: ['ambr payments'], leis: [LEI.one] }),
    ])
    expect(joins).toContainEqual({
      ...{ kind: 'sameAs', reason: 'domain', left: 'a:1', right: 'b:1' },
      value: 'newrails.xyz',
    })
  })

  it('of another legal entity keeps two firms of one group apart, whatever else they share', () => {
    const site = { domains: ['acme.com'], aliases: ['acme'], countries: ['IE'] }
    const joins = said([
      record({ id: 'a:1', names: ['acme europe ltd'], leis: [LEI.one], ...site }),
      record({ id: 'a:2', names: ['acme europe ltd'], leis: [LEI.two], ...site }),
    ])
    expect(joins).toEqual([])
  })

  it('of a register joins in that register only', () => {
    const joins = said([
      record({ id: 'a:1', names: ['acme exchange'], numbers: ['a:VL2401'] }),
      record({ id: 'b:1', names: ['acme exchange'], numbers: ['b:VL2401'] }),
    ])
    expect(joins).toEqual([])
  })
})

describe('a site', () => {
  const firm = record({ id: 'reg:1', names: ['acme luxembourg sa'], domains: ['acme.com'] })
  const pack = record({ id: 'pack:acme', class: 'brand', names: ['acme'], domains: ['acme.com'] })

  it('joins a brand to the one legal entity that names it', () => {
    expect(said([firm, pack])).toMatchObject([{ kind: 'sameAs', reason: 'domain' }])
  })

  it('joins a brand to neither of two legal entities, unless the country tells', () => {
    const other = record({ id: 'reg:2', names: ['acme payments gmbh'], domains: ['acme.com'] })
    const { joins, notes } = joinFirms([firm, other, pack])
    expect(joins).toEqual([])
    expect(notes.ambiguous).toBe(1)
    const there = record({ ...other, countries: ['DE'] })
    const home = record({ ...pack, countries: ['DE'] })
    expect(said([firm, there, home])).toMatchObject([{ left: 'pack:acme', right: 'reg:2' }])
  })

  it('of very many differently named firms is a host, and joins nobody', () => {
    const many = Array.from({ length: 9 }, (_, i) =>
      record({ id: `pack${i}:1`, class: 'brand', names: [`acme ${i}`], domains: ['hosted.com'] }),
    )
    const { joins, notes } = joinFirms(many)
    expect(joins).toEqual([])
    expect(notes.crowded_domain).toBe(1)
  })
})

describe('a name', () => {
  it('joins with the country alone where it is the same but for the legal form', () => {
    const one = record({ id: 'a:1', names: ['gentlemen labs ltd'], countries: ['IE'] })
    const same = record({ id: 'b:1', names: ['gentlemen labs'], countries: ['IE'] })
    expect(said([one, same])).toMatchObject([{ reason: 'name_country', value: null }])
    expect(said([one, { ...same, countries: ['MT'] }])).toEqual([])
    expect(said([one, { ...same, names: ['gentlemen lab'] }])).toEqual([])
  })

  it('of the trade alone tells nobody from another', () => {
    expect(tellingName('digital asset exchange ltd')).toBeUndefined()
    expect(tellingName('bitvavo bv')).toBe('bitvavo')
  })
})

describe('a notice of a clone', () => {
  it('is set apart from the firm whose name it carries, and joins nobody', () => {
    const firm = record({ id: 'reg:1', names: ['acme'], countries: ['GB'], domains: ['acme.com'] })
    const clone = { ...firm, id: 'list:1', dataset: 'list', class: 'warned', isCloneNotice: true }
    expect(said([firm, clone as FirmRecord])).toMatchObject([
      { kind: 'notSameAs', reason: 'clone_notice' },
    ])
  })
})

describe('an operator', () => {
  const one = record({ id: 'a:1', names: ['acme'], leis: [LEI.one] })
  const other = record({ id: 'b:1', names: ['acme'], leis: [LEI.one] })
  const judge = (kind: Judgement['kind'], left = 'a:1', right = 'b:1') =>
    ({ kind, left, right, author: 'operator', reason: 'seen' }) as const

  it('parts what a rule joins, and joins what a rule parts', () => {
    expect(said([one, other], [judge('notSameAs')])).toEqual([
      { kind: 'notSameAs', reason: 'seen', left: 'a:1', right: 'b:1', value: null },
    ])
    const stranger = record({ ...other, names: ['something else'] })
    expect(said([one, stranger], [judge('sameAs')])).toMatchObject([
      { kind: 'sameAs', reason: 'seen' },
    ])
  })

  it('who names a record that is not there is noted, and changes nothing', () => {
    const { joins, notes } = joinFirms([one, other], [judge('sameAs', 'a:1', 'zz:9')])
    expect(joins).toMatchObject([{ reason: 'lei' }])
    expect(notes.judgement_unknown_record).toBe(1)
  })
})

describe('judgements', () => {
  const names = ['acme exchange', 'acme', 'acme europe', 'other firm', 'third house']
  const firms = fc.array(
    fc.record({
      name: fc.constantFrom(...names),
      lei: fc.constantFrom(LEI.one, LEI.two, ''),
      domain: fc.constantFrom('acme.com', 'other.io', ''),
      country: fc.constantFrom('DE', 'IE'),
      class: fc.constantFrom('legal' as const, 'brand' as const, 'warned' as const),
      dataset: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 14 },
  )

  it('are the same in whatever order the records come, and never contradict each other', () => {
    fc.assert(
      fc.property(firms, (made) => {
        const records = made.map((firm, i) =>
          record({
            id: `${firm.dataset}:${i}`,
            class: firm.class,
            names: [firm.name],
            countries: [firm.country],
            leis: firm.lei === '' ? [] : [firm.lei],
            domains: firm.domain === '' ? [] : [firm.domain],
          }),
        )
        const forward = joinFirms(records)
        expect(joinFirms([...records].reverse())).toEqual(forward)
        const group = new Map(records.map(({ id }) => [id, id]))
        for (const { kind, left, right } of forward.joins) {
          if (kind !== 'sameAs') continue
          const [from, to] = [group.get(right), group.get(left)]
          for (const [id, of] of group) if (of === from) group.set(id, to as string)
        }
        for (const { kind, left, right } of forward.joins) {
          if (kind === 'notSameAs') expect(group.get(left)).not.toBe(group.get(right))
        }
      }),
    )
  })
})

describe('a record', () => {
  const register = { name: 'reg', kind: 'register' } as const

  it('is read from a row with its site, handles, number and LEI', () => {
    const made = firmRecord('reg:1', register, [
      { prop: 'schema', value: 'Company' },
      { prop: 'name', value: 'Acme Exchange, S.A.' },
      { prop: 'country', value: 'LU' },
      { prop: 'leiCode', value: LEI.one },
      { prop: 'website', value: 'www.acme.com/en' },
      { prop: 'website', value: 'x.com/AcmeX' },
      { prop: 'licence', value: '{"number":"VL/24/01"}' },
    ])
    expect(made).toMatchObject({
      class: 'legal',
      names: ['acme exchange sa'],
      leis: [LEI.one],
      numbers: ['reg:VL2401'],
      domains: ['acme.com'],
      handles: ['x:acmex'],
    })
  })

  it('of a person, a ship or a list of addresses is no firm', () => {
    for (const schema of ['Person', 'Vessel', 'CryptoWallet']) {
      const statements = [
        { prop: 'schema', value: schema },
        { prop: 'name', value: 'Acme' },
        { prop: 'listing', value: '{}' },
      ]
      expect(firmRecord('s:1', { name: 's', kind: 'sanctions' }, statements)).toBeUndefined()
    }
  })

  it('without the word that U+FFFD broke keeps the rest of its name', () => {
    const made = firmRecord('reg:1', register, [
      { prop: 'name', value: 'Acme B\uFFFDrse' },
      { prop: 'licence', value: '{}' },
    ])
    expect(made?.names).toEqual(['acme'])
  })
})
