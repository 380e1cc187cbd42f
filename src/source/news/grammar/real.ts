import type { Np } from './chunk-type.ts'
import { isNp, isVg } from './layout.ts'
import type { Parse, Pred } from './parse-type.ts'

/** What a sentence says of an event: it is so, it is agreed to come, or it is not said to be. */
export type Status = 'real' | 'future' | 'unreal'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** An infinitive behind these says what is done: `agreed to buy`, `was ordered to pay`. */
const TRUE_CONTROL =
  set(`agree decide manage begin start continue order force make choose appoint name hire
  pick tap select move rush proceed elect vote oblige sentence opt conclude instruct require compel
  condemn tell allow permit authorise authorize clear approve license licence help recruit lure nominate
  promote enable direct be commit get return step come use sign team undertake pledge see`)
const SET_CONTROL = set('set schedule slate due expect poise tip')
/** Behind these a participle says what was done: `finished selling`. */
const TRUE_GERUND =
  set(`finish begin start complete announce report confirm admit acknowledge keep continue
  include involve disclose stop see go come end be`)
const TRUE_LEAD = set(
  'after by since following upon for despite in with while when and on through as from',
)
/** What follows is not said to be so. */
const DENIALS =
  set(`deny rumour rumor dismiss refute doubt speculate fear accuse allege question hint
  imagine pretend rebut debunk reject wonder ask threaten suspect charge claim dispute mull ponder contend`)
const SOFT_DENIALS = set('allege claim suspect')
const DOUBT_NOUN =
  set(`rumour rumor speculation talk report suggestion possibility prospect hope fear chance
  idea plan claim allegation expectation proposal gossip chatter whisper`)
/** What these verbs act on did not happen, or not yet. */
const UNREAL_OBJECT =
  set(`reject deny consider seek plan propose abandon mull weigh explore rule discuss
  block scrap await oppose drop pursue target want fear face speculate demand urge request apply decline
  threaten expect offer bid reconsider call avoid veto challenge study debate review delay postpone shelve
  attempt contemplate ponder envisage forecast predict prevent thwart foil refuse need rebuff snub spurn
  resist turn-down recommend eye hint prepare probe negotiate evaluate examine dismiss suspect cancel
  rule-out question overturn quash annul void withdraw evade escape dodge`)
const UNREAL_PHRASE = set('rule-out turn-down call-off pull-out back-out break-off fend-off')
const UNREAL_HEAD =
  set(`talk plan bid offer rumour rumor speculation report proposal possibility prospect idea
  hope option discussion negotiation effort attempt application request interest threat risk chance fear
  likelihood consideration opposition ambition intention candidate approach bidder suitor`)
const UNREAL_PRE =
  set(`proposed planned potential possible failed attempted rumoured rumored would-be abandoned
  mooted aborted collapsed hypothetical feared suspected speculated prospective eventual looming`)
const MAYBE = set("could may might would should can must cannot couldn't wouldn't can't shouldn't")

/** Is the verb said to have happened? `at` guards against a circle of governors. */
const STATUS = new WeakMap<Pred, Status>()

/** Is the verb said to have happened? */
export function statusOf(p: Parse, pred: Pred, depth = 0): Status {
  const known = STATUS.get(pred)
  if (known !== undefined) return known
  const own = readStatus(p, pred, depth)
  if (depth === 0) STATUS.set(pred, own)
  return own
}

function readStatus(p: Parse, pred: Pred, depth: number): Status {
  const { vg } = pred
  if (
    vg.isNegated ||
    depth > 8 ||
    pred.subject.some(({ det }) => det === 'no' || det === 'neither')
  )
    return 'unreal'
  if (vg.adverbs.some((w) => w === 'allegedly' || w === 'potentially' || w === 'possibly'))
    return 'unreal'
  if (
    vg.modal !== undefined &&
    MAYBE.has(vg.modal) &&
    !(vg.modal === 'would' && isAnnounced(p, pred))
  )
    return 'unreal'
  const context = contextOf(p, pred)
  if (context === 'unreal') return 'unreal'
  let own: Status = vg.modal === undefined ? 'real' : 'future'
  if (vg.isInfinitive) own = infinitiveStatus(p, pred, depth)
  else if (vg.form === 'ing' && !vg.hasHelper) own = gerundStatus(p, pred, depth)
  else if (vg.form === 'base' && pred.governor !== undefined)
    own = statusOf(p, pred.governor, depth + 1)
  return own
}

const weaker = (a: Status, b: Status): Status =>
  a === 'unreal' || b === 'unreal' ? 'unreal' : a === 'future' || b === 'future' ? 'future' : 'real'

