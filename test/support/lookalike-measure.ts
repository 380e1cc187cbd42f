import { parseHostQuery } from '../../src/model/host.ts'
import { labelSkeleton } from '../../src/model/skeleton.ts'
import { lookalike } from '../../src/score/host/lookalike.ts'
import {
  buildProtected,
  labelsOf,
  type Matcher,
  type ProtectedHost,
} from '../../src/score/host/protected.ts'

export interface Share {
  readonly value: number
  readonly text: string
}

function shareOf(count: number, total: number): Share {
  const value = total === 0 ? 0 : count / total
  return { value, text: `${count} of ${total} (${(value * 100).toFixed(2)} %)` }
}

function isFlagged(matcher: Matcher, host: string): boolean {
  const q = parseHostQuery(host)
  return q !== undefined && lookalike(matcher, q).length > 0
}

/** How many of the hosts look like a protected one. */
export function flaggedShare(matcher: Matcher, hosts: readonly string[]): Share {
  return shareOf(hosts.filter((host) => isFlagged(matcher, host)).length, hosts.length)
}

/** Hosts that are neither protected nor below a protected registrable domain. */
export function withoutOwn(matcher: Matcher, hosts: readonly string[]): string[] {
  return hosts.filter((host) => {
    const registrable = parseHostQuery(host)?.registrable
    return registrable === null || registrable === undefined || !matcher.own.has(registrable)
  })
}

const FOLDS = 20

/**
 * Asks each host of a matcher that has never seen its own label, under any suffix: the share of
 * honest sites that would be flagged if they were new. In folds, because each needs its own
 * matcher.
 */
export function leaveOwnBrandOut(list: readonly ProtectedHost[], hosts: readonly string[]): Share {
  let count = 0
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = list.filter((entry) => foldOf(entry.host) !== fold)
    const matcher = buildProtected(others)
    count += hosts.filter((host) => foldOf(host) === fold && isFlagged(matcher, host)).length
  }
  return shareOf(count, hosts.length)
}

function foldOf(host: string): number {
  const q = parseHostQuery(host)
  let sum = 0
  for (const letter of (q && labelsOf(q).at(-1)) ?? host)
    sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return sum % FOLDS
}

/** A shorter label stands inside words that have nothing to do with it. */
const SPELLED_CHARS_MIN = 8

/** Hosts that are not protected and hold the whole label of a protected one, at any place. */
export function spellingBrand(matcher: Matcher, hosts: readonly string[]): string[] {
  return withoutOwn(matcher, hosts).filter((host) => {
    const q = parseHostQuery(host)
    return q !== undefined && labelsOf(q).some((label) => holdsBrand(matcher, labelSkeleton(label)))
  })
}

function holdsBrand(matcher: Matcher, fold: string): boolean {
  for (let from = 0; from + SPELLED_CHARS_MIN <= fold.length; from++) {
    for (let to = from + SPELLED_CHARS_MIN; to <= fold.length; to++) {
      const brand = matcher.byFold.get(fold.slice(from, to))
      if (brand && !brand.common) return true
    }
  }
  return false
}
