import { canonicalJson, type Json } from '../../../src/base/encode.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { scalarOf, scalarsOf, yamlList } from '../../../src/source/format/yaml-list.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'

type Fields = Readonly<Record<string, unknown>>

/** The document that a fact was read off, as its deciding statement carries it. */
interface Provenance {
  readonly document: string
  readonly documentUrl: string
  readonly asOf: string
  /** Datasets that read the same document: the fact is history once one of them was read. */
  readonly supersededBy: readonly string[]
}

interface Said {
  readonly prop: string
  readonly value: string
}

/**
 * The starter: ordinary statements about regulators, firms, designations, incidents and sites. The
 * statement that decides something carries `starter`, so that a verdict can word it as "Custos
 * starter, from S as of D" and drop it when the document itself has been read. Each fact holds
 * from its document's date on.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('facts')
  const { header, items } = await yamlList(file, 'facts')
  const documents = documentsOf(ctx, header.documents)
  const oldest = [...documents.values()].map((d) => d.asOf).sort()[0]
  if (oldest !== undefined) ctx.setPublished(`${oldest}T00:00:00Z`)
  const version = scalarOf(header, 'version')
  if (version !== undefined) ctx.setVersion(version)
  const slugs = new Set<string>()
  for (const { value, start, end } of items) {
    ctx.countRow()
    const row = at.chars(file.role, start, end)
    const fact = isRecord(value) ? value : {}
    const slug = scalarOf(fact, 'slug') ?? ''
    const starter = documents.get(scalarOf(fact, 'document') ?? '')
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slugs.has(slug) || starter === undefined) {
      ctx.note('starter.unusable_fact', `${row}: ${slug}`)
      continue
    }
    slugs.add(slug)
    const said = sayings(fact, starter)
    if (said === undefined) ctx.note('starter.unknown_kind', `${row}: ${slug}`)
    for (const { prop, value: text } of said ?? []) {
      yield { entity: `${ctx.dataset}:${slug}`, prop, value: text, row, from: starter.asOf }
    }
  }
}

function documentsOf(ctx: CrawlContext, value: unknown): ReadonlyMap<string, Provenance> {
  const documents = new Map<string, Provenance>()
  for (const [key, fields] of Object.entries(isRecord(value) ? value : {})) {
    if (!isRecord(fields)) continue
    const document = scalarOf(fields, 'document')
    const documentUrl = scalarOf(fields, 'documentUrl')
    const asOf = scalarOf(fields, 'asOf')
    if (document === undefined || documentUrl === undefined || !isDay(asOf ?? '')) {
      ctx.note('starter.unusable_document', key)
      continue
    }
    const supersededBy = scalarsOf(fields, 'supersededBy')
    documents.set(key, { document, documentUrl, asOf: asOf ?? '', supersededBy })
  }
  return documents
}

function sayings(fact: Fields, starter: Provenance): Iterable<Said> | undefined {
  switch (scalarOf(fact, 'kind')) {
    case 'regulator':
      return regulator(fact, starter)
    case 'firm':
      return firm(fact, starter)
    case 'designation':
      return designation(fact, starter)
    case 'incident':
      return incident(fact, starter)
    case 'brand':
      return brand(fact, starter)
    default:
      return undefined
  }
}

function provenance(starter: Provenance): Json {
  const { document, documentUrl, asOf, supersededBy } = starter
  return { document, documentUrl, asOf, supersededBy }
}

/** A text prop for each of the fact's members; members that are missing say nothing. */
function* texts(fact: Fields, props: Readonly<Record<string, string>>): Iterable<Said> {
  for (const [prop, member] of Object.entries(props)) {
    for (const value of scalarsOf(fact, member)) yield { prop, value }
  }
}

function* regulator(fact: Fields, starter: Provenance): Iterable<Said> {
  const register = scalarOf(fact, 'register') ?? ''
  yield { prop: 'schema', value: 'PublicBody' }
  yield* texts(fact, { name: 'name', alias: 'acronym', sourceUrl: 'register' })
  // The Union is an authority's home and no country.
  const country = countryCode(scalarOf(fact, 'country') ?? '')
  if (country !== undefined) yield { prop: 'country', value: country }
  if (URL.canParse(register)) {
    const host = new URL(register).hostname
    yield { prop: 'website', value: host }
    yield protect(host, fact, starter)
  }
  yield {
    prop: 'actor',
    value: canonicalJson({ categories: ['regulator'], register, starter: provenance(starter) }),
  }
}

