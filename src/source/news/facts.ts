import type { NewsFact, ReadFacts } from '../../model/news.ts'
import { attributionAt } from './attribute.ts'
import type { Draft } from './draft.ts'
import { framesOf } from './frame/all.ts'
import { parse } from './grammar/parse.ts'
import { Discourse, figureOf } from './grammar/refer.ts'
import { joinFacts } from './join.ts'
import { Masked } from './mask.ts'
import type { Name } from './name-kind.ts'
import { type NameSpan, namesOf } from './names.ts'
import { type Hired, joinPeople, peopleIn } from './people.ts'
import { type Block, type Sentence, sentencesOf } from './sentence.ts'

/** Articles longer than this are reports: what matters stands in their first part. */
const SENTENCES_MAX = 1_200
/** Characters of text that are read for facts: some thirty pages. */
const CHARS_MAX = 200_000
const FACTS_MAX = 300

export interface ReadText {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly title: string
  /** ISO; null: relative dates stay unread. */
  readonly publishedAt: string | null
}

/**
 * What an article says, read by rules alone: no network, no model, and nothing that the text does
 * not say. The same text always gives the same facts.
 */
export function readFacts(article: ReadText): ReadFacts {
  const { text, title, publishedAt } = article
  const sentences = sentencesOf(text, article.blocks)
    .slice(0, SENTENCES_MAX)
    .filter(({ start }) => start < CHARS_MAX)
  const titled = titleSentence(title)
  const names = namesOf(titled === undefined ? sentences : [...sentences, titled])
  const discourse = new Discourse(topicOf(names, titled === undefined ? undefined : names.at(-1)))
  const found: NewsFact[] = []
  const people: ReturnType<typeof peopleIn>[] = []
  const hired: Hired[] = []
  let figure: string | undefined
  let lastDeals: NewsFact[] = []
  for (const [i, sentence] of sentences.entries()) {
    const { subject, authority, topic } = discourse
    const m = new Masked(sentence, names[i] ?? [], {
      subject,
      authority,
      topic,
      publishedAt,
      figure,
    })
    const p = parse(m)
    discourse.resolve(p)
    if (p.label?.name !== undefined) m.context.subject = p.label.name
    people.push(peopleIn(m))
    const isQuestion = sentence.text.endsWith('?')
    // A heading only announces what the text below it says.
    const isHeading = sentence.block.kind === 'heading'
    const drafts = isQuestion || isHeading ? [] : framesOf(p)
    for (const draft of drafts) {
      const [person] = draft.type === 'appointment' ? (draft.with ?? []) : []
      if (person !== undefined)
        hired.push({ person, role: draft.what ?? null, firm: draft.of ?? null })
    }
    const facts = drafts.map((draft) => factOf(draft, m))
    dateEarlier(m, lastDeals, found)
    found.push(...facts)
    if (facts.length > 0 || sentence.block.kind !== 'heading') lastDeals = facts
    discourse.update(p)
    figure = figureOf(p)
    if (found.length >= FACTS_MAX) break
  }
  const facts = joinFacts(found)
  return { organisations: organisationsOf(names, facts), people: joinPeople(people, hired), facts }
}

function titleSentence(title: string): Sentence | undefined {
  if (title === '') return undefined
  const block: Block = { start: 0, end: title.length, kind: 'title' }
  return { start: 0, end: title.length, text: title, block }
}

/** The firm that the article is about: named most, or first in the title, and clearly so. */
function topicOf(
  rows: readonly (readonly NameSpan[])[],
  title: readonly NameSpan[] | undefined,
): Name | undefined {
  const counts = new Map<Name, number>()
  for (const row of rows) {
    for (const { name } of row) {
      if ((name.kind === 'org' || name.kind === 'unknown') && !name.isRegulator && !name.isAsset)
        counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  const first = title?.find(({ name }) => name.kind === 'org' && !name.isRegulator)?.name
  if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1.5)
  const [most, next] = [...counts].sort((a, b) => b[1] - a[1])
  if (most === undefined || most[1] < 2 || (next !== undefined && next[1] * 1.3 > most[1]))
    return undefined
  return most[0]
}

function factOf(draft: Draft, m: Masked): NewsFact {
  const { sentence } = m
  const money = draft.money?.amount
  const percent = draft.percent?.amount
  const quantity = draft.quantity?.amount
  const iso = draft.when?.when?.iso ?? null
  const figure = money ?? percent ?? quantity
  const inferred = [
    ...(draft.when?.when?.inferred ?? []),
    ...(money?.inferred ?? []),
    ...(draft.inferred ?? []),
  ]
  const own = { sentence: sentence.text, start: sentence.start, end: sentence.end }
  return {
    type: draft.type,
    of: draft.of?.name ?? null,
    from: draft.from?.name ?? null,
    to: draft.to?.name ?? null,
    with: draft.with ?? [],
    what: draft.what ?? null,
    amount: money?.value ?? null,
    currency: money?.currency ?? null,
    percent: percent === undefined ? null : `${draft.isFall === true ? '-' : ''}${percent.value}`,
    quantity: quantity?.value ?? null,
    year: iso === null ? null : Number(iso.slice(0, 4)),
    date: iso !== null && iso.length > 4 ? iso : null,
    approximate: figure?.approximate ?? false,
    qualifier: draft.qualifier ?? figure?.qualifier ?? null,
    scope: draft.scope ?? null,
    attributedTo: draft.attributedTo ?? attributionAt(m, draft.at) ?? null,
    inferred,
    ...own,
    sentences: [own],
  }
}

const ANNOUNCED =
  /^(?:announced|unveiled|disclosed|signed|agreed|completed|made public) (?:in |on )?(⟨D\d+⟩),|^(?:this|the|that) (⟨D\d+⟩) (?:announcement|deal|transaction|investment|agreement)|^(?:the|this) (?:deal|investment|acquisition|transaction|agreement|announcement|sale|partnership) (?:was|is) (?:announced|signed|agreed|completed|made|closed) (?:in |on )?(⟨D\d+⟩)/

/** `Announced in October, it …`: the date is of the deal that the sentence before tells of. */
function dateEarlier(m: Masked, deals: readonly NewsFact[], found: NewsFact[]): void {
  const match = ANNOUNCED.exec(m.text)
  const mark = match?.[1] ?? match?.[2] ?? match?.[3]
  const when = mark === undefined ? undefined : m.at(m.text.indexOf(mark))?.when
  if (when === undefined) return
  for (const deal of deals) {
    if (
      !['investment', 'acquisition', 'divestment', 'contract'].includes(deal.type) ||
      deal.year !== null
    )
      continue
    const at = found.indexOf(deal)
    if (at < 0) continue
    found[at] = {
      ...deal,
      year: Number(when.iso.slice(0, 4)),
      date: when.iso.length > 4 ? when.iso : null,
      inferred: [...when.inferred, ...deal.inferred],
    }
  }
}

function organisationsOf(
  rows: readonly (readonly NameSpan[])[],
  facts: readonly NewsFact[],
): string[] {
  const out = new Set<string>()
  const used = new Set(facts.flatMap(({ of, from, to, with: others }) => [of, from, to, ...others]))
  for (const row of rows) {
    for (const { name } of row) {
      const isUsed = used.has(name.name) && name.kind !== 'person' && !name.isAsset
      if (name.kind === 'org' || isUsed) out.add(name.name)
    }
  }
  return [...out]
}
