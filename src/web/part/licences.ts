import { html } from 'hono/html'
import { countryName } from '../../i18n/format.ts'
import type { Licence } from '../../model/verdict.ts'
import type { View } from '../view.ts'
import { isServiceLetter } from './codes.ts'
import { rowHref } from './href.ts'
import type { Hole, Html } from './html.ts'
import { type Column, table } from './table.ts'
import { data, day, facts, identifier } from './text.ts'

/** Countries named in one row of the matrix before the rest is folded. */
const COUNTRIES_SHOWN = 6
/** Statuses under which a licence covers what it names. */
const IN_FORCE: ReadonlySet<Licence['status']> = new Set(['authorised', 'registered'])

interface Pattern {
  readonly countries: readonly string[]
  /** Service → licence that covers it there; the first in force wins. */
  readonly cover: ReadonlyMap<string, Licence>
}

/** The licences of a firm: where it may offer what, and each entry of a register behind it. */
export function licences(
  view: View,
  entity: string | null,
  all: readonly Licence[],
  more: { readonly withMatrix: boolean } = { withMatrix: true },
): Html {
  if (all.length === 0) return html`<p class="empty">${view.t('licences.none')}</p>`
  return html`${more.withMatrix ? matrix(view, all) : null}
${
  all.length > CARDS_MAX
    ? many(view, entity, all)
    : html`<ul class="licences">${all.map((licence) => entry(view, entity, licence))}</ul>`
}`
}

/** Few licences are cards with every word; many are a table that can be ordered and searched. */
const CARDS_MAX = 6
const ROWS_SHOWN = 25

function many(view: View, entity: string | null, all: readonly Licence[]): Html {
  return table(view, {
    id: 'licences',
    label: view.t('licences.title'),
    className: 'stacked',
    rows: all,
    rowsMax: ROWS_SHOWN,
    columns: columns(view, entity),
    text: (licence) =>
      [
        licence.regulator,
        licence.holder,
        licence.number,
        wordsOf(view, licence),
        placeOf(view, licence),
      ].join(' '),
  })
}

function wordsOf(view: View, { kind, status }: Licence): string {
  return `${view.t(`licence.kind.${kind}`)} · ${view.t(`licence.status.${status}`)}`
}

function placeOf(view: View, { country }: Licence): string {
  return country === null ? '' : countryName(view.locale, country)
}

function columns(view: View, entity: string | null): readonly Column<Licence>[] {
  return [
    {
      id: 'authority',
      label: view.t('regulators.authority'),
      cell: (licence) =>
        html`${data(licence.regulator)} <span class="muted">${placeOf(view, licence)}</span>`,
      rank: ({ regulator }) => regulator,
      isHead: true,
    },
    {
      id: 'licence',
      label: view.t('licences.title'),
      cell: (licence) => {
        const [statement] = licence.statements
        const words = wordsOf(view, licence)
        if (entity === null || statement === undefined) return words
        return html`<a href="${rowHref(view.locale, entity, statement)}">${words}</a>`
      },
      rank: (licence) => wordsOf(view, licence),
    },
    {
      id: 'number',
      label: view.t('licences.number'),
      cell: ({ number }) => (number === null ? '–' : identifier(number)),
      rank: ({ number }) => number,
    },
    {
      id: 'services',
      label: view.t('licences.services'),
      cell: ({ services }) =>
        services.map((service) => serviceName(view, service)).join(view.t('list.separator')),
    },
    {
      id: 'countries',
      label: view.t('licences.countries'),
      cell: ({ countries }) => countryNames(view, countries),
      rank: ({ countries }) => countries.length,
      isGreatestFirst: true,
    },
    {
      id: 'from',
      label: view.t('licences.from'),
      cell: ({ from, to }) =>
        html`${from === null ? '–' : day(view, from)}${to === null ? null : html` – ${day(view, to)}`}`,
      rank: ({ from }) => from,
      isGreatestFirst: true,
    },
  ]
}

/** Countries with the same cover share one row: a passported firm fits on a telephone. */
function matrix(view: View, all: readonly Licence[]): Html | null {
  const granting = all.filter(
    (licence) =>
      licence.kind !== 'warning' && licence.kind !== 'ban' && licence.services.length > 0,
  )
  const services = [...new Set(granting.flatMap((licence) => licence.services))].sort()
  const patterns = patternsOf(granting)
  if (services.length === 0 || patterns.length === 0) return null
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'licences.matrix',
  )}"><table class="matrix"><caption>${view.t('licences.matrix')}</caption>
