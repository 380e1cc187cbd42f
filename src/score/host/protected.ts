import { parse as parseSuffix } from 'tldts'
import { type HostQuery, normaliseListedHost, parseHostQuery } from '../../model/host.ts'
import { labelSkeleton, plainLabel } from '../../model/skeleton.ts'
import { LURES, TRADE_WORDS, WEAK_LURES } from './lures.ts'
import { buildNear, type NearIndex, type Reach } from './near.ts'

/** A host to protect against look-alikes. */
export interface ProtectedHost {
  readonly host: string
  readonly name?: string
  /** Edits that still count as an imitation, where somebody chose this brand to be protected. */
  readonly tolerance?: number
  /** The site of a firm in a register: imitations of it take money, so a slip is enough. */
  readonly isLicensed?: boolean
}

/** All protected hosts whose registrable labels look the same. */
export interface Brand {
  /** The host that a finding names: a chosen one before a known one, then the shortest. */
  readonly host: string
  /** The skeleton of the label. */
  readonly fold: string
  /** The labels as the hosts write them. */
  readonly labels: readonly string[]
  /** Somebody chose it (`tolerance` was given): it is worth imitating, not merely known. */
  readonly chosen: boolean
  /**
   * A word that other names are made of, or a top-level domain: inside a label it says nothing.
   */
  readonly common: boolean
  /** How far a label may lie from it; `lookalike` asks more of the far ones. */
  readonly reach: Reach
}

export interface Matcher {
  /** Protected and known registrable domains; they and what is below them imitate nobody. */
  readonly own: ReadonlySet<string>
  /** Protected registrable domains, each with its brand. */
  readonly sites: ReadonlyMap<string, Brand>
  readonly byFold: ReadonlyMap<string, Brand>
  /** Finds the words of the brands that can be edited. */
  readonly near: NearIndex
  readonly words: readonly { readonly text: string; readonly brand: Brand }[]
  /** Skeletons of the words that stand beside a brand, each with what it says. */
  readonly lures: ReadonlyMap<string, Lure>
}

/** 3: the word of an imitation; 2: also of honest sites; 1: names are made of it. */
export type Lure = 1 | 2 | 3

/** Shorter names have honest neighbours everywhere. */
const EDIT_CHARS_MIN = 5
/** From here on a second slip is still recognised as the same name. */
const EDIT_TWO_CHARS_MIN = 8
/** The telling letters that a merely known name needs before a slip is suspicious. */
const SLIP_TELLING_MIN = 7
/** The same for the site of a firm in a register, and the letters of its whole name. */
const LICENSED_TELLING_MIN = 4
const LICENSED_CHARS_MIN = 7
const LONG_NAME_ALLOWANCE = 4
/** Below, a label inside another one is a syllable (INTERFACE §3). */
export const PART_CHARS_MIN = 6
/** A label inside this many other protected labels is a word of the trade, not a name. */
const COMMON_CONTAINED_MIN = 3

const LURE_CHARS_MIN = 2
const LURE_CHARS_MAX = 14

const tradeWords = new Set(TRADE_WORDS)
const tradeWordsLongFirst = [...TRADE_WORDS].sort((a, b) => b.length - a.length)

/**
 * Words that are nobody's imitation, however near to a name they are: `finance` is no `binance`.
 */
export function isTradeWord(word: string): boolean {
  return tradeWords.has(word)
}

/**
 * The letters by which a name is told from others: those that are left without a trade word at its
 * end and one at its beginning, or, in a long name, all but four.
 */
export function tellingChars(word: string): number {
  const tail = tradeWordsLongFirst.find((trade) => word.endsWith(trade)) ?? ''
  const rest = word.slice(0, word.length - tail.length)
  const head = tradeWordsLongFirst.find((trade) => rest.startsWith(trade)) ?? ''
  return Math.max(rest.length - head.length, word.length - LONG_NAME_ALLOWANCE)
}

/**
 * The labels of a host as people read them, without the public suffix; the last is registrable.
 */
export function labelsOf(q: HostQuery): string[] {
  const labels = q.unicode.split('.')
  const suffixLabels = q.publicSuffix === null ? 0 : q.publicSuffix.split('.').length
  return labels.slice(0, labels.length - suffixLabels)
}

interface Draft {
  host: string
  readonly labels: Set<string>
  tolerance: number | undefined
  isLicensed: boolean
}

/**
 * Builds the matcher. `known` are hosts that are not protected and yet no look-alikes: those that
 * a list allows (`*.` may stand in front), because somebody has looked at them, which no rule has.
 * Entries that are no host, or have no label of their own (an IP literal, a public suffix), are
 * left out.
 */
export function buildProtected(
  list: Iterable<ProtectedHost>,
  known: Iterable<string> = [],
): Matcher {
  const own = new Set<string>()
  for (const host of known) {
    const listed = normaliseListedHost(host)
    const registrable = listed && parseHostQuery(listed.host)?.registrable
    if (registrable) own.add(registrable)
  }
  const drafts = new Map<string, Draft>()
  const siteFolds = new Map<string, string>()
  for (const entry of list) {
    const q = parseHostQuery(entry.host)
    if (!q || q.registrable === null) continue
    own.add(q.registrable)
    const label = labelsOf(q).at(-1) ?? ''
    const fold = labelSkeleton(label)
    siteFolds.set(q.registrable, fold)
    const { tolerance, isLicensed = false } = entry
    mergeDraft(drafts, { fold, label, host: q.host, tolerance, isLicensed })
  }
  const brands = brandsOf(drafts)
  const byFold = new Map(brands.map((brand) => [brand.fold, brand]))
  const sites = new Map<string, Brand>()
  for (const [site, fold] of siteFolds) {
    const brand = byFold.get(fold)
    if (brand) sites.set(site, brand)
  }
  const words = brands.flatMap((brand) =>
    [...new Set(brand.labels.map(plainLabel))].map((text) => ({ text, brand })),
  )
  const near = buildNear(
    words.map((word) => word.text),
    words.map((word) => word.brand.reach),
  )
  return { own, sites, byFold, near, words, lures: lureWords() }
}

