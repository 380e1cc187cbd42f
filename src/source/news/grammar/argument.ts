import type { Chunk, Vg } from './chunk-type.ts'
import { isNp, isPlainVerb, isVg, phraseEnd, takesClause } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'
import { leftmostAfter } from './walk.ts'

/** `⟨O1⟩, for which ⟨O2⟩ paid ⟨M3⟩`, `a fine that the ⟨A1⟩ levied`: what the relative stands for. */
export function antecedentOf(p: Parse, pred: Pred): void {
  const first = pred.subject[0]
  const at = first === undefined ? -1 : p.place(first)
  const rel = p.chunks[at - 1]
  const isThat = rel?.k === 'sub' && rel.w === 'that' && pred.objects.length === 0
  if (at < 2 || (rel?.k !== 'rel' && !isThat) || rel?.w === 'whose') return
  let k = at - 2
  const prep = p.chunks[k]
  if (prep?.k === 'p') k -= 1
  if (p.chunks[k]?.k === 'comma') k -= 1
  const np = p.chunks[k]
  if (!isNp(np)) return
  if (prep?.k === 'p') pred.pps.push({ w: prep.w, at: prep.at, np, nps: p.group(k) })
  else if (pred.objects.length === 0 && !pred.isPassive) pred.objects.push([np])
}

/** Objects and prepositional phrases to the right of a verb. */
export function argumentsOf(p: Parse, pred: Pred): void {
  const { chunks } = p
  let k = pred.i + 1
  while (k < chunks.length) {
    const chunk = chunks[k]
    if (chunk === undefined) break
    if (chunk.k === 'adv' || chunk.k === 'adj' || chunk.k === 'neg') {
      pred.after.push(chunk.w)
      k += 1
    } else if (chunk.k === 'date') k += 1
    else if (isNp(chunk)) {
      if (isClauseOf(p, pred, k)) break
      pred.objects.push(p.group(k))
      k = pastGroup(p, k)
    } else if (chunk.k === 'p') {
      const to = leadsTo(chunks, k)
      const np = to === undefined ? undefined : chunks[to]
      if (to !== undefined && isNp(np)) {
        pred.pps.push({ w: chunk.w, at: chunk.at, np, nps: p.group(to) })
        k = pastGroup(p, to)
      } else if (chunks[k + 1]?.k === 'date') k += 2
      else if (chunks[k + 1] === undefined || !isVg(chunks[k + 1])) {
        pred.after.push(chunk.w)
        k += 1
      } else break
    } else if (chunk.k === 'comma' && formerly(p, k) !== undefined) k = formerly(p, k) ?? k + 1
    else if (chunk.k === 'comma') {
      const next = pastComma(p, k)
      if (next === undefined) break
      k = next
    } else if (chunk.k === 'cc') {
      const next = chunks[k + 1]
      const afterwards = isNp(next) ? phraseEnd(chunks, k + 1) : -1
      if (next?.k === 'p' && isNp(chunks[k + 2])) k += 1
      else if (!isNp(next) || isPlainVerb(chunks[leftmostAfter(p, afterwards - 1)])) break
      else k += 2
    } else break
  }
  pred.end = k
}

/** `made ⟨P1⟩, previously its commercial director, chief executive`. */
function formerly(p: Parse, k: number): number | undefined {
  const next = p.chunks[k + 1]
  if (next?.k !== 'adv' || !/^(?:previously|formerly|currently|once|until|earlier)$/.test(next.w))
    return undefined
  const close = p.chunks.findIndex((one, at) => at > k + 1 && one.k === 'comma')
  return close > 0 ? close + 1 : undefined
}

function leadsTo(chunks: readonly Chunk[], k: number): number | undefined {
  let at = k + 1
  while (['adv', 'adj', 'neg'].includes(chunks[at]?.k ?? '')) at += 1
  return isNp(chunks[at]) ? at : undefined
}

function pastGroup(p: Parse, k: number): number {
  const last = p.layout.groups[k]?.at(-1) ?? k
  return (last > k ? last : k) + 1
}

/** Is the noun phrase here the subject of a clause that the verb takes? */
function isClauseOf(p: Parse, pred: Pred, k: number): boolean {
  const end = leftmostAfter(p, phraseEnd(p.chunks, pastGroup(p, k) - 1) - 1)
  if (!isPlainVerb(p.chunks[end])) return false
  const vg = p.chunks[end] as Vg
  if (takesClause(pred.vg)) return true
  return pred.objects.length > 0 || vg.hasHelper || vg.form === 's'
}

/** Behind an aside, where the verb's own phrases may go on; undefined where its clause ends. */
function pastComma(p: Parse, k: number): number | undefined {
  const { chunks, layout } = p
  const aside = layout.asides.get(k)
  if (aside !== undefined) return aside
  const next = chunks[k + 1]
  if (next?.k === 'date' || next?.k === 'adv') return k + 1
  if (next?.k === 'p' && isNp(chunks[k + 2]))
    return isPlainVerb(chunks[phraseEnd(chunks, k + 2)]) ? undefined : k + 1
  if (next?.k === 'rel' || (isVg(next) && !isPlainVerb(next))) {
    const close = chunks.findIndex((one, at) => at > k + 1 && one.k === 'comma')
    return close > 0 && chunks[close + 1]?.k === 'p' ? close + 1 : undefined
  }
  return undefined
}
