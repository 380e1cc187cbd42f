import {
  about,
  DESC,
  type Draft,
  each,
  FIRM,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  OWNER,
  whenFor,
} from './draft.ts'
import { E, type Masked, type Mention, MONEY } from './mask.ts'
import type { Name } from './name-kind.ts'

const ATTACK =
  /hack|exploit|breach|heist|drain|stole|theft|attack|phish|compromis|siphon|cyber|crook|thie(?:f|ves)|raid|loot|robb|cleaned out/
const LOSS = new RegExp(
  `(?<!\\p{L})(?:los(?:t|es|ing)|suffer(?:s|ed)|was (?:hacked|exploited|drained|robbed)) (?:an? )?(?:[a-z-]+ ){0,3}?(?<sum>${MONEY}|⟨Q\\d+⟩ ⟨[TU]\\d+⟩)(?<tail>[^;.]{0,160})`,
  'gu',
)
const STEAL = new RegExp(
  `(?<!\\p{L})(?:stole|steals?|stolen|drained|drains|siphon(?:ed|s)(?: off)?|took|made off with|got away with|looted|withdrew) (?:an? )?(?:[a-z-]+ ){0,2}?(?<sum>${MONEY}|⟨Q\\d+⟩ ⟨[TU]\\d+⟩)(?<mid>[^;.]{0,60}?) from (?<object>${FIRM})`,
  'gu',
)
const HIT =
  /(?<!\p{L})(?:was|were|is|been|gets?|got|(?<bare>⟨[OU]\d+⟩)) (?:reportedly )?(?:hacked|exploited|breached|drained|attacked|hit by (?:an? )?(?:[a-z⟨⟩A-Z0-9-]+ ){0,3}(?:hack|exploit|attack|breach|heist))(?<tail>[^;.]{0,120})/gu
const NOUN = new RegExp(
  `(?:(?<sum>${MONEY})(?: [a-z-]+){0,2} )?(?<noun>hack|exploit|heist|breach|theft|attack) (?:of|on|at|against|hit|struck|hits|strikes|from) (?<object>${FIRM})(?<tail>[^;.]{0,60})`,
  'gu',
)
/** `⟨M1⟩ in tokens was stolen from ⟨O2⟩`. */
const STOLEN = new RegExp(
  `(?<sum>${MONEY}|⟨Q\\d+⟩ ⟨[TU]\\d+⟩)(?<mid>[^;.⟨]{0,60}?) (?:was|were|has been|have been|had been|being) (?:reportedly )?(?:stolen|drained|siphoned(?: off)?|taken|looted|removed|withdrawn) (?:from|out of) (?<object>${FIRM})`,
  'gu',
)
/** `crooks have cleaned out ⟨O1⟩, making off with ⟨M2⟩`, `exploited a bug in ⟨O1⟩ and withdrew ⟨M2⟩`. */
const RAIDED = new RegExp(
  `(?<!\\p{L})(?:cleaned out|clean out|raided|robbed|looted|emptied|hacked(?: into)?|broke into|breached|compromised|exploited|drained|attacked)(?: (?:an?|the) (?:[a-z-]+ ){1,4}?(?:in|of|at))? (?<object>${OWNER})(?<rest>[^;.]{0,160})`,
  'gu',
)
const TOOK = new RegExp(
  `(?:making off with|made off with|withdr(?:ew|awing)|took|taking|stole|stealing|netting|netted|getting away with|got away with|siphon(?:ed|ing)(?: off)?|drain(?:ed|ing)|of|for|escap(?:ed|ing) with) (?:an? )?(?:[a-z-]+ ){0,2}?(?:⟨Q\\d+⟩ ⟨[TU]\\d+⟩,? (?:then )?(?:worth|valued at) )?(?<sum>${MONEY}|⟨Q\\d+⟩ ⟨[TU]\\d+⟩)`,
  'u',
)
const OWN = new RegExp(
  `(?<owner>${E})(?:'s?)? (?:(?<sum>${MONEY}) )?(?:hot wallet |bridge |crypto |data |security )?(?<noun>hack|exploit|heist)(?!\\p{L})(?<tail>[^;.]{0,60})`,
  'gu',
)
const LOSS_PUT = new RegExp(
  `put(?:s|ting)? the (?:loss|losses|damage|theft|haul)(?:es)? at (?<sum>${MONEY})`,
  'gu',
)

