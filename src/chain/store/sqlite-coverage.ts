import { assert } from '../../base/assert.ts'
import type { BlockRange, RuleRef } from '../read.ts'
import type { ChainDatabase } from './sqlite-database.ts'

/**
 * Which blocks each rule looked at, as ranges that never touch each other: what is not in a range
 * was not supervised, and nobody has to infer it from silence.
 */
export class CoverageRows {
  readonly #db: ChainDatabase

  constructor(db: ChainDatabase) {
    this.#db = db
  }

  add(no: number, { rule, version }: RuleRef, { from, to }: BlockRange): void {
    assert(from <= to, 'a range goes upwards')
    const key = [no, rule, version] as const
    // Neighbours count as touching, hence one block beyond each end.
    const touching = this.#db.all<{ lo: number; hi: number }>(
      `SELECT lo, hi FROM coverage WHERE chain = ? AND rule = ? AND version = ?
       AND lo <= ? AND hi >= ?`,
      ...key,
      to + 1,
      from - 1,
    )
    for (const { lo } of touching) {
      this.#db.run(
        'DELETE FROM coverage WHERE chain = ? AND rule = ? AND version = ? AND lo = ?',
        ...key,
        lo,
      )
    }
    const lo = Math.min(from, ...touching.map((range) => range.lo))
    const hi = Math.max(to, ...touching.map((range) => range.hi))
    this.#db.run('INSERT INTO coverage VALUES (?, ?, ?, ?, ?)', ...key, lo, hi)
  }

  /** Blocks `from` to `to` are gone, for every rule. */
  cut(no: number, { from, to }: BlockRange): void {
    const rows = this.#db.all<{ rule: string; version: string; lo: number; hi: number }>(
      'SELECT rule, version, lo, hi FROM coverage WHERE chain = ? AND lo <= ? AND hi >= ?',
      no,
      to,
      from,
    )
    for (const { rule, version, lo, hi } of rows) {
      this.#db.run(
        'DELETE FROM coverage WHERE chain = ? AND rule = ? AND version = ? AND lo = ?',
        no,
        rule,
        version,
        lo,
      )
      if (lo < from) this.add(no, { rule, version }, { from: lo, to: from - 1 })
      if (hi > to) this.add(no, { rule, version }, { from: to + 1, to: hi })
    }
  }

  ranges(no: number, { rule, version }: RuleRef): readonly BlockRange[] {
    const rows = this.#db.all<{ lo: number; hi: number }>(
      'SELECT lo, hi FROM coverage WHERE chain = ? AND rule = ? AND version = ? ORDER BY lo',
      no,
      rule,
      version,
    )
    return rows.map(({ lo, hi }) => ({ from: lo, to: hi }))
  }

  rules(no: number): readonly RuleRef[] {
    const sql = `SELECT DISTINCT rule, version FROM coverage WHERE chain = ? ORDER BY rule, version`
    return this.#db.all<RuleRef & Record<string, never>>(sql, no).map(({ rule, version }) => ({
      rule,
      version,
    }))
  }
}

/** The parts of `range` that `covered` lacks. Example: 1..9 without 3..5 is 1..2 and 6..9. */
export function gapsIn(covered: readonly BlockRange[], range: BlockRange): readonly BlockRange[] {
  const gaps: BlockRange[] = []
  let next = range.from
  for (const { from, to } of covered) {
    if (to < next) continue
    if (from > range.to) break
    if (from > next) gaps.push({ from: next, to: from - 1 })
    next = to + 1
  }
  if (next <= range.to) gaps.push({ from: next, to: range.to })
  return gaps
}
