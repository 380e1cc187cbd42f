import type { Severity } from '../../model/verdict.ts'
import type { LicensedFirm, Twin } from './clone-names.ts'
import { text } from './draft.ts'
import type { Evidence, FindingDraft, MessageParam } from './types.ts'

/** Rules of imitation, documented with their measured quality in docs/method/clones.md. */
export const CLONE_RULES = [
  'clone.number_of_another',
  'clone.notice',
  'clone.site_not_in_register',
  'clone.lookalike_host',
  'clone.lookalike_name',
] as const
export type CloneRule = (typeof CLONE_RULES)[number]

/** How well a rule did on the cases of the bench, as plain digits. */
export interface Measured {
  readonly precision: string
  readonly recall: string
}

interface CloneParts {
  readonly rule: CloneRule
  readonly severity: Severity
  /** Message key without `finding.`; the rule's own where none is given. */
  readonly message?: string | undefined
  readonly params: Readonly<Record<string, MessageParam>>
  /** The statement that proves it: a register's row, or the number that two records carry. */
  readonly evidence: Evidence
  readonly caption: string
  readonly score: number
  readonly detail: string
  readonly details: Readonly<Record<string, string>>
  readonly measured: Measured | undefined
}

/** An imitation, or what may be one: it stands below every listing. */
export function cloneFinding(parts: CloneParts): FindingDraft {
  const { rule, severity, evidence, caption, score, detail, measured } = parts
  const { source } = evidence
  return {
    kind: 'impersonation',
    state: 'active',
    severity,
    rule,
    text: text(`finding.${parts.message ?? rule}`, { title: source.title, ...parts.params }),
    source,
    entity: evidence.entity,
    caption,
    listedAt: null,
    endedAt: null,
    evidence: [evidence],
    sourceUrl: source.page,
    match: { method: rule, score, detail },
    details: { ...parts.details, ...qualityOf(measured) },
  }
}

function qualityOf(measured: Measured | undefined): Readonly<Record<string, string>> {
  return measured === undefined ? {} : { precision: measured.precision, recall: measured.recall }
}

/** What a name or site is told to imitate, as sentences and details name it. */
export function firmParams(firm: LicensedFirm): Readonly<Record<string, string>> {
  return { firm: firm.caption, regulator: firm.regulator }
}

/**
 * A typed name that differs by a slip may be a slip of the asker; letters of another script, lures
 * and endings are not typed by chance.
 */
export function nameSeverity({ how }: Twin, isWarned: boolean): Severity {
  return isWarned || how !== 'edit' ? 'warning' : 'info'
}

/** The bare name under another ending is often the firm's own second site. */
export function siteSeverity({ how }: Twin): Severity {
  return how === 'name' ? 'info' : 'warning'
}
