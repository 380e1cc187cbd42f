import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, type GeneratedBlock, generateBlock } from '../../../test/support/evm-blocks.ts'
import { AppError } from '../../base/error.ts'
import { intBelow, type Rng, seededRng } from '../../base/rng.ts'
import { SCREEN_CLASS, screeningBookBuilder } from '../../model/screening-book.ts'
import { packBlock, unpackBlock } from '../packed.ts'
import { scorePacked } from '../packed-score.ts'
import { decodeAnswers } from './answers.ts'
import { packAnswers, scanAnswers } from './scan.ts'

const CHAIN = 'eip155:1'

const made = (seed: number, transactions = 6) =>
  generateBlock(seededRng(seed), { number: 1 + (seed % 1000), transactions })

/** What the slow path gives: rows, or the code of its error. */
function slow(answers: { block: Buffer; receipts: Buffer }): string {
  try {
    return packBlock(decodeAnswers({ chain: CHAIN, ...answers })).toString('hex')
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

function whole(answers: { block: Buffer; receipts: Buffer }): string {
  try {
    return packAnswers({ chain: CHAIN, ...answers }).toString('hex')
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

function fast(answers: { block: Buffer; receipts: Buffer }): string | null {
  return scanAnswers({ chain: CHAIN, ...answers })?.toString('hex') ?? null
}

describe('the scanner', () => {
  it('gives the bytes of the slow path on blocks as nodes send them, without giving up', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const answers = answersOf(made(seed, 12))
        expect(fast(answers)).toBe(slow(answers))
      }),
      { numRuns: 300 },
    )
  })

  it('gives them with keys in any order, white space, capitals, numbers and extra members', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rng = seededRng(seed)
        const answers = rewritten(made(seed), rng)
        const got = fast(answers)
        // A number of 2^53 and more is read by the slow path only.
        if (got !== null) expect(got).toBe(slow(answers))
        expect(whole(answers)).toBe(slow(answers))
      }),
      { numRuns: 500 },
    )
  })

  it('does what the slow path does with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(255), fc.boolean(), (seed, place, byte, isBlock) => {
        const answers = answersOf(made(seed, 3))
        const bad = isBlock ? answers.block : answers.receipts
        bad[place % bad.length] = byte
        expect(whole(answers)).toBe(slow(answers))
      }),
      { numRuns: 3000 },
    )
  })

  it('does what the slow path does with any member changed, gone or repeated', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const block = made(seed, 3)
        const answers = mutated(block, seededRng(seed ^ 0x5bd1))
        expect(whole(answers)).toBe(slow(answers))
      }),
      { numRuns: 3000 },
    )
  })

  it('does what the slow path does with an answer cut anywhere', () => {
    const answers = answersOf(made(5, 2))
    for (let length = 0; length < answers.block.length; length += 7) {
      const cut = { ...answers, block: answers.block.subarray(0, length) }
      expect(whole(cut)).toBe(slow(cut))
    }
  })

  it('tells `removed` from `address`, which are of one length', () => {
    const answers = answersOf(made(9, 12))
    const text = answers.receipts
      .toString()
      .replaceAll(/"address":("0x\w+")(.*?),"removed":false/g, '"removed":false$2,"address":$1')
    const turned = { ...answers, receipts: Buffer.from(text) }
    expect(text).not.toBe(answers.receipts.toString())
    expect(fast(turned)).toBe(fast(answers))
    expect(fast(turned)).not.toBeNull()
  })

  it('a unit of time that is no text is read as it stands', () => {
    const answers = answersOf(made(3, 4))
    const text = answers.block
      .toString()
      .replaceAll(/"timestamp":"0x\w+"/g, '"timestamp":1700000023')
    const changed = { ...answers, block: Buffer.from(text) }
    expect(fast(changed)).toBe(slow(changed))
    expect(unpackBlock(Buffer.from(fast(changed) ?? '', 'hex'), CHAIN).at).toBe(1_700_000_023)
  })
})

