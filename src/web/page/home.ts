import { html } from 'hono/html'
import type { RegistryEvent } from '../../query/registry-types.ts'
import type { Change, SourceRow, Stats } from '../../query/types.ts'
import type { ChainPulse } from '../chain.ts'
import { queryBox } from '../part/box.ts'
import { chainsLine } from '../part/chain.ts'
import { recentChecks } from '../part/enhancement.ts'
import { entityHref, href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { stateMark } from '../part/mark.ts'
import { type PanelData, toolPanel } from '../part/panel.ts'
import { registryEvents } from '../part/registry-event.ts'
import { syncForm } from '../part/sync.ts'
import { age, cutIdentifier, data, day, moment, plainDay } from '../part/text.ts'
import { subjectOf, valueText } from '../part/value.ts'
import type { View } from '../view.ts'

/** A question that works on this installation; the operator's configuration names them. */
export interface Example {
  readonly kind: 'site' | 'address' | 'firm'
  readonly q: string
}

const EXAMPLES_MAX = 3
const CHANGES_MAX = 6
/** Lists on the front page; the page of sources has them all. */
const LISTS_MAX = 12

export interface HomeData {
  readonly sources: readonly SourceRow[]
  readonly examples: readonly Example[]
  /** Undefined where this installation has no calculators. */
  readonly panel: PanelData | undefined
  /** Undefined where no chain is held. */
  readonly pulse: ChainPulse | undefined
  /** What registers changed last; undefined where nobody answers about firms. */
  readonly registry: readonly RegistryEvent[] | undefined
}

export function homePage(view: View, stats: Stats, home: HomeData): Page {
  const { sources, examples, panel, pulse, registry } = home
  return {
    title: view.t('home.title'),
    description: view.t('home.sentence'),
    body: html`<section class="hero"><div class="wide">
<h1>${view.t('home.title')}</h1>
<p class="lead">${view.t('home.sentence')}</p>
${queryBox(view, { q: '' }, { isLarge: true })}
${
  examples.length === 0
    ? null
    : html`<div class="examples bare"><p id="examples">${view.t('home.examples')}</p>
<ul aria-labelledby="examples">${examples.slice(0, EXAMPLES_MAX).map(
        (example) => html`<li><a href="${href(view.locale, '/check', { q: example.q })}"><span
  class="label">${view.t(`home.example.${example.kind}`)}</span> ${cutIdentifier(
    example.q,
  )}</a></li>`,
      )}</ul></div>`
}
${recentChecks(view)}
</div></section>
${panel === undefined ? null : toolPanel(view, panel)}
<div class="wide live">
<section class="area" aria-labelledby="live"><h2 id="live">${view.t('home.live')}</h2>
${figures(view, stats, sources)}
${pulse === undefined ? null : chainPulse(view, pulse)}
${lists(view, sources)}
</section>
<section class="area aside" aria-labelledby="changed"><h2 id="changed">${view.t(
      registry === undefined ? 'home.changed' : 'firm.events.title',
    )}</h2>${
      registry === undefined
        ? licenceChanges(view, stats.licenceChanges)
        : registryNews(view, registry)
    }
<h2>${view.t('home.record')}</h2>${record(view, stats)}</section>
</div>`,
  }
}

function registryNews(view: View, events: readonly RegistryEvent[]): Html {
  return html`${registryEvents(view, events, { withFirm: true })}
<p><a href="${href(view.locale, '/changes')}">${view.t('home.all_changes')}</a></p>`
}

/** Lists that somebody publishes: what Custos derives itself supervises nothing. */
function publishedLists(sources: readonly SourceRow[]): readonly SourceRow[] {
  return sources.filter((source) => source.isEnabled && source.kind !== 'joins')
}

function figures(view: View, stats: Stats, sources: readonly SourceRow[]): Html {
  const published = publishedLists(sources)
  const total = published.length
  const current = published.filter((source) => source.state === 'current').length
  const figure = (value: string, label: string) =>
    html`<div><dt>${label}</dt><dd class="num">${value}</dd></div>`
  return html`<dl class="figures">
${figure(
  view.t('home.current_value', { current: view.n(current), total: view.n(total) }),
  view.t('home.current'),
)}
${figure(view.n(stats.identifiers), view.t('home.identifiers'))}
${figure(view.n(stats.entities), view.t('home.entities'))}
${figure(view.n(stats.statements), view.t('home.statements'))}
</dl>`
}

/** Followed chains with their head, and how many alerts the last hour brought. */
function chainPulse(view: View, { chains, lastHour, isMore }: ChainPulse): Html {
  return html`<h3>${view.t('chain.chains')}</h3>${chainsLine(view, chains)}
<p><a href="${href(view.locale, '/alerts')}"><span class="num">${view.n(lastHour)}${
    isMore ? '+' : null
  }</span> ${view.t('alerts.last_hour')}</a></p>`
}

function lists(view: View, sources: readonly SourceRow[]): Html {
  const enabled = publishedLists(sources)
  const held = enabled
    .filter((source) => source.version !== null)
    .sort((a, b) => (a.ageSeconds ?? Infinity) - (b.ageSeconds ?? Infinity))
  const missing = enabled.length - held.length
  const shown = held.slice(0, LISTS_MAX)
  return html`${held.length === 0 ? html`<p class="empty">${view.t('home.no_lists')}</p>` : null}
${
  shown.length === 0
    ? null
    : html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
        'home.lists',
      )}"><table>
<caption class="sr">${view.t('home.lists')}</caption>
<thead><tr><th scope="col">${view.t('checked.list')}</th><th scope="col">${view.t(
        'sources.version',
      )}</th><th scope="col" class="end">${view.t('checked.age')}</th></tr></thead>
<tbody>${shown.map((source) => listRow(view, source))}</tbody></table></div>`
}
${
  missing === 0
    ? null
    : html`<p class="gap">${stateMark('never_fetched')}<span>${view.t('home.missing', {
        count: missing,
      })}</span></p>${syncForm(view)}`
}
<p><a href="${href(view.locale, '/sources')}">${view.t('home.all_sources')}</a></p>`
}

function listRow(view: View, source: SourceRow): Html {
  return html`<tr><th scope="row"><a href="${href(view.locale, '/sources')}#${
    source.dataset
  }">${data(source.title)}</a><span class="state">${stateMark(source.state)}${view.t(
    `state.${source.state}`,
  )}</span></th>
