import type { Draft } from '../draft.ts'
import { isNp, isVg } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  firstFirm,
  isDone,
  isFirmMention,
  type Mention,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  phrase,
  phrasesOf,
  pp,
  when,
} from './args.ts'
import { alone, CHANGE, dateBehind, reached, sumsOf } from './figure.ts'

const REVENUE = /^(?:revenue|sales|turnover|sale|topline|top-line|takings|receipt|billing)$/

const isTopLine = (np: Np) => np.head === 'line' && np.pre.includes('top')

const POST =
  /^(?:post|report|book|rack up|generate|turn over|bring in|log|record|make|earn|announce|deliver|achieve|have|ring up|register|notch up|notch|clock up|clock|see|produce|chalk up|pull in|rake in|take|hit|reach|top|score|unveil|disclose|show|enjoy|boast|tot up|get|net|surpass|exceed|grow|increase|raise|lift|boost|double|collect|declare|reveal|realise|realize|gross|pass|cross)$/

const NO_REVENUE =
  /^(?:profit|loss|income|ebitda|debt|cost|tax|asset|deposit|dividend|volume|order|spending|fee)$/

/** Revenue, sales and turnover, with the year that the sentence gives. */
export function revenues(p: Parse): Draft[] {
  const out: Draft[] = []
  const seen = new Set<Mention>()
  const add = (at: number, of: Name | undefined, money: Mention | undefined) => {
    if (of === undefined || money === undefined || of.isRegulator || of.isAsset || seen.has(money))
      return
    seen.add(money)
    const own = dateBehind(p, money)
    out.push({
      type: 'revenue',
      at,
      of,
      money,
      when: own ?? when(p, at),
      ...(isBy(p, own) ? { qualifier: 'by' } : {}),
    })
  }
  for (const np of p.chunks.filter(
    (chunk): chunk is Np => isNp(chunk) && (REVENUE.test(chunk.head) || isTopLine(chunk)),
  )) {
    if (!fitsRevenue(p, np)) continue
    const of = earner(p, np)
    for (const money of revenueSums(p, np)) add(np.at, of, money)
  }
  for (const np of nounsWith(
    p,
    /^(?:rise|increase|jump|growth|drop|fall|decline|surge|gain|decrease|slump|slide)$/,
  )) {
    // `a 14% rise in revenue to ⟨M1⟩`, `saw its turnover drop by a third to ⟨M1⟩`.
    const inner = phrase(phrasesOf(p, np), 'in', 'of')?.np
    const isOwn = np.pre.some((w) => REVENUE.test(w))
    if (
      (!isOwn && (inner === undefined || !REVENUE.test(inner.head))) ||
      nounStatus(p, np) !== 'real'
    )
      continue
    const to = [...phrasesOf(p, np), ...(supportOf(p, np)?.pred.pps ?? [])].find(
      ({ w, np: one }) => w === 'to' && one.money !== undefined && one.head === '',
    )
    add(np.at, (inner === undefined ? undefined : ownerOf(inner)) ?? earner(p, np), to?.np.money)
  }
  if (p.m.context.figure !== undefined)
    for (const pred of p.preds) {
      // `They amounted to ⟨M1⟩ in 2024; in 2025 they were ⟨M2⟩`.
      if (!pred.subject.some(({ isPronoun, head }) => isPronoun && head === 'they')) continue
      for (const money of reached(p, pred))
        add(pred.vg.at, p.m.context.subject ?? p.m.context.topic, money)
    }
  for (const pred of p.preds) {
    // `generated ⟨M1⟩ in revenue`, `turned over ⟨M1⟩`.
    if (!POST.test(pred.lemma) || pred.isPassive || !isDone(p, pred)) continue
    const sum = (pred.objects[0] ?? []).find((np) => np.money !== undefined && np.head === '')
    const kind = pp(pred, 'in', 'of')?.np
    const isKind = kind !== undefined && (REVENUE.test(kind.head) || isTopLine(kind))
    if (sum !== undefined && (isKind || /^(?:turn over|gross)$/.test(pred.lemma)))
      add(pred.vg.at, firstFirm(p, pred.subject), sum.money)
  }
  return out
}

export function isBy(p: Parse, date: Mention | undefined): boolean {
  return date !== undefined && /\bby (?:the )?(?:end of )?$/.test(p.m.text.slice(0, date.start))
}

function fitsRevenue(p: Parse, np: Np): boolean {
  if (
    np.pre.some((w) =>
      /^(?:combined|expected|forecast|projected|tax|government|industry|future|export|estimated|targeted|guidance)$/.test(
        w,
      ),
    )
  )
    return false
  if (np.head === 'sale' && !/sales$/.test(p.m.text.slice(np.at, np.end))) return false
  return nounStatus(p, np) === 'real'
}

function revenueSums(p: Parse, np: Np): Mention[] {
  if (np.money !== undefined) {
    // `⟨M1⟩ revenue`, `its ⟨M1⟩ sales`
    return [np.money]
  }
  const own = sumsOf(p, np)
  const extra = behindRevenue(p, np)
  return [...new Set([...own, ...extra])]
}

/** `revenue up 8% at ⟨M1⟩`, `revenue of ⟨M1⟩ …, against ⟨M2⟩ a year earlier`: sums further right. */
function behindRevenue(p: Parse, np: Np): Mention[] {
  const k = p.place(np)
  for (let i = k + 1; i < Math.min(p.chunks.length, k + 9); i++) {
    const chunk = p.chunks[i]
    if (
      chunk === undefined ||
      chunk.k === 'stop' ||
      chunk.k === 'cc' ||
      chunk.k === 'rel' ||
      chunk.k === 'sub'
    )
      return []
    if (isVg(chunk) && !(CHANGE.test(chunk.lemma) && !chunk.isInfinitive)) return []
    if (!isNp(chunk)) continue
    const prep = p.chunks[i - 1]
    if (chunk.money !== undefined && chunk.head === '')
      return prep?.k === 'p' && /^(?:to|at|of|totalling|worth)$/.test(prep.w) ? [chunk.money] : []
    if (chunk.head !== '' && NO_REVENUE.test(chunk.head)) return []
  }
  return []
}

/** Whose revenue it is. */
export function earner(p: Parse, np: Np): Name | undefined {
  const list = phrasesOf(p, np)
  const at = phrase(list, 'at', 'of', 'for', 'from')
  const inner = at === undefined || at.np.money !== undefined ? undefined : firstFirm(p, at.nps)
  const own = isFirmMention(np.owner) ? np.owner.name : undefined
  if (own !== undefined) return own
  if (inner !== undefined && at?.w !== 'from' && at?.w !== 'for') return inner
  const mod = ownerOf(np)
  if (mod !== undefined && np.det === undefined) return mod
  const support = supportOf(p, np)
  if (support === undefined) return inner ?? alone(p, np)
  const { pred, role } = support
  if (role === 'subject') return alone(p, np)
  const subject = firstFirm(p, pred.isPassive ? [] : pred.subject)
  return subject
}