describe('packed rows', () => {
  it('give back the block that was packed', () => {
    for (let seed = 0; seed < 100; seed++) {
      const block = decodeAnswers({ chain: CHAIN, ...answersOf(made(seed, 20)) })
      expect(unpackBlock(packBlock(block), CHAIN)).toEqual(block)
    }
  })

  it('are scored as the objects are', () => {
    const block = decodeAnswers({ chain: CHAIN, ...answersOf(made(77, 40)) })
    const parties = block.transfers.flatMap(({ from, to, token }) => [from, to, token])
    const known = parties.filter((text, i) => text !== null && i % 3 === 0) as string[]
    const builder = screeningBookBuilder({ capacity: known.length, seed: [3, 4] })
    for (const text of known) builder.add(text, SCREEN_CLASS.scam)
    const book = builder.finish()
    const hits = scorePacked(packBlock(block), book)
    const { transfers, transactions, events } = block
    for (const { table, row, column, classes } of hits) {
      const rows = { transaction: transactions, transfer: transfers, event: events }[table]
      const cell = (rows[row] as unknown as Record<string, string>)[column] ?? ''
      expect(classes).toBe(book.classesOf(cell))
    }
    const columns = transfers.flatMap(({ from, to, token }) => [from, to, token])
    const expected = columns.filter((text) => text !== null && book.classesOf(text) !== 0).length
    expect(hits.filter(({ table }) => table === 'transfer').length).toBe(expected)
    expect(expected).toBeGreaterThan(10)
  })
})

const NUMBERS =
  /^(number|timestamp|nonce|gas|transactionIndex|logIndex|gasUsed|status|blockNumber)$/

/** The same block, written by another node. */
function rewritten(block: GeneratedBlock, rng: Rng): { block: Buffer; receipts: Buffer } {
  const space = () => [' ', '', '\n\t', '', '\r\n'][intBelow(rng, 5)] ?? ''
  const write = (value: unknown, key: string): string => {
    if (Array.isArray(value)) return `[${value.map((item) => space() + write(item, '')).join(',')}]`
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).filter(([name]) => name !== 'blockHash' || rng() < 0.5)
      if (rng() < 0.3) members.push([`extra${intBelow(rng, 9)}`, extraValue(rng)])
      members.sort(() => rng() - 0.5)
      return `{${members
        .map(([name, item]) => `${space()}"${name}"${space()}:${space()}${write(item, name)}`)
        .join(`${space()},`)}${space()}}`
    }
    if (typeof value === 'string' && NUMBERS.test(key) && rng() < 0.3) return String(Number(value))
    if (typeof value === 'string' && key !== '' && rng() < 0.2) {
      return JSON.stringify(value.toUpperCase().replace(/^0X/, '0x'))
    }
    return JSON.stringify(value)
  }
  const answer = (result: unknown) =>
    Buffer.from(`${space()}${write({ jsonrpc: '2.0', id: 1, result }, '')}${space()}`)
  return { block: answer(block.block), receipts: answer(block.receipts) }
}

function extraValue(rng: Rng): unknown {
  const values = [
    null,
    true,
    false,
    12,
    1.5,
    'x',
    'a "quoted" \\ text',
    'ü',
    [],
    {},
    [{ a: [1] }],
    -3,
  ]
  return values[intBelow(rng, values.length)]
}

const ODD = ['null', '0', '-1', '1.5', '1e3', '""', '"0x"', '"0xZZ"', '[]', '{}', 'true', '"0x0"']
const ODDER = ['9007199254740993', '01', '"\\u0030x1"', '[[]]', '{"a":1}', 'nul', '"0x00"', '7']

/** One member of the text becomes another, is dropped or stands twice. */
function mutated(made: GeneratedBlock, rng: Rng): { block: Buffer; receipts: Buffer } {
  const answers = answersOf(made)
  const isBlock = rng() < 0.5
  const text = (isBlock ? answers.block : answers.receipts).toString()
  const members = [...text.matchAll(/"(\w+)":("[^"]*"|\w+)/g)]
  const member = members[intBelow(rng, members.length)]
  if (member === undefined) return answers
  const other = [...ODD, ...ODDER][intBelow(rng, ODD.length + ODDER.length)] ?? 'null'
  const replacement =
    [`"${member[1]}":${other}`, `"gone":1`, `${member[0]},${member[0]}`][intBelow(rng, 3)] ?? ''
  const changed =
    text.slice(0, member.index) + replacement + text.slice(member.index + member[0].length)
  return { ...answers, [isBlock ? 'block' : 'receipts']: Buffer.from(changed) }
}
