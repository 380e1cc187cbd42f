import { intBelow, type Rng } from '../../src/base/rng.ts'

type Json = Record<string, unknown>

/** The two answers about a block, free to be spoilt. */
export interface Answers {
  readonly block: Json
  readonly receipts: Json[]
}

/** What goes over the wire for a batch of two, before and after it is text. */
export interface Wire {
  readonly answers: Answers
  readonly ids: readonly number[]
  readonly rng: Rng
}

export type Mutator = (wire: Wire) => string

const envelope = (id: unknown, result: unknown) => ({ jsonrpc: '2.0', id, result })

function plain({ answers, ids }: Wire): string {
  return JSON.stringify([envelope(ids[0], answers.block), envelope(ids[1], answers.receipts)])
}

/** Spoils the parsed answers; the envelope is right. */
function inside(spoil: (answers: Answers, rng: Rng) => void): Mutator {
  return (wire) => {
    spoil(wire.answers, wire.rng)
    return plain(wire)
  }
}

/** Spoils the envelopes; the answers are right. */
function around(spoil: (list: Json[], rng: Rng) => unknown): Mutator {
  return ({ answers, ids, rng }) => {
    const list = [envelope(ids[0], answers.block), envelope(ids[1], answers.receipts)]
    const spoilt = spoil(list, rng)
    return JSON.stringify(spoilt === undefined ? list : spoilt)
  }
}

const one = <T>(list: readonly T[], rng: Rng) => list[intBelow(rng, list.length)] as T

function flip(object: Json, field: string, rng: Rng): void {
  const text = String(object[field])
  const at = 2 + intBelow(rng, text.length - 2)
  const digit = (Number.parseInt(text[at] ?? '0', 16) + 1 + intBelow(rng, 15)) % 16
  object[field] = text.slice(0, at) + digit.toString(16) + text.slice(at + 1)
}

const txs = ({ block }: Answers) => block.transactions as Json[]
const withLogs = ({ receipts }: Answers) =>
  receipts.filter(({ logs }) => (logs as Json[]).length > 0)
