import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import type { NameProp } from '../../src/index/port.ts'
import { type Script, scriptOf } from './name-cases-script.ts'

/**
 * Names out of the recorded lists, read roughly: for measuring, not for answering. Nothing of them
 * is ever written; the scorecard holds counts only.
 */

export interface ListedName {
  readonly text: string
  readonly prop: NameProp
  readonly script: Script
}

export interface AdverseEntity {
  readonly id: string
  readonly list: 'ofac' | 'un' | 'eu' | 'warning'
  readonly isPerson: boolean
  readonly names: readonly ListedName[]
}

export interface RecordedNames {
  readonly adverse: readonly AdverseEntity[]
  /** Firms, brands and actors of registers and labels, each once. */
  readonly benign: readonly string[]
}

export function readRecordedNames(mirror: string): RecordedNames {
  const adverse = [...ofac(mirror), ...un(mirror), ...eu(mirror), ...warned(mirror)]
  const bad = new Set(adverse.filter((e) => e.list === 'warning').flatMap((e) => e.names.map(low)))
  const benign = new Map<string, string>()
  for (const name of [...firms(mirror), ...brands(mirror), ...actors(mirror)]) {
    const key = name.toLowerCase()
    if (isName(name) && !bad.has(key) && !benign.has(key)) benign.set(key, name)
  }
  return { adverse, benign: [...benign.values()] }
}

const low = ({ text }: ListedName) => text.toLowerCase()

