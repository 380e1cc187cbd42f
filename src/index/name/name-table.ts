import type { NameEntry, NameProp } from '../port.ts'
import { enlarged32 } from './postings.ts'

const PROPS: readonly NameProp[] = ['name', 'alias', 'weakAlias', 'previousName']
const PROP_BITS = 3
const ADVERSE_BIT = 4
const NAMES_FIRST = 1_024
/** Words of a name that tell who it is, counted in one byte each. */
const WORDS_MAX = 255

/**
 * The names themselves: a folded name is its words with a space between them, so it is kept as the
 * numbers of its words.
 */
export class NameTable {
  #size = 0
  #sids = new Uint32Array(NAMES_FIRST)
  #flags = new Uint8Array(NAMES_FIRST)
  /** Where the words of a name begin, and those of them that tell who it is. */
  #starts = new Uint32Array(NAMES_FIRST + 1)
  #coreStarts = new Uint8Array(NAMES_FIRST)
  #coreCounts = new Uint8Array(NAMES_FIRST)
  #words = new Uint32Array(NAMES_FIRST * 4)

  get size(): number {
    return this.#size
  }

  get lastSid(): number {
    return this.#size === 0 ? 0 : (this.#sids[this.#size - 1] as number)
  }

  /** `coreStart` and `coreCount` name the words without legal forms. */
  add(entry: NameEntry, words: readonly number[], coreStart: number, coreCount: number): number {
    const nid = this.#size
    this.#grow(words.length)
    this.#sids[nid] = entry.sid
    this.#flags[nid] = PROPS.indexOf(entry.prop) | (entry.isAdverse === true ? ADVERSE_BIT : 0)
    this.#coreStarts[nid] = Math.min(coreStart, WORDS_MAX)
    this.#coreCounts[nid] = Math.min(coreCount, WORDS_MAX)
    const start = this.#starts[nid] as number
    this.#words.set(words, start)
    this.#starts[nid + 1] = start + words.length
    this.#size = nid + 1
    return nid
  }

  isAdverse(nid: number): boolean {
    return ((this.#flags[nid] as number) & ADVERSE_BIT) !== 0
  }

  coreCount(nid: number): number {
    return this.#coreCounts[nid] as number
  }

  /** The number of the `at`-th word that tells who it is. */
  coreWord(nid: number, at: number): number {
    const start = (this.#starts[nid] as number) + (this.#coreStarts[nid] as number)
    return this.#words[start + at] as number
  }

  entry(nid: number, wordOf: (id: number) => string): NameEntry {
    const flags = this.#flags[nid] as number
    const words: string[] = []
    for (let i = this.#starts[nid] as number; i < (this.#starts[nid + 1] as number); i++) {
      words.push(wordOf(this.#words[i] as number))
    }
    return {
      sid: this.#sids[nid] as number,
      prop: PROPS[flags & PROP_BITS] as NameProp,
      text: words.join(' '),
      isAdverse: (flags & ADVERSE_BIT) !== 0,
    }
  }

  #grow(words: number): void {
    const nid = this.#size
    if (nid >= this.#sids.length) {
      const length = Math.ceil(this.#sids.length * 1.5)
      this.#sids = enlarged32(this.#sids, length)
      this.#starts = enlarged32(this.#starts, length + 1)
      this.#flags = enlarged8(this.#flags, length)
      this.#coreStarts = enlarged8(this.#coreStarts, length)
      this.#coreCounts = enlarged8(this.#coreCounts, length)
    }
    const needed = (this.#starts[nid] as number) + words
    if (needed > this.#words.length) {
      this.#words = enlarged32(this.#words, Math.ceil(needed * 1.5))
    }
  }
}

function enlarged8(old: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(old)
  return larger
}
