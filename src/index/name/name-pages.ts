import type { LedgerReader } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import type { DatasetName } from '../../model/statement.ts'
import type { IndexReader, NameEntry } from '../port.ts'

/** Names added between two turns of the event loop: some five milliseconds of work. */
const NAMES_PER_TURN = 500

export interface NamePorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/** Takes names that one kind of dataset says; undefined for a dataset that is no longer here. */
export type AddNames = (names: readonly NameEntry[], kind: Dataset['kind'] | undefined) => void

/**
 * The names of an index in order, each once: what is new since the last call, a page at a time, so
 * that answers that need no name are not held up.
 */
export class NamePages {
  readonly #ports: NamePorts
  readonly #add: AddNames
  #last = 0
  /** Reads follow each other: two at once would read the same page twice. */
  #reading: Promise<void> = Promise.resolve()

  constructor(ports: NamePorts, add: AddNames) {
    this.#ports = ports
    this.#add = add
  }

  get index(): IndexReader {
    return this.#ports.index
  }

  /** Everything that the index holds now. */
  async read(): Promise<void> {
    // A failure is the asker's, not the next one's.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#pages())
    await this.#reading
  }

  async #pages(): Promise<void> {
    for (;;) {
      const page = await this.#ports.index.namesAfter(this.#last, NAMES_PER_TURN)
      await this.#give(page)
      if (page.length < NAMES_PER_TURN) return
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /**
   * Names of one run stand together, so the dataset of the first and the last of a page is that of
   * all between; where they differ the page is halved. A wrong guess changes an order, no answer.
   */
  async #give(page: readonly NameEntry[]): Promise<void> {
    const [first, last] = [page[0], page.at(-1)]
    if (first === undefined || last === undefined) return
    const [a, b] = await this.#ports.ledger.statements([first.sid, last.sid])
    if (a?.dataset !== b?.dataset && page.length > 1) {
      const half = page.length >>> 1
      await this.#give(page.slice(0, half))
      await this.#give(page.slice(half))
      return
    }
    this.#add(page, this.#ports.datasets.get(a?.dataset ?? '')?.kind)
    // Kept for each piece: a fault in the middle of a page gives none of its names twice.
    this.#last = last.sid
  }
}