function infinitiveStatus(p: Parse, pred: Pred, depth: number): Status {
  const { governor, governorNoun } = pred
  if (governorNoun !== undefined) {
    if (!AGREED.has(governorNoun.head) || isDenied(governorNoun)) return 'unreal'
    const above = nounStatus(p, governorNoun, depth + 1)
    return above === 'unreal' ? 'unreal' : weaker(above, 'future')
  }
  // `X to buy Y`: a headline.
  if (governor === undefined) return 'future'
  if (governor.lemma === 'have') return 'unreal'
  const above = statusOf(p, governor, depth + 1)
  if (above === 'unreal') return 'unreal'
  if (SET_CONTROL.has(governor.lemma) && governor.vg.isPassive)
    return governor.lemma === 'expect' ? 'unreal' : 'future'
  if (governor.lemma === 'be')
    return governor.after.some((w) => /^(?:due|set|poised|ready)$/.test(w)) ? 'future' : 'unreal'
  if (!TRUE_CONTROL.has(governor.lemma)) return 'unreal'
  // A full clause in front makes the infinitive its purpose.
  const hasObject = governor.objects.length > 0 && !governor.isPassive
  const isPurpose = hasObject && /^(?:use|make|get|sign|see)$/.test(governor.lemma)
  return isPurpose ? 'unreal' : above
}

/** Agreed on, although not yet done. */
const AGREED =
  set(`deal agreement decision contract order move pact accord settlement mandate vote consent
  approval licence license authorisation authorization permission commitment memorandum right pledge`)

const isDenied = (np: Np) =>
  np.det === 'no' || np.det === 'neither' || np.pre.some((w) => UNREAL_PRE.has(w))

function gerundStatus(p: Parse, pred: Pred, depth: number): Status {
  const { lead, governor } = pred
  if (lead !== undefined) {
    if (!TRUE_LEAD.has(lead)) return 'unreal'
    if (
      governor !== undefined &&
      /^(?:accuse|suspect|charge|ban|bar|prohibit|prevent|stop)$/.test(governor.lemma)
    )
      return 'unreal'
    return 'real'
  }
  if (governor === undefined) return foreseen(p, pred) ? 'unreal' : 'real'
  const above = statusOf(p, governor, depth + 1)
  return TRUE_GERUND.has(governor.lemma) ? above : 'unreal'
}

/** `announced that it would acquire …`: what is to come, told of the past. */
function isAnnounced(p: Parse, pred: Pred): boolean {
  const before = p.preds.findLast(({ i }) => i < pred.i)
  return (
    before !== undefined &&
    /^(?:announce|say|confirm|reveal|disclose)$/.test(before.lemma) &&
    !before.vg.isNegated &&
    /^(?:ed|past)$/.test(before.vg.form) &&
    !p.chunks
      .slice(before.i, pred.i)
      .some((one) => one.k === 'sub' && /^(?:if|whether)$/.test(one.w))
  )
}

/** `analysts see ⟨O1⟩ posting revenue of ⟨M2⟩`. */
function foreseen(p: Parse, pred: Pred): boolean {
  const first = pred.subject[0]
  if (first === undefined) return false
  const holder = p.preds.find(
    (one) => one !== pred && one.objects.some((group) => group.includes(first)),
  )
  return (
    holder !== undefined &&
    /^(?:see|expect|forecast|imagine|want|envisage|avoid|prevent|stop|predict)$/.test(
      holder.lemma,
    ) &&
    holder.vg.form !== 'past'
  )
}

/** `if`, a verb of denial or a rumour in front of the clause. */
function contextOf(p: Parse, pred: Pred): Status {
  let sawNoun: Np | undefined
  for (let k = pred.i - 1; k >= 0; k--) {
    const chunk = p.chunks[k]
    if (chunk === undefined || chunk.k === 'stop') break
    if (chunk.k === 'sub') {
      if (/^(?:if|whether|unless)$/.test(chunk.w)) return 'unreal'
      if (chunk.w === 'that') {
        const before = p.chunks[k - 1]
        const isMain =
          pred.subject.length === 0 &&
          p.preds.some((one) => one.i > k && one.i < pred.i && one.subject.length > 0)
        if (isNp(before) && DOUBT_NOUN.has(before.head) && !isMain) return 'unreal'
        continue
      }
      if (/^(?:while|whereas|although|though|because|when|but)$/.test(chunk.w)) break
    }
    if (chunk.k === 'cc' && chunk.w === 'but') break
    if (isNp(chunk)) sawNoun = chunk
    if (isVg(chunk)) {
      const other = p.pred(k)
      if (other === undefined || other === pred.governor) continue
      const governs =
        DENIALS.has(chunk.lemma) && (other.objects.length === 0 || sawNoun !== undefined)
      const isOpen =
        p.chunks.slice(k + 1, pred.i).some((one) => one.k === 'sub' || one.k === 'p') ||
        isNp(p.chunks[k + 1])
      const first = pred.subject[0]
      const at = first === undefined ? -1 : p.place(first)
      if (at > k && p.chunks.slice(k, at).some((one) => one.k === 'comma')) continue
      if (governs && isOpen && !SOFT_DENIALS.has(chunk.lemma) && !closed(p, k, pred.i))
        return 'unreal'
    }
  }
  return 'real'
}

