import { hasKey, localeFor, message } from '../../i18n/catalogue.ts'
import { formatAge, formatDay } from '../../i18n/format.ts'
import type { Locale } from '../../i18n/locales.ts'
import type {
  Checked,
  Finding,
  Licence,
  NotChecked,
  Verdict,
  VerdictValue,
} from '../../model/verdict.ts'
import { type Paint, type Style, safe, table, wrap } from '../terminal.ts'

/** Shape and word say the same; colour only adds. The circle stays empty: no tick, no promise. */
const MARKS: Readonly<Record<VerdictValue, readonly [mark: string, style: Style]>> = {
  danger: ['⬢', 'red'],
  warning: ['▲', 'yellow'],
  no_adverse_evidence: ['○', 'green'],
  unknown: ['◌', 'blue'],
}

/** More of them are counted, not shown. */
const FINDINGS_SHOWN = 12
const LISTS_SHOWN = 30

export interface Look {
  readonly locale: Locale
  readonly paint: Paint
  readonly columns: number
}

/** The answer for a person: verdict, sentence, why, what was checked, what was not. */
export function verdictText(
  verdict: Verdict,
  options: { readonly lang: string; readonly paint: Paint; readonly columns: number },
): string {
  const look: Look = { ...options, locale: localeFor(options.lang) }
  const [mark, style] = MARKS[verdict.verdict]
  const word = message(look.locale, `verdict.${verdict.verdict}`)
  const { paint, columns } = look
  const head = `${paint(style, paint('bold', `${mark} ${word}`))}  ${safe(verdict.query)}`
  const lines = [head, wrap(safe(verdict.summary), columns)]
  const gap = gapText(verdict, look)
  if (gap !== undefined) lines.push(paint('dim', wrap(gap, columns)))
  const reading = readingText(verdict, look)
  if (reading !== undefined) lines.push(paint('dim', wrap(reading, columns)))
  lines.push('', ...whyLines(verdict, look))
  lines.push(...standingLines(verdict, look), ...licenceLines(verdict.licences, look))
  lines.push(...listLines(verdict, look))
  lines.push('', paint('dim', stampText(verdict, look)))
  return `${lines.join('\n')}\n`
}

function gapText(verdict: Verdict, { locale }: Look): string | undefined {
  const missing = verdict.notChecked.length
  if (missing === 0) return undefined
  const total = new Set([...verdict.checked, ...verdict.notChecked].map((row) => row.dataset)).size
  return `${message(locale, 'checked.gap', { missing, total })}.`
}

function readingText(verdict: Verdict, { locale }: Look): string | undefined {
  const [first] = verdict.readings
  if (first === undefined) return undefined
  const form = wordOf(locale, `form.${first.form}`, first.form)
  const parts = [message(locale, 'reading.chosen', { form })]
  if (first.checksum === 'mismatch') parts.push(message(locale, 'reading.checksum_mismatch'))
  const others = verdict.readings.length - 1
  if (others > 0) parts.push(`${message(locale, 'reading.others')}: ${others}`)
  return parts.join(' · ')
}

/** A word of the catalogue for a value that may be newer than the catalogue. */
function wordOf(locale: Locale, key: string, otherwise: string): string {
  return hasKey(key) ? message(locale, key) : otherwise
}

function whyLines(verdict: Verdict, look: Look): readonly string[] {
  const { locale, paint, columns } = look
  const lines = [paint('bold', message(locale, 'why.title'))]
  const { findings } = verdict
  if (findings.length === 0) {
    const key = verdict.verdict === 'unknown' ? 'why.none_unknown' : 'why.none'
    lines.push(wrap(message(locale, key), columns, '  '))
  }
  for (const finding of findings.slice(0, FINDINGS_SHOWN))
    lines.push(...findingLines(finding, look))
  if (findings.length > FINDINGS_SHOWN) {
    const count = findings.length - FINDINGS_SHOWN
    lines.push(`  ${message(locale, 'why.more', { count })}`)
  }
  return lines
}

const SEVERITY: Readonly<Record<Finding['severity'], Style>> = {
  danger: 'red',
  warning: 'yellow',
  info: 'dim',
  positive: 'green',
}

/** Who says what, since when, how it matched, and the way to the evidence. */
function findingLines(finding: Finding, look: Look): readonly string[] {
  const { locale, paint, columns } = look
  const kind = message(locale, `finding.kind.${finding.kind}`)
  const state =
    finding.state === 'active' ? '' : ` · ${message(locale, `finding.state.${finding.state}`)}`
  const says = message(locale, 'why.says', {
    authority: safe(finding.authority),
    list: safe(finding.datasetTitle),
  })
  const facts = [
    finding.listedAt === null
      ? undefined
      : `${message(locale, 'why.listed')} ${formatDay(locale, finding.listedAt)}`,
    finding.listedAt !== null || finding.firstVersion === null
      ? undefined
      : `${message(locale, 'why.first_version')} ${formatDay(locale, finding.firstVersion)}`,
    finding.endedAt === null
      ? undefined
      : `${message(locale, 'why.ended')} ${formatDay(locale, finding.endedAt)}`,
    finding.listVersion === null
      ? undefined
      : `${message(locale, 'why.version')} ${safe(finding.listVersion)}`,
    `${message(locale, 'why.match')}: ${matchText(finding, look)}`,
  ].filter((fact) => fact !== undefined)
  const evidence = [
    finding.sourceUrl === null ? undefined : safe(finding.sourceUrl),
    finding.entity === null ? undefined : `custos entity ${shellWord(finding.entity)}`,
  ].filter((place) => place !== undefined)
  return [
    `  ${paint(SEVERITY[finding.severity], `■ ${kind}${state}`)}`,
    wrap(safe(finding.text), columns, '    '),
    wrap(`${says}. ${facts.join(' · ')}`, columns, '    '),
    ...evidence.map((place) => paint('dim', `    ${place}`)),
  ]
}

