import {
  DESC,
  type Draft,
  each,
  FIRM,
  FIRMS,
  firmsIn,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  OWNER,
  whenFor,
} from './draft.ts'
import { E, type Masked } from './mask.ts'
import type { Name } from './name-kind.ts'

const A = '⟨[AOUK]\\d+⟩'
const LICENCE =
  '(?:licen[cs]es?|authori[sz]ations?|registrations?|permits?|permission|charter|approvals?|accreditation|mica licen[cs]e|vasp licen[cs]e)'
const NP = `(?:(?!\\b(?:to|that|which|from|by|after|without|for a|because)\\b)(?:[a-z0-9'()-]+|⟨[A-Z]\\d+⟩(?:'s?|-[a-z]+)?),? ){0,9}?`
const GRANTS = new RegExp(
  `(?<!\\p{L})(?:grant(?:s|ed|ing)?|award(?:s|ed)|issu(?:es|ed)|g(?:ives?|ave|iven)|hand(?:s|ed)) (?<object>${FIRM}) (?<np>${NP})(?<lic>${LICENCE})(?<tail>[^;.]{0,80})`,
  'gu',
)
const GRANTS_TO = new RegExp(
  `(?<!\\p{L})(?:grant(?:s|ed|ing)?|award(?:s|ed)|issu(?:es|ed)|g(?:ives?|ave|iven)) (?<np>${NP})(?<lic>${LICENCE}) to (?<object>${FIRMS})`,
  'gu',
)
const APPROVES = new RegExp(
  `(?<!\\p{L})(?<verb>approv(?:es|ed)|licen[cs](?:es|ed)|authori[sz](?:es|ed)|register(?:s|ed)) (?<object>${OWNER})(?:'s?)?(?<tail>(?: (?:application|bid|request)?[^;.]{0,100})?)`,
  'gu',
)
const GETS = new RegExp(
  `(?<!\\p{L})(?<verb>receiv(?:es|ed|ing)|obtain(?:s|ed|ing)?|secur(?:es|ed|ing)|w[io]n(?:s|ning)?|gain(?:s|ed|ing)?|gets|got|land(?:s|ed)|acquir(?:es|ed)|bag(?:s|ged)|earn(?:s|ed)|been granted|was granted|were granted|been awarded|was awarded|been issued|was given|been given) (?<np>${NP})(?<lic>${LICENCE})(?<tail>[^;.]{0,110})`,
  'gu',
)
const WAS_LICENSED = new RegExp(
  `(?:was|were|has been|have been|is now|been) (?:formally |officially |fully )?(?:licen[cs]ed|authori[sz]ed|registered|approved)(?<np> (?:as|to) [^;.]{0,60}?)? by (?<by>${DESC}${A})`,
  'gu',
)
const REVOKES = new RegExp(
  `(?<!\\p{L})(?<verb>revok(?:es|ed|ing)|withdr(?:aw|aws|ew|awn|awing)|cancel(?:s|led|ed|ling)|suspend(?:s|ed|ing)|str(?:ips|ipped)|annul(?:s|led)|terminat(?:es|ed)|rescind(?:s|ed)) (?:(?<object>${OWNER})(?:'s?)? (?:of its )?${NP}${LICENCE}|(?<np>${NP})${LICENCE}(?: (?:of|held by|from|issued to|granted to) (?<list>${FIRMS})))`,
  'gu',
)
const LOST = new RegExp(
  `(?<!\\p{L})(?<verb>los(?:es|t)|surrender(?:s|ed)|g(?:ives|ave) up|return(?:s|ed)|forfeit(?:s|ed)|had) (?<np>${NP})${LICENCE}(?<tail>[^;.]{0,60})`,
  'gu',
)
const WAS_REVOKED = new RegExp(
  `(?<owner>${E})'s? (?<np>${NP})${LICENCE} (?:was|were|has been|have been|had been|is|gets?) (?<verb>revoked|withdrawn|cancell?ed|suspended|annulled|terminated|rescinded)(?:[^;.]{0,40}? by (?<by>${DESC}${A}))?`,
  'gu',
)
/** `⟨O1⟩ is the first to be licensed by ⟨A2⟩`, `became … authorised by`. */
const FIRST_BY = new RegExp(
  `(?:became|becomes|is) (?:(?:the|only|latest|⟨[QLD]\\d+⟩|[a-z-]+) ){1,8}?to (?:be (?:licen[cs]ed|authori[sz]ed|registered|approved)(?: as [^;.]{0,40}?)? by|(?:receive|obtain|win|secure|get|be granted|gain) (?:${NP})${LICENCE} (?:from|by)) (?<by>${DESC}${A})`,
  'gu',
)
/** `a licence was granted to ⟨O1⟩ by ⟨A2⟩`. */
const WAS_GRANTED = new RegExp(
  `${LICENCE}(?: [^;.,]{0,40}?)? (?:was|were|has been|have been) (?:granted|issued|awarded|given) to (?<object>${FIRMS})(?: by (?<by>${DESC}${A}))?`,
  'gu',
)
/** `three firms obtained licences from ⟨A1⟩: ⟨O2⟩, ⟨O3⟩ and ⟨O4⟩`. */
const LISTED = new RegExp(
  `(?<!\\p{L})(?:compan(?:y|ies)|firms?|exchanges?|providers?|platforms?|applicants|brokers|entities|groups|institutions|banks|businesses|issuers|custodians)(?<mid> [^:;.]{3,140}): (?<list>${FIRMS})`,
  'gu',
)
const NOT_LICENCE =
  /\b(?:applied|appl(?:y|ies|ication) for|seek|without|lack|need|require|pending|awaiting|hope|plan|await|bid for|sale of|drug|patent|building|planning)\b/

