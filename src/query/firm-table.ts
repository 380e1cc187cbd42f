import type { FirmOnDay } from '../score/firm/label.ts'
import { serveOf } from '../score/firm/serve.ts'
import { isLicensed } from '../score/firm/serve-rows.ts'
import type { ServeTable } from './registry-types.ts'
import { contextOf, type Datasets } from './serve.ts'
import type { Session } from './session.ts'

/** Countries of one table: the EEA has 30, and no register names more than the world has. */
const COUNTRIES_MAX = 250
const LETTER = /^[a-j]$/

/** Places and services that are asked for beside those that the firm's own rows name. */
export interface Asked {
  readonly countries: readonly string[]
  readonly services: readonly (string | null)[]
}

/** Country × service, each cell answered as `serve-check` answers it. */
export function serveTable(
  session: Session,
  datasets: Datasets,
  firm: FirmOnDay,
  asked: Asked = { countries: [], services: [] },
): ServeTable {
  const { permissions, notices, day } = firm
  const rows = permissions.filter(({ licence }) => licence.kind !== 'notification')
  const homes = new Set<string>()
  const countries = new Set<string>(asked.countries)
  const services = new Set(asked.services.filter((service) => service !== null))
  for (const { licence, subdivision } of rows) {
    const home = subdivision ?? licence.country
    if (home !== null) homes.add(home)
    // A register of a part of a country speaks for that part.
    const named = subdivision === null ? licence.countries : []
    for (const place of [...named, ...(home === null ? [] : [home])]) countries.add(place)
    for (const service of licence.services) if (LETTER.test(service)) services.add(service)
  }
  for (const { licence, isInForce } of notices) {
    if (isInForce && licence.country !== null && isPlace(licence.country)) {
      countries.add(licence.country)
    }
  }
  const letters = [...services].sort()
  const hasUnlettered =
    asked.services.includes(null) ||
    rows.some((row) => isLicensed(row) && !row.licence.services.some(isLetter))
  const columns: readonly (string | null)[] =
    letters.length === 0 || hasUnlettered ? [...letters, null] : letters
  return {
    countries: [...countries].sort().slice(0, COUNTRIES_MAX),
    services: letters,
    rows: [...countries]
      .sort()
      .slice(0, COUNTRIES_MAX)
      .map((place) => {
        const country = place.slice(0, 2)
        const subdivision = place === country ? null : place
        const ctx = contextOf(session, datasets, { country })
        const answers = columns.map((service) =>
          serveOf(permissions, notices, { country, subdivision, service, day }, ctx),
        )
        return {
          country: place,
          isHome: homes.has(place),
          isWarned: answers.some(({ code }) => code === 'warned' || code === 'banned'),
          cells: columns.map((service, i) => ({
            service,
            answer: answers[i]?.answer ?? 'no_evidence',
            statements: (answers[i]?.decidedBy ?? []).flatMap(({ statements }) => statements),
          })),
        }
      }),
  }
}

function isLetter(service: string): boolean {
  return LETTER.test(service)
}

function isPlace(country: string): boolean {
  return /^[A-Z]{2}$/.test(country) && country !== 'EU'
}
