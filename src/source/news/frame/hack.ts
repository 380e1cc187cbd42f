import type { Draft } from '../draft.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  firmOf,
  firmsOf,
  firstFirm,
  isDone,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  type Pred,
  patientOf,
  phrasesOf,
  pp,
  when,
} from './args.ts'
import {
  inOf,
  inside,
  type Loss,
  later,
  lossIn,
  moneyOf,
  sumIn,
  sumsAmong,
  tailSum,
} from './loss.ts'

const STEAL =
  /^(?:steal|drain|siphon|siphon off|syphon|take|loot|pilfer|swipe|embezzle|misappropriate|withdraw|remove|extract|move|transfer|nab|grab|pinch|snatch|plunder|lift|empty|make off|run off|walk off|get away|clean out|wipe out|rob|hack|exploit|breach|raid|rip|swindle|nick|pocket|lose|attack|compromise|hit|strike|target|infiltrate|relieve|fleece|filch|burgle|ransack|mint|divert|walk away|escape|flee|bag|skim|bleed|sweep|steal away)$/

const OBVIOUS =
  /^(?:steal|drain|siphon|siphon off|syphon|loot|pilfer|swipe|plunder|make off|rob|hack|exploit|embezzle|misappropriate|clean out|snatch|fleece|burgle|ransack|filch)$/

const ATTACK =
  /\b(?:hack\w*|exploit\w*|attack\w*|stol\w+|steal\w*|theft|thie\w+|breach\w*|drain\w*|siphon\w*|syphon\w*|heist|raid\w*|intru\w+|compromis\w+|flash loan|rug ?pull|phishing|loot\w*|cyber\w*|crooks|criminals|robb\w+|malicious|ransom\w*|private keys?|insiders?|burgl\w+|helped (?:him|her|it|them)sel|plunder\w*|swip\w+)/

const THEFT =
  /^(?:theft|hack|exploit|heist|breach|attack|raid|robbery|drain|incident|loss|cyberattack|hacking|intrusion|exploitation|cyber-attack|burglary|compromise)$/

/** `helped himself to ⟨M1⟩ from a ⟨O2⟩ wallet`. */
const isHelped = (pred: Pred) => pred.lemma === 'help' && pp(pred, 'to')?.np.money !== undefined

/** Who was robbed of how much. */
export function hacks(p: Parse): Draft[] {
  if (!ATTACK.test(p.m.text)) return []
  const out: Draft[] = []
  const add = (at: number, of: Name | undefined, loss: Loss | undefined) => {
    if (of === undefined || of.isRegulator || of.isAsset || of.kind === 'person') return
    const known = out.findIndex((one) => one.of === of)
    const one: Draft = { type: 'hack', at, of, ...loss, when: when(p, at) }
    if (known < 0) out.push(one)
    else if (out[known]?.money === undefined && loss?.money !== undefined) out[known] = one
  }
  for (const pred of p.preds) {
    if (isHelped(pred) && isDone(p, pred)) {
      const from = pp(pred, 'from')?.np
      add(pred.vg.at, from === undefined ? undefined : (firmOf(p, from) ?? ownerOf(from)), {
        money: pp(pred, 'to')?.np.money,
      })
    }
    if (!STEAL.test(pred.lemma) || !isDone(p, pred)) continue
    if (
      /^(?:withdraw|remove|extract|move|transfer|take|lift|mint|divert)$/.test(pred.lemma) &&
      !byAttacker(p, pred)
    )
      continue
    const victim = victimOf(p, pred)
    if (victim !== undefined) add(pred.vg.at, victim.of, victim.loss)
  }
  for (const np of nounsWith(p, THEFT)) theftNoun(p, np, add)
  return out
}

const CROOK =
  /^(?:hacker|attacker|thief|criminal|crook|exploiter|intruder|scammer|fraudster|insider|robber|gang|group|actor|cybercriminal|raider|bandit|employee|culprit|perpetrator|address|wallet|they|bug|flaw|someone|burglar)$/

function byAttacker(p: Parse, pred: Pred): boolean {
  const agents = agentOf(pred)
  if (pred.isPassive) return /steal|stol|hack|exploit|attack|theft|breach|drain/.test(p.m.text)
  return agents.some(({ head, isPronoun }) => CROOK.test(head) || isPronoun)
}

interface Robbed {
  readonly of: Name | undefined
  readonly loss: Loss | undefined
}

