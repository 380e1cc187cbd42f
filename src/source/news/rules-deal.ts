import {
  type Draft,
  each,
  FIRM,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  moneyFor,
  onlyFirm,
  ownerBefore,
  whenFor,
} from './draft.ts'
import { E, type Masked, type Mention, PERCENT } from './mask.ts'
import type { Name } from './name-kind.ts'

const BUY = new RegExp(
  `(?<!\\p{L})(?<verb>acquir(?:e|es|ed|ing)|buy|buys|bought|buying|purchas(?:e|es|ed|ing)|tak(?:e|es|ing) over|took over|snap(?:s|ped)? up|swallow(?:s|ed)?(?: up)?|absorb(?:s|ed|ing)?|scoop(?:s|ed)? up|gobbl(?:es|ed) up|(?:took|takes|taking|gain(?:s|ed)|seiz(?:es|ed)|assum(?:es|ed)) control of) (?<object>(?:(?:all of|the remaining|control of|the rest of) )?${FIRM})(?!-)`,
  'gu',
)
const BOUGHT = new RegExp(
  `(?<target>${E})(?:,[^,]{0,80},|,| \\([^)]*\\))?(?: which)?(?: ⟨D\\d+⟩)? (?:(?:has|have|had|is|was|were|will|to|being|been|be|recently|later) )*(?:acquired|bought(?: out)?|purchased|taken over|snapped up|swallowed(?: up)?|absorbed|scooped up|gobbled up|taken private) (?:(?:in|on|for|last) )?(?:⟨[DM]\\d+⟩ )?by (?<buyer>${FIRM})`,
  'gu',
)
const PURCHASE = new RegExp(
  `(?<verb>acquisition|purchase|takeover|buyout|buy-out) of (?<object>${FIRM})(?: by (?<buyer>${FIRM}))?`,
  'gu',
)
const STAKE = new RegExp(
  `(?<verb>acquir(?:e|es|ed|ing)|buy|buys|bought|buying|tak(?:e|es|ing)|took|purchas(?:e|es|ed)) (?:an? |its )?(?:[a-z-]+ ){0,2}(?:(?<c>${PERCENT}) |[a-z]+ )?(?:stake|interest|holding|shareholding) in (?<object>${FIRM})`,
  'gu',
)
const SELL =
  /(?<!\p{L})(?<verb>sold|sells|selling|sell|offload(?:s|ed|ing)?|divest(?:s|ed|ing)?(?: itself of)?|disposed of|spun off) (?<what>(?:(?! to )[^;.]){3,90}?) to (?<rest>.*)$/gu
const SALE =
  /(?:(?<pre>⟨D\d+⟩) )?(?<verb>sale|divestment|disposal|divestiture) of (?<what>(?:(?! to )[^;.]){3,80}?) to (?<rest>.*)$/gu
const ASSET_NOUN =
  /\b(?:unit|arm|division|business|businesses|stake|subsidiary|operations?|brand|brands|devices?|services|holding|interest|shareholding|platform|plant|factory|assets|portfolio|branch|branches|studio|network|exchange|custodian|affiliate)\b/

/** `⟨O1⟩ was sold by ⟨O2⟩ to ⟨O3⟩`. */
const SOLD_TO = new RegExp(
  `(?<target>${E})(?:,[^,]{0,80},)? (?:(?:has|have|had|is|was|were|being|been|be|recently|later|then|itself) )+sold (?:on )?(?:(?:in|on|last) ⟨D\\d+⟩ )?(?:by (?<seller>${FIRM}) )?to (?<buyer>${FIRM})(?: by (?<seller2>${FIRM}))?`,
  'gu',
)
/** `the acquisition by ⟨O1⟩ of ⟨O2⟩`. */
const PURCHASE_BY = new RegExp(
  `(?:acquisition|purchase|takeover|buyout|buy-out) by (?<buyer>${FIRM}) of (?<target>${FIRM})`,
  'gu',
)

