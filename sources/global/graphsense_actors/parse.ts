import { canonicalJson } from '../../../src/base/encode.ts'
import { type HostQuery, parseHostQuery } from '../../../src/model/host.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { conceptOf, isHarm } from '../../../src/source/format/concepts.ts'
import { flagOf, scalarOf, scalarsOf, yamlList } from '../../../src/source/format/yaml-list.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'

type Fields = Readonly<Record<string, unknown>>

/** What an actor says, before the entity and the row are added. */
interface Said {
  readonly prop: string
  readonly value: string
  readonly original?: string
}

/** Actors of an ActorPack: one entity each, with site, jurisdictions, aliases and references. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('actors')
  const { items } = await yamlList(file, 'actors')
  const ids = new Set<string>()
  for (const { value, start, end } of items) {
    ctx.countRow()
    const row = at.chars(file.role, start, end)
    const id = isRecord(value) ? scalarOf(value, 'id') : undefined
    if (!isRecord(value) || id === undefined || !/^[\x21-\x7e]{1,100}$/.test(id)) {
      ctx.note('actor.no_id', row)
      continue
    }
    if (ids.has(id)) ctx.note('actor.duplicate_id', `${row}: ${id}`)
    ids.add(id)
    const entity = `${ctx.dataset}:${id}`
    const once = new Set<string>()
    for (const said of actor(ctx, value, { id, row })) {
      if (once.has(`${said.prop} ${said.value}`)) continue
      once.add(`${said.prop} ${said.value}`)
      yield { entity, ...said, row }
    }
  }
}

interface Where {
  readonly id: string
  readonly row: string
}

function* actor(ctx: CrawlContext, fields: Fields, where: Where): Iterable<Said> {
  const context = isRecord(fields.context) ? fields.context : {}
  // The pack says of none that it is a company: a legal name can be an association's as well.
  yield { prop: 'schema', value: 'Organization' }
  const name = scalarOf(fields, 'label')
  if (name === undefined) ctx.note('actor.no_label', where.row)
  else yield { prop: 'name', value: name }
  const aliases = [fields.aliases, context.aliases, context.legal_name]
  for (const alias of aliases.flatMap((list) => scalarsOf({ list }, 'list'))) {
    if (alias !== name) yield { prop: 'alias', value: alias }
  }
  yield* countries(ctx, fields, where)
  yield* sites(ctx, { fields, context, where, name })
  yield { prop: 'actor', value: attributes(ctx, { fields, context, where }) }
  for (const text of scalarsOf(context, 'description')) yield { prop: 'notes', value: text }
  for (const note of notes(context)) yield { prop: 'notes', value: note }
  for (const ref of scalarsOf(context, 'refs')) {
    const url = urlOf(ref)
    if (url === undefined) ctx.note('actor.bad_ref', `${where.row}: ${ref.slice(0, 160)}`)
    else yield reference(url, ref)
  }
}

function* countries(ctx: CrawlContext, fields: Fields, where: Where): Iterable<Said> {
  for (const word of scalarsOf(fields, 'jurisdictions')) {
    const code = countryCode(word)
    if (code === undefined) ctx.note('actor.bad_country', `${where.row}: ${word.slice(0, 80)}`)
    else yield { prop: 'country', value: code, ...(code === word ? {} : { original: word }) }
  }
}

interface ActorParts {
  readonly fields: Fields
  readonly context: Fields
  readonly where: Where
}

/**
 * Sites of the actor. The pack's `uri` is sometimes a placeholder (`x.dummy`), and sometimes a page
 * about the actor on somebody else's site: that is a reference, and must never join the two.
 */
function* sites(
  ctx: CrawlContext,
  { fields, context, where, name }: ActorParts & { name: string | undefined },
): Iterable<Said> {
  const cells = [fields.uri, context.uris, context.uri].flatMap((v) => scalarsOf({ v }, 'v'))
  const isTrusted = isProtectable(fields, context)
  for (const cell of cells) {
    const site = parseHostQuery(cell)
    if (site === undefined) {
      const code = /\.dummy\/?$/i.test(cell) ? 'actor.placeholder_site' : 'actor.bad_site'
      ctx.note(code, `${where.row}: ${cell.slice(0, 160)}`)
      continue
    }
    const value = site.host + site.path
    const original = value === cell ? {} : { original: cell }
    if (site.path !== '' && !isOwn(site, [where.id, name ?? ''])) {
      const url = urlOf(cell)
      if (url !== undefined) yield reference(url, cell)
      continue
    }
    yield { prop: 'website', value, ...original }
    if (isTrusted && site.path === '' && site.registrable !== null) {
      const host = site.host.replace(/^www\./, '')
      yield { prop: 'protect', value: canonicalJson({ host, name }), ...original }
    }
  }
}

