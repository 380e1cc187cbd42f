import type { Masked, Mention } from '../mask.ts'
import type { Name } from '../name-kind.ts'
import { antecedentOf, argumentsOf } from './argument.ts'
import { chunksOf } from './chunk.ts'
import type { Chunk, Np } from './chunk-type.ts'
import { isNp, isVg, layoutOf } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'
import { subjectOf } from './subject.ts'
import { tagged } from './tag.ts'

export function parse(m: Masked): Parse {
  const layout = layoutOf(chunksOf(tagged(m)))
  const { chunks } = layout
  const places = new Map<Np, number>()
  chunks.forEach((chunk, i) => {
    if (isNp(chunk)) places.set(chunk, i)
  })
  const byPlace = new Map<number, Pred>()
  const preds: Pred[] = []
  const group = (i: number) =>
    (layout.groups[i] ?? [i]).flatMap((k) => {
      const np = chunks[k]
      return isNp(np) ? [np] : []
    })
  const out: Parse = {
    m,
    layout,
    chunks,
    preds,
    pred: (i) => byPlace.get(i),
    group,
    place: (np) => places.get(np) ?? -1,
    label: labelOf(chunks),
    elided: standIn(),
    apposed: (np) => {
      const at = layout.apposed.get(places.get(np) ?? -1)
      const other = at === undefined ? undefined : chunks[at]
      return isNp(other) ? other : undefined
    },
  }
  chunks.forEach((vg, i) => {
    if (!isVg(vg)) return
    const pred: Pred = {
      vg,
      i,
      lemma: vg.lemma,
      isPassive: vg.isPassive,
      subject: [],
      objects: [],
      pps: [],
      after: [],
      governor: undefined,
      governorNoun: undefined,
      lead: undefined,
      isClause: false,
      isRelative: false,
      end: i + 1,
    }
    preds.push(pred)
    byPlace.set(i, pred)
    subjectOf(out, pred)
    if (
      i === 0 &&
      pred.subject.length === 0 &&
      !vg.isInfinitive &&
      vg.form !== 'base' &&
      vg.form !== 'ing'
    ) {
      pred.subject = [elidedNp(out)]
      pred.isPassive = vg.isPassive
      pred.isRelative = false
    }
    argumentsOf(out, pred)
    antecedentOf(out, pred)
  })
  return out
}

const standIn = (): Mention & { name: Name | undefined } => ({
  letter: 'K',
  start: -1,
  end: -1,
  from: 0,
  to: 0,
  name: undefined,
  amount: undefined,
  when: undefined,
  possessive: false,
  text: '',
  afterThe: false,
  quote: 0,
})

function elidedNp(p: Parse): Np {
  return {
    k: 'np',
    at: -1,
    end: -1,
    head: '',
    name: p.elided,
    mods: [],
    owner: undefined,
    ownerHead: undefined,
    money: undefined,
    percent: undefined,
    quantity: undefined,
    date: undefined,
    det: undefined,
    pre: [],
    isPronoun: false,
  }
}

function labelOf(chunks: readonly Chunk[]): Mention | undefined {
  const [np, mark] = chunks
  if (!isNp(np) || np.name === undefined || !'OU'.includes(np.name.letter)) return undefined
  const isMark = (mark?.k === 'comma' || mark?.k === 'stop') && /^[–—:-]$/.test(mark.w)
  return isMark ? np.name : undefined
}