/** Hacks and thefts: whose, how much, when. */
export function hacks(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!ATTACK.test(m.text) && !/loss/.test(m.text)) return out
  const add = (at: number, of: Name | undefined, sum: Mention | undefined) => {
    if (
      of === undefined ||
      of.isRegulator ||
      isUnreal(m, at) ||
      out.some((one) => one.of === of && (sum === undefined || one.money !== undefined))
    )
      return
    const isMoney = sum?.letter === 'M'
    const token = sum?.letter === 'Q' ? /^ (⟨[TU]\d+⟩)/.exec(m.text.slice(sum.end)) : null
    const symbol = sum !== undefined && token !== null ? m.at(sum.end + 1)?.text : undefined
    out.push({
      type: 'hack',
      at,
      of,
      ...(isMoney ? { money: sum } : { quantity: sum }),
      what: symbol,
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, LOSS)) {
    const subject = m.subject(match.index, 'OUK')
    if (isFirm(subject) && ATTACK.test(m.text))
      add(match.index, subject.name, mentionOf(m, match, 'sum'))
  }
  for (const match of each(m, STEAL)) {
    const object = lastFirm(m, match, 'object')
    if (isFirm(object)) add(match.index, object.name, mentionOf(m, match, 'sum'))
  }
  for (const match of each(m, STOLEN)) {
    const object = lastFirm(m, match, 'object')
    if (isFirm(object)) add(match.index, object.name, mentionOf(m, match, 'sum'))
  }
  for (const match of each(m, RAIDED)) {
    const object = lastFirm(m, match, 'object')
    const { rest = '' } = match.groups ?? {}
    const restAt = match.index + match[0].length - rest.length
    const took = TOOK.exec(rest)
    if (!isFirm(object) || took === null || object.letter === 'A') continue
    const sum = m.between(restAt, restAt + took.index + took[0].length, 'MQ').at(-1)
    add(match.index, object.name, sum)
  }
  for (const match of each(m, HIT)) {
    const { tail = '' } = match.groups ?? {}
    const subject = mentionOf(m, match, 'bare') ?? m.subject(match.index, 'OUK')
    if (!isFirm(subject)) continue
    const sum = new RegExp(
      `^ (?:for|in|of|losing|and lost|to the tune of) (?:an? )?(?:[a-z-]+ ){0,2}(${MONEY}|⟨Q\\d+⟩(?= ⟨[TU]))`,
    ).exec(tail)
    const at = match.index + match[0].length - tail.length
    const mention =
      sum?.[1] === undefined ? inside(m, match) : m.at(at + sum[0].length - sum[1].length)
    add(match.index, subject.name, mention)
  }
  for (const match of each(m, NOUN)) {
    const object = lastFirm(m, match, 'object')
    // An attack with weapons is another thing.
    const isCyber = /hack|exploit|crypto|wallet|cyber|funds|stolen|token|⟨[MT]\d+⟩|data/.test(
      m.text,
    )
    if (isFirm(object) && object.letter !== 'K' && isCyber)
      add(
        match.index,
        object.name,
        mentionOf(m, match, 'sum') ?? m.between(object.end, match.index + match[0].length, 'M')[0],
      )
  }
  for (const match of each(m, OWN)) {
    const owner = mentionOf(m, match, 'owner')
    if (isFirm(owner)) add(match.index, owner.name, mentionOf(m, match, 'sum'))
  }
  for (const match of each(m, LOSS_PUT))
    add(match.index, m.context.subject, mentionOf(m, match, 'sum'))
  return out
}

function inside(m: Masked, match: RegExpMatchArray & { index: number }): Mention | undefined {
  const { tail = '' } = match.groups ?? {}
  return m.between(match.index, match.index + match[0].length - tail.length, 'M')[0]
}

