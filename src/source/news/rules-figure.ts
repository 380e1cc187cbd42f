import {
  about,
  type Draft,
  each,
  FIRM,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  onlyFirm,
  ownerBefore,
  whenFor,
} from './draft.ts'
import { E, type Masked, type Mention, MONEY, PERCENT } from './mask.ts'
import type { Name } from './name-kind.ts'

const VALUED = new RegExp(
  `(?<!\\p{L})valu(?:e|es|ed|ing) (?<object>(?:the (?:whole )?(?:of )?)?${FIRM}(?: of [a-z]+(?: [a-z]+)?)?|it|the (?:company|firm|business|group)) at (?<money>${MONEY})`,
  'gu',
)
const WAS_VALUED = new RegExp(
  `(?:was|is|were|been|being|now|last) valued at (?<money>${MONEY})`,
  'gu',
)
const VALUATION = new RegExp(
  `(?<!\\p{L})(?:valuation|market (?:value|cap|capitali[sz]ation))(?<rest>(?: (?:of|to|at|above|near|reached|hit|peaked|peaking|stood|was|is|rose|fell|climbed|dropped|soared|jumped|sank|a|the|high|record|all-time|peak|just|from ⟨M\\d+⟩)| ⟨C\\d+⟩){1,7}) (?<money>${MONEY})`,
  'gu',
)
const AT_VALUATION = new RegExp(
  `(?<money>${MONEY})(?: (?!at|of|to|in|for|a|on|with|and)[a-z-]+){0,2} (?:valuation|market (?:value|cap|capitali[sz]ation))`,
  'gu',
)
const WORTH = new RegExp(
  `(?<owner>${E}) (?:is|was) (?:now |then |once |reportedly )?worth (?<money>${MONEY})`,
  'gu',
)
/** `giving ⟨O1⟩ a market value of ⟨M2⟩`. */
const GIVING = new RegExp(
  `(?<!\\p{L})(?:giv(?:es|ing)|gave|leav(?:es|ing)|left|hand(?:s|ed|ing)) (?<object>${FIRM}) (?:with )?(?:an? |its )?(?:[a-z-]+ ){0,2}(?:valuation|market (?:value|cap|capitali[sz]ation)|value|price tag) of (?<money>${MONEY})`,
  'gu',
)
/** `puts ⟨O1⟩'s worth at`, `put the value of ⟨O1⟩ at`. */
const PUTS = new RegExp(
  `(?<!\\p{L})(?:put(?:s|ting)?|estimat(?:es|ed|ing)|peg(?:s|ged)?|set(?:s|ting)?) (?:(?<owner>${E})'s? |(?:a |the ))(?:(?:equity|enterprise|market|total|fair) )*(?:value|worth|valuation|price tag)(?: (?:of|on) (?<object>${FIRM}))?(?: at| of) (?<money>${MONEY})`,
  'gu',
)
const PEAK = /\b(?:peak(?:ed|ing|s)?|height|all-time high|record high|at its high)\b/

/** What a firm is said to be worth. */
export function valuations(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/valu|market cap|worth/.test(m.text)) return out
  for (const match of each(m, VALUED)) {
    const at = match.index
    const object = lastFirm(m, match, 'object')
    const of = isFirm(object) ? object.name : m.context.subject
    if (of !== undefined && !isUnreal(m, at))
      out.push(figure('valuation', m, { at, of, money: mentionOf(m, match, 'money') }))
  }
  for (const match of each(m, WAS_VALUED)) {
    const subject = m.subject(match.index, 'OUK')
    if (isFirm(subject) && !isUnreal(m, match.index))
      out.push(
        figure('valuation', m, {
          at: match.index,
          of: subject.name,
          money: mentionOf(m, match, 'money'),
        }),
      )
  }
  for (const match of [...each(m, PUTS), ...each(m, GIVING)]) {
    const of = mentionOf(m, match, 'owner') ?? lastFirm(m, match, 'object')
    if (!isFirm(of) || isUnreal(m, match.index)) continue
    out.push(
      figure('valuation', m, { at: match.index, of: of.name, money: mentionOf(m, match, 'money') }),
    )
  }
  for (const pattern of [VALUATION, AT_VALUATION]) {
    for (const match of each(m, pattern)) {
      const at = match.index
      const money = mentionOf(m, match, 'money')
      if (out.some((one) => one.money === money)) continue
      const owner = ownerBefore(m, at)
      const subject = m.subject(at, 'OUK')
      const of =
        isFirm(owner) && owner.possessive
          ? owner.name
          : isFirm(subject)
            ? subject.name
            : (m.mainSubject(at) ?? onlyFirm(m))
      if (of === undefined || isUnreal(m, at)) continue
      const isPeak = PEAK.test(m.text.slice(Math.max(0, at - 20), at + match[0].length))
      out.push({
        ...figure('valuation', m, { at, of, money: mentionOf(m, match, 'money') }),
        ...(isPeak && { qualifier: 'peak' }),
      })
    }
  }
  for (const match of each(m, WORTH)) {
    const owner = mentionOf(m, match, 'owner')
    if (isFirm(owner))
      out.push(
        figure('valuation', m, {
          at: match.index,
          of: owner.name,
          money: mentionOf(m, match, 'money'),
        }),
      )
  }
  return out
}

