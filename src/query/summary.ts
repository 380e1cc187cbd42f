import { localeFor } from '../i18n/catalogue.ts'
import { countryName, formatList } from '../i18n/format.ts'
import type { Coverage, Finding, Licence, VerdictValue } from '../model/verdict.ts'
import type { Checks } from './checks.ts'
import type { CoverageRules } from './coverage.ts'
import type { Renderer } from './render.ts'

export interface SummaryParams {
  readonly verdict: VerdictValue
  readonly coverage: Coverage
  readonly findings: readonly Finding[]
  readonly licences: readonly Licence[]
  readonly checks: Checks
  readonly rules: CoverageRules
  readonly renderer: Renderer
  readonly lang: string
}

/** One sentence that leads with what is known and ends with what could not be checked. */
export function summaryOf(params: SummaryParams): string {
  const { verdict, findings, renderer, lang } = params
  const top = findings[0]
  if ((verdict === 'danger' || verdict === 'warning') && top !== undefined) return top.text
  const lead = leadOf(params)
  if (lead === undefined) return silence(params)
  const tail = tailOf(params)
  return tail === undefined
    ? renderer.message(lang, 'summary.lead', { lead })
    : renderer.message(lang, 'summary.lead_tail', { lead, tail })
}

/** What is known and not adverse: a licence first, then the strongest other finding. */
function leadOf(params: SummaryParams): string | undefined {
  const { findings, licences, rules, renderer, lang } = params
  const top = findings[0]
  const licence = licences.find(
    (row) => row.status === 'authorised' && row.kind === 'licence' && row.dataset === top?.dataset,
  )
  if (licence !== undefined && top?.severity === 'positive') {
    const regime = rules.regimes[licence.dataset]
    const country =
      licence.country === null ? licence.regulator : countryName(localeFor(lang), licence.country)
    return regime === undefined
      ? renderer.message(lang, 'lead.licensed', { country, regulator: licence.regulator })
      : renderer.message(lang, 'lead.licensed_regime', { country, regime })
  }
  return top?.text.replace(/[.。।]$/u, '')
}

function tailOf({ checks, renderer, lang }: SummaryParams): string | undefined {
  if (checks.unmet.length === 0) return undefined
  const sanctions = checks.requirements.filter(({ group }) => group === 'sanctions')
  const missing = checks.unmet.filter(({ group }) => group === 'sanctions')
  if (sanctions.length > 0 && missing.length === sanctions.length) {
    return renderer.message(lang, 'tail.sanctions_unchecked')
  }
  if (missing.length > 0) return renderer.message(lang, 'tail.sanctions_partly')
  // A list that was never read is told of below the sentence; here it only counts.
  const own = checks.unmet.filter(({ id }) => !/^(unread|removed)_/.test(id))
  const named = own
    .slice(0, UNMET_NAMED)
    .map(({ id }) => renderer.message(lang, `requirement.${id}`))
  const more = checks.unmet.length - named.length
  if (more > 0) named.push(renderer.message(lang, 'tail.more', { count: more }))
  const list = formatList(localeFor(lang), named)
  const counts = { missing: checks.unmet.length, total: checks.requirements.length }
  return renderer.message(lang, 'tail.unchecked', { list, ...counts })
}

/** Gaps that a sentence names; the whole list stands below it. */
const UNMET_NAMED = 3

/** Nothing was found: how much that says depends on what was read. */
function silence({ verdict, checks, renderer, lang }: SummaryParams): string {
  const checked = checks.checked.length
  if (verdict === 'no_adverse_evidence') {
    return renderer.message(lang, 'summary.clean', { checked })
  }
  const params = { checked, missing: checks.unmet.length, total: checks.requirements.length }
  const key = checked === 0 ? 'summary.unknown_none' : 'summary.unknown'
  return renderer.message(lang, key, params)
}