const TOKEN = '⟨[TU]\\d+⟩'
const LISTS = new RegExp(
  `(?<!\\p{L})(?<verb>lists|listed|listing|list|(?:adds?|added|adding) (?:support|trading pairs|spot trading) for|(?:will )?(?:opens?|opened|begins?|began|starts?|started|launch(?:es|ed)?|enable[sd]?|introduce[sd]?) (?:spot )?trading(?: (?:in|of|for))?|makes? available|made available) (?:trading (?:of|in|for) |spot trading for )?(?<object>${DESC}${TOKEN}(?:(?:, | and |, and )${DESC}${TOKEN})*)(?!-)`,
  'gu',
)
const LISTED_ON = new RegExp(
  `(?<what>⟨[TUOK]\\d+⟩)(?:,[^,;]{0,80},)?(?: tokens?| shares)? (?:(?:is|was|were|are|has been|have been|will be|to be|now|also|first|newly) )*listed (?:for trading )?(?:on|at) (?<venue>${FIRM})`,
  'gu',
)
const DEBUT = new RegExp(
  `(?<!\\p{L})(?:debut(?:s|ed)?|made (?:its|their|a|an|⟨K\\d+⟩'s) (?:[a-z-]+ )?debut|makes (?:its|a|⟨K\\d+⟩'s) (?:[a-z-]+ )?debut|went public|goes public|began trading|begins trading|started trading|starts trading|floated|list(?:s|ed)|ipoed|rang the bell)(?: (?:its|⟨K\\d+⟩'s) shares)?(?: ⟨D\\d+⟩)? (?:on|at) (?:the )?(?<venue>${FIRM})`,
  'gu',
)

/** `on the first day of trading on ⟨O1⟩`, `its flotation on`: the share came to the market. */
const FIRST_DAY = new RegExp(
  `(?:first day of (?:trading|dealings)|(?:stock )?market debut|trading debut|debut|flotation|initial public offering|ipo|listing) (?:on|at) (?:the )?(?<venue>${FIRM})`,
  'gu',
)

/** What is traded where: a token on an exchange, a firm's shares on a market. */
export function listings(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/list|debut|public|trading|float|ipo|support|available/.test(m.text)) return out
  const add = (at: number, of: Name, to: Name) => {
    if (
      of === to ||
      of.isRegulator ||
      isUnreal(m, at) ||
      /\bde-?list/.test(m.text.slice(Math.max(0, at - 3), at + 12))
    )
      return
    out.push({ type: 'listing', at, of, to, when: whenFor(m, at) })
  }
  for (const match of each(m, LISTS)) {
    const at = match.index
    const by = m.subject(at, 'OUK')
    const { object = '' } = match.groups ?? {}
    if (!isFirm(by) || /\b(?:as|among|including|following)\b/.test(object)) continue
    if (
      match.groups?.verb === 'list' &&
      !/\b(?:will|to|may) $/.test(m.text.slice(Math.max(0, at - 6), at))
    )
      continue
    const start = at + match[0].length - object.length
    const listed = m.between(start, start + object.length, 'TU')
    // Beside a known token another name is one too.
    const hasAsset = listed.some(({ name }) => name?.isAsset)
    for (const { name, afterThe } of listed) {
      if (
        name !== undefined &&
        !afterThe &&
        (name.isAsset ||
          hasAsset ||
          /^[\p{Lu}\p{N}$]{2,8}$/u.test(name.name) ||
          /\btoken|coin/.test(m.text))
      )
        add(at, name, by.name)
    }
  }
  for (const match of each(m, LISTED_ON)) {
    const what = mentionOf(m, match, 'what')
    const venue = lastFirm(m, match, 'venue')
    if (what?.name !== undefined && isFirm(venue)) add(match.index, what.name, venue.name)
  }
  for (const match of each(m, DEBUT)) {
    const venue = lastFirm(m, match, 'venue')
    const subject = m.subject(match.index, 'OUK')
    if (
      venue?.name !== undefined &&
      (venue.name.isVenue || venue.name.kind === 'org') &&
      isFirm(subject)
    )
      add(match.index, subject.name, venue.name)
  }
  for (const match of each(m, FIRST_DAY)) {
    const venue = lastFirm(m, match, 'venue')
    if (!venue?.name?.isVenue) continue
    const of = about(m, match.index) ?? firstOther(m, match.index, venue.name)
    if (of !== undefined) add(match.index, of, venue.name)
  }
  return out
}

/** The one firm in front of an offset: `shares in ⟨O1⟩ rose on …`. */
function firstOther(m: Masked, at: number, venue: Name): Name | undefined {
  const names = new Set(
    m
      .between(0, at, 'OUK')
      .filter(isFirm)
      .map(({ name }) => name),
  )
  names.delete(venue)
  const [only] = names
  return names.size === 1 ? only : undefined
}
