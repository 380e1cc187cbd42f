import file from '../../docs/method/clones.json' with { type: 'json' }
import type { HostQuery } from '../model/host.ts'
import type { QueryReading } from '../model/identifier.ts'
import type { EntityId } from '../model/statement.ts'
import {
  type CloneRule,
  cloneFinding,
  firmParams,
  type Measured,
  nameSeverity,
  siteSeverity,
} from '../score/risk/clone.ts'
import type { LicensedFirm, LicensedNames } from '../score/risk/clone-names.ts'
import { NAME_FINDING } from '../score/risk/name.ts'
import type { FindingDraft } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { TimedEvidence } from './evidence.ts'
import type { TimedHit } from './hits.ts'
import type { JoinRow } from './registry-types.ts'
import type { Session } from './session.ts'

/** Firms whose imitations are told in one answer: more say nothing more. */
const FINDINGS_MAX = 5

const MEASURED = file.rules as Readonly<Record<string, Measured | undefined>>

export interface AskedOf {
  readonly readings: readonly QueryReading[]
  readonly hits: readonly TimedHit[]
  readonly host: HostQuery | undefined
  /** Protected, or allowed by a list: somebody has looked at it, which no rule has. */
  readonly isKnownHost: boolean
  /** What was found already: one imitation is told once. */
  readonly drafts: readonly FindingDraft[]
}

/** Findings about what imitates a licensed firm, by its number, its name or its site. */
export async function cloneFindings(session: Session, asked: AskedOf): Promise<FindingDraft[]> {
  const { host, hits, readings } = asked
  const found = hits.length === 0 ? [] : await numbersOfOthers(session, hits)
  // An address or a transaction has no name that could be like another.
  if (host === undefined && readings.every(({ name }) => name === undefined)) return found
  const licensed = await session.licensed.of(session.view)
  if (licensed.size === 0) return found
  if (host === undefined) found.push(...(await namesAlike(session, licensed, asked)))
  else if (!asked.isKnownHost) {
    found.push(...(await sitesOfOthers(session, licensed, { ...asked, host })))
  }
  return found.slice(0, FINDINGS_MAX)
}

/** `clone.number_of_another` and `clone.notice`: judgements against a join say both. */
async function numbersOfOthers(
  session: Session,
  hits: readonly TimedHit[],
): Promise<FindingDraft[]> {
  const clusters = await session.view.clusters(session.times.seq)
  const drafts: FindingDraft[] = []
  const told = new Set<string>()
  for (const { entity, how, match, hasAllWords } of hits) {
    const isMeant = how !== 'name' || (hasAllWords && match.score >= NAME_FINDING)
    if (entity === null || !isMeant || how === 'registrable') continue
    for (const join of clusters.joins(entity.id)) {
      if (join.kind !== 'notSameAs') continue
      if (join.left !== entity.id && join.right !== entity.id) continue
      // Several records of one firm carry the number: the other firm is told once.
      const other = clusters.canonical(join.left === entity.id ? join.right : join.left)
      const key = `${join.reason} ${join.value ?? ''} ${other}`
      if (told.has(key)) continue
      told.add(key)
      const draft = await strangers(session, join, entity.id)
      if (draft !== undefined) drafts.push(draft)
      if (drafts.length >= FINDINGS_MAX) return drafts
    }
  }
  return drafts
}

async function strangers(
  session: Session,
  join: JoinRow,
  id: EntityId,
): Promise<FindingDraft | undefined> {
  const { reader, times } = session
  const otherId = join.left === id ? join.right : join.left
  const own = await reader.entity(id, times.seq)
  const other = await reader.entity(otherId, times.seq)
  if (own === undefined || other === undefined) return undefined
  const isRegistered = own.evidence[0]?.source.kind === 'register'
  if (join.reason === 'clone_notice') {
    const notice = [own, other].find(({ evidence }) => evidence.some(isWarning))
    const evidence = notice?.evidence.find(isWarning)
    if (notice === undefined || evidence === undefined) return undefined
    const isClone = notice.id === id
    return finding('clone.notice', {
      severity: isClone ? 'warning' : 'info',
      message: isClone ? undefined : 'clone.noticed',
      params: { firm: isClone ? other.caption : own.caption },
      evidence,
      caption: isClone ? other.caption : own.caption,
      score: join.score,
      detail: join.reason,
      details: { other: other.caption },
    })
  }
  if (join.reason !== 'shared_lei' && join.reason !== 'shared_number') return undefined
  const number = join.value ?? ''
  const evidence = other.evidence.find((item) => carries(item, number))
  if (evidence === undefined) return undefined
  return finding('clone.number_of_another', {
    // Two rows of official registers: an error of one of them is likelier than an imitation.
    severity: isRegistered ? 'info' : 'warning',
    params: { number, other: other.caption },
    evidence,
    caption: other.caption,
    score: 1,
    detail: number,
    details: { number, other: other.caption },
  })
}

function isWarning({ prop }: TimedEvidence): boolean {
  return prop === 'warning'
}

