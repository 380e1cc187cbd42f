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
  onlyFirm,
  ownerBefore,
  whenFor,
} from './draft.ts'
import { E, type Masked, type Mention, MONEY } from './mask.ts'
import type { Name } from './name-kind.ts'

const WARNS =
  /(?<!\p{L})(?:warn(?:s|ed|ing)?|(?:issu|publish|releas)(?:es|ed) (?:an? |its )?(?:[a-z-]+ ){0,3}(?:warnings?|alerts?|notices?)|caution(?:s|ed)|alert(?:s|ed))(?: (?:the public|consumers|investors|customers|people|users|savers|retail investors|traders|citizens|residents|the market|britons|against dealing with|that))*(?: ⟨D\d+⟩)?(?: again)? (?<prep>about|against|over|of|on|concerning|regarding|in respect of|relating to|in relation to|naming|to|not to deal with|to avoid|that) (?:(?:concluding |entering into )?(?:transactions?|business|dealings?|contracts?|investing|trading|doing business|offers?|services|activities) (?:with|by|of|from|in) )?(?<rest>[^;.]{3,160})/gu
const ADDED = new RegExp(
  `(?<!\\p{L})(?:add(?:s|ed|ing)|plac(?:es|ed|ing)|put(?:s|ting)?) (?<object>${FIRMS}) (?:to|on) (?:its|the|their|an?|⟨[KA]\\d+⟩'s) (?:(?:[a-z-]+ ){0,3}(?:warning|alert|black) ?list|(?:[a-z-]+ ){0,2}list of (?:suspicious|suspected|unauthori[sz]ed|unlicen[cs]ed|fraudulent|unregistered|scam|clone|illegal))`,
  'gu',
)

/** `⟨O1⟩ and ⟨O2⟩ were added to the regulator's warning list`. */
const WAS_ADDED = new RegExp(
  `(?<object>${FIRMS}) (?:was|were|has been|have been) (?:also |both )?(?:added to|placed on|put on|included (?:in|on)) (?:(?:the|its|an?) )?(?:(?<by>⟨[AK]\\d+⟩)(?:'s?)? )?(?:(?:[a-z-]+ ){0,3}(?:warning|alert|black) ?list|(?:[a-z-]+ ){0,2}list of (?:suspicious|suspected|unauthori[sz]ed|unlicen[cs]ed|fraudulent|unregistered|scam|clone|illegal)[^;.]{0,60}?)(?: (?:of|by|kept by|from) (?:the )?(?<by2>⟨A\\d+⟩))?`,
  'gu',
)
/** `a warning about ⟨O1⟩ was issued by ⟨A2⟩`, `⟨A2⟩'s warning about ⟨O1⟩`. */
const WARNING_OF = new RegExp(
  `(?:(?<owner>⟨[AK]\\d+⟩)'s? )?(?:[a-z-]+ ){0,2}(?:warning|alert) (?:about|against|over|on|concerning) (?<object>${FIRMS})(?: (?:was|has been) (?:issued|published|released|renewed)(?: ⟨D\\d+⟩| on| in| last)*(?: by (?:the )?(?<by>⟨A\\d+⟩))?)?`,
  'gu',
)

