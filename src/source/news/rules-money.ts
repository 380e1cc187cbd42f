import {
  about,
  type Draft,
  each,
  FIRM,
  FIRMS,
  firmsIn,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  whenFor,
} from './draft.ts'
import { E, type Masked, type Mention, MONEY } from './mask.ts'
import type { Name } from './name-kind.ts'

const INVEST = new RegExp(
  `(?<!\\p{L})(?:invest(?:s|ed|ing)?|inject(?:s|ed|ing)?|pour(?:s|ed|ing)?|put(?:s|ting)?|plough(?:s|ed)?) (?:an? )?(?:(?:additional|further|another|initial|total of) )*(?<money>${MONEY}) in(?:to)? (?<object>${FIRM})`,
  'gu',
)
const THEIR = new RegExp(
  `(?<owner>${E})'s? (?:[a-z-]+ ){0,2}(?<money>${MONEY})(?: [a-z-]+){0,2} investment(?: (?:in|into) (?<object>${FIRM}))?`,
  'gu',
)
const FROM = new RegExp(
  `(?<money>${MONEY})(?: [a-z-]+){0,2} (?:investment|funding|injection|capital|backing) from (?<object>${FIRMS})`,
  'gu',
)
const RAISE = new RegExp(
  `(?<!\\p{L})(?:rais(?:es|ed|ing|e)|secur(?:es|ed|ing)|clos(?:es|ed)|bag(?:s|ged)|land(?:s|ed)|receiv(?:es|ed)|nets|netted|collect(?:s|ed)|pull(?:s|ed) in|attract(?:s|ed)|haul(?:s|ed) in|draw(?:s|n)|drew|scoop(?:s|ed)|obtain(?:s|ed)|complet(?:es|ed)|announc(?:es|ed)|w[io]ns?|got|gets|rak(?:es|ed) in) (?:an? |a total of |another |its |the )?(?:(?:additional|further|fresh|new|oversubscribed|latest|first|second|third|extended) )*(?:(?:(?:pre-)?(?:series|seed|angel|growth|equity|venture|bridge|funding|financing|investment|capital|private|strategic|extension|⟨[UTO]\\d+⟩|[a-h](?= ))[ -])+(?:round|financing|funding|raise|investment|injection|tranche|extension) (?:of|worth|totall?ing) )?(?<money>${MONEY})(?<rest>.*)$`,
  'gu',
)
const LED = new RegExp(`(?:led|headed|co-led) by (?<lead>${FIRMS})`, 'u')
const JOINED = new RegExp(
  `(?:with (?:the )?participation (?:from|of|by)|joined by|alongside|backed by|other (?:investors|backers) (?:include|included|including)|participants (?:include|included)) (?<others>${FIRMS})`,
  'u',
)
const ROUND =
  /\b(?:round|funding|financing|series [a-h]\b|seed|investors?|venture|equity|led by|pre-seed|backers|capital|valuation|raise)\b/

