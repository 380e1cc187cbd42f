import { html } from 'hono/html'
import { countryName, formatPercent } from '../../i18n/format.ts'
import type {
  FirmLabel,
  FirmNote,
  FirmScore,
  FirmView,
  JoinRow,
  ProfileLabel,
  ScoreInput,
} from '../../query/registry-types.ts'
import type { View } from '../view.ts'
import { entityHref } from './href.ts'
import type { Html } from './html.ts'
import { data, identifier, plainDay } from './text.ts'

/** What a label means for the person who is about to pay; never told by colour alone. */
const TONE: Readonly<Record<ProfileLabel, 'danger' | 'warning' | 'plain' | 'good'>> = {
  suspicious_clone: 'danger',
  revoked: 'danger',
  warned: 'danger',
  suspended: 'warning',
  stopped: 'warning',
  over_operation: 'warning',
  unverified: 'warning',
  expired: 'warning',
  regulated: 'good',
  registered_only: 'plain',
  no_evidence: 'plain',
}
const INDEXES = ['licence', 'regulation', 'risk', 'business', 'technology'] as const

export function labelTag(view: View, label: ProfileLabel): Html {
  return html`<span class="label-tag l-${TONE[label]}">${view.code('firm.label', label)}</span>`
}

/** A score as its number out of ten; too little evidence is said in words and is no zero. */
export function scoreText(view: View, value: number | null): Html {
  return value === null
    ? html`<span class="muted">${view.t('firm.score.none')}</span>`
    : html`<span class="num score">${view.n(value)}</span><span class="muted"> / ${view.n(10)}</span>`
}

/** Label and score with every line of the sum, and the statements that each line rests on. */
export function standing(
  view: View,
  firm: { readonly id: string; readonly label: FirmLabel; readonly score: FirmScore },
): Html {
  const { label, score } = firm
  return html`<p class="standing">${labelTag(view, label.label)} <span>${view.code(
    'firm.why',
    label.rule,
  )}</span> ${proofs(view, firm.id, label.statements)}</p>
${
  label.also.length === 0
    ? null
    : html`<ul class="plain also">${label.also.map(
        (also) =>
          html`<li>${labelTag(view, also.label)} ${view.code('firm.why', also.rule)} ${proofs(
            view,
            firm.id,
            also.statements,
          )}</li>`,
      )}</ul>`
}
<p class="total">${view.t('firm.score.title')}: ${scoreText(view, score.value)} · ${view.t(
    'firm.score.evidence',
    { percent: formatPercent(view.locale, score.evidence) },
  )} · <a href="/method/firm-score.md">${view.t('firm.score.formula', {
    version: score.formula,
  })}</a></p>
${indexes(view, firm.id, score)}`
}

function indexes(view: View, id: string, score: FirmScore): Html {
  return html`<details class="fold"><summary>${view.t('firm.score.lines')}</summary>
<table class="indexes"><caption class="sr">${view.t('firm.score.lines')}</caption>
<thead><tr><th scope="col">${view.t('firm.score.index')}</th><th scope="col">${view.t(
    'firm.score.points',
  )}</th><th scope="col">${view.t('firm.score.inputs')}</th></tr></thead>
<tbody>${INDEXES.map((index) => {
    const inputs = score.inputs.filter((input) => input.index === index)
    const value = score.indexes[index]
    return html`<tr><th scope="row">${view.t(`firm.index.${index}`)}</th><td class="num">${
      value === null
        ? html`<span class="muted">${view.t('firm.score.no_input')}</span>`
        : view.n(value)
    }</td><td>${
      inputs.length === 0
        ? html`<span class="muted">–</span>`
        : html`<ul class="plain">${inputs.map((input) => inputLine(view, id, input))}</ul>`
    }</td></tr>`
  })}</tbody></table></details>`
}

function inputLine(view: View, id: string, input: ScoreInput): Html {
  const sign = input.points > 0 ? '+' : ''
  return html`<li><span class="num" dir="ltr">${sign}${view.n(input.points)}</span> ${view.code(
    'firm.why',
    input.rule,
  )} ${proofs(view, id, input.statements)}</li>`
}

