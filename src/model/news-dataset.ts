import { type Dataset, datasetSchema } from './dataset.ts'
import { foldName } from './name.ts'
import type { DatasetName } from './statement.ts'

/** What every publication's dataset begins with: its name is never one of the catalogue's. */
const PREFIX = 'news_'
const SLUG_CHARS_MAX = 60

export function isNewsDataset(name: DatasetName): boolean {
  return name.startsWith(PREFIX)
}

/** The dataset of a publication: `WikiBit` → `news_wikibit`; one without a name is `news_unnamed`. */
export function newsDatasetName(publication: string | null): DatasetName {
  const slug = foldName(publication ?? '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, SLUG_CHARS_MAX)
    .replace(/_+$/, '')
  return `${PREFIX}${slug === '' ? 'unnamed' : slug}`
}

/** The entity that carries what is known of the publication itself. */
export function publicationEntity(dataset: DatasetName): string {
  return `${dataset}:publication`
}

/**
 * A publication as a dataset: what it says is its own opinion, never an authority's list. It is
 * made of articles that were handed in, so it is as old as they are and never stale.
 */
export function newsDataset(name: DatasetName, title: string, page: string | null): Dataset {
  return datasetSchema.parse({
    name,
    title,
    summary: `Articles of ${title}, read into facts with their sentences.`,
    authority: { name: title, country: null, url: page ?? 'urn:custos:news', role: 'publisher' },
    kind: 'news',
    licence: {
      id: 'LicenseRef-publisher',
      name: 'Copyright of the publisher; facts, short quotes and links only',
      url: null,
      redistribute: false,
    },
    cadence: 'P365D',
    maxAgeDays: 36_500,
    window: true,
    live: [],
    liveNote:
      'Articles are handed in with custos news add, or come with a feed of the configuration.',
    page: page ?? 'urn:custos:news',
    assertions: [
      {
        metric: 'statements',
        max: 5_000_000,
        reason:
          'An article gives some dozen statements, and a publication prints thousands a year.',
      },
    ],
  })
}