function carries({ prop, value, json }: TimedEvidence, number: string): boolean {
  if (prop === 'leiCode') return value === number
  const said = prop === 'licence' ? json.number : prop === 'registrationNumber' ? value : undefined
  return typeof said === 'string' && said.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '') === number
}

/** `clone.lookalike_name`: the asked name, where no register or pack holds that very name. */
async function namesAlike(
  session: Session,
  licensed: LicensedNames,
  { readings, hits }: AskedOf,
): Promise<FindingDraft[]> {
  const name = readings.find((reading) => reading.name !== undefined)?.name
  const twin = name === undefined ? undefined : licensed.like(name)
  if (twin === undefined) return []
  const same = hits.filter((hit) => hit.how === 'name' && hit.match.score >= SAME_NAME)
  const isWarned = same.some(({ entity }) => entity?.evidence.some(isWarning) === true)
  // A name that others hold honestly is theirs, unless its letters are disguised.
  if (same.length > 0 && !isWarned && twin.how !== 'confusable') return []
  const evidence = await rowOf(session, twin.firm)
  if (evidence === undefined) return []
  return [
    finding('clone.lookalike_name', {
      severity: nameSeverity(twin, isWarned),
      params: firmParams(twin.firm),
      evidence,
      caption: twin.firm.caption,
      score: twin.score,
      detail: twin.detail,
      details: firmParams(twin.firm),
    }),
  ]
}

/** The same name but for its legal form. */
const SAME_NAME = 0.97

/** `clone.site_not_in_register`: by the site's own name, or by the name of who is warned of. */
async function sitesOfOthers(
  session: Session,
  licensed: LicensedNames,
  asked: AskedOf & { readonly host: HostQuery },
): Promise<FindingDraft[]> {
  const told = new Set(asked.drafts.map(({ entity }) => entity))
  const drafts: FindingDraft[] = []
  const twin = licensed.claiming(asked.host)
  if (twin !== undefined && !told.has(twin.firm.id)) {
    const draft = await siteFinding(session, twin.firm, {
      severity: siteSeverity(twin),
      score: twin.score,
      detail: twin.detail,
    })
    if (draft !== undefined) drafts.push(draft)
    told.add(twin.firm.id)
  }
  const site = asked.host.registrable
  for (const { entity } of asked.hits) {
    if (entity === null || site === null || !entity.evidence.some(isWarning)) continue
    const clusters = await session.view.clusters(session.times.seq)
    const firm = licensed.named(entity.caption).find(({ domains }) => !domains.includes(site))
    if (firm === undefined || told.has(firm.id)) continue
    if (clusters.canonical(firm.id) === clusters.canonical(entity.id)) continue
    told.add(firm.id)
    const draft = await siteFinding(session, firm, {
      severity: 'warning',
      score: 0.9,
      detail: entity.caption,
    })
    if (draft !== undefined) drafts.push(draft)
  }
  return drafts
}

async function siteFinding(
  session: Session,
  firm: LicensedFirm,
  seen: Pick<Parts, 'severity' | 'score' | 'detail'>,
): Promise<FindingDraft | undefined> {
  const evidence = await rowOf(session, firm)
  if (evidence === undefined) return undefined
  const [host] = firm.domains
  return finding('clone.site_not_in_register', {
    ...seen,
    message: host === undefined ? 'clone.site_not_in_register_none' : undefined,
    params: firmParams(firm),
    evidence,
    caption: firm.caption,
    details: { ...firmParams(firm), ...(host === undefined ? {} : { host }) },
  })
}

/** `clone.lookalike_host`: a look-alike of the site of a firm that a register holds. */
export async function ofLicensedFirm(session: Session, draft: FindingDraft): Promise<FindingDraft> {
  if (draft.entity === null) return draft
  const licensed = await session.licensed.of(session.view)
  const clusters = await session.view.clusters(session.times.seq)
  const firm = clusters
    .members(draft.entity)
    .map((id) => licensed.firm(id))
    .find((known) => known !== undefined)
  const evidence = firm === undefined ? undefined : await rowOf(session, firm)
  if (firm === undefined || evidence === undefined) return draft
  const { host } = draft.details
  const site = typeof host === 'string' ? host : ''
  return {
    ...finding('clone.lookalike_host', {
      severity: draft.severity,
      params: { ...firmParams(firm), host: site },
      evidence,
      caption: firm.caption,
      score: draft.match.score,
      detail: draft.match.detail ?? '',
      details: { ...firmParams(firm), host: site, lookalike: draft.rule },
    }),
    evidence: [evidence, ...draft.evidence],
  }
}

/** The register's row, where it was known and in force. */
async function rowOf(session: Session, firm: LicensedFirm): Promise<TimedEvidence | undefined> {
  const { reader, times } = session
  const [evidence] = await reader.bySid([firm.sid], times.seq)
  if (evidence === undefined) return undefined
  return standingOf(evidence.intervals, times.day).state === 'active' ? evidence : undefined
}

type Parts = Omit<Parameters<typeof cloneFinding>[0], 'rule' | 'measured'>

function finding(rule: CloneRule, parts: Parts): FindingDraft {
  return cloneFinding({ rule, measured: MEASURED[rule], ...parts })
}
