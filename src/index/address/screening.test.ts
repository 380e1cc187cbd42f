import { describe, expect, it } from 'vitest'
import type { LedgerReader, StatementRow } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import { classNames } from '../../model/screening-book.ts'
import type { IndexReader } from '../port.ts'
import type { Span } from '../span.ts'
import { compileScreeningBook } from './screening.ts'

const open: Span = { from: 1, to: null, knownFrom: 1, knownTo: null }
const closed: Span = { from: 1, to: 5, knownFrom: 1, knownTo: null }
const later: Span = { from: 1, to: null, knownFrom: 90, knownTo: null }

interface Fact {
  readonly key: string
  readonly span: Span
  readonly dataset: string
  readonly prop: string
  readonly value: string
}

const fact = (key: string, dataset: string, prop: string, value: object, span = open): Fact => ({
  key,
  span,
  dataset,
  prop,
  value: JSON.stringify(value),
})

const A = `0x${'a'.repeat(40)}`
const B = `0x${'b'.repeat(40)}`
const FACTS = [
  fact(`a:${A}`, 'list_one', 'wallet', { address: A }),
  fact(`a:${A}`, 'tags', 'tag', { address: A, category: 'exchange' }),
  fact(`a:${B}`, 'list_one', 'wallet', { address: B }, closed),
  fact('a:bc1qexample', 'tags', 'tag', { category: 'mixing_service' }),
  fact('a:bc1qlater', 'tags', 'tag', { category: 'mixing_service' }, later),
  fact('h:evil.example', 'tags', 'listed', { host: 'evil.example' }),
]

/** An index and a ledger that hold the facts above; what compiling does not ask is absent. */
function ports(): { index: IndexReader; ledger: LedgerReader } {
  const index = {
    identsFrom: async (prefix: string) =>
      FACTS.map(({ key }, sid) => ({ key, sid }))
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.sid - b.sid)),
    spansOf: async (sids: readonly number[]) =>
      new Map(sids.map((sid) => [sid, [(FACTS[sid] as Fact).span]])),
  }
  const ledger = {
    statements: async (sids: readonly number[]) =>
      sids.map((sid) => ({ sid, ...(FACTS[sid] as Fact) }) as unknown as StatementRow),
  }
  return {
    index: index as unknown as IndexReader,
    ledger: ledger as unknown as LedgerReader,
  }
}

const datasets = new Map([
  ['list_one', { kind: 'sanctions' } as Dataset],
  ['tags', { kind: 'labels' } as Dataset],
])

describe('compiling the screening book', () => {
  it('joins what all lists say now of an address, and leaves out what ended or came later', async () => {
    const { book, addresses } = await compileScreeningBook({
      ...ports(),
      datasets,
      seq: 50,
      seed: [1, 2],
    })
    const names = (address: string) => classNames(book.classesOf(address))
    expect(names(A)).toEqual(['sanctioned', 'exchange'])
    expect(names(B)).toEqual([])
    expect(names('bc1qexample')).toEqual(['mixer'])
    expect(names('bc1qlater')).toEqual([])
    expect([book.count, addresses]).toEqual([2, 4])
  })

  it('leaves out what another list has replaced', async () => {
    const { book } = await compileScreeningBook({
      ...ports(),
      datasets,
      seq: 50,
      seed: [1, 2],
      isReplaced: (row) => row.dataset === 'list_one',
    })
    expect(classNames(book.classesOf(A))).toEqual(['exchange'])
  })

  it('stops when it is told to', async () => {
    const params = { ...ports(), datasets, seq: 50, seed: [1, 2] as const }
    const signal = AbortSignal.abort()
    await expect(compileScreeningBook({ ...params, signal })).rejects.toThrow()
  })
})
