import { html } from 'hono/html'
import type { View } from '../view.ts'
import { external } from './href.ts'
import type { Html } from './html.ts'

/** So many explorers of a chain are named; the list of chains knows more. */
export const EXPLORERS_MAX = 2

export type ExplorerSubject = 'address' | 'tx' | 'block' | 'token'

/**
 * The pages of public explorers about one subject. They follow EIP-3091: `/tx/…`, `/block/…`,
 * `/address/…`, `/token/…` behind their own address.
 */
export function explorerUrls(
  bases: readonly string[],
  subject: ExplorerSubject,
  id: string,
): readonly string[] {
  return bases
    .slice(0, EXPLORERS_MAX)
    .map((base) => `${base.replace(/\/+$/, '')}/${subject}/${encodeURIComponent(id)}`)
}

/** The way to public explorers, each said to be another site; nothing where none is known. */
export function explorerLinks(view: View, urls: readonly string[]): Html | null {
  const safe = urls.flatMap((url) => external(url) ?? [])
  if (safe.length === 0) return null
  return html`<p class="explorers"><span class="muted">${view.t(
    'chain.explorer',
  )}</span> ${safe.map((url) => explorerLink(url))}</p>`
}

/** One of them by the name of its host, which is also what a reader will land on. */
export function explorerLink(url: string): Html | null {
  const safe = external(url)
  if (safe === undefined) return null
  const name = new URL(safe).host.replace(/^www\./, '')
  return html`<a class="out" href="${safe}" rel="external noopener noreferrer"><bdi dir="ltr">${name}</bdi></a> `
}
