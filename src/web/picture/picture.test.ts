import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictMark } from '../part/mark.ts'
import { Canvas } from './canvas.ts'
import { CARD_HEIGHT, CARD_WIDTH, MARK_PATHS, titleCard, verdictCard } from './card.ts'
import { outlineOf, ringOf } from './outline.ts'
import { pngOf } from './png.ts'
import { createPictureStore, etagOf } from './store.ts'
import {
  askedDrawn,
  cutMiddle,
  lines,
  nameDrawn,
  sentenceDrawn,
  type Type,
  widthOf,
} from './words.ts'

const TYPE: Type = { weight: '400', size: 34 }
const VERDICTS = ['danger', 'warning', 'no_adverse_evidence', 'unknown'] as const

/** Share of the picture that has the ink, at least in part. */
function inked(canvas: Canvas, ground: number): number {
  return canvas.pixels.filter((pixel) => pixel !== ground).length
}

describe('an outline', () => {
  it('covers its area to the pixel, and half a pixel at half a pixel', () => {
    const canvas = new Canvas(10, 10, 0xffffff)
    canvas.fill(outlineOf('M2 2h4v4h-4z'), 0)
    expect(inked(canvas, 0xffffff)).toBe(16)
    const half = new Canvas(4, 4, 0xffffff)
    half.rectangle(1, 1, 1.5, 1, 0)
    expect([half.pixels[5], (half.pixels[6] ?? 0) & 255]).toEqual([0, 119])
  })

  it('cuts a hole where a contour turns the other way', () => {
    const canvas = new Canvas(50, 50, 0xffffff)
    canvas.fill(ringOf({ centre: 25, radius: 20, width: 4 }), 0)
    expect(canvas.pixels[25 * 50 + 25]).toBe(0xffffff)
    expect(canvas.pixels[25 * 50 + 45]).toBe(0)
  })

  it('outside of the picture draws nothing and breaks nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 6, maxLength: 20 }),
        (all) => {
          const points = all.slice(0, all.length - (all.length % 2))
          const canvas = new Canvas(20, 20, 0xffffff)
          canvas.fill([points], 0)
          canvas.rectangle(0, 0, 20, 20, 0x123456)
          return canvas.pixels.every((pixel) => pixel === 0x123456)
        },
      ),
    )
  })

  it('of an unknown command is refused: half a mark would be another mark', () => {
    expect(() => outlineOf('M0 0T4 4')).toThrow('not drawn')
    expect(() => outlineOf('M0 0L4')).toThrow('too early')
  })
})

describe('a PNG', () => {
  it('gives back every pixel', async () => {
    const pixels = Uint32Array.from({ length: 12 }, (_, at) => at * 0x111111)
    const png = Buffer.from(await pngOf(pixels, 4, 3))
    expect(png.readUInt32BE(16)).toBe(4)
    expect(png.readUInt32BE(20)).toBe(3)
    const palette = png.subarray(png.indexOf('PLTE') + 4)
    const at = png.indexOf('IDAT')
    const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
    const back = [0, 1, 2].flatMap((y) => [...rows.subarray(y * 5 + 1, y * 5 + 5)])
    expect(back.map((place) => palette.readUIntBE(place * 3, 3))).toEqual([...pixels])
  })

  it('of more colours than a palette holds takes the nearest', async () => {
    const png = await pngOf(
      Uint32Array.from({ length: 400 }, (_, at) => at),
      20,
      20,
    )
    expect(png.length).toBeGreaterThan(800)
  })
})

describe('a mark on a picture', () => {
  it('is the mark of the pages', () => {
    for (const verdict of VERDICTS) {
      const shown = String(verdictMark(verdict)).replace(/\s+/g, ' ')
      for (const path of MARK_PATHS[verdict]) expect(shown).toContain(path)
    }
    expect(String(verdictMark('no_adverse_evidence'))).toMatch(/<circle[^>]*r="19"/)
  })

  it('differs by shape for every verdict, also without colour', () => {
    const shapes = VERDICTS.map((verdict) => {
      const card = { verdict, word: '', asked: { text: '', isAid: false }, sentence: '', day: '' }
      const { pixels, width } = verdictCard({ ...card, isDemo: false })
      const ground = pixels[20 * width] ?? 0
      const rows: string[] = []
      for (let y = 64; y < 240; y += 8) {
        for (let x = 72; x < 248; x += 8) rows.push(pixels[y * width + x] === ground ? '.' : '#')
      }
      return rows.join('')
    })
    expect(new Set(shapes).size).toBe(4)
  })
})

