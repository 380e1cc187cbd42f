import { formatDay } from '../../i18n/format.ts'
import type { NotChecked } from '../../model/verdict.ts'
import type {
  ConvertAnswer,
  FxPurchaseAnswer,
  LegView,
  PublisherView,
  QuarantinedView,
} from '../../query/rate-types.ts'
import { type Paint, padTo, type Style, safe, table, wrap } from '../terminal.ts'

type RateMethod = ConvertAnswer['method']
type LegState = LegView['state']
type GateCode = QuarantinedView['reasons'][number]['code']
type HeldReason = QuarantinedView['held'][number]['reason']

interface Look {
  readonly paint: Paint
  readonly columns: number
}

const METHODS: Readonly<Record<RateMethod, string>> = {
  identity: 'One and the same: nothing is converted.',
  fixed: 'By law: a fixed conversion rate.',
  fixing: 'An authority fixes this pair: its digits, unchanged.',
  consensus: 'A consensus of the publishers below.',
  cross: 'Crossed from two fixings of one sheet.',
  market: 'A market rate of one publisher: no authority fixes this pair.',
  mixed: 'By several steps, each from another source.',
}

const STATES: Readonly<Record<LegState, readonly [word: string, style: Style]>> = {
  current: ['current', 'green'],
  carried: ['carried', 'blue'],
  stale: ['stale', 'yellow'],
}

const REASONS: Readonly<Record<GateCode, string>> = {
  missing_currencies: 'currencies are missing',
  moved: 'rates moved beyond their band',
  inverted: 'rates are the inverse of what they were',
  peers: 'rates contradict official publishers',
}
const HELD: Readonly<Record<HeldReason, string>> = {
  moved: 'moved beyond its band',
  inverted: 'is the inverse of what it was',
  peers: 'contradicts official publishers',
}

/** More of them are counted, not shown. */
const QUARANTINED_SHOWN = 6
const CODES_SHOWN = 8

/** The answer for a person: the three fields, how the rate came about, each leg, what is missing. */
export function convertText(answer: ConvertAnswer, look: Look): string {
  const { paint, columns } = look
  const from = safe(answer.from)
  const to = safe(answer.to)
  const head = `${answer.quantity} ${from} = ${answer.available} ${to}`
  const lines = [
    `${paint('bold', head)}  ${paint('dim', formatDay('en', answer.date))}`,
    '',
    ...fields(look, [
      ['PC(S)', `${answer.quantity} ${from}`],
      ['Current Rate', `${answer.currentRate} ${to} for 1 ${from}`],
      ['Available', `${answer.available} ${to}`],
    ]),
    '',
    wrap(METHODS[answer.method], columns),
    ...stateLines(answer.state, answer.legs, look),
    ...legLines('Legs', answer.legs, look),
    ...publisherLines(answer.publishers, look),
    ...quarantinedLines(answer.quarantined, look),
    ...gapLines(answer.notChecked, look),
  ]
  return `${lines.join('\n')}\n`
}