/** A fact of one figure about one firm. */
export function figure(
  type: Draft['type'],
  m: Masked,
  p: {
    at: number
    of: Name
    money?: Mention | undefined
    percent?: Mention | undefined
    when?: Mention | undefined
  },
): Draft {
  return {
    type,
    at: p.at,
    of: p.of,
    money: p.money,
    percent: p.percent,
    when: p.when ?? whenFor(m, (p.money ?? p.percent)?.start ?? p.at),
  }
}

const SALES =
  '(?:(?:net |total |annual |quarterly |full-year |global |adjusted |gross |group )*(?:revenues?|turnover)|(?:net |total |annual |quarterly |full-year |global |group )*sales)'
const MOVED =
  '(?:rose|grew|fell|climbed|dropped|plummeted|plunged|slid|slumped|jumped|surged|soared|declined|increased|decreased|shrank|tumbled|doubled|tripled|halved|collapsed|rises?|grows?|falls?|climbs?|drops?|jumps?|surges?|advanced|expanded|went|sank|dipped|slipped|growing|rising|falling|reached|hit|topped|totall?ed|came in at|came to|stood at|was|were|amounted to|exceeded|passed|edged up|edged down|rebounded|of|at|to|increase|increases)'
const REVENUE = new RegExp(
  `(?<!\\p{L})(?<noun>${SALES})(?:(?: at| of| from| for| in)(?: (?!⟨M)[a-z-]+| ⟨[LD]\\d+⟩)*? (?<owner>${E}))?(?<mid>(?: (?:by|up|down|sharply|steadily|again|more than|also|has|had|have|to|from|in|over|the|year|by|a|an|year-on-year|year on year|slightly|for|its|core|operations|record|new high|just)| ${MOVED}| ⟨C\\d+⟩| ⟨D\\d+⟩|,){0,10}?)(?: from (?<m1>${MONEY})(?: (?:in|for) (?:the )?(?<d1>⟨D\\d+⟩)| (?:a|the) year (?:earlier|before|ago))?)?(?: to| of| at| was| were| hit| reached| totall?ed| topped)?,? (?<m2>${MONEY})(?:,? (?<prep>in|by|for|during|on|over) (?:the )?(?:whole of |full year |fiscal )?(?<d2>⟨D\\d+⟩))?(?:,?(?: up| down| compared with| compared to)? from (?<m3>${MONEY}) (?:in|for) (?:the )?(?<d3>⟨D\\d+⟩))?`,
  'gu',
)
const MADE = new RegExp(
  `(?<!\\p{L})(?<verb>report(?:s|ed|ing)?|post(?:s|ed|ing)?|generat(?:es|ed|ing)|book(?:s|ed)?|record(?:s|ed)?|earn(?:s|ed)?|made|makes|brought in|had|delivered|logged|announced|saw|took in) (?:an? )?(?:[a-z-]+ ){0,3}?(?<money>${MONEY})(?: (?:in|of)(?: (?:its|total|annual|quarterly|the|net|adjusted|gross|group|record|full-year|global|⟨D\\d+⟩))*)?(?: (?:adjusted|net|annual|quarterly|total|group))* (?:revenues?|sales|turnover)(?:,? (?:in|for|during) (?:the )?(?<d>⟨D\\d+⟩))?`,
  'gu',
)
const NOT_REVENUE =
  /^(?: (?:expected|forecast|estimated|profit|loss|in profit|in losses|net loss|net profit|net income|in debt|that analysts|target))/

