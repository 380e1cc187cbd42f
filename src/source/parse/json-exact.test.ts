import { describe, expect, it } from 'vitest'
import { memoryFile } from '../../../test/support/crawl.ts'
import { exactJson } from './json-exact.ts'

const read = (text: string) => exactJson(memoryFile('usd', 'usd.json', text))

describe('exact JSON', () => {
  it('gives each number as the file writes it', async () => {
    const text = '{"a":1.10,"b":[1.2017405e-05,123456789012345678901234567890],"c":"x","d":null}'
    expect(await read(text)).toEqual({
      a: '1.10',
      b: ['1.2017405e-05', '123456789012345678901234567890'],
      c: 'x',
      d: null,
    })
  })

  it('refuses what is no JSON, and drops the member that would change a prototype', async () => {
    await expect(read('{"a":1')).rejects.toMatchObject({ code: 'source.malformed' })
    expect(Object.keys((await read('{"__proto__":{"x":1},"a":2}')) as object)).toEqual(['a'])
  })
})
