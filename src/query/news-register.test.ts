import { describe, expect, it } from 'vitest'
import type { Dataset } from '../model/dataset.ts'
import type { Licence } from '../model/verdict.ts'
import { type HeldRegister, registerSide } from './news-register.ts'
import type { StoredFact } from './news-store.ts'
import type { EntityView } from './types.ts'

const NO_DATASETS: ReadonlyMap<string, Dataset> = new Map()
const HELD: HeldRegister = { dataset: 'zz_register', day: '2026-08-01', isCurrent: true }

function fact(type: 'licence_granted' | 'licence_withdrawn', from: string | null): StoredFact {
  return { statement: 'a'.repeat(64), value: { type, of: 'Helvault', from } } as StoredFact
}

function entity(...licences: readonly Partial<Licence>[]): EntityView {
  const rows = licences.map((one) => ({
    kind: 'licence',
    regulator: 'Financial Authority of Zedland',
    dataset: 'zz_register',
    statements: ['b'.repeat(64)],
    ...one,
  }))
  return { id: 'zz_register:helvault', countries: ['ZZ'], licences: rows } as unknown as EntityView
}

function sides(
  of: StoredFact,
  firm: EntityView | undefined,
  more: { registers?: readonly HeldRegister[]; day?: '2026-07-01' | null } = {},
) {
  const { registers = [HELD], day = '2026-07-01' } = more
  return registerSide(of, { entity: firm, datasets: NO_DATASETS, registers, day })
}

describe('what a register says against an article', () => {
  it('is that every licence of the firm has ended, with the row that says so', () => {
    const firm = entity({ status: 'withdrawn' }, { status: 'expired' })
    expect(sides(fact('licence_granted', null), firm)).toEqual([
      {
        rule: 'register_withdrawn',
        here: 'licence_granted',
        there: 'withdrawn',
        dataset: 'zz_register',
        entity: 'zz_register:helvault',
        article: null,
        statement: 'b'.repeat(64),
      },
    ])
    const one = entity({ status: 'withdrawn' }, { status: 'authorised' })
    expect(sides(fact('licence_granted', null), one)).toEqual([])
  })

  it('is that the authority which is said to have withdrawn still has the licence in force', () => {
    const firm = entity({ status: 'authorised' })
    const said = fact('licence_withdrawn', 'Financial Authority of Zedland')
    expect(sides(said, firm)).toMatchObject([
      { rule: 'register_in_force', there: 'authorised', dataset: 'zz_register' },
    ])
    expect(sides(fact('licence_withdrawn', 'Bank of Elsewhere'), firm)).toEqual([])
    expect(sides(said, entity({ status: 'withdrawn' }))).toEqual([])
  })

  it('is that a younger, current register which governs there has no row of the firm', () => {
    expect(sides(fact('licence_granted', null), entity())).toMatchObject([
      { rule: 'register_has_none', dataset: 'zz_register', entity: 'zz_register:helvault' },
    ])
    const elsewhere = entity({ status: 'authorised', dataset: 'yy_register' })
    expect(sides(fact('licence_granted', null), elsewhere)).toMatchObject([
      { rule: 'register_has_none' },
    ])
  })

  it.each([
    ['is not linked', undefined, [HELD], '2026-07-01'],
    ['has a row there', entity({ status: 'authorised' }), [HELD], '2026-07-01'],
    ['waits for a decision there', entity({ status: 'pending' }), [HELD], '2026-07-01'],
    ['is governed by no register that is known', entity(), [], '2026-07-01'],
    ['stands in an article without a day', entity(), [HELD], null],
    ['is asked of a stale register', entity(), [{ ...HELD, isCurrent: false }], '2026-07-01'],
    ['is asked of an older version', entity(), [{ ...HELD, day: '2026-06-30' }], '2026-07-01'],
    [
      'may be in another register that was not read',
      entity(),
      [HELD, { dataset: 'zz_other', day: null, isCurrent: false }],
      '2026-07-01',
    ],
  ] as const)('is nothing where the firm %s', (_, firm, registers, day) => {
    expect(sides(fact('licence_granted', null), firm, { registers, day })).toEqual([])
  })
})
