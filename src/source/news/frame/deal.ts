import type { Draft } from '../draft.ts'
import { supportOf } from '../grammar/real.ts'
import {
  actorsOf,
  agentOf,
  doerOf,
  firmOf,
  firmsOf,
  firstFirm,
  isFirmMention,
  isNounSaid,
  isSaid,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  priceIn,
  priceOf,
  when,
  wordsOf,
  worthOf,
} from './args.ts'

const BUY =
  /^(?:acquire|buy|purchase|take over|snap up|swallow|swallow up|absorb|scoop up|gobble up|buy out|buy up|pick up|snaffle|hoover up|mop up|take|snap|scoop|gobble|procure|reacquire|grab|nab|land|bag|pocket|win|gain|assume|seize|secure|get|obtain)$/
const PLAIN_BUY =
  /^(?:acquire|buy|purchase|take over|snap up|swallow|swallow up|absorb|scoop up|gobble up|buy out|buy up|pick up|snaffle|hoover up|mop up|reacquire)$/
const SWOOP = /^(?:swoop|pounce|merge|combine)$/
const PURCHASE = /^(?:acquisition|purchase|takeover|take-over|buyout|buy-out|swoop)$/
const STAKE = /^(?:stake|interest|holding|shareholding|share|shares|majority|control|ownership)$/
const PIECE =
  /^(?:unit|arm|division|business|subsidiary|operation|brand|plant|factory|asset|portfolio|branch|network|platform|site|mine|mill|store|activity|stake|interest|holding|shareholding|affiliate|office|property|building|headquarters|book|chain|studio|service|device|line|segment|company|firm|maker|custodian|exchange|broker|bank|lender|warehouse|refinery|field|hotel|right|licence|patent|land|fleet|farm|terminal|port|shop|outlet|label|title|magazine|newspaper|club|team|half|rest|remainder)$/

const isLarge = (percent: string | undefined) => percent !== undefined && Number(percent) >= 50

/** What share of whom a noun phrase names: `a 70% stake in ⟨O1⟩`, `⟨C1⟩ of ⟨O2⟩`. */
interface Stake {
  readonly of: Name
  readonly percent: Np['percent']
  readonly isMajor: boolean
}

export function stakeIn(p: Parse, np: Np): Stake | undefined {
  const isShare = STAKE.test(np.head) || (np.percent !== undefined && np.head === '')
  if (!isShare) return undefined
  const list = phrasesOf(p, np)
  const inner =
    phrase(list, 'in') ?? list.find(({ w, nps }) => w === 'of' && firstFirm(p, nps) !== undefined)
  const share = list.find(({ w, np: one }) => w === 'of' && one.percent !== undefined)?.np.percent
  const of = inner === undefined ? ownerOf(np) : firstFirm(p, inner.nps)
  if (of === undefined || (np.head === 'share' && np.percent === undefined)) return undefined
  const isMajor =
    isLarge(np.percent?.amount?.value) ||
    np.pre.some((w) => /^(?:majority|controlling|remaining|full|entire|whole)$/.test(w)) ||
    /^(?:majority|control|ownership)$/.test(np.head)
  return { of, percent: np.percent ?? share, isMajor: isMajor || isLarge(share?.amount?.value) }
}

/** `all of ⟨O1⟩`, `control of ⟨O1⟩`, `rival ⟨O1⟩`: the firm that is bought whole. */
function wholeOf(p: Parse, np: Np): Name | undefined {
  const own = firmOf(p, np)
  if (own !== undefined) return own
  const of = phrase(phrasesOf(p, np), 'of')
  const isAll =
    /^(?:rest|remainder|control|all|owner|ownership|parent|operator|half)$/.test(np.head) ||
    /^(?:all)$/.test(np.det ?? '')
  if (of !== undefined && isAll) return firstFirm(p, of.nps)
  return undefined
}

type Add = (draft: Omit<Draft, 'type'>) => void

/** Who bought whom. */
export function acquisitions(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (draft: Omit<Draft, 'type'>) => {
    if (
      draft.from === draft.to ||
      draft.to?.isRegulator ||
      draft.from?.isRegulator ||
      draft.to?.isAsset
    )
      return
    out.push({ type: 'acquisition', ...draft })
  }
  bought(p, add)
  paidFor(p, add)
  purchaseOf(p, add)
  return out
}

