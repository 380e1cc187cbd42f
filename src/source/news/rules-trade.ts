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
import { E, type Masked, PERCENT } from './mask.ts'
import { figure } from './rules-figure.ts'

const UP =
  'ris(?:e|es|en|ing)|rose|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|up|advanc(?:e|es|ed)|rall(?:y|ied|ies)|spik(?:e|es|ed)|leap(?:s|t)?|add(?:s|ed)|higher|rebound(?:s|ed)?|increase(?:s|d)?|grew|boost(?:ed)?|popped?|rocket(?:s|ed)?'
const DOWN =
  'fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|slid(?:e|es|ing)?|slump(?:s|ed|ing)?|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|down|los(?:e|es|t|ing)|sank|sink(?:s|ing)?|shed(?:s)?|lower|crash(?:es|ed)?|plummet(?:s|ed|ing)?|dip(?:s|ped)?|slip(?:s|ped)?|retreat(?:s|ed)?|decrease(?:s|d)?|dive(?:s|d)?|nosedived?'
const STOCK = '(?:shares|stock|share price|stock price)'
const SHARES_MOVE = new RegExp(
  `(?<!\\p{L})${STOCK}(?: (?:of|in) (?<owner>${FIRM}))?(?<mid>(?: (?:have|has|had|were|was|are|closed|closing|ended|ending|trading|traded|opened|since|also|then|were|then|sharply|by|as much as|in|on|after-hours|premarket|pre-market|after|early|late|the|news|day|to|end|close)| ⟨D\\d+⟩|,| who|, which [^,;]{0,80},|, [^,;]{0,60},){0,7}) (?:(?<up>${UP})|(?<down>${DOWN}))(?: (?:by|as much as|a|an|another|further|sharply|to close|up|down|higher|lower|more than|about|nearly|some)){0,4} (?<c>${PERCENT})`,
  'gu',
)
const MOVE_IN = new RegExp(
  `(?<c>${PERCENT}) (?:(?<up>surge|jump|gain|rise|rally|increase|climb|spike|advance)|(?<down>drop|fall|slide|slump|decline|plunge|tumble|loss|sell-off)) (?:in|of|for) (?:the )?(?:(?<owner>${E})(?:'s?)? ${STOCK}|${STOCK} (?:of|in) (?<owner2>${FIRM})|(?:the|its) (?<plain>${STOCK}))`,
  'gu',
)

/** `The stock closed ⟨C1⟩ lower`: the percentage before the direction. */
const CLOSED = new RegExp(
  `(?<!\\p{L})${STOCK}(?: (?:of|in) (?<owner>${FIRM}))? (?:(?:were|was|are|is|had|have) )?(?:trad(?:ed|ing)|clos(?:ed|ing)|end(?:ed|ing)|finish(?:ed|ing)|open(?:ed|ing)|stood|changed hands)?(?: (?:the|day|session|week|⟨D\\d+⟩|on))* ?(?<c>${PERCENT}) (?:(?<up>higher|up|firmer)|(?<down>lower|down|weaker))`,
  'gu',
)

/** How far the price of a firm's shares moved. A fall is a negative number. */
export function shareMoves(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/shares|stock|share price/.test(m.text)) return out
  for (const match of [...each(m, SHARES_MOVE), ...each(m, CLOSED)]) {
    const at = match.index
    const said = lastFirm(m, match, 'owner')
    const owner = ownerBefore(m, at)
    const of = isFirm(said)
      ? said.name
      : isFirm(owner)
        ? owner.name
        : (about(m, at) ??
          (/^(?:the |its )?$/.test(m.text.slice(0, at)) ? m.context.subject : onlyFirm(m)))
    if (of === undefined || isUnreal(m, at)) continue
    out.push({
      ...figure('share_price_change', m, { at, of, percent: mentionOf(m, match, 'c') }),
      isFall: match.groups?.down !== undefined,
    })
  }
  for (const match of each(m, MOVE_IN)) {
    const at = match.index
    const said = mentionOf(m, match, 'owner') ?? lastFirm(m, match, 'owner2')
    const of = isFirm(said) ? said.name : onlyFirm(m)
    if (of === undefined || isUnreal(m, at)) continue
    out.push({
      ...figure('share_price_change', m, { at, of, percent: mentionOf(m, match, 'c') }),
      isFall: match.groups?.down !== undefined,
    })
  }
  return out
}

