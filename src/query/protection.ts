import type { View, ViewHosts, ViewProtected } from '../index/view.ts'
import { type HostQuery, parseHostQuery } from '../model/host.ts'
import type { QueryReading } from '../model/identifier.ts'
import { KEY } from '../model/key.ts'
import { skeleton } from '../model/skeleton.ts'
import { lookalike } from '../score/host/lookalike.ts'
import { buildProtected, type Matcher } from '../score/host/protected.ts'
import { lookalikeFinding, symbolFinding } from '../score/risk/lookalike.ts'
import type { FindingDraft } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import { ofLicensedFirm } from './clones.ts'
import type { Session } from './session.ts'

/** Brands that one host may be told to resemble: more say nothing more. */
const RESEMBLANCES_MAX = 3

interface Protection {
  readonly matcher: Matcher
  readonly byHost: ReadonlyMap<string, ViewProtected>
}

/** Keeps the matcher of the protected hosts; it is built again only when the hosts changed. */
export class ProtectionKeeper {
  readonly #byView = new WeakMap<View, Promise<Protection>>()
  readonly #byHosts = new WeakMap<ViewHosts, Protection>()

  of(view: View): Promise<Protection> {
    let made = this.#byView.get(view)
    if (made === undefined) {
      made = this.#make(view)
      this.#byView.set(view, made)
      made.catch(() => this.#byView.delete(view))
    }
    return made
  }

  async #make(view: View): Promise<Protection> {
    const hosts = await view.protectedHosts()
    let protection = this.#byHosts.get(hosts)
    if (protection === undefined) {
      protection = protectionOf(hosts)
      this.#byHosts.set(hosts, protection)
    }
    return protection
  }
}

function protectionOf({ protected: sites, allowed }: ViewHosts): Protection {
  const byHost = new Map<string, ViewProtected>()
  for (const site of sites) {
    // The matcher names hosts in canonical form.
    const host = parseHostQuery(site.host)?.host ?? site.host
    if (!byHost.has(host)) byHost.set(host, site)
  }
  const matcher = buildProtected(
    sites.map(({ host, name, tolerance, isLicensed }) => ({
      host,
      isLicensed,
      ...(name === null ? {} : { name }),
      ...(tolerance === null ? {} : { tolerance }),
    })),
    allowed,
  )
  return { matcher, byHost }
}

/** True for a protected site and everything below its registrable domain. */
export async function isProtected(session: Session, host: HostQuery): Promise<boolean> {
  if (host.registrable === null) return false
  const { matcher } = await session.protection.of(session.view)
  return matcher.sites.has(host.registrable)
}

/** Findings for a host that looks like a protected one. */
export async function resemblances(session: Session, host: HostQuery): Promise<FindingDraft[]> {
  const { matcher, byHost } = await session.protection.of(session.view)
  const { reader, times } = session
  const drafts: FindingDraft[] = []
  for (const hit of lookalike(matcher, host).slice(0, RESEMBLANCES_MAX)) {
    const known = byHost.get(hit.protectedHost)
    if (known === undefined) continue
    const [evidence] = known.sid === 0 ? [null] : await reader.bySid([known.sid], times.seq)
    // Nobody had named the site by then.
    if (evidence === undefined) continue
    const source = reader.source(known.dataset)
    const draft = lookalikeFinding({ hit, source, name: known.name, evidence })
    drafts.push(await ofLicensedFirm(session, draft))
  }
  return drafts
}

/** Letters of another script, and few enough of them for a symbol. */
const ODD_SYMBOL = /^\$?(?=.*[^\0-\x7f])[^\s]{2,20}$/u

/** A finding for a symbol that looks like that of a listed token and is not it (VOCABULARY §12). */
export async function symbolResemblance(
  session: Session,
  readings: readonly QueryReading[],
): Promise<FindingDraft[]> {
  const asked = readings.find((reading) => reading.name ?? reading.form === 'symbol')?.subject
  if (asked === undefined || !ODD_SYMBOL.test(asked)) return []
  const bare = asked.replace(/^\$/, '')
  const key = KEY.symbol(skeleton(bare))
  const { reader, view, times } = session
  if (key === KEY.symbol(bare) || view.book?.has(key) === false) return []
  const listed = (await reader.byKey(key, times.seq)).find(
    ({ prop, intervals }) =>
      prop === 'token' && standingOf(intervals, times.day).state === 'active',
  )
  return listed === undefined ? [] : [symbolFinding(bare, listed)]
}
