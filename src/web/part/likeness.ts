import { html } from 'hono/html'
import { formatPercent } from '../../i18n/format.ts'
import type { Match, NameLikeness } from '../../model/verdict.ts'
import type { View } from '../view.ts'
import type { Hole, Html } from './html.ts'
import { data } from './text.ts'

/** Words shown of one side: a name of thirty words is told by its first. */
const WORDS_MAX = 8

/** How a name matched, in the page's language: by its code, or as the source's text without one. */
export function likeness(
  view: View,
  why: {
    readonly detail?: string | undefined
    readonly code?: string | undefined
    readonly params?: NameLikeness['params'] | undefined
  },
): Html | null {
  const { code, params, detail } = why
  if (code === undefined || params === undefined) {
    return detail === undefined ? null : html`<span class="muted">${data(detail)}</span>`
  }
  if (code !== 'words') return html`<span class="muted">${view.code('alike', code)}</span>`
  const { pairs, askedOnly, listedOnly } = params
  const said: Hole[] = [
    ...view.rich('alike.words', {
      words: joined(
        view,
        pairs.map((pair) => pairOf(view, pair)),
      ),
    }),
  ]
  for (const [key, words] of [
    ['alike.asked_only', askedOnly],
    ['alike.listed_only', listedOnly],
  ] as const) {
    if (words.length === 0) continue
    said.push(html`<br>`, ...view.rich(key, { words: joined(view, words.map(data)) }))
  }
  return html`<span class="muted">${said}</span>`
}

/** What else was asked and differs, one after the other. */
export function differing(view: View, qualifiers: Match['qualifiers'] = {}): Html | null {
  const said = Object.entries(qualifiers).map(
    ([feature, { detail }]) =>
      html`<br>${view.rich('alike.differs', {
        feature: view.code('feature', feature),
        values: data(detail),
      })}`,
  )
  return said.length === 0 ? null : html`<span class="muted">${said}</span>`
}

function pairOf(view: View, pair: NameLikeness['params']['pairs'][number]): Html {
  const { asked, listed, score } = pair
  if (asked === listed) return data(asked)
  return html`${data(`${asked} ≈ ${listed}`)} <span class="num">${formatPercent(
    view.locale,
    score,
  )}</span>`
}

function joined(view: View, words: readonly Html[]): Html {
  const separator = view.t('list.separator')
  const shown = words.slice(0, WORDS_MAX)
  return html`${shown.map((word, at) => html`${at === 0 ? null : separator}${word}`)}${
    words.length > shown.length ? ' …' : null
  }`
}
