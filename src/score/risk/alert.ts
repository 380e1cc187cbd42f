import type { Day } from '../../model/time.ts'
import type { FindingKind, Severity } from '../../model/verdict.ts'
import { baseOf, detailsOf, text, textOf } from './draft.ts'
import type { FindingDraft, Hit, MessageParam, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

/** What an alert says of the asked party. */
interface Part {
  readonly kind: FindingKind
  readonly severity: Severity
  /** True: what is said is who the other one was, not what the asked one did. */
  readonly isDealing?: true
}

const AUTHOR: Part = { kind: 'token_risk', severity: 'warning' }
const TOLD: Part = { kind: 'exposure', severity: 'info' }
const DEALING: Part = { kind: 'exposure', severity: 'info', isDealing: true }

/**
 * By rule, what is said of the first subject, the one that is warned about, and of every other. A
 * warning is for whoever did it; whoever only had to do with somebody is told of it, and stays what
 * he is (docs/method/chain-rules.md). Null: a list says it itself, with its name and day.
 */
const PARTS: Readonly<Record<string, { readonly first: Part | null; readonly other: Part }>> = {
  'poisoning.look_alike': { first: { kind: 'impersonation', severity: 'warning' }, other: TOLD },
  'liquidity.pulled': { first: AUTHOR, other: AUTHOR },
  'token.mint_and_dump': { first: AUTHOR, other: AUTHOR },
  'issuer.freeze': { first: { kind: 'label', severity: 'warning' }, other: TOLD },
  'counterparty.sanctioned': { first: null, other: DEALING },
  'counterparty.scam': { first: null, other: DEALING },
  'counterparty.stolen': { first: null, other: DEALING },
  'counterparty.mixer': { first: null, other: DEALING },
}

/** Findings that one answer tells of alerts: an address of a service has thousands. */
const SHOWN_MAX = 5

/**
 * Alerts of this installation about the asked address or transaction: one finding for each rule and
 * part, told by the newest alert, with the statements of all.
 */
export function alertFindings(hits: readonly Hit[], ctx: RuleContext): readonly FindingDraft[] {
  const groups = new Map<string, { readonly part: Part; readonly hits: Hit[] }>()
  for (const hit of hits) {
    const { evidence } = hit
    if (evidence.prop !== 'alert') continue
    if (standingOf(evidence.intervals, ctx.day).state !== 'active') continue
    const place = placeOf(hit)
    const part = partOf(textOf(evidence, 'rule') ?? '', place)
    if (part === null) continue
    const key = `${textOf(evidence, 'rule')} ${part === DEALING ? 'dealing' : part.severity} ${place}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { part, hits: [hit] })
    else group.hits.push(hit)
  }
  return [...groups.values()]
    .map(({ part, hits: all }) => findingOf(part, all.sort(newestFirst), ctx))
    .sort((a, b) => weight(a) - weight(b) || (a.listedAt ?? '').localeCompare(b.listedAt ?? ''))
    .slice(0, SHOWN_MAX)
}

function weight({ severity }: FindingDraft): number {
  return severity === 'warning' ? 0 : 1
}

/** Which subject was asked; a transaction is asked as a whole. */
function placeOf({ how }: Hit): 'first' | 'other' | 'whole' {
  return how === 'alerted' ? 'first' : how === 'alert_party' ? 'other' : 'whole'
}

function partOf(rule: string, place: ReturnType<typeof placeOf>): Part | null {
  const parts = PARTS[rule]
  if (place === 'whole' || parts === undefined) return TOLD
  return place === 'first' ? parts.first : parts.other
}

function newestFirst(a: Hit, b: Hit): number {
  return secondsOf(b) - secondsOf(a) || (a.evidence.id < b.evidence.id ? -1 : 1)
}

function secondsOf({ evidence }: Hit): number {
  const { at } = evidence.json
  return typeof at === 'number' && Number.isFinite(at) ? at : 0
}

function dayOfAlert(hit: Hit): Day | null {
  const ms = secondsOf(hit) * 1_000
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString().slice(0, 10) : null
}

function findingOf(part: Part, hits: readonly Hit[], ctx: RuleContext): FindingDraft {
  const newest = hits[0] as Hit
  const { evidence } = newest
  const rule = textOf(evidence, 'rule') ?? ''
  const day = dayOfAlert(newest)
  const params = paramsOf(evidence.json.params)
  const key = rule.startsWith('operator.') ? 'alert.operator' : `alert.${rule}`
  const dealing = { address: params.address ?? '', date: { day: day ?? ctx.day } }
  return {
    ...baseOf(newest, standingOf(evidence.intervals, ctx.day)),
    kind: part.kind,
    rule: `alert.${rule}`,
    severity: part.severity,
    text: part.isDealing === true ? text('finding.alert.dealing', dealing) : text(key, params),
    evidence: hits.map((hit) => hit.evidence),
    listedAt: day,
    caption: null,
    sourceUrl: null,
    details: detailsOf({
      chain: textOf(evidence, 'chain'),
      transaction: textOf(evidence, 'tx'),
      alerts: String(hits.length),
    }),
  }
}

function paramsOf(value: unknown): Record<string, MessageParam> {
  const params: Record<string, MessageParam> = {}
  if (typeof value !== 'object' || value === null) return params
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' || typeof member === 'number') params[name] = member
  }
  return params
}
