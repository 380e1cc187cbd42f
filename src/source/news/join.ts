import type { NewsFact } from '../../model/news.ts'

/** Facts that an article repeats are one, with every sentence that says it. */
export function joinFacts(facts: readonly NewsFact[]): NewsFact[] {
  const out: NewsFact[] = []
  for (const fact of facts) {
    const at = out.findIndex((known) => isSame(known, fact))
    const known = out[at]
    if (known === undefined) out.push(fact)
    else out[at] = joined(known, fact)
  }
  return out
}

const fits = <T>(a: T | null, b: T | null) => a === null || b === null || a === b

function isSame(a: NewsFact, b: NewsFact): boolean {
  if (a.type !== b.type) return false
  if (!fits(a.of, b.of) || !fits(a.from, b.from) || !fits(a.to, b.to)) return false
  const shared = [a.of, a.from, a.to].some(
    (name) => name !== null && [b.of, b.from, b.to].includes(name),
  )
  if (
    !shared ||
    !fits(a.amount, b.amount) ||
    !fits(a.percent, b.percent) ||
    !fits(a.quantity, b.quantity)
  )
    return false
  if (!fits(a.currency, b.currency) || !isSameTime(a, b)) return false
  switch (a.type) {
    case 'contract':
      return a.with.some((name) => b.with.includes(name))
    case 'appointment':
      return a.with[0] === b.with[0]
    case 'product_launch':
    case 'strategy':
      return isAlike(a.what, b.what)
    case 'assessment':
      return a.attributedTo === b.attributedTo
    case 'revenue':
    case 'valuation':
    case 'market_share':
    case 'share_price_change':
    case 'share_of_gdp':
      return a.amount === b.amount && a.percent === b.percent
    default:
      return true
  }
}

function isSameTime(a: NewsFact, b: NewsFact): boolean {
  if (!fits(a.year, b.year)) return false
  if (a.date === null || b.date === null) return true
  return a.date.startsWith(b.date) || b.date.startsWith(a.date)
}

function isAlike(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x.includes(y) || y.includes(x)
}

function joined(a: NewsFact, b: NewsFact): NewsFact {
  // What is sold is named best where its price stands.
  const better = a.amount === null && b.amount !== null ? b : a
  const dated = a.date !== null || b.date === null ? a : b
  const sentences = a.sentences.some(({ start }) => start === b.start)
    ? a.sentences
    : [...a.sentences, ...b.sentences]
  return {
    ...a,
    of: a.of ?? b.of,
    from: a.from ?? b.from,
    to: a.to ?? b.to,
    with: [...new Set([...a.with, ...b.with])],
    what: better.what ?? a.what ?? b.what,
    amount: a.amount ?? b.amount,
    currency: a.currency ?? b.currency,
    percent: a.percent ?? b.percent,
    quantity: a.quantity ?? b.quantity,
    year: dated.year ?? a.year ?? b.year,
    date: dated.date,
    approximate: a.approximate || b.approximate,
    qualifier: a.qualifier ?? b.qualifier,
    scope: a.scope ?? b.scope,
    attributedTo: a.attributedTo ?? b.attributedTo,
    inferred: [...new Set([...a.inferred, ...b.inferred])],
    sentences,
  }
}
