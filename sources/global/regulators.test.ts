import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import CRITERIA from '../../docs/method/regulator-criteria.json' with { type: 'json' }
import { memoryFile, runCrawl } from '../../test/support/crawl.ts'
import { crawl } from './custos_regulators/parse.ts'

const HERE = dirname(fileURLToPath(import.meta.url))
const SOURCES = join(HERE, '..')
const DIRECTORY = readFileSync(join(HERE, 'custos_regulators', 'regulators.yml'), 'utf8')
const MIRROR = process.env.CUSTOS_MIRROR ?? ''
const CATALOGUE = join(MIRROR, 'regulators', 'opensanctions-source-catalogue.jsonl')
const LIVE = join(MIRROR, 'live-sources.csv')
const HISTORY = join(MIRROR, 'regulators', 'esma-mica', 'history')

function isRecorded(...paths: readonly string[]): boolean {
  return MIRROR !== '' && paths.every((path) => existsSync(path))
}

interface Page {
  readonly url: string
  readonly source: string | null
}

interface Regulator {
  readonly code: string
  readonly country: string
  readonly register?: Page
  readonly warnings?: Page
  readonly enforcement?: Page
  readonly permissions: readonly { readonly kind: string; readonly source: string }[]
  readonly source: string | null
}

async function directory() {
  const file = memoryFile('directory', 'regulators.yml', DIRECTORY)
  const result = await runCrawl(crawl, [file], { dataset: 'custos_regulators' })
  const regulators = result.items
    .filter(({ prop }) => prop === 'regulator')
    .map(({ value }) => JSON.parse(value) as Regulator)
  return { ...result, regulators }
}

function hostOf(url: string): string {
  return new URL(url).hostname
}

describe('the directory of supervisory authorities', () => {
  it('reads each row whole: each field cites a source', async () => {
    const { regulators, notes, items } = await directory()
    expect(notes).toEqual({})
    expect(regulators.length).toBeGreaterThanOrEqual(60)
    for (const prop of ['schema', 'name', 'sourceUrl']) {
      expect(items.filter((item) => item.prop === prop)).toHaveLength(regulators.length)
    }
    for (const { code, country, register, warnings, enforcement, source } of regulators) {
      const pages = [register, warnings, enforcement].filter((page) => page !== undefined)
      expect(pages.length, code).toBeGreaterThan(0)
      for (const page of pages) expect(page.source, code).toBeTruthy()
      expect(source, code).toBeTruthy()
      expect(code.startsWith(`${country.toLowerCase()}-`), code).toBe(true)
    }
  })

  it('rates by open criteria only: each has its points, its words and an address', async () => {
    const { items } = await directory()
    const groups = new Map(CRITERIA.groups.map(({ id, points }) => [id, points]))
    for (const [id, points] of groups) {
      const own = CRITERIA.criteria.filter(({ group }) => group === id)
      expect(
        own.reduce((sum, { weight }) => sum + weight, 0),
        id,
      ).toBe(points)
    }
    expect([...groups.values()].reduce((sum, points) => sum + points, 0)).toBe(100)
    const levels = new Map(
      CRITERIA.criteria.map(({ id, weight, levels }) => {
        expect(Math.max(...levels.map(({ points }) => points)), id).toBe(weight)
        return [id, levels.map(({ points }) => points)]
      }),
    )
    const said = items.filter(({ prop }) => prop === 'criterion')
    expect(said.length).toBeGreaterThan(0)
    for (const { entity, value } of said) {
      const { id, points, word, source } = JSON.parse(value) as Record<string, string | number>
      expect(levels.get(String(id)), entity).toContain(points)
      expect(word).toBeTruthy()
      expect(String(source)).toMatch(/^https:\/\//)
    }
  })

  it('knows by name each regulator whose own list a connector reads', async () => {
    const { items } = await directory()
    const known = new Set(
      items.filter(({ prop }) => prop === 'name' || prop === 'alias').map(({ value }) => value),
    )
    // A register of all authorities names some that have no row of their own yet, invented ones too.
    const OF_ALL = ['eu_esma_sanctions', 'iosco_iscan', 'custos_starter']
    for (const [dataset, regulator] of namedRegulators()) {
      if (!OF_ALL.includes(dataset)) expect(known, `${dataset}: ${regulator}`).toContain(regulator)
    }
  })

  it.runIf(isRecorded(CATALOGUE, LIVE))(
    'takes each address from the recorded catalogues of sources',
    async () => {
      const recorded = readRecorded()
      const { regulators } = await directory()
      const { sources } = parse(DIRECTORY) as { sources: Record<string, { url: string }> }
      const urls = [
        ...Object.values(sources).map(({ url }) => url),
        ...regulators.flatMap(({ register, warnings, enforcement, permissions }) => [
          ...[register, warnings, enforcement].map((page) => page?.url),
          ...permissions.map(({ source }) => source),
        ]),
      ].filter((url) => url !== undefined)
      expect(urls.length).toBeGreaterThan(100)
      for (const url of urls) {
        expect(recorded.hosts, url).toContain(hostOf(url))
        expect(recorded.text, url).toContain(url)
      }
    },
  )

  it.runIf(isRecorded(HISTORY))(
    'names the authorities of the Union as its register does',
    async () => {
      const text = readdirSync(HISTORY)
        .map((name) => readFileSync(join(HISTORY, name), 'utf8'))
        .join('\n')
      const { items, regulators } = await directory()
      const ofUnion = regulators.filter(({ source }) => source?.includes('/2024-12/') === true)
      expect(ofUnion.length).toBeGreaterThan(20)
      for (const { code } of ofUnion) {
        const names = items
          .filter(
            ({ entity, prop }) => entity.endsWith(`:${code}`) && /^(?:name|alias)$/.test(prop),
          )
          .map(({ value }) => value)
        expect(
          names.some((name) => text.includes(name)),
          names.join(', '),
        ).toBe(true)
      }
    },
  )
})

/** Regulator by dataset, of the expectations beside the parsers. */
function namedRegulators(): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>()
  for (const group of readdirSync(SOURCES, { withFileTypes: true })) {
    if (!group.isDirectory()) continue
    for (const own of readdirSync(join(SOURCES, group.name))) {
      const path = join(SOURCES, group.name, own, 'expected.jsonl')
      if (!existsSync(path)) continue
      for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
        const { entity, prop, value } = JSON.parse(line) as Record<string, string>
        if (prop !== 'licence' && prop !== 'warning') continue
        const { regulator } = JSON.parse(value ?? '') as { regulator: string }
        const dataset = (entity ?? '').split(':')[0] ?? ''
        found.set(`${dataset} ${regulator}`, [dataset, regulator])
      }
    }
  }
  return [...found.values()]
}

function readRecorded(): { readonly text: string; readonly hosts: Set<string> } {
  const text = [CATALOGUE, LIVE].map((path) => readFileSync(path, 'utf8')).join('\n')
  const urls = text.match(/https?:\/\/[^\s",]+/g) ?? []
  return { text, hosts: new Set(urls.filter((url) => URL.canParse(url)).map(hostOf)) }
}
