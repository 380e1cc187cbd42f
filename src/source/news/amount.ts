/** Amounts, percentages and quantities as articles write them. Exact decimals, never a float. */

export interface Found {
  readonly kind: 'money' | 'percent' | 'quantity'
  readonly start: number
  readonly end: number
  readonly value: string
  /** ISO 4217; null for what is no money. */
  readonly currency: string | null
  readonly approximate: boolean
  readonly qualifier: string | null
  readonly inferred: readonly string[]
  /** One end of a range, or "short of": it is no single amount of its own. */
  readonly isRange: boolean
}

const NUMBER = '(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)'
const UNIT_WORDS = '(?:one|two|three|four|five|six|seven|eight|nine)'
const TEN_WORDS = '(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)'
const WORD_NUMBER = `(?:${TEN_WORDS}(?:[- ]${UNIT_WORDS})?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|half a|${UNIT_WORDS}|an?(?= (?:hundred )?(?:million|billion|trillion)))`
const SCALE =
  '(?:thousand|million|billion|trillion|crores?|lakhs?|mln|mn|bln|bn|tn|m|b|k|t)(?![\\p{L}\\p{N}])'
const SIGN =
  '(?:US|A|AU|C|CA|HK|NZ|S|NT|R|Mex|MX|CLP|Can|Aus)?\\$|€|£|¥|₹|₩|₽|₺|₪|฿|₫|₱|₴|DKr|SKr|NKr|Rs\\.?|KSh|Ksh|KSH|USh|TSh|RM|GH₵|₦|N(?=\\d[\\d.,]*\\s?(?:million|billion|trillion|bn|m)(?!\\p{L}))|Fr\\.?'
const CODE =
  '(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|HKD|SGD|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|KRW|BRL|MXN|ZAR|TRY|RUB|AED|SAR|ILS|THB|IDR|MYR|PHP|VND|TWD|UAH|RON|BGN|NGN|KES|EGP|PKR|ARS|CLP|COP|QAR|KWD)'
const NAMES =
  '(?:(?:US|U\\.S\\.|American|Australian|Canadian|Hong Kong|Singapore|New Zealand) )?dollars?|euros?|(?:British )?pounds?(?: sterling)?|yen|yuan|renminbi|won|rupees?|(?:Swiss )?francs?|(?:Swedish|Norwegian|Danish) kron(?:or|er|a|e)|zlotys?|roubles?|rubles?|dirhams?|rand|pesos?|reais|(?:Turkish )?lira|Egyptian pounds|shekels?|ringgit|baht|rupiah|dong|naira|shillings?|cedis?|forints?|koruna|crowns|riyals?|tenge|hryvnias?'
const APPROXIMATE =
  '(?:about|around|roughly|approximately|approx\\.?|nearly|almost|some|a whopping|a cool|circa|close to|just (?:under|over)|an estimated|estimated|near|~|≈)'
const BOUND =
  '(?:more than|(?<!(?:turn|turns|turned|turning|hand|hands|handed|took|taken|takes|take) )over|at least|as much as|up to|less than|under|fewer than|upwards of|in excess of|as many as)'
const BEFORE = `(?:(?<approx>${APPROXIMATE})(?:\\s+|-)?|(?<bound>${BOUND})\\s+)?(?:a further |another |an additional )?`

const MONEY = new RegExp(
  `(?<![\\p{L}\\p{N}.,])${BEFORE}(?:(?<sign>${SIGN}|${CODE})\\s?(?<n1>${NUMBER})(?:[\\s-]?(?<s1>${SCALE}))?(?:\\s(?:in|of) (?:US |U\\.S\\. )?dollars)?|(?<n2>${NUMBER}|${WORD_NUMBER})(?:[\\s-]?(?<s2>${SCALE}))?[\\s-](?<name>${NAMES}|${CODE})(?![\\p{L}]))`,
  'giu',
)
const PERCENT = new RegExp(
  `(?<![\\p{L}\\p{N}.,])${BEFORE}(?<n>${NUMBER})(?:\\s?%|[\\s-](?:percent|per cent|pct)(?![\\p{L}]))(?! points?)(?!-points?)`,
  'giu',
)
const QUANTITY = new RegExp(
  `(?<![\\p{L}\\p{N}.,$€£])${BEFORE}(?<n>${NUMBER}|${WORD_NUMBER}(?= (?:thousand|million|billion) \\p{Ll}))(?:(?<s2>mn|bn|m)(?![\\p{L}\\p{N}])|[\\s-](?<s>thousand|million|billion|trillion|lakhs?|crores?|mn|bn|m|k)(?![\\p{L}\\p{N}]))?(?![\\p{L}\\p{N}%]|\\.\\d|-\\p{L})`,
  'giu',
)
/** Two numbers that are the ends of one range: neither is an amount. */
const RANGE_GLUE = /^\s?(?:-|–|—|to|and|or)\s?$/iu

