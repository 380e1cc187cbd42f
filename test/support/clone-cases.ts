import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { CONFUSABLE_ROWS } from '../../src/model/confusables.ts'
import { isGeneric } from '../../src/model/name.ts'
import { LURES } from '../../src/score/host/lures.ts'
import { isTradeWord } from '../../src/score/host/protected.ts'
import type { LicensedFirm } from '../../src/score/risk/clone-names.ts'

/** Seeded imitations of licensed firms, and honest neighbours of them. */
export interface CloneCase {
  readonly text: string
  /** The id of the imitated firm; null for an honest case. */
  readonly of: string | null
}

const ENDINGS = ['com', 'net', 'io', 'app', 'live', 'top', 'online', 'pro', 'site', 'org']
const TAILS = ['max', 'pro', 'ie', 'fx', 'uk', 'eu', 'hq', 'vip', 'ltd', 'inc']
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'e',
  e: 'a',
  i: 'o',
  o: 'i',
  n: 'm',
  m: 'n',
  s: 'z',
  t: 'r',
  r: 't',
  c: 'k',
}

function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[intBelow(rng, list.length)] as T
}

/** The first word of a name that is long enough to be imitated, as people write it. */
export function brandOf(firm: LicensedFirm): string | undefined {
  const names = [...firm.names].sort((a, b) => a.length - b.length)
  for (const name of names) {
    const [word] = name.split(/[\s,.]+/u)
    if (word !== undefined && isBrand(word)) return word
  }
  return undefined
}

/** A word of the trade or of the language of firms is nobody's, and nobody imitates it alone. */
function isBrand(word: string): boolean {
  const lower = word.toLowerCase()
  return /^[a-z]{6,}$/u.test(lower) && !isTradeWord(lower) && !isGeneric(lower)
}

const confusables = new Map(
  CONFUSABLE_ROWS.map((row) => {
    const [letter = '', others = ''] = row.split(' ')
    return [letter, [...others].filter((other) => /\p{Script=Cyrillic}/u.test(other))] as const
  }).filter(([letter, others]) => letter.length === 1 && others.length > 0),
)

function inOtherLetters(rng: Rng, name: string): string | undefined {
  const places = [...name].flatMap((letter, i) => (confusables.has(letter) ? [i] : []))
  if (places.length === 0) return undefined
  const at = pick(rng, places)
  return name.slice(0, at) + pick(rng, confusables.get(name[at] ?? '') ?? []) + name.slice(at + 1)
}

/** One slip behind the first letter: dropped, doubled, exchanged with its neighbour, or another. */
function withSlip(rng: Rng, word: string): string {
  const at = 1 + intBelow(rng, word.length - 2)
  const letter = word[at] ?? ''
  switch (intBelow(rng, 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1)
    case 1:
      return word.slice(0, at) + letter + word.slice(at)
    case 2:
      return word.slice(0, at) + (word[at + 1] ?? '') + letter + word.slice(at + 2)
    default:
      return word.slice(0, at) + (NEIGHBOURS[letter] ?? 'x') + word.slice(at + 1)
  }
}

/** Names that imitate: another script, a slip, letters glued on, words that promise. */
export function imitatedNames(firms: readonly LicensedFirm[], seed: number): CloneCase[] {
  const rng = seededRng(seed)
  const cases: CloneCase[] = []
  for (const firm of firms) {
    const brand = brandOf(firm)
    if (brand === undefined) continue
    const texts = [
      inOtherLetters(rng, brand),
      withSlip(rng, brand.toLowerCase()),
      `${brand}${pick(rng, TAILS)}`,
      `${brand} ${pick(rng, LURES)}`,
    ]
    for (const text of texts) {
      if (text !== undefined && text.toLowerCase() !== brand.toLowerCase()) {
        cases.push({ text, of: firm.id })
      }
    }
  }
  return cases
}

/** The firms' own names as people write them. */
export function honestNames(firms: readonly LicensedFirm[]): CloneCase[] {
  return firms.flatMap((firm) =>
    firm.names.flatMap((name) => [
      { text: name, of: null },
      { text: name.toUpperCase(), of: null },
      { text: name.replace(/[.,]/gu, ''), of: null },
    ]),
  )
}

/** Hosts that imitate: the name with a lure, before or behind it, with a hyphen or glued. */
export function imitatedHosts(firms: readonly LicensedFirm[], seed: number): CloneCase[] {
  const rng = seededRng(seed)
  const cases: CloneCase[] = []
  for (const firm of firms) {
    const brand = brandOf(firm)?.toLowerCase()
    if (brand === undefined) continue
    const lure = pick(rng, LURES)
    const ending = pick(rng, ENDINGS)
    const texts = [
      `${brand}-${lure}.${ending}`,
      `${lure}${brand}.${ending}`,
      `${withSlip(rng, brand)}.${ending}`,
      `${brand}.${lure}.${ending}`,
    ]
    for (const text of texts) cases.push({ text, of: firm.id })
  }
  return cases
}

export interface Quality {
  readonly cases: number
  readonly precision: number
  readonly recall: number
  readonly found: number
  readonly imitations: number
  readonly falseAlarms: number
  readonly honest: number
}

/** A finding counts as right where it names the imitated firm, or one of the same name. */
export function qualityOf(
  cases: readonly CloneCase[],
  flag: (text: string, of: string | null) => boolean,
): Quality {
  let found = 0
  let falseAlarms = 0
  let imitations = 0
  for (const { text, of } of cases) {
    const isFlagged = flag(text, of)
    if (of === null) falseAlarms += Number(isFlagged)
    else {
      imitations += 1
      found += Number(isFlagged)
    }
  }
  const honest = cases.length - imitations
  const flagged = found + falseAlarms
  return {
    cases: cases.length,
    precision: flagged === 0 ? 1 : found / flagged,
    recall: imitations === 0 ? 1 : found / imitations,
    found,
    imitations,
    falseAlarms,
    honest,
  }
}