/** A comma with a conjunction, or a relative, ends what a verb governs. */
function closed(p: Parse, from: number, to: number): boolean {
  for (let k = from + 1; k < to; k++) {
    const chunk = p.chunks[k]
    if (chunk?.k === 'rel') return true
    if (chunk?.k === 'cc' && p.chunks[k - 1]?.k === 'comma') return true
    if (chunk?.k === 'comma' && isVg(p.chunks[k + 1])) return true
  }
  return false
}

/** The verb whose subject, object or phrase a noun phrase is. */
export interface Support {
  readonly pred: Pred
  readonly role: 'subject' | 'object' | 'phrase'
  readonly prep: string | undefined
}

const SUPPORT = new WeakMap<Np, { readonly support: Support | undefined }>()

export function supportOf(p: Parse, np: Np): Support | undefined {
  const known = SUPPORT.get(np)
  if (known !== undefined) return known.support
  const support = readSupport(p, np)
  SUPPORT.set(np, { support })
  return support
}

function readSupport(p: Parse, np: Np): Support | undefined {
  for (const pred of p.preds) {
    if (pred.objects.some((group) => group.includes(np)))
      return { pred, role: 'object', prep: undefined }
    const pp = pred.pps.find((one) => one.nps.includes(np))
    if (pp !== undefined) return { pred, role: 'phrase', prep: pp.w }
  }
  for (const pred of p.preds)
    if (pred.subject.includes(np)) return { pred, role: 'subject', prep: undefined }
  return undefined
}

const DEAL_NOUN =
  /^(?:deal|acquisition|takeover|merger|talk|sale|purchase|bid|buyout|offer|contract|agreement|partnership|investment|round|order|appointment)$/

/** Is the event that a noun names said to be so? */
export function nounStatus(p: Parse, np: Np, depth = 0): Status {
  if (depth > 8 || isDenied(np)) return 'unreal'
  const before = p.chunks[p.place(np) - 1]
  const head = p.chunks[p.place(np) - 2]
  if (before?.k === 'p' && isNp(head) && UNREAL_HEAD.has(head.head)) return 'unreal'
  if (before?.k === 'p' && /^(?:without|against|instead-of|pending|rather-than)$/.test(before.w))
    return 'unreal'
  const support = supportOf(p, np)
  if (support === undefined) return 'real'
  const { pred, role, prep } = support
  const lemma = pred.lemma.replace(' ', '-')
  const isPatient = role === 'object' || (role === 'subject' && pred.isPassive)
  if (isPatient && (UNREAL_OBJECT.has(lemma) || UNREAL_PHRASE.has(lemma))) return 'unreal'
  if (
    role === 'phrase' &&
    (prep === 'for' || prep === 'on' || prep === 'about' || prep === 'of') &&
    /^(?:apply|wait|bid|hope|push|ask|call|vote|pull-out|accuse|suspect|speculate|comment)$/.test(
      lemma,
    )
  )
    return 'unreal'
  if (
    role === 'phrase' &&
    /^(?:pull-out|walk-off|back-out|fall|consider)$/.test(lemma) &&
    prep === 'of'
  )
    return 'unreal'
  if (
    role === 'subject' &&
    !pred.isPassive &&
    DEAL_NOUN.test(np.head) &&
    /^(?:collapse|fail|fall|stall|founder|unravel|break)$/.test(lemma)
  )
    return 'unreal'
  if (pred.vg.isNegated) return 'unreal'
  // `overtook it to lead the market, with a share of …`: said beside the verb, not wished.
  if (role === 'phrase' && prep === 'with' && pred.vg.modal === undefined) return 'real'
  if (role === 'subject' && pred.vg.modal === 'will') return 'real'
  const status = statusOf(p, pred, depth + 1)
  return status
}
