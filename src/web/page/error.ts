import { html } from 'hono/html'
import type { AppError } from '../../base/error.ts'
import { hasKey } from '../../i18n/catalogue.ts'
import { queryBox } from '../part/box.ts'
import { href } from '../part/href.ts'
import type { Page } from '../part/layout.ts'
import type { View } from '../view.ts'

type Status = NonNullable<Page['status']>

const STATUSES: readonly Status[] = [400, 403, 404, 409, 413, 422, 429, 500, 501, 503]

/** A page for what went wrong: what happened, what it means, and the box to go on. */
export function errorPage(view: View, error: AppError, q: string): Page {
  const status = STATUSES.find((known) => known === error.status) ?? 500
  const group =
    status === 404 ? 'missing' : status === 403 ? 'refused' : status < 500 ? 'query' : 'fault'
  const detail = `error.${error.code}`
  return {
    status,
    isPrivate: true,
    title: view.t(`error_page.${group}.title`),
    description: view.t(`error_page.${group}.text`),
    isReading: true,
    body: html`<div class="wide narrow error">
<p class="eyebrow num">${status}</p>
<h1>${view.t(`error_page.${group}.title`)}</h1>
<p class="lead">${
      hasKey(detail) ? view.t(detail, publicParams(error)) : view.t(`error_page.${group}.text`)
    }</p>
${queryBox(view, { q })}
<ul class="ways"><li><a href="${href(view.locale, '/')}">${view.t(
      'error_page.home',
    )}</a></li><li><a href="${href(view.locale, '/sources')}">${view.t('nav.sources')}</a></li></ul>
<p class="hint">${view.t('error_page.code')} <code dir="ltr">${error.code}</code></p>
</div>`,
  }
}

function publicParams(error: AppError): Record<string, string | number> {
  const params: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(error.params)) {
    if (typeof value === 'string' || typeof value === 'number') params[name] = value
  }
  return params
}
