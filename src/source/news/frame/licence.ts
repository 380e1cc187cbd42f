import type { Draft } from '../draft.ts'
import { nounStatus, statusOf, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  firmsOf,
  firstFirm,
  isDone,
  isFirmMention,
  type Name,
  type Np,
  nounsWith,
  type Parse,
  type Pp,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  when,
} from './args.ts'
import { anyAuthority, authorityIn } from './authority.ts'

const LICENCE =
  /^(?:licence|license|authorisation|authorization|registration|approval|permission|permit|charter|green-light|nod|clearance|go-ahead|recognition|accreditation|status|certificate|light|passport|blessing)$/
const WEAK_LICENCE =
  /^(?:approval|nod|clearance|go-ahead|light|green-light|status|permission|recognition|blessing|certificate|charter|permit)$/
const GRANT =
  /^(?:grant|give|award|issue|hand|approve|confer|extend|renew|provide|clear|greenlight|green-light|bestow|accord|deliver|reinstate)$/
const OBTAIN =
  /^(?:obtain|secure|win|receive|gain|get|land|bag|earn|acquire|hold|clinch|score|net|nab|be|collect|pick up|garner|achieve|attain|pocket|clear|complete|snag|grab|cross|come|follow|take|scoop|have|boast|possess)$/
const LICENSE =
  /^(?:license|licence|authorise|authorize|register|approve|clear|admit|whitelist|greenlight|green-light|permit|accredit|recognise|recognize|allow|regulate|certify)$/
const WITHDRAW =
  /^(?:revoke|cancel|withdraw|suspend|strip|surrender|terminate|rescind|annul|lapse|expire|end|lose|relinquish|remove|forfeit|void|freeze|hand back|give up|return|pull|take away|axe|scrap|renounce|deprive|cease|yank|deregister|hand in|de-authorise|invalidate|tear up|shut down|give back|drop|rip up|discontinue|waive|strike off|strike|delicense|drop out)$/
const NOT_FINANCIAL =
  /\b(?:drug|vaccine|therapy|merger|takeover|shareholder|board|antitrust|building|planning|marketing authorisation|fda|environmental|licensing agreement|patent)\b/

const IN_PRINCIPLE = /\b(?:in[- ]principle|preliminary|provisional|conditional|initial)\b/

/** Is a noun phrase a licence, and not the consent to something else? */
function isLicence(p: Parse, np: Np): boolean {
  if (
    np.name?.letter === 'O' &&
    /(?:Permission|Licen[cs]e|Registration|Authori[sz]ation)$/.test(np.name.text)
  )
    return true
  if (!LICENCE.test(np.head)) return false
  if (np.head === 'light' && !np.pre.includes('green')) return false
  if (np.head === 'status' && !/regist|licen|authori|regulated/.test(p.m.text.slice(np.at, np.end)))
    return false
  const list = phrasesOf(p, np)
  const of = phrase(list, 'of', 'for')
  const kind = of === undefined ? '' : of.np.head
  if (
    /^(?:deal|merger|acquisition|takeover|plan|proposal|transaction|purchase|etf|fund|trial|drug|vaccine|project|sale|stake|product|listing|application|budget|bid|buyback|settlement|scheme|appointment|restructuring|spin-off)$/.test(
      kind,
    )
  )
    return false
  return !WEAK_LICENCE.test(np.head) || !NOT_FINANCIAL.test(p.m.text)
}

function draftOf(
  p: Parse,
  type: 'licence_granted' | 'licence_withdrawn',
  at: number,
  of: Name,
  from: Name | undefined,
  qualifier?: string,
): Draft {
  return {
    type,
    at,
    of,
    to: of,
    ...(from === undefined ? {} : { from }),
    when: when(p, at),
    ...(qualifier === undefined ? {} : { qualifier }),
  }
}

/** Whom an authority licensed, or who obtained a licence. */
export function licencesGranted(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (at: number, of: readonly Name[], from: Name | undefined, np?: Np) => {
    const near = np === undefined ? '' : p.m.text.slice(np.at, np.end)
    const principle = IN_PRINCIPLE.test(near) ? 'in principle' : undefined
    for (const one of of)
      if (
        one !== from &&
        !one.isRegulator &&
        !one.isAsset &&
        !out.some((known) => known.of === one && known.from === from)
      )
        out.push(draftOf(p, 'licence_granted', at, one, from, principle))
  }
  for (const pred of p.preds) {
    if (!isDone(p, pred)) continue
    const at = pred.vg.at
    if (
      GRANT.test(pred.lemma) &&
      !(pred.isRelative && pred.isPassive && pred.subject.some((np) => LICENCE.test(np.head)))
    )
      granted(p, pred, add)
    if (LICENSE.test(pred.lemma)) licensed(p, pred, at, add)
    if (OBTAIN.test(pred.lemma) && !pred.isPassive) {
      const np = objectsOf(pred).find((one) => isLicence(p, one))
      if (np === undefined) continue
      const from = sourceOf(p, np, pred)
      const isKnown =
        from !== undefined ||
        !WEAK_LICENCE.test(np.head) ||
        /licen|regulat|regist|authoris|authoriz|mica|crypto|exchange approval|banking/.test(
          p.m.text,
        )
      if (isKnown && !(pred.lemma === 'be' && !pred.after.includes('subject')))
        add(at, firmsOf(p, pred.subject), from, np)
    }
  }
  return out
}

