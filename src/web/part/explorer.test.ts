import { html } from 'hono/html'
import { describe, expect, it } from 'vitest'
import { attribute, parsePage } from '../../../test/support/html.ts'
import { explorerLink, explorerUrls } from './explorer.ts'

describe('the way to a public explorer', () => {
  it('follows EIP-3091 behind every address that the list of chains names, two at most', () => {
    expect(
      explorerUrls(
        ['https://a.example/', 'https://b.example/x', 'https://c.example'],
        'tx',
        '0xAB',
      ),
    ).toEqual(['https://a.example/tx/0xAB', 'https://b.example/x/tx/0xAB'])
    expect(explorerUrls(['https://a.example'], 'address', '../x?y')).toEqual([
      'https://a.example/address/..%2Fx%3Fy',
    ])
    expect(explorerUrls([], 'block', '1')).toEqual([])
  })

  it('tells the other site neither who asks nor from where, and runs nothing', async () => {
    const page = parsePage(String(await html`${explorerLink('https://www.a.example/tx/1')}`))
    const [link] = page.all('a')
    expect(link && attribute(link, 'rel')).toBe('external noopener noreferrer')
    expect(explorerLink('javascript:alert(1)')).toBeNull()
    expect(explorerLink('https://name:word@a.example/')).toBeNull()
  })
})
