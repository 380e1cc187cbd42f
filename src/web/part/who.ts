import { html } from 'hono/html'
import { countryName, formatPercent } from '../../i18n/format.ts'
import type { EntitySummary } from '../../model/verdict.ts'
import type { EntityView } from '../../query/types.ts'
import type { View } from '../view.ts'
import { entityHref, href } from './href.ts'
import type { Html } from './html.ts'
import { differing, likeness } from './likeness.ts'
import { cutIdentifier, data, day, facts, identifier } from './text.ts'

const ALIASES_SHOWN = 8

/** What an entity is called, where it is, and by which numbers it is known. */
export function entityFacts(view: View, entity: EntityView): Html {
  return facts([
    [view.t('who.kind'), view.code('schema', entity.schema)],
    entity.aliases.length === 0 ? null : [view.t('who.aliases'), aliases(view, entity.aliases)],
    entity.countries.length === 0
      ? null
      : [
          view.t('who.countries'),
          entity.countries
            .map((code) => countryName(view.locale, code))
            .join(view.t('list.separator')),
        ],
    entity.websites.length === 0
      ? null
      : [
          view.t('who.websites'),
          checkLinks(
            view,
            entity.websites.map((host) => [host, host]),
          ),
        ],
    ...entity.identifiers.map(
      ({ prop, value }) => [view.code('prop', prop), identifier(value)] as const,
    ),
    entity.wallets.length === 0
      ? null
      : [
          view.t('who.wallets'),
          checkLinks(
            view,
            entity.wallets.map((wallet) => [wallet.query, wallet.address, wallet.currency]),
          ),
        ],
    entity.listedAt === null ? null : [view.t('why.listed'), day(view, entity.listedAt)],
    [view.t('who.source'), html`${data(entity.datasetTitle)}`],
  ])
}

function aliases(view: View, names: readonly string[]): Html {
  const item = (name: string) => html`<li>${data(name)}</li>`
  const rest = names.slice(ALIASES_SHOWN)
  return html`<ul class="plain">${names.slice(0, ALIASES_SHOWN).map(item)}</ul>${
    rest.length === 0
      ? null
      : html`<details class="fold"><summary>${view.t('who.more_aliases', {
          count: rest.length,
        })}</summary><ul class="plain">${rest.map(item)}</ul></details>`
  }`
}

/** Sites or wallets before the rest is folded: an exchange has hundreds. */
const LINKS_SHOWN = 12

type CheckLink = readonly [string, string, (string | null)?]

/** Sites and wallets are links that ask Custos: a listed site must never be one click away. */
function checkLinks(view: View, items: readonly CheckLink[]): Html {
  const list = (some: readonly CheckLink[]) =>
    html`<ul class="plain">${some.map((item) => checkLink(view, item))}</ul>`
  const rest = items.slice(LINKS_SHOWN)
  return html`${list(items.slice(0, LINKS_SHOWN))}${
    rest.length === 0
      ? null
      : html`<details class="fold"><summary>${view.t('licences.more_countries', {
          count: rest.length,
        })}</summary>${list(rest)}</details>`
  }`
}

function checkLink(view: View, [q, label, unit]: CheckLink): Html {
  return html`<li><a href="${href(view.locale, '/check', { q })}">${cutIdentifier(label)}</a>${
    unit === undefined || unit === null ? null : html` <span class="muted">${unit}</span>`
  }</li>`
}

/** Other entities that the question may mean. */
export function candidates(view: View, entities: readonly EntitySummary[]): Html {
  return html`<ul class="results">${entities.map(
    (entity) =>
      html`<li><a href="${entityHref(view.locale, entity.id)}">${data(
        entity.caption,
      )}</a> <span class="muted">${view.code('schema', entity.schema)}${entity.countries.map(
        (code) => html` · ${countryName(view.locale, code)}`,
      )} · <bdi>${entity.dataset}</bdi>${
        entity.score < 1
          ? html` · <span class="num">${view.t('who.match', {
              percent: formatPercent(view.locale, entity.score),
            })}</span>`
          : null
      }</span>${reason(view, entity)}</li>`,
  )}</ul>`
}

/** Why a name is among the candidates, and what speaks against it. */
function reason(view: View, { match }: EntitySummary): Html | null {
  if (match === undefined) return null
  const why = likeness(view, { detail: match.detail, ...match.likeness })
  return why === null ? null : html`<br>${why}${differing(view, match.qualifiers)}`
}
