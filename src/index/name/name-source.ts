import type { LedgerReader } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import type { DatasetName } from '../../model/statement.ts'
import type { IndexReader, NameEntry } from '../port.ts'
import { NameBook } from './name-book.ts'

/** Names added between two turns of the event loop: some five milliseconds of work. */
const NAMES_PER_TURN = 500

/** Datasets whose names speak against their bearers. */
const ADVERSE_KINDS: ReadonlySet<string> = new Set(['sanctions', 'warnings'])

export interface NameSourcePorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/**
 * The book of all names of an index: read when it is first asked for and then only added to, a page
 * at a time, so that answers that need no name are not held up.
 */
export class NameSource {
  readonly #ports: NameSourcePorts
  readonly #book = new NameBook()
  /** Loads follow each other: two at once would read the same page twice. */
  #loading: Promise<void> = Promise.resolve()

  constructor(ports: NameSourcePorts) {
    this.#ports = ports
  }

  get index(): IndexReader {
    return this.#ports.index
  }

  /** Everything that the index holds now. */
  async load(): Promise<NameBook> {
    // A failure is the asker's, not the next one's.
    this.#loading = this.#loading.catch(() => undefined).then(() => this.#read())
    await this.#loading
    return this.#book
  }

  async #read(): Promise<void> {
    for (;;) {
      const page = await this.#ports.index.namesAfter(this.#book.lastSid, NAMES_PER_TURN)
      await this.#add(page)
      if (page.length < NAMES_PER_TURN) return
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /**
   * Names of one run stand together, so the dataset of the first and the last of a page is that of
   * all between; where they differ the page is halved. A wrong guess changes who has which share
   * of the candidates, and no score.
   */
  async #add(page: readonly NameEntry[]): Promise<void> {
    const [first, last] = [page[0], page.at(-1)]
    if (first === undefined || last === undefined) return
    const [a, b] = await this.#ports.ledger.statements([first.sid, last.sid])
    if (a?.dataset !== b?.dataset && page.length > 1) {
      const half = page.length >>> 1
      await this.#add(page.slice(0, half))
      await this.#add(page.slice(half))
      return
    }
    const isAdverse = ADVERSE_KINDS.has(this.#ports.datasets.get(a?.dataset ?? '')?.kind ?? '')
    for (const entry of page) this.#book.add({ ...entry, isAdverse })
  }
}
