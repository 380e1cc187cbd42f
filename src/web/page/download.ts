import { html } from 'hono/html'
import { formatBytes, formatDay } from '../../i18n/format.ts'
import type {
  DataFormat,
  DownloadBundle,
  DownloadData,
  DownloadFile,
  DownloadManifest,
} from '../../model/downloads.ts'
import { href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { cutIdentifier, data, facts, moment, outside } from '../part/text.ts'
import type { View } from '../view.ts'

export interface DownloadPageData {
  readonly hasOpenApi: boolean
  readonly manifest: DownloadManifest | undefined
  readonly isMaking: boolean
}

const FORMATS: readonly (readonly [DataFormat, string])[] = [
  ['csv', 'CSV'],
  ['jsonl', 'JSON Lines'],
  ['parquet', 'Parquet'],
]

/** What can be taken away from this installation: the app, the lists, the program, the interfaces. */
export function downloadPage(view: View, page: DownloadPageData): Page {
  const { manifest } = page
  return {
    title: view.t('download.title'),
    description: view.t('download.description'),
    isReading: true,
    body: html`<div class="wide">
<h1>${view.t('download.title')}</h1>
<p class="lead">${view.t('download.description')}</p>
<div class="download-grid">
${section(view, 'app', [app(view)])}
${section(view, 'tool', [
  commands(['npm ci && npm start', 'npx custos check ADDRESS']),
  html`<p>${view.t('download.run_text')}</p><p>${view.t('download.source_note')}</p>`,
])}
</div>
${section(view, 'bundle', [
  html`<p>${view.t('download.bundle_text')}</p>`,
  manifest?.bundle ? bundle(view, manifest.bundle) : none(view, page),
])}
${section(view, 'data', [
  html`<p>${view.t('download.files')}</p>`,
  manifest === undefined || manifest.data.length === 0
    ? none(view, page)
    : lists(view, manifest, page.isMaking),
])}
${manifest === undefined ? null : withheld(view, manifest)}
${manifest === undefined ? null : section(view, 'check_files', [checkFiles(view, manifest)])}
<div class="download-grid">
${section(view, 'offline', [
  commands(['custos start --offline', 'custos sync --mirror DIR']),
  html`<p>${view.t('download.offline_text')}</p>`,
])}
${section(view, 'verify', [
  commands(['custos log verify', 'custos log checkpoint']),
  html`<p>${view.t('download.verify_text')}</p><ul class="ways"><li><a
  href="/v1/checkpoint">${view.t('download.checkpoint')}</a></li></ul>`,
])}
${section(view, 'api', [
  html`<p>${view.t('download.api_text')}</p><ul class="ways">${
    page.hasOpenApi ? html`<li><a href="/openapi.json">OpenAPI 3.1</a></li>` : null
  }<li><a href="${href(view.locale, '/api')}">${view.t('nav.api')}</a></li></ul>`,
])}
</div>
</div>`,
  }
}

type SectionId =
  | 'app'
  | 'tool'
  | 'bundle'
  | 'data'
  | 'withheld'
  | 'check_files'
  | 'offline'
  | 'verify'
  | 'api'

function section(view: View, id: SectionId, body: readonly Hole[]): Html {
  return html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${view.t(
    `download.${id}`,
  )}</h2>${body}</section>`
}

function commands(lines: readonly string[]): Html {
  return html`<pre class="command" dir="ltr" tabindex="0"><code>${lines.join('\n')}</code></pre>`
}

function app(view: View): Html {
  return html`<p>${view.t('download.app_text')}</p>
<ol class="steps"><li>${view.t('download.app_step_open')}</li><li>${view.t(
    'download.app_step_phone',
  )}</li><li>${view.t('download.app_step_computer')}</li></ol>
<p><a class="button" href="${href(view.locale, '/offline')}">${view.t('download.app_open')}</a></p>`
}

function none(view: View, { isMaking }: DownloadPageData): Html {
  if (isMaking) return html`<p class="empty">${view.t('download.making')}</p>`
  return html`<p class="empty">${view.t('download.files_none')}</p>${commands([
    'custos export downloads',
  ])}`
}

function bundle(view: View, file: DownloadBundle): Html {
  const { addresses, sites } = file
  const counts = { addresses: view.n(addresses), sites: view.n(sites) }
  const lists = file.lists.map(
    ({ title, licence }) => html`<li>${data(title)} · <span
  class="muted">${outside(licence.url, data(licence.name))}</span></li>`,
  )
  return html`${facts([
    [view.t('download.file'), fileLink(file)],
    [view.t('download.size'), sizes(view, file)],
    [view.t('download.holds'), view.t('download.holds_count', counts)],
    [view.t('download.made'), moment(view, file.at)],
    [view.t('download.replace_by'), formatDay(view.locale, file.expires.slice(0, 10))],
    ['SHA-256', html`<bdi class="id" dir="ltr">${file.sha256}</bdi>`],
  ])}
<details class="fold"><summary>${view.t('offline.lists')}</summary><ul
  class="plain columns">${lists}</ul></details>`
}

/** Transferred, and what it becomes. */
function sizes(view: View, { bytes, gzip }: DownloadBundle): Html {
  return html`<span class="num">${formatBytes(view.locale, gzip.bytes)}</span> <span
  class="muted">gzip · <span class="num">${formatBytes(view.locale, bytes)}</span></span>`
}

function fileLink({ name }: DownloadFile): Html {
  return html`<a class="file" dir="ltr" href="/download/${name}" download>${name}</a>`
}

function lists(view: View, { data: all, at }: DownloadManifest, isMaking: boolean): Html {
  return html`<p class="muted">${view.t('download.made')} ${moment(view, at)}${
    isMaking ? html` · ${view.t('download.making')}` : null
  }</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="data"><table
  class="stacked exports"><thead><tr><th scope="col">${view.t(
    'download.list',
  )}</th><th scope="col">${view.t('why.version')}</th><th scope="col">${view.t(
    'sources.licence',
  )}</th><th scope="col">${view.t('download.file')}</th></tr></thead><tbody>${byKind(all).map(
    (one) => listRow(view, one),
  )}</tbody></table></div>`
}

/** In the order in which lists weigh in a verdict; others follow as they come. */
const KINDS = ['sanctions', 'register', 'warnings', 'phishing', 'incidents', 'labels', 'actors']

function byKind(all: readonly DownloadData[]): readonly DownloadData[] {
  const rank = ({ kind }: DownloadData) =>
    KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length
  return [...all].sort((a, b) => rank(a) - rank(b))
}

function listRow(view: View, one: DownloadData): Html {
  const { licence, publishedAt, version } = one
  const day = publishedAt?.slice(0, 10)
  return html`<tr><th scope="row">${data(one.title)}<span class="muted">${view.t(
    'sources.count_statements',
    { count: one.statements },
  )}</span></th><td>${
    day === undefined
      ? data(version)
      : html`<time datetime="${day}">${formatDay(view.locale, day, 'short')}</time>`
  }</td><td>${outside(licence.url, data(licence.name))}</td><td><ul
  class="formats">${FORMATS.map(([format, name]) => {
    const file = one.files[format]
    return html`<li><a href="/download/${file.name}" download>${name}</a> <span
  class="num muted">${formatBytes(view.locale, file.bytes)}</span></li>`
  })}</ul><details class="fold"><summary>SHA-256</summary>${facts(
    FORMATS.map(([format, name]) => [name, cutIdentifier(one.files[format].sha256)] as const),
  )}</details></td></tr>`
}

function withheld(view: View, { withheld: all }: DownloadManifest): Html | null {
  if (all.length === 0) return null
  return section(view, 'withheld', [
    html`<p>${view.t('download.withheld_text')}</p><ul class="plain columns">${all.map(
      ({ title, licence }) =>
        html`<li>${data(title)} · <span class="muted">${data(licence)}</span></li>`,
    )}</ul>`,
  ])
}

function checkFiles(view: View, { proofs }: DownloadManifest): Html {
  return html`<p>${view.t('download.check_text')}</p>${commands([
    'openssl pkeyutl -verify -rawin -pubin -inkey instance.pem -in SHA256SUMS -sigfile SHA256SUMS.sig',
    'sha256sum --ignore-missing -c SHA256SUMS',
  ])}<ul class="ways">${proofs.map(
    (file) =>
      html`<li>${fileLink(file)} <span class="num muted">${formatBytes(
        view.locale,
        file.bytes,
      )}</span></li>`,
  )}</ul>`
}
