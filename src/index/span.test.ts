import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, dayText, intervalsOf, knownAt, type RunMark, spansOf } from './span.ts'

const mark = (
  seq: number,
  op: 'assert' | 'retract',
  effective: number,
  runFrom = seq,
): RunMark => ({
  seq,
  op,
  effective,
  runFrom,
})

describe('intervals of a statement', () => {
  it('opens at an assert and closes at the first retract after it', () => {
    expect(intervalsOf([mark(1, 'assert', 10), mark(2, 'retract', 20)])).toEqual([
      { from: 10, to: 20 },
    ])
  })

  it('ignores an assert while open and a retract while closed', () => {
    const marks = [mark(1, 'retract', 5), mark(2, 'assert', 10), mark(3, 'assert', 12)]
    expect(intervalsOf(marks)).toEqual([{ from: 10, to: null }])
  })

  it('reads an older version that is told later in the order of the world', () => {
    const marks = [mark(1, 'assert', 20), mark(2, 'assert', 10), mark(3, 'retract', 15)]
    expect(intervalsOf(marks)).toEqual([
      { from: 10, to: 15 },
      { from: 20, to: null },
    ])
  })

  it('keeps an entry that came and went on one day as an interval without a day', () => {
    expect(intervalsOf([mark(1, 'assert', 10), mark(2, 'retract', 10)])).toEqual([
      { from: 10, to: 10 },
    ])
  })
})

describe('spans of a statement', () => {
  it('gives what was known before a retraction and what was known after it', () => {
    const spans = spansOf([mark(1, 'assert', 10), mark(7, 'retract', 20)])
    expect(knownAt(spans, 6)).toEqual([{ from: 10, to: null, knownFrom: 1, knownTo: 7 }])
    expect(knownAt(spans, 7)).toEqual([{ from: 10, to: 20, knownFrom: 7, knownTo: null }])
    expect(knownAt(spans, 0)).toEqual([])
  })

  it('leaves no span of what only held between two events of one run', () => {
    const spans = spansOf([mark(1, 'assert', 10, 1), mark(2, 'retract', 20, 1)])
    expect(spans).toEqual([{ from: 10, to: 20, knownFrom: 2, knownTo: null }])
  })

  it('says at every state of knowledge exactly what the events until then say', () => {
    const event = fc.record({
      op: fc.constantFrom('assert' as const, 'retract' as const),
      effective: fc.integer({ min: 0, max: 12 }),
      isNewRun: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let runFrom = 1
        const marks = events.map((e, i) => {
          if (e.isNewRun) runFrom = i + 1
          return mark(i + 1, e.op, e.effective, runFrom)
        })
        const spans = spansOf(marks)
        for (let seq = 1; seq <= marks.length; seq++) {
          // A run is committed whole: only its last event is a state that can be asked about.
          if (seq < marks.length && marks[seq]?.runFrom !== seq + 1) continue
          const known = knownAt(spans, seq)
            .map(({ from, to }) => ({ from, to }))
            .sort((a, b) => a.from - b.from || (a.to ?? 1e9) - (b.to ?? 1e9))
          expect(known).toEqual(intervalsOf(marks.slice(0, seq)))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('days', () => {
  it('are numbers that give the day back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }),
        (d) => {
          const day = d.toISOString().slice(0, 10)
          expect(dayText(dayNumber(day))).toBe(day)
        },
      ),
    )
    expect(dayText(dayNumber('1931-07-04'))).toBe('1931-07-04')
  })
})
