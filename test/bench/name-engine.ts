import { NameBook } from '../../src/index/name/name-book.ts'
import type { NameProp } from '../../src/index/port.ts'
import { foldName } from '../../src/model/name.ts'
import { SCREEN } from '../../src/score/name/operating-point.ts'
import { NameScorer } from '../../src/score/name/score.ts'

/** What a search engine must do to be measured: fill once, then find owners of names. */
export interface NameEngine {
  readonly size: number
  add(text: string, prop: NameProp, owner: number): void
  /** Each owner once, the likeliest first. */
  find(asked: string, limit: number): readonly EngineHit[]
}

export interface EngineHit {
  readonly owner: number
  readonly score: number
  /** The listed name, folded. */
  readonly text: string
}

/** From here on `check` makes a finding of a name: its default threshold. */
export const SCREEN_THRESHOLD = SCREEN.sure

/** The matcher of this program, as `check` uses it. */
export class OwnEngine implements NameEngine {
  readonly #book = new NameBook()
  #owners = new Int32Array(1024)

  get size(): number {
    return this.#book.size
  }

  add(text: string, prop: NameProp, owner: number): void {
    const sid = this.#book.size + 1
    if (sid >= this.#owners.length) {
      const wider = new Int32Array(this.#owners.length * 2)
      wider.set(this.#owners)
      this.#owners = wider
    }
    this.#owners[sid] = owner
    this.#book.add({ sid, prop, text: foldName(text), isAdverse: owner >= 0 })
  }

  find(asked: string, limit: number): readonly EngineHit[] {
    const folded = foldName(asked)
    if (folded === '') return []
    const scorer = new NameScorer(folded, { rarity: this.#book })
    const hits = this.#book.candidates(folded, SCREEN.candidates).map(({ sid, text, prop }) => ({
      owner: this.#owners[sid] ?? -1,
      score: scorer.score(text, prop).score,
      text,
    }))
    return bestOfEach(hits, limit)
  }
}

interface MiniSearchLike {
  add(document: { id: number; name: string }): void
  search(
    text: string,
    options: object,
  ): readonly { id: number; score: number; [field: string]: unknown }[]
}

/**
 * MiniSearch with fuzzy search, on the same folded names, so that it reads every script that the
 * folding reads. Its options are those that its documentation shows.
 */
export class PeerEngine implements NameEngine {
  readonly #index: MiniSearchLike
  readonly #owners: number[] = []

  private constructor(index: MiniSearchLike) {
    this.#index = index
  }

  static async load(): Promise<PeerEngine> {
    const { default: MiniSearch } = await import('minisearch')
    const options = { fields: ['name'], storeFields: ['name'] }
    return new PeerEngine(new MiniSearch<{ id: number; name: string }>(options))
  }

  get size(): number {
    return this.#owners.length
  }

  add(text: string, _prop: NameProp, owner: number): void {
    const id = this.#owners.length
    this.#owners.push(owner)
    this.#index.add({ id, name: foldName(text) })
  }

  find(asked: string, limit: number): readonly EngineHit[] {
    const found = this.#index.search(foldName(asked), { fuzzy: 0.2 }).slice(0, limit * 8)
    const hits = found.map(({ id, score, name }) => ({
      owner: this.#owners[id] ?? -1,
      score,
      text: String(name),
    }))
    return bestOfEach(hits, limit)
  }
}

/** Owners below zero are the crowd: each of its names is somebody else's. */
function bestOfEach(hits: readonly EngineHit[], limit: number): EngineHit[] {
  const best = new Map<number, EngineHit>()
  const others: EngineHit[] = []
  for (const hit of hits) {
    if (hit.owner < 0) others.push(hit)
    else if ((best.get(hit.owner)?.score ?? -1) < hit.score) best.set(hit.owner, hit)
  }
  return [...best.values(), ...others].sort((a, b) => b.score - a.score).slice(0, limit)
}
