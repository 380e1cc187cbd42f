import { localeFor, message } from '../../i18n/catalogue.ts'
import { countryName, formatAge } from '../../i18n/format.ts'
import type { ServeAnswer, ServeRegister, ServeValue } from '../../query/registry-types.ts'
import { type Paint, type Style, safe, table, wrap } from '../terminal.ts'
import { type Look, licenceLines } from './verdict.ts'

/** Shape and word say the same; colour only adds. */
const MARKS: Readonly<Record<ServeValue, readonly [mark: string, style: Style]>> = {
  yes: ['○', 'green'],
  no: ['▲', 'yellow'],
  no_evidence: ['◌', 'blue'],
}

const FIRMS_SHOWN = 8

/** The answer for a person: yes or no, why, the rows, the registers, and what it is not. */
export function serveText(
  answer: ServeAnswer,
  options: {
    readonly lang: string | undefined
    readonly paint: Paint
    readonly columns: number
  },
): string {
  const { lang = 'en', paint, columns } = options
  const locale = localeFor(lang)
  const look: Look = { locale, paint, columns }
  const [mark, style] = MARKS[answer.answer]
  const word = message(locale, `serve.answer.${answer.answer}`)
  const [country = ''] = answer.country.split('-')
  const place = answer.country === country ? countryName(locale, country) : answer.country
  const service = answer.service ?? message(locale, 'serve.any')
  const firm = answer.firm?.caption ?? answer.query
  const lines = [
    `${paint(style, paint('bold', `${mark} ${word}`))}  ${safe(firm)} · ${place} · ${service}`,
    wrap(safe(answer.reason), columns),
  ]
  if (answer.firm !== null) lines.push(paint('dim', `custos entity ${safe(answer.firm.id)}`))
  lines.push(...licenceLines(answer.licences, look))
  lines.push(...registerLines(answer.registers, look))
  lines.push(...firmLines(answer, look))
  lines.push('', ...answer.notes.map(({ text }) => paint('dim', wrap(safe(text), columns))))
  return `${lines.join('\n')}\n`
}

function registerLines(
  registers: readonly ServeRegister[],
  { locale, paint }: Look,
): readonly string[] {
  if (registers.length === 0) return []
  const rows = registers.map(({ title, version, ageSeconds, state, hasFirm }) => [
    title,
    version ?? '',
    ageSeconds === null ? message(locale, 'age.no_date') : formatAge(locale, ageSeconds),
    message(locale, `state.${state}`),
    // What was not read has not said that the firm is missing.
    version === null ? '' : message(locale, hasFirm ? 'checked.found' : 'checked.not_found'),
  ])
  const columns = [
    { title: message(locale, 'checked.list'), max: 52 },
    { title: message(locale, 'why.version'), max: 14 },
    { title: message(locale, 'checked.age'), max: 12 },
    { title: message(locale, 'member.status'), max: 14 },
    { title: message(locale, 'checked.result'), max: 14 },
  ]
  return ['', paint('bold', message(locale, 'checked.title')), table(columns, rows, paint)]
}

/** The other firms that go by the asked name, each with its own answer. */
function firmLines({ firms, firm }: ServeAnswer, { locale, paint }: Look): readonly string[] {
  const others = firms.filter(({ id }) => id !== firm?.id).slice(0, FIRMS_SHOWN)
  if (others.length === 0) return []
  const rows = others.map((other) => [
    other.caption,
    message(locale, `serve.answer.${other.answer}`),
    other.countries.join(' '),
    other.id,
  ])
  const columns = [
    { title: message(locale, 'licences.holder'), max: 36 },
    { title: '', max: 14 },
    { title: message(locale, 'licences.country'), max: 12 },
    { title: '', max: 60 },
  ]
  return ['', table(columns, rows, paint)]
}