/** Licences given: by whom, to whom. An application is none. */
export function licencesGranted(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/licen[cs]|authori[sz]|regist|permi|charter|approv|accredit/.test(m.text)) return out
  const add = (
    at: number,
    p: { of: Name | undefined; from?: Name | undefined; what: string; tail?: string },
  ) => {
    if (p.of === undefined || p.of === p.from || p.of.isRegulator || isUnreal(m, at)) return
    if (out.some((one) => one.of === p.of && Math.abs(one.at - at) < 60)) return
    const text = `${p.what} ${p.tail ?? ''}`
    const isEarly = /in[- ]principle|preliminary|provisional|conditional/.test(text)
    out.push({
      type: 'licence_granted',
      at,
      of: p.of,
      to: p.of,
      from: p.from,
      what: clean(p.what),
      ...(isEarly && { qualifier: 'in principle' }),
      ...scope(m, at, text),
      when: whenFor(m, at),
    })
  }
  for (const pattern of [GRANTS, GRANTS_TO]) {
    for (const match of each(m, pattern)) {
      const at = match.index
      const object = lastFirm(m, match, 'object')
      const giver = m.subject(at)
      const np = match.groups?.np ?? ''
      if (NOT_LICENCE.test(np) || !isFirm(object)) continue
      const what = phrase(m, match, 'np', 'lic')
      add(at, {
        of: object.name,
        from: isFirm(giver) && giver.name !== object.name ? giver.name : undefined,
        what,
        tail: match.groups?.tail ?? '',
      })
    }
  }
  for (const match of each(m, APPROVES)) {
    const at = match.index
    const giver = m.subject(at)
    const object = lastFirm(m, match, 'object')
    const { tail = '', verb = '' } = match.groups ?? {}
    const isLicence =
      new RegExp(LICENCE).test(tail) ||
      (/^(?:licen|authori|register)/.test(verb) && /^ (?:as|to)\b/.test(tail))
    if (!isFirm(giver) || !giver.name.isRegulator || !isFirm(object) || !isLicence) continue
    const words = new RegExp(`(?:[a-z-]+ ){0,4}${LICENCE}`).exec(tail)?.[0] ?? ''
    add(at, { of: object.name, from: giver.name, what: words, tail })
  }
  for (const match of each(m, GETS)) {
    const at = match.index
    const { np = '', tail = '' } = match.groups ?? {}
    const holder = holderAt(m, at, match[0])
    if (holder === undefined || NOT_LICENCE.test(`${m.text.slice(Math.max(0, at - 20), at)} ${np}`))
      continue
    const isApproval = /approval/.test(match.groups?.lic ?? '')
    if (
      isApproval &&
      !/crypto|exchange|regulat|licen|in-principle|principle|broker|bank|payment|custod|trading|⟨A\d+⟩/.test(
        `${np} ${tail}`,
      )
    )
      continue
    add(at, {
      of: holder,
      from: giverIn(m, match, np, tail),
      what: phrase(m, match, 'np', 'lic'),
      tail,
    })
  }
  for (const match of each(m, FIRST_BY)) {
    const holder = m.subject(match.index, 'OUK')
    const giver = lastFirm(m, match, 'by')
    if (isFirm(holder) && giver?.name?.isRegulator)
      add(match.index, { of: holder.name, from: giver.name, what: '' })
  }
  for (const match of each(m, WAS_GRANTED)) {
    const at = match.index
    const list = match.groups?.object ?? ''
    const start = at + match[0].indexOf(list)
    for (const of of firmsIn(m, start, start + list.length))
      add(at, { of, from: lastFirm(m, match, 'by')?.name, what: '' })
  }
  for (const match of each(m, LISTED)) {
    const { mid = '', list = '' } = match.groups ?? {}
    const at = match.index
    const isGiven = new RegExp(
      `(?:obtain|receiv|w[io]n|secur|gain|got|granted|awarded|issued)[a-z]* [^:]{0,60}${LICENCE}|${LICENCE}[^:]{0,60} to |(?:licen[cs]|authori[sz]|register|approv)ed by`,
    ).test(mid)
    if (!isGiven || NOT_LICENCE.test(mid) || isUnreal(m, at, at + mid.length)) continue
    const midAt = at + match[0].length - list.length - 2 - mid.length
    const from =
      m.between(midAt, midAt + mid.length, 'A')[0]?.name ?? m.between(0, at, 'A')[0]?.name
    const start = at + match[0].length - list.length
    for (const of of firmsIn(m, start, start + list.length)) {
      out.push({ type: 'licence_granted', at, of, to: of, from, when: whenFor(m, midAt) })
    }
  }
  for (const match of each(m, WAS_LICENSED)) {
    const giver = lastFirm(m, match, 'by')
    const holder = m.subject(match.index, 'OUK')
    if (isFirm(holder) && giver?.name?.isRegulator)
      add(match.index, { of: holder.name, from: giver.name, what: match.groups?.np?.trim() ?? '' })
  }
  return out
}

