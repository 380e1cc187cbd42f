import type { Json } from '../../../src/base/encode.ts'
import { canonicalJson } from '../../../src/base/encode.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { about } from '../../../src/source/format/say.ts'
import { scalarOf, scalarsOf, yamlList } from '../../../src/source/format/yaml-list.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'

type Fields = Readonly<Record<string, unknown>>

/** The public page that a field was read off. */
interface Source {
  readonly name: string
  readonly url: string
}

/** `licence.kind` (docs/VOCABULARY.md) of what the authority gives. */
const PERMISSIONS = ['licence', 'registration', 'exemption', 'notification']
const PAGES = ['register', 'warnings', 'enforcement'] as const

/**
 * The directory of authorities: for each its name, home, site, and the `regulator` statement, whose
 * every member names its source. A field without a source is left out, with a note.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const file = ctx.file('directory')
  const { header, items } = await yamlList(file, 'regulators')
  const sources = sourcesOf(ctx, header.sources)
  const version = scalarOf(header, 'version')
  if (version !== undefined) ctx.setVersion(version)
  const codes = new Set<string>()
  for (const { value, start, end } of items) {
    ctx.countRow()
    const row = at.chars(file.role, start, end)
    const fields = isRecord(value) ? value : {}
    const code = scalarOf(fields, 'code') ?? ''
    if (!/^[a-z]{2}(?:-[a-z0-9]+)+$/.test(code) || codes.has(code)) {
      ctx.note('regulator_unusable', `${row}: ${code.slice(0, 100)}`)
      continue
    }
    codes.add(code)
    yield* new Authority(ctx, { fields, sources, row, code }).items()
  }
}

function sourcesOf(ctx: CrawlContext, value: unknown): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  for (const [key, fields] of Object.entries(isRecord(value) ? value : {})) {
    const name = isRecord(fields) ? scalarOf(fields, 'name') : undefined
    const url = isRecord(fields) ? scalarOf(fields, 'url') : undefined
    if (name === undefined || url === undefined || !isWebUrl(url)) ctx.note('source_unusable', key)
    else sources.set(key, { name, url })
  }
  return sources
}

function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}

interface Row {
  readonly fields: Fields
  readonly sources: ReadonlyMap<string, Source>
  readonly row: string
  readonly code: string
}

class Authority {
  readonly #ctx: CrawlContext
  readonly #row: Row

  constructor(ctx: CrawlContext, row: Row) {
    this.#ctx = ctx
    this.#row = row
  }

  *items(): Iterable<SourceItem> {
    const { fields, row, code } = this.#row
    const name = this.#cited('name')
    if (name === undefined) return
    const say = about(`${this.#ctx.dataset}:${code}`, row)
    yield say('schema', 'PublicBody')
    yield say('name', name)
    for (const alias of scalarsOf(fields, 'alias')) yield say('alias', alias)
    const home = this.#cited('country') ?? ''
    // The Union is an authority's home and no country.
    const country = countryCode(home)
    if (country !== undefined) yield say('country', country)
    else if (home !== 'EU') this.#ctx.note('country_unknown', `${row}: ${home}`)
    const website = this.#cited('website')
    if (website !== undefined) yield say('website', website)
    yield say('regulator', canonicalJson(this.#regulator(country ?? home)))
    const source = this.#source('name')
    if (source !== undefined) yield say('sourceUrl', source.url)
  }

  #regulator(country: string): Json {
    const { fields, code } = this.#row
    const pages: Record<string, Json> = {}
    for (const field of PAGES) {
      const url = this.#cited(field)
      if (url !== undefined) pages[field] = { url, source: this.#source(field)?.url ?? null }
    }
    const subdivision = scalarOf(fields, 'subdivision')
    return {
      code,
      country,
      ...(subdivision !== undefined && { subdivision }),
      ...pages,
      permissions: this.#permissions(),
      source: this.#source('name')?.url ?? null,
    }
  }

  #permissions(): Json {
    const { fields, row } = this.#row
    const list: readonly unknown[] = Array.isArray(fields.permissions) ? fields.permissions : []
    const source = this.#source('permissions')
    return list.flatMap((value): Json[] => {
      const kind = isRecord(value) ? scalarOf(value, 'kind') : undefined
      const word = isRecord(value) ? scalarOf(value, 'word') : undefined
      if (source !== undefined && word !== undefined && PERMISSIONS.includes(kind ?? '')) {
        return [{ kind: kind ?? '', word, source: source.url }]
      }
      this.#ctx.note('permission_unusable', row)
      return []
    })
  }

  /** A field, where it names a source that there is. */
  #cited(field: string): string | undefined {
    const value = scalarOf(this.#row.fields, field)
    if (value === undefined) return undefined
    const isPage = PAGES.some((page) => page === field)
    if (this.#source(field) !== undefined && (!isPage || isWebUrl(value))) return value
    this.#ctx.note('field_without_source', `${this.#row.row}: ${field}`)
    return undefined
  }

  #source(field: string): Source | undefined {
    const { fields, sources } = this.#row
    const cited = isRecord(fields.cited) ? scalarOf(fields.cited, field) : undefined
    return cited === undefined ? undefined : sources.get(cited)
  }
}
