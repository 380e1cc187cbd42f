import { html } from 'hono/html'
import { href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import type { View } from '../view.ts'

/** What can be taken away from this installation: the program, the data, the interfaces. */
export function downloadPage(view: View, hasOpenApi: boolean): Page {
  return {
    title: view.t('download.title'),
    description: view.t('download.description'),
    body: html`<div class="wide narrow">
<h1>${view.t('download.title')}</h1>
<p class="lead">${view.t('download.description')}</p>
${section(view, 'run', [
  commands(['npm ci && npm start']),
  html`<p>${view.t('download.run_text')}</p>`,
  html`<p>${view.t('download.source_note')}</p>`,
])}
${section(view, 'offline', [
  commands(['custos start --offline', 'custos sync --mirror DIR']),
  html`<p>${view.t('download.offline_text')}</p>`,
])}
${section(view, 'data', [
  commands(['custos export --format csv', 'custos export --format jsonl --dataset NAME']),
  html`<p>${view.t('download.data_text')}</p>`,
])}
${section(view, 'verify', [
  commands(['custos log verify', 'custos log checkpoint']),
  html`<p>${view.t('download.verify_text')}</p><ul class="ways"><li><a
  href="/v1/checkpoint">${view.t('download.checkpoint')}</a></li></ul>`,
])}
${section(view, 'api', [
  html`<p>${view.t('download.api_text')}</p><ul class="ways">${
    hasOpenApi ? html`<li><a href="/openapi.json">OpenAPI 3.1</a></li>` : null
  }<li><a href="${href(view.locale, '/api')}">${view.t('nav.api')}</a></li></ul>`,
])}
</div>`,
  }
}

function section(
  view: View,
  id: 'run' | 'offline' | 'data' | 'verify' | 'api',
  body: readonly Hole[],
): Html {
  return html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${view.t(
    `download.${id}`,
  )}</h2>${body}</section>`
}

function commands(lines: readonly string[]): Html {
  return html`<pre class="command" dir="ltr" tabindex="0"><code>${lines.join('\n')}</code></pre>`
}
