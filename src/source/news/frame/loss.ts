import {
  firstFirm,
  isDone,
  type Mention,
  type Name,
  type Np,
  ownerOf,
  type Parse,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  worthOf,
} from './args.ts'

export interface Loss {
  readonly money?: Mention | undefined
  readonly quantity?: Mention | undefined
  readonly what?: string | undefined
}

/** What was taken: a sum of money, or so many of a token. */
export function lossIn(nps: readonly Np[]): Loss | undefined {
  for (const np of nps) {
    if (np.money !== undefined) return { money: np.money }
    const isToken =
      np.quantity !== undefined &&
      (np.name?.letter === 'T' ||
        np.name?.letter === 'U' ||
        /^(?:token|coin|ether|bitcoin|nft)$/.test(np.head))
    if (isToken) return { quantity: np.quantity, what: np.name?.text }
  }
  return undefined
}

export function sumIn(p: Parse, np: Np): Mention | undefined {
  return np.money ?? worthOf(p, np)
}

/** `…, ⟨M1⟩ in all`. */
export function tailSum(p: Parse, pred: Pred): Loss | undefined {
  const money = p.m.between(pred.vg.end, p.m.text.length, 'M')[0]
  return money === undefined ||
    !/^ (?:in all|in total|altogether|worth)/.test(p.m.text.slice(money.end))
    ? undefined
    : { money }
}

export const sumsAmong = (p: Parse, nps: readonly Np[]): Loss | undefined =>
  nps.map((np) => moneyOf(p, np)).find((one) => one !== undefined)

export function moneyOf(p: Parse, np: Np): Loss | undefined {
  const money = sumIn(p, np)
  if (money !== undefined) return { money }
  const of = phrase(phrasesOf(p, np), 'of', 'worth')
  return of?.np.money === undefined ? undefined : { money: of.np.money }
}

/** `more than $5m worth of tokens`: the sum stands among the verb's own words. */
export function inside(p: Parse, pred: Pred): Loss | undefined {
  const end = p.chunks[pred.end - 1]?.end ?? pred.vg.end
  const [money] = p.m.between(pred.vg.end, end, 'M')
  return money === undefined ? undefined : { money }
}

/** A second verb of the sentence that says how much: `hacked …, losing ⟨M1⟩`. */
export function later(p: Parse, pred: Pred): Loss | undefined {
  for (const other of p.preds) {
    if (
      other === pred ||
      !/^(?:lose|steal|make off|take|drain|siphon|walk off|run off|withdraw|cost|get away|walk away|escape|flee|net|swipe|siphon off|loot|total|empty|clean out|nab|grab|pocket)$/.test(
        other.lemma,
      )
    )
      continue
    const sum = lossIn([
      ...patientOf(other),
      ...other.pps.map(({ np }) => np),
      ...other.objects.flat(),
    ])
    if (sum !== undefined && isDone(p, other)) return sum
  }
  return undefined
}

/** `hot wallets of ⟨O1⟩`, `a bug in ⟨O1⟩`. */
export function inOf(p: Parse, np: Np): Name | undefined {
  const of = phrase(phrasesOf(p, np), 'of', 'in', 'at', 'on', 'by')
  return of === undefined ? undefined : (firstFirm(p, of.nps) ?? ownerOf(of.np))
}
