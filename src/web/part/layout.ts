import { html } from 'hono/html'
import { LOCALES } from '../../i18n/locales.ts'
import { type IslandName, islandPath } from '../asset/islands.ts'
import { STYLE_PATH } from '../asset/manifest.ts'
import type { View } from '../view.ts'
import { enhancement } from './enhancement.ts'
import { footer } from './footer.ts'
import { header } from './header.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'
import { type Picture, sharing } from './share.ts'

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
  /** True for a page without the aids: one that is only read, and one that asks no server. */
  readonly isReading?: boolean
  /** Scripts that add to the page; it must read and work without them. */
  readonly islands?: readonly IslandName[]
  /** What a messenger shows beside a link to this page; default the name of the installation. */
  readonly picture?: Picture
  /** The address that this page should be known by, without its locale; default the asked one. */
  readonly canonical?: string
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E" +
  "%3Crect width='32' height='32' rx='7' fill='%231d4f86'/%3E%3Cpath fill='%23fff' " +
  "d='M16 7a5.4 5.4 0 0 0-2.7 10.1L12 25h8l-1.3-7.9A5.4 5.4 0 0 0 16 7Z'/%3E%3C/svg%3E"

/** Every page that takes a question or shows identifiers has the aids; a reading page has not. */
export function islandsOf(page: Page): readonly IslandName[] {
  return [...(page.isReading === true ? [] : ['aids' as const]), ...(page.islands ?? [])]
}

/** The whole document: head, header, the page itself, footer. */
export function layout(view: View, page: Page): Html {
  const hasAids = page.isReading !== true
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
<link rel="apple-touch-icon" href="/icon/180.png">
<link rel="manifest" href="${href(view.locale, '/app.webmanifest')}">
<link rel="stylesheet" href="${STYLE_PATH}">
${alternates(view, page)}
${sharing(view, page)}
${islandsOf(page).map((name) => html`<script type="module" src="${islandPath(name)}"></script>`)}
</head>
<body${hasAids ? html` class="aided"` : null}>
<a class="skip" href="#main">${view.t('layout.skip')}</a>
${view.isDemo ? html`<p class="demo" role="note">${view.t('demo.banner')}</p>` : null}
${header(view, { hasAids })}
<main id="main" tabindex="-1">
${page.body}
</main>
${footer(view)}
${hasAids ? enhancement(view) : null}
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