/** Of a name and the site it begins with, this share must be the same letters. */
const OWN_SHARE_MIN = 0.7

/** Whether the site is named like the actor: `pool.net/x` is its own, a wiki page is not. */
function isOwn(site: HostQuery, names: readonly string[]): boolean {
  const label = keyOf(site.registrable?.split('.', 1)[0] ?? '')
  return names.some((name) => {
    const key = keyOf(name)
    const [short, long] = key.length < label.length ? [key, label] : [label, key]
    return long.startsWith(short) && short.length >= long.length * OWN_SHARE_MIN
  })
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * A site worth protecting belongs to an actor that is still active and harms nobody: a dead site
 * may have been registered by somebody else, and a criminal's name is no brand.
 */
function isProtectable(fields: Fields, context: Fields): boolean {
  if (flagOf(context, 'active') === false || scalarOf(context, 'end_activity') !== undefined) {
    return false
  }
  return scalarsOf(fields, 'categories').every((category) => {
    const concept = conceptOf(category)
    return concept !== undefined && !isHarm(concept) && concept !== 'mixing_service'
  })
}

function attributes(ctx: CrawlContext, { fields, context, where }: ActorParts): string {
  const categories = scalarsOf(fields, 'categories')
  for (const word of categories) {
    if (conceptOf(word) === undefined) ctx.note('actor.unknown_category', `${where.row}: ${word}`)
  }
  const year = scalarOf(context, 'year_established')
  return canonicalJson({
    categories: listed(categories),
    jurisdictions: listed(scalarsOf(fields, 'jurisdictions')),
    twitter: listed(handles(ctx, context, where)),
    github: scalarOf(context, 'github_organisation'),
    coingecko_ids: listed(scalarsOf(context, 'coingecko_ids')),
    defilama_ids: listed(scalarsOf(context, 'defilama_ids')),
    legal_name: scalarOf(context, 'legal_name'),
    active: flagOf(context, 'active'),
    year_established: year !== undefined && /^\d{4}$/.test(year) ? Number(year) : undefined,
    start_activity: scalarOf(context, 'start_activity'),
    end_activity: scalarOf(context, 'end_activity'),
  })
}

function listed(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : [...new Set(texts)]
}

/** One cell holds several handles with commas between them. */
function handles(ctx: CrawlContext, context: Fields, where: Where): string[] {
  const words = scalarsOf(context, 'twitter_handle').flatMap((cell) => cell.split(','))
  const found: string[] = []
  for (const word of words) {
    const handle = word.trim().replace(/^@|\/$/g, '')
    if (/^\w{1,15}$/.test(handle)) found.push(handle)
    else if (handle !== '') ctx.note('actor.bad_handle', `${where.row}: ${handle.slice(0, 80)}`)
  }
  return found
}

/** Notes are texts; one with a colon in it is a map to a YAML reader, and text to its author. */
function notes(context: Fields): string[] {
  const list: unknown[] = Array.isArray(context.notes) ? context.notes : [context.notes]
  return list.flatMap((note) => {
    if (!isRecord(note)) return scalarsOf({ note }, 'note')
    return Object.entries(note).map(([key, value]) => `${key}: ${String(value)}`)
  })
}

function reference(url: string, written: string): Said {
  return { prop: 'sourceUrl', value: url, ...(url === written ? {} : { original: written }) }
}

/** The address with its scheme: references are written without one. */
function urlOf(text: string): string | undefined {
  const site = parseHostQuery(text)
  if (site === undefined) return undefined
  return /^https?:\/\//i.test(text) ? text : `https://${text.replace(/^[a-z]*:?\/\//i, '')}`
}
