import type { Asked } from './firm-table.ts'
import type { CompareAnswer, FirmView, ServeTable } from './registry-types.ts'

/** Places and services that either of two firms has anything to say about. */
export function askedOfBoth(a: FirmView, b: FirmView): Asked {
  const countries = [...new Set([...a.serve.countries, ...b.serve.countries])].sort()
  return { countries, services: columnsOf([a, b]) }
}

/** Two firms side by side: what either may serve, each table answered for the places of both. */
export function compared(
  firms: readonly [FirmView, FirmView],
  tables: readonly [ServeTable, ServeTable],
): CompareAnswer {
  const [a, b] = firms
  const { countries, services } = askedOfBoth(a, b)
  const answerOf = ({ rows }: ServeTable, country: string, service: string | null) =>
    rows.find((row) => row.country === country)?.cells.find((cell) => cell.service === service)
      ?.answer ?? 'no_evidence'
  return {
    firms,
    coverage: countries.map((country) => ({
      country,
      services: services.map((service) => ({
        service,
        answers: [answerOf(tables[0], country, service), answerOf(tables[1], country, service)],
      })),
    })),
    asOf: a.asOf,
    knownAt: a.knownAt,
  }
}

function columnsOf(firms: readonly FirmView[]): readonly (string | null)[] {
  const all = firms.flatMap(({ serve }) => serve.rows[0]?.cells.map(({ service }) => service) ?? [])
  const letters = [...new Set(all.filter((service) => service !== null))].sort()
  return all.includes(null) ? [...letters, null] : letters
}
