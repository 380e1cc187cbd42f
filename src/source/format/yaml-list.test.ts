import { describe, expect, it } from 'vitest'
import { memoryFile } from '../../../test/support/crawl.ts'
import { flagOf, scalarOf, scalarsOf, yamlList } from './yaml-list.ts'

const read = (text: string) => yamlList(memoryFile('pack', 'pack.yaml', text), 'tags')

describe('a YAML document that is a header and a list', () => {
  it('keeps every scalar as it is written, whatever YAML version it declares', async () => {
    const { header, items } = await read(`%YAML 1.1
---
country: NO
lastmod: 2024-03-01
tags:
- {address: 0x5acc84a3e955Bdd76467d3348077d003f00fFB97, id: 01, on: yes}
`)
    expect(header).toEqual({ country: 'NO', lastmod: '2024-03-01' })
    expect(items[0]?.value).toEqual({
      address: '0x5acc84a3e955Bdd76467d3348077d003f00fFB97',
      id: '01',
      on: 'yes',
    })
  })

  it('tells where each item stands', async () => {
    const text = '\uFEFFtags:\n- label: ä\n- label: 二\n'
    const { items } = await read(text)
    expect(items.map(({ start, end }) => text.slice(1 + start, 1 + end).trim())).toEqual([
      'label: ä',
      'label: 二',
    ])
  })

  it('honours anchors and merge keys, which packs use for what is common', async () => {
    const { items } = await read('base: &b {currency: ETH}\ntags:\n- <<: *b\n  address: a\n')
    expect(items[0]?.value).toEqual({ currency: 'ETH', address: 'a' })
  })

  it.each([
    ['no list', 'title: x\n', /no list "tags"/],
    ['a list at the top', '- a\n', /no YAML map/],
    ['a broken document', 'tags: [a, {b: "c\n', /broken off or malformed/],
    ['depth without end', `tags: ${'['.repeat(50_000)}`, /malformed/],
    ['a bomb of aliases', bomb(), /expands beyond its limit/],
  ])('refuses %s', async (_what, text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'source.malformed', message })
  })

  it('reads missing, empty and null members as missing', () => {
    const record = {
      a: '',
      b: '~',
      c: 'null',
      d: ' x ',
      e: ['', 'y', null, 3],
      f: 'True',
      g: 'off',
    }
    expect(['a', 'b', 'c', 'd', 'h'].map((key) => scalarOf(record, key))).toEqual([
      undefined,
      undefined,
      undefined,
      'x',
      undefined,
    ])
    expect(scalarsOf(record, 'e')).toEqual(['y', '3'])
    expect(scalarsOf(record, 'd')).toEqual(['x'])
    expect(['f', 'g', 'd'].map((key) => flagOf(record, key))).toEqual([true, false, undefined])
  })
})

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 9; i += 1) {
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
  }
  return `${lines.join('\n')}\ntags: *a8\n`
}
