import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  firmOf,
  firstFirm,
  isDone,
  type Mention,
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
  when,
  wordsOf,
  written,
} from './args.ts'
import { alone, dateBehind } from './figure.ts'

const SELL = /^(?:sell|ship|deliver|shift|move|hand over|dispatch|flog)$/

const NO_UNIT =
  /^(?:share|token|customer|user|client|worker|employee|people|person|job|store|subsidiary|stake|unit-holder|bond|bitcoin|coin|note|year|time|country|market|branch|shop|outlet|percent|business|shareholder|company|firm|account|member|point|analyst|day|week|month|hour|minute|acre|megawatt|tonne-of)$/

type Add = (
  at: number,
  of: Name | undefined,
  np: Np,
  quantity: Mention | undefined,
  product?: string,
) => void

/** How many of what a firm sold. */
export function unitsSold(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: Name | undefined,
    np: Np,
    quantity: Mention | undefined,
    product?: string,
  ) => {
    if (
      of === undefined ||
      quantity === undefined ||
      NO_UNIT.test(np.head) ||
      of.isRegulator ||
      np.money !== undefined
    )
      return
    if (np.name?.name?.isAsset === true) return
    if (!isBig(quantity)) return
    const what =
      product ??
      (np.head === 'unit' || np.head === ''
        ? np.head === '' && np.name === undefined
          ? undefined
          : wordsOf(p, np)
        : wordsOf(p, np))
    out.push({
      type: 'units_sold',
      at,
      of,
      quantity,
      what: what?.replace(/^[\d.,]+ (?:thousand |million |billion |m |bn )?/i, ''),
      when: dateBehind(p, quantity) ?? when(p, at),
    })
  }
  soldBy(p, add)
  foundBuyers(p, out)
  salesOf(p, add)
  return out
}

/** `sold 2 million phones`, `2 million phones were sold`. */
function soldBy(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    if (!SELL.test(pred.lemma) || !isDone(p, pred)) continue
    for (const np of patientOf(pred)) {
      const seller = pred.isPassive ? (pp(pred, 'by')?.nps ?? []) : pred.subject
      // `its L-200 sold 31 million units`: the product sells, its maker is meant.
      const maker = makerOf(p, pred, seller)
      // `2.3 billion packs were sold`, `we sold 212 million of them`: the firm that is spoken of.
      const isOwn = pred.isPassive
        ? seller.length === 0 && pp(pred, 'in', 'on', 'at') === undefined
        : seller.some(({ isPronoun, head }) => isPronoun && head === 'we')
      if (isOwn && np.quantity !== undefined) {
        add(pred.vg.at, p.m.context.topic, np, np.quantity)
        continue
      }
      add(
        pred.vg.at,
        maker ?? firstFirm(p, seller),
        np,
        np.quantity,
        maker === undefined || seller[0] === undefined
          ? undefined
          : (seller[0].name?.text ?? seller[0].quantity?.text ?? wordsOf(p, seller[0])),
      )
    }
  }
}

/** `The Riviera model found 58 million buyers`. */
function foundBuyers(p: Parse, out: Draft[]): void {
  for (const pred of p.preds) {
    // `The Riviera model found 58 million buyers`.
    const buyers =
      pred.lemma === 'find' && isDone(p, pred)
        ? patientOf(pred).find(
            ({ head, quantity }) =>
              quantity !== undefined && /^(?:buyer|taker|owner|customer)$/.test(head),
          )
        : undefined
    const product = pred.subject[0]
    const named = product === undefined ? undefined : (product.name ?? product.mods.at(-1))
    if (buyers?.quantity === undefined || product === undefined || !isBig(buyers.quantity)) continue
    const of = ownerOf({ ...product, mods: [] }) ?? p.m.context.subject ?? p.m.context.topic
    if (of !== undefined)
      out.push({
        type: 'units_sold',
        at: pred.vg.at,
        of,
        quantity: buyers.quantity,
        what: named?.text ?? wordsOf(p, product),
        when: when(p, pred.vg.at),
      })
  }
}

/** `sales of 2 million units`, `deliveries rose to 310,000 cars`. */
function salesOf(p: Parse, add: Add): void {
  for (const np of nounsWith(p, /^(?:sale|sales|shipment|delivery)$/)) {
    if (np.money !== undefined || nounStatus(p, np) !== 'real') continue
    const of = phrase(phrasesOf(p, np), 'of')
    const inner = of?.np.quantity === undefined ? undefined : of.np
    const support = supportOf(p, np)
    const reach =
      support?.role === 'subject' && isDone(p, support.pred)
        ? (pp(support.pred, 'to', 'at')?.np ?? support.pred.objects[0]?.[0])
        : undefined
    const main = inner ?? (reach?.quantity === undefined ? undefined : reach)
    if (main === undefined) continue
    const owner =
      ownerOf(np) ??
      (support !== undefined && support.role !== 'subject'
        ? firstFirm(p, support.pred.subject)
        : alone(p, np))
    add(np.at, owner, main, main.quantity)
  }
}

/** `models like the 3310, which sold 126 million units`: the product sells, its maker is meant. */
function makerOf(p: Parse, pred: Pred, seller: readonly Np[]): Name | undefined {
  const [np] = seller
  if (np === undefined || pred.isPassive) return undefined
  if (np.owner !== undefined) return ownerOf(np)
  const letter = np.name?.letter
  const isProduct =
    letter === 'T' ||
    (letter === 'U' && np.det === 'the') ||
    (np.name === undefined && np.quantity !== undefined) ||
    /^(?:model|series|range|version|game|phone|console|device|handset|title|car)$/.test(np.head)
  if (!isProduct) return undefined
  const main = p.preds.find(
    (one) =>
      one !== pred && one.subject.some((other) => other !== np && firmOf(p, other) !== undefined),
  )
  return firstFirm(p, main?.subject ?? []) ?? p.m.context.subject ?? p.m.context.topic
}

const isBig = (quantity: Mention) => Number(quantity.amount?.value ?? 0) >= 20

/** What part of a country's economy a firm makes. */
export function shareOfGdp(p: Parse): Draft[] {
  const out: Draft[] = []
  for (const np of p.chunks.filter(
    (chunk): chunk is Np => isNp(chunk) && chunk.percent !== undefined && chunk.head === '',
  )) {
    const of = phrase(phrasesOf(p, np), 'of')
    if (
      of === undefined ||
      !/\bgdp\b|gross domestic product|national output|economic output/i.test(
        written(p, of.at, of.np.end + 24),
      )
    )
      continue
    const support = supportOf(p, np)
    const firm = support === undefined ? undefined : firstFirm(p, support.pred.subject)
    const subject = firm ?? p.m.context.subject
    if (subject === undefined || (support !== undefined && !isDone(p, support.pred))) continue
    out.push({
      type: 'share_of_gdp',
      at: np.at,
      of: subject,
      percent: np.percent,
      what: written(p, of.np.at, of.np.end),
      when: when(p, np.at),
    })
  }
  return out
}