const SCALES: Readonly<Record<string, number>> = {
  k: 3,
  thousand: 3,
  lakh: 5,
  lakhs: 5,
  crores: 7,
  m: 6,
  mn: 6,
  mln: 6,
  million: 6,
  crore: 7,
  b: 9,
  bn: 9,
  bln: 9,
  billion: 9,
  t: 12,
  tn: 12,
  trillion: 12,
}
const WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  a: '1',
  an: '1',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  seventy: '70',
  eighty: '80',
  ninety: '90',
  'half a': '0.5',
}
const SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  us$: 'USD',
  a$: 'AUD',
  au$: 'AUD',
  c$: 'CAD',
  ca$: 'CAD',
  hk$: 'HKD',
  nz$: 'NZD',
  s$: 'SGD',
  nt$: 'TWD',
  r$: 'BRL',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  '₽': 'RUB',
  '₺': 'TRY',
  '₪': 'ILS',
  '฿': 'THB',
  '₫': 'VND',
  '₱': 'PHP',
  '₴': 'UAH',
  dkr: 'DKK',
  skr: 'SEK',
  nkr: 'NOK',
  ksh: 'KES',
  ush: 'UGX',
  tsh: 'TZS',
  'gh₵': 'GHS',
  '₦': 'NGN',
  n: 'NGN',
  mex$: 'MXN',
  mx$: 'MXN',
  can$: 'CAD',
  aus$: 'AUD',
  clp$: 'CLP',
  rs: 'INR',
  'rs.': 'INR',
  rm: 'MYR',
  fr: 'CHF',
  'fr.': 'CHF',
  rmb: 'CNY',
}
/** Signs that more than one currency uses: the reading is said. */
const AMBIGUOUS = new Set(['$', '£', '¥', 'rs', 'rs.'])

/** Plain digits of a number with a scale: `2.3` and billion → `2300000000`. */
export function scaled(number: string, scale: string | undefined): string {
  const plain = inDigits(number.toLowerCase()) ?? number.replaceAll(',', '')
  const shift = scale === undefined ? 0 : (SCALES[scale.toLowerCase()] ?? 0)
  const [whole = '0', fraction = ''] = plain.split('.')
  const digits = whole + fraction.padEnd(shift, '0').slice(0, shift)
  const rest = fraction.slice(shift).replace(/0+$/, '')
  const left = digits.replace(/^0+(?=\d)/, '')
  return rest === '' ? left : `${left}.${rest}`
}

/** `twenty-five` → `25`; undefined for what is written in digits. */
function inDigits(word: string): string | undefined {
  const [tens = '', unit] = word === 'half a' ? [word] : word.split(/[- ]/)
  const first = WORDS[tens]
  const last = unit === undefined ? '' : WORDS[unit]
  if (first === undefined || last === undefined) return undefined
  return last === '' ? first : `${first.slice(0, -1)}${last}`
}

/** Everything that is money, a percentage or a quantity, in order, none inside another. */
/** `$72 a share`: what one piece costs is no sum of its own. */
const EACH =
  /^(?: (?:a|per) (?:share|unit|token|barrel|ounce|tonne|ton|month|week|day|hour|night|head|copy|seat|litre|kilo|gram|coin|piece|ticket|user|customer)(?![\p{L}])| apiece| each(?![\p{L}]))/u
const MAYBE = /\d|million|billion|trillion|hundred|thousand|dollar|euro|pound/i
/** Sentences are asked twice, by the names and by the mask: the last ones are kept. */
const KEPT_MAX = 2_000
const kept = new Map<string, Found[]>()

export function amountsOf(text: string): Found[] {
  if (!MAYBE.test(text)) return []
  const known = kept.get(text)
  if (known !== undefined) return known
  if (kept.size >= KEPT_MAX) kept.clear()
  const found = read(text)
  kept.set(text, found)
  return found
}