<td>${
    source.publishedAt === null
      ? html`<span class="muted">${view.t('age.no_date')}</span>`
      : plainDay(view, source.publishedAt.slice(0, 10))
  }</td>
<td class="end">${age(view, source.ageSeconds)}</td></tr>`
}

/** A corrected row is withdrawn and said anew: together that is one change of one firm. */
function licenceChanges(view: View, all: readonly Change[]): Html {
  if (all.length === 0) return html`<p class="empty">${view.t('home.no_changes')}</p>`
  const byEntity = new Map<string, readonly Change[]>()
  for (const change of all) {
    byEntity.set(change.entity, [...(byEntity.get(change.entity) ?? []), change])
  }
  return html`<ol class="timeline">${[...byEntity.values()]
    .slice(0, CHANGES_MAX)
    .map((changes) => licenceChange(view, changes))}</ol><p><a href="${href(
    view.locale,
    '/changes',
  )}">${view.t('home.all_changes')}</a></p>`
}

function licenceChange(view: View, changes: readonly Change[]): Html | null {
  const said = changes.find((change) => change.op === 'assert')
  const withdrawn = changes.find((change) => change.op === 'retract')
  const shown = said ?? withdrawn
  if (shown === undefined) return null
  const isBoth = said !== undefined && withdrawn !== undefined
  const word = view.t(isBoth ? 'change.changed' : `change.${shown.op}`)
  return html`<li class="t-${said === undefined ? 'delisted' : 'listed'}"><p class="what"><strong
>${word}</strong> · <a href="${entityHref(view.locale, shown.entity)}">${data(
    subjectOf(shown.value) ?? shown.entity,
  )}</a></p><p class="muted clamp">${data(
    valueText(view, shown.prop, shown.value),
  )}</p><p class="muted">${view.rich('changes.effective', {
    day: day(view, shown.effective),
  })}</p></li>`
}

function record(view: View, stats: Stats): Html {
  const { checkpoint, newest } = stats
  return html`<dl class="facts">
${
  newest === null
    ? null
    : html`<div><dt>${view.t('home.newest')}</dt><dd>${data(newest.title)}, ${moment(
        view,
        newest.at,
      )}</dd></div>`
}
<div><dt>${view.t('footer.checkpoint')}</dt><dd>${
    checkpoint === null
      ? view.t('footer.checkpoint_none')
      : html`<a href="/v1/checkpoint">${cutIdentifier(checkpoint.root)}</a> <span
  class="num">${view.t('footer.checkpoint_size', { size: view.n(checkpoint.size) })}</span>`
  }</dd></div>
</dl><p class="hint">${view.t('home.record_hint')}</p>`
}
