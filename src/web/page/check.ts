import { html } from 'hono/html'
import { hasKey, message } from '../../i18n/catalogue.ts'
import type { Reading, Verdict } from '../../model/verdict.ts'
import type { ServeAnswer } from '../../query/registry-types.ts'
import type {
  AdjacentEntity,
  CheckParams,
  EntityView,
  SourceRow,
  TimelineEvent,
} from '../../query/types.ts'
import type { ChainLink } from '../chain.ts'
import { queryBox } from '../part/box.ts'
import { checks, notCovered } from '../part/checks.ts'
import { explorerLink } from '../part/explorer.ts'
import { findings } from '../part/finding.ts'
import { standing } from '../part/firm.ts'
import { entityHref, href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { licences } from '../part/licences.ts'
import { verdictMark } from '../part/mark.ts'
import { relations } from '../part/relations.ts'
import { served } from '../part/serve.ts'
import { answerPicture, type Shared, share } from '../part/share.ts'
import { cutIdentifier, data, identifier, moment } from '../part/text.ts'
import { timeline } from '../part/timeline.ts'
import { todo } from '../part/todo.ts'
import { candidates, entityFacts } from '../part/who.ts'
import type { View } from '../view.ts'

export interface CheckPageData {
  /** The sentence in English, where nobody has reviewed the page's language. */
  readonly english?: string | undefined
  readonly params: CheckParams
  readonly verdict: Verdict
  readonly sources: readonly SourceRow[]
  /** The best entity with what surrounds it; undefined where the verdict names none. */
  readonly entity: EntityView | undefined
  readonly adjacent: readonly AdjacentEntity[]
  readonly events: readonly TimelineEvent[]
  /** Pages here on which the subject can be looked at, chain by chain. */
  readonly links: readonly ChainLink[]
  /** May the firm serve the asked country? Undefined: it is no firm, or no country was asked. */
  readonly served: ServeAnswer | undefined
}

/** The verdict page, in the order of a reader's questions: what, why, checked where, who, now. */
export function checkPage(view: View, answer: CheckPageData): Page {
  const { params, verdict } = answer
  const shared: Shared = {
    query: verdict.query,
    asOf: verdict.asOf,
    knownAt: verdict.knownAt,
    country: params.country,
    service: params.service,
  }
  const picture = answerPicture(englishWord(verdict), shared)
  const word = view.t(`verdict.${verdict.verdict}`)
  return {
    title: view.t('check.title', { word, query: shorten(verdict.query) }),
    description: verdict.summary,
    isPrivate: true,
    picture,
    body: html`<div class="wide">
${queryBox(view, params, { withTimes: true })}
${readings(view, verdict.query, verdict.readings)}
</div>
${answerBand(view, answer, word)}
<div class="wide verdict-grid">
${firmStanding(view, answer)}
<section class="area why" aria-labelledby="why"><h2 id="why">${view.t('why.title')}</h2>${
      verdict.findings.length === 0
        ? html`<p class="empty">${view.t(
            verdict.verdict === 'unknown' ? 'why.none_unknown' : 'why.none',
          )}</p>`
        : findings(view, verdict.findings, verdict.kind === 'name')
    }</section>
<section class="area checked" aria-labelledby="checked"><h2 id="checked">${view.t(
      'checked.title',
    )}</h2>${checks(view, verdict)}</section>
${onChain(view, answer.links)}
${who(view, answer)}
${
  answer.entity === undefined || answer.events.length === 0
    ? null
    : html`<section class="area" aria-labelledby="changed"><h2 id="changed">${view.t(
        'timeline.title',
      )}</h2>${timeline(view, answer.entity.id, answer.events)}</section>`
}
<section class="area" aria-labelledby="now"><h2 id="now">${view.t('todo.title')}</h2>${todo(
      view,
      verdict,
      answer.sources,
    )}</section>
<section class="area" aria-labelledby="share"><h2 id="share">${view.t('share.title')}</h2>${share(
      view,
      shared,
      picture,
    )}</section>
</div>`,
  }
}

/** Label, score and the answer for the asked country: what a firm is asked about first. */
function firmStanding(view: View, { verdict, served: answer, entity }: CheckPageData): Html | null {
  const { label, score } = verdict
  const id = verdict.firms[0]?.id ?? entity?.id
  if (label === null || score === null || id === undefined) return null
  return html`<section class="area firm" aria-labelledby="standing"><h2 id="standing">${view.t(
    'firm.standing',
  )}</h2>${
    answer === undefined ? null : html`<h3>${view.t('serve.title')}</h3>${served(view, id, answer)}`
  }${standing(view, {
    id,
    label,
    score,
  })}<ul class="ways"><li><a href="${entityHref(view.locale, id)}#serve">${view.t(
    'serve.title',
  )}</a></li><li><a href="${href(view.locale, '/compare', { a: id })}">${view.t(
    'compare.with',
  )}</a></li></ul></section>`
}

const LINK_WORDS = {
  address: 'chain.open',
  tx: 'chain.open_tx',
  token: 'chain.open_token',
} as const

function onChain(view: View, links: readonly ChainLink[]): Html | null {
  const [first] = links
  if (first === undefined) return null
  return html`<section class="area" aria-labelledby="on-chain"><h2 id="on-chain">${view.t(
    LINK_WORDS[first.kind],
  )}</h2><ul class="ways">${links.map(
    ({ name, path, explorers }) =>
      html`<li><a href="${href(view.locale, path)}">${data(name)}</a> ${explorers
        .slice(0, 1)
        .map((url) => explorerLink(url))}</li>`,
  )}</ul></section>`
}

function answerBand(view: View, page: CheckPageData, word: string): Html {
  const { verdict, params, english } = page
  const isPast = params.asOf !== undefined || params.knownAt !== undefined
  return html`<section class="answer v-${verdict.verdict}" aria-labelledby="answer"
  data-asked="${verdict.query}"><div class="wide">
${verdictMark(verdict.verdict)}
<div class="text">
<p class="asked">${identifier(verdict.query)}</p>
<h1 id="answer"><span class="word">${word}</span> <span
  class="sentence">${verdict.summary}</span></h1>
${
  english === undefined
    ? null
    : html`<p class="english muted" lang="en" dir="ltr">${englishWord(verdict)}: ${english}</p>`
}
${notCovered(view, verdict)}
<p class="limits">${view.t(LIMITS[verdict.kind])}</p>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, verdict.asOf) })}${
    verdict.knownAt === verdict.asOf
      ? null
      : html` · ${view.rich('check.stamp_known', { knownAt: moment(view, verdict.knownAt) })}`
  } · <bdi class="num">${view.t('check.stamp_ruleset', { ruleset: verdict.ruleset })}</bdi>${
    isPast
      ? html` · <a href="${href(view.locale, '/check', { q: verdict.query })}">${view.t(
          'check.now',
        )}</a>`
      : null
  }</p>
<p class="jump"><a href="#now">${view.t('todo.title')}</a> · <a href="#share">${view.t(
    'share.title',
  )}</a></p>
</div></div></section>`
}

/** No named person has read this language yet: the English words stand beneath its own. */
function englishWord(verdict: Verdict): string {
  return message('en', `verdict.${verdict.verdict}`)
}

/** What no answer of this kind says, whatever was read. */
const LIMITS = {
  address: 'limits.address',
  transaction: 'limits.address',
  token: 'limits.token',
  domain: 'limits.site',
  url: 'limits.site',
  name: 'limits.firm',
  lei: 'limits.firm',
  licence: 'limits.firm',
} as const

function readings(view: View, query: string, all: readonly Reading[]): Html | null {
  const [chosen, ...others] = all
  if (chosen === undefined) return null
  return html`<div class="readings bare"><p>${view.rich('reading.chosen', {
    form: html`<strong>${formOf(view, chosen)}</strong>`,
  })}${
    chosen.chains.length === 0
      ? null
      : html` · ${view.t('reading.chains', { count: chosen.chains.length })}`
  }${
    chosen.checksum === 'mismatch'
      ? html` · <strong>${view.t('reading.checksum_mismatch')}</strong>`
      : null
  }</p>
${
  others.length === 0
    ? null
    : html`<ul aria-label="${view.t('reading.others')}">${others.map(
        (other) => html`<li>${otherReading(view, query, other)}</li>`,
      )}</ul>`
}</div>`
}

/** A question that is read this way first; where no text forces the reading, only its words. */
function otherReading(view: View, query: string, other: Reading): Html {
  const words = html`${view.t('reading.as', { form: formOf(view, other) })} ${cutIdentifier(
    other.subject,
  )}`
  if (other.kind === 'name') {
    return html`<a href="${href(view.locale, '/search', { q: other.subject })}">${words}</a>`
  }
  const q = other.form === 'symbol' ? `$${other.subject}` : other.subject
  if (q === query) return words
  return html`<a href="${href(view.locale, '/check', { q })}">${words}</a>`
}

function who(view: View, answer: CheckPageData): Html | null {
  const { entity, verdict } = answer
  if (verdict.entities.length === 0) return null
  const rest = verdict.entities.filter((candidate) => candidate.id !== entity?.id)
  const firmIds = new Set(verdict.firms.map((firm) => firm.id))
  const firms = rest.filter((candidate) => firmIds.has(candidate.id))
  const events = rest.filter((candidate) => candidate.schema === 'Event')
  const others = rest.filter(
    (candidate) => !firmIds.has(candidate.id) && !events.includes(candidate),
  )
  return html`<section class="area who" aria-labelledby="who"><h2
  id="who">${view.t('who.title')}</h2>
${
  entity === undefined
    ? null
    : html`<h3 class="caption"><a href="${entityHref(view.locale, entity.id)}">${data(
        entity.caption,
      )}</a></h3>
${entity.isLive ? null : html`<p class="note">${view.t('entity.not_live')}</p>`}
${entityFacts(view, entity)}
${
  verdict.licences.length === 0
    ? null
    : html`<h3>${view.t('licences.title')}</h3>${licences(view, entity.id, verdict.licences)}`
}
${
  answer.adjacent.length === 0
    ? null
    : html`<h3>${view.t('relations.title')}</h3>${relations(view, entity, answer.adjacent)}`
}`
}
${firms.length === 0 ? null : html`<h3>${view.t('who.firms')}</h3>${candidates(view, firms)}`}
${
  others.length === 0
    ? null
    : html`<h3>${view.t(entity === undefined ? 'who.candidates' : 'who.others')}</h3>${candidates(
        view,
        others,
      )}`
}
${events.length === 0 ? null : html`<h3>${view.t('who.events')}</h3>${candidates(view, events)}`}
${
  verdict.kind === 'name'
    ? html`<p><a href="${href(view.locale, '/search', { q: verdict.query })}">${view.t(
        'who.search',
      )}</a></p>`
    : null
}</section>`
}

/** The form of a reading in words; a form without words of its own is named by its kind. */
function formOf(view: View, reading: Reading): string {
  const key = `form.${reading.form}${reading.kind === 'transaction' ? '_tx' : ''}`
  if (hasKey(key)) return view.t(key)
  return reading.kind === 'transaction' && hasKey(`form.${reading.form}`)
    ? view.code('form', reading.form)
    : view.t(`kind.${reading.kind}`)
}

/** A title holds so much: the middle is cut, because both ends tell identifiers apart. */
function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 20)}…${text.slice(-12)}`
}
