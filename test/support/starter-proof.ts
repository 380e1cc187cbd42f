import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '../../src/base/assert.ts'
import type { SourceItem } from '../../src/model/statement.ts'
import { scalarOf, scalarsOf } from '../../src/source/format/yaml-list.ts'
import { csvRecords } from '../../src/source/parse/csv.ts'
import { isRecord, parseJson } from '../../src/source/parse/json.ts'
import { lines } from '../../src/source/parse/lines.ts'
import { childText, xmlRecords } from '../../src/source/parse/xml.ts'
import { mirrorFile, runCrawl } from './crawl.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Why a fact is not confirmed; an empty list confirms it. */
type Doubts = readonly string[]

/** Says what of a fact the recorded document does not hold. */
type Proof = (fact: Fields) => Doubts

interface Claim {
  readonly what: string
  readonly isHeld: boolean
}

function doubts(claims: readonly Claim[]): Doubts {
  return claims.filter(({ isHeld }) => !isHeld).map(({ what }) => what)
}

function equal(what: string, claimed: unknown, recorded: unknown): Claim {
  const same = JSON.stringify(claimed) === JSON.stringify(recorded)
  return {
    what: `${what}: ${JSON.stringify(claimed)} is not ${JSON.stringify(recorded)}`,
    isHeld: same,
  }
}

function holds(what: string, isHeld: boolean): Claim {
  return { what, isHeld }
}

/** The recorded files of a document, by their paths in the mirror, and how it proves a fact. */
export interface RecordedDocument {
  readonly paths: readonly string[]
  /** The date that the content itself gives, where it gives one. */
  readonly dated?: string | undefined
  readonly proof: Proof
}

/** Members that are about the row, or this project's own choice, and no claim of a document. */
export const OWN_MEMBERS: ReadonlySet<string> = new Set([
  'slug',
  'kind',
  'document',
  'schema',
  'tolerance',
])

function mirror(): string {
  const folder = process.env.CUSTOS_MIRROR
  assert(folder !== undefined, 'CUSTOS_MIRROR is set where recorded data is read')
  return folder
}

/** The one recorded file whose name matches; none is no proof, and several are no answer. */
function only(folder: string, pattern: RegExp): string {
  const names = readdirSync(join(mirror(), folder)).filter((name) => pattern.test(name))
  assert(names.length === 1, `one file ${pattern} in ${folder}, found ${names.length}`)
  return `${folder}/${names[0]}`
}

async function jsonLines(path: string): Promise<readonly Fields[]> {
  const file = mirrorFile('x', path)
  const rows: Fields[] = []
  for await (const { text } of lines(file)) {
    const value = text === '' ? undefined : parseJson(file, text)
    if (isRecord(value)) rows.push(value)
  }
  return rows
}

function byEntity(items: readonly SourceItem[]): ReadonlyMap<string, readonly SourceItem[]> {
  const found = new Map<string, SourceItem[]>()
  for (const item of items) found.set(item.entity, [...(found.get(item.entity) ?? []), item])
  return found
}

function valuesOf(items: readonly SourceItem[], prop: string): readonly string[] {
  return items.filter((item) => item.prop === prop).map(({ value }) => value)
}

export async function sourcesDocument(): Promise<RecordedDocument> {
  const path = 'regulators/opensanctions-source-catalogue.jsonl'
  const rows = await jsonLines(path)
  return {
    paths: [path],
    proof: (fact) => {
      const isRow = (row: Fields) =>
        row.publisher === scalarOf(fact, 'name') &&
        row.acronym === scalarOf(fact, 'acronym') &&
        String(row.country).toUpperCase() === scalarOf(fact, 'country') &&
        (row.url === scalarOf(fact, 'register') || row.data_url === scalarOf(fact, 'register'))
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'regulator'),
        holds('no row has this publisher, acronym, country and address', rows.some(isRow)),
      ])
    },
  }
}

