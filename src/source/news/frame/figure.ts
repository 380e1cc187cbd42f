import { isNp, isVg } from '../grammar/layout.ts'
import { supportOf } from '../grammar/real.ts'
import {
  firmOf,
  isDone,
  isFirmMention,
  type Mention,
  type Name,
  type Np,
  ownerOf,
  type Parse,
  type Pred,
  phrasesOf,
  pp,
} from './args.ts'

/** The sums that a figure noun names: in it, behind it, or as what its verb leads to. */
export function sumsOf(p: Parse, np: Np): Mention[] {
  if (np.money !== undefined) return [np.money]
  // `Q3 sales ⟨M1⟩`: a line without a verb.
  const next = p.chunks.slice(p.place(np) + 1).find((one) => isNp(one) || isVg(one))
  const beside =
    p.preds.length === 0 && isNp(next) && next.money === undefined
      ? p.chunks.slice(p.place(next) + 1).find((one) => isNp(one))
      : next
  if (isNp(beside) && beside.money !== undefined && beside.head === '' && p.preds.length === 0)
    return [beside.money]
  const list = phrasesOf(p, np)
  const of = list.find(
    ({ w, np: inner }) =>
      (w === 'of' ||
        w === 'at' ||
        w === 'to' ||
        w === 'totalling' ||
        w === 'worth' ||
        w === 'above' ||
        w === 'near' ||
        w === 'around') &&
      inner.money !== undefined &&
      inner.head === '',
  )
  if (of?.np.money !== undefined) return [of.np.money]
  return p.preds.filter(({ subject }) => subject.includes(np)).flatMap((pred) => reached(p, pred))
}

export const CHANGE =
  /^(?:rise|fall|grow|climb|jump|drop|decline|increase|decrease|slip|slide|plunge|plummet|surge|soar|tumble|sink|shrink|dip|edge|double|triple|treble|quadruple|halve|total|hit|reach|come|come in|stand|be|exceed|top|surpass|pass|peak|swell|expand|advance|rocket|leap|cross|go|slump|crash|collapse|improve|amount|contract|ease|remain|balloon|mushroom|recover|rebound|bounce|nearly|move up|run|near|approach|settle|end|arrive|average|equal|push|gain|widen|narrow|dive|crater|inch|accelerate|break|breach|dwindle|touch|weaken|swing|stay|hover|clock in)$/

/** `rose to ⟨M1⟩ from ⟨M2⟩`, `reached ⟨M1⟩`, `was ⟨M1⟩`. */
export function reached(p: Parse, pred: Pred): Mention[] {
  if (!CHANGE.test(pred.lemma) || !isDone(p, pred)) return []
  const out: Mention[] = []
  const to = pred.pps.find(
    ({ w, np }) =>
      (w === 'to' || w === 'at' || w === 'worth' || w === 'of' || w === 'above') &&
      np.money !== undefined &&
      np.head === '',
  )
  const object = pred.objects.flat().find((np) => np.money !== undefined && np.head === '')
  const isBy = pred.pps.some(({ w, np }) => w === 'by' && np === object)
  const main = to?.np.money ?? (isBy ? undefined : object?.money)
  if (main !== undefined) out.push(main)
  const from = pp(pred, 'from', 'up-from', 'down-from')
  if (from?.np.money !== undefined && main !== undefined) out.push(from.np.money)
  return out
}

/** `⟨M1⟩ in 2007`, `⟨M1⟩ last year`: the date right behind the sum is the sum's own. */
export function dateBehind(p: Parse, money: Mention): Mention | undefined {
  const behind =
    /^(?:,? (?:for|in|by|during|over)(?: the)?(?: (?:full |fiscal |financial |calendar )?(?:year|twelve months|12 months)(?: (?:to|ended|ending|of|in))?)?(?: \p{L}+)?)? (⟨D\d+⟩)/u.exec(
      p.m.text.slice(money.end),
    )
  if (behind?.[1] === undefined) return undefined
  return p.m.at(money.end + behind[0].length - behind[1].length)
}

/** `Revenue rose to …`: nobody is named, so the firm of the sentences before is meant. */
export function alone(p: Parse, np: Np): Name | undefined {
  if (
    np.owner !== undefined ||
    np.ownerHead !== undefined ||
    np.mods.some(({ letter }) => letter !== 'L')
  )
    return undefined
  const near = p.preds
    .filter(({ i }) => i < p.place(np))
    .flatMap(({ subject }) => subject)
    .map((one) => ownerOf({ ...one, mods: [] }) ?? firmOf(p, one))
    .findLast((one) => one !== undefined && !one.isRegulator)
  if (
    near !== undefined &&
    (/ but |: /.test(p.m.text.slice(0, np.at)) || supportOf(p, np) === undefined)
  )
    return near
  const { subject, topic } = p.m.context
  const firms = new Set(
    p.m
      .between(0, p.m.text.length, 'OU')
      .filter(isFirmMention)
      .map(({ name }) => name),
  )
  const [only] = firms
  return subject ?? topic ?? (firms.size === 1 ? only : undefined)
}
