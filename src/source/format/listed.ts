import type { Json } from '../../base/encode.ts'
import { canonicalJson } from '../../base/encode.ts'
import { LIMITS } from '../../base/limits.ts'
import { normaliseListedHost } from '../../model/host.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { CrawlContext } from '../crawl.ts'

/** Where an entry stands and since when the list holds it. */
export interface Place {
  readonly row: string
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** A row that could be read as a site: the key that tells entries apart, and the value. */
export interface ListedSite {
  /** Host, or host and path. */
  readonly key: string
  readonly members: { readonly host: string } | { readonly url: string }
}

/**
 * Reads one row of a list of sites; `undefined` for what is no host, noted. A row with a path is a
 * URL entry and covers that path alone; a port is dropped and noted, because lists are about sites.
 * The key is the ASCII form and there is no `original`: lists hold one host in several spellings
 * (case, final dot, `xn--` or letters), and these are one entry. The row keeps what was written.
 */
export function readSite(ctx: CrawlContext, raw: unknown, row: string): ListedSite | undefined {
  const listed = typeof raw === 'string' ? normaliseListedHost(raw) : undefined
  if (typeof raw !== 'string' || listed === undefined) {
    ctx.note('host_unreadable', `${row}: ${brief(raw)}`)
    return undefined
  }
  if (listed.port !== undefined) ctx.note('port_dropped', `${row}: ${brief(raw)}`)
  // The entry covers the host itself too, which the row does not say: the stricter reading.
  if (listed.wildcard === true) ctx.note('wildcard_widened', `${row}: ${brief(raw)}`)
  if (listed.repaired === true) ctx.note('host_repaired', `${row}: ${brief(raw)}`)
  const key = listed.host + (listed.path ?? '')
  return { key, members: listed.path === undefined ? { host: key } : { url: key } }
}

function brief(raw: unknown): string {
  return (typeof raw === 'string' ? raw : typeof raw).slice(0, 100)
}

/** A site on a list of bad sites: one statement (docs/VOCABULARY.md, `listed`). */
export function listedSite(ctx: CrawlContext, site: ListedSite, place: Place): SourceItem {
  return item(ctx, 'listed', { key: site.key, value: site.members, place })
}

/** A host that the list holds to be good, or keeps from being listed whole. */
export function allowItem(ctx: CrawlContext, raw: unknown, place: Place): SourceItem | undefined {
  const listed = typeof raw === 'string' ? normaliseListedHost(raw) : undefined
  if (listed === undefined || listed.path !== undefined) {
    ctx.note('allow_unreadable', `${place.row}: ${brief(raw)}`)
    return undefined
  }
  const host = listed.wildcard === true ? `*.${listed.host}` : listed.host
  return item(ctx, 'allow', { key: `allow:${host}`, value: { host }, place })
}

/** A host whose look-alikes the list blocks, up to an edit distance. */
export function protectItem(
  ctx: CrawlContext,
  p: { raw: unknown; tolerance: number; place: Place },
): SourceItem | undefined {
  const listed = typeof p.raw === 'string' ? normaliseListedHost(p.raw) : undefined
  if (listed === undefined || listed.path !== undefined) {
    ctx.note('protect_unreadable', `${p.place.row}: ${brief(p.raw)}`)
    return undefined
  }
  const value = { host: listed.host, tolerance: p.tolerance }
  return item(ctx, 'protect', { key: `protect:${listed.host}`, value, place: p.place })
}

/** What an address of any chain may look like: base58, bech32 and hex have nothing else. */
const ADDRESS = /^[A-Za-z0-9]{20,128}$/u

/** An address on a list; EVM addresses in lower case, which is their one form here. */
export function listedAddress(
  ctx: CrawlContext,
  p: { raw: unknown; group?: string; place: Place },
): SourceItem | undefined {
  const text = typeof p.raw === 'string' ? p.raw.trim() : ''
  if (!ADDRESS.test(text)) {
    ctx.note('address_unreadable', `${p.place.row}: ${brief(p.raw)}`)
    return undefined
  }
  const address = /^0x[0-9a-f]{40}$/iu.test(text) ? text.toLowerCase() : text
  const group = p.group?.slice(0, LIMITS.queryCharsMax)
  return item(ctx, 'listed', { key: address, value: { address, group }, place: p.place })
}

interface Parts {
  readonly key: string
  readonly value: Json
  readonly place: Place
}

export function item(ctx: CrawlContext, prop: string, parts: Parts): SourceItem {
  const { row, from, to } = parts.place
  return {
    entity: `${ctx.dataset}:${parts.key}`,
    prop,
    value: canonicalJson(parts.value),
    row,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}
