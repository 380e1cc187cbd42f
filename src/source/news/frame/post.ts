import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import { ROLE } from '../lexicon.ts'
import {
  agentOf,
  firmsOf,
  firstFirm,
  isFirmMention,
  isSaid,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  type Pred,
  phrase,
  phrasesOf,
  pp,
  secondOf,
  when,
  written,
} from './args.ts'

const NAME_TO =
  /^(?:appoint|name|hire|promote|elect|tap|install|pick|recruit|choose|select|nominate|poach|bring in|elevate|designate|make|unveil|anoint|draft|enlist|crown|add|confirm|sign|lure|headhunt|announce|snag|call|move up|reappoint|parachute|co-opt|engage|bring|welcome|take on|second|introduce|land|entrust|sign up|draft in)$/
const BECOME =
  /^(?:become|take over|step up|start|join|rejoin|succeed|replace|return|move|step in|serve|assume|take up|take|head|lead|begin|come|come in|run|head up|be|arrive|switch|ascend|rise|transfer|stand in|get|fill in|act|move up|lead|sign|arrive|come aboard)$/
/** The same office as the person who goes: `to succeed ⟨P1⟩ as`. */
const OFFICE = new RegExp(
  `^(?:(?:the|an?|its|their|his|her|⟨[OUAK]\\d+⟩'s?|new|next|first|group|global|permanent|sole|role of|post of|position of|office of|job of|be|become|full-time|firm's|company's|bank's|exchange's|own|us|uk|european|asia|first-ever|ever|female|⟨L\\d+⟩(?:'s)?) )*(?<role>${ROLE})(?![a-z])`,
  'u',
)

interface Office {
  readonly role: string
  readonly firm: Name | undefined
}

/** The office that stands at an offset, and the firm behind it: `chief executive of ⟨O1⟩`. */
function officeAt(p: Parse, at: number): Office | undefined {
  const text = p.m.text.slice(at, at + 140)
  const match = OFFICE.exec(text)
  const role = match?.groups?.role
  if (match === null || role === undefined) return undefined
  const from = at + match[0].length - role.length
  const behind =
    /^(?:,? (?:of|at|for|in charge of|with) (?:the )?(?:[a-z-]+ |⟨L\d+⟩(?:-[a-z]+)? ){0,4}?)(⟨[OUAK]\d+⟩)/.exec(
      p.m.text.slice(from + role.length),
    )
  const mark = behind?.[1]
  const owner = /(⟨[OUAK]\d+⟩)'s?\s(?:[a-z-]+ )*$/.exec(
    match[0].slice(0, match[0].length - role.length),
  )?.[1]
  const mention =
    mark !== undefined && behind !== null
      ? p.m.at(from + role.length + behind[0].length - mark.length)
      : owner !== undefined
        ? p.m.at(at + match[0].lastIndexOf(owner))
        : undefined
  return {
    role: written(p, from, from + role.length),
    firm: isFirmMention(mention) ? mention.name : undefined,
  }
}

/** A noun phrase that can only be a person: a person's name, or a name of two words of unknown kind. */
function whoOf(p: Parse, np: Np | undefined): Name | undefined {
  if (np === undefined) return undefined
  const own = np.name
  if (own?.letter === 'P') return own.name
  const other = p.apposed(np)
  if (own === undefined && other?.name?.letter === 'P') return other.name.name
  if (
    own?.letter === 'U' &&
    own.name !== undefined &&
    !own.name.isAsset &&
    /^\p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}|de|van|von|der|al)[\p{L}'’.-]*){1,3}$/u.test(own.name.name)
  )
    return own.name
  return undefined
}