/** Who bought whom. What is denied, hoped for or only talked about is no acquisition. */
export function acquisitions(m: Masked): Draft[] {
  const out: Draft[] = []
  if (
    !/acqui|b(?:uy|ought)|purchas|took|tak(?:e|es|ing|en)|snap|swallow|absorb|scoop|gobbl|control of|sold/.test(
      m.text,
    )
  )
    return out
  for (const match of each(m, PURCHASE)) {
    const target = lastFirm(m, match, 'object')
    const at = match.index
    if (!isFirm(target) || isUnreal(m, at)) continue
    const owner = ownerBefore(m, at)
    const said = lastFirm(m, match, 'buyer')
    const buyer = isFirm(said)
      ? said.name
      : isFirm(owner) && owner.possessive
        ? owner.name
        : completed(m, at)
    if (buyer === undefined || buyer === target.name) continue
    out.push({
      type: 'acquisition',
      at,
      from: buyer,
      to: target.name,
      money: moneyFor(m, at, at + match[0].length),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, BUY)) {
    const target = lastFirm(m, match, 'object')
    const at = match.index
    if (!isFirm(target) || isUnreal(m, at) || isPiece(m, target)) continue
    const buyer = buyerAt(m, at, match.groups?.verb ?? '') ?? earlier(out)
    const end = target.end
    if (buyer === undefined && !isOffer(m, at)) continue
    if (buyer === undefined || buyer === target.name) continue
    out.push({
      type: 'acquisition',
      at,
      from: buyer,
      to: target.name,
      money: moneyFor(m, at, end),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, BOUGHT)) {
    const target = mentionOf(m, match, 'target')
    const buyer = lastFirm(m, match, 'buyer')
    if (!isFirm(target) || !isFirm(buyer) || isUnreal(m, match.index + match[0].indexOf(' ')))
      continue
    const at = match.index
    out.push({
      type: 'acquisition',
      at,
      from: buyer.name,
      to: target.name,
      money: moneyFor(m, at, at + match[0].length),
      when: whenFor(m, at),
    })
  }
  for (const match of [...each(m, PURCHASE_BY), ...each(m, SOLD_TO)]) {
    const at = match.index
    const target = lastFirm(m, match, 'target')
    const buyer = lastFirm(m, match, 'buyer')
    const sold = lastFirm(m, match, 'seller') ?? lastFirm(m, match, 'seller2')
    if (!isFirm(target) || !isFirm(buyer) || isUnreal(m, at, at + match[0].length)) continue
    // A sale that names its seller is read as one.
    if (sold !== undefined || buyer.name === target.name || target.possessive) continue
    out.push({
      type: 'acquisition',
      at,
      from: buyer.name,
      to: target.name,
      money: moneyFor(m, at, at + match[0].length),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, STAKE)) out.push(...stake(m, match))
  return out
}

function stake(m: Masked, match: RegExpMatchArray & { index: number }): Draft[] {
  const target = lastFirm(m, match, 'object')
  const at = match.index
  const buyer = buyerAt(m, at, match.groups?.verb ?? '')
  if (!isFirm(target) || buyer === undefined || buyer === target.name || isUnreal(m, at)) return []
  const percent = mentionOf(m, match, 'c')
  // Less than half buys a share of a firm and not the firm.
  const isMinority =
    /minority/.test(match[0]) ||
    (percent?.amount !== undefined && Number(percent.amount.value) < 50)
  return [
    {
      type: isMinority ? 'investment' : 'acquisition',
      at,
      from: buyer,
      to: target.name,
      what: 'stake',
      percent,
      money: moneyFor(m, at, at + match[0].length),
      when: whenFor(m, at),
    },
  ]
}

/** `⟨U1⟩ tokens`, `⟨O1⟩ shares`: something of it was bought, and not the firm. */
function isPiece(m: Masked, target: Mention): boolean {
  return (
    target.possessive ||
    /^(?:'s)? (?:tokens?|shares?|stock|bonds|coins?|products|services|devices|phones|chips|tickets|debt|stake|unit|arm|business)\b/.test(
      m.text.slice(target.end),
    )
  )
}

function buyerAt(m: Masked, at: number, verb: string): Name | undefined {
  const subject = m.subject(at)
  if (isFirm(subject)) return subject.name
  if (verb.endsWith('ing')) return m.mainSubject(at)
  if (/^\W*(?:has |have )?$/.test(m.text.slice(0, at)) && /ed$|bought|took over/.test(verb))
    return m.elided()
  return undefined
}

/** `closed the deal to buy`: who acts stands in the facts before it in the same sentence. */
function earlier(out: readonly Draft[]): Name | undefined {
  return out.at(-1)?.from
}

function isOffer(m: Masked, at: number): boolean {
  return /\bdeal to $/.test(m.text.slice(Math.max(0, at - 12), at))
}

function completed(m: Masked, at: number): Name | undefined {
  // `spent billions on deals, among them the purchase of`: an example of what the subject does.
  const isExample =
    /(?:including|among them|such as|with|following|since) (?:the |its |⟨K\d+⟩'s )?(?:⟨D\d+⟩ )?(?:⟨M\d+⟩ )?$/
  if (isExample.test(m.text.slice(0, at))) {
    const before = m.between(0, at, 'OUK').filter(isFirm)
    return before.find((one) => m.subject(one.end + 1, 'OUK') === one)?.name ?? m.mainSubject(at)
  }
  const verb =
    /\b(?:complet(?:ed|es)|announced|announces|finalis?z?ed|closed|closes|agreed)(?: (?:its|the|a|an|on))?(?: [a-z⟨⟩A-Z0-9-]+){0,2} $/.exec(
      m.text.slice(Math.max(0, at - 50), at),
    )
  if (verb === null) return undefined
  const subject = m.subject(at - verb[0].length)
  return isFirm(subject) ? subject.name : undefined
}

/** Who sold what to whom. */
export function divestments(m: Masked): Draft[] {
  const out: Draft[] = []
  for (const match of each(m, SOLD_TO)) {
    const at = match.index
    const target = lastFirm(m, match, 'target')
    const buyer = lastFirm(m, match, 'buyer')
    const seller = lastFirm(m, match, 'seller') ?? lastFirm(m, match, 'seller2')
    if (!isFirm(target) || !isFirm(buyer) || !isFirm(seller) || target.possessive) continue
    if (seller.name === buyer.name || isUnreal(m, at, at + match[0].length)) continue
    out.push({
      type: 'divestment',
      at,
      from: seller.name,
      to: buyer.name,
      what: target.name.name,
      money: moneyFor(m, at, at + match[0].length),
      when: whenFor(m, at),
    })
  }
  for (const pattern of [SELL, SALE]) {
    for (const match of each(m, pattern)) {
      const at = match.index
      const { what = '', rest = '', verb = '' } = match.groups ?? {}
      const to = new RegExp(`^(?<buyer>${FIRM})`).exec(rest)
      const restAt = at + match[0].length - rest.length
      const buyer =
        to === null ? undefined : m.between(restAt, restAt + (to[0]?.length ?? 0), 'OUKA').at(-1)
      const hasFirm = /⟨[OU]\d+⟩/.test(what)
      if (!isFirm(buyer) || !(ASSET_NOUN.test(what) || hasFirm) || isUnreal(m, at)) continue
      const whatAt = at + match[0].indexOf(what, verb.length)
      const seller = sellerAt(m, at, { verb, what, whatAt })
      if (seller === undefined || seller === buyer.name) continue
      const words = m
        .original(whatAt, whatAt + what.length)
        .replace(/^(?:its|the|their|his|a|an)\s+/i, '')
      out.push({
        type: 'divestment',
        at,
        from: seller,
        to: buyer.name,
        what: words,
        money: moneyFor(m, at, buyer.end),
        when: whenFor(m, at),
      })
    }
  }
  return out
}

function sellerAt(
  m: Masked,
  at: number,
  p: { verb: string; what: string; whatAt: number },
): Name | undefined {
  const owner = m
    .between(p.whatAt, p.whatAt + p.what.length, 'OUK')
    .find((mention) => mention.possessive)
  if (
    /^s(?:ale)|^di(?:vestm|spos|vestit)/.test(p.verb) &&
    /^(?:sale|div.*(?:ment|ture)|disposal)$/.test(p.verb)
  ) {
    return isFirm(owner) ? owner.name : (onlyFirm(m) ?? undefined)
  }
  const subject = m.subject(at, 'OUK')
  if (isFirm(subject)) return subject.name
  if (isFirm(owner) && owner.letter === 'K') return owner.name
  if (p.verb.endsWith('ing')) return m.mainSubject(at)
  return at < 3 ? m.elided() : undefined
}