function* firm(fact: Fields, starter: Provenance): Iterable<Said> {
  yield { prop: 'schema', value: 'Company' }
  yield* texts(fact, { name: 'name', alias: 'brands', country: 'country', jurisdiction: 'country' })
  yield* texts(fact, { leiCode: 'lei', website: 'website' })
  const website = scalarOf(fact, 'website') ?? ''
  if (website !== '' && !website.includes('/')) yield protect(website, fact, starter)
  yield {
    prop: 'licence',
    value: canonicalJson({
      regulator: scalarOf(fact, 'regulator') ?? null,
      country: scalarOf(fact, 'country') ?? null,
      kind: 'licence',
      number: null,
      holder: scalarOf(fact, 'name') ?? null,
      lei: scalarOf(fact, 'lei') ?? null,
      status: 'authorised',
      regulatorWord: 'authorised or notified (the file does not say)',
      services: scalarsOf(fact, 'services'),
      countries: scalarsOf(fact, 'countries'),
      from: scalarOf(fact, 'from') ?? null,
      to: null,
      starter: provenance(starter),
    }),
  }
  yield { prop: 'sourceUrl', value: starter.documentUrl }
}

function* designation(fact: Fields, starter: Provenance): Iterable<Said> {
  const address = scalarOf(fact, 'address')
  const currency = scalarOf(fact, 'currency')
  yield { prop: 'schema', value: scalarOf(fact, 'schema') ?? 'CryptoWallet' }
  yield* texts(fact, { name: 'name', listingDate: 'listingDate' })
  const programs = scalarsOf(fact, 'programs')
  if (address !== undefined) {
    yield {
      prop: 'wallet',
      value: canonicalJson({ address, currency, starter: provenance(starter) }),
    }
  }
  yield {
    prop: 'listing',
    value: canonicalJson({
      list: scalarOf(fact, 'list'),
      program: programs.length === 0 ? undefined : programs,
      authorityId: scalarOf(fact, 'authorityId'),
      starter: provenance(starter),
    }),
  }
  yield { prop: 'sourceUrl', value: starter.documentUrl }
}

function* incident(fact: Fields, starter: Provenance): Iterable<Said> {
  const chain = scalarOf(fact, 'chain')
  yield { prop: 'schema', value: 'Event' }
  yield* texts(fact, { name: 'name', startDate: 'startDate' })
  const roles = {
    attacker: 'attackers',
    attack_contract: 'attackContracts',
    vulnerable: 'vulnerable',
  }
  for (const [role, member] of Object.entries(roles)) {
    for (const address of scalarsOf(fact, member)) {
      yield {
        prop: 'involved',
        value: canonicalJson({ address, chain, role, starter: provenance(starter) }),
      }
    }
  }
  yield { prop: 'sourceUrl', value: starter.documentUrl }
}

function* brand(fact: Fields, starter: Provenance): Iterable<Said> {
  yield { prop: 'schema', value: 'Organization' }
  yield* texts(fact, { name: 'name', website: 'host' })
  yield protect(scalarOf(fact, 'host') ?? '', fact, starter)
  yield { prop: 'sourceUrl', value: starter.documentUrl }
}

/** A site whose look-alikes are a finding; `www.` is how it is served and no part of the name. */
function protect(site: string, fact: Fields, starter: Provenance): Said {
  const host = site.replace(/^www\./, '')
  const name = scalarsOf(fact, 'brands')[0] ?? scalarOf(fact, 'name')
  // Only a fact that chooses the brand as worth imitating gives a tolerance.
  const edits = Number(scalarOf(fact, 'tolerance') ?? Number.NaN)
  const tolerance = Number.isInteger(edits) && edits >= 0 && edits <= 2 ? edits : undefined
  return {
    prop: 'protect',
    value: canonicalJson({ host, name, tolerance, starter: provenance(starter) }),
  }
}
