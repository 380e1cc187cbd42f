import type { LookalikeHit } from '../host/lookalike.ts'
import { text, textOf } from './draft.ts'
import type { Evidence, FindingDraft, SourceFacts } from './types.ts'

/** Whose site a host resembles, and the statement that protects it. */
export interface Resemblance {
  readonly hit: LookalikeHit
  readonly source: SourceFacts
  readonly name: string | null
  /** The statement that names the site; null for the site of an authority itself. */
  readonly evidence: Evidence | null
}

/** A host that looks like a protected one: a finding of its own, below a listing. */
export function lookalikeFinding({ hit, source, name, evidence }: Resemblance): FindingDraft {
  const params = { host: hit.protectedHost, title: source.title }
  return {
    kind: 'impersonation',
    state: 'active',
    severity: 'warning',
    rule: hit.rule,
    text: text(`finding.${hit.rule}`, params),
    source,
    entity: evidence?.entity ?? null,
    caption: name,
    listedAt: null,
    endedAt: null,
    evidence: evidence === null ? [] : [evidence],
    sourceUrl: source.page,
    match: { method: hit.rule, score: hit.score, detail: hit.detail },
    details: { host: hit.protectedHost },
  }
}

/** A symbol in letters that only look like those of a listed token. */
export function symbolFinding(asked: string, evidence: Evidence): FindingDraft {
  const symbol = textOf(evidence, 'symbol') ?? ''
  const { source } = evidence
  return {
    kind: 'impersonation',
    state: 'active',
    severity: 'warning',
    rule: 'token.lookalike',
    text: text('finding.token.lookalike', { symbol, title: source.title }),
    source,
    entity: evidence.entity,
    caption: symbol,
    listedAt: null,
    endedAt: null,
    evidence: [evidence],
    sourceUrl: source.page,
    match: { method: 'token.lookalike', score: 0.95, detail: asked },
    details: { symbol },
  }
}
