import type { Chunk, Np } from './chunk-type.ts'
import { gerund, infinitive, mainSubject } from './control.ts'
import { isNp, isPlainVerb, isVg, takesClause } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'
import { freeNoun, leftFrom, leftmostAfter, openingComma, previousPred } from './walk.ts'

/** Verbs of movement: `rose by 5%` is no passive. */
const MOVES = new Set(
  'increase decrease decline climb jump drop slip tumble plunge surge soar slump dip edge double triple improve expand shrink narrow widen grow lower end close'.split(
    ' ',
  ),
)

export function subjectOf(p: Parse, pred: Pred): void {
  const { chunks } = p
  const { vg, i } = pred
  const bare = !vg.hasHelper && !vg.isInfinitive
  if (vg.isInfinitive) {
    infinitive(p, pred)
    return
  }
  if (bare && vg.form === 'ing') {
    gerund(p, pred)
    return
  }
  let left = leftFrom(p, i - 1)
  if (bare && (vg.form === 'part' || vg.form === 'ed')) {
    const passive = reduced(p, pred, left)
    if (passive !== undefined) {
      pred.isPassive = true
      pred.subject = passive
      pred.isRelative = true
      return
    }
  }
  const open = chunks[left]?.k === 'comma' ? openingComma(p, left) : undefined
  // `raised ⟨M1⟩ and, riding the boom, was valued at`: over the aside to its "and".
  if (open !== undefined && chunks[open - 1]?.k === 'cc') left = open - 1
  const chunk = chunks[left]
  const isRelative = open !== undefined && chunks[open + 1]?.k === 'rel'
  if (
    chunk?.k === 'cc' ||
    (chunk?.k === 'comma' &&
      !isRelative &&
      (chunks[left - 1]?.k !== 'np' || (open === undefined && !isFreeSubject(p, left - 1))) &&
      isCoordinate(p, pred))
  ) {
    const before = partnerOf(p, pred)
    if (before !== undefined) {
      pred.subject =
        before.isPassive === pred.isPassive || before.vg.hasHelper || !before.isRelative
          ? before.subject
          : []
      if (vg.form === 'base' && before.vg.isInfinitive) {
        pred.governor = before.governor
        pred.governorNoun = before.governorNoun
      } else if (vg.form === 'base' && before.vg.modal !== undefined) pred.governor = before
      // `was fined and ordered`: the helper of the first holds for the second.
      if (
        bare &&
        (vg.form === 'ed' || vg.form === 'part') &&
        before.vg.isPassive &&
        !isNp(chunks[i + 1])
      )
        pred.isPassive = true
      return
    }
  }
  if (chunk?.k === 'rel') {
    pred.isRelative = true
    left = leftFrom(p, left - 1)
    if (chunks[left]?.k === 'comma') left = leftFrom(p, left - 1)
    // `X, which …` in a list of phrases: the nearest noun is what the clause is about.
    // `for which ⟨O1⟩ paid`: the subject stands behind the relative.
    if (isNp(chunks[left]))
      pred.subject =
        p.group(left).length > 1 && !/s$/.test(vg.form) ? p.group(left) : nps(chunks[left])
    return
  }
  const at = freeNoun(p, left)
  if (at !== undefined) pred.subject = p.group(at)
}

const isBy = (chunk: Chunk | undefined) => chunk?.k === 'p' && chunk.w === 'by'

export const nps = (chunk: Chunk | undefined) => (isNp(chunk) ? [chunk] : [])

/** The verb that "and" joins this one to: of the same kind, over a participle between them. */
function partnerOf(p: Parse, pred: Pred): Pred | undefined {
  const isBase = pred.vg.form === 'base' && !pred.vg.hasHelper
  const cc = leftFrom(p, pred.i - 1)
  const main = p.chunks[cc - 1]?.k === 'comma' ? mainBefore(p, cc) : undefined
  if (main !== undefined && !isBase) return main
  for (let k = pred.i - 1; k >= 0; k--) {
    if (p.chunks[k]?.k === 'stop') return undefined
    const other = p.pred(k)
    if (other === undefined || other.isRelative) continue
    if (isBase ? other.vg.form === 'base' : isPlainVerb(other.vg)) return other
  }
  return previousPred(p, pred.i)
}