const objectsOf = (pred: Pred): readonly Np[] => pred.objects.flat()

function sourceOf(p: Parse, np: Np, pred: Pred): Name | undefined {
  const list = phrasesOf(p, np)
  const near = phrase(list, 'from', 'by', 'of', 'with') ?? pp(pred, 'from', 'by', 'with')
  const own = near === undefined ? undefined : authorityIn(p, near.nps)
  const owner = isFirmMention(np.owner) && np.owner.name.isRegulator ? np.owner.name : undefined
  return own ?? owner ?? authorityAmong(p, [...list, ...pred.pps]) ?? anyAuthority(p, pred.i)
}

const authorityAmong = (p: Parse, list: readonly Pp[]) =>
  authorityIn(
    p,
    list.flatMap(({ nps }) => nps),
  )

type Add = (at: number, of: readonly Name[], from: Name | undefined, np?: Np) => void

/** `⟨A1⟩ granted ⟨O2⟩ a licence`, `a licence was granted to ⟨O2⟩`, `⟨O2⟩ was granted a licence by ⟨A1⟩`. */
function granted(p: Parse, pred: Pred, add: Add): void {
  const at = pred.vg.at
  const all = [...objectsOf(pred), ...(pred.isPassive ? pred.subject : [])]
  const np =
    all.find((one) => isLicence(p, one)) ??
    pred.pps.find(({ w, np: one }) => w === 'with' && isLicence(p, one))?.np
  if (np === undefined) {
    // `approved ⟨O1⟩'s application for a licence`.
    const request = all.find(({ head }) => /^(?:application|request|bid)$/.test(head))
    if (request === undefined || (pred.lemma !== 'approve' && pred.lemma !== 'grant')) return
    const of = isFirmMention(request.owner)
      ? [request.owner.name]
      : firmsOf(p, phrase(phrasesOf(p, request), 'by', 'from', 'of')?.nps ?? [])
    const isFor = /licen|authori|regist|permi|charter/.test(p.m.text.slice(request.at))
    if (isFor) add(at, of, authorityIn(p, agentOf(pred)) ?? anyAuthority(p, 0), request)
    return
  }
  const agents = agentOf(pred)
  const to = pp(pred, 'to') ?? phrase(phrasesOf(p, np), 'to', 'for')
  const direct = (pred.isPassive ? pred.subject : objectsOf(pred)).filter((one) => one !== np)
  let of = firmsOf(p, direct)
  if (of.length === 0 && to !== undefined) of = firmsOf(p, to.nps)
  const owner = isFirmMention(np.owner) && !np.owner.name.isRegulator ? [np.owner.name] : []
  if (of.length === 0) of = owner
  // `grants ⟨O1⟩ custody licence`: a headline leaves the article out.
  if (of.length === 0)
    of = np.mods
      .filter(isFirmMention)
      .flatMap(({ name }) => (name === undefined || name.isRegulator ? [] : [name]))
  const from =
    authorityIn(p, agents) ??
    sourceOf(p, np, pred) ??
    (pred.isPassive ? undefined : firstFirm(p, agents))
  if (from === undefined && !pred.isPassive) return
  if (from !== undefined || !WEAK_LICENCE.test(np.head)) add(at, of, from, np)
}

/** `⟨A1⟩ authorised ⟨O2⟩ as …`, `⟨O2⟩ has been registered with ⟨A1⟩`. */
function licensed(p: Parse, pred: Pred, at: number, add: Add): void {
  const agents = agentOf(pred)
  const near = pp(pred, 'with', 'by', 'as', 'under')
  const from = authorityIn(p, agents) ?? (pred.isPassive ? authorityAmong(p, pred.pps) : undefined)
  if (pred.isPassive) {
    if (pred.vg.isProgressive || (from === undefined && near === undefined)) return
    const isPlain = /^(?:authorise|authorize|license|licence|register|regulate)$/.test(pred.lemma)
    if (pred.lemma === 'regulate' && from === undefined) return
    if (
      from === undefined &&
      !(
        isPlain &&
        /\b(?:as|under|mica|licen|asset|payment|bank|broker|provider|institution)/.test(
          p.m.text.slice(pred.vg.end),
        ) &&
        (p.m.context.authority !== undefined || near?.w === 'as')
      )
    )
      return
    const isShare = /share|trading of|securities/.test(
      p.m.text.slice(pred.vg.end, pred.vg.end + 25),
    )
    if (!isShare && !pred.isRelative) add(at, firmsOf(p, pred.subject), from)
    else if (!isShare && from !== undefined) add(at, firmsOf(p, pred.subject), from)
    return
  }
  // `⟨O1⟩ registered with the ⟨A2⟩ as …`.
  const at2 = pp(pred, 'with')
  if (
    pred.lemma === 'register' &&
    pred.objects.length === 0 &&
    at2 !== undefined &&
    authorityIn(p, at2.nps) !== undefined
  ) {
    add(at, firmsOf(p, pred.subject), authorityIn(p, at2.nps))
    return
  }
  if (
    from === undefined ||
    (pred.lemma === 'allow' &&
      p.preds.some(({ governor }) => governor === pred && governor.lemma === 'continue'))
  )
    return
  const targets = firmsOf(p, pred.objects[0] ?? [])
  const license = objectsOf(pred).find((one) => isLicence(p, one))
  if (license === undefined) add(at, targets, from)
}