const SOLD =
  /(?<!\p{L})(?<verb>sold|sells|sell|shipped|ships|delivered|delivers|selling|shipping) (?:a (?:record|total of) |some |its )?(?<q>⟨Q\d+⟩)(?: (?<noun>(?:(?!worldwide|globally|in|of|to|and|by|for|last|this)[a-z-]+)(?: (?!worldwide|globally|in|of|to|and|by|for|last|this|popular)[a-z-]+)?|of them|⟨[TUO]\d+⟩(?:'s)?))?/gu
const OF_THEM =
  /(?<q>⟨Q\d+⟩) (?<noun>(?:[a-z-]+ )?(?:units|copies|phones|cars|vehicles|devices|consoles|handsets|smartphones|tablets|watches)) (?:were |have been |had been )?(?:sold|shipped|delivered)/gu
const UNITS =
  /\b(?:units|copies|phones|cars|vehicles|devices|consoles|handsets|smartphones|tablets|watches|computers|bikes|machines|wallets|them|laptops|headsets|vans|trucks|chips|scooters|batteries|tickets|games)\b/

/** What is sold in numbers and is no piece of a product. */
const NO_PIECES =
  /\b(?:shares|bonds|tokens|coins|stocks|notes|options|bitcoins|ounces|tonnes|tons|barrels|litres|acres|hectares|people|customers|clients|users|jobs|stores|branches|assets|homes|properties|times|days|hours|years|points|countries|markets|loans|mortgages|contracts|stakes|megawatts|orders)$/

/** How many pieces of a product were sold. */
export function unitsSold(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/sold|sells?|shipp|deliver/.test(m.text)) return out
  for (const pattern of [SOLD, OF_THEM]) {
    for (const match of each(m, pattern)) {
      const at = match.index
      const quantity = mentionOf(m, match, 'q')
      const noun = match.groups?.noun ?? ''
      const product = /^⟨[TUO](\d+)⟩/.exec(noun)?.[1]
      const named = product === undefined ? undefined : m.mentions[Number(product)]?.text
      if (quantity === undefined || isUnreal(m, at)) continue
      const isProduct = UNITS.test(noun) || (/\b[a-z-]+s$/.test(noun) && !NO_PIECES.test(noun))
      if (named === undefined && !isProduct) continue
      const maker = m.subject(at, 'OUK')
      const model = productBefore(m, at)
      const of =
        model !== undefined
          ? (m.mainSubject(at) ?? m.context.subject)
          : isFirm(maker)
            ? maker.name
            : undefined
      if (of === undefined) continue
      out.push({
        type: 'units_sold',
        at,
        of,
        quantity,
        what: model ?? named ?? (/them|units/.test(noun) ? undefined : noun),
        when: whenFor(m, at),
      })
    }
  }
  return out
}

/** `models like the ⟨Q1⟩, which sold`: the product that "which" stands for. */
function productBefore(m: Masked, at: number): string | undefined {
  const match = /⟨[TUQ](\d+)⟩,? (?:which|that)(?: has| have| had)? $/.exec(
    m.text.slice(Math.max(0, at - 30), at),
  )
  return match === null ? undefined : m.mentions[Number(match[1])]?.text
}

const GDP = new RegExp(
  `(?<c>${PERCENT}) of (?<what>(?:the )?(?:⟨L\\d+⟩(?:'s)? |country's |nation's |national )?(?:gdp|gross domestic product|⟨T\\d+⟩))`,
  'gu',
)

/** What a firm is of a country's output. */
export function shareOfGdp(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/gdp|gross domestic|⟨T/.test(m.text)) return out
  for (const match of each(m, GDP)) {
    const at = match.index
    const what = m.original(at + match[0].indexOf('of ') + 3, at + match[0].length)
    if (!/gdp|gross domestic/i.test(what) || isUnreal(m, at)) continue
    const of = about(m, at) ?? m.mainSubject(at) ?? m.context.subject
    if (of === undefined) continue
    out.push({ ...figure('share_of_gdp', m, { at, of, percent: mentionOf(m, match, 'c') }), what })
  }
  return out
}