/** Who was given which office. */
export function appointments(p: Parse): Draft[] {
  const out: Draft[] = []
  const add: Add = (at, who, of, what) => {
    if (who === undefined || of === undefined || of === who || of.kind === 'person') return
    if (out.some((one) => one.with?.[0] === who.name)) return
    out.push({
      type: 'appointment',
      at,
      of,
      ...(what === undefined ? {} : { what }),
      with: [who.name],
      when: when(p, at),
    })
  }
  for (const pred of p.preds) {
    if (!isSaid(p, pred)) continue
    if (NAME_TO.test(pred.lemma)) named(p, pred, add)
    if (BECOME.test(pred.lemma)) became(p, pred, add)
    // `he was replaced as chief executive by ⟨P1⟩`.
    if (pred.isPassive && /^(?:replace|succeed|follow)$/.test(pred.lemma)) {
      const who = agentOf(pred)
        .map((np) => whoOf(p, np))
        .find((one) => one !== undefined)
      const office = officeOf(p, pred)
      if (office !== undefined) add(pred.vg.at, who, office.firm ?? beforeIt(p), office.role)
    }
  }
  for (const np of nounsWith(
    p,
    /^(?:appointment|promotion|nomination|hiring|hire|election|arrival|recruitment|elevation|succession)$/,
  ))
    byNoun(p, np, add)
  newOffice(p, add)
  return out
}

type Add = (
  at: number,
  who: Name | undefined,
  of: Name | undefined,
  what: string | undefined,
) => void

/** The office among the phrases behind a person: `as ⟨role⟩`, `to ⟨role⟩`, or a second object. */
function officeOf(p: Parse, pred: Pred): Office | undefined {
  const second = secondOf(pred)[0]
  if (second !== undefined) {
    const office = officeAt(p, second.at)
    if (office !== undefined) return office
  }
  for (const { w, np } of pred.pps) {
    if (!/^(?:as|to|in|into|for|by)$/.test(w)) continue
    const office = officeAt(p, np.at)
    if (
      office !== undefined &&
      (w === 'as' ||
        w === 'to' ||
        /\b(?:role|post|position|job)\b/.test(p.m.text.slice(np.at, np.end)))
    )
      return office
  }
  // `named ⟨P1⟩ head of …`; behind an aside; `to be its chief executive`.
  const tail = p.m.text.slice(pred.vg.end, pred.vg.end + 220)
  const as =
    /(?:\bas|\bto be|\bto become|\bto serve as|\bto the (?:post|position|role|job) of|\bin the (?:post|position|role) of|\bto the role of)(?: (?:interim|acting))? /g
  for (const match of tail.matchAll(as)) {
    const office = officeAt(p, pred.vg.end + match.index + match[0].length)
    if (office !== undefined) return office
  }
  return undefined
}

/** `⟨O1⟩ appointed ⟨P2⟩ as …`, `⟨P2⟩ was named …`, `named ⟨role⟩ ⟨P2⟩`. */
function named(p: Parse, pred: Pred, add: Add): void {
  const patients = pred.isPassive ? pred.subject : pred.objects.flat()
  const agents = firmsOf(p, agentOf(pred))
  for (const np of patients) {
    const who = whoOf(p, np)
    if (who === undefined) continue
    const office = officeOf(p, pred) ?? complement(p, pred) ?? titleOf(p, np, pred)
    const isTask = p.preds.some(
      ({ governor, lemma }) =>
        governor === pred &&
        /^(?:lead|run|head|oversee|manage|succeed|replace|chair|head up)$/.test(lemma),
    )
    if (
      office === undefined &&
      !isTask &&
      !/^(?:appoint|hire|recruit|poach|promote|elect)$/.test(pred.lemma)
    )
      continue
    if (office === undefined && !isTask && pred.isPassive && agents.length === 0) continue
    const agent = agents.find(({ kind }) => kind !== 'person') ?? ownBoard(p, agentOf(pred))
    const firm = pred.isPassive
      ? (office?.firm ?? agent ?? beforeIt(p))
      : (agent ?? office?.firm ?? beforeIt(p))
    if (office === undefined && firm === undefined) continue
    add(pred.vg.at, who, firm, office?.role)
  }
}

/** `The board of ⟨O1⟩`, `its board`, `directors at ⟨O1⟩`. */
function ownBoard(p: Parse, nps: readonly Np[]): Name | undefined {
  for (const np of nps) {
    if (
      !/^(?:board|director|shareholder|owner|management|committee|council|investor|bos|chairman|executive)$/.test(
        np.head,
      )
    )
      continue
    const of = phrase(phrasesOf(p, np), 'of', 'at')
    const own =
      ownerOf(np) ?? (of === undefined ? undefined : firstFirm(p, of.nps)) ?? p.m.context.subject
    if (own !== undefined) return own
  }
  return undefined
}

