import type { Draft } from '../draft.ts'
import { isNp, isVg } from '../grammar/layout.ts'
import { nounStatus, type Support, statusOf, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  firmsOf,
  firstFirm,
  isDone,
  isFirmMention,
  isSaid,
  type Mention,
  type Name,
  type Np,
  nounsWith,
  type Parse,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  priceIn,
  secondOf,
  when,
  worthOf,
} from './args.ts'
import { anyAuthority, authorityIn } from './authority.ts'

const FINED = /^(?:fine|penalise|penalize|sanction|punish|amerce|dock|hit|slap|sting|smack)$/

const PENALTY =
  /^(?:fine|penalty|sanction|punishment|settlement|disgorgement|forfeiture|levy|sum|surcharge)$/

const GIVE =
  /^(?:impose|levy|fight|contest|appeal|challenge|dispute|hand|hand down|hand out|issue|slap|hit|serve|give|order|set|announce|land|deal|deliver|confirm|uphold|dish out|inflict|mete out|place|receive|pay|face|accept|cop|get|incur|agree|draw|settle|earn|attract|cough up|fork out|shell out|stump up|suffer|collect|win|secure|impose on|whack|sting|punish|sanction|penalise|penalize|assess|be|follow|reach)$/

const PAY =
  /^(?:pay|cough up|fork out|shell out|stump up|hand over|pay out|pay up|remit|disgorge|forfeit|surrender)$/

const CHARGES =
  /\b(?:fine|penalt\w+|settle\w*|charges|allegations|claims that|probe|investigation|resolve|violat\w+|breach\w*|sanctions?|regulator\w*|accusations|judgment|judgement|court|failings|failures|infring\w+|compensation order|disgorgement|forfeit\w*|lawsuit)\b/

/** Who had to pay what, and to which authority. */
export function fines(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: readonly Name[],
    from: Name | undefined,
    money: Mention | undefined,
  ) => {
    for (const one of of) {
      if (one === from || one.isRegulator || one.isAsset) continue
      out.push({ type: 'fine', at, of: one, to: one, from, money, when: when(p, at) })
    }
  }
  const penalties = nounsWith(p, PENALTY)
  finedOrPaid(p, add)
  if (penalties.length > 0) listedSums(p, add)
  settled(p, add)
  for (const np of penalties) fineNoun(p, np, add)
  return out
}

/** `fined ⟨O1⟩ ⟨M2⟩`, `⟨O1⟩ must pay ⟨M2⟩`. */
function finedOrPaid(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    if (FINED.test(pred.lemma) && isDone(p, pred)) fined(p, pred, add)
    else if (PAY.test(pred.lemma) && mustPay(p, pred)) paid(p, pred, add)
  }
}

function fined(p: Parse, pred: Pred, add: Add): void {
  const at = pred.vg.at

  const sum =
    secondOf(pred).find((np) => np.money !== undefined)?.money ??
    patientOf(pred).find((np) => np.money !== undefined)?.money ??
    pred.pps.find(
      ({ w, np }) =>
        (w === 'of' || w === 'with' || w === 'for') &&
        np.money !== undefined &&
        (np.head === '' || PENALTY.test(np.head)),
    )?.np.money
  const isPlain = pred.lemma === 'fine'
  const fine = pred.pps.find(({ np }) => PENALTY.test(np.head))
  if (
    !isPlain &&
    fine === undefined &&
    (sum === undefined || !/^(?:penalise|penalize|sanction|punish)$/.test(pred.lemma))
  )
    return
  const own = fine === undefined ? undefined : (fine.np.money ?? worthOf(p, fine.np))
  add(
    at,
    firmsOf(
      p,
      patientOf(pred).filter((np) => np.money === undefined),
    ),
    byAuthority(p, pred),
    sum ?? own,
  )
}

function paid(p: Parse, pred: Pred, add: Add): void {
  const at = pred.vg.at
  const object = pred.objects
    .flat()
    .find(
      (np) =>
        (np.money !== undefined && (np.head === '' || PENALTY.test(np.head))) ||
        PENALTY.test(np.head),
    )
  const money = object === undefined ? undefined : (object.money ?? worthOf(p, object))
  if (object === undefined || (money === undefined && !PENALTY.test(object.head))) return
  const to = pp(pred, 'to')
  const from =
    (to === undefined ? undefined : authorityIn(p, to.nps)) ??
    orderedBy(p, pred) ??
    anyAuthority(p, pred.i)
  const isFine =
    PENALTY.test(object.head) ||
    (from !== undefined && CHARGES.test(p.m.text)) ||
    CHARGES.test(p.m.text)
  if (isFine && !(to !== undefined && from === undefined && firstFirm(p, to.nps) !== undefined))
    add(at, firmsOf(p, pred.subject), from, money)
}

