import type { Draft } from '../draft.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  firmOf,
  firmsOf,
  isDone,
  isFirmMention,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  when,
  written,
} from './args.ts'
import { authorityIn } from './authority.ts'

const LIST =
  /\b(?:(?:warning|alert|black|watch|caution|negative|scam|grey|gray) ?-?list|list of (?:[a-z-]+ ){0,3}(?:suspicious|suspected|unauthori[sz]ed|unlicen[cs]ed|fraudulent|unregistered|scam|clone|illegal|non-authori[sz]ed|dubious|blacklisted|banned|blocked|risky|fake))|blacklist(?![a-z])/

const PUT_ON =
  /^(?:add|place|put|include|list|enter|name|publish|insert|post|flag|feature|appear|land)$/

const SHADY =
  /\b(?:fraud\w*|scam\w*|fake|bogus|suspicious|suspected|claim(?:s|ing)? to|unauthori[sz]ed|unlicen[cs]ed|not (?:authori[sz]ed|licen[cs]ed|registered)|without|entity|entities|website|platform|illegal\w*|imperson\w*|misus\w*|clone)\b/

const WARN = /^(?:warn|caution|alert|flag|blacklist|advise|urge|remind)$/

const UNLICENSED =
  /\b(?:unauthori[sz]ed|unlicen[cs]ed|unregistered|not (?:been )?(?:authori[sz]ed|licen[cs]ed|registered|regulated|approved|supervised)|without (?:a(?:n|ny)? |the |its )?(?:[a-z]+ )?(?:authori[sz]ation|licen[cs]e|permission|approval|registration)|suspicious|fraudulent|illegal(?:ly)?|scam|clone|no (?:licen[cs]e|authori[sz]ation))\b/

/** Whom an authority warns of. */
export function warnings(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (at: number, of: readonly Name[], from: Name | undefined) => {
    for (const one of of) {
      if (one === from || one.isRegulator || one.isAsset) continue
      out.push({
        type: 'warning',
        at,
        of: one,
        to: one,
        ...(from === undefined ? {} : { from }),
        when: when(p, at),
      })
    }
  }
  for (const pred of p.preds) {
    const at = pred.vg.at
    if (!isDone(p, pred)) continue
    const agent = authorityIn(p, agentOf(pred))
    if (WARN.test(pred.lemma)) {
      const [by] = agent === undefined ? (pred.isPassive ? [p.m.context.authority] : []) : [agent]
      if (by === undefined) continue
      warned(p, pred, by, add)
    } else if (PUT_ON.test(pred.lemma)) {
      const list = pred.pps.find(
        ({ w, np }) => /^(?:to|on|in|onto|into|as|of)$/.test(w) && LIST.test(listText(p, np)),
      )
      if (list === undefined) continue
      const from = agent ?? ownerAuthority(list.np) ?? byBehind(p, list.np) ?? p.m.context.authority
      const isIntransitive = /^(?:appear|land|feature)$/.test(pred.lemma)
      if (from !== undefined || pred.isPassive)
        add(at, firmsOf(p, isIntransitive ? pred.subject : patientOf(pred)), from)
    }
  }
  for (const np of nounsWith(p, /^(?:warning|alert|notice|caution)$/)) {
    if (nounStatus(p, np) !== 'real') continue
    const list = phrasesOf(p, np)
    const about = phrase(
      list,
      'about',
      'against',
      'over',
      'on',
      'concerning',
      'regarding',
      'of',
      'in-respect-of',
      'in-relation-to',
      'for',
    )
    const support = supportOf(p, np)
    const by = phrase(list, 'by', 'from')
    const from =
      (by === undefined ? undefined : authorityIn(p, by.nps)) ??
      ownerAuthority(np) ??
      (support === undefined ? undefined : authorityIn(p, agentOf(support.pred)))
    const isNotice = np.head !== 'notice' || UNLICENSED.test(p.m.text) || np.pre.includes('warning')
    if (from === undefined || about === undefined || !isNotice) continue
    add(np.at, warnedOf(p, about.nps), from)
  }
  return out
}

const listText = (p: Parse, np: Np) =>
  written(p, np.at, Math.min(p.m.text.length, np.end + 50)).toLowerCase()

const ownerAuthority = (np: Np): Name | undefined => {
  const owner = ownerOf(np)
  return owner?.isRegulator === true ? owner : undefined
}

function byBehind(p: Parse, np: Np): Name | undefined {
  const of = phrase(phrasesOf(p, np), 'of', 'by', 'from')
  return of === undefined ? undefined : authorityIn(p, of.nps)
}

