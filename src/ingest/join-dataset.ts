import { type Dataset, datasetSchema } from '../model/dataset.ts'
import { JOINS_DATASET } from '../model/join.ts'

/**
 * The dataset of Custos' own judgements: no source, for it is derived from the ledger itself. It
 * has an id, a licence and a row among the sources like all others, so that nothing is hidden.
 */
export const JOINS: Dataset = datasetSchema.parse({
  name: JOINS_DATASET,
  title: 'Custos joins',
  summary:
    'Which records of registers, lists and packs are one firm, and which only look so, by the ' +
    'rules of docs/method/joins.md and the judgements of this installation’s operator. Derived ' +
    'from the sources; it adds no fact about any firm.',
  authority: {
    name: 'Custos',
    country: null,
    url: 'urn:custos:joins',
    // An opinion: it is nobody's authority, and meets no requirement of coverage.
    role: 'publisher',
  },
  kind: 'joins',
  licence: {
    id: 'Apache-2.0',
    name: 'Apache License 2.0',
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    redistribute: true,
  },
  cadence: 'P365D',
  // It is as old as the records that it judges, and judged anew whenever one of them changes.
  maxAgeDays: 36_500,
  live: [],
  liveNote: 'Derived here from what the sources say; nothing is fetched.',
  page: 'urn:custos:joins',
  assertions: [
    {
      metric: 'statements',
      max: 5_000_000,
      reason: 'A judgement names two records of firms, and lists hold a few hundred thousand.',
    },
  ],
})