const logsOf = (answers: Answers, rng: Rng) => one(withLogs(answers), rng).logs as Json[]
const HEADER = ['parentHash', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom']
const NUMBERS = ['number', 'timestamp', 'gasUsed', 'gasLimit', 'difficulty']
const TX_FIELDS = ['hash', 'from', 'value', 'input', 'nonce', 'gas', 'maxFeePerGas', 'r', 's']
const WRONG_TYPES: readonly unknown[] = [true, {}, [], -1, 1.5, 'latest', '0xzz', '0x', Number.NaN]

/** Each makes an answer wrong in a way that no honest node would. */
export const MUTATORS: Readonly<Record<string, Mutator>> = {
  'a page with status 200': () => '<!doctype html><title>Welcome</title><p>It works!',
  'an empty body': () => '',
  'a body that breaks off': (wire) => {
    const text = plain(wire)
    return text.slice(0, 1 + intBelow(wire.rng, text.length - 2))
  },
  'a bare NaN': (wire) => plain(wire).replace(/"0x[0-9a-f]+"/, 'NaN'),
  'something behind the end': (wire) => `${plain(wire)}}`,
  noise: ({ rng }) =>
    Array.from({ length: 64 }, () => String.fromCharCode(intBelow(rng, 256))).join(''),
  null: () => 'null',
  'an empty list': () => '[]',
  'an empty object': () => '{}',
  'a text': () => '"ok"',
  'another id': around((list, rng) => {
    one(list, rng).id = 9_000_000 + intBelow(rng, 100)
  }),
  'one id twice': around((list) => {
    const [first, second] = list
    if (first !== undefined && second !== undefined) second.id = first.id
  }),
  'ids as text': around((list) => {
    for (const answer of list) answer.id = String(answer.id)
  }),
  'one answer too few': around((list) => list.slice(0, 1)),
  'one answer too many': around((list) => [...list, list[0]]),
  'an answer without result': around((list, rng) => {
    delete one(list, rng).result
  }),
  'an error that is no object': around((list, rng) => {
    one(list, rng).error = 'broken'
  }),
  'an error with a strange code': around((list, rng) => {
    Object.assign(one(list, rng), { error: { code: 'x', message: 7 } })
  }),
  'answers that are exchanged': around((list) => {
    const [first, second] = list as [Json, Json]
    Object.assign(first, { result: second.result, ...{} })
    second.result = {}
  }),
  'answers that are no objects': around(() => [1, 'two']),
  'no block': ({ answers, ids }) =>
    JSON.stringify([envelope(ids[0], null), envelope(ids[1], answers.receipts)]),
  'no receipts': ({ answers, ids }) =>
    JSON.stringify([envelope(ids[0], answers.block), envelope(ids[1], null)]),
  'a digit of the hash': inside(({ block }, rng) => flip(block, 'hash', rng)),
  'a digit of the header': inside(({ block }, rng) => flip(block, one(HEADER, rng), rng)),
  'a number of the header': inside(({ block }, rng) => {
    const field = one(NUMBERS, rng)
    block[field] =
      `0x${(BigInt(String(block[field])) + 1n + BigInt(intBelow(rng, 99))).toString(16)}`
  }),
  'a header field left out': inside(({ block }, rng) => {
    delete block[one([...HEADER, 'number', 'hash', 'timestamp'], rng)]
  }),
  'a field of another type': inside((answers, rng) => {
    const object = one([answers.block, ...txs(answers)], rng)
    const fields = object === answers.block ? ['number', 'hash', 'timestamp'] : TX_FIELDS
    object[one(fields, rng)] = one(WRONG_TYPES, rng)
  }),
  'an amount beyond 256 bits': inside((answers, rng) => {
    one(txs(answers), rng).value = `0x1${'f'.repeat(64 + intBelow(rng, 900))}`
  }),
  'a huge field': inside(({ block }) => {
    block.extraData = `0x${'ab'.repeat(200_000)}`
  }),
  'lists without end': inside(({ block }) => {
    let deep: unknown = []
    for (let i = 0; i < 2_000; i += 1) deep = [deep]
    block.transactions = deep
  }),
  'a transaction left out': inside((answers, rng) => {
    txs(answers).splice(intBelow(rng, txs(answers).length), 1)
  }),
  'a transaction twice': inside((answers, rng) => {
    txs(answers).push(structuredClone(one(txs(answers), rng)))
  }),
  'transactions in another order': inside((answers) => {
    txs(answers).reverse()
  }),
  'a transaction field left out': inside((answers, rng) => {
    delete one(txs(answers), rng)[one(TX_FIELDS, rng)]
  }),
  'a transaction field changed': inside((answers, rng) => {
    flip(one(txs(answers), rng), one(['hash', 'from', 'to', 'blockHash'], rng), rng)
  }),
  'another amount': inside((answers, rng) => {
    const tx = one(txs(answers), rng)
    tx.value = `0x${(BigInt(String(tx.value)) + 1n).toString(16)}`
  }),
  'a receipt left out': inside(({ receipts }, rng) => {
    receipts.splice(intBelow(rng, receipts.length), 1)
  }),
  'a receipt twice': inside(({ receipts }, rng) => {
    receipts.push(structuredClone(one(receipts, rng)))
  }),
  'receipts in another order': inside(({ receipts }) => {
    receipts.reverse()
  }),
  'a receipt of another block': inside(({ receipts }, rng) => {
    flip(one(receipts, rng), one(['blockHash', 'transactionHash', 'from', 'to'], rng), rng)
  }),
  'a failed transaction shown as done': inside(({ receipts }, rng) => {
    const receipt = one(receipts, rng)
    receipt.status = receipt.status === '0x1' ? '0x0' : '0x1'
  }),
  'a log left out': inside((answers, rng) => {
    logsOf(answers, rng).pop()
  }),
  'all logs left out': inside(({ receipts }) => {
    for (const receipt of receipts) receipt.logs = []
  }),
  'a log twice': inside((answers, rng) => {
    const logs = logsOf(answers, rng)
    logs.push(structuredClone(one(logs, rng)))
  }),
  'a log of another contract': inside((answers, rng) => {
    flip(one(logsOf(answers, rng), rng), 'address', rng)
  }),
  'a log with another amount': inside((answers, rng) => {
    flip(one(logsOf(answers, rng), rng), 'data', rng)
  }),
  'a log with another topic': inside((answers, rng) => {
    const topics = one(logsOf(answers, rng), rng).topics as string[]
    const holder: Json = { topic: topics[0] }
    flip(holder, 'topic', rng)
    topics[0] = String(holder.topic)
  }),
  'a log with another index': inside((answers, rng) => {
    const log = one(logsOf(answers, rng), rng)
    log.logIndex = `0x${(1_000 + intBelow(rng, 1_000)).toString(16)}`
  }),
  'a log of a removed block': inside((answers, rng) => {
    one(logsOf(answers, rng), rng).removed = true
  }),
  'a log of another transaction': inside((answers, rng) => {
    flip(one(logsOf(answers, rng), rng), one(['transactionHash', 'blockHash'], rng), rng)
  }),
}
