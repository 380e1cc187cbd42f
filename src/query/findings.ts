import type { View } from '../index/view.ts'
import type { Instant } from '../model/time.ts'
import type { EntitySummary, Finding } from '../model/verdict.ts'
import { versionDay } from '../score/risk/draft.ts'
import type { EntityFacts, FindingDraft, RuleContext } from '../score/risk/types.ts'
import { firstDay } from '../score/risk/validity.ts'
import type { TimedEvidence } from './evidence.ts'
import type { Renderer } from './render.ts'

/** When this instance had committed an event; undefined for one that no run of the view holds. */
export function toldAt(view: View, seq: number): Instant | null {
  let low = 0
  let high = view.runs.length - 1
  // Runs without events lie between the others, so the search keeps to those that have some.
  let found: Instant | null = null
  while (low <= high) {
    const middle = (low + high) >> 1
    let at = middle
    while (at <= high && view.runs[at]?.events === null) at += 1
    const run = at <= high ? view.runs[at] : undefined
    if (run === undefined || run.events === null) {
      high = middle - 1
    } else if (run.events.seqFrom <= seq) {
      found = run.run.at
      low = at + 1
    } else {
      high = middle - 1
    }
  }
  return found
}

export interface FindingPorts {
  readonly view: View
  readonly renderer: Renderer
  readonly ctx: RuleContext
  readonly lang: string
}

/** A draft with its words, its version and its times. */
export function findingOf(draft: FindingDraft, ports: FindingPorts): Finding {
  const { view, renderer, ctx, lang } = ports
  const first = draft.evidence[0] as TimedEvidence | undefined
  const governing = ctx.governing(draft.source.dataset)
  const day = first === undefined ? (governing?.day ?? null) : versionDay(first, ctx)
  return {
    kind: draft.kind,
    state: draft.state,
    severity: draft.severity,
    rule: draft.rule,
    text: renderer.text(lang, draft.text),
    dataset: draft.source.dataset,
    datasetTitle: draft.source.title,
    authority: draft.source.authority,
    entity: draft.entity,
    caption: draft.caption,
    listedAt: draft.listedAt,
    firstVersion: first === undefined ? null : firstDay(first.intervals),
    endedAt: draft.endedAt,
    listVersion: governing !== undefined && governing.day === day ? governing.version : day,
    observedAt: first === undefined ? null : toldAt(view, first.toldSeq),
    statements: draft.evidence.map((evidence) => evidence.id),
    sourceUrl: draft.sourceUrl,
    match: draft.match,
    details: detailsOf(draft, ports),
  }
}

/** `prohibits` is named by a message: it is told in the asked language. */
function detailsOf(draft: FindingDraft, { renderer, lang }: FindingPorts): Finding['details'] {
  const { prohibits } = draft.details
  if (typeof prohibits !== 'string') return draft.details
  return { ...draft.details, prohibits: renderer.message(lang, prohibits) }
}

export function summaryOf(entity: EntityFacts, score: number): EntitySummary {
  return {
    id: entity.id,
    schema: entity.schema,
    caption: entity.caption,
    score,
    dataset: entity.evidence[0]?.source.dataset ?? '',
    countries: entity.countries,
  }
}
