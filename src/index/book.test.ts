import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../base/rng.ts'
import { bookFromBytes, buildBook } from './book.ts'

const many = Array.from({ length: 20_000 }, (_, i) => `h:host-${i}.example.top`)

describe('a book', () => {
  it('finds every key that was put in, and only once counts what came twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.integer(), (keys, seed) => {
        const book = buildBook([...keys, ...keys], seed)
        expect(book.count).toBe(new Set(keys).size)
        for (const key of keys) expect(book.has(key)).toBe(true)
      }),
    )
  })

  it('finds none of a million keys that were not put in', () => {
    const book = buildBook(many, 3)
    let found = 0
    for (let i = 0; i < 1_000_000; i++) if (book.has(`h:other-${i}.example.top`)) found++
    expect(found).toBe(0)
  })

  it('finds nothing while it is empty', () => {
    const book = bookFromBytes(buildBook([], 1).toBytes())
    expect([book.count, book.has(''), book.has('h:evil.top')]).toEqual([0, false, false])
  })

  it('takes at most 20 bytes a key', () => {
    expect(buildBook(many, 1).toBytes().length / many.length).toBeLessThan(20)
  })

  it('has the same bytes however its keys were ordered, and others under another seed', () => {
    const rng = seededRng(11)
    const shuffled = [...many]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = intBelow(rng, i + 1)
      const swap = shuffled[i] ?? ''
      shuffled[i] = shuffled[j] ?? ''
      shuffled[j] = swap
    }
    const bytes = Buffer.from(buildBook(many, 9, 'g').toBytes())
    expect(bytes.equals(Buffer.from(buildBook(shuffled, 9, 'g').toBytes()))).toBe(true)
    expect(bytes.equals(Buffer.from(buildBook(many, 10, 'g').toBytes()))).toBe(false)
  })

  it('is the same book after a round trip through bytes', () => {
    const book = buildBook(many, -5, 'ledger 1234 · 世代')
    const copy = bookFromBytes(Buffer.from(book.toBytes()))
    expect([copy.count, copy.generation]).toEqual([many.length, 'ledger 1234 · 世代'])
    expect(many.every((key) => copy.has(key))).toBe(true)
    expect(copy.has('h:not.example.top')).toBe(false)
  })

  it('reports every flipped byte, every cut and every addition as book.damaged', () => {
    const bytes = Buffer.from(buildBook(many.slice(0, 40), 4, 'gen').toBytes())
    const damaged = expect.objectContaining({ code: 'book.damaged' })
    for (let at = 0; at < bytes.length; at++) {
      const broken = Buffer.from(bytes)
      broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8))
      expect(() => bookFromBytes(broken), `byte ${at}`).toThrow(damaged)
    }
    for (let cut = 0; cut < bytes.length; cut += 7) {
      expect(() => bookFromBytes(bytes.subarray(0, cut))).toThrow(damaged)
    }
    expect(() => bookFromBytes(Buffer.concat([bytes, Buffer.alloc(8)]))).toThrow(damaged)
  })

  it('refuses the name of a generation that its header cannot hold', () => {
    expect(() => buildBook([], 1, 'g'.repeat(400))).toThrow(
      expect.objectContaining({ code: 'book.label_too_long' }),
    )
  })

  it('lives in shared memory: a worker that builds it hands it over without a copy', async () => {
    const url = new URL('./book.ts', import.meta.url).href
    const code = `
      const { parentPort } = require('node:worker_threads')
      import('${url}').then(({ buildBook }) =>
        parentPort.postMessage(buildBook(['h:evil.top'], 7, 'from a worker').toBytes()))`
    const worker = new Worker(code, { eval: true })
    const bytes = await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    await worker.terminate()
    const book = bookFromBytes(bytes)
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(book.toBytes()).toBe(bytes)
    expect([book.generation, book.has('h:evil.top')]).toEqual(['from a worker', true])
  })
})
