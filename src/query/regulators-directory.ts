import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import { nameKey } from '../index/projection.ts'
import { dayText, knownAt, type Span } from '../index/span.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import { foldName } from '../model/name.ts'
import type { EntityId, Hash } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Licence } from '../model/verdict.ts'
import type { AuthorityFacts } from '../score/firm/serve-rows.ts'

/** A page that a field names, and the page that the field was read off. */
interface CitedPage {
  readonly url: string
  readonly source: string | null
}

/** One authority of the directory, as its statements say it. */
export interface DirectoryEntry extends AuthorityFacts {
  readonly entity: EntityId
  readonly name: string
  readonly nameStatement: Hash
  readonly aliases: readonly string[]
  readonly country: string
  readonly subdivision: string | null
  readonly website: { readonly value: string; readonly statement: Hash } | null
  readonly source: string | null
  readonly register: CitedPage | null
  readonly warnings: CitedPage | null
  readonly enforcement: CitedPage | null
  readonly permissions: readonly {
    readonly kind: string
    readonly word: string
    readonly source: string | null
  }[]
  /** Ratings of criteria that a statement gives, by the id of the criterion. */
  readonly ratings: ReadonlyMap<string, { readonly points: number; readonly statement: Hash }>
}

/** The directory of supervisory authorities at one state of knowledge. */
export class Directory {
  readonly entries: readonly DirectoryEntry[]
  readonly #byKey = new Map<string, DirectoryEntry[]>()
  readonly #known = new Map<string, DirectoryEntry | null>()

  constructor(entries: readonly DirectoryEntry[]) {
    this.entries = entries
    for (const entry of entries) {
      for (const key of keysOf([entry.name, ...entry.aliases])) {
        const list = this.#byKey.get(key)
        if (list === undefined) this.#byKey.set(key, [entry])
        else list.push(entry)
      }
    }
  }

  byCode(code: string): DirectoryEntry | undefined {
    return this.entries.find((entry) => entry.code === code)
  }

  /** The authority that a row names: by its name, or by its short name in its own country. */
  of(licence: Pick<Licence, 'regulator' | 'country'>): DirectoryEntry | undefined {
    const key = `${licence.country ?? ''} ${licence.regulator}`
    let found = this.#known.get(key)
    if (found === undefined) {
      found = this.#find(licence) ?? null
      // Names come from files: only as many are remembered as there can be authorities.
      if (this.#known.size > KNOWN_MAX) this.#known.clear()
      this.#known.set(key, found)
    }
    return found ?? undefined
  }

  #find({ regulator, country }: Pick<Licence, 'regulator' | 'country'>) {
    for (const key of keysOf([regulator])) {
      const entries = this.#byKey.get(key) ?? []
      // A short name is one of several countries: the row's own decides, or the Union's.
      const own = entries.find((entry) => entry.country === country)
      if (own !== undefined) return own
      const [only] = entries
      const isFull = key.length >= FULL_NAME_CHARS
      if (only !== undefined && entries.length === 1 && (isFull || only.country === 'EU'))
        return only
    }
    return undefined
  }
}

const KNOWN_MAX = 2_000
/** Folded, without spaces: an acronym is far shorter, the name of an authority longer. */
const FULL_NAME_CHARS = 12

/** Keys of a name: whole, without what stands in brackets, and each bracket by itself. */
function keysOf(names: readonly string[]): string[] {
  const keys = new Set<string>()
  for (const name of names) {
    const brackets = [...name.matchAll(/\(([^()]{1,40})\)/gu)].map((match) => match[1] ?? '')
    const bare = name.replace(/\([^()]*\)/gu, ' ')
    const parts = bare.split(/\s[-–—/|]\s/u)
    for (const text of [name, bare, ...parts, ...brackets]) {
      const folded = foldName(text)
      if (folded !== '') keys.add(nameKey(folded))
    }
  }
  return [...keys]
}

/** Reads the directory once for each state of knowledge; it has some dozens of entries. */
export class DirectoryLoader {
  readonly #ledger: LedgerReader
  readonly #index: IndexReader
  readonly #books = new Map<string, Promise<Directory>>()