/** `penalties on four firms: ⟨M1⟩ on ⟨O2⟩, ⟨M3⟩ on ⟨O4⟩`. */
function listedSums(p: Parse, add: Add): void {
  // `penalties on four firms: ⟨M1⟩ on ⟨O2⟩, ⟨M3⟩ on ⟨O4⟩`.
  for (const match of p.m.text.matchAll(
    /(⟨M\d+⟩) (?:on|for|against) (?:the )?(⟨[OU]\d+⟩)(?!')/gu,
  )) {
    const [whole, sum = '', mark = ''] = match
    const name = p.m.at(match.index + whole.length - mark.length)
    if (isFirmMention(name) && p.m.text.slice(0, match.index).includes(':'))
      add(
        match.index,
        [name.name],
        p.m.between(0, match.index, 'A').at(-1)?.name ?? p.m.context.authority,
        p.m.at(match.index + whole.indexOf(sum)),
      )
  }
}

/** `⟨A1⟩ settled with ⟨O2⟩ for ⟨M3⟩`. */
function settled(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    // `⟨A1⟩ settled with ⟨O2⟩ for ⟨M3⟩`, `⟨O2⟩ settled with the ⟨A1⟩ for ⟨M3⟩`.
    if (pred.lemma !== 'settle' || pred.isPassive || !isDone(p, pred)) continue
    const money = pp(pred, 'for')?.np.money
    const [one] = firmsOf(p, pred.subject)
    const [other] = firmsOf(p, pp(pred, 'with')?.nps ?? [])
    if (
      money === undefined ||
      one === undefined ||
      other === undefined ||
      one.isRegulator === other.isRegulator
    )
      continue
    add(pred.vg.at, [one.isRegulator ? other : one], one.isRegulator ? one : other, money)
  }
}

function mustPay(p: Parse, pred: Pred): boolean {
  if (pred.vg.modal === 'must') return !pred.vg.isNegated
  return statusOf(p, pred) !== 'unreal'
}

function byAuthority(p: Parse, pred: Pred): Name | undefined {
  const agents = agentOf(pred)
  const own = authorityIn(p, agents) ?? firstFirm(p, agents)
  return own ?? (pred.isPassive ? anyAuthority(p, pred.i) : undefined)
}

/** `was ordered by ⟨A1⟩ to pay`, `⟨A1⟩ ordered ⟨O2⟩ to pay`. */
function orderedBy(p: Parse, pred: Pred): Name | undefined {
  const { governor } = pred
  if (
    governor === undefined ||
    !/^(?:order|tell|force|require|instruct|compel|sentence|direct|oblige|condemn|ask)$/.test(
      governor.lemma,
    )
  )
    return undefined
  return authorityIn(p, agentOf(governor))
}

type Add = (
  at: number,
  of: readonly Name[],
  from: Name | undefined,
  money: Mention | undefined,
) => void

/** `imposed a fine of ⟨M1⟩ on ⟨O2⟩`, `⟨A1⟩'s ⟨M2⟩ fine against ⟨O3⟩`, `received a ⟨M1⟩ penalty from ⟨A2⟩`. */
function fineNoun(p: Parse, np: Np, add: Add): void {
  if (np.head === 'sum' && !np.pre.includes('composition')) return
  if (np.head === 'levy' || (np.head === 'sanction' && np.money === undefined)) return
  if (nounStatus(p, np) === 'unreal') return
  const list = phrasesOf(p, np)
  const money = np.money ?? worthOf(p, np) ?? priceIn(p, list) ?? totalOf(p, np)
  const against = phrase(list, 'on', 'against', 'for', 'to')
  const support = supportOf(p, np)
  const by =
    phrase(list, 'by', 'from') ?? (np.head === 'settlement' ? phrase(list, 'with') : undefined)
  const owner = isFirmMention(np.owner) ? np.owner.name : undefined
  let from = by === undefined ? undefined : (authorityIn(p, by.nps) ?? firstFirm(p, by.nps))
  let of = against === undefined ? [] : firmsOf(p, against.nps)
  if (owner?.isRegulator === true) from ??= owner
  else if (owner !== undefined && of.length === 0) of = [owner]
  const parties = support === undefined ? { of, from } : partiesOf(p, np, support, { of, from })
  if (parties === undefined) return
  of = parties.of
  from = parties.from
  // `reprimanded ⟨O1⟩ and imposed a fine`: the same firm.
  if (of.length === 0 && support !== undefined) {
    const before = p.preds.findLast(
      (one) => one.i < support.pred.i && one.subject === support.pred.subject,
    )
    of = before === undefined ? [] : firmsOf(p, patientOf(before))
  }
  if (of.length === 0 && money !== undefined) of = spokenOf(p, np, support)
  if (of.length === 0 || (money === undefined && from === undefined)) return
  if (
    np.head === 'settlement' &&
    from?.isRegulator !== true &&
    !CHARGES.test(p.m.text.replace(/settle\w*/g, ''))
  )
    return
  add(
    np.at,
    of.filter((one) => one !== from),
    from,
    money,
  )
}

