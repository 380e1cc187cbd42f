import { type HostQuery, parseHostQuery } from '../../model/host.ts'
import { labelSkeleton, plainLabel } from '../../model/skeleton.ts'
import {
  type Brand,
  isTradeWord,
  type Lure,
  labelsOf,
  lureOf,
  type Matcher,
  PART_CHARS_MIN,
  tellingChars,
} from './protected.ts'
import { slipCost } from './slip.ts'

export type LookalikeRule =
  | 'lookalike.homoglyph'
  | 'lookalike.edit_distance'
  | 'lookalike.combo'
  | 'lookalike.tld_swap'
  | 'lookalike.subdomain'

export interface LookalikeHit {
  readonly protectedHost: string
  readonly rule: LookalikeRule
  /** 0 to 1: how much the host looks meant to be mistaken. docs/method/hosts.md has the table. */
  readonly score: number
  /** What was seen, without words of a language: `metamaask ~ metamask`, `binance + login`. */
  readonly detail: string
}

/** Hits of one host: the strongest of each brand, and no more brands than a reader can weigh. */
const HITS_MAX = 5
/** A whole label that only differs in the drawing of its letters may be this short. */
const HOMOGLYPH_CHARS_MIN = 5
/** The same for a label with letters of another script. */
const HOMOGLYPH_IDN_CHARS_MIN = 3
/** A brand of this length inside a label is no accident, lure or not. */
const COINED_CHARS_MIN = 9
/** The same name under another suffix: chosen brands, and those that are merely known. */
const SWAP_CHARS_MIN = 7
const KNOWN_SWAP_CHARS_MIN = 10
/** From here on any single edit of a chosen brand counts; below, only a slip. */
const ANY_EDIT_CHARS_MIN = 7
/** The telling letters from which any single edit of a merely known name counts. */
const ANY_EDIT_TELLING_MIN = 8
/** From here on a weak lure is enough beside a merely known name. */
const WEAK_LURE_CHARS_MIN = 8
/** One letter before or after a name is an edit. */
const AFFIX_CHARS_MIN = 2
const PART_PENALTY = 0.1
/** Sites as short as `t.co` are spelled by chance. */
const SITE_CHARS_MIN = 6

interface Part {
  readonly text: string
  readonly fold: string
  /** In the registrable label, not in a subdomain. */
  readonly registrable: boolean
  /** The part is the whole registrable label. */
  readonly whole: boolean
}

type Add = (brand: Brand, rule: LookalikeRule, score: number, detail: string) => void

/**
 * The protected hosts that a host looks like, the likeliest first. A protected or known
 * registrable domain, and what is below it, looks like nobody. Pure and bounded: no scan of the
 * list.
 *
 *     lookalike(matcher, parseHostQuery('metamask-login.example')!)
 *     // [{ protectedHost: 'metamask.io', rule: 'lookalike.combo', … }]
 */
export function lookalike(matcher: Matcher, q: HostQuery): LookalikeHit[] {
  if (q.registrable === null || matcher.own.has(q.registrable)) return []
  const best = new Map<string, LookalikeHit>()
  const add: Add = (brand, rule, score, detail) => {
    const known = best.get(brand.fold)
    if (known && known.score >= score) return
    best.set(brand.fold, { protectedHost: brand.host, rule, score, detail })
  }
  const labels = labelsOf(q)
  const parts = partsOf(labels)
  const whole = labels.at(-1) ?? ''
  checkWhole(matcher, q, whole, add)
  for (let i = 0; i < parts.length; i++) checkPart(matcher, parts, i, add)
  checkSites(matcher, parts, add)
  if (q.userinfo !== null) checkUserinfo(matcher, q.userinfo, add)
  if (best.size < 2) return [...best.values()]
  const byScore = (a: LookalikeHit, b: LookalikeHit) =>
    b.score - a.score || (a.protectedHost < b.protectedHost ? -1 : 1)
  return [...best.values()].sort(byScore).slice(0, HITS_MAX)
}

