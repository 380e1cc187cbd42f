import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRng } from '../base/rng.ts'
import {
  bookShelf,
  classNames,
  emptyScreeningBook,
  openScreeningBook,
  SCREEN_CLASS,
  STOP_CLASSES,
  screeningBookBuilder,
} from './screening-book.ts'

const address = fc
  .array(fc.integer({ min: 0, max: 15 }), { minLength: 40, maxLength: 40 })
  .map((digits) => `0x${digits.map((digit) => digit.toString(16)).join('')}`)
const anyAddress = fc.oneof(address, fc.string({ minLength: 1, maxLength: 60 }))

function build(entries: readonly (readonly [string, number])[], seed: [number, number] = [7, 9]) {
  const builder = screeningBookBuilder({ capacity: entries.length, seed })
  for (const [text, classes] of entries) builder.add(text, classes)
  return builder.finish()
}

describe('the screening book', () => {
  it('answers as a map does, whatever the seed', () => {
    const entry = fc.tuple(anyAddress, fc.integer({ min: 1, max: 2 ** 31 - 1 }))
    const seed = fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1))
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 60 }),
        fc.array(anyAddress),
        seed,
        (list, others, key) => {
          const map = new Map<string, number>()
          for (const [text, classes] of list) map.set(text, (map.get(text) ?? 0) | classes)
          const book = build(list, key)
          expect(book.count).toBe(map.size)
          for (const text of [...map.keys(), ...others]) {
            expect(book.classesOf(text)).toBe(map.get(text) ?? 0)
          }
        },
      ),
    )
  })

  it('reads a key of words as it reads the text', () => {
    const book = build([['0x00000001000000020000000300000004fffffff5', 8]])
    expect(book.classesOfWords(1, 2, 3, 4, 0xfffffff5)).toBe(8)
    expect(book.classesOfWords(1, 2, 3, 4, 0xfffffff6)).toBe(0)
  })

  it.each(['é', 'İ', '漢', '😀', 'g', 'A'])(
    'a text as long as an address with %s in it is itself, among thousands of addresses',
    (odd) => {
      const rng = seededRng(4)
      const digits = () =>
        Math.floor(rng() * 2 ** 32)
          .toString(16)
          .padStart(8, '0')
      const texts = Array.from({ length: 3_000 }, () => `0x${digits().repeat(5)}`)
      const place = 2 + Math.floor(rng() * (41 - odd.length))
      const turned = texts.map((text, i) =>
        i % 100 === 7 ? text.slice(0, place) + odd + text.slice(place + odd.length) : text,
      )
      const book = build(turned.map((text) => [text, 2] as const))
      expect(book.count).toBe(new Set(turned.map((text) => text.toLowerCase())).size)
      for (const text of turned) expect(book.classesOf(text)).toBe(2)
      const gone = texts.filter((text, i) => text !== turned[i]?.toLowerCase())
      for (const text of gone) expect(book.classesOf(text)).toBe(0)
    },
  )

  it('serves another thread from the same memory', () => {
    const book = build([['bc1qexample', 4]])
    expect(openScreeningBook(book.memory).classesOf('bc1qexample')).toBe(4)
  })

  it('addresses that differ in their last byte only do not crowd', () => {
    const prefix = '0x000000000000000000000000000000000000'
    const list = Array.from(
      { length: 4096 },
      (_, i) => [prefix + i.toString(16).padStart(4, '0'), 1] as const,
    )
    const book = build(list, [seededRng(3)() * 2 ** 32, 5])
    for (const [text] of list) expect(book.classesOf(text)).toBe(1)
  })

  it('refuses more than it was made for, and an entry without a class', () => {
    const builder = screeningBookBuilder({ capacity: 1, seed: [1, 1] })
    expect(() => builder.add('a', 0)).toThrow('class')
    builder.add('a', 1)
    expect(() => builder.add('b', 1)).toThrow('entries')
  })

  it('an empty book knows nobody, and a replaced one is gone for the next block', () => {
    const shelf = bookShelf(emptyScreeningBook())
    const old = shelf.current()
    shelf.replace(build([['x', 2]]))
    expect([old.classesOf('x'), shelf.current().classesOf('x')]).toEqual([0, 2])
  })
})

describe('classes', () => {
  it('have one bit each and are named by it', () => {
    const bits = Object.values(SCREEN_CLASS)
    expect(new Set(bits).size).toBe(bits.length)
    expect(bits.every((bit) => bit > 0 && (bit & (bit - 1)) === 0)).toBe(true)
    expect(classNames(SCREEN_CLASS.mixer | SCREEN_CLASS.exchange)).toEqual(['mixer', 'exchange'])
  })

  it('the stop list holds services and no harm', () => {
    expect(classNames(STOP_CLASSES)).toEqual([
      'exchange',
      'bridge',
      'router',
      'service',
      'miner',
      'token',
    ])
  })
})
