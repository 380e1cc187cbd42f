import type { IndexReader } from '../index/port.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { isNewsDataset, newsDataset, publicationEntity } from '../model/news-dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { MatchName } from './news-link.ts'
import type { Queries } from './types.ts'

const STATEMENTS_MAX = 16
/**
 * Chosen, not measured: of the brands in recorded headlines all that were found scored 1 but one
 * (0.91, a shortened name), so they do not tell a threshold between the two from another. A link
 * that is missing costs less than one to the wrong firm.
 */
const SCORE_MIN = 0.93
const HITS_MAX = 5

/** Adds the publications that the ledger holds to the datasets that this installation knows. */
export async function addNewsDatasets(
  datasets: Map<DatasetName, Dataset>,
  ports: { readonly ledger: LedgerReader; readonly index: IndexReader },
): Promise<void> {
  const names = new Set((await ports.index.counts()).map(({ dataset }) => dataset))
  for (const name of names) {
    if (!isNewsDataset(name) || datasets.has(name)) continue
    const known = await publicationOf(name, ports)
    datasets.set(name, newsDataset(name, known.name ?? name, known.url))
  }
}

async function publicationOf(
  dataset: DatasetName,
  { ledger, index }: { readonly ledger: LedgerReader; readonly index: IndexReader },
): Promise<{ name: string | null; url: string | null }> {
  const entity = publicationEntity(dataset)
  const rows = await ledger.statements(await index.sidsOfEntity(entity, STATEMENTS_MAX))
  for (const row of rows) {
    if (row.entity !== entity || row.prop !== 'publication') continue
    const { name, url } = JSON.parse(row.value) as { name?: unknown; url?: unknown }
    return {
      name: typeof name === 'string' ? name : null,
      url: typeof url === 'string' ? url : null,
    }
  }
  return { name: null, url: null }
}

/** The search as a matcher: the best hit outside of publications, where it is near enough. */
export function nameMatcher(queries: Pick<Queries, 'search'>): MatchName {
  return async (name) => {
    const { results } = await queries.search({ q: name, limit: HITS_MAX })
    const hit = results.find(({ dataset }) => !isNewsDataset(dataset))
    return hit === undefined || hit.score < SCORE_MIN ? null : { entity: hit.id, score: hit.score }
  }
}