/** Revenue, and both ends of its change. Profit is another thing. */
export function revenues(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/revenue|sales|turnover/.test(m.text)) return out
  for (const match of each(m, REVENUE)) {
    const at = match.index
    if (isUnreal(m, at) || /\b(?:profit|loss|income|margin|tax)\b/.test(match.groups?.mid ?? ''))
      continue
    const of = revenueOwner(m, at, match)
    if (of === undefined) continue
    const first = mentionOf(m, match, 'm1')
    const last = mentionOf(m, match, 'm2')
    if (last === undefined || NOT_REVENUE.test(m.text.slice(last.end))) continue
    if (first !== undefined) {
      const d1 = mentionOf(m, match, 'd1')
      if (d1 !== undefined) out.push({ type: 'revenue', at, of, money: first, when: d1 })
    }
    const d2 = mentionOf(m, match, 'd2')
    const inner = d2 ?? m.between(at, last.start, 'D').find((d) => d !== mentionOf(m, match, 'd1'))
    const m3 = mentionOf(m, match, 'm3')
    if (m3 !== undefined)
      out.push({ type: 'revenue', at, of, money: m3, when: mentionOf(m, match, 'd3') })
    const by = match.groups?.prep === 'by' ? { qualifier: 'by' } : {}
    out.push({ type: 'revenue', at, of, money: last, when: inner ?? leading(m, at), ...by })
    const next = nextFigure(m, at + match[0].length)
    if (next !== undefined) out.push({ type: 'revenue', at, of, ...next })
  }
  for (const match of each(m, MADE)) {
    const at = match.index
    const money = mentionOf(m, match, 'money')
    const subject = m.subject(at, 'OUK')
    const owner = ownerBefore(m, at)
    const of = isFirm(subject)
      ? subject.name
      : isFirm(owner)
        ? owner.name
        : at < 3
          ? m.elided()
          : undefined
    if (of === undefined || isUnreal(m, at)) continue
    out.push({ type: 'revenue', at, of, money, when: mentionOf(m, match, 'd') ?? leading(m, at) })
  }
  return out
}

const NEXT = new RegExp(
  `^,? (?:but|and|before|then) (?:(?:then|later|only|just|had) )*${MOVED}(?: (?:back|again|sharply))?(?: to| at)? (?<money>${MONEY}) (?:in|for|by) (?:the )?(?<d>⟨D\\d+⟩)`,
  'u',
)

/** `… but fell to ⟨M1⟩ in ⟨D2⟩`: the same figure at a later time. */
function nextFigure(m: Masked, from: number): Pick<Draft, 'money' | 'when'> | undefined {
  const match = NEXT.exec(m.text.slice(from))
  return match === null
    ? undefined
    : { money: mentionOf(m, match, 'money'), when: mentionOf(m, match, 'd') }
}

/** `In 2005 …`, `for 2024, …`: the date that leads the sentence or stands beside the verb. */
function leading(m: Masked, at: number): Mention | undefined {
  return whenFor(m, at)
}

function revenueOwner(m: Masked, at: number, match: RegExpMatchArray): Name | undefined {
  const said = mentionOf(m, match, 'owner')
  if (isFirm(said)) return said.name
  const own = about(m, at)
  if (own !== undefined) return own
  // `Revenue plummeted …, when ⟨O1⟩ sold`: the only firm that acts in the sentence, else the article's.
  const acting = m
    .between(0, m.text.length, 'OU')
    .filter((mention) => isFirm(mention) && m.subject(mention.end + 1, 'OU') === mention)
  const names = new Set(acting.map(({ name }) => name))
  const [only] = names
  if (names.size === 1 && only !== undefined) return only
  return names.size === 0 &&
    /^(?:(?:for|in|during|over|at|on) (?:[a-z-]+ |⟨D\d+⟩,? ){1,5},? ?)?(?:[a-z-]+,? ){0,4}$/.test(
      m.text.slice(0, at),
    )
    ? (m.context.subject ?? m.context.topic)
    : undefined
}