/** Who put money into whom. */
export function investments(m: Masked): Draft[] {
  const out: Draft[] = []
  if (
    !/invest|inject|pour|rais|secur|clos|bag|land|receiv|net|collect|put|funding|round|capital|backers/.test(
      m.text,
    )
  )
    return out
  for (const match of each(m, INVEST)) {
    const target = lastFirm(m, match, 'object')
    const at = match.index
    const subject = m.subject(at)
    if (!isFirm(target) || !isFirm(subject) || isUnreal(m, at)) continue
    out.push({
      type: 'investment',
      at,
      from: subject.name,
      to: target.name,
      money: mentionOf(m, match, 'money'),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, THEIR)) out.push(...theirs(m, match))
  for (const match of each(m, FROM)) {
    const at = match.index
    const [from, ...others] = firmsIn(m, at, at + match[0].length)
    const rest = new Set(
      m
        .between(0, m.text.length, 'OUK')
        .filter(isFirm)
        .map(({ name }) => name),
    )
    for (const name of firmsIn(m, at, at + match[0].length)) rest.delete(name)
    const [other] = rest
    const to = about(m, at) ?? subjectOfRaise(m, at) ?? (rest.size === 1 ? other : undefined)
    if (from === undefined || to === undefined || to === from || isUnreal(m, at)) continue
    out.push({
      type: 'investment',
      at,
      from,
      to,
      with: others.map(({ name }) => name),
      money: mentionOf(m, match, 'money'),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, RAISE)) out.push(...raised(m, match))
  return out
}

function theirs(m: Masked, match: RegExpMatchArray & { index: number }): Draft[] {
  const at = match.index
  const owner = mentionOf(m, match, 'owner')
  const said = lastFirm(m, match, 'object')
  if (!isFirm(owner) || isUnreal(m, at)) return []
  // Where the sentence names one other firm, the money of the one is for the other.
  const others = new Set(
    m
      .between(0, m.text.length, 'OUK')
      .filter(isFirm)
      .map(({ name }) => name)
      .filter((name) => name !== owner.name),
  )
  const [other] = others
  const to = isFirm(said) ? said.name : others.size === 1 ? other : undefined
  if (to === undefined) return []
  return [
    {
      type: 'investment',
      at,
      from: owner.name,
      to,
      money: mentionOf(m, match, 'money'),
      when: whenFor(m, at),
    },
  ]
}

function subjectOfRaise(m: Masked, at: number): Name | undefined {
  const subject = m.subject(at, 'OUK')
  return isFirm(subject) ? subject.name : undefined
}

function raised(m: Masked, match: RegExpMatchArray & { index: number }): Draft[] {
  const at = match.index
  const { rest = '' } = match.groups ?? {}
  const to = subjectOfRaise(m, at)
  const head = match[0].slice(0, match[0].length - rest.length)
  const isRaise = /^rais/.test(match[0])
  const isFunding = ROUND.test(rest) || /(?:round|funding|financing|raise)/.test(head)
  if (
    to === undefined ||
    isUnreal(m, at) ||
    !(
      isFunding ||
      (isRaise && !/\b(?:forecast|guidance|dividend|price|target|debt|bonds?|loan)\b/.test(rest))
    )
  )
    return []
  if (
    /^ (?:contract|deal|order|loan|licen[cs]e|settlement|fine|revenue|in revenue|in sales|judgment)/.test(
      rest,
    )
  )
    return []
  const restAt = at + match[0].length - rest.length
  const lead = LED.exec(rest)
  const joined = JOINED.exec(rest)
  const firms = (found: RegExpExecArray | null) =>
    found === null ? [] : firmsIn(m, restAt + found.index, restAt + found.index + found[0].length)
  const [from, ...coLeads] = firms(lead)
  // The round itself is named in front of its sum: `closed a Series A round of ⟨M1⟩`.
  const series = /\b(?:pre-)?(?:series ⟨[A-Z]\d+⟩|series [a-h]|seed)(?: (?:funding )?round)?/.exec(
    rest,
  )
  const what =
    series === null
      ? undefined
      : m.original(restAt + series.index, restAt + series.index + series[0].length)
  return [
    {
      type: 'investment',
      at,
      from,
      to,
      what,
      with: [...coLeads, ...firms(joined)].map(({ name }) => name),
      money: mentionOf(m, match, 'money'),
      when: whenFor(m, at),
    },
  ]
}

const DEAL = new RegExp(
  `(?<!\\p{L})(?<verb>sign(?:s|ed|ing)?|enter(?:s|ed) into|conclud(?:es|ed)|agree(?:s|d)(?: on)?|secur(?:es|ed|ing|e)|w[io]n(?:s|ning)?|clinch(?:es|ed|ing)?|ink(?:s|ed|ing)?|land(?:s|ed|ing)?|struck|strikes|reach(?:es|ed)|agreed|award(?:ed|s)|received?|holds?) (?<np>(?:(?!\\b(?:with|from|by|that|which|to|and)\\b)[^;.,]){0,70}?)\\b(?<noun>contracts?|deals?|agreements?|orders?|memorandum of understanding|mou)(?:(?: worth| valued at)? (?<m>${MONEY}))? (?:with|from|by|for) (?<list>${FIRMS})`,
  'gu',
)
const AWARD = new RegExp(
  `(?<!\\p{L})(?<verb>award(?:s|ed)|hand(?:s|ed)|gave|gives) (?<list>${FIRM}) an? (?<np>(?:[^;.,](?!\\bto\\b)){0,60}?)\\b(?:contract|deal|order)s?`,
  'gu',
)

/** Contracts that are signed, with whom. A partnership without a contract is none. */
export function contracts(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/contract|deal|agreement|order|memorandum|mou/.test(m.text)) return out
  for (const match of each(m, DEAL)) {
    const at = match.index
    const { verb = '', list = '', np = '', noun = '' } = match.groups ?? {}
    const listAt = at + match[0].length - list.length
    const parties = firmsIn(m, listAt, listAt + list.length)
    const of = subjectOfDeal(m, at, verb)
    if (of === undefined || parties.length === 0 || parties.includes(of) || isUnreal(m, at))
      continue
    if (/settle|sale|takeover|merger|acqui|funding/.test(np)) continue
    const npAt = at + verb.length + 1
    const what = m
      .original(npAt, npAt + np.length + noun.length)
      .replace(/^(?:an?|the|its)\s+/i, '')
    const money =
      mentionOf(m, match, 'm') ??
      m.between(npAt, npAt + np.length, 'M')[0] ??
      moneyBehind(m, at + match[0].length)
    out.push({
      type: 'contract',
      at,
      of,
      with: parties.map(({ name }) => name),
      what: /\s/.test(what) ? what : undefined,
      money,
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, AWARD)) {
    const at = match.index
    const giver = m.subject(at)
    const winner = lastFirm(m, match, 'list')
    if (!isFirm(giver) || !isFirm(winner) || isUnreal(m, at)) continue
    out.push({
      type: 'contract',
      at,
      of: winner.name,
      with: [giver.name.name],
      money: m.between(at, at + match[0].length, 'M')[0] ?? moneyBehind(m, at + match[0].length),
      when: whenFor(m, at),
    })
  }
  return out
}

function moneyBehind(m: Masked, at: number): Mention | undefined {
  const match = /^(?: [a-z]+){0,6}? (?:worth|for|valued at) (⟨M\d+⟩)/.exec(
    m.text.slice(at, at + 60),
  )
  return match === null ? undefined : m.at(at + match[0].length - (match[1]?.length ?? 0))
}

function subjectOfDeal(m: Masked, at: number, verb: string): Name | undefined {
  const subject = m.subject(at)
  if (isFirm(subject)) return subject.name
  if (verb.endsWith('ing')) return m.mainSubject(at)
  return at < 3 ? m.elided() : undefined
}
