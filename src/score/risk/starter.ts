import { text } from './draft.ts'
import type { Evidence, FindingDraft, MessageParam, RuleContext } from './types.ts'

/** The document that a row of the starter was read off, as its deciding statement carries it. */
interface Provenance {
  readonly document: string
  readonly documentUrl: string | null
  readonly asOf: string
  readonly supersededBy: readonly string[]
}

/**
 * A row of the starter is worded "Custos starter, from S as of D", and is superseded as soon as an
 * official dataset that reads the same document, of that day or a later one, has been read: then
 * that one speaks.
 */
export function starterFinding(draft: FindingDraft, ctx: RuleContext): FindingDraft {
  if (draft.source.kind !== 'starter') return draft
  const starter = provenanceOf(draft.evidence)
  const params: Record<string, MessageParam> = {
    ...draft.text.params,
    title: draft.source.title,
    from: starter?.document ?? draft.source.title,
    asOf: starter === undefined ? (draft.text.params.version ?? '') : { day: starter.asOf },
    what: draft.caption ?? '',
  }
  const sourceUrl = starter?.documentUrl ?? null
  if (isReplaced(draft.evidence, ctx)) {
    return {
      ...draft,
      state: 'superseded',
      severity: 'info',
      rule: 'starter.superseded',
      sourceUrl,
      text: text('finding.starter.superseded', params),
    }
  }
  const rule = `starter.${draft.rule}`
  return { ...draft, rule, sourceUrl, text: text(`finding.starter.${manner(draft)}`, params) }
}

/** True where an official dataset that reads the same document has been read. */
export function isReplaced(
  evidence: readonly Pick<Evidence, 'json'>[],
  ctx: Pick<RuleContext, 'newestDay'>,
): boolean {
  const starter = provenanceOf(evidence)
  return starter?.supersededBy.some((dataset) => isRead(dataset, starter.asOf, ctx)) ?? false
}

/** A list that is older than the row cannot say that the row is history. */
function isRead(dataset: string, asOf: string, ctx: Pick<RuleContext, 'newestDay'>): boolean {
  const day = ctx.newestDay(dataset)
  return day !== undefined && (day === null || day >= asOf)
}

function manner({ rule, severity }: FindingDraft): string {
  if (rule.startsWith('sanction.')) return 'sanction'
  if (rule.startsWith('incident.')) return 'incident'
  if (severity === 'positive') return 'licence'
  return 'other'
}

function provenanceOf(evidence: readonly Pick<Evidence, 'json'>[]): Provenance | undefined {
  for (const { json } of evidence) {
    const said = json.starter
    if (typeof said !== 'object' || said === null) continue
    const { document, documentUrl, asOf, supersededBy } = said as Record<string, unknown>
    if (typeof document !== 'string' || typeof asOf !== 'string') continue
    return {
      document,
      documentUrl: typeof documentUrl === 'string' ? documentUrl : null,
      asOf,
      supersededBy: Array.isArray(supersededBy)
        ? supersededBy.filter((name) => typeof name === 'string')
        : [],
    }
  }
  return undefined
}
