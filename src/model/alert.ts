import type { DatasetName } from './statement.ts'

/** The dataset that holds the findings of chain rules as statements (docs/VOCABULARY.md). */
export const ALERTS_DATASET: DatasetName = 'custos_alerts'
