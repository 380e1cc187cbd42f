import {
  hasKey,
  type MessageKey,
  type MessageParams,
  message,
  messageParts,
} from '../i18n/catalogue.ts'
import { formatNumber } from '../i18n/format.ts'
import { type Locale, localeFacts } from '../i18n/locales.ts'
import type { Stats } from '../query/types.ts'
import type { Hole } from './part/html.ts'

/** How far a running sync has come. */
export interface SyncState {
  readonly isRunning: boolean
  /** Lists finished in this run, and lists in it. */
  readonly done: number
  readonly total: number
  /** Title of the list that is being read. */
  readonly current: string | null
}

/** What every template needs to know about the request and the installation. */
export interface View {
  readonly locale: Locale
  readonly dir: 'ltr' | 'rtl'
  readonly nowMs: number
  /** The path after the locale, as it was asked for, encoded: `/check`. */
  readonly path: string
  /** The query as it was asked for, with its question mark; empty without one. */
  readonly search: string
  readonly version: string
  /** Undefined only on an error page that could not ask for it. */
  readonly stats: Stats | undefined
  /** Scheme and host in front of canonical addresses; empty when not configured. */
  readonly baseUrl: string
  /** True when the page may offer to read the lists. */
  readonly canSync: boolean
  readonly sync: SyncState | undefined
  /** True when the calculators exist here. */
  readonly hasTools: boolean
  /** True when firms, regulators and rankings can be asked about here. */
  readonly hasRegistry: boolean
  /** True when articles can be read here. */
  readonly hasNews: boolean
  /** True when followed chains and their alerts can be asked about here. */
  readonly hasChains: boolean
  /** True in a data folder of made-up data: every page says so. */
  readonly isDemo: boolean
  t(key: MessageKey, params?: MessageParams): string
  /** The message with markup in place of its placeholders. */
  rich(key: MessageKey, params: Readonly<Record<string, Hole>>): readonly Hole[]
  /** The message of a code that comes from data; a code without one is made readable. */
  code(prefix: string, code: string): string
  n(value: number): string
}

export type ViewFacts = Omit<View, 't' | 'rich' | 'code' | 'n' | 'dir'>

export function createView(facts: ViewFacts): View {
  const { locale } = facts
  return {
    ...facts,
    dir: localeFacts(locale).dir,
    t: (key, params) => message(locale, key, params),
    rich: (key, params) => messageParts<Hole>(locale, key, params),
    code: (prefix, code) => {
      const key = `${prefix}.${code}`
      return hasKey(key) ? message(locale, key) : readable(code)
    },
    n: (value) => formatNumber(locale, value),
  }
}

/** `birthPlace` → `birth place`, `no_version_that_old` → `no version that old`. */
function readable(code: string): string {
  return code
    .replaceAll(/[_.]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}
