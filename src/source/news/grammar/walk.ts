import { isNp, isPlainVerb, isVg } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'

export function leftFrom(p: Parse, from: number): number {
  let k = from
  while (k >= 0) {
    const chunk = p.chunks[k]
    if (chunk?.k !== 'adv' && chunk?.k !== 'date' && chunk?.k !== 'neg' && chunk?.k !== 'adj') {
      if (chunk?.k === 'p' && p.chunks[k + 1]?.k === 'date') k -= 1
      else return k
    } else k -= 1
  }
  return k
}

/** Leftwards to the noun phrase that no preposition governs, over asides. */
export function freeNoun(p: Parse, from: number): number | undefined {
  const { chunks, layout } = p
  let k = from
  let guard = 0
  while (k >= 0 && guard++ < 60) {
    const chunk = chunks[k]
    if (chunk === undefined) return undefined
    if (isNp(chunk)) {
      const prep = layout.governed[k] ?? -1
      const start = layout.groups[k]?.[0] ?? k
      const startPrep = layout.governed[start] ?? -1
      if (
        layout.asides.get(k) !== undefined &&
        layout.apposed.has(k) &&
        (layout.apposed.get(k) ?? k) < k
      ) {
        k = layout.apposed.get(k) ?? k - 1
        continue
      }
      if (startPrep >= 0) k = leftFrom(p, startPrep - 1)
      else if (prep >= 0) k = leftFrom(p, prep - 1)
      else {
        const antecedent = beforeRelative(p, start)
        if (antecedent === undefined) return start
        k = antecedent
      }
      continue
    }
    if (chunk.k === 'comma') {
      const open = openingComma(p, k)
      if (open === undefined) return undefined
      k = leftFrom(p, open - 1)
      continue
    }
    if (isVg(chunk) && !isPlainVerb(chunk)) {
      // `a firm offering services has …`: over the participle to its noun.
      k = leftFrom(p, k - 1)
      continue
    }
    if (isVg(chunk) && chunk.form === 'ed' && !chunk.hasHelper && p.pred(k)?.isRelative === true) {
      k = leftFrom(p, k - 1)
      continue
    }
    if (chunk.k === 'p') {
      k = leftFrom(p, k - 1)
      continue
    }
    return undefined
  }
  return undefined
}

/** An object inside `X that had come to own most of Y` is not the subject of what follows: X is. */
function beforeRelative(p: Parse, at: number): number | undefined {
  if (!isVg(p.chunks[leftFrom(p, at - 1)])) return undefined
  for (let k = at - 1; k > 0; k--) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'comma' || chunk?.k === 'stop' || chunk?.k === 'sub' || chunk?.k === 'cc')
      return undefined
    if (chunk?.k === 'rel') return leftFrom(p, k - 1)
  }
  return undefined
}

/** The comma that opens the aside which ends at this one. */
export function openingComma(p: Parse, close: number): number | undefined {
  for (let k = close - 1; k > 0; k--) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'stop') return undefined
    if (chunk?.k !== 'comma') continue
    const next = p.chunks[k + 1]
    if (next === undefined) return undefined
    const isAside =
      next.k === 'rel' ||
      next.k === 'p' ||
      next.k === 'date' ||
      next.k === 'adv' ||
      next.k === 'adj' ||
      next.k === 'sub' ||
      next.k === 'cc' ||
      (isVg(next) && !isPlainVerb(next)) ||
      (isVg(next) && !next.hasHelper) ||
      (isNp(next) && p.layout.asides.has(k))
    if (isAside) return k
    if (isNp(next) && next.head === '' && (next.name === undefined || next.name.letter === 'L'))
      return k
  }
  return undefined
}

export function leftmostAfter(p: Parse, at: number): number {
  let k = at + 1
  while (['adv', 'date'].includes(p.chunks[k]?.k ?? '')) k += 1
  return k
}

export function previousPred(p: Parse, i: number): Pred | undefined {
  for (let k = i - 1; k >= 0; k--) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'stop') return undefined
    const pred = p.pred(k)
    if (pred !== undefined && !pred.isRelative) return pred
  }
  return undefined
}