function holderAt(m: Masked, at: number, verb: string): Name | undefined {
  const subject = m.subject(at, 'OUK')
  if (isFirm(subject)) return subject.name
  return /^[a-z]+ing /.test(verb) ? m.mainSubject(at) : at < 3 ? m.elided() : undefined
}

/** The authority that a holder has it from: `from the ⟨A1⟩`, `⟨A1⟩ licence`. */
function giverIn(
  m: Masked,
  match: RegExpMatchArray & { index: number },
  np: string,
  tail: string,
): Name | undefined {
  const end = match.index + match[0].length
  const tailAt = end - tail.length
  const from = new RegExp(`^[^;.]{0,70}?(?:from|by) (?<who>${DESC}${A})`).exec(tail)
  if (from !== null) {
    const found = m.between(tailAt, tailAt + from[0].length, 'AOUK').at(-1)
    if (isFirm(found) && (found.name.isRegulator || found.letter === 'O' || found.letter === 'U'))
      return found.name
  }
  const start = match.index + match[0].indexOf(np)
  return np === '' ? undefined : m.between(start, start + np.length, 'A')[0]?.name
}

function phrase(
  m: Masked,
  match: RegExpMatchArray & { index: number },
  np: string,
  noun: string,
): string {
  const words = match.groups?.[np] ?? ''
  const last = match.groups?.[noun] ?? ''
  const at = match.index + match[0].lastIndexOf(`${words}${last}`)
  return m.original(at, at + words.length + last.length)
}

function clean(text: string): string | undefined {
  const bare = text.replace(/^(?:an?|the|its|their|of its)\s+/i, '').trim()
  return bare === '' ? undefined : bare
}

function scope(m: Masked, at: number, text: string): { scope?: string } {
  const place = m
    .between(at, at + 160, 'L')
    .find(
      (mention) =>
        /(?:\bin (?:the )?$)/.test(m.text.slice(Math.max(0, mention.start - 8), mention.start)) ||
        (mention.possessive && text.length > 0),
    )
  return place === undefined ? {} : { scope: place.text }
}

