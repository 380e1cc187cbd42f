import type { NewsReport } from '../../ingest/news-types.ts'
import type { NewsArticleView, NewsFactView } from '../../query/news-types.ts'
import { cutTo, type Paint, safe, table, wrap } from '../terminal.ts'

const COLUMNS = 100

/** What was read of a feed: one line for each article. */
export function reportText(report: NewsReport, paint: Paint): string {
  const cells = report.articles.map(({ state, facts, title, id }) => [
    state,
    String(facts),
    safe(title),
    id,
  ])
  const columns = [
    { title: 'State', max: 10 },
    { title: 'Facts', isRight: true, max: 5 },
    { title: 'Title', max: 60 },
    { title: 'Article', max: 60 },
  ]
  const notes = Object.entries(report.notes).map(([code, count]) => `${code}: ${count}`)
  const head = `${safe(report.publication ?? 'No publication')} (${report.dataset})`
  const lines = [head, table(columns, cells, paint).trimEnd()]
  if (notes.length > 0) lines.push(wrap(notes.join(' · '), COLUMNS))
  return `${lines.join('\n')}\n`
}

/** One article on a terminal: title, text, facts with their sentences, disclaimer. */
export function articleText(article: NewsArticleView, paint: Paint): string {
  const { title, publisher, publishedAt, zone, category, author, url } = article
  const time =
    publishedAt === null
      ? 'no date'
      : zone === 'none' && publishedAt.length > 10
        ? `${publishedAt} (no zone given)`
        : publishedAt
  const about = [publisher, author, time, category]
    .filter((part) => part !== null)
    .map((part) => safe(part))
  const lines = [paint('bold', safe(title)), about.join(' · '), paint('dim', article.id)]
  if (url !== null) lines.push(safe(url))
  if (article.text !== null)
    lines.push('', ...article.text.split('\n').map((line) => wrap(safe(line), COLUMNS)))
  lines.push('', paint('bold', `Facts (${article.facts.length})`))
  for (const fact of article.facts) lines.push(...factLines(fact, paint))
  if (article.people.length > 0) {
    lines.push('', paint('bold', 'People'))
    for (const { name, role, organisation, from, to } of article.people) {
      const years = from === null && to === null ? null : `${from ?? ''}–${to ?? ''}`
      lines.push(
        `  ${[name, role, organisation, years]
          .filter((part) => part !== null)
          .map((part) => safe(part))
          .join(', ')}`,
      )
    }
  }
  const linked = article.organisations.map(({ name, entity, score }) =>
    entity === null ? safe(name) : `${safe(name)} → ${safe(entity)} (${score?.toFixed(2)})`,
  )
  if (linked.length > 0)
    lines.push('', paint('bold', 'Organisations'), ...linked.map((line) => `  ${line}`))
  if (article.disclaimer !== null)
    lines.push('', paint('dim', wrap(`Disclaimer: ${safe(article.disclaimer)}`, COLUMNS)))
  return `${lines.join('\n')}\n`
}

function factLines(fact: NewsFactView, paint: Paint): string[] {
  const { type, of, from, to, what, amount, currency, percent, quantity, year, date } = fact
  const parts = [
    from !== null && from !== to ? `from ${from}` : null,
    to !== null ? `to ${to}` : null,
    of !== null && of !== to ? of : null,
    fact.with.length > 0 ? `with ${fact.with.join(', ')}` : null,
    what,
    amount === null ? null : `${fact.approximate ? '≈ ' : ''}${amount} ${currency ?? ''}`.trim(),
    percent === null ? null : `${percent} %`,
    quantity,
    date ?? (year === null ? null : String(year)),
    fact.qualifier,
    fact.scope,
    fact.attributedTo === null ? null : `says ${fact.attributedTo}`,
  ]
  const said = parts
    .filter((part) => part !== null)
    .map((part) => safe(part))
    .join(' · ')
  const lines = [
    `  ${paint('bold', type)}  ${said}`,
    paint('dim', `    “${cutTo(safe(fact.sentence), COLUMNS - 8)}” [${fact.start}–${fact.end}]`),
  ]
  for (const { rule, here, there, dataset } of fact.contradictions) {
    lines.push(
      paint('yellow', `    ${rule}: here ${safe(here)}, there ${safe(there)} (${dataset})`),
    )
  }
  return lines
}
