import { describe, expect, it } from 'vitest'
import { Groups, joinOf, joinStatement, type StatedJoin } from '../../model/join.ts'
import { clusterBook, joinsOf } from './clusters.ts'

const join = (kind: StatedJoin['kind'], left: string, right: string, score = 1): StatedJoin => ({
  ...{ kind, left, right, author: 'custos', reason: 'lei', value: 'X', score },
  statement: `${kind}${left}${right}`,
})
const rank = (id: string) => (id.startsWith('reg:') ? 0 : 1)

describe('a book of clusters', () => {
  const book = clusterBook(
    [join('sameAs', 'pack:a', 'reg:1'), join('sameAs', 'pack:a', 'warn:9')],
    rank,
  )

  it('gives a firm one id, the register’s own record before others', () => {
    expect(book.members('warn:9')).toEqual(['reg:1', 'pack:a', 'warn:9'])
    expect(book.canonical('warn:9')).toBe('reg:1')
    expect(book.joins('reg:1')).toHaveLength(2)
    expect(book.clusters).toBe(1)
  })

  it('leaves whom nobody judged a firm of its own', () => {
    expect(book.members('reg:2')).toEqual(['reg:2'])
    expect(book.canonical('reg:2')).toBe('reg:2')
    expect(book.joins('reg:2')).toEqual([])
  })

  it('never chains two that are set apart, in whatever order the rows come', () => {
    const rows = [
      join('sameAs', 'a:1', 'b:1', 0.9),
      join('sameAs', 'b:1', 'c:1', 0.8),
      join('notSameAs', 'a:1', 'c:1'),
    ]
    for (const order of [rows, rows.toReversed()]) {
      const parted = clusterBook(order, rank)
      expect(parted.members('a:1')).toEqual(['a:1', 'b:1'])
      expect(parted.members('c:1')).toEqual(['c:1'])
      expect(parted.joins('c:1').map(({ kind }) => kind)).toContain('notSameAs')
    }
  })
})

describe('groups', () => {
  it('take no more members than allowed', () => {
    const groups = new Groups(2)
    expect(groups.join('a', 'b')).toBe('joined')
    expect(groups.join('a', 'b')).toBe('known')
    expect(groups.join('b', 'c')).toBe('full')
  })
})

describe('a judgement', () => {
  it('is read back from its statement as it was written', () => {
    const made = { ...join('notSameAs', 'a:1', 'b|:2', 0.31), value: null }
    const { statement: _, ...own } = made
    const stated = { id: 'x', ...joinStatement(own) }
    expect(joinOf(stated)).toEqual({ ...own, statement: 'x' })
    expect(joinStatement(own).value).toContain('"score":"0.31"')
  })

  it('that is none joins nobody', () => {
    const values = ['', 'null', '[]', '{"left":"b","right":"a"}', '{"left":1,"right":"a"}']
    const rows = values.map((value) => ({ id: 'x', prop: 'sameAs', value }))
    expect(joinsOf([...rows, { id: 'y', prop: 'name', value: '{}' }])).toEqual([])
  })
})