/** `chosen ⟨P1⟩ to succeed ⟨P2⟩ as ⟨role⟩`, `hired ⟨P1⟩ to lead its … unit`. */
function complement(p: Parse, pred: Pred): Office | undefined {
  for (const other of p.preds) {
    if (other.governor !== pred) continue
    const office =
      officeOf(p, other) ??
      (other.lemma === 'be' || other.lemma === 'become' ? officeAt(p, other.vg.end + 1) : undefined)
    if (office !== undefined) return office
  }
  return undefined
}

/** The words in front of a person: `appointed its new chief executive ⟨P1⟩`. */
function titleOf(p: Parse, np: Np, _pred: Pred): Office | undefined {
  if (np.pre.some((w) => /^(?:former|ex|veteran|outgoing|previous)$/.test(w))) return undefined
  const inside = np.pre.length === 0 ? undefined : officeAt(p, np.at)
  if (inside !== undefined) return inside
  return undefined
}

/** `⟨P1⟩ joins ⟨O2⟩ as …`, `⟨P1⟩ will become ⟨role⟩ of ⟨O2⟩`, `⟨P1⟩ takes over as …`. */
function became(p: Parse, pred: Pred, add: Add): void {
  if (pred.isPassive) return
  for (const np of pred.subject) {
    const who = whoOf(p, np)
    if (who === undefined) continue
    const isJoin =
      /^(?:join|rejoin|return|move|head|lead|run|take over|switch|arrive|head up)$/.test(pred.lemma)
    const isPlain = /^(?:become|be)$/.test(pred.lemma)
    const object = pred.objects[0]?.[0]
    const direct = isPlain ? officeAt(p, object?.at ?? pred.vg.end + 1) : undefined
    const taken = /^(?:assume|take up|take|begin|start)$/.test(pred.lemma)
      ? roleTaken(p, pred)
      : undefined
    if (pred.lemma === 'be' && !isNewOffice(p, pred)) continue
    if (/^(?:serve|act)$/.test(pred.lemma) && pred.vg.modal === undefined) continue
    const office = direct ?? taken ?? officeOf(p, pred) ?? complement(p, pred) ?? inherited(p, pred)
    const isBoard = (pred.objects[0] ?? []).some(
      ({ head, name }) => head === 'board' && name === undefined,
    )
    const to = isBoard
      ? (ownBoard(p, pred.objects[0] ?? []) ?? beforeIt(p))
      : isJoin
        ? (firstFirm(p, pred.objects[0] ?? []) ?? firstFirm(p, pp(pred, 'to', 'at')?.nps ?? []))
        : undefined
    if (office === undefined && !/^(?:join|rejoin)$/.test(pred.lemma)) continue
    if (office === undefined && (to === undefined || !/join/.test(pred.lemma))) continue
    if (office === undefined) continue
    add(pred.vg.at, who, to ?? office.firm ?? beforeIt(p), office.role)
  }
}

