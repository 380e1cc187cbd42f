import { foldName } from '../model/name.ts'
import type { StoredArticle, StoredFact } from './news-store.ts'
import type { NewsContradiction } from './news-types.ts'

/** Kinds of facts of which there is one sum: two articles that name different ones disagree. */
const ONE_SUM: ReadonlySet<string> = new Set([
  'acquisition',
  'divestment',
  'investment',
  'fine',
  'hack',
])
/** "About" and rounding: sums nearer than this are the same sum. */
const ROUNDING_SHARE = 0.1
/** Facts of one event stand within this many years of each other. */
const SAME_YEARS = 1

/** What two articles must share to tell of the same event; undefined for facts that have no key. */
export function eventKey({ value }: StoredFact): string | undefined {
  if (!ONE_SUM.has(value.type)) return undefined
  const parties = [value.from ?? '', value.to ?? value.of ?? ''].map(foldName)
  return parties[1] === ''
    ? undefined
    : `${value.type}|${value.type === 'hack' || value.type === 'fine' ? parties[1] : parties.join('|')}`
}

/** Other articles that name another sum for the same event. */
export function otherSums(
  fact: StoredFact,
  own: string,
  same: readonly { readonly article: StoredArticle; readonly fact: StoredFact }[],
): NewsContradiction[] {
  const { value } = fact
  if (value.amount === null) return []
  const out: NewsContradiction[] = []
  for (const { article, fact: other } of same) {
    if (article.id === own || other.value.amount === null) continue
    if (
      other.value.currency !== value.currency ||
      !isNearInTime(fact, other) ||
      !differs(fact, other)
    )
      continue
    out.push({
      rule: 'amount_differs',
      here: `${value.amount} ${value.currency ?? ''}`.trim(),
      there: `${other.value.amount} ${other.value.currency ?? ''}`.trim(),
      dataset: article.dataset,
      entity: null,
      article: article.id,
      statement: other.statement,
    })
  }
  return out
}

function isNearInTime(a: StoredFact, b: StoredFact): boolean {
  const [x, y] = [a.value.year, b.value.year]
  return x === null || y === null || Math.abs(x - y) <= SAME_YEARS
}

function differs(a: StoredFact, b: StoredFact): boolean {
  const x = Number(a.value.amount)
  const y = Number(b.value.amount)
  if (!(a.value.approximate || b.value.approximate)) return x !== y
  return Math.abs(x - y) > ROUNDING_SHARE * Math.max(x, y)
}