/** Over a subordinate clause: `ruled the market until others undercut it, and sold …`. */
function mainBefore(p: Parse, cc: number): Pred | undefined {
  for (let k = cc - 1; k >= 0; k--) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'stop') return undefined
    if (chunk?.k === 'sub' && !/^(?:that|as)$/.test(chunk.w)) {
      const main = previousPred(p, k)
      return main !== undefined && isPlainVerb(main.vg) ? main : undefined
    }
  }
  return undefined
}

/** Does the noun phrase in front of the comma stand before any verb of its clause? */
function isFreeSubject(p: Parse, at: number): boolean {
  if ((p.layout.governed[at] ?? -1) >= 0) return false
  return !isVg(p.chunks[leftFrom(p, at - 1)])
}

/** A comma between two verbs of one subject: `bought A, sold B and closed C`. */
function isCoordinate(p: Parse, pred: Pred): boolean {
  const next = p.chunks[pred.i + 1]
  return (
    (isNp(next) || (isVg(next) && next.form === 'ing')) && previousPred(p, pred.i) !== undefined
  )
}

/** The subject of a participle without helper where it is a passive; undefined: it is a past tense. */
function reduced(p: Parse, pred: Pred, left: number): readonly Np[] | undefined {
  const { chunks } = p
  const { vg, i } = pred
  const next = chunks[i + 1]
  const chunk = chunks[left]
  const owner = () => {
    const at = chunk?.k === 'comma' ? leftFrom(p, left - 1) : left
    const np = chunks[at]
    if (!isNp(np)) return undefined
    const apposed = p.layout.apposed.get(at)
    return apposed !== undefined && apposed < at && chunk?.k === 'comma'
      ? nps(chunks[apposed])
      : [np]
  }
  if (chunk === undefined) {
    if (isNp(next) && vg.form !== 'part') return undefined
    return mainSubject(p, i)
  }
  if (vg.form === 'part') return isNp(chunk) || chunk.k === 'comma' ? owner() : undefined
  // `Bitpanda fined in …`, `Kraken fined ⟨M1⟩ by`: headlines leave the helper out.
  // `hit with a fine`, `handed a penalty`.
  if (/^(?:hit|slap)$/.test(pred.lemma) && isNp(chunk) && next?.k === 'p' && next.w === 'with')
    return p.group(left)
  const isSum = isNp(next) && next.money !== undefined && next.head === ''
  const object = chunks[leftmostAfter(p, i)]
  if (SUFFERED.test(pred.lemma) && isNp(chunk) && (!isNp(object) || isSum)) return p.group(left)
  const byAt =
    next?.k === 'p' &&
    next.w === 'by' &&
    !(isNp(chunks[i + 2]) && (chunks[i + 2] as Np).percent !== undefined)
  const byLater = next?.k === 'date' && isBy(chunks[i + 2])
  if ((byAt || byLater) && !MOVES.has(pred.lemma) && (isNp(chunk) || chunk.k === 'comma'))
    return owner()
  if (isNp(chunk)) {
    if (isNp(next) && next.money === undefined) return undefined
    return isObject(p, left) ? [chunk] : undefined
  }
  if (chunk.k === 'comma' && !isNp(next)) {
    // `X, listed in Oslo, said …`: closed by a comma and followed by the verb itself.
    const close = chunks.findIndex((one, k) => k > i && one.k === 'comma')
    if (close > 0 && isPlainVerb(chunks[leftmostAfter(p, close)])) return owner()
    if (previousPred(p, i) !== undefined && next?.k === 'p') return owner()
  }
  return undefined
}

const SUFFERED =
  /^(?:fine|penalise|penalize|sanction|hack|exploit|rob|license|licence|authorise|authorize|ban|blacklist|appoint)$/

/** Is this noun phrase what an earlier verb of the clause acts on? */
function isObject(p: Parse, at: number): boolean {
  for (let k = at - 1; k >= 0; k--) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'stop' || chunk?.k === 'sub' || chunk?.k === 'rel') return false
    if (chunk?.k === 'comma' && !p.layout.asides.has(k)) return false
    if (isVg(chunk)) return !takesClause(chunk)
  }
  return false
}
