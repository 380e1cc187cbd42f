import { foldName } from '../../src/model/name.ts'
import type { Benign, Case } from './name-cases.ts'
import { type NameEngine, SCREEN_THRESHOLD } from './name-engine.ts'

/** One row of the scorecard. `hits`: found among the first ten, or wrongly taken for a listed one. */
export interface Row {
  readonly cases: number
  readonly hits: number
  /** Found among the first ten with a score that makes a finding. */
  readonly screened?: number
}

/** Counts and shares only: never a name. */
export type Scorecard = Readonly<Record<string, Row>>

const FIRST = 10

export interface Measured {
  readonly rows: Map<string, Row>
  readonly missed: readonly string[]
  /** The score of each right answer, or of the likeliest wrong one; 0 where there is none. */
  readonly scores: readonly number[]
}

/** Asks every case and counts what was found. */
export function recall(
  engine: NameEngine,
  cases: readonly Case[],
  owners: ReadonlyMap<string, number>,
): Measured {
  const rows = new Map<string, Row>()
  const missed: string[] = []
  const scores: number[] = []
  for (const { group, asked, entity, name } of cases) {
    const owner = owners.get(entity)
    const folded = name === null ? null : foldName(name)
    const hit = engine
      .find(asked, FIRST)
      .find((found) => found.owner === owner || found.text === folded)
    const row = rows.get(group) ?? { cases: 0, hits: 0, screened: 0 }
    scores.push(hit?.score ?? 0)
    const isFinding = hit !== undefined && hit.score >= SCREEN_THRESHOLD
    rows.set(group, {
      cases: row.cases + 1,
      hits: row.hits + Number(hit !== undefined),
      screened: (row.screened ?? 0) + Number(isFinding),
    })
    if (!isFinding) {
      const how = hit === undefined ? 'not found' : `only ${hit.score.toFixed(3)}`
      missed.push(`${group}: ${asked} (${name ?? entity}) ${how}`)
    }
  }
  return { rows, missed, scores }
}

/** Asks every honest name; a finding against a listed one is an error. */
export function falsePositives(engine: NameEngine, cases: readonly Benign[]): Measured {
  const rows = new Map<string, Row>()
  const missed: string[] = []
  const scores: number[] = []
  for (const { group, asked } of cases) {
    const [best] = engine.find(asked, 1)
    scores.push(best?.score ?? 0)
    const isWrong = best !== undefined && best.score >= SCREEN_THRESHOLD
    const row = rows.get(group) ?? { cases: 0, hits: 0 }
    rows.set(group, { cases: row.cases + 1, hits: row.hits + Number(isWrong) })
    if (isWrong) missed.push(`${group}: ${asked} = ${best.text} ${best.score.toFixed(3)}`)
  }
  return { rows, missed, scores }
}

const THRESHOLDS = [0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.95] as const

/** What another threshold would find, of right and of wrong: for choosing one. */
export function sweep(columns: Readonly<Record<string, readonly number[]>>): string {
  const names = Object.keys(columns)
  const lines = THRESHOLDS.map((threshold) => [
    threshold.toFixed(2),
    ...Object.values(columns).map((scores) =>
      percent(scores.filter((score) => score >= threshold).length, scores.length),
    ),
  ])
  return [['threshold', ...names], ...lines]
    .map((cells) => cells.map((cell) => cell.padStart(16)).join(''))
    .join('\n')
}

/** Half a point where there are 500 cases; three cases where there are fewer. */
const DRIFT_POINTS = 0.5
const DRIFT_CASES = 3
const MANY_CASES = 500

/** What is not as in the baseline; empty when nothing moved. */
export function driftOf(now: Scorecard, base: Scorecard): string[] {
  const said: string[] = []
  for (const group of new Set([...Object.keys(base), ...Object.keys(now)])) {
    const row = now[group]
    const was = base[group]
    if (row === undefined || was === undefined || row.cases !== was.cases) {
      said.push(`${group}: ${was?.cases ?? 0} cases in the baseline, ${row?.cases ?? 0} now`)
      continue
    }
    for (const field of ['hits', 'screened'] as const) {
      const moved = (row[field] ?? 0) - (was[field] ?? 0)
      const isDrift =
        row.cases >= MANY_CASES
          ? (Math.abs(moved) / row.cases) * 100 > DRIFT_POINTS
          : Math.abs(moved) > DRIFT_CASES
      if (isDrift) said.push(`${group}: ${field} ${was[field]} before, ${row[field]} now`)
    }
  }
  return said
}

/** Sums of all rows whose group begins with a word. */
export function total(card: Scorecard, prefix: string): Row {
  let [cases, hits, screened] = [0, 0, 0]
  for (const [group, row] of Object.entries(card)) {
    if (!group.startsWith(prefix)) continue
    cases += row.cases
    hits += row.hits
    screened += row.screened ?? 0
  }
  return { cases, hits, screened }
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

/** One line for each group: cases, recall among the first ten, recall at the threshold. */
export function tableOf(card: Scorecard, isError: boolean): string {
  const head = isError
    ? ['group', 'cases', 'findings', 'rate']
    : ['group', 'cases', 'first ten', 'findings']
  const lines = Object.entries(card).map(([group, { cases, hits, screened }]) =>
    isError
      ? [group, String(cases), String(hits), percent(hits, cases)]
      : [group, String(cases), percent(hits, cases), percent(screened ?? 0, cases)],
  )
  return [head, ...lines]
    .map(([group = '', ...cells]) => group.padEnd(34) + cells.map((c) => c.padStart(11)).join(''))
    .join('\n')
}
