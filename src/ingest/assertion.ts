import { AppError } from '../base/error.ts'
import type { LedgerStore, LiveStatement } from '../ledger/append.ts'
import type { Dataset } from '../model/dataset.ts'
import type { SourceItem } from '../model/statement.ts'

/** A maximum is a surprise to be noted; this many times the maximum is another file. */
const MAX_REFUSED_FACTOR = 4

/** The share of a dataset's entities that one version may lose, and the size below which half may. */
const LOSS_SHARE_MAX = 0.2
const SMALL_ENTITIES = 50
const SMALL_LOSS_SHARE_MAX = 0.5
/** Of a register, small or not: what leaves it would read as licences that were lost. */
const REGISTER_LOSS_SHARE = 1 / 3

/** Counts what a crawl says, for the dataset's assertions. */
export class Tally {
  statements = 0
  readonly #entities = new Set<string>()
  readonly #withProp = new Map<string, Set<string>>()

  constructor(dataset: Dataset) {
    for (const { metric } of dataset.assertions) {
      const prop = /^(?:prop|fill)\.(\w+)$/.exec(metric)?.[1]
      if (prop !== undefined) this.#withProp.set(prop, new Set())
    }
  }

  add(item: SourceItem): void {
    this.statements += 1
    // An entry of the past is in the file, but not in the version.
    if (item.to !== undefined) return
    this.#entities.add(item.entity)
    this.#withProp.get(item.prop)?.add(item.entity)
  }

  has(entity: string): boolean {
    return this.#entities.has(entity)
  }

  value(metric: string, rows: number): number {
    if (metric === 'entities') return this.#entities.size
    if (metric === 'statements') return this.statements
    if (metric === 'rows') return rows
    const [kind, prop = ''] = metric.split('.')
    const having = this.#withProp.get(prop)?.size ?? 0
    if (kind === 'prop') return having
    return this.#entities.size === 0 ? 0 : Math.floor((100 * having) / this.#entities.size)
  }
}

/**
 * A run under a minimum does not replace the last good version (promise P6). An incomplete version
 * has no minimum: it retracts nothing. Gives the codes of the maxima that are exceeded.
 */
export function checkAssertions(
  tally: Tally,
  dataset: Dataset,
  run: { readonly rows: number; readonly complete: boolean },
): readonly string[] {
  const exceeded: string[] = []
  for (const { metric, min, max } of dataset.assertions) {
    const value = tally.value(metric, run.rows)
    if (min !== undefined && run.complete && value < min) {
      throw new AppError(
        'source.below_minimum',
        `${dataset.name}: ${metric} is ${value}, at least ${min} are expected.`,
        { params: { metric, value, min } },
      )
    }
    if (max !== undefined && value > max * MAX_REFUSED_FACTOR) {
      throw new AppError(
        'source.above_maximum',
        `${dataset.name}: ${metric} is ${value}, far more than the ${max} expected.`,
        { params: { metric, value, max } },
      )
    }
    if (max !== undefined && value > max) exceeded.push(`above_maximum.${metric}`)
  }
  return exceeded
}

/** A version that loses far more than a list loses in one step is broken off, whatever its bounds. */
export async function checkShrinkage(
  ledger: LedgerStore,
  tally: Tally,
  dataset: Pick<Dataset, 'kind'>,
  state: { readonly lost: readonly LiveStatement[]; readonly before: number },
): Promise<void> {
  if (state.lost.length <= state.before * LOSS_SHARE_MAX) return
  const lost = await ledger.statements(state.lost.map((s) => s.sid))
  const gone = new Set(lost.map((s) => s.entity).filter((entity) => !tally.has(entity)))
  const before = tally.value('entities', 0) + gone.size
  const share = before < SMALL_ENTITIES ? SMALL_LOSS_SHARE_MAX : LOSS_SHARE_MAX
  const isThird = dataset.kind === 'register' && gone.size >= before * REGISTER_LOSS_SHARE
  if (gone.size > before * share || isThird) {
    throw new AppError(
      'source.shrunken',
      `The new version lacks ${gone.size} of about ${before} entries; the last one stays live.`,
      { params: { lost: gone.size, before } },
    )
  }
}
