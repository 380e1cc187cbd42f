import type { Np } from './chunk-type.ts'
import { isNp, isPlainVerb, isVg } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'
import { freeNoun, leftFrom, previousPred } from './walk.ts'

const CONTROL_OBJECT = new Set(
  'order force ask tell allow enable require choose appoint name hire pick tap select help permit authorise authorize license licence instruct urge expect compel invite approve clear elect nominate promote task direct oblige sentence commission recruit contract lure entrust'.split(
    ' ',
  ),
)

/** The first free noun phrase behind the comma: `Founded in 2017, ⟨O1⟩ …`. */
export function mainSubject(p: Parse, i: number): readonly Np[] {
  const comma = p.chunks.findIndex((chunk, k) => k > i && chunk.k === 'comma')
  if (comma < 0) return []
  for (let k = comma + 1; k < p.chunks.length; k++) {
    if (isNp(p.chunks[k])) return (p.layout.governed[k] ?? -1) < 0 ? p.group(k) : []
    if (isVg(p.chunks[k])) return []
  }
  return []
}

export function infinitive(p: Parse, pred: Pred): void {
  const left = leftFrom(p, pred.i - 1)
  const chunk = p.chunks[left]
  let k = left
  // `X to buy Y`, as headlines say it: the infinitive is the verb.
  let verbAt = -1
  while (k >= 0) {
    const one = p.chunks[k]
    if (one?.k === 'stop') break
    if (isVg(one)) {
      verbAt = k
      break
    }
    k -= 1
  }
  const governor = verbAt < 0 ? undefined : p.pred(verbAt)
  if (isNp(chunk) && COMPLEMENT.has(chunk.head)) {
    pred.governorNoun = chunk
    pred.governor = governor
    pred.subject = chunk.owner !== undefined ? [chunk] : (governor?.subject ?? [])
    return
  }
  if (governor === undefined) {
    const at = freeNoun(p, left)
    if (at !== undefined) pred.subject = p.group(at)
    return
  }
  pred.governor = governor
  const object = governor.objects[0]
  if (!governor.isPassive && object !== undefined && CONTROL_OBJECT.has(governor.lemma))
    pred.subject = object
  else pred.subject = governor.subject
}

/** Nouns that an infinitive completes. */
const COMPLEMENT = new Set(
  'deal agreement plan bid offer decision contract right option effort attempt proposal talk order licence license approval permission race intention pledge ambition commitment pact accord settlement mandate move push drive aim request application desire refusal failure ability chance letter memorandum promise vote consent authorisation authorization'.split(
    ' ',
  ),
)

export function gerund(p: Parse, pred: Pred): void {
  const { i } = pred
  const before = p.chunks[i - 1]
  const left = leftFrom(p, i - 1)
  const chunk = p.chunks[left]
  if (before?.k === 'p' || before?.k === 'sub' || chunk?.k === 'p') {
    const lead = before?.k === 'p' || before?.k === 'sub' ? before : chunk
    if (lead?.k === 'p' || lead?.k === 'sub') pred.lead = lead.w
    const main = previousPred(p, i)
    pred.governor = main
    pred.subject = main?.subject ?? mainSubject(p, i)
    if (
      main?.isPassive === false &&
      main.objects[0] !== undefined &&
      /^(?:for|of|from)$/.test(pred.lead ?? '')
    )
      pred.subject = main.objects[0]
    return
  }
  if (isVg(chunk)) {
    pred.governor = p.pred(left)
    pred.subject = pred.governor?.subject ?? []
    return
  }
  if (isNp(chunk)) {
    // `a firm offering …`, `with ⟨O1⟩ leading`.
    pred.subject = p.group(left)
    pred.isRelative = true
    return
  }
  if (chunk === undefined) {
    pred.subject = mainSubject(p, i)
    return
  }
  const main = chunk.k === 'cc' ? previousPred(p, i) : previousFinite(p, i)
  pred.subject = main?.subject ?? []
  if (chunk.k === 'cc') pred.lead = main?.lead
}

function previousFinite(p: Parse, i: number): Pred | undefined {
  for (let k = i - 1; k >= 0; k--) {
    if (p.chunks[k]?.k === 'stop') return undefined
    const pred = p.pred(k)
    if (
      pred !== undefined &&
      !pred.isRelative &&
      (isPlainVerb(pred.vg) || pred.governor !== undefined)
    )
      return pred
  }
  return undefined
}
