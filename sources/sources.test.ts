import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { canonicalJson } from '../src/base/encode.ts'
import { AppError } from '../src/base/error.ts'
import { type Dataset, datasetSchema } from '../src/model/dataset.ts'
import type { SourceItem } from '../src/model/statement.ts'
import { isDay } from '../src/model/time.ts'
import type { Crawl, InputFile } from '../src/source/crawl.ts'
import { roleOf, rowText } from '../src/source/parse/locator.ts'
import { BAD_INPUTS, type BadInput } from '../test/support/bad-input.ts'
import { type CrawlResult, memoryFile, runCrawl } from '../test/support/crawl.ts'

/** The interface promises this name without its country. */
const PROMISED = 'ecb_eurofxref'

const ROOT = dirname(fileURLToPath(import.meta.url))

/** Bad input is small: a parser that needs longer for it hangs. */
const BAD_INPUT_MS_MAX = 20_000

interface Folder {
  readonly path: string
  /** `us/ofac_sdn` */
  readonly name: string
}

const folders: readonly Folder[] = readdirSync(ROOT, { withFileTypes: true })
  .filter((group) => group.isDirectory())
  .flatMap((group) =>
    readdirSync(join(ROOT, group.name)).map((folder) => ({
      path: join(ROOT, group.name, folder),
      name: `${group.name}/${folder}`,
    })),
  )
  .filter(({ path }) => existsSync(join(path, 'dataset.yml')))

function metadataOf({ path }: Folder): Dataset {
  return datasetSchema.parse(parse(readFileSync(join(path, 'dataset.yml'), 'utf8')))
}

async function crawlOf({ path }: Folder): Promise<Crawl> {
  return ((await import(join(path, 'parse.ts'))) as { readonly crawl: Crawl }).crawl
}

/** `fixture.<role>.<ext>`, or `fixture.<role>.<name>` where the name tells something. */
function fixturesOf(folder: Folder): readonly InputFile[] {
  const files = readdirSync(folder.path)
    .filter((file) => file.startsWith('fixture.'))
    .sort()
    .map((file) => {
      const [, role = '', ...rest] = file.split('.')
      const name = rest.length > 1 ? rest.join('.') : file
      return memoryFile(role, name, readFileSync(join(folder.path, file)))
    })
  if (files.length > 0) return files
  // A source that comes with its own file has no need of another.
  return metadataOf(folder)
    .packages.filter((entry) => entry.package === '.')
    .map(({ role, file }) => memoryFile(role, file, readFileSync(join(folder.path, file))))
}

function run(folder: Folder, crawl: Crawl, files: readonly InputFile[]): Promise<CrawlResult> {
  const dataset = metadataOf(folder).name
  const publishedAt = '2030-03-04T00:00:00Z'
  return runCrawl(crawl, files, { dataset, publishedAt })
}

function jsonLine(item: SourceItem): string {
  return canonicalJson({ ...item })
}

function expectWellFormed(dataset: string, item: SourceItem, roles: ReadonlySet<string>): void {
  const line = jsonLine(item)
  expect(item.entity, line).toMatch(new RegExp(`^${dataset}:.`))
  expect(item.prop, line).toMatch(/^[a-z][A-Za-z]*$/)
  expect(item.value, line).not.toBe('')
  expect(item.original, line).not.toBe(item.value)
  expect(roles.has(roleOf(item.row).split('/')[0] ?? ''), line).toBe(true)
  for (const day of [item.from, item.to]) expect(day === undefined || isDay(day), line).toBe(true)
}

describe.each(folders)('source $name', (folder) => {
  it('has metadata that say who, under which licence, where from and what to expect', () => {
    const dataset = metadataOf(folder)
    const [group, own] = folder.name.split('/')
    const isPlain = group === 'global' || own === PROMISED
    expect(dataset.name).toBe(isPlain ? own : `${group}_${own}`)
    const roles = new Set(
      [...dataset.live, ...dataset.mirror, ...dataset.packages].map(({ role }) => role),
    )
    expect([...roles]).toEqual(
      expect.arrayContaining(dataset.requires.flatMap((role) => role.split('|'))),
    )
    if (dataset.live.length === 0) expect(dataset.liveNote ?? dataset.packages).toBeTruthy()
    for (const { date } of dataset.mirror.filter((entry) => entry.date !== undefined)) {
      expect(date).toMatch(/\(\?<y>.*\(\?<m>/)
    }
    expect(dataset.assertions.some(({ min }) => min !== undefined)).toBe(true)
  })

  it('says of its fixture what the expectation holds, and can show every row', async () => {
    const dataset = metadataOf(folder)
    const files = fixturesOf(folder)
    expect(files.length).toBeGreaterThan(0)
    const { items } = await run(folder, await crawlOf(folder), files)
    expect(items.length).toBeGreaterThan(0)
    const roles = new Set(files.map(({ role }) => role))
    for (const item of items) expectWellFormed(dataset.name, item, roles)
    for (const row of new Set(items.map((item) => item.row))) {
      const place = roleOf(row)
      const file = files.find(({ role, name }) => place === role || place === `${role}/${name}`)
      if (file === undefined || row.endsWith('#file')) continue
      expect(await rowText(file, row), row).toBeTruthy()
    }
    const path = join(folder.path, 'expected.jsonl')
    const text = `${items.map(jsonLine).join('\n')}\n`
    if (process.env.UPDATE_EXPECTED === '1') writeFileSync(path, text)
    expect(existsSync(path), `${basename(path)} is missing`).toBe(true)
    expect(text).toBe(readFileSync(path, 'utf8'))
  })

  it('says nothing of one dataset in the name of another', async () => {
    const files = fixturesOf(folder)
    const { items } = await runCrawl(await crawlOf(folder), files, {
      dataset: 'renamed',
      publishedAt: '2030-03-04T00:00:00Z',
    })
    for (const item of items) expect(item.entity).toMatch(/^renamed:/)
  })

  it.each(BAD_INPUTS)(
    'meets $name with a clear error or with what is left, in time',
    async (bad) => {
      const crawl = await crawlOf(folder)
      const files = fixturesOf(folder)
      for (const [i, file] of files.entries()) {
        const content = await bad.make(file)
        if (content === undefined) continue
        const broken = files.with(i, memoryFile(file.role, file.name, content))
        const startedMs = performance.now()
        const outcome = await run(folder, crawl, broken).catch((error: unknown) => error)
        expect(performance.now() - startedMs).toBeLessThan(BAD_INPUT_MS_MAX)
        expectMet(folder, bad, outcome, `${file.role}: ${file.name}`)
      }
    },
  )
})

function expectMet(folder: Folder, bad: BadInput, outcome: unknown, where: string): void {
  if (outcome instanceof Error) {
    expect(outcome, `${where}: ${outcome.stack}`).toBeInstanceOf(AppError)
    expect((outcome as AppError).code, where).toMatch(/^source\./)
    return
  }
  const { name, assertions } = metadataOf(folder)
  const { items, notes } = outcome as CrawlResult
  for (const item of items) {
    expect(item.entity, where).toMatch(new RegExp(`^${name}:.`))
    expect(() => jsonLine(item), where).not.toThrow()
  }
  const noted = Object.keys(notes).length
  if (bad.isNoList) {
    expect(items.length, `${where} was read as an empty list`).toBeGreaterThan(0)
    // Other files may still speak; then what is wrong with this one has to be said.
    expect(noted, `${where}: silent`).toBeGreaterThan(0)
  } else if (assertions.some(({ min }) => min !== undefined && min > 0)) {
    expect(items.length + noted, `${where}: silent and empty`).toBeGreaterThan(0)
  }
}