function matchText({ match }: Finding, { locale }: Look): string {
  const method = safe(wordOf(locale, `match.${match.method}`, match.method))
  return match.score === 1 ? method : `${method} ${match.score.toFixed(2)}`
}

/** An id that a person can paste behind a command. */
function shellWord(text: string): string {
  const plain = safe(text)
  return /^[\w.:@%+/-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`
}

/** Label and score of the firm that the answer is about. */
function standingLines({ label, score }: Verdict, { locale }: Look): readonly string[] {
  if (label === null) return []
  const word = message(locale, `firm.label.${label.label}`)
  const value = score?.value ?? null
  const text = value === null ? message(locale, 'firm.score.none') : `${value.toFixed(1)} / 10`
  const parts = [
    `${message(locale, 'firm.label.title')}: ${word}`,
    `${message(locale, 'firm.score.title')}: ${text}`,
  ]
  return ['', parts.join(' · ')]
}

export function licenceLines(licences: readonly Licence[], look: Look): readonly string[] {
  if (licences.length === 0) return []
  const { locale, paint } = look
  const rows = licences
    .slice(0, FINDINGS_SHOWN)
    .map((licence) => [
      licence.holder,
      `${message(locale, `licence.kind.${licence.kind}`)}, ${message(locale, `licence.status.${licence.status}`)}`,
      licence.regulator,
      licence.services.join(''),
      licence.from ?? '',
    ])
  const columns = [
    { title: message(locale, 'licences.holder'), max: 32 },
    { title: message(locale, 'member.status'), max: 26 },
    { title: message(locale, 'member.regulator'), max: 24 },
    { title: message(locale, 'licences.services'), max: 12 },
    { title: message(locale, 'licences.from'), max: 10 },
  ]
  return ['', paint('bold', message(locale, 'licences.title')), table(columns, rows, paint)]
}

/** Lists that speak, also in an old version, as a table; the others by name, under their state. */
function listLines(verdict: Verdict, look: Look): readonly string[] {
  const { locale, paint, columns } = look
  const lines = ['', paint('bold', message(locale, 'checked.title'))]
  const found = new Set(verdict.findings.map((finding) => finding.dataset))
  const shown = new Set(verdict.checked.map((row) => row.dataset))
  const others = verdict.notChecked.filter((row) => !shown.has(row.dataset))
  const held = [...verdict.checked, ...others.filter((row) => row.version !== null)]
  if (held.length > 0) {
    const rows = held.slice(0, LISTS_SHOWN).map((row) => heldRow(row, found, look))
    const titles = [
      { title: message(locale, 'checked.list'), max: 44 },
      { title: message(locale, 'why.version'), max: 14 },
      { title: message(locale, 'checked.age'), max: 12 },
      { title: message(locale, 'checked.result'), max: 24 },
    ]
    lines.push(table(titles, rows, paint))
  }
  const missing = others.filter((row) => row.version === null)
  for (const state of new Set(missing.map((row) => row.state))) {
    const names = missing.filter((row) => row.state === state).map((row) => safe(row.title))
    const text = `${message(locale, `state.${state}`)} (${names.length}): ${names.join('; ')}.`
    lines.push(wrap(text, columns))
  }
  return lines
}

function heldRow(
  row: Checked | NotChecked,
  found: ReadonlySet<string>,
  { locale }: Look,
): readonly string[] {
  const { ageSeconds, dataset } = row
  const age = ageSeconds === null ? message(locale, 'age.no_date') : formatAge(locale, ageSeconds)
  const result = message(locale, found.has(dataset) ? 'checked.found' : 'checked.not_found')
  const state = row.state === 'current' ? '' : `, ${message(locale, `state.${row.state}`)}`
  const title = `${row.title}${row.required ? ' *' : ''}`
  return [title, row.version ?? '', age, `${result}${state}`]
}

function stampText(verdict: Verdict, { locale }: Look): string {
  const asOf = message(locale, 'check.stamp', { asOf: verdict.asOf })
  const known = message(locale, 'check.stamp_known', { knownAt: verdict.knownAt })
  const ruleset = message(locale, 'check.stamp_ruleset', { ruleset: verdict.ruleset })
  const size = verdict.checkpoint?.size
  const checkpoint = size === undefined ? '' : `, ${message(locale, 'footer.checkpoint')} ${size}`
  return `${asOf}, ${known}, ${ruleset}${checkpoint}`
}