const isNewOffice = (p: Parse, pred: Pred) =>
  /^(?:[a-z' ⟨⟩OUAK\d]{0,20}\bnew (?:chief|head|boss|director|chair|president|finance|ceo|cfo|managing|general)|(?:in|back) as\b)/.test(
    p.m.text.slice(pred.vg.end + 1),
  )

function roleTaken(p: Parse, pred: Pred): Office | undefined {
  const tail =
    /^(?: on| up)? (?:the )?(?:role|post|position|helm|reins|job|office)(?: (?:of|as))? /.exec(
      p.m.text.slice(pred.vg.end),
    )
  return tail === null ? undefined : officeAt(p, pred.vg.end + tail[0].length)
}

/** `⟨P1⟩ succeeds ⟨P2⟩, the chief executive`: only where the office is named. */
function inherited(p: Parse, pred: Pred): Office | undefined {
  if (!/^(?:succeed|replace)$/.test(pred.lemma)) return undefined
  const object = pred.objects[0]?.[0]
  if (object === undefined) return undefined
  if (object.pre.length > 0) {
    const skip =
      /^(?:(?:outgoing|retiring|departing|interim|longtime|the|former) )*/.exec(
        p.m.text.slice(object.at),
      )?.[0].length ?? 0
    return officeAt(p, object.at + skip)
  }
  return undefined
}

/** `the appointment of ⟨P1⟩ as …`, `⟨P1⟩'s appointment as …`. */
function byNoun(p: Parse, np: Np, add: Add): void {
  if (nounStatus(p, np) === 'unreal') return
  const list = phrasesOf(p, np)
  const of = phrase(list, 'of')
  const who =
    of === undefined ? (np.owner?.letter === 'P' ? np.owner.name : undefined) : whoOf(p, of.np)
  if (who === undefined) return
  const as = list.find(({ w }) => w === 'as' || w === 'to')
  const behind = /(?:\bas|\bto|\bto the (?:post|position|role|job) of) /.exec(
    p.m.text.slice(np.end, np.end + 160),
  )
  const office =
    (as === undefined ? undefined : officeAt(p, as.np.at)) ??
    (behind === null ? undefined : officeAt(p, np.end + behind.index + behind[0].length))
  if (office === undefined) return
  const support = supportOf(p, np)
  const owner = isFirmMention(np.owner) ? np.owner.name : undefined
  const agent =
    support === undefined
      ? undefined
      : (firstFirm(p, agentOf(support.pred)) ?? ownBoard(p, agentOf(support.pred)))
  add(np.at, who, office.firm ?? owner ?? agent ?? beforeIt(p), office.role)
}

/** `new chief executive ⟨P1⟩`, `its incoming finance director, ⟨P1⟩`. */
const NEW_OFFICE = new RegExp(
  `(?<![a-z])(?:new|incoming|newly appointed) (?:${ROLE})(?:,| is| will be|:)? (⟨[PU]\\d+⟩)`,
  'gu',
)

function newOffice(p: Parse, add: Add): void {
  if (!/new|incoming/.test(p.m.text)) return
  for (const match of p.m.text.matchAll(NEW_OFFICE)) {
    const mark = match[1] ?? ''
    const mention = p.m.at(match.index + match[0].length - mark.length)
    if (mention?.name === undefined || (mention.letter === 'U' && !/\s/.test(mention.text)))
      continue
    const after = p.m.text.slice(match.index + match[0].length, match.index + match[0].length + 24)
    if (/\b(?:resign|step|stepped|depart|left|quit|retire)/.test(after)) continue
    const at = match.index + /^\S+ (?:appointed )?/.exec(match[0])![0].length
    const office = officeAt(p, at)
    if (office === undefined) continue
    const np = p.chunks.find(
      (chunk): chunk is Np => isNp(chunk) && chunk.at <= match.index && chunk.end >= match.index,
    )
    const before = /(⟨[OUAK]\d+⟩)(?:'s?)? $/.exec(p.m.text.slice(0, match.index))
    const owner = before?.[1] === undefined ? undefined : p.m.at(match.index - before[0].length)
    const own = isFirmMention(owner) ? owner.name : np === undefined ? undefined : ownerOf(np)
    add(match.index, mention.name, own ?? office.firm ?? beforeIt(p), office.role)
  }
}

const FORMER =
  /\b(?:formerly|previously|ex|once|most recently|latterly|late|late of|one-time \S+ at|spent [^,.;]{0,40}|from|joins? from|years? (?:at|with)|worked (?:at|for)) (?:(?:of|at|with|from|the|a|an|head of [a-z ]+ at) )*$/

/** The firm of the sentences before; where this one names another, it is not plain whose office it is. */
function beforeIt(p: Parse): Name | undefined {
  const { subject, topic } = p.m.context
  const firms = new Set(
    p.m
      .between(0, p.m.text.length, 'OUK')
      .filter(isFirmMention)
      .filter(
        (one) =>
          !p.chunks.some(
            (chunk) =>
              isNp(chunk) &&
              chunk.mods.includes(one) &&
              chunk.name?.letter === 'P' &&
              chunk.pre.includes('former'),
          ),
      )
      .filter(({ name }) => !name.isRegulator)
      .filter((one) => !FORMER.test(p.m.text.slice(0, one.start)))
      .map(({ name }) => name),
  )
  const [only] = firms
  if (firms.size === 1) return only
  return firms.size === 0 ? (subject ?? topic) : undefined
}
