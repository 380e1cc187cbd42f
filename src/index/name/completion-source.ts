import type { LedgerReader } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import type { DatasetName } from '../../model/statement.ts'
import type { IndexReader, NameEntry } from '../port.ts'
import { PrefixIndex, type Renown } from './prefix-index.ts'

/** Who is asked for most: firms of registers and known actors, then whom the lists name. */
const RENOWN: Readonly<Partial<Record<Dataset['kind'], Renown>>> = {
  register: 3,
  actors: 3,
  starter: 2,
  sanctions: 1,
  warnings: 1,
}

/** Names added between two turns of the event loop: about a millisecond of work. */
const NAMES_PER_TURN = 500

export interface CompletionPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/**
 * The beginnings of all names of an index, read when they are first asked for and then only added
 * to. Names of one run stand together, so the dataset of a page's first and last name is that of
 * all between; where they differ the page is halved. A wrong guess would change an order, no answer.
 */
export class CompletionSource {
  readonly #ports: CompletionPorts
  readonly #prefixes = new PrefixIndex()
  #last = 0
  /** Loads follow each other: two at once would read the same page twice. */
  #loading: Promise<void> = Promise.resolve()

  constructor(ports: CompletionPorts) {
    this.#ports = ports
  }

  get index(): IndexReader {
    return this.#ports.index
  }

  /** Everything that the index holds now. */
  async load(): Promise<PrefixIndex> {
    // A failure is the asker's, not the next one's.
    this.#loading = this.#loading.catch(() => undefined).then(() => this.#read())
    await this.#loading
    return this.#prefixes
  }

  async #read(): Promise<void> {
    for (;;) {
      const page = await this.#ports.index.namesAfter(this.#last, NAMES_PER_TURN)
      await this.#add(page)
      this.#last = page.at(-1)?.sid ?? this.#last
      if (page.length < NAMES_PER_TURN) return
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

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
    const kind = this.#ports.datasets.get(a?.dataset ?? '')?.kind
    const renown = kind === undefined ? 0 : (RENOWN[kind] ?? 0)
    for (const { sid, text } of page) if (text !== '') this.#prefixes.add(sid, text, renown)
  }
}
