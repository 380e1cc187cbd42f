import type { Dataset } from '../../model/dataset.ts'
import type { IndexReader } from '../port.ts'
import { NamePages, type NamePorts } from './name-pages.ts'
import { PrefixIndex, type Renown } from './prefix-index.ts'

/** Who is asked for most: firms of registers and known actors, then whom the lists name. */
const RENOWN: Readonly<Partial<Record<Dataset['kind'], Renown>>> = {
  register: 3,
  actors: 3,
  starter: 2,
  sanctions: 1,
  warnings: 1,
}

/** The beginnings of all names of an index: read when first asked for, then only added to. */
export class CompletionSource {
  readonly #prefixes = new PrefixIndex()
  readonly #pages: NamePages

  constructor(ports: NamePorts) {
    this.#pages = new NamePages(ports, (names, kind) => {
      const renown = kind === undefined ? 0 : (RENOWN[kind] ?? 0)
      for (const { sid, text } of names) if (text !== '') this.#prefixes.add(sid, text, renown)
    })
  }

  get index(): IndexReader {
    return this.#pages.index
  }

  /** Everything that the index holds now. */
  async load(): Promise<PrefixIndex> {
    await this.#pages.read()
    return this.#prefixes
  }
}
