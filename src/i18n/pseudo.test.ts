import { MessageFormat } from 'messageformat'
import { describe, expect, it } from 'vitest'
import { catalogue, placeholdersOf } from './catalogue.ts'
import { LOCALES, PSEUDO_LOCALES } from './locales.ts'
import { localeOfPath } from './negotiate.ts'
import { pseudo, pseudoMessages } from './pseudo.ts'

describe('the made language', () => {
  it('keeps every text readable, brackets it and makes it longer', () => {
    expect(pseudo('Warning')).toBe('[Ŵåŕñîñĝ ẋẋẋ]')
    expect(pseudo('Read as {form}')).toBe('[Ŕéåð åš {form} ẋẋẋẋ]')
    expect(pseudo('({relative})')).toBe('({relative})')
  })

  it('keeps the placeholders and the choices of every message', () => {
    const english = catalogue('en')
    for (const [key, text] of Object.entries(pseudoMessages(english))) {
      expect([key, placeholdersOf(text)]).toEqual([key, placeholdersOf(english[key] ?? '')])
      if (!text.startsWith('.')) continue
      const params = Object.fromEntries(placeholdersOf(text).map((name) => [name, 2]))
      const out = new MessageFormat('en', text).format(params, (error) => {
        throw new Error(`${key}: ${String(error)}`)
      })
      expect(out).not.toMatch(/[{}]/)
    }
  })

  it('does not exist for readers', () => {
    expect(PSEUDO_LOCALES).toEqual([])
    expect(LOCALES.some((locale) => /-X[AB]$/.test(locale))).toBe(false)
    expect(localeOfPath('en-XA')).toBeUndefined()
  })
})