function textOf(mirror: string, path: string): string {
  const bytes = readFileSync(join(mirror, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function filesOf(mirror: string, folder: string, pattern: RegExp): string[] {
  return readdirSync(join(mirror, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => pattern.test(name))
    .sort()
}

type Row = Readonly<Record<string, string>>

function records(text: string, options: object = {}): Row[] {
  return parseCsv(text, {
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    ...options,
  }) as unknown as Row[]
}

/** Entities under construction: a name counts once. */
class Entities {
  readonly #list: AdverseEntity['list']
  readonly #byId = new Map<string, { isPerson: boolean; names: Map<string, ListedName> }>()

  constructor(list: AdverseEntity['list']) {
    this.#list = list
  }

  add(id: string, isPerson: boolean, text: string, prop: NameProp): void {
    const clean = text.replace(/\s+/gu, ' ').trim()
    if (!isName(clean)) return
    let entity = this.#byId.get(id)
    if (entity === undefined) {
      entity = { isPerson, names: new Map() }
      this.#byId.set(id, entity)
    }
    const key = clean.toLowerCase()
    if (!entity.names.has(key)) {
      entity.names.set(key, { text: clean, prop, script: scriptOf(clean) })
    }
  }

  isPerson(id: string): boolean | undefined {
    return this.#byId.get(id)?.isPerson
  }

  all(): AdverseEntity[] {
    return [...this.#byId].map(([id, { isPerson, names }]) => ({
      id: `${this.#list}:${id}`,
      list: this.#list,
      isPerson,
      names: [...names.values()],
    }))
  }
}

/** Something with two letters; longer than any name is a paragraph in the wrong cell. */
function isName(text: string): boolean {
  return /\p{L}.*\p{L}/u.test(text) && text.length <= 160
}

function ofac(mirror: string): AdverseEntity[] {
  const entities = new Entities('ofac')
  const rows = (name: string) =>
    parseCsv(textOf(mirror, `sanctions/ofac-sdn/${name}.csv.gz`).replace('\u001a', ''), {
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as string[][]
  for (const file of ['sdn-2021-07', 'cons_prim-2025-12']) {
    for (const [id = '', name = '', type = ''] of rows(file)) {
      const isPerson = type.trim() === 'individual'
      entities.add(id, isPerson, isPerson ? turned(name) : name, 'name')
    }
  }
  for (const file of ['alt-2025-12', 'cons_alt-2025-12']) {
    for (const [id = '', , kind = '', name = ''] of rows(file)) {
      // A later entity's primary name is not recorded: a comma then tells a person.
      const isPerson = entities.isPerson(id) ?? /^[^,]+, [^,.]+$/u.test(name)
      const prop = kind.startsWith('f') ? 'previousName' : 'alias'
      entities.add(id, isPerson, isPerson ? turned(name) : name, prop)
    }
  }
  return entities.all()
}

/** `LAST, First` as it is said. */
function turned(name: string): string {
  const at = name.indexOf(',')
  return at === -1 ? name : `${name.slice(at + 1)} ${name.slice(0, at)}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&apos;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
}

function un(mirror: string): AdverseEntity[] {
  const entities = new Entities('un')
  const [file = ''] = filesOf(mirror, 'sanctions/un', /\.xml\.gz$/u)
  const plain = (text: string) => text.replace(/&\w+;/gu, (mark) => ENTITIES[mark] ?? mark)
  for (const match of textOf(mirror, file).matchAll(/<(INDIVIDUAL|ENTITY)>([\s\S]*?)<\/\1>/gu)) {
    const body = match[2] ?? ''
    const of = (tag: string) =>
      [...body.matchAll(new RegExp(`<${tag}>([^<]+)</${tag}>`, 'gu'))].map((m) => plain(m[1] ?? ''))
    const [id = ''] = of('DATAID')
    const isPerson = match[1] === 'INDIVIDUAL'
    const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].flatMap(of)
    entities.add(id, isPerson, parts.join(' '), 'name')
    for (const name of of('NAME_ORIGINAL_SCRIPT')) entities.add(id, isPerson, name, 'alias')
    for (const alias of body.matchAll(/<(?:INDIVIDUAL|ENTITY)_ALIAS>([\s\S]*?)<\/\w+_ALIAS>/gu)) {
      const inner = alias[1] ?? ''
      const name = /<ALIAS_NAME>([^<]+)</u.exec(inner)?.[1]
      const isWeak = /<QUALITY>Low</u.test(inner)
      if (name !== undefined)
        entities.add(id, isPerson, plain(name), isWeak ? 'weakAlias' : 'alias')
    }
  }
  return entities.all()
}

function eu(mirror: string): AdverseEntity[] {
  const entities = new Entities('eu')
  for (const file of filesOf(mirror, 'sanctions/eu-oj', /\.csv\.gz$/u)) {
    for (const [at, row] of records(textOf(mirror, file)).entries()) {
      const id = `${row.celex ?? file}/${row.annex ?? ''}/${at}`
      const isPerson = row.schema === 'Person'
      for (const prop of ['name', 'alias', 'weakAlias', 'previousName'] as const) {
        for (const name of (row[prop] ?? '').split(';')) entities.add(id, isPerson, name, prop)
      }
    }
  }
  return entities.all()
}

/** Firms that a regulator warns of. */
function warned(mirror: string): AdverseEntity[] {
  const entities = new Entities('warning')
  for (const file of filesOf(mirror, 'regulators/esma-mica', /ncasp[^/]*\.csv$/iu)) {
    for (const row of records(textOf(mirror, file))) {
      const name = row.ae_lei_name || row.ae_commercial_name || ''
      for (const text of [row.ae_lei_name ?? '', row.ae_commercial_name ?? '']) {
        // One cell may hold a list of brands.
        for (const part of text.split(/[|;\n]|\s\/\s/u)) entities.add(name, false, part, 'name')
      }
    }
  }
  return entities.all()
}

function firms(mirror: string): string[] {
  const names: string[] = []
  for (const file of filesOf(
    mirror,
    'regulators/esma-mica',
    /(?<!n)(casp|emt|other)[^/]*\.csv$/iu,
  )) {
    for (const row of records(textOf(mirror, file))) {
      for (const cell of [row.ae_lei_name, row.ae_commercial_name, row.ae_offeror_name]) {
        names.push(...(cell ?? '').split(/[|;\n]|\s\/\s/u).map((name) => name.trim()))
      }
    }
  }
  return names
}

interface Brand {
  readonly brand?: string
  readonly entities?: readonly { legal_name?: string; commercial_name?: string }[]
  readonly countries?: Readonly<Record<string, { entity?: string | null }>>
}

function brands(mirror: string): string[] {
  const lines = textOf(mirror, 'regulators/whichcrypto-exchanges.jsonl').trim().split('\n')
  return lines.flatMap((line) => {
    const { brand, entities = [], countries = {} } = JSON.parse(line) as Brand
    const legal = entities.flatMap((entity) => [entity.legal_name, entity.commercial_name])
    const local = Object.values(countries).map(({ entity }) => entity)
    return [brand, ...legal, ...local].filter((name) => typeof name === 'string')
  })
}

function actors(mirror: string): string[] {
  const labels = [
    ...textOf(mirror, 'labels/graphsense.actorpack.yaml.gz').matchAll(/^ {2}label: (.+)$/gmu),
  ].map((match) => (match[1] ?? '').replace(/^(['"])(.*)\1$/u, '$2'))
  const exchanges = textOf(mirror, 'labels/defillama-cex-owners.csv')
    .split('\n')
    .slice(1)
    .map((line) => (line.split(',')[0] ?? '').replaceAll('-', ' '))
  return [...labels, ...exchanges]
}