function read(text: string): Found[] {
  const found: Found[] = []
  // `in 2016 won a contract`: a year in front of a verb.
  for (const match of text.matchAll(MONEY))
    if (!/^(?:1[89]|20)\d{2} won$/i.test(match[0])) found.push(money(match))
  for (const match of text.matchAll(PERCENT)) found.push(plain(match, 'percent'))
  const taken = [...found]
  for (const match of text.matchAll(QUANTITY)) {
    const one = plain(match, 'quantity')
    if (!taken.some((other) => other.start < one.end && one.start < other.end)) found.push(one)
  }
  found.sort((a, b) => a.start - b.start)
  return markRanges(text, found).map((one) =>
    one.kind === 'money' && EACH.test(text.slice(one.end)) ? { ...one, isRange: true } : one,
  )
}

type Groups = Readonly<Record<string, string | undefined>>

function base(match: RegExpMatchArray) {
  const groups = (match.groups ?? {}) as Groups
  const bound = groups.bound?.toLowerCase()
  return {
    groups,
    start: match.index ?? 0,
    end: (match.index ?? 0) + match[0].length,
    approximate: groups.approx !== undefined || bound !== undefined,
    qualifier: bound ?? null,
    isRange: false,
  }
}

function money(match: RegExpMatchArray): Found {
  const { groups, ...place } = base(match)
  const sign = groups.sign?.toLowerCase().trim()
  const currency =
    sign === undefined ? currencyOfName(groups.name ?? '') : (SIGNS[sign] ?? sign.toUpperCase())
  const isGuess = sign !== undefined && AMBIGUOUS.has(sign)
  return {
    kind: 'money',
    ...place,
    value: scaled(groups.n1 ?? groups.n2 ?? '0', groups.s1 ?? groups.s2),
    currency,
    inferred: isGuess ? [`${currency} from ${groups.sign?.trim()}`] : [],
  }
}

function plain(match: RegExpMatchArray, kind: 'percent' | 'quantity'): Found {
  const { groups, ...place } = base(match)
  return {
    kind,
    ...place,
    value: scaled(groups.n ?? '0', groups.s ?? groups.s2),
    currency: null,
    inferred: [],
  }
}

function currencyOfName(name: string): string {
  const lower = name.toLowerCase()
  const pairs: readonly [RegExp, string][] = [
    [/austral/, 'AUD'],
    [/canad/, 'CAD'],
    [/hong/, 'HKD'],
    [/singap/, 'SGD'],
    [/zealand/, 'NZD'],
    [/dollar/, 'USD'],
    [/euro/, 'EUR'],
    [/egyptian/, 'EGP'],
    [/pound/, 'GBP'],
    [/yen/, 'JPY'],
    [/yuan|renminbi/, 'CNY'],
    [/^won/, 'KRW'],
    [/rupee/, 'INR'],
    [/franc/, 'CHF'],
    [/swedish/, 'SEK'],
    [/norwegian/, 'NOK'],
    [/danish/, 'DKK'],
    [/zloty/, 'PLN'],
    [/rou?ble/, 'RUB'],
    [/dirham/, 'AED'],
    [/rand/, 'ZAR'],
    [/peso/, 'MXN'],
    [/reais/, 'BRL'],
    [/lira/, 'TRY'],
    [/shekel/, 'ILS'],
    [/ringgit/, 'MYR'],
    [/baht/, 'THB'],
    [/rupiah/, 'IDR'],
    [/dong/, 'VND'],
    [/naira/, 'NGN'],
    [/shilling/, 'KES'],
    [/cedi/, 'GHS'],
    [/forint/, 'HUF'],
    [/koruna/, 'CZK'],
    [/crowns/, 'CZK'],
    [/riyal/, 'SAR'],
    [/tenge/, 'KZT'],
    [/hryvnia/, 'UAH'],
  ]
  return pairs.find(([pattern]) => pattern.test(lower))?.[1] ?? name.toUpperCase()
}

function markRanges(text: string, found: Found[]): Found[] {
  const out = [...found]
  for (let i = 1; i < out.length; i++) {
    const before = out[i - 1]
    const after = out[i]
    if (before === undefined || after === undefined) continue
    const glue = text.slice(before.end, after.start)
    const isBetween = /\bbetween\s+$/i.test(text.slice(Math.max(0, before.start - 9), before.start))
    const isFrom = /\bfrom\s+$/i.test(text.slice(Math.max(0, before.start - 6), before.start))
    const isRange = RANGE_GLUE.test(glue) && !isFrom && (!/and/i.test(glue) || isBetween)
    // "80% to $4.3 billion" is a change and its outcome, not a range.
    if (
      !isRange ||
      (before.kind === 'quantity') !== (after.kind === 'quantity') ||
      before.kind === 'percent' ||
      after.kind === 'percent'
    )
      continue
    out[i - 1] = { ...before, isRange: true }
    out[i] = { ...after, isRange: true }
  }
  return out
}
