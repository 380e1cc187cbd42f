import { html } from 'hono/html'
import { CARD_HEIGHT, CARD_WIDTH } from '../picture/card.ts'
import type { View } from '../view.ts'
import { href, queryOf } from './href.ts'
import type { Html } from './html.ts'
import type { Page } from './layout.ts'
import { identifier } from './text.ts'

/** What a page's picture shows, and the same in words for those who do not see it. */
export interface Picture {
  /** Path and query on this installation: `/picture/check.png?q=x`. */
  readonly path: string
  readonly alt: string
}

/** The picture of a page that has none of its own. */
const PLAIN: Picture = { path: '/picture/custos.png', alt: 'Custos' }

/**
 * What a messenger shows of a link (the Open Graph protocol, and the card of X). The addresses are
 * whole only where the installation knows its own: `CUSTOS_PUBLIC_URL`.
 */
export function sharing(view: View, page: Page): Html {
  const { path, alt } = page.picture ?? PLAIN
  const address = `${view.baseUrl}/${view.locale}${page.canonical ?? view.path + view.search}`
  const rows: readonly (readonly [string, string])[] = [
    ['og:type', 'website'],
    ['og:site_name', 'Custos'],
    ['og:title', page.title],
    ['og:description', page.description],
    ['og:url', address],
    ['og:locale', openGraphLocale(view.locale)],
    ['og:image', view.baseUrl + path],
    ['og:image:type', 'image/png'],
    ['og:image:width', String(CARD_WIDTH)],
    ['og:image:height', String(CARD_HEIGHT)],
    ['og:image:alt', alt],
  ]
  return html`${rows.map(
    ([property, content]) => html`<meta property="${property}" content="${content}">
`,
  )}<meta name="twitter:card" content="summary_large_image">`
}

const territories = new Map<string, string>()

/** `zh-Hans` as `zh_CN`: language and likely territory (CLDR). */
function openGraphLocale(locale: string): string {
  const known = territories.get(locale)
  if (known !== undefined) return known
  const { language, region } = new Intl.Locale(locale).maximize()
  const made = region === undefined ? language : `${language}_${region}`
  territories.set(locale, made)
  return made
}

export interface Shared {
  readonly query: string
  readonly asOf: string
  readonly knownAt: string
  readonly country?: string | undefined
  readonly service?: string | undefined
}

/** The picture of one answer, of the times that the answer is of. */
export function answerPicture(word: string, asked: Shared): Picture {
  const { query, asOf, knownAt, country, service } = asked
  const path = `/picture/check.png${queryOf({ q: query, asOf, knownAt, country, service })}`
  return { path, alt: `${word}: ${query}` }
}

export function entityPicture(id: string, caption: string): Picture {
  return { path: `/picture/entity.png${queryOf({ id })}`, alt: caption }
}

export function articlePicture(id: string, title: string): Picture {
  return { path: `/picture/article.png${queryOf({ id })}`, alt: title }
}

/** A link that shows this very answer again, to be sent on, and the picture that goes with it. */
export function share(view: View, asked: Shared, picture: Picture): Html {
  const { query, asOf, knownAt, country, service } = asked
  const path = href(view.locale, '/check', { q: query, asOf, knownAt, country, service })
  return html`<div class="share"><p>${view.t('share.hint')}</p>
<p class="link"><a href="${path}">${identifier(view.baseUrl + path)}</a></p>
<ul class="ways"><li><a href="${picture.path}">${view.t('share.picture')}</a></li></ul></div>`
}
