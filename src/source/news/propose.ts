import type { NewsFact } from '../../model/news.ts'
import { amountsOf } from './amount.ts'

/** A fact that somebody other than the rules proposes, with the words that are to prove it. */
export interface Proposal {
  readonly fact: NewsFact
  /** Words of the article, letter by letter. */
  readonly quote: string
}

/**
 * The port of an optional adapter, for example of a language model. No adapter comes with Custos
 * and none is asked by default: the rules alone decide.
 */
export interface FactProposer {
  propose(text: string, signal: AbortSignal): Promise<readonly Proposal[]>
}

const QUOTE_CHARS_MIN = 12
const PROPOSALS_MAX = 200

/**
 * Proposals that the text itself proves: the quote stands in it word by word, and every name and
 * number of the fact stands in the quote. All others are dropped.
 */
export function verified(text: string, proposals: readonly Proposal[]): NewsFact[] {
  return proposals.slice(0, PROPOSALS_MAX).flatMap(({ fact, quote }) => {
    const start = quote.length < QUOTE_CHARS_MIN ? -1 : text.indexOf(quote)
    if (start < 0 || !isProven(fact, quote)) return []
    const own = { sentence: quote, start, end: start + quote.length }
    return [
      { ...fact, ...own, sentences: [own], inferred: [...fact.inferred, 'proposed by a model'] },
    ]
  })
}

function isProven(fact: NewsFact, quote: string): boolean {
  const names = [
    fact.of,
    fact.from,
    fact.to,
    fact.what,
    fact.attributedTo,
    fact.scope,
    ...fact.with,
  ]
  if (!names.every((name) => name === null || quote.includes(name))) return false
  const found = amountsOf(quote)
  const has = (kind: string, value: string | null) =>
    value === null ||
    found.some((one) => one.kind === kind && one.value === value.replace(/^-/, ''))
  const isSum =
    fact.amount === null ||
    found.some(
      (one) => one.kind === 'money' && one.value === fact.amount && one.currency === fact.currency,
    )
  const isYear = fact.year === null || quote.includes(String(fact.year))
  return isSum && has('percent', fact.percent) && has('quantity', fact.quantity) && isYear
}