function fields({ paint }: Look, rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${paint('dim', padTo(name, width))}  ${value}`)
}

/** A carried or stale rate is said in a sentence: a word in a table is overlooked. */
function stateLines(state: LegState, legs: readonly LegView[], look: Look): readonly string[] {
  if (state === 'current') return []
  const oldest = legs.reduce((a, b) => (b.ageDays > a.ageDays ? b : a), legs[0] as LegView)
  const day = formatDay('en', oldest.date)
  const age = ageText(oldest.ageDays)
  const text =
    state === 'carried'
      ? `Carried: no rate of the day itself; the last one before is of ${day} (${age}).`
      : `Stale: the newest rate that may be used is of ${day} (${age}). A sync may bring a newer one.`
  return [look.paint(STATES[state][1], wrap(text, look.columns))]
}

function ageText(days: number): string {
  return days === 0 ? 'same day' : days === 1 ? '1 day old' : `${days} days old`
}

function legLines(title: string, legs: readonly LegView[], look: Look): readonly string[] {
  if (legs.length === 0) return []
  const rows = legs.map((leg) => [
    `${leg.unit} ${leg.base} = ${leg.rate} ${leg.quote}`,
    leg.operation === 'multiply' ? '×' : '÷',
    leg.kind === 'fixed' ? '' : leg.date,
    leg.kind === 'fixed' ? 'by law' : ageText(leg.ageDays),
    leg.kind === 'fixed' ? '' : STATES[leg.state][0],
  ])
  const columns = [
    { title: 'Rate' },
    { title: '' },
    { title: 'Date' },
    { title: 'Age' },
    { title: 'State' },
  ]
  const [head = '', ...lines] = table(columns, rows, look.paint).split('\n')
  const told = legs.flatMap((leg, at) => [
    lines[at] ?? '',
    look.paint('dim', wrap(safe(leg.title), look.columns, '  ')),
  ])
  return ['', look.paint('bold', title), head, ...told]
}

const ROLES: Readonly<Record<PublisherView['role'], string>> = {
  used: 'used',
  shown: 'shown only',
  outlier: 'outlier, not used',
}

/** One publisher alone is its leg: nothing to compare. */
function publisherLines(publishers: readonly PublisherView[], look: Look): readonly string[] {
  if (publishers.length < 2) return []
  const rows = publishers.map((row) => [
    row.rate,
    row.date,
    ageText(row.ageDays),
    ROLES[row.role],
    `${row.title}${row.isOfficial ? ' (official)' : ''}`,
  ])
  const columns = [
    { title: 'Rate' },
    { title: 'Date' },
    { title: 'Age' },
    { title: 'Here' },
    { title: 'Publisher', max: 48 },
  ]
  return ['', look.paint('bold', 'Publishers'), table(columns, rows, look.paint)]
}

/** What the gate set aside between the rates that were used and the day asked. */
function quarantinedLines(sheets: readonly QuarantinedView[], look: Look): readonly string[] {
  if (sheets.length === 0) return []
  const { paint, columns } = look
  const lines = ['', paint('yellow', paint('bold', 'In quarantine, not used'))]
  for (const sheet of sheets.slice(0, QUARANTINED_SHOWN)) {
    const head = `${safe(sheet.title)}, sheet of ${formatDay('en', sheet.date)}`
    const text = `${head}: ${whyText(sheet)}.`
    lines.push(wrap(text, columns, '  '))
  }
  if (sheets.length > QUARANTINED_SHOWN) {
    lines.push(`  and ${sheets.length - QUARANTINED_SHOWN} more; --json has them all`)
  }
  return lines
}

function whyText({ isWhole, reasons, held }: QuarantinedView): string {
  if (isWhole) {
    return reasons
      .map(({ code, count, of, codes }) => `${count} of ${of} ${REASONS[code]} (${some(codes)})`)
      .join('; ')
  }
  const told = held
    .slice(0, CODES_SHOWN)
    .map(({ code, reason, rate }) => `${safe(code)} ${safe(rate)} ${HELD[reason]}`)
  const more = held.length - told.length
  return `only some rates: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function some(codes: readonly string[]): string {
  const shown = codes.slice(0, CODES_SHOWN).map(safe).join(' ')
  return codes.length > CODES_SHOWN ? `${shown} …` : shown
}

function gapLines(rows: readonly NotChecked[], look: Look): readonly string[] {
  if (rows.length === 0) return []
  const states = [...new Set(rows.map(({ state }) => state))].map((state) => {
    const names = rows
      .filter((row) => row.state === state)
      .map(({ dataset, version }) => (version === null ? dataset : `${dataset} of ${version}`))
    return `${state.replace('_', ' ')}: ${names.map(safe).join(', ')}`
  })
  return ['', look.paint('dim', wrap(`Not checked – ${states.join('; ')}.`, look.columns))]
}

/** What a purchase or sale comes to, and what the board takes over the market's middle. */
export function purchaseText(answer: FxPurchaseAnswer, look: Look): string {
  const { paint } = look
  const currency = safe(answer.currency)
  const home = safe(answer.with)
  const isBuy = answer.side === 'buy'
  const did = isBuy
    ? `${answer.available} ${currency} for ${answer.total} ${home}`
    : `${answer.available} ${currency} brings ${answer.total} ${home}`
  const how = `${isBuy ? 'bought' : 'sold'}, ${answer.kind === 'spot' ? 'transfer' : 'banknotes'}`
  const rows: [string, string][] = [
    ['PC(S)', `${answer.quantity} ${currency}`],
    ['Current Rate', `${answer.currentRate} ${home} for ${answer.unit} ${currency}`],
    ['Available', `${answer.available} ${currency}`],
    ['Exchanged', `${answer.exchanged} ${home}`],
    ['Fee', `${answer.fee} ${home}`],
    [isBuy ? 'To pay' : 'Paid out', `${answer.total} ${home}`],
  ]
  const lines = [
    `${paint('bold', did)}  ${paint('dim', how)}`,
    '',
    ...fields(look, rows),
    ...boardLines(answer, look),
    ...marginLines(answer, look),
    ...legLines('Market mid', answer.midLegs, look),
    ...gapLines(answer.notChecked, look),
    '',
    paint('dim', `Opens again with the same answer: ${safe(answer.permalink)}`),
  ]
  return `${lines.join('\n')}\n`
}

const SIDES: Readonly<Record<FxPurchaseAnswer['boardLegs'][number]['side'], string>> = {
  spot_buy: 'the bank buys, transfer',
  cash_buy: 'the bank buys, banknotes',
  spot_sell: 'the bank sells, transfer',
  cash_sell: 'the bank sells, banknotes',
}

function boardLines(answer: FxPurchaseAnswer, look: Look): readonly string[] {
  const { boardLegs, board, boardTime, spreadPercent } = answer
  if (boardLegs.length === 0) return ['', 'No board was given: the market mid is the price.']
  const spread = spreadPercent === null ? undefined : `spread ${spreadPercent} %`
  const title = ['Board', board, boardTime ?? 'without a time', spread]
    .filter((part) => part !== null && part !== undefined)
    .map(safe)
    .join(' · ')
  const rows = boardLegs.map(({ currency, unit, price, side }) => [
    `${unit} ${currency}`,
    price,
    SIDES[side],
  ])
  const columns = [{ title: 'Units' }, { title: 'Price', isRight: true }, { title: 'Side' }]
  return ['', look.paint('bold', title), table(columns, rows, look.paint)]
}

function marginLines(answer: FxPurchaseAnswer, look: Look): readonly string[] {
  const { mid, margin, marginPercent, overall, overallPercent, boardLegs } = answer
  const home = safe(answer.with)
  if (mid === null || answer.midDate === null) {
    const text = 'No publisher here has this pair for the day: the margin cannot be told.'
    return ['', look.paint('yellow', wrap(text, look.columns))]
  }
  if (boardLegs.length === 0) return []
  const share = (percent: string | null) => (percent === null ? '' : ` (${percent} %)`)
  const rows: [string, string][] = [
    [
      'Market mid',
      `${mid} ${home} for 1 ${safe(answer.currency)}, ${formatDay('en', answer.midDate)}`,
    ],
  ]
  if (margin !== null) rows.push(['Hidden margin', `${margin} ${home}${share(marginPercent)}`])
  if (overall !== null) rows.push(['With the fee', `${overall} ${home}${share(overallPercent)}`])
  const state = answer.midState
  return [
    '',
    ...fields(look, rows),
    ...(state === null ? [] : stateLines(state, answer.midLegs, look)),
  ]
}
