import { describe, expect, it } from 'vitest'
import { seededRng } from '../src/base/rng.ts'
import { SCREEN } from '../src/score/name/operating-point.ts'
import { distort, type Kind } from './bench/name-cases-distort.ts'
import { readRecordedNames } from './bench/name-cases-lists.ts'
import { OwnEngine } from './bench/name-engine.ts'

const mirror = process.env.CUSTOS_MIRROR

/** Every so many listed entities is asked: enough of each list and script, in seconds. */
const EVERY = 61

/** What the whole scorecard measures (`npm run bench:names`), for a few names at every change. */
describe.runIf(mirror !== undefined && mirror !== '')('names of the recorded lists', () => {
  const names = readRecordedNames(mirror ?? '')
  const engine = new OwnEngine()
  for (const [owner, entity] of names.adverse.entries()) {
    for (const { text, prop } of entity.names) engine.add(text, prop, owner)
  }
  for (const name of names.benign) engine.add(name, 'name', -1)
  const asked = names.adverse
    .map((entity, owner) => ({ entity, owner }))
    .filter((_, at) => at % EVERY === 0)
    .flatMap(({ entity, owner }) =>
      entity.names
        .filter((name) => name.prop === 'name' || name.prop === 'alias')
        .slice(0, 2)
        .map((name) => ({ ...name, isPerson: entity.isPerson, owner })),
    )

  it.each([
    ['same', 1],
    ['legal form', 0.95],
    ['diacritics', 0.95],
    ['swapped parts', 0.95],
    ['typo', 0.9],
  ] as readonly (readonly [Kind, number])[])('are found (%s) in a share of %d', (kind, share) => {
    const rng = seededRng(5)
    const cases = asked.flatMap((name) => {
      const text = distort(kind, name, rng)
      return text === undefined ? [] : [{ text, owner: name.owner, name: name.text }]
    })
    const alike = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
    const found = cases.filter(({ text, owner, name }) =>
      engine
        .find(text, 10)
        .some(
          (hit) =>
            hit.owner === owner || names.adverse[hit.owner]?.names.some((n) => alike(n.text, name)),
        ),
    )
    expect(cases.length).toBeGreaterThan(50)
    expect(found.length / cases.length).toBeGreaterThanOrEqual(share)
  })

  it('are rarely taken for honest firms', () => {
    const listed = new OwnEngine()
    for (const [owner, entity] of names.adverse.entries()) {
      for (const { text, prop } of entity.names) listed.add(text, prop, owner)
    }
    const honest = names.benign.filter((_, at) => at % 10 === 0)
    const wrong = honest.filter((name) => (listed.find(name, 1)[0]?.score ?? 0) >= SCREEN.sure)
    // Some honest firms have the very name of a listed one.
    expect(wrong.length / honest.length).toBeLessThan(0.03)
  })
})