const PUBLIC =
  /^(?:public|consumer|investor|customer|people|user|saver|trader|citizen|resident|market|briton|member|client|household|holder|bank|everyone|us|them|you|shareholder|retail)$/

type Warn = (at: number, of: readonly Name[], from: Name) => void

/** `warned consumers about ⟨O1⟩`, `warns that ⟨O1⟩ is not authorised`, `warned against dealing with`. */
function warned(p: Parse, pred: Pred, by: Name, add: Warn): void {
  const at = pred.vg.at
  const about = pred.pps.filter(({ w }) =>
    /^(?:about|against|of|over|on|concerning|regarding|to|as|with)$/.test(w),
  )
  for (const { nps, w } of about) {
    const names = warnedOf(p, nps)
    if ((w !== 'to' && w !== 'as') || UNLICENSED.test(p.m.text)) add(at, names, by)
    if (names.length > 0) return
  }
  if (pred.lemma === 'flag' || pred.lemma === 'blacklist') {
    add(at, firmsOf(p, patientOf(pred)), by)
    return
  }
  // `⟨O1⟩ is not authorised …, the ⟨A2⟩ warned`.
  if (pred.objects.length === 0 && pred.pps.length === 0)
    for (const { i, vg, subject } of p.preds)
      if (i < pred.i && vg.isNegated && UNLICENSED.test(p.m.text.slice(vg.at, vg.end + 40)))
        add(at, firmsOf(p, subject), by)
  const inClause = unlicensedIn(p, pred)
  if (inClause.length > 0) add(at, inClause, by)
  else if (SHADY.test(p.m.text) && !/^(?:urge|advise|remind)$/.test(pred.lemma))
    add(at, namedBehind(p, pred), by)
}

const DEALING =
  /^(?:deal|invest|transact|conclude|do|trade|use|engage|enter|transfer|send|respond|open|buy|subscribe|accept|avoid|interact|work)$/

/** `that ⟨O1⟩ is not licensed`, `against concluding transactions with ⟨O1⟩`. */
function unlicensedIn(p: Parse, pred: Pred): Name[] {
  const isAbout =
    UNLICENSED.test(p.m.text) ||
    /\b(?:deal|invest|transact|business|using|transfer|trad)\w*/.test(p.m.text)
  if (!isAbout) return []
  for (const other of p.preds) {
    if (other.i <= pred.i) continue
    const beside = other.pps.filter(({ w }) => /^(?:with|in|by|of|to|via|on|through|from)$/.test(w))
    const claimed = DEALING.test(other.lemma)
      ? firmsOf(p, [...beside.flatMap(({ nps }) => nps), ...other.objects.flat()])
      : UNLICENSED.test(p.m.text.slice(other.vg.at, other.vg.at + 90))
        ? warnedOf(p, other.subject)
        : []
    if (claimed.length > 0) return claimed
  }
  return []
}

/** Whom a name is only borrowed from. */
const GENUINE =
  /(?:clone of|imperson\w+|name of|genuine|authorised firm|similar to|affiliated with|connected to|link(?:s|ed)? (?:to|with)) (?:[a-z]+ ){0,3}$/
const NAMING = /(?:named|called|under the names?|name|known as|as|of|by|about|and|,) "?$/

/** `warns of the activities of an entity named ⟨O1⟩`: whoever is named behind the verb. */
function namedBehind(p: Parse, pred: Pred): Name[] {
  return p.m.between(pred.vg.end, p.m.text.length, 'OU').flatMap((mention) => {
    const before = p.m.text.slice(0, mention.start)
    const isMeant =
      isFirmMention(mention) && !mention.possessive && !GENUINE.test(before) && NAMING.test(before)
    return isMeant && mention.name !== undefined ? [mention.name] : []
  })
}

/** The firms a warning is about; `a clone of ⟨O1⟩` accuses the clone and not the firm. */
function warnedOf(p: Parse, nps: readonly Np[]): Name[] {
  return nps.flatMap((np) => {
    const own = firmOf(p, np)
    if (own !== undefined) return [own]
    if (
      /^(?:clone|copy|imitation|impostor|impersonator|impersonation|copycat)$/.test(np.head) ||
      PUBLIC.test(np.head)
    )
      return []
    const list = phrasesOf(p, np)
    const inner = phrase(
      list,
      'with',
      'by',
      'from',
      'of',
      'named',
      'including',
      'such-as',
      'on',
      'at',
    )
    return inner === undefined ? [] : firmsOf(p, inner.nps)
  })
}