const SHARE_WORD = '(?:market[- ])?share(?!s|holder)'
const HELD = new RegExp(
  `(?<c>${PERCENT})(?:-plus)?(?: (?<scope>(?:(?!share|stake|of)[a-z-]+|⟨L\\d+⟩)(?: (?!share|stake|of)[a-z-]+){0,3}))? ${SHARE_WORD}(?<tail>(?: (?:of|in) (?:the )?(?:(?:[a-z-]+|⟨[LT]\\d+⟩(?:'s)?) ){0,5}?(?:market|sales|shipments|sector|industry|segment|volume|trading))?)`,
  'gu',
)
const SHARE_OF = new RegExp(
  `(?:market share|share of (?:the )?(?:(?:[a-z-]+|⟨[LT]\\d+⟩(?:'s)?) ){0,5}?(?:market|sales|shipments|sector)|with a share|a share|(?<=market.{0,80})share|(?<=⟨[OUK]\\d+⟩'s )share)(?<mid>(?: (?:of|to|at|was|is|stood|slipped|fell|rose|grew|climbed|dropped|reached|hit|slid|shrank|increased|declined|up|down|peaked|from ⟨C\\d+⟩(?: in ⟨D\\d+⟩)?|now|had|has)){1,5}) (?<c>${PERCENT})`,
  'gu',
)
const OF_MARKET = new RegExp(
  `(?:control(?:s|led)?|held|holds?|command(?:s|ed)?|captured|had|has|accounts? for|accounted for|account for|with|took|takes) (?<c>${PERCENT}) of (?<tail>(?:the )?(?:(?:[a-z-]+|⟨[LT]\\d+⟩(?:'s)?) ){0,5}?(?:market|shipments|sector|market share))`,
  'gu',
)

/** A firm's share of its market. A stake in a firm is none. */
export function marketShares(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/share|market/.test(m.text)) return out
  for (const pattern of [HELD, SHARE_OF, OF_MARKET]) {
    for (const match of each(m, pattern)) {
      const at = match.index
      const percent = mentionOf(m, match, 'c')
      const { scope = '', tail = '' } = match.groups ?? {}
      const plainShare =
        pattern === HELD &&
        tail === '' &&
        !/market/.test(match[0]) &&
        !/\b(?:held?|holds?|had|global|worldwide|market|recalled|peak)\b/.test(
          `${m.text.slice(Math.max(0, at - 60), at)} ${scope}`,
        )
      if (
        percent === undefined ||
        plainShare ||
        isUnreal(m, at) ||
        out.some((o) => o.percent === percent)
      )
        continue
      const of = about(m, at) ?? m.mainSubject(at) ?? m.context.subject
      if (of === undefined) continue
      const where = scopeOf(m, scope, tail) ?? scopeOf(m, '', m.text)
      out.push({
        ...figure('market_share', m, { at, of, percent }),
        ...(where !== undefined && { scope: where }),
      })
    }
  }
  return out
}

function scopeOf(m: Masked, scope: string, tail: string): string | undefined {
  const word = /\b(global|worldwide|domestic|regional|european|american|asian)\b/.exec(
    `${scope} ${/market/.test(tail) ? '' : tail}`,
  )?.[1]
  if (word !== undefined) return word
  const market =
    /(?:the )?((?:(?:[a-z-]+|⟨L\d+⟩(?:'s)?) ){0,3}?⟨L\d+⟩(?:'s)? (?:[a-z-]+ ){0,4}?(?:market|shipments|sector)|(?:global|worldwide) (?:[a-z-]+ ){0,3}?(?:market|shipments|sales))/.exec(
      tail,
    )
  const place = market === null ? null : /⟨L(\d+)⟩/.exec(market[0])
  if (place?.[1] !== undefined) {
    const from = m.text.indexOf(market?.[1] ?? '')
    return from < 0
      ? m.mentions[Number(place[1])]?.text
      : m.original(from, from + (market?.[1]?.length ?? 0)).replace(/^.*?(?=\p{Lu})/su, '')
  }
  return market === null ? undefined : /global|worldwide/.exec(market[0])?.[0]
}
