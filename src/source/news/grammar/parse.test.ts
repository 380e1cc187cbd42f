import { describe, expect, it } from 'vitest'
import { Masked } from '../mask.ts'
import type { Name } from '../name-kind.ts'
import type { NameSpan } from '../names.ts'
import { parse } from './parse.ts'
import type { Parse, Pred } from './parse-type.ts'
import { statusOf } from './real.ts'

/** Names are given, so that the grammar alone is asked. */
const FIRMS = ['Ardent', 'Helvault', 'Corvex', 'Ostrea']

function read(text: string): Parse {
  const names: NameSpan[] = FIRMS.flatMap((firm) =>
    [...text.matchAll(new RegExp(`${firm}('s)?`, 'g'))].map((match) => {
      const name: Name = {
        name: firm,
        kind: 'org',
        isRegulator: false,
        isAsset: false,
        isVenue: false,
      }
      const end = match.index + firm.length
      return {
        start: match.index,
        end,
        endWhole: match.index + match[0].length,
        possessive: match[1] !== undefined,
        text: firm,
        name,
        afterThe: false,
      }
    }),
  ).sort((a, b) => a.start - b.start)
  const block = { start: 0, end: text.length, kind: 'paragraph' as const }
  const sentence = { start: 0, end: text.length, text, block }
  const context = { subject: undefined, authority: undefined, topic: undefined, publishedAt: null }
  return parse(new Masked(sentence, names, context))
}

function pred(p: Parse, lemma: string): Pred {
  const found = p.preds.find((one) => one.lemma === lemma)
  if (found === undefined) throw new Error(`no verb ${lemma} in: ${p.m.text}`)
  return found
}

const subject = (one: Pred) => one.subject.map(({ name, head }) => name?.name?.name ?? head)
const object = (one: Pred) =>
  (one.objects[0] ?? []).map(({ name, head }) => name?.name?.name ?? head)

describe('the grammar of a masked sentence', () => {
  it('finds who acts and on whom, over descriptions, asides and other clauses', () => {
    for (const text of [
      'Ardent acquired Helvault.',
      'Ardent, a Swiss payments firm, acquired Helvault.',
      'Ardent, which is based in Zug, acquired Helvault.',
      'Ardent, founded in 2011, has quietly acquired Helvault.',
      'After a long hunt Ardent acquired the custodian Helvault for cash.',
    ]) {
      const p = read(text)
      expect(subject(pred(p, 'acquire')), text).toEqual(['Ardent'])
      expect(object(pred(p, 'acquire')), text).toEqual(['Helvault'])
    }
  })

  it('turns a passive round and finds who is behind "by"', () => {
    for (const text of [
      'Helvault was acquired by Ardent.',
      'Helvault, acquired last week by Ardent, is to cut jobs.',
    ]) {
      const one = pred(read(text), 'acquire')
      expect(one.isPassive, text).toBe(true)
      expect(subject(one), text).toEqual(['Helvault'])
      expect(one.pps.find(({ w }) => w === 'by')?.np.name?.name?.name, text).toBe('Ardent')
    }
  })

  it('hands the subject on to joined verbs, infinitives and participles', () => {
    expect(subject(pred(read('Ardent closed its shop and bought Helvault.'), 'buy'))).toEqual([
      'Ardent',
    ])
    expect(subject(pred(read('Ardent agreed on Tuesday to buy Helvault.'), 'buy'))).toEqual([
      'Ardent',
    ])
    expect(subject(pred(read('Ardent expanded fast, buying Helvault.'), 'buy'))).toEqual(['Ardent'])
    expect(subject(pred(read('The court ordered Ardent to pay damages.'), 'pay'))).toEqual([
      'Ardent',
    ])
  })

  it('joins names of a list, and not the subject of the next clause', () => {
    expect(object(pred(read('Ardent hired Helvault, Corvex and Ostrea.'), 'hire'))).toEqual([
      'Helvault',
      'Corvex',
      'Ostrea',
    ])
    expect(object(pred(read('Ardent hired Helvault and Corvex left.'), 'hire'))).toEqual([
      'Helvault',
    ])
  })

  it('tells what happened from what was denied, wished or only thought of', () => {
    const status = (text: string, lemma: string) => {
      const p = read(text)
      return statusOf(p, pred(p, lemma))
    }
    expect(status('Ardent has bought Helvault.', 'buy')).toBe('real')
    expect(status('Ardent will buy Helvault.', 'buy')).toBe('future')
    expect(status('Ardent struck a deal to buy Helvault.', 'buy')).toBe('future')
    for (const text of [
      'Ardent has not bought Helvault.',
      'Ardent could buy Helvault.',
      'Ardent plans to buy Helvault.',
      'Ardent failed in its attempt to buy Helvault.',
      'Ardent denied that it had bought Helvault.',
      'If Ardent buys Helvault, prices will rise.',
      'Ardent is considering buying Helvault.',
    ])
      expect(status(text, 'buy'), text).toBe('unreal')
  })
})