export async function caspDocument(asOf: string): Promise<RecordedDocument> {
  const { crawl } = await import('../../sources/eu/esma_casp/parse.ts')
  const day = asOf.replaceAll('-', '-?')
  const path = only('regulators/esma-mica/history', new RegExp(`^CASP.*${day}\\.csv$`))
  const { items } = await runCrawl(crawl, [mirrorFile('register', path)], { dataset: 'x' })
  const firms = [...byEntity(items).values()]
  return {
    paths: [path],
    proof: (fact) => {
      const lei = scalarOf(fact, 'lei') ?? ''
      const own = firms.filter((firm) => valuesOf(firm, 'leiCode').includes(lei))
      const [firm] = own
      if (firm === undefined || own.length !== 1) return [`${own.length} rows have the LEI ${lei}`]
      const licence = JSON.parse(valuesOf(firm, 'licence')[0] ?? '{}') as Fields
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'firm'),
        equal('name', [scalarOf(fact, 'name')], valuesOf(firm, 'name')),
        equal('website', [scalarOf(fact, 'website')], valuesOf(firm, 'website')),
        equal('country', [scalarOf(fact, 'country')], valuesOf(firm, 'country')),
        equal('regulator', scalarOf(fact, 'regulator'), licence.regulator),
        equal('from', scalarOf(fact, 'from'), licence.from),
        equal('services', scalarsOf(fact, 'services'), licence.services),
        equal('countries', scalarsOf(fact, 'countries'), licence.countries),
        equal('status', 'authorised', licence.status),
        ...scalarsOf(fact, 'brands').map((brand) =>
          holds(`brand ${brand}`, valuesOf(firm, 'alias').includes(brand)),
        ),
      ])
    },
  }
}

export async function ofacAddressDocument(): Promise<RecordedDocument> {
  const folder = 'sanctions/ofac-crypto'
  const pathOf = (currency: string) => `${folder}/sanctioned_addresses_${currency}.json`
  return {
    paths: [pathOf('ETH')],
    proof: (fact) => {
      const currency = scalarOf(fact, 'currency') ?? ''
      const path = join(mirror(), pathOf(currency))
      const listed = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : []
      // EVM addresses are stored in lower case; every other spelling is the list's own.
      const spelled = listed.map((a) => (a.startsWith('0x') ? a.toLowerCase() : a))
      const address = scalarOf(fact, 'address') ?? ''
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'designation'),
        equal('list', scalarOf(fact, 'list'), 'SDN'),
        holds(`${address} is not listed under ${currency}`, spelled.includes(address)),
      ])
    },
  }
}

export async function ofacFilesDocument(asOf: string): Promise<RecordedDocument> {
  const month = asOf.slice(0, 7)
  const folder = 'sanctions/ofac-sdn'
  const paths = [`${folder}/alt-${month}.csv.gz`, `${folder}/sdn_comments-${month}.csv.gz`]
  const [names = [], comments = []] = await Promise.all(
    paths.map(async (path) => {
      const rows: (readonly string[])[] = []
      for await (const { cells } of csvRecords(mirrorFile('x', path), { relaxQuotes: true })) {
        rows.push(cells.map((cell) => cell.trim()))
      }
      return rows
    }),
  )
  return {
    paths,
    proof: (fact) => {
      const id = scalarOf(fact, 'authorityId')
      const of = `${scalarOf(fact, 'currency')} ${scalarOf(fact, 'address')}`
      const wallet = `Digital Currency Address - ${of};`
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'designation'),
        equal('list', scalarOf(fact, 'list'), 'SDN'),
        holds(
          'no alias of the entry is this name',
          names.some(([ent, , , name]) => ent === id && name === scalarOf(fact, 'name')),
        ),
        holds(
          'the remarks of the entry lack the address',
          comments.some(([ent, text]) => ent === id && `${text};`.includes(wallet)),
        ),
      ])
    },
  }
}

