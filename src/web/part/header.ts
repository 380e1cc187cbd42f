import { html } from 'hono/html'
import type { MessageKey } from '../../i18n/catalogue.ts'
import { LOCALES, type Locale, localeFacts } from '../../i18n/locales.ts'
import type { View } from '../view.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'
import { icon } from './icon.ts'
import { brandMark } from './mark.ts'

const PLATFORM_LINE = 'Global blockchain supervision and query platform'
type Entry = readonly [string, MessageKey]

/** What a reader comes for, in the order of a visit: the question, the firms, the news, the proof. */
const ENTRIES: readonly Entry[] = [
  ['/', 'nav.check'],
  ['/search', 'nav.search'],
  ['/regulators', 'regulators.title'],
  ['/rankings', 'rankings.title'],
  ['/news', 'news.title'],
  ['/alerts', 'alerts.title'],
  ['/tools/rates', 'nav.tools'],
  ['/sources', 'nav.sources'],
  ['/changes', 'nav.changes'],
  ['/method', 'nav.method'],
]
/** What stands at the foot of every page, and in the menu of a telephone. */
const MORE: readonly Entry[] = [
  ['/batch', 'nav.batch'],
  ['/compare', 'compare.title'],
  ['/download', 'nav.download'],
  ['/api', 'nav.api'],
  ['/design', 'nav.design'],
]

/** The same pages in the menu and at the foot, as far as this installation has them. */
export function furtherPages(view: View): readonly Entry[] {
  return MORE.filter(([path]) => exists(view, path))
}

function exists(view: View, path: string): boolean {
  if (path === '/news') return view.hasNews
  if (path === '/alerts') return view.hasChains
  if (path.startsWith('/tools/')) return view.hasTools
  return view.hasRegistry || !/^\/(?:regulators|rankings|compare)$/.test(path)
}

/**
 * The head of every page. Its menu is one list: where there is room it stands as a row, on a
 * telephone it is a sheet that the browser itself opens and closes (a popover: no script, closed
 * by Escape or by a touch beside it). A browser without popovers shows the list as it is.
 */
export function header(view: View, { hasAids }: { readonly hasAids: boolean }): Html {
  const line = view.t('layout.platform')
  return html`<header class="top"><div class="wide">
<a class="name" href="${href(view.locale, '/')}">${brandMark()}<span>Custos</span></a>
<p class="platform"${line === PLATFORM_LINE ? null : html` title="${PLATFORM_LINE}"`}>${line}</p>
<div class="tools">
${hasAids ? finder(view) : null}
${languages(view)}
<a class="button quiet get" href="${href(view.locale, '/download')}">${icon('download')}<span>${view.t(
    'nav.download',
  )}</span></a>
<button class="plain-button opener" type="button" popovertarget="menu">${icon(
    'menu',
  )}<span class="sr">${view.t('layout.menu')}</span></button>
</div>
<nav id="menu" popover aria-label="${view.t('layout.nav')}">
<button class="plain-button closer" type="button" popovertarget="menu"
  popovertargetaction="hide">${icon('close')}<span class="sr">${view.t('layout.close')}</span></button>
<ul>${ENTRIES.filter(([path]) => exists(view, path)).map((entry) => link(view, entry))}</ul>
<ul class="further">${furtherPages(view).map((entry) => link(view, entry))}</ul>
</nav>
</div></header>`
}

/** Opens the palette: the style sheet shows it only where scripts run. */
function finder(view: View): Html {
  return html`<button class="plain-button finder" type="button" data-aid="palette"
  aria-keyshortcuts="/">${icon('search')}<span class="sr">${view.t('aid.find')}</span><kbd
  aria-hidden="true">/</kbd></button>`
}

function languages(view: View): Html {
  const { name } = localeFacts(view.locale)
  return html`<details class="languages"><summary>${icon('language')}<span
  class="sr">${view.t('layout.language')} </span><span class="long">${name}</span></summary>
<ul>${LOCALES.map((locale) => languageLink(view, locale))}</ul></details>`
}

function languageLink(view: View, locale: Locale): Html {
  const facts = localeFacts(locale)
  return html`<li><a href="/${locale}${view.path}${view.search}" lang="${locale}"
    dir="${facts.dir}" hreflang="${locale}"${
      locale === view.locale ? html` aria-current="true"` : null
    }>${facts.name}</a></li>`
}

function link(view: View, [path, key]: Entry): Html {
  return html`<li><a href="${href(view.locale, path)}"${
    isHere(view.path, path) ? html` aria-current="page"` : null
  }>${view.t(key)}</a></li>`
}

/** A page below another one keeps its entry marked. */
function isHere(asked: string, path: string): boolean {
  if (path === '/') return asked === '/' || asked === '/check'
  if (path.startsWith('/tools/')) return asked.startsWith('/tools/')
  return asked === path || asked.startsWith(`${path}/`)
}