describe('what was asked', () => {
  const readings = (subject: string) => [
    { kind: 'domain' as const, subject, form: 'host', chains: [], checksum: 'none' as const },
  ]

  it('is drawn as it was asked where it is plain', () => {
    const asked = {
      query: 'Example.ORG',
      kind: 'domain' as const,
      readings: readings('example.org'),
    }
    expect(askedDrawn(asked)).toEqual({ text: 'Example.ORG', isAid: false })
  })

  it('is never drawn as the host that it imitates', () => {
    const query = '\u0440\u0430ypal.com'
    const asked = { query, kind: 'domain' as const, readings: readings('xn--ypal-43d9g.com') }
    expect(askedDrawn(asked).text).toBe('xn--ypal-43d9g.com')
  })

  it('is a host when the address of a page is long', () => {
    const subject = `bank.example.${'a'.repeat(60)}.test/${'b'.repeat(90)}`
    const asked = { query: `https://${subject}`, kind: 'url' as const, readings: readings(subject) }
    expect(askedDrawn(asked).text).toMatch(/\.test$/)
  })

  it('is a reading aid that says so for a name in another script', () => {
    expect(nameDrawn('Сбер')).toEqual({ text: 'Sber', isAid: true })
    expect(nameDrawn('Société Générale')).toEqual({ text: 'Société Générale', isAid: false })
    expect(nameDrawn('\u202ea\u200bb\u0000')).toEqual({ text: 'ab', isAid: false })
  })

  it('is cut in the middle, and both ends stay', () => {
    const cut = cutMiddle(`start${'x'.repeat(300)}end`, TYPE, 600)
    expect(cut).toMatch(/^start.*….*end$/)
    expect(widthOf(cut, TYPE)).toBeLessThanOrEqual(600)
  })
})

describe('any text at all', () => {
  it('is drawn without an error, on a picture of the same size', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc.constantFrom(...VERDICTS),
        (text, verdict) => {
          const foot = { day: text, isDemo: true }
          const asked = nameDrawn(text)
          const canvas = verdictCard({ verdict, word: 'Danger', asked, sentence: text, ...foot })
          titleCard({ kind: text, title: asked, source: text, ...foot })
          return canvas.width === CARD_WIDTH && canvas.height === CARD_HEIGHT
        },
      ),
      { numRuns: 15 },
    )
  })

  it('stays within its lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const rows = lines(sentenceDrawn(text), TYPE, 900, 2)
        return rows.length <= 2 && rows.every((row) => widthOf(row, TYPE) <= 900)
      }),
    )
  })
})

describe('pictures that are kept', () => {
  const draw = () => new Canvas(8, 8, 0)

  it('are drawn once for all who ask at the same time', async () => {
    let drawn = 0
    const store = createPictureStore()
    const count = () => {
      drawn += 1
      return draw()
    }
    await Promise.all(Array.from({ length: 20 }, () => store.png('a', count)))
    await store.png('a', count)
    expect(drawn).toBe(1)
  })

  it('hold a bounded number of bytes, the longest unasked forgotten first', async () => {
    let drawn: string[] = []
    const one = (await pngOf(draw().pixels, 8, 8)).length
    const store = createPictureStore(one * 2)
    const ask = (name: string) =>
      store.png(name, () => {
        drawn.push(name)
        return draw()
      })
    for (const name of ['a', 'b', 'a', 'c']) await ask(name)
    drawn = []
    for (const name of ['a', 'c', 'b']) await ask(name)
    expect(drawn).toEqual(['b'])
  })

  it('are refused, not queued without end', async () => {
    const store = createPictureStore()
    const asked = Array.from({ length: 100 }, (_, at) => store.png(String(at), draw))
    const answers = await Promise.all(asked)
    expect(answers.filter((png) => png === undefined)).toHaveLength(36)
  })

  it('are named by what is drawn on them', () => {
    expect(etagOf({ a: 1 })).toBe(etagOf({ a: 1 }))
    expect(etagOf({ a: 1 })).not.toBe(etagOf({ a: 2 }))
  })
})