/** An authority's warning about somebody; a firm that only warns of its results gives none. */
export function warnings(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/warn|alert|caution|blacklist|black list|list of|notice/.test(m.text)) return out
  for (const match of each(m, WARNS)) {
    const at = match.index
    const by = m.subject(at)
    const { rest = '' } = match.groups ?? {}
    if (
      !isFirm(by) ||
      !(by.name.isRegulator || /regulator|watchdog|authority/.test(m.text.slice(0, by.start)))
    )
      continue
    const restAt = at + match[0].length - rest.length
    const listed = new RegExp(
      `^(?:(?:the|a|an|two|three|several|unauthori[sz]ed|fraudulent|fake|dealing with|using|clone|websites?|platforms?|firms?|entities|company|called|named|known as|online|trading|investment|crypto|scam|broker|app) )*(?:(?<clone>clones? of|imitat\\w+|impersonat\\w+ (?:of)?) )?(?<list>${FIRMS})`,
      'u',
    ).exec(rest)
    if (listed === null || listed.groups?.clone !== undefined || isUnreal(m, at)) continue
    const list = listed.groups?.list ?? ''
    const start = restAt + listed[0].length - list.length
    for (const of of firmsIn(m, start, start + list.length)) {
      if (of !== by.name)
        out.push({ type: 'warning', at, of, to: of, from: by.name, when: whenFor(m, at) })
    }
  }
  for (const match of [...each(m, WAS_ADDED), ...each(m, WARNING_OF)]) {
    const by =
      mentionOf(m, match, 'by') ?? mentionOf(m, match, 'by2') ?? mentionOf(m, match, 'owner')
    const at = match.index
    const list = match.groups?.object ?? ''
    const start = at + match[0].indexOf(list)
    const isOwned = match.groups?.owner !== undefined || match.groups?.by !== undefined
    const isListed = /list/.test(match[0])
    if ((!isListed && !(isOwned && by?.name?.isRegulator)) || isUnreal(m, at)) continue
    for (const of of firmsIn(m, start, start + list.length)) {
      if (of !== by?.name && !of.isRegulator && !out.some((one) => one.of === of))
        out.push({ type: 'warning', at, of, to: of, from: by?.name, when: whenFor(m, at) })
    }
  }
  for (const match of each(m, ADDED)) {
    const by = m.subject(match.index)
    const list = match.groups?.object ?? ''
    const start = match.index + match[0].indexOf(list)
    for (const of of firmsIn(m, start, start + list.length))
      out.push({
        type: 'warning',
        at: match.index,
        of,
        to: of,
        ...(isFirm(by) && { from: by.name }),
        when: whenFor(m, match.index),
      })
  }
  return out
}

const FINES = new RegExp(
  `(?<!\\p{L})(?:fin(?:es|ed|ing)|penali[sz](?:es|ed)|sanction(?:s|ed) ) ?(?<object>${FIRM})(?<tail>[^;.]{0,120})`,
  'gu',
)
const FINED = new RegExp(
  `(?<!\\p{L})(?:was|were|been|be|is|gets?|got|(?<bare>${E})) (?:also |jointly )?(?:fined|penali[sz]ed|ordered to pay|told to pay|hit with|slapped with|handed|issued(?: with)?|given|served with)(?<fine>(?: an?)?(?: [a-z-]+){0,3}? (?:fine|penalty|sanction)(?: of| totall?ing| worth)?)?(?: an?| a total of| the sum of)?(?: (?<money>${MONEY}))?(?<tail>[^;.]{0,120})`,
  'gu',
)
const IMPOSED = new RegExp(
  `(?<!\\p{L})(?:impos(?:es|ed)|lev(?:ies|ied)|hand(?:s|ed)(?: down| out)?|gave|gives|serv(?:es|ed)|issu(?:es|ed)|slapp(?:s|ed)|slaps|hit(?:s)?) (?<obj1>${FIRM} (?:with )?)?(?:an? |the |its )?(?:[a-z-]+ ){0,2}?(?:(?<money>${MONEY}) )?(?:[a-z-]+ ){0,3}(?:fine|penalty|sanction)s?(?: (?:of|totall?ing|worth) (?<money2>${MONEY}))?(?: (?:on|against|to) (?<obj2>${FIRM}))?`,
  'gu',
)
const PAYS = new RegExp(
  `(?<!\\p{L})(?<verb>pa(?:y|ys|id|ying)|settl(?:es|ed)) (?:an? |the |out |up )?(?:(?:record|total of|combined|civil) )*(?<money>${MONEY})(?<tail> [^;.]{0,140})`,
  'gu',
)
const FINE_OF = new RegExp(
  `(?<money>${MONEY})(?: [a-z-]+){0,3} (?:fine|penalty)(?: (?:against|on|for|from|by|to) (?<object>${FIRM}))`,
  'gu',
)

