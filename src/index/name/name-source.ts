import type { IndexReader } from '../port.ts'
import { NameBook } from './name-book.ts'
import { NamePages, type NamePorts } from './name-pages.ts'

/** Datasets whose names speak against their bearers. */
const ADVERSE_KINDS: ReadonlySet<string | undefined> = new Set(['sanctions', 'warnings'])

/** The book of all names of an index: read when it is first asked for and then only added to. */
export class NameSource {
  readonly #book = new NameBook()
  readonly #pages: NamePages

  constructor(ports: NamePorts) {
    this.#pages = new NamePages(ports, (names, kind) => {
      const isAdverse = ADVERSE_KINDS.has(kind)
      for (const entry of names) this.#book.add({ ...entry, isAdverse })
    })
  }

  get index(): IndexReader {
    return this.#pages.index
  }

  /** Everything that the index holds now. */
  async load(): Promise<NameBook> {
    await this.#pages.read()
    return this.#book
  }
}
