import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { ASK, FIRM_ID } from '../../test/support/fake-verdicts.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts({ baseUrl: 'https://custos.example' }))
const picture = (q: string) => `/picture/check.png?q=${encodeURIComponent(q)}`

describe('the picture of an answer', () => {
  it('is a PNG of 1200 × 630 that other sites may show', async () => {
    const response = await web.request(picture(ASK.danger))
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_200, 630])
    expect(bytes.length).toBeLessThan(60_000)
  })

  it('is the same for the same answer and another for another', async () => {
    const etag = async (q: string) => (await web.request(picture(q))).headers.get('etag')
    expect(await etag(ASK.danger)).toBe(await etag(ASK.danger))
    expect(await etag(ASK.unknown)).not.toBe(await etag(ASK.danger))
  })

  it('need not be sent twice, and stays out of shared caches', async () => {
    const first = await web.request(picture(ASK.danger))
    const etag = first.headers.get('etag') ?? ''
    const second = await web.request(picture(ASK.danger), { headers: { 'if-none-match': etag } })
    expect([second.status, await second.text()]).toEqual([304, ''])
    expect(first.headers.get('cache-control')).toMatch(/^private/)
  })

  it.each([
    ['/picture/check.png', 400],
    ['/picture/entity.png?id=no_such:thing', 404],
    ['/picture/article.png?id=x', 404],
    ['/picture/other.png', 404],
    [picture(ASK.fault), 500],
  ])('is no picture where there is no answer: %s', async (path, status) => {
    const response = await web.request(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it.each(['/picture/custos.png', `/picture/entity.png?id=${encodeURIComponent(FIRM_ID)}`])(
    'has companions without a verdict: %s',
    async (path) => {
      expect((await web.request(path)).headers.get('content-type')).toBe('image/png')
    },
  )
})

describe('what a messenger is told', () => {
  const metaOf = async (path: string) => {
    const text = await (await web.request(path)).text()
    const rows = [...text.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)">/g)]
    return new Map(rows.map(([, name, content]) => [name, content?.replaceAll('&amp;', '&')]))
  }

  it('has whole addresses, and a picture of the very times of the answer', async () => {
    const meta = await metaOf(`/de/check?q=${ASK.danger}`)
    expect(meta.get('og:url')).toBe(`https://custos.example/de/check?q=${ASK.danger}`)
    expect(meta.get('og:image')).toMatch(
      /^https:\/\/custos\.example\/picture\/check\.png\?q=0x\w+&asOf=[^&]+&knownAt=[^&]+$/,
    )
    expect(meta.get('og:image:alt')).toBe(`Danger: ${ASK.danger}`)
    expect(meta.get('og:locale')).toBe('de_DE')
    expect(meta.get('twitter:card')).toBe('summary_large_image')
    const path = new URL(meta.get('og:image') ?? '')
    expect((await web.request(path.pathname + path.search)).status).toBe(200)
  })

  it('is on every page', async () => {
    expect((await metaOf('/en/sources')).get('og:image')).toMatch(/\/picture\/custos\.png$/)
  })
})

describe('the link to share', () => {
  it('shows the same answer with its times', async () => {
    const text = await (await web.request(`/en/check?q=${ASK.danger}`)).text()
    const link = /class="link"><a href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(link).toMatch(/^\/en\/check\?q=.*&asOf=.*&knownAt=/)
    expect((await web.request(link)).status).toBe(200)
    expect(text).toContain('https://custos.example/en/check')
  })
})
