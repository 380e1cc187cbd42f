import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  firmOf,
  firmsOf,
  firstFirm,
  isFirmMention,
  isSaid,
  type Mention,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  when,
} from './args.ts'
import { stakeIn } from './deal.ts'
import { sumsOf } from './figure.ts'

const WORTH = /^(?:tag|valuation|value|capitalisation|capitalization|worth|cap)$/

type Add = (
  at: number,
  of: Name | undefined,
  money: Mention | undefined,
  qualifier?: string,
) => void

/** What whom is worth. */
export function valuations(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: Name | undefined,
    money: Mention | undefined,
    qualifier?: string,
  ) => {
    if (of === undefined || money === undefined || of.isRegulator || of.isAsset) return
    out.push({
      type: 'valuation',
      at,
      of,
      money,
      when: when(p, at),
      ...(qualifier === undefined ? {} : { qualifier }),
    })
  }
  valuedAt(p, add)
  worthNoun(p, add)
  worthBeside(p, add)
  return out
}

/** `valued at ⟨M1⟩`, `is worth ⟨M1⟩`. */
function valuedAt(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    const at = pred.vg.at
    if (pred.lemma === 'value' || pred.lemma === 'price') {
      if (!isSaid(p, pred)) continue
      const sum = pp(pred, 'at')?.np
      if (sum?.money === undefined) continue
      const valued = firmsOf(p, patientOf(pred))
      for (const of of valued) add(at, of, sum.money)
      // `valuing the business at`: the firm that the clause is about.
      const isBusiness = patientOf(pred).some(
        ({ head, det, name }) =>
          name === undefined &&
          det === 'the' &&
          !/^(?:deal|stake|contract|transaction|order|asset|portfolio|offer|unit|property|loan|award|holding|share|bond|position|coin|token|land|estate|painting|collection)$/.test(
            head,
          ),
      )
      if (valued.length === 0 && isBusiness)
        add(
          at,
          (pred.vg.form === 'ing' ? firstFirm(p, pred.subject) : undefined) ??
            p.m.context.subject ??
            p.m.context.topic,
          sum.money,
        )
    } else if (pred.lemma === 'be' && isSaid(p, pred)) {
      const sum = pp(pred, 'worth')?.np
      if (sum !== undefined && sum.head === '') add(at, firstFirm(p, pred.subject), sum.money)
    }
  }
}

/** `a valuation of ⟨M1⟩`, `a market value of ⟨M1⟩`. */
function worthNoun(p: Parse, add: Add): void {
  for (const np of nounsWith(p, WORTH)) {
    if (np.head === 'tag' && !np.pre.includes('price')) continue
    const isPut = supportOf(p, np)?.pred.lemma === 'put'
    const isMarket =
      isPut ||
      np.head !== 'value' ||
      np.pre.some((w) => /^(?:market|equity|enterprise|stock|paper|implied)$/.test(w))
    if (!isMarket || nounStatus(p, np) === 'unreal' || isContract(p, np)) continue
    const of = valuedFirm(p, np)
    for (const money of sumsOf(p, np)) add(np.at, of, money, qualifierOf(p, np))
  }
}

/** `worth ⟨M1⟩` behind a name: `⟨O1⟩, now worth ⟨M2⟩`. */
function worthBeside(p: Parse, add: Add): void {
  // `worth ⟨M1⟩` behind a name: `⟨O1⟩, now worth ⟨M2⟩`.
  p.chunks.forEach((chunk, k) => {
    if (chunk.k !== 'p' || chunk.w !== 'worth') return
    const sum = p.chunks[k + 1]
    const before = p.chunks
      .slice(Math.max(0, k - 3), k)
      .findLast((one) => one.k !== 'adv' && one.k !== 'comma' && one.k !== 'date')
    const isGoverned = isNp(before) && (p.layout.governed[p.place(before)] ?? -1) >= 0
    if (
      isNp(sum) &&
      sum.head === '' &&
      isNp(before) &&
      !isGoverned &&
      isFirmMention(before.name) &&
      p.chunks[k - 1]?.k !== 'np'
    )
      add(before.at, before.name.name, sum.money)
  })
}

const isContract = (p: Parse, np: Np) => {
  const of = phrase(phrasesOf(p, np), 'of')
  return (
    of !== undefined &&
    /^(?:contract|deal|order|transaction|asset|portfolio|holding|currency|stake|coin|token|loan|market|trade|export|import)$/.test(
      of.np.head,
    )
  )
}

function qualifierOf(p: Parse, np: Np): string | undefined {
  const isPeak = p.preds.some(
    ({ lemma, subject, pps }) =>
      lemma === 'peak' && (subject.includes(np) || pps.some((one) => one.np === np)),
  )
  return isPeak || np.pre.includes('peak') ? 'peak' : undefined
}

function valuedFirm(p: Parse, np: Np): Name | undefined {
  const list = phrasesOf(p, np)
  const of = phrase(list, 'of', 'for')
  if (of !== undefined && of.np.money === undefined) {
    const firm = firstFirm(p, of.nps)
    if (firm !== undefined) return firm
    // `the market value of its shares`
  }
  const own = ownerOf(np)
  if (own !== undefined) return own
  const support = supportOf(p, np)
  if (support === undefined) return undefined
  const { pred } = support
  if (/^(?:give|hand|leave|grant|put|assign)$/.test(pred.lemma) && !pred.isPassive) {
    const [to] = firmsOf(p, pred.objects[0] ?? [])
    return (
      to ??
      firstFirm(
        p,
        pred.pps.filter(({ w }) => w === 'on' || w === 'to').flatMap(({ nps }) => nps),
      )
    )
  }
  if (
    /^(?:peak|raise|secure|close|reach|hit|have|command|achieve|attain|cross|surpass|top|pass|fetch|boast|enjoy|list|debut|float|get|receive|claim|land|complete|net|pull in|bag|exceed|sport)$/.test(
      pred.lemma,
    )
  )
    return firstFirm(p, pred.subject)
  if (/^(?:push|lift|take|bring|send|raise|cut|drag|drive)$/.test(pred.lemma)) {
    const mover = pred.subject
      .map((one) => ownerOf(one) ?? firmOf(p, one))
      .find((one) => one !== undefined)
    if (mover !== undefined) return mover
  }
  if (
    /^(?:acquire|buy|sell|take|purchase)$/.test(pred.lemma) &&
    pred.objects
      .flat()
      .some(({ head }) => /^(?:share|stake|third|quarter|half|tenth|fifth)$/.test(head))
  )
    return p.m.context.subject ?? p.m.context.topic
  if (/^(?:invest|lead|take|buy|back)$/.test(pred.lemma)) {
    const into = pp(pred, 'in', 'into')
    const stake = pred.objects[0]
      ?.map((one) => stakeIn(p, one)?.of)
      .find((one) => one !== undefined)
    return (
      (into === undefined ? undefined : firstFirm(p, into.nps)) ??
      stake ??
      firstFirm(p, pred.objects[0] ?? [])
    )
  }
  return undefined
}