export async function unDocument(asOf: string): Promise<RecordedDocument> {
  const path = only('sanctions/un', new RegExp(`consolidated-${asOf}\\.xml`, 'i'))
  const entities: Fields[] = []
  let dated = ''
  const records = xmlRecords(mirrorFile('x', path), {
    records: ['ENTITY'],
    onOpen: (_name, { dateGenerated }) => {
      dated ||= dateGenerated ?? ''
    },
  })
  for await (const { element } of records) {
    entities.push({
      name: childText(element, 'FIRST_NAME'),
      authorityId: childText(element, 'REFERENCE_NUMBER'),
      listingDate: childText(element, 'LISTED_ON'),
      program: childText(element, 'UN_LIST_TYPE'),
    })
  }
  return {
    paths: [path],
    dated: dated.slice(0, 10),
    proof: (fact) => {
      const id = scalarOf(fact, 'authorityId')
      const entity = entities.find(({ authorityId }) => authorityId === id) ?? {}
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'designation'),
        equal('list', scalarOf(fact, 'list'), 'UN'),
        equal('name', scalarOf(fact, 'name'), entity.name),
        equal('listingDate', scalarOf(fact, 'listingDate'), entity.listingDate),
        equal('programs', scalarsOf(fact, 'programs'), [entity.program]),
      ])
    },
  }
}

export async function incidentsDocument(): Promise<RecordedDocument> {
  const { crawl } = await import('../../sources/global/defihacklabs/parse.ts')
  const paths = [
    'incidents/defihacklabs-incidents.jsonl',
    'incidents/defihacklabs-readme-index.jsonl',
  ] as const
  const files = [mirrorFile('incidents', paths[0]), mirrorFile('index', paths[1])]
  const { items } = await runCrawl(crawl, files, { dataset: 'x' })
  const incidents = byEntity(items)
  return {
    paths: [paths[0]],
    proof: (fact) => {
      const said = incidents.get(`x:${scalarOf(fact, 'key')}`) ?? []
      const involved = new Set(valuesOf(said, 'involved'))
      const roles = [
        ['attacker', 'attackers'],
        ['attack_contract', 'attackContracts'],
        ['vulnerable', 'vulnerable'],
      ] as const
      const parties = roles.flatMap(([role, member]) =>
        scalarsOf(fact, member).map((address) => {
          const claim = { address, chain: scalarOf(fact, 'chain'), role }
          return holds(`${role} ${address}`, involved.has(JSON.stringify(claim)))
        }),
      )
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'incident'),
        equal('name', [scalarOf(fact, 'name')], valuesOf(said, 'name')),
        equal('startDate', [scalarOf(fact, 'startDate')], valuesOf(said, 'startDate')),
        ...parties,
      ])
    },
  }
}

export async function actorsDocument(): Promise<RecordedDocument> {
  const { crawl } = await import('../../sources/global/graphsense_actors/parse.ts')
  const path = 'labels/graphsense.actorpack.yaml.gz'
  const { items } = await runCrawl(crawl, [mirrorFile('actors', path)], { dataset: 'x' })
  const protects = new Set(valuesOf(items, 'protect'))
  return {
    paths: [path],
    proof: (fact) => {
      const claim = JSON.stringify({ host: scalarOf(fact, 'host'), name: scalarOf(fact, 'name') })
      return doubts([
        holds('kind', scalarOf(fact, 'kind') === 'brand'),
        holds(`no actor has ${claim}`, protects.has(claim)),
      ])
    },
  }
}

/**
 * Whether the recorded document is of that day: its content, its name, or the table that comes
 * with the recorded data says so. A name with a month alone stands for the first of the month.
 */
export function isOfDay(recorded: RecordedDocument, day: string): boolean {
  if (recorded.dated !== undefined) return recorded.dated === day
  const table = readFileSync(join(mirror(), 'README.md'), 'utf8').split('\n')
  return recorded.paths.every((path) => {
    const name = path.split('/').at(-1) ?? ''
    const inName = /(20\d{2})-?(\d{2})(?:-?(\d{2}))?(?!\d)/.exec(name)
    if (inName !== null) {
      const [, y, m, d = '01'] = inName
      return `${y}-${m}-${d}` === day
    }
    // A row names a file, or several by a pattern or by their common beginning.
    const stem = name.replace(/(_[A-Z]+)?\.[a-z.]+$/, '')
    const rows = table.filter((row) => row.includes(stem) && row.includes('|'))
    return rows.some((row) => row.split('|').some((cell) => cell.includes(day)))
  })
}