/** `⟨O1⟩ acquired ⟨O2⟩`, and what means the same. */
function bought(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    const { lemma } = pred
    if (!BUY.test(lemma) && !SWOOP.test(lemma)) continue
    if (!isSaid(p, pred)) continue
    const at = pred.vg.at
    const [from] = actorsOf(p, agentOf(pred))
    if (SWOOP.test(lemma)) {
      const to = lemma === 'swoop' || lemma === 'pounce' ? pp(pred, 'for', 'on') : undefined
      const target = to === undefined ? undefined : firstFirm(p, to.nps)
      if (from !== undefined && target !== undefined)
        add({ at, from, to: target, money: priceOf(p, pred), when: when(p, at) })
      continue
    }
    for (const np of patientOf(pred)) {
      const to = target(p, pred, np)
      if (to === undefined) continue
      if (from === undefined && !pred.isPassive) continue
      if (from === undefined && lemma === 'take over') continue
      if (from === undefined) continue
      add({
        at,
        from,
        to: to.of,
        percent: to.percent,
        money: priceOf(p, pred, np.end),
        when: when(p, at),
      })
    }
  }
}

/** `⟨O1⟩ paid ⟨M2⟩ for ⟨O3⟩`, `⟨O1⟩ is the new owner of ⟨O2⟩`. */
function paidFor(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    // `⟨O1⟩ paid ⟨M2⟩ for ⟨O3⟩`, `⟨O1⟩ is the new owner of ⟨O2⟩`.
    const at = pred.vg.at
    const isPaid = pred.lemma === 'pay' && !pred.isPassive
    const isOwner =
      pred.lemma === 'be' &&
      pred.objects.flat().some(({ head, pre }) => head === 'owner' && pre.includes('new'))
    const isPart =
      pred.lemma === 'become' &&
      pred.objects.flat().some(({ head }) => head === 'part' || head === 'subsidiary')
    if (isPart && isSaid(p, pred)) {
      const parent = firstFirm(p, pp(pred, 'of')?.nps ?? [])
      const part = firstFirm(p, pred.subject)
      if (parent !== undefined && part !== undefined)
        add({ at, from: parent, to: part, money: priceIn(p, pred.pps), when: when(p, at) })
    }
    if ((!isPaid && !isOwner) || !isSaid(p, pred)) continue
    const [from] = firmsOf(p, pred.subject)
    const sum = pred.objects.flat().find(({ money }) => money !== undefined)
    const to = firstFirm(p, pp(pred, isPaid ? 'for' : 'of')?.nps ?? [])
    if (
      from !== undefined &&
      to !== undefined &&
      (isOwner || sum !== undefined) &&
      to.kind !== 'place'
    )
      add({ at, from, to, money: sum?.money, when: when(p, at) })
  }
}

/** `the acquisition of ⟨O1⟩ by ⟨O2⟩`. */
function purchaseOf(p: Parse, add: Add): void {
  // `agrees ⟨M1⟩ deal for ⟨O2⟩`.
  for (const np of nounsWith(p, /^(?:deal|offer)$/)) {
    const support = supportOf(p, np)
    const to = firstFirm(p, phrase(phrasesOf(p, np), 'for')?.nps ?? [])
    if (
      to === undefined ||
      support?.role !== 'object' ||
      !/^(?:agree|strike|clinch|seal|complete|reach)$/.test(support.pred.lemma)
    )
      continue
    const from = firstFirm(p, agentOf(support.pred))
    const money = np.money ?? worthOf(p, np)
    if (from !== undefined && money !== undefined && isSaid(p, support.pred))
      add({ at: np.at, from, to, money, when: when(p, np.at) })
  }
  for (const np of nounsWith(p, PURCHASE)) {
    const list = phrasesOf(p, np)
    const of = phrase(list, 'of', 'for')
    const stake = of === undefined ? undefined : stakeIn(p, of.np)
    const to =
      of === undefined
        ? undefined
        : stake === undefined
          ? firstFirm(p, of.nps)
          : stake.isMajor
            ? stake.of
            : undefined
    if (to === undefined || !isNounSaid(p, np)) continue
    const isLine = np.det === undefined && p.place(np) <= 1
    const from =
      doerOf(p, np, list) ??
      byLater(p, np) ??
      (isLine ? (p.m.context.topic ?? p.m.context.subject) : undefined)
    if (from === undefined) continue
    const money = np.money ?? worthOf(p, np) ?? priceIn(p, list) ?? supportPrice(p, np)
    add({ at: np.at, from, to, percent: stake?.percent, money, when: np.date ?? when(p, np.at) })
  }
}

