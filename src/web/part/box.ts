import { html } from 'hono/html'
import { collator, countryName } from '../../i18n/format.ts'
import { isDay } from '../../model/time.ts'
import type { View } from '../view.ts'
import { COUNTRY_CODES, SERVICE_LETTERS } from './codes.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'

export interface BoxValues {
  readonly q: string
  readonly asOf?: string | undefined
  readonly knownAt?: string | undefined
  readonly country?: string | undefined
  readonly service?: string | undefined
}

/** The one box. With `withTimes` it offers the two times and the asker's country behind a fold. */
export function queryBox(
  view: View,
  values: BoxValues,
  options: { readonly isLarge?: boolean; readonly withTimes?: boolean } = {},
): Html {
  return html`<form class="box${options.isLarge === true ? ' large' : ''}" role="search"
  action="${href(view.locale, '/check')}" method="get">
<label for="q">${view.t('box.label')}</label>
<div class="line"><input id="q" name="q" type="text" value="${values.q}" maxlength="2048" required
  dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false"
  enterkeyhint="search"><button class="button" type="submit">${view.t('box.submit')}</button></div>
${options.withTimes === true ? times(view, values) : null}
</form>`
}

/** A search for names, which shows every match and not one answer. */
export function searchBox(view: View, q: string): Html {
  return html`<form class="box" role="search" action="${href(view.locale, '/search')}" method="get">
<label for="q">${view.t('search.label')}</label>
<div class="line"><input id="q" name="q" type="search" value="${q}" maxlength="2048" required
  dir="auto" autocomplete="off" spellcheck="false"><button class="button"
  type="submit">${view.t('search.submit')}</button></div>
</form>`
}

function times(view: View, values: BoxValues): Html {
  const isSet = [values.asOf, values.knownAt, values.country, values.service].some(
    (value) => value !== undefined,
  )
  return html`<details class="more"${isSet ? html` open` : null}>
<summary>${view.t('box.more')}</summary>
<div class="fields">
${timeField(view, 'asOf', values.asOf)}
${timeField(view, 'knownAt', values.knownAt)}
<div class="field"><label for="country">${view.t('box.country')}</label>
<select id="country" name="country" aria-describedby="country-hint"><option value="">${view.t(
    'box.any_country',
  )}</option>${countries(view).map(
    ([code, name]) =>
      html`<option value="${code}"${selected(code === values.country)}>${name}</option>`,
  )}</select><p class="hint" id="country-hint">${view.t('box.country_hint')}</p></div>
<div class="field"><label for="service">${view.t('box.service')}</label>
<select id="service" name="service" aria-describedby="service-hint"><option value="">${view.t(
    'box.any_service',
  )}</option>${SERVICE_LETTERS.map(
    (letter) =>
      html`<option value="${letter}"${selected(letter === values.service)}>${letter} · ${view.t(
        `service.${letter}`,
      )}</option>`,
  )}</select><p class="hint" id="service-hint">${view.t('box.service_hint')}</p></div>
</div></details>`
}

function selected(isSelected: boolean): Html | null {
  return isSelected ? html` selected` : null
}

function timeField(view: View, name: 'asOf' | 'knownAt', value: string | undefined): Html {
  // A permalink carries a moment, which a calendar field could not hold without losing the hour.
  const type = value === undefined || isDay(value) ? 'date' : 'text'
  return html`<div class="field"><label for="${name}">${view.t(`box.${name}`)}</label>
<input id="${name}" name="${name}" type="${type}" value="${value ?? ''}" maxlength="40"
  aria-describedby="${name}-hint"><p class="hint" id="${name}-hint">${view.t(
    `box.${name}_hint`,
  )}</p></div>`
}

const countryLists = new Map<string, readonly (readonly [string, string])[]>()

function countries(view: View): readonly (readonly [string, string])[] {
  const known = countryLists.get(view.locale)
  if (known !== undefined) return known
  const list = COUNTRY_CODES.map((code) => [code, countryName(view.locale, code)] as const).sort(
    (a, b) => collator(view.locale).compare(a[1], b[1]),
  )
  countryLists.set(view.locale, list)
  return list
}
