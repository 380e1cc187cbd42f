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
  const regimes = regimesOf(ctx, header.regimes)
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
    yield* new Authority(ctx, { fields, sources, regimes, row, code }).items()
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

/** Criteria that a regime meets (docs/method/regulator-criteria.json), each with its words. */
function regimesOf(ctx: CrawlContext, value: unknown): ReadonlyMap<string, readonly Json[]> {
  const regimes = new Map<string, readonly Json[]>()
  for (const [key, fields] of Object.entries(isRecord(value) ? value : {})) {
    const name = isRecord(fields) ? scalarOf(fields, 'name') : undefined
    const url = isRecord(fields) ? scalarOf(fields, 'url') : undefined
    const list: unknown = isRecord(fields) ? fields.criteria : undefined
    if (name === undefined || url === undefined || !isWebUrl(url) || !Array.isArray(list)) {
      ctx.note('regime_unusable', key)
      continue
    }
    regimes.set(
      key,
      list.flatMap((one: unknown) => criterionOf(ctx, one, { regime: name, source: url })),
    )
  }
  return regimes
}

function criterionOf(
  ctx: CrawlContext,
  value: unknown,
  cited: { readonly regime: string; readonly source: string },
): Json[] {
  const id = isRecord(value) ? scalarOf(value, 'id') : undefined
  const points = isRecord(value) ? scalarOf(value, 'points') : undefined
  const word = isRecord(value) ? scalarOf(value, 'word') : undefined
  const isUsable = /^[a-z]+(?:_[a-z]+)*$/.test(id ?? '') && /^\d{1,3}$/.test(points ?? '')
  if (isUsable && id !== undefined && word !== undefined) {
    return [{ id, points: Number(points), word, ...cited }]
  }
  ctx.note('criterion_unusable', id ?? 'without an id')
  return []
}

function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}

interface Row {
  readonly fields: Fields
  readonly sources: ReadonlyMap<string, Source>
  /** `criterion` values by the key of the regime. */
  readonly regimes: ReadonlyMap<string, readonly Json[]>
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
    for (const criterion of this.#criteria()) yield say('criterion', canonicalJson(criterion))
    const source = this.#source('name')
    if (source !== undefined) yield say('sourceUrl', source.url)
  }

  #criteria(): readonly Json[] {
    const { fields, regimes, row } = this.#row
    const regime = scalarOf(fields, 'regime')
    if (regime === undefined) return []
    const criteria = regimes.get(regime)
    if (criteria === undefined) this.#ctx.note('regime_unusable', `${row}: ${regime}`)
    return criteria ?? []
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
