import type { FindingKind, Severity } from '../../model/verdict.ts'
import { baseOf, common, detailsOf, isSayable, text, textOf } from './draft.ts'
import type { Evidence, FindingDraft, Hit, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

interface Manner {
  readonly rule: string
  readonly kind: FindingKind
  readonly severity: Severity
}

/** What a list entry means, by the kind of its list and of what it names. */
function mannerOf(evidence: Evidence): Manner {
  const { source, json } = evidence
  if (source.kind === 'sanctions') return sanctionManner(evidence)
  if (source.kind === 'starter')
    return { rule: 'starter.listed', kind: 'label', severity: 'danger' }
  const isHost = typeof json.host === 'string' || typeof json.url === 'string'
  if (source.kind === 'warnings' || source.kind === 'register') {
    return { rule: 'warning.regulator', kind: 'warning', severity: 'warning' }
  }
  if (isHost) return { rule: 'phishing.listed', kind: 'phishing', severity: 'danger' }
  return { rule: 'scam.listed', kind: 'scam_report', severity: 'danger' }
}

/** Only the authority itself, or a transcription of its own list, makes a sanction. */
function sanctionManner(evidence: Evidence): Manner {
  if (evidence.source.role === 'publisher') {
    return { rule: 'label.sanction', kind: 'label', severity: 'warning' }
  }
  return { rule: 'sanction.listed', kind: 'sanction', severity: 'danger' }
}

/** A `listed` statement: one identifier on one list. */
export function listedFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (!isSayable(standing)) return undefined
  const manner = mannerOf(evidence)
  const params = common(evidence.source, evidence, ctx)
  const base = { ...baseOf(hit, standing), evidence: [evidence], listedAt: null }
  const details = entryDetails(hit)
  if (standing.state === 'ended') {
    const rule = manner.kind === 'sanction' ? 'sanction.delisted' : `${stem(manner.rule)}.delisted`
    return {
      ...base,
      kind: manner.kind,
      rule,
      severity: 'info',
      text: text('finding.delisted', { ...params, ended: { day: standing.to } }),
      details,
    }
  }
  if (hit.how === 'www' && ctx.isProtectedHost) {
    return {
      ...base,
      kind: manner.kind,
      rule: 'host.www_listed',
      severity: 'info',
      text: text('finding.host.www_listed', { ...params, host: hit.entryHost ?? '' }),
      details,
    }
  }
  return {
    ...base,
    kind: manner.kind,
    rule: manner.rule,
    severity: manner.severity,
    text: text(`finding.${manner.rule}`, params),
    details,
  }
}

function stem(rule: string): string {
  return rule.slice(0, rule.indexOf('.'))
}

function entryDetails({ evidence, how, entryHost }: Hit) {
  return detailsOf({
    group: textOf(evidence, 'group'),
    category: textOf(evidence, 'category'),
    currency: textOf(evidence, 'currency'),
    entry:
      how === 'exact' || how === 'name'
        ? undefined
        : (textOf(evidence, 'url') ?? entryHost ?? undefined),
  })
}

/** An `allow` statement: what its own source says against its own block list. */
export function allowFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (standing.state !== 'active') return undefined
  return {
    ...baseOf(hit, standing),
    evidence: [evidence],
    listedAt: null,
    kind: 'positive_evidence',
    rule: 'host.allow',
    severity: 'info',
    text: text('finding.host.allow', common(evidence.source, evidence, ctx)),
    details: detailsOf({ entry: textOf(evidence, 'host') }),
  }
}

/** A `protect` statement of the asked host itself: somebody's brand, by that source. */
export function protectFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (standing.state !== 'active') return undefined
  const name = textOf(evidence, 'name') ?? hit.entity?.caption ?? textOf(evidence, 'host') ?? ''
  return {
    ...baseOf(hit, standing),
    evidence: [evidence],
    listedAt: null,
    caption: name === '' ? null : name,
    kind: 'positive_evidence',
    rule: 'host.protected',
    severity: 'info',
    text: text('finding.host.protected', { ...common(evidence.source, evidence, ctx), name }),
    details: {},
  }
}

/**
 * An allow entry cancels only its own source's block, and only one that is not more specific than
 * the allowance: a source that allows a site may still block one host below it. The block stays in
 * the answer, disputed by the source itself.
 */
export function cancelled(
  blocks: readonly { readonly hit: Hit; readonly draft: FindingDraft }[],
  allows: readonly Hit[],
): FindingDraft[] {
  return blocks.map(({ hit, draft }) => {
    const isAllowed = allows.some(
      (allow) =>
        allow.evidence.source.dataset === draft.source.dataset &&
        reach(allow.entryHost) >= reach(hit.entryHost) &&
        hit.how !== 'path',
    )
    if (!isAllowed || draft.severity === 'info') return draft
    return {
      ...draft,
      state: 'disputed',
      severity: 'info',
      rule: 'host.block_allowed',
      text: text('finding.host.block_allowed', draft.text.params),
    }
  })
}

/** Labels that an entry names; `www.` names nothing more. */
function reach(host: string | null): number {
  if (host === null) return 0
  return host
    .replace(/^\*\./, '')
    .replace(/^www\./, '')
    .split('.').length
}
