import type { Json } from '../../base/encode.ts'
import type { Day } from '../../model/time.ts'
import type { Licence } from '../../model/verdict.ts'
import type { FieldRow } from './fields.ts'
import type { Dated, Read, Saying, SayingTools } from './firm.ts'

interface WarningMap {
  /** The authority that speaks, and its country. */
  readonly regulator: Read
  readonly country: Read
  /** `enforcement`: a measure against the firm, which may be a licensed one. */
  readonly kind?: 'warning' | 'ban' | 'enforcement'
  readonly date?: Dated
  /** The day on which the measure ended: from then on it is lifted. */
  readonly to?: Dated
  readonly reason?: Read
  readonly infringement?: Read
  /** What was done: a fine, an order. */
  readonly measure?: Read
}

/** A `warning` statement (docs/VOCABULARY.md). */
export function warning(map: WarningMap): Saying {
  return {
    prop: 'warning',
    ...(map.date !== undefined && { day: map.date }),
    value(_row: FieldRow, { text, day }: SayingTools): Json {
      const date = day(map.date)
      const to = day(map.to)
      const country = text(map.country)
      return {
        regulator: text(map.regulator),
        country: country === '' ? null : country,
        kind: map.kind ?? 'warning',
        status: to === null ? 'in_force' : 'lifted',
        reason: optional(text(map.reason)),
        infringement: optional(text(map.infringement)),
        measure: optional(text(map.measure)),
        date: date ?? undefined,
        to: to ?? undefined,
      }
    },
  }
}

interface LicenceMap {
  readonly regulator: string
  /** ISO 3166-1 alpha-2 of the place where the register governs. */
  readonly country: string
  /** ISO 3166-2 of the part of the country that the register governs: `US-NY`, `AE-DU`. */
  readonly subdivision?: string
  readonly kind: Licence['kind']
  /** The regulator's own word, which is kept beside the status. */
  readonly word: Read
  /** The status that the word means; one that is not known is `unverified`, with a note. */
  readonly status: (word: string, row: FieldRow) => Licence['status']
  readonly number?: Read
  readonly services?: Read<string | readonly string[]>
  readonly from?: Dated
  readonly to?: Dated
}

/** A `licence` statement: the row of a register as `model/verdict.ts` `Licence` has it. */
export function licence(map: LicenceMap): Saying {
  return {
    prop: 'licence',
    value(row: FieldRow, { text, day, caption }: SayingTools): Json {
      const word = text(map.word)
      const number = text(map.number)
      return {
        regulator: map.regulator,
        country: map.country,
        subdivision: map.subdivision,
        kind: map.kind,
        number: number === '' ? null : number,
        holder: caption,
        lei: null,
        status: map.status(word, row),
        regulatorWord: word,
        services: servicesOf(map.services, row),
        countries: [map.country],
        from: day(map.from) satisfies Day | null,
        to: day(map.to) satisfies Day | null,
      }
    },
  }
}

const SERVICES_MAX = 50

function servicesOf(read: LicenceMap['services'], row: FieldRow): readonly string[] {
  if (read === undefined) return []
  const value = typeof read === 'string' ? row.get(read) : read(row)
  const parts = typeof value === 'string' ? value.split(/[\n;|,]/u) : value
  const services = parts.map((part) => part.replace(/\s+/gu, ' ').trim())
  return [...new Set(services.filter((part) => part !== ''))].slice(0, SERVICES_MAX)
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : text
}

/** A status by the first pattern that fits the regulator's word; `unverified` where none does. */
export function statusBy(
  table: readonly (readonly [RegExp, Licence['status']])[],
): (word: string) => Licence['status'] {
  return (word) => table.find(([pattern]) => pattern.test(word))?.[1] ?? 'unverified'
}

/**
 * Words by which a list says that a name is used by somebody else. The name is kept as the list
 * writes it, mark included: without the mark it would be the name of the firm that is imitated.
 */
const CLONE = /\bclone\b|\bcloned?\s+of\b|\bimpersonat\w*|\busurpation\b|\bidentity theft\b/iu

/** The sentence or bracket that says so; '' where nothing does. */
export function cloneMark(text: string): string {
  if (!CLONE.test(text)) return ''
  const brackets = [...text.matchAll(/\(([^()]{1,300})\)/gu)].map((match) => match[1] ?? '')
  const bracket = brackets.find((inside) => CLONE.test(inside))
  if (bracket !== undefined) return bracket.replace(/\s+/gu, ' ').trim()
  const sentence = text.split(/(?<=[.!?])\s+|\n/u).find((part) => CLONE.test(part)) ?? text
  return sentence.replace(/\s+/gu, ' ').trim().slice(0, 500)
}

/**
 * Names of a notice whose text says that somebody is imitated. A name that the text gives as that of
 * the imitated firm is marked, so that it never stands alone as the name that is warned of.
 */
export function markedNames(names: readonly string[], text: string): readonly string[] {
  const mark = cloneMark(text)
  if (mark === '') return names
  const said = ` ${wordsOf(mark)} `
  return names.map((name) => {
    const words = wordsOf(name)
    return words !== '' && said.includes(` ${words} `) ? `${name.trim()} (impersonation)` : name
  })
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')
}