function supportPrice(p: Parse, np: Np) {
  const support = supportOf(p, np)
  return support === undefined ? undefined : priceIn(p, support.pred.pps)
}

/** `The acquisition of X was completed by Y`. */
function byLater(p: Parse, np: Np): Name | undefined {
  const support = supportOf(p, np)
  if (support?.role !== 'subject' || !support.pred.isPassive) return undefined
  return firstFirm(p, agentOf(support.pred))
}

function target(p: Parse, pred: Pred, np: Np): { of: Name; percent?: Np['percent'] } | undefined {
  const { lemma } = pred
  const stake = stakeIn(p, np)
  if (stake !== undefined) return stake.isMajor ? stake : undefined
  if (!PLAIN_BUY.test(lemma)) {
    // `takes ⟨O1⟩ private`, `took control of ⟨O1⟩`.
    const isPrivate =
      lemma === 'take' && (pred.after.includes('private') || pred.after.includes('over'))
    const isOff = lemma === 'take' && pp(pred, 'off')?.np.head === 'hand'
    if (isOff) {
      const whole = wholeOf(p, np)
      return whole === undefined ? undefined : { of: whole }
    }
    const isUp = /^(?:snap|scoop|gobble)$/.test(lemma) && pred.after.includes('up')
    // `bagged ⟨O1⟩ for ⟨M2⟩`: with a price the plain word is a purchase.
    const bagged =
      /^(?:bag|land|nab|grab|snag|pocket|win|secure|seize)$/.test(lemma) &&
      priceIn(p, pred.pps) !== undefined
        ? firmOf(p, np)
        : undefined
    if (bagged !== undefined) return { of: bagged }
    if (!isPrivate && !isUp && !/^(?:control|ownership)$/.test(np.head)) return undefined
  }
  if (/^(?:revenue|sale)$/.test(np.head)) return undefined
  const of = wholeOf(p, np)
  return of === undefined ? undefined : { of }
}

const SELL =
  /^(?:sell|offload|divest|dispose|spin off|hive off|shed|part|sell off|flog|unload|transfer|hand over|jettison|exit|spin out|split off|carve out|sell down|demerge)$/
const SALE = /^(?:sale|divestment|disposal|divestiture|spin-off|spinoff|carve-out|sell-off)$/

