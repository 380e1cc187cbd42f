import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { crawl } from '../sources/global/custos_starter/parse.ts'
import { loadCatalogue } from '../src/ingest/catalogue.ts'
import { readAddress } from '../src/model/address.ts'
import { isLei } from '../src/model/lei.ts'
import { isDay } from '../src/model/time.ts'
import { scalarOf, scalarsOf, yamlList } from '../src/source/format/yaml-list.ts'
import { isRecord } from '../src/source/parse/json.ts'
import { diskFile, runCrawl } from './support/crawl.ts'
import {
  actorsDocument,
  caspDocument,
  type Fields,
  incidentsDocument,
  isOfDay,
  OWN_MEMBERS,
  ofacAddressDocument,
  ofacFilesDocument,
  type RecordedDocument,
  sourcesDocument,
  unDocument,
} from './support/starter-proof.ts'

const FACTS_MAX = 60
const PATH = new URL('../sources/global/custos_starter/facts.yml', import.meta.url).pathname

const { header, items } = await yamlList(diskFile('facts', PATH), 'facts')
const facts = items.map(({ value }) => value).filter(isRecord)
const documents = new Map(
  Object.entries(isRecord(header.documents) ? header.documents : {}).filter(
    (entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]),
  ),
)
const asOf = (key: string) => scalarOf(documents.get(key) ?? {}, 'asOf') ?? ''

describe('the starter', () => {
  it('is a handful of facts, each with its document, and every document is used', () => {
    expect(facts.length).toBe(items.length)
    expect(facts.length).toBeLessThanOrEqual(FACTS_MAX)
    const used = new Set(facts.map((fact) => scalarOf(fact, 'document')))
    expect([...used].sort()).toEqual([...documents.keys()].sort())
    for (const key of documents.keys()) expect(isDay(asOf(key)), key).toBe(true)
  })

  it('gives way to datasets that exist', () => {
    const names = new Set(loadCatalogue().keys())
    for (const [key, document] of documents) {
      for (const name of scalarsOf(document, 'supersededBy')) {
        expect(names.has(name), `${key}: ${name}`).toBe(true)
      }
    }
  })

  it('says something that decides, dated and with its document, of each fact', async () => {
    const result = await runCrawl(crawl, [diskFile('facts', PATH)], { dataset: 'custos_starter' })
    expect(result.notes).toEqual({})
    const deciding = new Set(['licence', 'listing', 'wallet', 'involved', 'protect', 'actor'])
    for (const fact of facts) {
      const entity = `custos_starter:${scalarOf(fact, 'slug')}`
      const day = asOf(scalarOf(fact, 'document') ?? '')
      const said = result.items.filter((item) => item.entity === entity)
      const decisive = said.filter(({ prop }) => deciding.has(prop))
      expect(decisive.length, entity).toBeGreaterThan(0)
      for (const { value } of decisive) {
        expect(JSON.parse(value), entity).toMatchObject({ starter: { asOf: day } })
      }
      expect(new Set(said.map(({ from }) => from)), entity).toEqual(new Set([day]))
    }
  })

  it('is as old as its oldest document, before it is read and after', async () => {
    const oldest = [...documents.keys()].map(asOf).sort()[0]
    const result = await runCrawl(crawl, [diskFile('facts', PATH)])
    expect(result.published).toBe(`${oldest}T00:00:00Z`)
    const metadata = readFileSync(PATH.replace('facts.yml', 'dataset.yml'), 'utf8')
    expect(parse(metadata)).toMatchObject({ packages: [{ publishedAt: oldest }] })
  })

  it('holds identifiers that pass their checksums', () => {
    for (const fact of facts) {
      const lei = scalarOf(fact, 'lei')
      if (lei !== undefined) expect(isLei(lei), lei).toBe(true)
      const members = ['address', 'attackers', 'attackContracts', 'vulnerable']
      for (const address of members.flatMap((member) => scalarsOf(fact, member))) {
        const [reading] = readAddress(address)
        expect(reading, address).toBeDefined()
        expect(reading?.checksum, address).not.toBe('mismatch')
      }
    }
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('every row of the starter', () => {
  const recorded = new Map<string, RecordedDocument>()

  beforeAll(async () => {
    recorded.set('sources', await sourcesDocument())
    recorded.set('casp', await caspDocument(asOf('casp')))
    recorded.set('ofac_addresses', await ofacAddressDocument())
    recorded.set('ofac_files', await ofacFilesDocument(asOf('ofac_files')))
    recorded.set('un', await unDocument(asOf('un')))
    recorded.set('incidents', await incidentsDocument())
    recorded.set('actors', await actorsDocument())
  })

  const doubtsOf = (fact: Fields) => {
    const document = recorded.get(scalarOf(fact, 'document') ?? '')
    return document === undefined ? ['no recorded document'] : document.proof(fact)
  }

  it.each(facts.map((fact) => [scalarOf(fact, 'slug'), fact] as const))(
    'is confirmed by the recorded document: %s',
    (_slug, fact) => {
      expect(doubtsOf(fact)).toEqual([])
    },
  )

  it('carries the date of the recorded document', () => {
    for (const key of documents.keys()) {
      const document = recorded.get(key)
      expect(document !== undefined && isOfDay(document, asOf(key)), key).toBe(true)
    }
  })

  it('would fail if any value in it were another', () => {
    for (const fact of facts) {
      for (const [member, value] of Object.entries(fact)) {
        if (OWN_MEMBERS.has(member)) continue
        const other = Array.isArray(value) ? [...value.slice(1), 'ZZ'] : `${String(value)}0`
        const where = `${scalarOf(fact, 'slug')}.${member}`
        expect(doubtsOf({ ...fact, [member]: other }), where).not.toEqual([])
      }
    }
  })
})