/** Who lost a licence, or gave it up. */
export function licencesWithdrawn(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (at: number, of: readonly Name[], from: Name | undefined, qualifier?: string) => {
    for (const one of of)
      if (
        one !== from &&
        !one.isRegulator &&
        !one.isAsset &&
        !out.some((known) => known.of === one)
      )
        out.push(draftOf(p, 'licence_withdrawn', at, one, from, qualifier))
  }
  for (const pred of p.preds) {
    if (!WITHDRAW.test(pred.lemma) || statusOf(p, pred) === 'unreal') continue
    const at = pred.vg.at
    const isSuspended = pred.lemma === 'suspend' || pred.lemma === 'freeze'
    const qualifier = isSuspended ? 'suspended' : undefined
    const agents = agentOf(pred)
    const from = authorityIn(p, agents) ?? authorityAmong(p, pred.pps)
    const isIntransitive =
      /^(?:lapse|expire|end|cease)$/.test(pred.lemma) &&
      !pred.isPassive &&
      pred.objects.length === 0
    const patients = isIntransitive ? pred.subject : patientOf(pred)
    const np =
      patients.find((one) => LICENCE.test(one.head) && one.head !== 'status') ??
      pred.pps.find(({ w, np: one }) => (w === 'of' || w === 'from') && LICENCE.test(one.head))?.np
    if (np === undefined) {
      // `deregistered ⟨O1⟩`, `struck ⟨O1⟩ off its register`.
      const isOff =
        /^(?:deregister|strike off|delicense)$/.test(pred.lemma) ||
        pred.pps.some(
          ({ w, np: one }) =>
            /^(?:from|off|out-of)$/.test(w) && /^(?:register|registry|roll)$/.test(one.head),
        )
      if (isOff) add(at, firmsOf(p, patients), from ?? p.m.context.authority)
      continue
    }
    const of = licensee(p, pred, np, agents)
    add(at, of, from ?? sourceOf(p, np, pred), qualifier)
  }
  for (const np of nounsWith(
    p,
    /^(?:revocation|withdrawal|cancellation|suspension|surrender|loss|termination)$/,
  )) {
    if (nounStatus(p, np) !== 'real') continue
    const of = phrase(phrasesOf(p, np), 'of')
    if (of === undefined || !LICENCE.test(of.np.head)) continue
    const support = supportOf(p, np)
    if (
      support !== undefined &&
      /^(?:request|seek|ask|follow|appeal|challenge)$/.test(support.pred.lemma)
    )
      continue
    const inner = phrase(phrasesOf(p, of.np), 'of', 'held')
    const owner = isFirmMention(of.np.owner) ? [of.np.owner.name] : firmsOf(p, inner?.nps ?? [])
    add(
      np.at,
      owner,
      (support === undefined ? undefined : authorityIn(p, agentOf(support.pred))) ??
        anyAuthority(p, 0),
      np.head === 'suspension' ? 'suspended' : undefined,
    )
  }
  return out
}

/** Whose licence it was. */
function licensee(p: Parse, pred: Pred, np: Np, agents: readonly Np[]): Name[] {
  if (isFirmMention(np.owner) && !np.owner.name.isRegulator) return [np.owner.name]
  const list = phrasesOf(p, np)
  // `the licence issued to ⟨O1⟩`, `the permit held by ⟨O1⟩`.
  const given = p.preds.find((one) => one !== pred && one.isPassive && one.subject.includes(np))
  for (const { w, nps } of [...list, ...(given?.pps ?? []), ...pred.pps]) {
    if (!/^(?:of|to|from|for|held-by|by)$/.test(w)) continue
    const names = firmsOf(p, nps).filter(({ isRegulator }) => !isRegulator)
    if (names.length > 0) return names
  }
  // `⟨O1⟩ surrendered its licence`, `⟨A1⟩ stripped ⟨O2⟩ of its licence`, `⟨O2⟩ was stripped of …`.
  const others = firmsOf(
    p,
    patientOf(pred).filter((one) => one !== np),
  ).filter(({ isRegulator }) => !isRegulator)
  if (others.length > 0) return others
  const mod = np.mods
    .filter((mention) => isFirmMention(mention) && !mention.name.isRegulator)
    .flatMap(({ name }) => name ?? [])
  if (mod.length > 0) return mod
  return firmsOf(p, agents).filter(({ isRegulator }) => !isRegulator)
}
