import { describe, expect, it } from 'vitest'
import { batchBody, checkQuery, searchQuery } from './params.ts'

describe('what else is known of the asked one', () => {
  it.each(['1970', '1970-05', '1970-05-31'])(
    'is a birth date of a year, month or day: %s',
    (birthDate) => {
      const asked = { q: 'a name', birthDate, nationality: 'ru' }
      expect(checkQuery.parse({ ...asked, schema: 'Person' })).toMatchObject({
        ...{ birthDate, nationality: 'RU', schema: 'Person' },
      })
      expect(searchQuery.parse(asked)).toMatchObject({ birthDate, nationality: 'RU' })
      expect(batchBody.parse({ queries: [asked] }).queries[0]).toMatchObject({ birthDate })
    },
  )

  it.each([
    { birthDate: '70' },
    { birthDate: '1970-13' },
    { birthDate: '1970-05-32' },
    { birthDate: '' },
    { nationality: 'RUS' },
    { schema: 'a person' },
  ])('is refused where it cannot be read, and never ignored: %j', (wrong) => {
    expect(checkQuery.safeParse({ q: 'a name', ...wrong }).success).toBe(false)
  })
})
