import type { Severity } from '../../model/verdict.ts'
import { baseOf, common, detailsOf, isSayable, text, textOf, textsOf } from './draft.ts'
import type { AuthorityRule, Evidence, FindingDraft, Hit, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

/** TagPack confidence levels (VOCABULARY §4). A tag without one counts as unknown. */
const CONFIDENCE: Readonly<Record<string, number>> = {
  override: 100,
  ownership: 100,
  ledger_immanent: 100,
  manual_transaction: 90,
  service_api: 70,
  forensic_investigation: 70,
  authority_data: 60,
  trusted_provider: 50,
  service_data: 50,
  forensic: 50,
  untrusted_transaction: 40,
  web_crawl: 20,
  heuristic: 10,
  unknown: 5,
}
/** From here on a tag of harm is danger; below, it is a warning: half the scale. */
const DANGER_CONFIDENCE = 50

/** Concepts of harm (VOCABULARY §4), except `sanction`, which is an authority's word. */
const HARM: ReadonlySet<string> = new Set(
  `abuse sexual_abuse child_sexual_abuse violence human_trafficking murder torture scam
  financial_crime investment_fraud ponzi_scheme pyramid_scheme money_laundering payment_card_fraud
  extortion sextortion ransomware phishing hacking service_hack account_hack exploit data_breach
  social_engineering malware drugs weapons counterfeit extremism terrorism terrorism_financing
  dark_web hack fraud theft stolen_funds perpetrator`.split(/\s+/),
)
/** Somebody with power over the asset refuses the address. */
const REFUSED: ReadonlySet<string> = new Set('black_list gov_black_list'.split(' '))
/** A use that readers ask about; by itself it is no harm. */
const MIXING: ReadonlySet<string> = new Set('mixing mixing_service coinjoin gray_usage'.split(' '))
/** Whose harm it was: the address of a victim or of a donation drive did none. */
const UNDONE: ReadonlySet<string> = new Set('victim white_list gov_white_list'.split(' '))

/** A `tag` statement: a label that somebody put on an address or a transaction. */
export function tagFinding(
  hit: Hit,
  ctx: RuleContext,
  all: readonly Hit[],
): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (!isSayable(standing)) return undefined
  const label = textOf(evidence, 'label') ?? ''
  const concepts = conceptsOf(evidence)
  const params = { ...common(evidence.source, evidence, ctx), label }
  const base = {
    ...baseOf(hit, standing),
    kind: 'label' as const,
    evidence: [evidence],
    listedAt: null,
    caption: label === '' ? null : label,
    sourceUrl: linkOf(textOf(evidence, 'source')) ?? evidence.source.page,
    details: detailsOf({
      label,
      category: textOf(evidence, 'category'),
      abuse: textOf(evidence, 'abuse'),
      concepts,
      confidence: textOf(evidence, 'confidence'),
      lastmod: textOf(evidence, 'lastmod'),
      source: textOf(evidence, 'source'),
      actor: textOf(evidence, 'actor'),
      pack: textOf(evidence, 'pack'),
    }),
  }
  if (standing.state === 'ended') {
    const ended = { ...params, ended: { day: standing.to } }
    return {
      ...base,
      rule: 'label.delisted',
      severity: 'info',
      text: text('finding.delisted', ended),
    }
  }
  const { rule, severity, key } = judge(evidence, concepts, { ctx, all })
  return { ...base, rule, severity, text: text(key, params) }
}

interface Judgement {
  readonly rule: string
  readonly severity: Severity
  readonly key: string
}

function judge(
  evidence: Evidence,
  concepts: readonly string[],
  context: { readonly ctx: RuleContext; readonly all: readonly Hit[] },
): Judgement {
  if (!concepts.some((concept) => UNDONE.has(concept))) {
    const harm = concepts.find((concept) => HARM.has(concept))
    if (harm !== undefined) {
      const severity = isSure(evidence) ? 'danger' : 'warning'
      return { rule: 'label.abuse', severity, key: 'finding.label.abuse' }
    }
    if (isSanctionTag(evidence, concepts)) return judgeSanction(evidence, context)
    if (concepts.some((concept) => REFUSED.has(concept))) {
      return { rule: 'label.blacklist', severity: 'warning', key: 'finding.label.blacklist' }
    }
  }
  if (concepts.some((concept) => MIXING.has(concept))) {
    return { rule: 'label.mixing', severity: 'info', key: 'finding.label.mixing' }
  }
  return { rule: 'label.info', severity: 'info', key: 'finding.label.info' }
}

function isSure(evidence: Evidence): boolean {
  // A mention or an event says that somebody spoke of the address, not whose it is.
  const isAboutOwner = textOf(evidence, 'tag_type') === undefined
  const level = CONFIDENCE[textOf(evidence, 'confidence') ?? 'unknown'] ?? 5
  return isAboutOwner && level >= DANGER_CONFIDENCE
}

function isSanctionTag(evidence: Evidence, concepts: readonly string[]): boolean {
  return concepts.includes('sanction') || textOf(evidence, 'abuse') === 'sanction'
}

/**
 * A tag that repeats an authority is a label, never a sanction. Where the authority's own newer
 * version was read and lacks the entry, the tag is out of date and only informs.
 */
function judgeSanction(
  evidence: Evidence,
  { ctx, all }: { readonly ctx: RuleContext; readonly all: readonly Hit[] },
): Judgement {
  const authority = authorityOf(evidence, ctx.authorities)
  const datasets = authority?.datasets ?? []
  const isOutdated =
    datasets.some((dataset) => isNewer(evidence, dataset, ctx)) &&
    !all.some((hit) => saysListed(hit, datasets, ctx))
  return isOutdated
    ? { rule: 'label.sanction_outdated', severity: 'info', key: 'finding.label.sanction_outdated' }
    : { rule: 'label.sanction', severity: 'warning', key: 'finding.label.sanction' }
}

function authorityOf(
  evidence: Evidence,
  authorities: readonly AuthorityRule[],
): AuthorityRule | undefined {
  const said = `${textOf(evidence, 'label') ?? ''} ${textOf(evidence, 'source') ?? ''} ${
    textOf(evidence, 'pack') ?? ''
  }`.toLowerCase()
  return authorities.find((authority) => authority.words.some((word) => said.includes(word)))
}

/** The authority's version is newer than the tag; a tag without a date is as old as can be. */
function isNewer(evidence: Evidence, dataset: string, ctx: RuleContext): boolean {
  const day = ctx.governing(dataset)?.day ?? null
  return day !== null && day > (textOf(evidence, 'lastmod') ?? '')
}

function saysListed(hit: Hit, datasets: readonly string[], ctx: RuleContext): boolean {
  if (!datasets.includes(hit.evidence.source.dataset)) return false
  return standingOf(hit.evidence.intervals, ctx.day).state === 'active'
}

function conceptsOf(evidence: Evidence): readonly string[] {
  const words = [
    ...textsOf(evidence, 'concepts'),
    ...textsOf(evidence, 'category'),
    ...textsOf(evidence, 'abuse'),
  ]
  return [...new Set(words)]
}

function linkOf(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value)
    ? value
    : undefined
}
