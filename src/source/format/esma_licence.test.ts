import { describe, expect, it } from 'vitest'
import { readUrls, regulatorWord } from './esma_licence.ts'

describe('regulatorWord', () => {
  it.each([
    ['CASP services are provided under Article 60(4) of MiCA', 'notified under Art. 60'],
    ['Intended countries as notified in terms of Art. 60 MiCAR.', 'notified under Art. 60'],
    [
      'The bank has notified the CSSF of its intention to provide custody.',
      'notified under Art. 60',
    ],
    ['Voluntary request to revoke authorisation by the entity', 'authorised'],
    ['Authorised under Article 63 of MiCA', 'authorised'],
  ])('takes the word from the comment: %j', (comment, word) => {
    expect(regulatorWord(comment)).toBe(word)
  })

  it.each([
    '',
    'Updated list of Member States where CASP intends to provide services',
    'The firm is authorised to manage funds. No passporting notifications were submitted.',
  ])('does not guess where the comment is about something else: %j', (comment) => {
    expect(regulatorWord(comment)).toBe('authorised or notified (the file does not say)')
  })
})

describe('readUrls', () => {
  it.each([
    ['https://a.com/x.pdf\n\nhttps://b.com/y?z=1', ['https://a.com/x.pdf', 'https://b.com/y?z=1']],
    ['https://a.com/view , ', ['https://a.com/view']],
    ['www.example.org/paper', ['https://www.example.org/paper']],
    ['https:/example.com/paper.pdf', ['https://example.com/paper.pdf']],
    ['white-paper.pdf', []],
    ['A sentence about tokens', []],
    ['javascript:alert(1)', []],
  ])('reads the addresses of %j', (cell, urls) => {
    expect(readUrls(cell)).toEqual(urls)
  })
})