<thead><tr><th scope="col">${view.t('licences.country')}</th>${services.map(
    (service) => html`<th scope="col">${serviceName(view, service)}</th>`,
  )}</tr></thead>
<tbody>${patterns.map(
    (pattern) =>
      html`<tr><th scope="row">${countryNames(view, pattern.countries)}</th>${services.map(
        (service) => cell(view, pattern.cover.get(service)),
      )}</tr>`,
  )}</tbody></table></div>`
}

function patternsOf(granting: readonly Licence[]): readonly Pattern[] {
  const byCountry = new Map<string, Map<string, Licence>>()
  for (const licence of granting) {
    const home = licence.country === null ? [] : [licence.country]
    for (const country of new Set([...home, ...licence.countries])) {
      const cover = byCountry.get(country) ?? new Map<string, Licence>()
      for (const service of licence.services) {
        const known = cover.get(service)
        if (known === undefined || !IN_FORCE.has(known.status)) cover.set(service, licence)
      }
      byCountry.set(country, cover)
    }
  }
  const groups = new Map<string, { countries: string[]; cover: Map<string, Licence> }>()
  for (const [country, cover] of [...byCountry].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const key = [...cover]
      .map(([service, licence]) => `${service}=${licence.status}`)
      .sort()
      .join(' ')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { countries: [country], cover })
    else group.countries.push(country)
  }
  return [...groups.values()]
}

function countryNames(view: View, codes: readonly string[]): Html {
  const names = codes.map((code) => countryName(view.locale, code))
  const first = names.slice(0, COUNTRIES_SHOWN).join(view.t('list.separator'))
  if (names.length <= COUNTRIES_SHOWN) return html`${first}`
  const rest = names.slice(COUNTRIES_SHOWN)
  return html`${first}<details class="fold"><summary>${view.t('licences.more_countries', {
    count: rest.length,
  })}</summary>${rest.join(view.t('list.separator'))}</details>`
}

function cell(view: View, licence: Licence | undefined): Html {
  if (licence === undefined) {
    return html`<td class="no"><span aria-hidden="true">–</span><span class="sr">${view.t(
      'licences.not_covered',
    )}</span></td>`
  }
  const word = view.t(`licence.status.${licence.status}`)
  return IN_FORCE.has(licence.status)
    ? html`<td class="yes"><span aria-hidden="true">●</span><span class="sr">${word}</span></td>`
    : html`<td class="past">${word}</td>`
}

function serviceName(view: View, service: string): string {
  return isServiceLetter(service) ? view.t(`service.${service}`) : service
}

function entry(view: View, entity: string | null, licence: Licence): Html {
  const statement = licence.statements[0]
  return html`<li class="licence">
<p class="eyebrow"><span class="kind">${view.t(`licence.kind.${licence.kind}`)}</span><span
  class="tag status-${licence.status}">${view.t(`licence.status.${licence.status}`)}</span></p>
<p class="words">${data(licence.regulator)}${
    licence.country === null ? null : html` · ${countryName(view.locale, licence.country)}`
  }</p>
${facts(entryFacts(view, licence))}
${
  entity === null || statement === undefined
    ? null
    : html`<ul class="ways"><li><a href="${rowHref(view.locale, entity, statement)}">${view.t(
        'why.row',
      )}</a></li></ul>`
}</li>`
}

function entryFacts(view: View, licence: Licence): readonly (readonly [Hole, Hole] | null)[] {
  return [
    [view.t('licences.word'), html`<q>${data(licence.regulatorWord)}</q>`],
    [view.t('licences.holder'), data(licence.holder)],
    licence.number === null ? null : [view.t('licences.number'), identifier(licence.number)],
    licence.lei === null ? null : [view.t('licences.lei'), identifier(licence.lei)],
    licence.services.length === 0
      ? null
      : [
          view.t('licences.services'),
          licence.services
            .map((service) => serviceName(view, service))
            .join(view.t('list.separator')),
        ],
    licence.countries.length === 0
      ? null
      : [view.t('licences.countries'), countryNames(view, licence.countries)],
    licence.from === null ? null : [view.t('licences.from'), day(view, licence.from)],
    licence.to === null ? null : [view.t('licences.to'), day(view, licence.to)],
  ]
}
