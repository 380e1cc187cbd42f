import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { AppError } from '../base/error.ts'
import { type Dataset, datasetSchema } from '../model/dataset.ts'
import type { Crawl } from '../source/crawl.ts'
import { ALERTS } from './alert-dataset.ts'
import { JOINS } from './join-dataset.ts'
import type { Source } from './types.ts'

export type Catalogue = ReadonlyMap<string, Source>

/** The folder `sources/` of this checkout. */
export const SOURCES_FOLDER = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  'sources',
)

/** Reads every `sources/<cc>/<name>/dataset.yml`; a malformed one stops the program. */
export function loadCatalogue(folder: string = SOURCES_FOLDER): Catalogue {
  const sources = new Map<string, Source>()
  for (const path of datasetFolders(folder)) {
    const dataset = readDataset(join(path, 'dataset.yml'))
    if (sources.has(dataset.name)) {
      throw new AppError('source.duplicate', `Two sources are called ${dataset.name}.`)
    }
    sources.set(dataset.name, { dataset, folder: path, crawl: () => loadCrawl(path) })
  }
  if (folder === SOURCES_FOLDER) {
    for (const dataset of [JOINS, ALERTS]) sources.set(dataset.name, { dataset, ...DERIVED })
  }
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Written by the joiner and by the chain rules, and never by a crawl. */
const DERIVED: Omit<Source, 'dataset'> = {
  folder: SOURCES_FOLDER,
  crawl: async () => {
    throw new AppError('source.metadata', 'It is derived here and not read from a file.')
  },
}

export function datasetsOf(catalogue: Catalogue): ReadonlyMap<string, Dataset> {
  return new Map([...catalogue].map(([name, source]) => [name, source.dataset]))
}

function datasetFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((group) => group.isDirectory())
    .flatMap((group) =>
      readdirSync(join(folder, group.name), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, group.name, entry.name)),
    )
    .filter((path) => readdirSync(path).includes('dataset.yml'))
}

function readDataset(path: string): Dataset {
  const result = datasetSchema.safeParse(parse(readFileSync(path, 'utf8')))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new AppError(
    'source.metadata',
    `${dirname(path).split('/').at(-1)}/dataset.yml: ${issue?.path.join('.')}: ${issue?.message}`,
  )
}

async function loadCrawl(folder: string): Promise<Crawl> {
  const module = (await import(pathToFileURL(join(folder, 'parse.ts')).href)) as { crawl?: Crawl }
  if (module.crawl === undefined)
    throw new AppError('source.metadata', 'parse.ts exports no crawl.')
  return module.crawl
}
