import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts())
const ask = (encoding?: string) =>
  web.request(
    '/en/sources',
    encoding === undefined ? {} : { headers: { 'accept-encoding': encoding } },
  )

describe('a page on its way', () => {
  it('is compressed for whoever takes it, and the same for whoever does not', async () => {
    const small = Buffer.from(await (await ask('gzip, deflate, br')).arrayBuffer())
    const whole = await (await ask()).text()
    expect(gunzipSync(small).toString()).toBe(whole)
    expect(small.byteLength * 3).toBeLessThan(whole.length)
  })

  it.each([undefined, 'identity', 'gzip;q=0', 'br'])(
    'is not compressed for %s',
    async (encoding) => {
      const response = await ask(encoding)
      expect(response.headers.get('content-encoding')).toBeNull()
      expect(await response.text()).toContain('</html>')
    },
  )

  it('says to caches that it depends on that', async () => {
    expect((await ask('gzip')).headers.get('vary')).toContain('Accept-Encoding')
    const missing = await web.request('/en/nowhere', { headers: { 'accept-encoding': 'gzip' } })
    expect(missing.headers.get('vary')).toBe('Accept-Language, Accept-Encoding')
    expect(missing.status).toBe(404)
  })
})