/** `imposed a fine`, `led to a fine`: on whom, the sentences before say. */
function spokenOf(p: Parse, np: Np, support: Support | undefined): Name[] {
  const spoken = p.m.context.subject ?? p.m.context.topic
  const isOpen =
    support !== undefined &&
    /^(?:impose|levy|issue|announce|lead|result|hand down|confirm|uphold|earn|slap|mete out)$/.test(
      support.pred.lemma,
    )
  if (!isOpen || np.det === 'the' || spoken === undefined || spoken.isRegulator) return []
  const others = p.m.between(0, p.m.text.length, 'O')
  return others.every(({ name }) => name?.isRegulator === true || name === spoken) ? [spoken] : []
}

interface Parties {
  readonly of: Name[]
  readonly from: Name | undefined
}

/** Who fined whom by the verb that a penalty belongs to; undefined: the verb says something else. */
function partiesOf(p: Parse, np: Np, support: Support, known: Parties): Parties | undefined {
  const { pred, role } = support
  let { of, from } = known
  if (!GIVE.test(pred.lemma) && of.length === 0) return undefined
  if (!isSaid(p, pred)) return undefined
  const agents = firmsOf(p, agentOf(pred))
  const isGiven =
    /^(?:reach|fight|contest|appeal|challenge|dispute|receive|pay|face|accept|cop|get|incur|draw|earn|attract|cough up|fork out|shell out|stump up|suffer|agree|settle)$/.test(
      pred.lemma,
    )
  if (pred.lemma === 'face') return undefined
  const onto = pp(pred, 'on', 'against', 'to', 'for')
  if (isGiven) {
    if (PAY.test(pred.lemma)) return undefined
    if (of.length === 0 || of.every(({ isRegulator }) => isRegulator)) of = agents
    const source = pp(pred, 'from', 'by')
    from ??= source === undefined ? undefined : firstFirm(p, source.nps)
    // `a fine that the ⟨A1⟩ levied`.
    const levied = p.preds.find(
      (one) =>
        one !== pred &&
        one.i > p.place(np) &&
        /^(?:levy|impose|hand down|issue|hand out)$/.test(one.lemma),
    )
    if (levied !== undefined) from ??= authorityIn(p, agentOf(levied))
  } else if (role === 'phrase' && FINED.test(pred.lemma)) return undefined
  else {
    from ??= agents.find(({ isRegulator }) => isRegulator) ?? agents[0]
    if (of.length === 0 && onto !== undefined) of = firmsOf(p, onto.nps)
    // `handed ⟨O1⟩ a fine`, `⟨O1⟩ was handed a fine`
    if (of.length === 0 && role === 'object')
      of = firmsOf(
        p,
        pred.isPassive ? pred.subject : (pred.objects[0] ?? []).filter((one) => one !== np),
      )
    if (
      of.length === 0 &&
      role === 'phrase' &&
      /^(?:hit|slap|serve|sting|punish|land)$/.test(pred.lemma)
    )
      of = firmsOf(p, patientOf(pred))
  }
  return { of, from }
}

/** `fines totalling ⟨M1⟩`. */
function totalOf(p: Parse, np: Np): Mention | undefined {
  const next = p.chunks[p.place(np) + 1]
  if (!isVg(next) || next.lemma !== 'total') return undefined
  const sum = p.chunks[p.place(np) + 2]
  return isNp(sum) ? sum.money : undefined
}
