import type { MatchQualifier } from '../../model/verdict.ts'
import { NAME_DANGER, NAME_FINDING } from './name.ts'
import type { FindingDraft } from './types.ts'

/** What is left of the score of a name, and what was held against it. */
export interface Lowered {
  readonly score: number
  readonly qualifiers: Readonly<Record<string, MatchQualifier>>
}

/**
 * Findings by name about parties that differ in what else was asked (birth date, nationality, kind)
 * are told with the lowered score: below a finding they are `info`, below the same name no danger.
 * They are never left out: whoever reads sees the namesake and what speaks against it. Birth dates
 * of lists are often wrong by a day or a year, so the answer is then unknown, and never clean.
 */
export function withQualifiers(
  drafts: readonly FindingDraft[],
  lowered: ReadonlyMap<string, Lowered>,
): readonly FindingDraft[] {
  if (lowered.size === 0) return drafts
  return drafts.map((draft) => {
    const own = draft.entity === null ? undefined : lowered.get(draft.entity)
    if (own === undefined || draft.match.method !== 'name') return draft
    const score = Math.min(draft.match.score, own.score)
    const { params } = draft.text
    const text =
      'percent' in params
        ? { ...draft.text, params: { ...params, percent: { percent: score } } }
        : draft.text
    const match = { ...draft.match, score, qualifiers: own.qualifiers }
    const severity = severityOf(draft, score)
    const isDoubted = severity === 'info' && draft.severity !== 'info'
    return { ...draft, text, match, severity, ...(isDoubted ? { isDoubted } : {}) }
  })
}

function severityOf({ severity }: FindingDraft, score: number): FindingDraft['severity'] {
  if (severity !== 'danger' && severity !== 'warning') return severity
  if (score < NAME_FINDING) return 'info'
  return score < NAME_DANGER ? 'warning' : severity
}
