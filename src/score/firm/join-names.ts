import { NameScorer } from '../name/score.ts'
import type { FirmRecord } from './join-record.ts'

/** Name scores of pairs. Records are asked about in several blocks and, in a writer, in each run. */
export class NamePairs {
  readonly #scorers = new Map<string, NameScorer>()
  readonly #most = new WeakMap<FirmRecord, WeakMap<FirmRecord, number>>()

  /** The best of all names of both, in the kinder direction: a brand is a part of its firm's name. */
  most(a: FirmRecord, b: FirmRecord): number {
    const known = this.#most.get(a)?.get(b)
    if (known !== undefined) return known
    let best = 0
    for (const one of namesOf(a)) {
      for (const other of namesOf(b)) {
        if (best === 1) break
        best = Math.max(best, this.#score(one, other), this.#score(other, one))
      }
    }
    let row = this.#most.get(a)
    if (row === undefined) {
      row = new WeakMap()
      this.#most.set(a, row)
    }
    row.set(b, best)
    return best
  }

  /** Legal names alone, in the stricter direction: a word that one of them lacks speaks against it. */
  legal(a: FirmRecord, b: FirmRecord): number {
    let best = 0
    for (const one of legalNames(a)) {
      for (const other of legalNames(b)) {
        best = Math.max(best, Math.min(this.#score(one, other), this.#score(other, one)))
      }
    }
    return best
  }

  #score(asked: string, listed: string): number {
    if (asked === listed) return 1
    let scorer = this.#scorers.get(asked)
    if (scorer === undefined) {
      scorer = new NameScorer(asked)
      if (this.#scorers.size >= SCORERS_KEPT) this.#scorers.clear()
      this.#scorers.set(asked, scorer)
    }
    return scorer.score(listed, 'name').score
  }
}

/** A scorer remembers the words that it met: a few thousand of them fit any machine. */
const SCORERS_KEPT = 5_000
/** Names of one record that are compared: lists with more repeat themselves. */
const NAMES_COMPARED_MAX = 12

function namesOf({ names, aliases }: FirmRecord): readonly string[] {
  return [...names, ...aliases].slice(0, NAMES_COMPARED_MAX)
}

/** What a firm is called by law, as far as the source tells it from brands. */
export function legalNames({ names, aliases }: FirmRecord): readonly string[] {
  return (names.length > 0 ? names : aliases).slice(0, NAMES_COMPARED_MAX)
}