  constructor(ledger: LedgerReader, index: IndexReader) {
    this.#ledger = ledger
    this.#index = index
  }

  async at(seq: number, day: Day): Promise<Directory> {
    // While no statement of a roll has changed, every later state has the same directory.
    const rollSeq = Math.min(seq, await this.#index.rollSeq())
    const key = `${rollSeq} ${day}`
    let book = this.#books.get(key)
    if (book === undefined) {
      book = this.#load(seq, day)
      if (this.#books.size >= BOOKS_KEPT) this.#books.clear()
      this.#books.set(key, book)
      book.catch(() => this.#books.delete(key))
    }
    return book
  }

  async #load(seq: number, day: Day): Promise<Directory> {
    const sids = (await this.#index.roll('regulator')).slice(0, ENTRIES_MAX)
    const held = await this.#heldOn(sids, seq, day)
    const entries: DirectoryEntry[] = []
    for (const row of held) {
      const own = await this.#index.sidsOfEntity(row.entity, LIMITS.hitsPerKeyMax)
      const said = (await this.#heldOn(own, seq, day)).filter((one) => one.entity === row.entity)
      const entry = entryOf(row, said)
      if (entry !== undefined) entries.push(entry)
    }
    entries.sort((a, b) => (a.code < b.code ? -1 : 1))
    return new Directory(entries)
  }

  async #heldOn(sids: readonly number[], seq: number, day: Day): Promise<readonly StatementRow[]> {
    const spans = await this.#index.spansOf(sids)
    return this.#ledger.statements(sids.filter((sid) => isHeld(spans.get(sid) ?? [], seq, day)))
  }
}

const BOOKS_KEPT = 4
const ENTRIES_MAX = 5_000

/** The directory names who supervises; an older day has it as the first version did. */
function isHeld(spans: readonly Span[], seq: number, day: Day): boolean {
  const known = knownAt(spans, seq)
  if (known.some(({ from, to }) => dayText(from) <= day && (to === null || dayText(to) > day))) {
    return true
  }
  return known.length > 0 && known.every(({ from, to }) => dayText(from) > day && to === null)
}

function entryOf(row: StatementRow, said: readonly StatementRow[]): DirectoryEntry | undefined {
  const json = recordOf(row.value)
  const name = said.find(({ prop }) => prop === 'name')
  const code = textOf(json.code)
  if (code === null || name === undefined) return undefined
  const website = said.find(({ prop }) => prop === 'website')
  const warnings = pageOf(json.warnings)
  const enforcement = pageOf(json.enforcement)
  return {
    code,
    entity: row.entity,
    statement: row.id,
    hasWarnings: warnings !== null,
    hasEnforcement: enforcement !== null,
    name: name.value,
    nameStatement: name.id,
    aliases: said.filter(({ prop }) => prop === 'alias').map(({ value }) => value),
    country: textOf(json.country) ?? '',
    subdivision: textOf(json.subdivision),
    website: website === undefined ? null : { value: website.value, statement: website.id },
    source: textOf(json.source),
    register: pageOf(json.register),
    warnings,
    enforcement,
    permissions: permissionsOf(json.permissions),
    ratings: ratingsOf(said),
  }
}

function permissionsOf(value: unknown): DirectoryEntry['permissions'] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.flatMap((one) => {
    const { kind, word, source } = objectOf(one)
    if (typeof kind !== 'string' || typeof word !== 'string') return []
    return [{ kind, word, source: textOf(source) }]
  })
}

/** A `criterion` statement: `{id, points, source}`; one without a source rates nothing. */
function ratingsOf(said: readonly StatementRow[]): DirectoryEntry['ratings'] {
  const ratings = new Map<string, { points: number; statement: Hash }>()
  for (const row of said) {
    if (row.prop !== 'criterion') continue
    const { id, points, source } = recordOf(row.value)
    if (typeof id !== 'string' || typeof points !== 'number' || typeof source !== 'string') continue
    ratings.set(id, { points, statement: row.id })
  }
  return ratings
}

function pageOf(value: unknown): CitedPage | null {
  const { url, source } = objectOf(value)
  return typeof url === 'string' ? { url, source: textOf(source) } : null
}

function recordOf(value: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(value))
  } catch {
    return {}
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