function partsOf(labels: readonly string[]): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? ''
    const registrable = i === labels.length - 1
    if (!label.includes('-') && !label.includes('_')) {
      parts.push({ text: label, fold: labelSkeleton(label), registrable, whole: registrable })
      continue
    }
    for (const text of label.split(/[-_]+/u)) {
      if (text !== '') parts.push({ text, fold: labelSkeleton(text), registrable, whole: false })
    }
  }
  return parts
}

function checkWhole(matcher: Matcher, q: HostQuery, label: string, add: Add): void {
  const fold = labelSkeleton(label)
  const brand = matcher.byFold.get(fold)
  if (!brand) {
    checkEdits(matcher, label, add)
    return
  }
  if (brand.labels.includes(label)) {
    if (brand.common || !isTelling(brand, label)) return
    // On a shared host the label is the name that a customer picked.
    const isShared = q.publicSuffix?.includes('.') === true
    if (isShared) add(brand, 'lookalike.subdomain', 0.65, q.unicode)
    else add(brand, 'lookalike.tld_swap', 0.6, q.unicode)
    return
  }
  if (fold.length >= homoglyphCharsMin(label)) {
    add(brand, 'lookalike.homoglyph', 0.95, `${label} ~ ${nearestLabel(brand)}`)
  }
}

/**
 * Firms share short names, so under another suffix only a long or a chosen one is an imitation.
 */
function isTelling(brand: Brand, label: string): boolean {
  if (brand.chosen) return label.length >= SWAP_CHARS_MIN
  return label.length >= KNOWN_SWAP_CHARS_MIN && tellingChars(label) >= SWAP_CHARS_MIN
}

function homoglyphCharsMin(label: string): number {
  return /^[\0-\x7f]*$/u.test(label) ? HOMOGLYPH_CHARS_MIN : HOMOGLYPH_IDN_CHARS_MIN
}

function nearestLabel(brand: Brand): string {
  return brand.labels[0] ?? brand.fold
}

function checkEdits(matcher: Matcher, label: string, add: Add, partPenalty = 0): void {
  const word = plainLabel(label)
  if (isTradeWord(word)) return
  matcher.near.near(word, (position, distance) => {
    const found = matcher.words[position]
    if (!found || distance === 0) return
    const { text, brand } = found
    // Readers check the first letter, so imitations keep it and honest neighbours do not.
    if (word[0] !== text[0]) return
    const cost = slipCost(word, text)
    if (!isImitation(brand, text, distance, cost)) return
    add(brand, 'lookalike.edit_distance', 0.9 - cost * 0.05 - partPenalty, `${label} ~ ${text}`)
  })
}

/** One edit, if the name is long enough for it; two only when both are slips. */
function isImitation(brand: Brand, text: string, distance: number, cost: number): boolean {
  if (distance > 1) return brand.chosen && cost <= 2
  if (cost <= 1) return true
  return brand.chosen
    ? text.length >= ANY_EDIT_CHARS_MIN
    : tellingChars(text) >= ANY_EDIT_TELLING_MIN
}

function checkPart(matcher: Matcher, parts: readonly Part[], i: number, add: Add): void {
  const part = parts[i]
  if (!part || part.fold.length < PART_CHARS_MIN) return
  const brand = matcher.byFold.get(part.fold)
  if (brand) {
    if (!part.whole && !brand.common) checkBrandPart(matcher, parts, { at: i, brand }, add)
    return
  }
  if (matcher.lures.has(part.fold)) return
  if (!part.whole) {
    const addPart: Add = (found, rule, score, detail) => {
      if (!found.common && found.fold.length >= PART_CHARS_MIN) add(found, rule, score, detail)
    }
    checkEdits(matcher, part.text, addPart, PART_PENALTY)
  }
  checkAffix(matcher, part, add)
  checkNumber(matcher, part, add)
}

