import { BIRTH_DATE } from '../model/time.ts'
import { type Call, textOf, UsageError } from './command.ts'

/** What else is known of the asked one: it qualifies what a name finds. */
export const QUALIFIER_OPTIONS = {
  'birth-date': { type: 'string', value: 'DATE', help: 'birth of the asked one: 1970-05-01, 1970' },
  nationality: { type: 'string', value: 'CC', help: 'nationality of the asked one' },
} as const

export function qualifiersOf(call: Call): {
  readonly birthDate: string | undefined
  readonly nationality: string | undefined
} {
  const birthDate = textOf(call, 'birth-date')
  const nationality = textOf(call, 'nationality')
  if (birthDate !== undefined && !BIRTH_DATE.test(birthDate)) {
    throw new UsageError('--birth-date takes a year, a month or a day: 1970, 1970-05, 1970-05-01')
  }
  if (nationality !== undefined && !/^[A-Za-z]{2}$/.test(nationality)) {
    throw new UsageError('--nationality takes two letters, for example DE')
  }
  return { birthDate, nationality: nationality?.toUpperCase() }
}

export function schemaOf(call: Call): string | undefined {
  const schema = textOf(call, 'schema')
  if (schema !== undefined && !/^[A-Za-z]{1,40}$/.test(schema)) {
    throw new UsageError('--schema takes a word: Person, Company, Vessel …')
  }
  return schema
}
