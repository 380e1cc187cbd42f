import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { MessageFormat } from 'messageformat'
import { describe, expect, it } from 'vitest'
import {
  catalogue,
  compile,
  hasKey,
  localeFor,
  type MessageKey,
  message,
  messageParts,
  placeholdersOf,
} from './catalogue.ts'
import { LOCALES, localeFacts } from './locales.ts'

const english = catalogue('en')
const others = LOCALES.filter((locale) => locale !== 'en')

/** Names, abbreviations and words that are the same in Latin letters everywhere. */
const SAME_EVERYWHERE: ReadonlySet<string> = new Set([
  'API',
  'BIC',
  'LEI',
  'SHA-256',
  'VPN',
  'DAO',
  'CoinJoin',
  '({relative})',
  '{title} – Custos',
  '{word}: {query}',
  ': {names}.',
  ', ',
  '{lead}.',
  '{lead}; {tail}.',
])

describe.each(others)('the catalogue %s', (locale) => {
  const texts = catalogue(locale)

  it('has every key of the English one and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
  })

  it('uses the same placeholders as the English one in every message', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect([key, placeholdersOf(text)]).toEqual([key, placeholdersOf(english[key] ?? '')])
    }
  })

  it('makes a choice where the English one does, and nowhere else', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect([key, text.startsWith('.')]).toEqual([key, english[key]?.startsWith('.')])
    }
  })
})

// Where the script is another, no whole message can be the same by chance.
const IN_LATIN: ReadonlySet<string | undefined> = new Set(['Latn'])
const inOtherScript = others.filter(
  (locale) => !IN_LATIN.has(new Intl.Locale(locale).maximize().script),
)
describe.each(inOtherScript)('the catalogue %s', (locale) => {
  it('leaves no message in English', () => {
    const left = Object.entries(catalogue(locale)).filter(
      ([key, text]) => text === english[key] && !SAME_EVERYWHERE.has(text),
    )
    expect(left).toEqual([])
  })
})

describe.each(LOCALES)('every message in %s', (locale) => {
  it('can be written for every count, without an error of the format', () => {
    const { intl } = localeFacts(locale)
    for (const [key, text] of Object.entries(catalogue(locale))) {
      if (!text.startsWith('.')) continue
      const format = new MessageFormat(intl, text, { bidiIsolation: 'none' })
      for (const count of [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 1_000_000]) {
        const params = Object.fromEntries(placeholdersOf(text).map((name) => [name, count]))
        const out = format.format(params, (error) => {
          throw new Error(`${key}: ${String(error)}`)
        })
        expect(out).not.toMatch(/[{}]/)
      }
    }
  })

  it('leaves no placeholder when all its parameters are given', () => {
    for (const [key, text] of Object.entries(catalogue(locale))) {
      const params = Object.fromEntries(placeholdersOf(text).map((name) => [name, 7]))
      expect(message(locale, key as MessageKey, params)).not.toMatch(/[{}]/)
    }
  })
})

describe('the sentences of the verdict', () => {
  it('are in the catalogue word for word as the method documents them', () => {
    const url = new URL('../../docs/method/messages.en.json', import.meta.url)
    const documented: unknown = JSON.parse(readFileSync(url, 'utf8'))
    expect(english).toMatchObject(documented as object)
  })
})

describe('a message', () => {
  it('is written in the language of a tag, and in English where that is not spoken', () => {
    expect(message('de-AT', 'verdict.unknown')).toBe('Unbekannt')
    expect(message('cy', 'verdict.unknown')).toBe('Unknown')
    expect(localeFor('zh-CN')).toBe('zh-Hans')
  })

  it('chooses the plural form of its language', () => {
    const write = (locale: 'en' | 'ar', count: number) =>
      message(locale, 'sources.count_entities', { count })
    expect([write('en', 1), write('en', 2)]).toEqual(['1 entity', '2 entities'])
    expect([1, 2, 3, 11, 100].map((count) => write('ar', count))).toEqual([
      'كيان واحد',
      'كيانان',
      '3 كيانات',
      '11 كيانًا',
      '100 كيان',
    ])
  })

  it('writes large counts with the separators of its language', () => {
    expect(message('de', 'sources.count_entities', { count: 1_234_567 })).toBe('1.234.567 Einträge')
  })

  it('shows a placeholder without a value instead of hiding it', () => {
    expect(compile('Read as {form}', 'en')({})).toBe('Read as {form}')
  })

  it('keeps a value in Latin letters as it is in a left-to-right sentence', () => {
    expect(compile('Read as {form}', 'en')({ form: 'a $1 “name”' })).toBe('Read as a $1 “name”')
  })

  it('keeps values apart from the direction of the sentence where they could mix', () => {
    expect(compile('On {title}.', 'ar')({ title: 'SDN' })).toBe('On \u2068SDN\u2069.')
    expect(compile('On {title}.', 'en')({ title: 'قائمة' })).toBe('On \u2068قائمة\u2069.')
  })

  it('takes the controls out of a value that would reorder what stands beside it', () => {
    const write = compile('On {title}.', 'en')
    expect(write({ title: 'a\u202eb\u2069c' })).toBe('On \u2068abc\u2069.')
  })

  it('never lets a value end its isolation early', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'م', '\u2067', '\u2068', '\u2069') }),
        (value) => {
          const inside = compile('{v}', 'ar')({ v: value }).slice(1, -1)
          let depth = 0
          for (const c of inside) {
            depth += c === '\u2069' ? -1 : c === '\u2067' || c === '\u2068' ? 1 : 0
            if (depth < 0) return false
          }
          return depth === 0
        },
      ),
    )
  })

  it('remembers choices without mixing them up', () => {
    const write = compile('.input {$a :number} .match $a one {{{$a}/{$b}}} * {{{$a}|{$b}}}', 'en')
    expect([write({ a: 1, b: 'x' }), write({ a: 2, b: 'x' }), write({ a: 1, b: 'y' })]).toEqual([
      '1/x',
      '2|x',
      '1/y',
    ])
    expect(write({ a: 1, b: 'x' })).toBe('1/x')
  })

  it('is given in parts, with the caller’s own pieces in place of the names', () => {
    expect(messageParts('en', 'why.says', { authority: 1, list: 2 })).toEqual([
      '',
      1,
      ' says so in ',
      2,
      '',
    ])
  })
})

describe('a key', () => {
  it('exists only as written, and not by way of the object’s prototype', () => {
    expect(hasKey('verdict.danger')).toBe(true)
    expect(hasKey('verdict.safe')).toBe(false)
    expect(hasKey('constructor')).toBe(false)
  })
})
