import { describe, expect, it } from 'vitest'
import type { Call } from './command.ts'
import { qualifiersOf, schemaOf } from './qualifiers.ts'

const call = (values: Readonly<Record<string, string>>) => ({ values }) as unknown as Call

describe('flags that qualify a name', () => {
  it('are read as a query wants them', () => {
    const given = call({ 'birth-date': '1970-05', nationality: 'ru', schema: 'Person' })
    expect(qualifiersOf(given)).toEqual({ birthDate: '1970-05', nationality: 'RU' })
    expect(schemaOf(given)).toBe('Person')
    expect(qualifiersOf(call({}))).toEqual({ birthDate: undefined, nationality: undefined })
  })

  it.each([{ 'birth-date': '1.5.1970' }, { nationality: 'RUS' }, { schema: '../x' }])(
    'are a usage error where they cannot be read: %j',
    (values) => {
      expect(() => [qualifiersOf(call(values)), schemaOf(call(values))]).toThrow(/^--/)
    },
  )
})
