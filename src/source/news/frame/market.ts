import type { Draft } from '../draft.ts'
import { isNp, isVg } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  firstActor,
  firstFirm,
  isDone,
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
  written,
} from './args.ts'
import { dateBehind } from './figure.ts'

const MARKET =
  /^(?:market|sale|sales|shipment|sector|industry|segment|trade|volume|production|output|demand|install|base|registration|supply|capacity|delivery|space|exports?|import|consumption|traffic|subscriber|hashrate|turnover|spending|category|business|trading)$/

const HOLD =
  /^(?:control|hold|have|command|account|capture|claim|take|own|represent|make up|win|gain|boast|enjoy|secure|grab|supply|dominate|handle|process|produce|sell|cover|reach|increase|grow|lift|raise|expand|keep|lead|make|retain|see|remain|be|garner|run|seize|with|become|give)$/

/** The market that a phrase names: `of the European smartphone market`. */
function marketOf(p: Parse, np: Np): string | undefined {
  const of = phrase(phrasesOf(p, np), 'of', 'in')
  if (of === undefined) return undefined
  const words = written(p, of.np.at, of.np.end).replace(/^the /i, '')
  return isMarket(p, of.np) ? words : undefined
}

function isMarket(p: Parse, np: Np): boolean {
  if (MARKET.test(np.head)) return true
  // `of all scooters sold in Vietnam`, `of the bicycles shipped`.
  const next = p.chunks[p.place(np) + 1]
  return (
    isVg(next) &&
    /^(?:sell|ship|make|produce|deliver|trade|register|mine|issue|build|manufacture|process|handle|buy)$/.test(
      next.lemma,
    )
  )
}

type Add = (at: number, of: Name | undefined, percent: Mention | undefined, scope?: string) => void

/** Which part of a market whose is. */
export function marketShares(p: Parse): Draft[] {
  const out: Draft[] = []
  const used = new Set<Mention>()
  const add = (at: number, of: Name | undefined, percent: Mention | undefined, scope?: string) => {
    if (
      of === undefined ||
      percent === undefined ||
      used.has(percent) ||
      of.isRegulator ||
      of.isAsset
    )
      return
    used.add(percent)
    out.push({
      type: 'market_share',
      at,
      of,
      percent,
      scope: scopeOf(scope),
      when: dateBehind(p, percent) ?? when(p, at),
    })
  }
  shareOf(p, add)
  partOfMarket(p, add)
  return out
}

/** `a share of ⟨C1⟩`, `its market share rose to ⟨C1⟩`. */
function shareOf(p: Parse, add: Add): void {
  for (const np of nounsWith(p, /^share$/)) {
    if (nounStatus(p, np) !== 'real' || isStock(p, np)) continue
    const list = phrasesOf(p, np)
    const isMarketShare =
      np.pre.includes('market') ||
      marketOf(p, np) !== undefined ||
      list.some(({ w, np: inner }) => w === 'of' && inner.percent !== undefined)
    const hasContext =
      /market/.test(p.m.text) ||
      isMarketShare ||
      np.pre.some((w) => /^(?:global|domestic|national|worldwide|world)$/.test(w))
    const of = holder(p, np)
    const direct =
      np.percent ??
      list.find(
        ({ w, np: inner }) =>
          (w === 'of' || w === 'to' || w === 'at') &&
          inner.percent !== undefined &&
          inner.head === '',
      )?.np.percent
    if (direct !== undefined && (hasContext || np.pre.length === 0))
      add(
        np.at,
        of,
        direct,
        marketOf(p, np) ?? np.pre.find((w) => w === 'global' || w === 'worldwide'),
      )
    else if (
      isMarketShare ||
      (np.owner !== undefined && !np.pre.some((w) => /^(?:earnings|ordinary|preferred)$/.test(w)))
    )
      for (const percent of moved(p, np)) add(np.at, of, percent, marketOf(p, np))
  }
}

