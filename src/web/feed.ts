import { AppError } from '../base/error.ts'
import type { AlertView, ChainQueries } from '../query/chain-types.ts'
import type { Change, Queries } from '../query/types.ts'
import { entityHref, href, segment } from './part/href.ts'
import { subjectOf, valueText } from './part/value.ts'
import type { View } from './view.ts'

/** Entries of one feed: what a reader that asks once a day can have missed. */
const ENTRIES_MAX = 100
/** Wallets of one entity that are looked up among the alerts. */
const WALLETS_MAX = 20

export interface FeedPorts {
  readonly queries: Queries
  readonly chain?: ChainQueries | undefined
}

interface Entry {
  readonly title: string
  readonly text: string
  readonly path: string
  readonly guid: string
  readonly atMs: number
}

/**
 * What changed about one entity, and the alerts that name its wallets, as RSS 2.0. A guid is the
 * place in the log, or the alert with its state: a reader shows each entry once, and a retraction
 * as an entry of its own. Throws `entity.unknown`.
 */
export async function entityFeed(ports: FeedPorts, view: View, id: string): Promise<string> {
  const entity = await ports.queries.entity(id)
  if (entity === undefined) {
    throw new AppError('entity.unknown', 'No statement names this entity.', { status: 404 })
  }
  const [changes, alerts] = await Promise.all([
    newest(ports.queries, entity.id),
    alertsOf(ports.chain, view, entity.wallets),
  ])
  const entries = [
    ...changes.map((change) => changeEntry(view, change)),
    ...alerts.map((alert) => alertEntry(view, alert)),
  ]
    .filter(({ atMs }) => Number.isFinite(atMs))
    .sort((a, b) => b.atMs - a.atMs)
    .slice(0, ENTRIES_MAX)
  const self = `${entityHref(view.locale, entity.id)}/feed.xml`
  const title = view.t('feed.title', { name: entity.caption })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${xml(title)}</title>
<link>${xml(view.baseUrl + entityHref(view.locale, entity.id))}</link>
<description>${xml(view.t('changes.description'))}</description>
<language>${xml(view.locale)}</language>
<atom:link rel="self" type="application/rss+xml" href="${xml(view.baseUrl + self)}"/>
${entries.map((entry) => item(view, entry)).join('\n')}
</channel></rss>
`
}

/** The feed runs forward, so the newest are the last of it. */
async function newest(queries: Queries, entity: string): Promise<readonly Change[]> {
  const found: Change[] = []
  for (let since = 0; ; ) {
    const answer = await queries.changes({ since, entity, limit: 500 })
    found.push(...answer.changes)
    if (answer.next <= since || answer.next >= answer.head) return found.slice(-ENTRIES_MAX)
    since = answer.next
  }
}

async function alertsOf(
  chain: ChainQueries | undefined,
  view: View,
  wallets: readonly { readonly address: string }[],
): Promise<readonly AlertView[]> {
  if (chain === undefined || wallets.length === 0) return []
  const chains = await chain.chains()
  const subjects = wallets
    .slice(0, WALLETS_MAX)
    .flatMap(({ address }) => chains.map((one) => `${one.chain}:${canonical(address)}`))
  const answers = await Promise.all(
    subjects.map((subject) => chain.alerts({ subject, limit: 20, lang: view.locale })),
  )
  const byId = new Map(answers.flatMap(({ alerts }) => alerts).map((alert) => [alert.id, alert]))
  return [...byId.values()]
}

/** Chains store EVM addresses in small letters; others are exact. */
function canonical(address: string): string {
  return /^0x[0-9a-fA-F]{40}$/.test(address) ? address.toLowerCase() : address
}

function changeEntry(view: View, change: Change): Entry {
  const name = subjectOf(change.value) ?? view.code('prop', change.prop)
  return {
    title: `${view.t(`change.${change.op}`)}: ${name}`,
    text: valueText(view, change.prop, change.value),
    path: entityHref(view.locale, change.entity),
    guid: `custos:change:${change.statement}:${change.op}:${change.seq}`,
    atMs: Date.parse(change.at),
  }
}

function alertEntry(view: View, alert: AlertView): Entry {
  const where = `${view.t('chain.block')} ${alert.block} · ${alert.chain}`
  return {
    title: `${view.code('alert.rule', alert.rule)} (${view.t(`alert.state.${alert.state}`)})`,
    text: `${alert.text} ${where}`,
    path:
      alert.tx === null
        ? href(view.locale, `/block/${segment(alert.chain)}/${alert.block}`)
        : href(view.locale, `/tx/${segment(alert.chain)}/${segment(alert.tx)}`),
    guid: `custos:alert:${alert.id}:${alert.state}`,
    atMs: Date.parse(alert.at),
  }
}

function item(view: View, entry: Entry): string {
  return `<item><title>${xml(entry.title)}</title><link>${xml(
    view.baseUrl + entry.path,
  )}</link><guid isPermaLink="false">${xml(entry.guid)}</guid><pubDate>${new Date(
    entry.atMs,
  ).toUTCString()}</pubDate><description>${xml(entry.text)}</description></item>`
}

/** Text of data as XML 1.0 takes it: what the format forbids altogether becomes U+FFFD. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
