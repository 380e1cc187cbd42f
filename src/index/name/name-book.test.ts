import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../base/rng.ts'
import { foldName } from '../../model/name.ts'
import { NameBook } from './name-book.ts'

const GIVEN = ['usama', 'ivan', 'maria', 'chen', 'fatima', 'peter', 'olga', 'hassan', 'juan', 'kim']
const FAMILY = [
  'ladin',
  'petrov',
  'garcia',
  'rahman',
  'schneider',
  'kowalski',
  'zawahiri',
  'nguyen',
]

function bookOf(names: readonly string[]): NameBook {
  const book = new NameBook()
  for (const [i, name] of names.entries()) {
    book.add({ sid: i + 1, prop: 'name', text: foldName(name) })
  }
  return book
}

/** Many names that share their words, so that rarity decides. */
function crowd(count: number): string[] {
  const rng = seededRng(3)
  const pick = (list: readonly string[]) => list[intBelow(rng, list.length)] ?? ''
  return Array.from({ length: count }, (_, i) => `${pick(GIVEN)} ${pick(FAMILY)} unit${i}`)
}

describe('a book of names', () => {
  const book = bookOf([...crowd(3_000), 'Bartholomew Quicksilver', 'Coinbase Luxembourg S.A.'])
  const first = (asked: string) => book.candidates(foldName(asked), 5)[0]?.text

  it('finds a name with a typo, in another order, or with a part missing', () => {
    expect(first('Bartholomew Quicksilver')).toBe('bartholomew quicksilver')
    expect(first('Bartolomew Quiksilver')).toBe('bartholomew quicksilver')
    expect(first('Quicksilver, Bartholomew')).toBe('bartholomew quicksilver')
    expect(first('Quicksilver')).toBe('bartholomew quicksilver')
  })

  it('finds a name that is split into words in another way', () => {
    expect(first('coin base')).toBe('coinbase luxembourg sa')
    expect(first('coinbase')).toBe('coinbase luxembourg sa')
  })

  it('gives at most what was asked for, each name once, and nothing for nothing', () => {
    const found = book.candidates('usama ladin', 50)
    expect(found.length).toBe(50)
    expect(new Set(found.map((entry) => entry.sid)).size).toBe(50)
    expect(book.candidates('', 5)).toEqual([])
    expect(book.candidates('xxyyzzqq', 5)).toEqual([])
  })

  it('answers the same to the same question', () => {
    expect(book.candidates('ivan petrov', 20)).toEqual(book.candidates('ivan petrov', 20))
  })
})

describe('a book of names in many scripts', () => {
  const names = [
    'International Business Machines Corporation',
    'John Robert Quillfeather',
    'Мухаммад Рахимов',
    '北京示例科技有限公司',
    '정하늘',
    'Example Holdings Limited',
    'Aleksandr Oblomovsky',
    'Oscar Zeta Ltd',
  ]
  const book = bookOf([...crowd(2_000), ...names])
  const finds = (asked: string, wanted: string) =>
    book.candidates(foldName(asked), 10).some((entry) => entry.text === foldName(wanted))

  it.each([
    ['IBM', 'International Business Machines Corporation'],
    ['J. R. Quillfeather', 'John Robert Quillfeather'],
    ['Mohammed Rahimov', 'Мухаммад Рахимов'],
    ['محمد رحيموف', 'Мухаммад Рахимов'],
    ['Beijing Shili Keji', '北京示例科技有限公司'],
    ['beijingshilikeji', '北京示例科技有限公司'],
    ['Jung Ha Neul', '정하늘'],
    ['Exampleholdings', 'Example Holdings Limited'],
    ['Ex ample Holdings', 'Example Holdings Limited'],
    ['Олександр Обломовський', 'Aleksandr Oblomovsky'],
    ['Оѕсаr Zеtа', 'Oscar Zeta Ltd'],
  ])('finds %s as %s', (asked, wanted) => {
    expect(finds(asked, wanted)).toBe(true)
  })

  it('finds a name that is added after others were asked for', () => {
    const grown = bookOf(['Alpha Beta'])
    expect(grown.candidates('gamma delta', 5)).toEqual([])
    grown.add({ sid: 2, prop: 'alias', text: 'gamma delta' })
    const entry = { sid: 2, prop: 'alias', text: 'gamma delta', isAdverse: false }
    expect(grown.candidates('gama delta', 5)).toEqual([entry])
  })
})

