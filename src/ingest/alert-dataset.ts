import { ALERTS_DATASET } from '../model/alert.ts'
import { type Dataset, datasetSchema } from '../model/dataset.ts'

/** The dataset of Custos' own findings on chains: derived from blocks and lists, read from nowhere. */
export const ALERTS: Dataset = datasetSchema.parse({
  name: ALERTS_DATASET,
  title: 'Custos alerts',
  summary:
    'Findings of the chain rules (docs/method/chain-rules.md) on blocks that this installation ' +
    'followed or was given. Derived from blocks and lists; a finding is withdrawn when its block ' +
    'leaves the chain or the lists no longer support it.',
  authority: {
    name: 'Custos',
    country: null,
    url: 'urn:custos:alerts',
    // An opinion: it is nobody's authority, and meets no requirement of coverage.
    role: 'publisher',
  },
  // The kind of what is derived here: no source, and never stale or missing.
  kind: 'joins',
  licence: {
    id: 'Apache-2.0',
    name: 'Apache License 2.0',
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    redistribute: true,
  },
  cadence: 'P365D',
  // It is as old as the newest block that it speaks of.
  maxAgeDays: 36_500,
  live: [],
  liveNote: 'Derived here from followed chains; nothing is fetched.',
  page: 'urn:custos:alerts',
  assertions: [
    {
      metric: 'statements',
      max: 50_000_000,
      reason: 'A rule raises at most a thousand alerts on one block, and most blocks raise none.',
    },
  ],
})