function lureWords(): Map<string, Lure> {
  const words = new Map<string, Lure>()
  for (const word of TRADE_WORDS) words.set(labelSkeleton(word), 1)
  for (const word of WEAK_LURES) words.set(labelSkeleton(word), 2)
  for (const word of LURES) words.set(labelSkeleton(word), 3)
  return words
}

/**
 * What a text beside a brand says: the strongest of the lures that it is made of without a rest,
 * 0 when it is not made of lures.
 */
export function lureOf(matcher: Matcher, fold: string): Lure | 0 {
  const strongest: (Lure | 0 | undefined)[] = [0]
  for (let from = 0; from < fold.length; from++) {
    const before = strongest[from]
    if (before === undefined) continue
    const end = Math.min(fold.length, from + LURE_CHARS_MAX)
    for (let to = from + LURE_CHARS_MIN; to <= end; to++) {
      const lure = matcher.lures.get(fold.slice(from, to))
      if (!lure) continue
      strongest[to] = Math.max(before, lure, strongest[to] ?? 0) as Lure
    }
  }
  return strongest[fold.length] ?? 0
}

function mergeDraft(
  drafts: Map<string, Draft>,
  next: {
    fold: string
    label: string
    host: string
    tolerance: number | undefined
    isLicensed: boolean
  },
): void {
  const { fold, label, host, tolerance, isLicensed } = next
  const draft = drafts.get(fold)
  if (!draft) {
    drafts.set(fold, { host, labels: new Set([label]), tolerance, isLicensed })
    return
  }
  draft.labels.add(label)
  draft.isLicensed ||= isLicensed
  const chosen = tolerance !== undefined
  const wasChosen = draft.tolerance !== undefined
  // The order of the list must not matter: chosen, then shorter, then first in the alphabet.
  const shorter = host.length - draft.host.length
  const better = shorter < 0 || (shorter === 0 && host < draft.host)
  if (chosen === wasChosen ? better : chosen) draft.host = host
  if (chosen) draft.tolerance = Math.max(draft.tolerance ?? 0, tolerance)
}

function brandsOf(drafts: ReadonlyMap<string, Draft>): Brand[] {
  const contained = containedCounts([...drafts.keys()])
  const crowded = crowdedFolds(drafts)
  return [...drafts].map(([fold, draft]) => {
    const labels = [...draft.labels].sort()
    const isWord = (contained.get(fold) ?? 0) >= COMMON_CONTAINED_MIN
    const isTrade = labels.some((label) => isTradeWord(label) || isTopLevelDomain(label))
    return {
      host: draft.host,
      fold,
      labels,
      chosen: draft.tolerance !== undefined,
      common: isWord || isTrade,
      reach: reachOf(labels, draft, crowded.has(fold)),
    }
  })
}

function reachOf(
  labels: readonly string[],
  { tolerance, isLicensed }: Pick<Draft, 'tolerance' | 'isLicensed'>,
  isCrowded: boolean,
): Reach {
  const chars = Math.min(...labels.map((label) => label.length))
  if (chars < EDIT_CHARS_MIN) return 0
  if (tolerance === undefined) {
    // Where honest names lie one edit from each other, one edit proves nothing.
    const isLong = isLicensed && chars >= LICENSED_CHARS_MIN
    const telling = isLong ? LICENSED_TELLING_MIN : SLIP_TELLING_MIN
    return !isCrowded && labels.every((label) => tellingChars(label) >= telling) ? 1 : 0
  }
  return Math.max(0, Math.min(tolerance, chars < EDIT_TWO_CHARS_MIN ? 1 : 2)) as Reach
}

function isTopLevelDomain(label: string): boolean {
  return parseSuffix(`x.${label}`).isIcann === true
}

/** How many other labels contain each label of six letters or more. */
function containedCounts(folds: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  const known = new Set(folds)
  for (const fold of folds) {
    const parts = new Set<string>()
    for (let from = 0; from < fold.length; from++) {
      for (let to = from + PART_CHARS_MIN; to <= fold.length; to++) {
        const part = fold.slice(from, to)
        if (part !== fold && known.has(part)) parts.add(part)
      }
    }
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1)
  }
  return counts
}

/** Folds with a label one edit from a label of another fold. */
function crowdedFolds(drafts: ReadonlyMap<string, Draft>): Set<string> {
  const words: string[] = []
  const folds: string[] = []
  for (const [fold, draft] of drafts) {
    for (const label of draft.labels) {
      words.push(plainLabel(label))
      folds.push(fold)
    }
  }
  const index = buildNear(
    words,
    words.map((word) => (word.length < EDIT_CHARS_MIN ? 0 : 1)),
  )
  const crowded = new Set<string>()
  words.forEach((word, i) => {
    index.near(word, (position) => {
      const one = folds[i] ?? ''
      const other = folds[position] ?? ''
      if (one === other) return
      crowded.add(one)
      crowded.add(other)
    })
  })
  return crowded
}