/** Fines and penalties, with who imposed them where it is said. */
export function fines(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/fin(?:e|ed|es|ing)\b|penal|settle|sanction|ordered to pay|resolve/.test(m.text)) return out
  const add = (
    at: number,
    p: {
      of: Name | undefined
      from?: Name | undefined
      money?: Mention | undefined
      what?: string | undefined
    },
  ) => {
    if (p.of === undefined || p.of.isRegulator || p.of === p.from || isUnreal(m, at)) return
    if (out.some((one) => one.of === p.of && (one.money === p.money || p.money === undefined)))
      return
    out.push({
      type: 'fine',
      at,
      of: p.of,
      to: p.of,
      from: p.from,
      money: p.money,
      what: p.what,
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, FINES)) {
    const at = match.index
    const by = m.subject(at)
    const object = lastFirm(m, match, 'object')
    const { tail = '' } = match.groups ?? {}
    if (!isFirm(object) || !isFirm(by)) continue
    add(at, {
      of: object.name,
      from: by.name,
      money: m.between(object.end, object.end + 30, 'M')[0],
      what: reason(m, at + match[0].length - tail.length, tail),
    })
  }
  for (const match of each(m, FINED)) {
    const at = match.index
    const { tail = '', fine } = match.groups ?? {}
    const bare = mentionOf(m, match, 'bare')
    // `was handed …`: only where what was handed is a fine.
    const isPlain = /(?:fined|penali[sz]ed|to pay)/.test(match[0])
    if (
      !isPlain &&
      fine === undefined &&
      !/^(?: [a-z-]+){0,3} (?:fine|penalty|sanction)\b/.test(tail)
    )
      continue
    const subject = bare ?? m.subject(at, 'OUK')
    // A name right before "fined" in plain text is who fines, unless no one follows.
    if (!isFirm(subject) || (bare !== undefined && new RegExp(`^ ?${FIRM}`).test(tail))) continue
    const tailAt = at + match[0].length - tail.length
    add(at, {
      of: subject.name,
      from: byIn(m, tailAt, tail),
      money: mentionOf(m, match, 'money'),
      what: reason(m, tailAt, tail),
    })
  }
  for (const match of each(m, IMPOSED)) {
    const by = m.subject(match.index)
    const object = lastFirm(m, match, 'obj1') ?? lastFirm(m, match, 'obj2')
    if (isFirm(object))
      add(match.index, {
        of: object.name,
        from: isFirm(by) ? by.name : undefined,
        money: mentionOf(m, match, 'money') ?? mentionOf(m, match, 'money2'),
      })
  }
  for (const match of each(m, PAYS)) {
    const at = match.index
    const { tail = '' } = match.groups ?? {}
    const isFine =
      /^ (?:[a-z-]+ ){0,3}(?:fine|penalty|settlement)\b|^ (?:in (?:[a-z-]+ ){0,2}(?:fines|penalties|settlements?)|to (?:settle|resolve))/.test(
        tail,
      )
    const by = m.subject(at, 'OUK')
    if (!isFine || !isFirm(by)) continue
    add(at, {
      of: by.name,
      from: byIn(m, at + match[0].length - tail.length, tail),
      money: mentionOf(m, match, 'money'),
    })
  }
  for (const match of each(m, FINE_OF)) {
    // `pay a ⟨M1⟩ penalty to`: who pays was read above, and who gets it is not fined.
    if (
      /(?:pa(?:y|ys|id|ying)|settle[sd]?) (?:an? )?(?:[a-z-]+ ){0,2}$/.test(
        m.text.slice(0, match.index),
      )
    )
      continue
    const object = lastFirm(m, match, 'object')
    const isBy = / (?:from|by) [^⟨]*⟨[A-Z]\d+⟩$/.test(match[0])
    const owner = ownerBefore(m, match.index)
    if (!isFirm(object)) continue
    if (isBy || object.name.isRegulator)
      add(match.index, {
        of: about(m, match.index) ?? onlyFirm(m),
        from: object.name,
        money: mentionOf(m, match, 'money'),
      })
    else
      add(match.index, {
        of: object.name,
        from: isFirm(owner) ? owner.name : undefined,
        money: mentionOf(m, match, 'money'),
      })
  }
  return out
}

/** `by the ⟨A1⟩`, `charges brought by ⟨A1⟩`, `to ⟨L1⟩'s financial regulator`. */
function byIn(m: Masked, at: number, tail: string): Name | undefined {
  const end = at + tail.length
  for (const mention of m.between(at, end, 'AOUK')) {
    const before = m.text.slice(Math.max(at, mention.start - 40), mention.start)
    if (mention.letter === 'A' && /\b(?:by|to|with|from|the)\s+(?:[a-z]+ ){0,3}$/.test(before))
      return mention.name
    if (isFirm(mention) && mention.letter === 'O' && /\bby (?:the )?$/.test(before))
      return mention.name
  }
  return undefined
}

function reason(m: Masked, at: number, tail: string): string | undefined {
  const match = /\b(?:for|over) ((?!⟨M)[^,;.]{6,90})/.exec(tail)
  if (match?.[1] === undefined) return undefined
  const from = at + match.index + match[0].length - match[1].length
  return m.original(from, from + match[1].length)
}