const TAKE_AWAY =
  /^(?:make off|run off|walk off|get away|walk away|steal|drain|siphon|siphon off|syphon|take|loot|pilfer|swipe|embezzle|misappropriate|withdraw|remove|extract|move|transfer|nab|grab|pinch|snatch|plunder|lift|empty|clean out|nick|divert|bag|skim|sweep|pocket)$/
const BREAK_IN =
  /^(?:hack|exploit|breach|raid|rob|attack|compromise|infiltrate|hit|strike|target|relieve|fleece|burgle|ransack|swindle)$/
const NO_THEFT =
  /\b(?:revenue|quarter|profit|earnings|sales|market share|investors lost|trading losses|per cent|net loss)\b/

/** Whom a verb of theft is about, and what was taken. */
function victimOf(p: Parse, pred: Pred): Robbed | undefined {
  const { lemma } = pred
  const patients = [...patientOf(pred), ...(pred.objects[1] ?? [])]
  const worth = pred.pps.find(({ w, np }) => w === 'worth' && np.money !== undefined)?.np.money
  const tail = pred.pps.filter(({ w }) => /^(?:for|of|with|worth|in|to)$/.test(w))
  const loss =
    worth === undefined
      ? (lossIn([...patients, ...tail.map(({ np }) => np)]) ?? inside(p, pred))
      : { money: worth }
  if (lemma === 'lose') {
    const object = patients[0]
    const sum = object === undefined ? undefined : (lossIn([object]) ?? moneyOf(p, object))
    const isTheft = sum !== undefined && !NO_THEFT.test(p.m.text)
    return isTheft ? { of: firstFirm(p, pred.subject), loss: sum } : undefined
  }
  if (TAKE_AWAY.test(lemma)) return takenFrom(p, pred, patients, loss)
  return BREAK_IN.test(lemma) ? brokenInto(p, pred, patients[0], loss) : undefined
}

/** `stole ⟨M1⟩ from ⟨O2⟩`, `drained ⟨O1⟩ of ⟨M2⟩`. */
function takenFrom(
  p: Parse,
  pred: Pred,
  patients: readonly Np[],
  loss: Loss | undefined,
): Robbed | undefined {
  const { lemma } = pred
  const from = pp(pred, 'from', 'out-of', 'at', 'off')
  const source =
    from === undefined
      ? undefined
      : (firstFirm(p, from.nps) ?? ownerOf(from.np) ?? inOf(p, from.np))
  if (source !== undefined) return { of: source, loss: loss ?? sumsAmong(p, patients) }
  const direct = patients.filter((np) => np.money === undefined && np.quantity === undefined)
  const whole = firstFirm(p, direct) ?? direct.map(ownerOf).find((one) => one !== undefined)
  const isWhole = /^(?:drain|loot|clean out|empty|plunder|siphon)$/.test(lemma) || pred.isPassive
  if (whole !== undefined && isWhole) return { of: whole, loss: loss ?? later(p, pred) }
  if (from !== undefined) return undefined
  return spokenVictim(p, pred, loss ?? sumsAmong(p, patients) ?? tailSum(p, pred))
}

/** `intruders emptied the accounts …, ⟨M1⟩ in all`: the firm that speaks, or is spoken of. */
function spokenVictim(p: Parse, pred: Pred, loss: Loss | undefined): Robbed | undefined {
  const { lemma } = pred
  const isCrook = agentOf(pred).some(
    ({ head, pre }) => CROOK.test(head) || pre.some((w) => CROOK.test(w)),
  )
  const speaker = p.preds
    .filter(({ i }) => i < pred.i)
    .map((one) => firstFirm(p, one.subject))
    .find((one) => one !== undefined)
  const victim = speaker ?? p.m.context.subject
  const isPlain = OBVIOUS.test(lemma) || lemma === 'empty' || lemma === 'take'
  if (isCrook && isPlain && loss !== undefined && victim !== undefined) return { of: victim, loss }
  // `minted tokens on ⟨O1⟩ …, walking off with ⟨M2⟩`: the only place that the sentence names.
  if (!/^(?:make off|walk off|run off|get away|walk away)$/.test(lemma)) return undefined
  const [place] = p.preds
    .flatMap(({ pps }) => pps.filter(({ w }) => /^(?:on|from|at|in|into)$/.test(w)))
    .flatMap(({ nps }) => firmsOf(p, nps))
  return place !== undefined && loss !== undefined ? { of: place, loss } : undefined
}

