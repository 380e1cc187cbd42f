import { canonicalJson } from '../../../src/base/encode.ts'
import { chainOfSlug } from '../../../src/model/caip.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { parseJson } from '../../../src/source/parse/json.ts'
import { lines } from '../../../src/source/parse/lines.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { CHAIN_OF_EXPLORER, CHAIN_OF_FORK, wellKnownContract } from './known.ts'
import { type Incident, type IndexEntry, incidentOf, indexEntryOf, joinIndex } from './records.ts'

/** One digit sixteen times in a row: no key and no hash looks like that, but placeholders do. */
const PLACEHOLDER = /([0-9a-f])\1{15}/

/** What is said of an incident, before the entity is added. */
type Said = Omit<SourceItem, 'entity'>

/**
 * Exploits: one Event each, with the addresses in the role that the record gives them. The index
 * (role `index`) adds the day and the cause; what only the index knows is an Event without
 * addresses.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const incidents = await rowsOf(ctx, ctx.file('incidents'), incidentOf)
  const index = ctx.optional('index')
  const entries = index === undefined ? [] : await rowsOf(ctx, index, indexEntryOf)
  const joined = joinIndex(incidents, entries)
  const entriesOf = new Map<Incident, IndexEntry[]>()
  for (const [entry, incident] of joined) {
    entriesOf.set(incident, [...(entriesOf.get(incident) ?? []), entry])
  }
  for (const incident of incidents) {
    const about = entriesOf.get(incident) ?? []
    yield* unique(`${ctx.dataset}:${incident.key}`, told(ctx, incident, about))
  }
  for (const entry of entries) {
    if (joined.has(entry)) continue
    const key = `index/${entry.day}-${entry.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
    yield* unique(`${ctx.dataset}:${key}`, toldByIndexOnly(ctx, entry))
  }
}

async function rowsOf<T>(
  ctx: CrawlContext,
  file: InputFile,
  read: (value: unknown, row: string) => T | undefined,
): Promise<T[]> {
  const rows: T[] = []
  for await (const { line, text } of lines(file)) {
    if (text.trim() === '') continue
    ctx.countRow()
    const row = at.line(file.role, line)
    const value = read(parseJson(file, text), row)
    if (value === undefined) ctx.note(`${file.role}.unreadable_row`, row)
    else rows.push(value)
  }
  return rows
}

function* unique(entity: string, said: Iterable<Said>): Iterable<SourceItem> {
  const once = new Set<string>()
  for (const item of said) {
    const key = `${item.prop} ${item.value}`
    if (once.has(key)) continue
    once.add(key)
    yield { entity, ...item }
  }
}

function* told(
  ctx: CrawlContext,
  incident: Incident,
  about: readonly IndexEntry[],
): Iterable<Said> {
  const { row } = incident
  yield { prop: 'schema', value: 'Event', row }
  const name = incident.name.replaceAll('_', ' ').trim()
  yield {
    prop: 'name',
    value: name,
    ...(name === incident.name ? {} : { original: incident.name }),
    row,
  }
  const first = [...about].sort((a, b) => (a.day < b.day ? -1 : 1))[0]
  if (first !== undefined) yield { prop: 'startDate', value: first.day, row: first.row }
  else if (incident.month !== undefined) yield { prop: 'startDate', value: incident.month, row }
  else ctx.note('incident.no_date', row)
  yield* lossOf(ctx, incident.lost, row)
  for (const entry of about) {
    if (keyOf(entry.name) !== keyOf(name))
      yield { prop: 'alias', value: entry.name, row: entry.row }
    yield* causeOf(entry)
  }
  const places = { chains: chainsOf(ctx, incident), linked: linkedChains(incident.refs) }
  yield* involved(ctx, incident, places)
  yield* transactions(ctx, incident, places)
  for (const ref of incident.refs) yield* sourceUrl(ctx, ref, row)
  for (const entry of about) {
    for (const link of entry.links) yield* sourceUrl(ctx, link, entry.row)
  }
}

function* toldByIndexOnly(ctx: CrawlContext, entry: IndexEntry): Iterable<Said> {
  const { row } = entry
  yield { prop: 'schema', value: 'Event', row }
  yield { prop: 'name', value: entry.name, row }
  yield { prop: 'startDate', value: entry.day, row }
  yield* lossOf(ctx, entry.lost, row)
  yield* causeOf(entry)
  for (const link of entry.links) yield* sourceUrl(ctx, link, row)
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The loss as the list words it. Some cells hold another line of the comment instead. */
function* lossOf(ctx: CrawlContext, lost: string | undefined, row: string): Iterable<Said> {
  if (lost === undefined || /^(none|n\/a|unknown|unclear|-)( US\$)?$/i.test(lost)) return
  if (!/0x[0-9a-f]{40}|:\/\//i.test(lost)) {
    yield { prop: 'notes', value: `Lost: ${lost}`, original: lost, row }
  } else ctx.note('incident.loss_unreadable', `${row}: ${lost.slice(0, 120)}`)
}