function ruleOf(part: Part): LookalikeRule {
  return part.registrable ? 'lookalike.combo' : 'lookalike.subdomain'
}

/** The brand itself, as one of several parts of the host. */
function checkBrandPart(
  matcher: Matcher,
  parts: readonly Part[],
  found: { at: number; brand: Brand },
  add: Add,
): void {
  const { at, brand } = found
  const part = parts[at]
  if (!part) return
  if (!brand.labels.includes(part.text)) {
    add(brand, 'lookalike.homoglyph', 0.9, `${part.text} ~ ${nearestLabel(brand)}`)
    return
  }
  let beside: Part | undefined
  let strongest = 0
  parts.forEach((other, i) => {
    const lure = i === at ? 0 : lureOf(matcher, other.fold)
    if (lure <= strongest) return
    strongest = lure
    beside = other
  })
  if (beside && strongest >= lureNeeded(brand)) {
    add(brand, ruleOf(part), 0.85, `${part.text} + ${beside.text}`)
  } else if (brand.chosen || part.fold.length >= COINED_CHARS_MIN) {
    add(brand, ruleOf(part), 0.65, part.text)
  }
}

/** What a short name that is merely known may stand beside in an honest host does not tell. */
function lureNeeded(brand: Brand): Lure {
  if (brand.chosen) return 1
  return brand.fold.length >= WEAK_LURE_CHARS_MIN ? 2 : 3
}

/** A brand and lures written together: `loginmetamask`, `binancewalletapp`. */
function checkAffix(matcher: Matcher, part: Part, add: Add): void {
  const { fold } = part
  for (let n = PART_CHARS_MIN; n <= fold.length - AFFIX_CHARS_MIN; n++) {
    const head = matcher.byFold.get(fold.slice(0, n))
    if (head && isAffixed(matcher, head, fold.slice(n))) add(head, ruleOf(part), 0.8, part.text)
    const tail = matcher.byFold.get(fold.slice(-n))
    if (tail && isAffixed(matcher, tail, fold.slice(0, -n))) add(tail, ruleOf(part), 0.8, part.text)
  }
}

function isAffixed(matcher: Matcher, brand: Brand, rest: string): boolean {
  return !brand.common && lureOf(matcher, rest) >= lureNeeded(brand)
}

/** A brand and a number written together: `binance88`. */
function checkNumber(matcher: Matcher, part: Part, add: Add): void {
  const letters = part.text.replace(/^\d+|\d+$/gu, '')
  if (letters.length === part.text.length || letters.length < PART_CHARS_MIN) return
  const brand = matcher.byFold.get(labelSkeleton(letters))
  if (!brand || brand.common) return
  if (brand.chosen || letters.length >= COINED_CHARS_MIN) add(brand, ruleOf(part), 0.7, part.text)
}

/** A protected site spelled out: `example.com.other.top`, `example-com.top`. */
function checkSites(matcher: Matcher, parts: readonly Part[], add: Add): void {
  for (let i = 0; i + 1 < parts.length; i++) {
    const first = parts[i]
    const second = parts[i + 1]
    if (!first || !second || first.whole) continue
    let site = `${first.text}.${second.text}`
    let brand = matcher.sites.get(site)
    const third = parts[i + 2]
    if (!brand && third) {
      site = `${site}.${third.text}`
      brand = matcher.sites.get(site)
    }
    if (!brand || brand.common || site.length < SITE_CHARS_MIN) continue
    add(brand, first.registrable ? 'lookalike.combo' : 'lookalike.subdomain', 0.9, site)
  }
}

/** `https://example.com@other.top` opens other.top. */
function checkUserinfo(matcher: Matcher, userinfo: string, add: Add): void {
  const shown = parseHostQuery(userinfo.split(':', 1)[0] ?? '')
  const brand = shown?.registrable ? matcher.sites.get(shown.registrable) : undefined
  if (brand && shown) add(brand, 'lookalike.subdomain', 0.95, `${shown.unicode}@`)
}