/** Who sold what to whom. */
export function divestments(p: Parse): Draft[] {
  const out: Draft[] = []
  for (const pred of p.preds) {
    const { lemma } = pred
    if (!SELL.test(lemma) || !isSaid(p, pred)) continue
    const of = pp(pred, 'of', 'with')
    const things =
      lemma === 'dispose'
        ? (pp(pred, 'of')?.nps ?? [])
        : lemma === 'part'
          ? (pp(pred, 'with')?.nps ?? [])
          : lemma === 'exit'
            ? []
            : patientOf(pred)
    const [thing] = things
    if (thing === undefined || (of === undefined && lemma === 'dispose')) continue
    const draft = saleOf(p, pred, things, thing)
    if (draft !== undefined) out.push(draft)
  }
  for (const pred of p.preds) {
    // `bought the pump business from ⟨O1⟩ for ⟨M2⟩`.
    if (!PLAIN_BUY.test(pred.lemma) || !isSaid(p, pred)) continue
    const from = firstFirm(p, pp(pred, 'from')?.nps ?? [])
    const to = firstFirm(p, agentOf(pred))
    const [thing] = patientOf(pred)
    if (from === undefined || to === undefined || from === to || thing === undefined) continue
    if (firmOf(p, thing) === undefined && PIECE.test(thing.head) && thing.quantity === undefined)
      out.push({
        type: 'divestment',
        at: pred.vg.at,
        from,
        to,
        what: thingOf(p, thing),
        money: priceOf(p, pred, thing.end),
        when: when(p, pred.vg.at),
      })
  }
  for (const np of nounsWith(p, SALE)) {
    const list = phrasesOf(p, np)
    const of = phrase(list, 'of')
    const to = phrase(list, 'to')
    const buyer = to === undefined ? undefined : firstFirm(p, to.nps)
    if (of === undefined || !isPiece(p, of.np) || !isNounSaid(p, np)) continue
    const isLine = np.det === 'the' || (np.det === undefined && p.place(np) <= 2)
    const from =
      doerOf(p, np, list) ??
      (isFirmMention(of.np.owner)
        ? of.np.owner.name
        : isLine
          ? (p.m.context.topic ?? p.m.context.subject)
          : undefined)
    if (from === undefined || from === buyer || buyer === undefined) continue
    out.push({
      type: 'divestment',
      at: np.at,
      from,
      to: buyer,
      what: thingOf(p, of.np),
      money: np.money ?? priceIn(p, list) ?? supportPrice(p, np),
      when: np.date ?? when(p, np.at),
    })
  }
  return out
}

function saleOf(p: Parse, pred: Pred, things: readonly Np[], thing: Np): Draft | undefined {
  const at = pred.vg.at
  const buyer = pp(pred, 'to')
  const to = buyer === undefined ? undefined : firstFirm(p, buyer.nps)
  const [from] = actorsOf(p, agentOf(pred))
  const owner = isFirmMention(thing.owner) ? thing.owner.name : undefined
  const seller = from ?? (pred.isPassive ? owner : undefined)
  const isLeader = agentOf(pred).some((np) => np.name?.letter === 'P' || np.isPronoun)
  if (
    isLeader &&
    to !== undefined &&
    firmOf(p, thing) === seller &&
    seller !== to &&
    seller !== undefined
  )
    return {
      type: 'acquisition',
      at,
      from: to,
      to: seller,
      money: priceOf(p, pred, thing.end),
      when: when(p, at),
    }
  if (seller === undefined || seller === to || seller.isRegulator) {
    // `X was sold to Y for ⟨M⟩`: who bought it is said, who sold it is not.
    const whole = firmOf(p, thing)
    return seller === undefined &&
      pred.isPassive &&
      whole !== undefined &&
      to !== undefined &&
      whole !== to
      ? { type: 'acquisition', at, from: to, to: whole, money: priceOf(p, pred), when: when(p, at) }
      : undefined
  }
  if (!things.some((np) => isPiece(p, np)) || thing.quantity !== undefined) return undefined
  if (to === undefined && !hasPrice(p, pred, thing)) return undefined
  const money = priceOf(p, pred, thing.end)
  return {
    type: 'divestment',
    at,
    from: seller,
    ...(to === undefined ? {} : { to }),
    what: things.map((np) => thingOf(p, np)).join(' and '),
    money,
    when: when(p, at),
  }
}

/** Without a buyer a sale is a divestment where a part of the firm goes for a price. */
function hasPrice(p: Parse, pred: Pred, thing: Np): boolean {
  return (
    priceIn(p, pred.pps) !== undefined &&
    (thing.owner !== undefined || PIECE.test(thing.head)) &&
    thing.head !== 'share'
  )
}

function isPiece(p: Parse, np: Np): boolean {
  if (firmOf(p, np) !== undefined) return true
  if (np.money !== undefined && np.head === '') return false
  if (stakeIn(p, np) !== undefined) return true
  if (np.percent !== undefined && np.head === '') return true
  return PIECE.test(np.head) && np.quantity === undefined
}

function thingOf(p: Parse, np: Np): string {
  const list = phrasesOf(p, np)
  const more = phrase(list, 'in', 'of')
  const words = wordsOf(p, np)
  return more !== undefined && more.at < np.end + 3 && STAKE.test(np.head)
    ? `${words} ${more.w} ${wordsOf(p, more.np)}`
    : words
}