/** `was stripped of its licence by`, `was removed from the register of`. */
const STRIPPED = new RegExp(
  `(?:was|were|has been|have been|been) (?:(?<verb>stripped|deprived) of (?:its|their|⟨K\\d+⟩'s|the|an?) ${NP}${LICENCE}|(?:struck|removed|deleted) (?:off|from) (?:the |its )?(?:⟨[AK]\\d+⟩'s? )?(?:public |official )?(?:register|list of (?:licen[cs]ed|authori[sz]ed|registered)))(?<tail>[^;.]{0,90})`,
  'gu',
)
/** `the revocation of ⟨O1⟩'s licence by ⟨A2⟩`, `the licence of ⟨O1⟩ was revoked by ⟨A2⟩`. */
const REVOCATION = new RegExp(
  `(?:(?<verb>revocation|withdrawal|cancellation|suspension|loss) of (?:the ${NP}${LICENCE} of (?<object>${FIRM})|(?<owner>${E})'s? ${NP}${LICENCE})|${LICENCE} (?:of|held by|issued to|granted to) (?<object2>${FIRM})(?:,[^,;]{0,60},)? (?:was|were|has been|have been|had been|is|gets?) (?<verb2>revoked|withdrawn|cancell?ed|suspended|annulled|terminated|rescinded))(?<tail>[^;.]{0,90})`,
  'gu',
)

/** Licences taken away, suspended or given back. */
export function licencesWithdrawn(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/licen[cs]|authori[sz]|registr|permi|charter/.test(m.text)) return out
  const add = (at: number, p: { of: Name; from: Name | undefined; verb: string }) => {
    if (p.of.isRegulator || isUnreal(m, at)) return
    const isSuspended = p.verb.startsWith('suspend')
    out.push({
      type: 'licence_withdrawn',
      at,
      of: p.of,
      to: p.of,
      ...(p.from !== p.of && { from: p.from }),
      ...(isSuspended && { qualifier: 'suspended' }),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, REVOKES)) {
    const at = match.index
    const { list, verb = '', object = '' } = match.groups ?? {}
    const giver = m.subject(at)
    const from = isFirm(giver) ? giver.name : undefined
    const text = list ?? object
    const start = at + match[0].lastIndexOf(text)
    for (const of of firmsIn(m, start, start + text.length))
      if (of !== from) add(at, { of, from, verb })
  }
  for (const match of each(m, WAS_REVOKED)) {
    const owner = mentionOf(m, match, 'owner')
    if (isFirm(owner))
      add(match.index, {
        of: owner.name,
        from: lastFirm(m, match, 'by')?.name,
        verb: match.groups?.verb ?? '',
      })
  }
  for (const match of each(m, STRIPPED)) {
    const holder = m.subject(match.index, 'OUK')
    const { tail = '' } = match.groups ?? {}
    if (isFirm(holder))
      add(match.index, { of: holder.name, from: giverIn(m, match, '', tail), verb: 'revoked' })
  }
  for (const match of each(m, REVOCATION)) {
    const { verb, verb2, tail = '' } = match.groups ?? {}
    const of =
      lastFirm(m, match, 'object') ?? mentionOf(m, match, 'owner') ?? lastFirm(m, match, 'object2')
    const said = verb2 ?? (verb === 'suspension' ? 'suspended' : (verb ?? ''))
    const isKnown = isFirm(of) && !out.some((one) => one.of === of.name)
    if (isFirm(of) && isKnown)
      add(match.index, { of: of.name, from: giverIn(m, match, '', tail), verb: said })
  }
  for (const match of each(m, LOST)) {
    const { verb = '', tail = '', np = '' } = match.groups ?? {}
    if (verb === 'had' && !/^ (?:revoked|withdrawn|cancell?ed|suspended)/.test(tail)) continue
    const holder = m.subject(match.index, 'OUK')
    if (isFirm(holder) && !NOT_LICENCE.test(np))
      add(match.index, {
        of: holder.name,
        from: giverIn(m, match, np, tail),
        verb: /suspended/.test(tail) ? 'suspended' : verb,
      })
  }
  return out
}
