import type { DatasetName, EntityId } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'
import type { DatasetState, EntitySummary, Licence, NotChecked } from '../model/verdict.ts'
import type { ServeCode } from '../score/firm/serve.ts'
import type { Times } from './types.ts'

/** A firm by the id that it goes by and its legal name, as the register writes it. */
export interface FirmRef {
  readonly id: EntityId
  readonly caption: string
}

/** A sentence with its stable code; the text is in the asked language. */
export interface Said {
  readonly code: string
  readonly text: string
}

export type ServeValue = 'yes' | 'no' | 'no_evidence'

/** Why, as a stable code: `serve.reason.<code>` in the locale files. */
export type ServeReason = ServeCode | 'firm_unknown'

export interface ServeParams extends Times {
  /** Name, LEI, entity id, licence number or domain. */
  readonly firm: string
  /** ISO 3166-1 alpha-2, or ISO 3166-2 for a part of a country (`US-NY`). */
  readonly country: string
  /** MiCA letter a..j; undefined: any service. */
  readonly service?: string | undefined
  readonly lang?: string | undefined
}

/** A register that governs the asked country, and how it stands. */
export interface ServeRegister {
  readonly dataset: DatasetName
  readonly title: string
  readonly version: string | null
  readonly publishedAt: Instant | null
  readonly ageSeconds: number | null
  readonly state: DatasetState
  /** False: the connector has read no live file yet, so it never says "no". */
  readonly isProven: boolean
  readonly hasFirm: boolean
}

/** One of several firms that go by the asked name, with its own answer. */
export interface ServeFirm extends EntitySummary {
  readonly answer: ServeValue
  readonly reasonCode: ServeReason
}

export interface ServeAnswer {
  readonly query: string
  /** Null: nobody of that name, number or site is in any register or list of warnings. */
  readonly firm: FirmRef | null
  readonly country: string
  readonly service: string | null
  readonly answer: ServeValue
  /** One sentence in the asked language. */
  readonly reason: string
  readonly reasonCode: ServeReason
  /** The rows that decide; those that say the contrary are in `licences` beside them. */
  readonly decidedBy: readonly Licence[]
  /** Version of the deciding register; null where none was read. */
  readonly registerVersion: string | null
  readonly state: DatasetState
  readonly registers: readonly ServeRegister[]
  /** Every row about the firm, warnings included. */
  readonly licences: readonly Licence[]
  /** Always: register evidence, no legal advice. Where it applies: Art. 61, transition, others. */
  readonly notes: readonly Said[]
  /** All firms that go by the asked name, the best first, the chosen one included. */
  readonly firms: readonly ServeFirm[]
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}