describe('adverse names and others', () => {
  const flooded = (flood: boolean) => {
    const book = new NameBook()
    for (let sid = 1; sid <= 3_000; sid++) {
      book.add({ sid, prop: 'name', text: `orion partners unit${sid % 40}`, isAdverse: flood })
    }
    book.add({ sid: 9_000, prop: 'name', text: 'orion partner', isAdverse: !flood })
    return book
  }

  it.each([true, false])('never push each other out of the answer', (flood) => {
    const answer = flooded(flood).candidates('orion partners', 20)
    expect(answer).toHaveLength(20)
    expect(answer.map((entry) => entry.sid)).toContain(9_000)
  })

  it('keep the same letters in front, whoever bears them', () => {
    const book = flooded(true)
    book.add({ sid: 9_001, prop: 'name', text: 'orion partners gmbh', isAdverse: false })
    expect(book.candidates('orion partners', 20)[0]?.sid).toBe(9_001)
  })
})

describe('an input that means harm', () => {
  const book = bookOf(crowd(20_000))
  /** No input may cost more (the aim of the product); a busy machine is given some room. */
  const WORST_MS = 50
  const spent = (text: string) => {
    const start = performance.now()
    book.candidates(foldName(text), 150)
    return performance.now() - start
  }

  it.each([
    ['one character', 'a'],
    ['2,048 letters', 'a'.repeat(2_048)],
    ['2,048 letters in words', 'maria ivan chen olga '.repeat(98)],
    ['2,048 Han characters', '科'.repeat(2_048)],
    ['digits only', '1234567890'.repeat(20)],
    ['emoji', '😀👩‍👩‍👧‍👦🏴‍☠️'.repeat(60)],
    ['marks of direction', '\u202emaria\u202c \u2066petrov\u2069'.repeat(50)],
    ['nothing that is drawn', '\u200b\u200d\ufeff\u00ad'.repeat(400)],
    ['a flood of combining marks', `m${'\u0301'.repeat(500)}aria${'\u0336'.repeat(500)}`],
    ['mixed scripts', 'Маriа 北京 محمد Ολγα 김 ქართ'.repeat(20)],
    ['a joined text of known words', 'mariaivanchenolga'.repeat(30)],
  ])('is answered in time: %s', (_what, text) => {
    spent(text)
    expect(Math.min(spent(text), spent(text))).toBeLessThan(WORST_MS)
  })

  it('never throws, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const answer = book.candidates(foldName(text), 20)
        expect(answer.length).toBeLessThanOrEqual(20)
      }),
    )
  })

  it('finds nothing where nothing is asked', () => {
    for (const text of ['', ' ', '\u200b', '—', '😀']) {
      expect(book.candidates(foldName(text), 10)).toEqual([])
    }
  })
})

describe('one slip in a listed name', () => {
  it('hides hardly any from the first candidates', () => {
    const rng = seededRng(11)
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const word = () =>
      Array.from({ length: 5 + intBelow(rng, 5) }, () => letters[intBelow(rng, 26)]).join('')
    const names = Array.from({ length: 3_000 }, () => `${word()} ${word()}`)
    const own = bookOf(names)
    let found = 0
    for (const name of names.slice(0, 500)) {
      const at = intBelow(rng, name.length)
      const asked = foldName(name.slice(0, at) + letters[intBelow(rng, 26)] + name.slice(at + 1))
      if (own.candidates(asked, 10).some((entry) => entry.text === name)) found += 1
    }
    expect(found / 500).toBeGreaterThanOrEqual(0.98)
  })
})