/** `hacked ⟨O1⟩`, `⟨O1⟩ was breached`. */
function brokenInto(
  p: Parse,
  pred: Pred,
  np: Np | undefined,
  loss: Loss | undefined,
): Robbed | undefined {
  const { lemma } = pred
  if (np === undefined) return undefined
  const isPlain = OBVIOUS.test(lemma) || /^(?:breach|raid|attack|compromise)$/.test(lemma)
  const isBy = pred.pps.some(
    ({ w, np: one }) =>
      (w === 'by' || w === 'in') && (THEFT.test(one.head) || CROOK.test(one.head)),
  )
  const sum = loss ?? later(p, pred)
  if (!isPlain && !isBy) return undefined
  if (!/^(?:hack|exploit|rob|drain)$/.test(lemma) && sum === undefined) return undefined
  return { of: firmOf(p, np) ?? ownerOf(np) ?? inOf(p, np), loss: sum }
}

/** `the theft of ⟨M1⟩ from ⟨O2⟩`, `⟨O1⟩'s ⟨M2⟩ hack`, `a ⟨M1⟩ exploit of ⟨O2⟩`. */
function theftNoun(
  p: Parse,
  np: Np,
  add: (at: number, of: Name | undefined, loss: Loss | undefined) => void,
): void {
  if (nounStatus(p, np) === 'unreal') return
  const list = phrasesOf(p, np)
  const of = list.find(
    ({ w, np: inner }) =>
      /^(?:of|on|at|against|from|to|in|targeting)$/.test(w) &&
      (firmOf(p, inner) !== undefined || ownerOf(inner) !== undefined),
  )
  const support = supportOf(p, np)
  const loss =
    lossIn([np]) ??
    lossIn(list.map(({ np: inner }) => inner)) ??
    (sumIn(p, np) === undefined ? undefined : { money: sumIn(p, np) })
  const owner = ownerOf(np)
  const isLoss = np.head === 'loss'
  if (
    isLoss &&
    !(
      support !== undefined &&
      /^(?:suffer|report|confirm|put|disclose|incur|sustain)$/.test(support.pred.lemma)
    )
  )
    return
  const isWeak =
    np.head === 'incident' ||
    np.head === 'attack' ||
    np.head === 'breach' ||
    np.head === 'compromise'
  let victim = of === undefined ? undefined : (firmOf(p, of.np) ?? ownerOf(of.np))
  victim ??= owner
  let sum = loss
  if (support !== undefined) {
    const { pred, role } = support
    if (
      role === 'object' &&
      /^(?:suffer|report|confirm|disclose|experience|sustain|endure|reveal|admit|acknowledge|see|incur|announce)$/.test(
        pred.lemma,
      )
    )
      victim ??= firstFirm(p, pred.subject)
    if (role === 'object' && pred.lemma === 'put' && isLoss) {
      victim = p.m.context.subject
      const at = pp(pred, 'at')
      sum = at?.np.money === undefined ? sum : { money: at.np.money }
    }
    if (role === 'subject' && /^(?:hit|cost|strike|target|rock|affect)$/.test(pred.lemma)) {
      victim ??= firstFirm(p, patientOf(pred))
      sum ??= lossIn(pred.objects.flat())
    }
    if (
      role === 'phrase' &&
      /^(?:lose|drain|steal|take|siphon|hit|rob|target|strike|rock)$/.test(pred.lemma)
    )
      return
    sum ??= lossIn(pred.objects.flat())
    if (role === 'subject' && /^(?:result|lead|cost|cause|end)$/.test(pred.lemma))
      sum ??= sumsAmong(p, [...pred.objects.flat(), ...pred.pps.map(({ np: one }) => one)])
  }
  sum ??= thatStole(p, np)
  if (isWeak && sum === undefined) return
  if (isLoss && sum === undefined) return
  add(np.at, victim, sum)
}

/** `an exploit that drained ⟨M1⟩`, `the hack, in which ⟨M1⟩ was stolen`. */
function thatStole(p: Parse, np: Np): Loss | undefined {
  const k = p.place(np)
  const pred = p.preds.find(
    ({ i, lemma }) =>
      i > k && /^(?:steal|drain|siphon|cost|take|net|lose|siphon off|see)$/.test(lemma),
  )
  return pred === undefined ? undefined : lossIn([...patientOf(pred), ...pred.objects.flat()])
}