/** `⟨C1⟩ of the market`, `⟨C1⟩ of all phones sold`. */
function partOfMarket(p: Parse, add: Add): void {
  for (const np of p.chunks.filter(
    (chunk): chunk is Np => isNp(chunk) && chunk.percent !== undefined && chunk.head === '',
  )) {
    const of = phrase(phrasesOf(p, np), 'of')
    if (of === undefined || !isMarket(p, of.np)) continue
    const support = supportOf(p, np)
    if (support === undefined) {
      // `With ⟨C1⟩ of the market, ⟨O2⟩ is the leader`.
      const lead = p.chunks[p.place(np) - 1]
      const next = p.preds.find(({ i, subject }) => i > p.place(np) && subject.length > 0)
      if (lead?.k === 'p' && lead.w === 'with' && next !== undefined && isDone(p, next))
        add(np.at, firstFirm(p, next.subject), np.percent, written(p, of.np.at, of.np.end))
      continue
    }
    if (
      !isDone(p, support.pred) ||
      (!HOLD.test(support.pred.lemma) && support.pred.lemma !== 'account')
    )
      continue
    const owner = ownerOf(of.np)
    if (
      /^(?:sale|sales|turnover|revenue|volume|output|production|business|trade|capacity)$/.test(
        of.np.head,
      ) &&
      (owner !== undefined || !isTotal(p, of.np))
    )
      continue
    const given =
      support.pred.lemma === 'give' ? firstFirm(p, support.pred.objects[0] ?? []) : undefined
    add(
      np.at,
      given ??
        firstActor(
          p,
          support.pred.isPassive ? (pp(support.pred, 'by')?.nps ?? []) : support.pred.subject,
        ),
      np.percent,
      written(p, of.np.at, of.np.end),
    )
  }
}

/** `of all scooters sold`, `of global sales`: a whole market, not the firm's own sales. */
function isTotal(p: Parse, np: Np): boolean {
  return (
    np.det === 'all' ||
    np.det === 'the' ||
    np.pre.some((w) =>
      /^(?:all|global|total|world|national|worldwide|industry|domestic|european|american|retail)$/.test(
        w,
      ),
    ) ||
    np.mods.some(({ letter }) => letter === 'L') ||
    isVg(p.chunks[p.place(np) + 1])
  )
}

const isStock = (p: Parse, np: Np) =>
  /shares$/.test(p.m.text.slice(np.at, np.end)) ||
  np.pre.some((w) => /^(?:per|earnings|ordinary)$/.test(w))

function scopeOf(scope: string | undefined): string | undefined {
  if (scope === undefined) return undefined
  return /^(?:global|world|worldwide)\b/i.test(scope) ? 'global' : scope
}

export function holder(p: Parse, np: Np): Name | undefined {
  if (np.owner !== undefined) return ownerOf(np)
  const own = ownerOf(np)
  if (own !== undefined) return own
  const list = phrasesOf(p, np)
  const at = phrase(list, 'for', 'at')
  // A line without an owner: `Market share increased to ⟨C1⟩`.
  if (
    np.pre.includes('market') &&
    p.preds.some(({ subject }) => subject.includes(np)) &&
    at === undefined
  )
    return p.m.context.subject ?? p.m.context.topic
  const support = supportOf(p, np)
  if (support !== undefined && support.role !== 'subject') {
    const { pred } = support
    const given =
      pred.lemma === 'give' || pred.lemma === 'hand' || pred.lemma === 'leave'
        ? firstFirm(p, pred.objects[0] ?? [])
        : undefined
    const subject = firstFirm(p, pred.isPassive ? [] : pred.subject)
    if (given !== undefined || subject !== undefined) return given ?? subject
  }
  if (at !== undefined) return firstFirm(p, at.nps)
  // `With a share of ⟨C1⟩, ⟨O2⟩ …`: the clause behind the comma says whose.
  const k = p.place(np)
  if ((p.layout.governed[k] ?? -1) >= 0) {
    const next = p.preds.find(({ i, subject }) => i > k && subject.length > 0)
    const before = p.preds.findLast(({ i }) => i < k)
    return firstFirm(p, before?.subject ?? next?.subject ?? [])
  }
  return undefined
}

/** `its share slipped to ⟨C1⟩ from ⟨C2⟩`. */
export function moved(p: Parse, np: Np): Mention[] {
  const support = supportOf(p, np)
  if (support?.role !== 'subject' || !isDone(p, support.pred)) {
    // `lifted its share to ⟨C1⟩`
    if (support?.role === 'object' && isDone(p, support.pred))
      return percentsOf(pp(support.pred, 'to', 'at')?.np)
    return []
  }
  const { pred } = support
  const to = pp(pred, 'to', 'at')
  const main = percentsOf(to?.np)
  const object =
    to === undefined && !pred.pps.some(({ w }) => w === 'by')
      ? pred.objects.flat().find(({ percent, head }) => percent !== undefined && head === '')
          ?.percent
      : undefined
  const isState = /^(?:be|stand|reach|hit|total|exceed|remain|come|come in|top|surpass)$/.test(
    pred.lemma,
  )
  return main.length > 0 ? main : isState && object !== undefined ? [object] : []
}

const percentsOf = (np: Np | undefined): Mention[] =>
  np?.percent !== undefined && np.head === '' ? [np.percent] : []
