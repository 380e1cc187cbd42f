import { html } from 'hono/html'
import { formatAge, formatRelative } from '../../i18n/format.ts'
import { LOCALES, type Locale, localeFacts } from '../../i18n/locales.ts'
import type { Stats } from '../../query/types.ts'
import { type IslandName, islandPath } from '../asset/islands.ts'
import { STYLE_PATH } from '../asset/manifest.ts'
import type { View } from '../view.ts'
import { href } from './href.ts'
import type { Hole, Html } from './html.ts'
import { brandMark } from './mark.ts'
import { cutIdentifier } from './text.ts'

/** What a page hands to the frame around it. */
export interface Page {
  /** The subject has moved: a path of this installation that the browser is sent to. */
  readonly movedTo?: string | undefined
  readonly title: string
  readonly description: string
  readonly body: Html
  /** Default 200. */
  readonly status?: 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 501 | 503
  /** Answers to a reader's own question are not for search engines. */
  readonly isPrivate?: boolean
  /** Scripts that add to the page; it must read and work without them. */
  readonly islands?: readonly IslandName[]
  /** The address that this page should be known by, without its locale; default the asked one. */
  readonly canonical?: string
}

const PLATFORM_LINE = 'Global blockchain supervision and query platform'
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E" +
  "%3Crect width='32' height='32' rx='7' fill='%231d4f86'/%3E%3Cpath fill='%23fff' " +
  "d='M16 7a5.4 5.4 0 0 0-2.7 10.1L12 25h8l-1.3-7.9A5.4 5.4 0 0 0 16 7Z'/%3E%3C/svg%3E"

/** The whole document: head, header, the page itself, footer. */
export function layout(view: View, page: Page): Html {
  return html`<!doctype html>
<html lang="${view.locale}" dir="${view.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${view.t('page.title', { title: page.title })}</title>
<meta name="description" content="${page.description}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#10161d" media="(prefers-color-scheme: dark)">
${page.isPrivate === true ? html`<meta name="robots" content="noindex">` : null}
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${STYLE_PATH}">
${alternates(view, page)}
${(page.islands ?? []).map(
  (name) => html`<script type="module" src="${islandPath(name)}"></script>`,
)}
</head>
<body>
<a class="skip" href="#main">${view.t('layout.skip')}</a>
${view.isDemo ? html`<p class="demo" role="note">${view.t('demo.banner')}</p>` : null}
${header(view)}
<main id="main" tabindex="-1">
${page.body}
</main>
${footer(view)}
</body>
</html>`
}

function alternates(view: View, page: Page): Html {
  const canonical = page.canonical ?? view.path + view.search
  return html`<link rel="canonical" href="${view.baseUrl}/${view.locale}${canonical}">${LOCALES.map(
    (locale) => html`
<link rel="alternate" hreflang="${locale}" href="${view.baseUrl}/${locale}${canonical}">`,
  )}
<link rel="alternate" hreflang="x-default" href="${view.baseUrl}/en${canonical}">`
}

function header(view: View): Html {
  const line = view.t('layout.platform')
  return html`<header class="top"><div class="wide">
<a class="name" href="${href(view.locale, '/')}">${brandMark()}<span>Custos</span></a>
<p class="platform"${line === PLATFORM_LINE ? null : html` title="${PLATFORM_LINE}"`}>${line}</p>
<div class="tools">
<details class="languages"><summary><span class="sr">${view.t('layout.language')} </span><span
  >${localeFacts(view.locale).name}</span></summary>
<ul>${LOCALES.map((locale) => languageLink(view, locale))}</ul></details>
<a class="button quiet" href="${href(view.locale, '/download')}">${view.t('nav.download')}</a>
</div>
<nav aria-label="${view.t('layout.nav')}"><ul>${(
    [
      ['/', 'nav.check'],
      ['/search', 'nav.search'],
      ['/sources', 'nav.sources'],
      ['/changes', 'nav.changes'],
      ['/regulators', 'regulators.title'],
      ['/rankings', 'rankings.title'],
      ['/news', 'news.title'],
      ['/alerts', 'alerts.title'],
      ['/tools/rates', 'nav.tools'],
      ['/method', 'nav.method'],
    ] as const
  )
    .filter(([path]) => view.hasNews || path !== '/news')
    .filter(([path]) => view.hasRegistry || !/^\/(?:regulators|rankings)$/.test(path))
    .filter(([path]) => view.hasTools || !path.startsWith('/tools/'))
    .filter(([path]) => view.hasChains || path !== '/alerts')
    .map(([path, key]) => navLink(view, path, view.t(key)))}</ul></nav>
</div></header>`
}

function navLink(view: View, path: string, label: string): Html {
  const isHere =
    view.path === path ||
    (path === '/' && view.path === '/check') ||
    (path.startsWith('/tools/') && view.path.startsWith('/tools/'))
  return html`<li><a href="${href(view.locale, path)}"${
    isHere ? html` aria-current="page"` : null
  }>${label}</a></li>`
}

function languageLink(view: View, locale: Locale): Html {
  const facts = localeFacts(locale)
  return html`<li><a href="/${locale}${view.path}${view.search}" lang="${locale}"
    dir="${facts.dir}" hreflang="${locale}"${
      locale === view.locale ? html` aria-current="true"` : null
    }>${facts.name}</a></li>`
}

function footer(view: View): Html {
  const { stats } = view
  return html`<footer class="bottom"><div class="wide">
<dl class="plate">
${plate(view.t('footer.version'), html`<bdi class="num">${view.version}</bdi>`)}
${stats === undefined ? null : installation(view, stats)}
</dl>
<ul class="links">${(
    [
      ['/batch', 'nav.batch'],
      ['/sources', 'nav.sources'],
      ['/method', 'nav.method'],
      ['/api', 'nav.api'],
      ['/download', 'nav.download'],
      ['/design', 'nav.design'],
    ] as const
  ).map(
    ([path, key]) => html`<li><a href="${href(view.locale, path)}">${view.t(key)}</a></li>`,
  )}</ul>
<p class="promise">${view.t('layout.promise')}</p>
</div></footer>`
}

function plate(term: string, value: Hole): Html {
  return html`<div><dt>${term}</dt><dd>${value}</dd></div>`
}

function installation(view: View, stats: Stats): Html {
  const { checkpoint, newest, oldestAgeSeconds } = stats
  return html`${plate(view.t('footer.ruleset'), html`<bdi class="num">${stats.ruleset}</bdi>`)}
${plate(
  view.t('footer.checkpoint'),
  checkpoint === null
    ? view.t('footer.checkpoint_none')
    : html`<a href="/v1/checkpoint">${cutIdentifier(checkpoint.root)}</a> <span
  class="num">${view.t('footer.checkpoint_size', { size: view.n(checkpoint.size) })}</span>`,
)}
${plate(
  view.t('footer.lists'),
  newest === null || oldestAgeSeconds === null
    ? view.t('footer.lists_none')
    : view.t('footer.lists_age', {
        newest: formatRelative(view.locale, newest.at, view.nowMs),
        oldest: formatAge(view.locale, oldestAgeSeconds),
      }),
)}`
}