function* causeOf(entry: IndexEntry): Iterable<Said> {
  if (entry.cause === undefined) return
  yield { prop: 'notes', value: `Cause: ${entry.cause}`, original: entry.cause, row: entry.row }
}

interface Places {
  /** Chains that the record names. */
  readonly chains: readonly string[]
  /** Chains of the addresses and transactions that the record links on an explorer. */
  readonly linked: ReadonlyMap<string, string>
}

function* involved(
  ctx: CrawlContext,
  incident: Incident,
  { chains, linked }: Places,
): Iterable<Said> {
  const victims = new Set(incident.vulnerable.map((address) => address.toLowerCase()))
  const roles = [
    ['attacker', incident.attackers],
    ['attack_contract', incident.attackContracts],
    ['vulnerable', incident.vulnerable],
  ] as const
  for (const [role, addresses] of roles) {
    for (const written of addresses) {
      const address = written.toLowerCase()
      const refusal = refusalOf(address, role, victims)
      if (refusal !== undefined) {
        ctx.note(refusal, `${incident.row}: ${role} ${written.slice(0, 80)}`)
        continue
      }
      const chain = linked.get(address) ?? (chains.length === 1 ? chains[0] : undefined)
      // On several chains and without a link, the record does not say on which one it stands.
      if (chain === undefined) ctx.note('incident.chain_unclear', `${incident.row}: ${address}`)
      yield { prop: 'involved', value: canonicalJson({ address, chain, role }), row: incident.row }
    }
  }
}

type Role = 'attacker' | 'attack_contract' | 'vulnerable'

/** Why an address is not repeated in its role: nobody is accused by a slip of the extraction. */
function refusalOf(address: string, role: Role, victims: ReadonlySet<string>) {
  if (!/^0x[0-9a-f]{40}$/.test(address)) return 'incident.bad_address'
  if (PLACEHOLDER.test(address)) return 'incident.placeholder_address'
  if (role === 'vulnerable') return undefined
  if (wellKnownContract(address) !== undefined) return 'incident.well_known_contract'
  return victims.has(address) ? 'incident.role_conflict' : undefined
}

function chainsOf(ctx: CrawlContext, incident: Incident): string[] {
  return incident.chains.flatMap((slug) => {
    const chain = CHAIN_OF_FORK.get(slug) ?? chainOfSlug(slug)
    if (chain === undefined) ctx.note('incident.unknown_chain', `${incident.row}: ${slug}`)
    return chain ?? []
  })
}

/** Addresses and transactions that the record links on an explorer, with the explorer's chain. */
function linkedChains(refs: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const ref of refs) {
    if (!URL.canParse(ref)) continue
    const host = new URL(ref).hostname.replace(/^(www|cn|app)\./, '')
    const chain = CHAIN_OF_EXPLORER.get(host)
    if (chain === undefined) continue
    const ids = ref.toLowerCase().match(/0x(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])/g) ?? []
    for (const id of ids) found.set(id, chain)
  }
  return found
}

function* transactions(
  ctx: CrawlContext,
  incident: Incident,
  { chains, linked }: Places,
): Iterable<Said> {
  for (const written of incident.txs) {
    const hash = written.toLowerCase()
    if (!/^0x[0-9a-f]{64}$/.test(hash) || PLACEHOLDER.test(hash)) {
      ctx.note('incident.placeholder_tx', `${incident.row}: ${written.slice(0, 80)}`)
      continue
    }
    const chain = linked.get(hash) ?? (chains.length === 1 ? chains[0] : undefined)
    yield { prop: 'tx', value: canonicalJson({ chain, hash }), row: incident.row }
  }
}

/** A page to read. Node addresses stand among the references too, and are none. */
function* sourceUrl(ctx: CrawlContext, ref: string, row: string): Iterable<Said> {
  const clean = ref.replace(/["'`;,.)\]]+$/, '')
  const url = URL.canParse(clean) ? new URL(clean) : undefined
  const isPage = url !== undefined && /^https?:$/.test(url.protocol) && url.username === ''
  if (!isPage || /^rpc\.|blastapi\.io$|\.quiknode\./.test(url.hostname)) {
    ctx.note('incident.bad_ref', `${row}: ${ref.slice(0, 160)}`)
    return
  }
  yield { prop: 'sourceUrl', value: clean, ...(clean === ref ? {} : { original: ref }), row }
}