/** Links to the statements that a line rests on. */
export function proofs(view: View, id: string, statements: readonly string[]): Html | null {
  if (statements.length === 0) return null
  return html`<span class="proofs">${statements
    .slice(0, 3)
    .map(
      (statement, at) =>
        html`<a href="${entityHref(view.locale, id)}#s-${statement}" aria-label="${view.t(
          'firm.proof',
          { number: at + 1 },
        )}">[${view.n(at + 1)}]</a>`,
    )}</span>`
}

/** The score over time as steps, with the table that is read aloud behind it. */
export function scoreHistory(view: View, { history, asOf }: FirmView): Html | null {
  const points = history.filter((point) => point.value !== null)
  const [start, end] = [history[0]?.day ?? '', asOf.slice(0, 10)]
  const [first, last] = [Date.parse(start), Date.parse(end)]
  // A single day has no history to draw.
  if (points.length === 0 || !(last > first)) return null
  const x = (day: string) => Math.round(((Date.parse(day) - first) / (last - first)) * 7200) / 10
  const y = (value: number) => Math.round((100 - value * 10) * 10) / 10
  const path = points
    .map((point, i) => {
      const at = `${x(point.day)} ${y(point.value ?? 0)}`
      return i === 0 ? `M${at}` : `H${x(point.day)}V${y(point.value ?? 0)}`
    })
    .join('')
  return html`<figure class="chart history"><figcaption>${view.t('firm.history')}</figcaption>
<div class="scale" dir="ltr" aria-hidden="true"><span>${view.n(10)}</span><span>${view.n(
    0,
  )}</span></div><svg viewBox="0 -2 720 104" preserveAspectRatio="none" role="img" aria-label="${view.t(
    'firm.history',
  )}"><path class="grid" d="M0 0H720M0 50H720M0 100H720"/><path class="plot" d="${path}H720"/></svg>
<p class="ends" dir="ltr"><bdi>${plainDay(view, start)}</bdi><bdi>${plainDay(view, end)}</bdi></p>
<details class="fold"><summary>${view.t('firm.history_table')}</summary><table><thead><tr><th
  scope="col">${view.t('tools.day')}</th><th scope="col">${view.t(
    'firm.score.title',
  )}</th><th scope="col">${view.t('firm.label.title')}</th></tr></thead><tbody>${[...history]
    .reverse()
    .map(
      (point) =>
        html`<tr><th scope="row">${plainDay(view, point.day)}</th><td>${scoreText(view, point.value)}</td><td>${labelTag(
          view,
          point.label,
        )}</td></tr>`,
    )}</tbody></table></details></figure>`
}

/** What is wrong with the rows, as their register wrote them, and where sources disagree. */
export function firmNotes(view: View, id: string, notes: readonly FirmNote[]): Html | null {
  if (notes.length === 0) return null
  return html`<ul class="plain notes">${notes.map(
    (note) =>
      html`<li><span>${note.text}</span>${
        note.original === null ? null : html` <q>${data(note.original)}</q>`
      } <span class="muted"><bdi>${note.dataset}</bdi></span> ${proofs(
        view,
        id,
        note.statements,
      )}</li>`,
  )}</ul>`
}

/** Which records are one firm and why; what was judged to be strangers stands beside it. */
export function joined(view: View, firm: Pick<FirmView, 'members' | 'joins'>): Html {
  const names = new Map(firm.members.map((member) => [member.id, member.caption]))
  return html`<ul class="plain members">${firm.members.map(
    (member) =>
      html`<li>${data(member.caption)} <span class="muted">${data(member.datasetTitle)}${
        member.isLive ? null : html` · ${view.t('entity.not_live')}`
      }</span></li>`,
  )}</ul>
${
  firm.joins.length === 0
    ? null
    : html`<details class="fold"><summary>${view.t('firm.joins', {
        count: firm.joins.length,
      })}</summary><ul class="plain">${firm.joins.map((join) => joinLine(view, join, names))}</ul></details>`
}`
}

function joinLine(view: View, join: JoinRow, names: ReadonlyMap<string, string>): Html {
  const name = (id: string) =>
    html`<a href="${entityHref(view.locale, id)}">${data(names.get(id) ?? id)}</a>`
  return html`<li><strong>${view.t(`firm.join.${join.kind}`)}</strong>: ${name(join.left)} · ${name(
    join.right,
  )} <span class="muted">${view.code('firm.join.reason', join.reason)}${
    join.value === null ? null : html` ${identifier(join.value)}`
  } · ${view.t('firm.join.score', {
    percent: formatPercent(view.locale, join.score),
  })} · ${data(join.author)}</span></li>`
}

export function countriesText(view: View, codes: readonly string[]): string {
  return codes.map((code) => placeName(view, code)).join(view.t('list.separator'))
}

/** `US-NY` → `United States · US-NY`: parts of countries have no names here. */
export function placeName(view: View, code: string): string {
  const country = countryName(view.locale, code.slice(0, 2))
  return code.includes('-') ? `${country} · ${code}` : country
}
