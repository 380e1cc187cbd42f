import { serve } from '@hono/node-server'
import { createApi, isApiPath } from '../../../src/api/app.ts'
import { createWeb, type WebPorts } from '../../../src/web/web.ts'
import { fakeChain } from '../../support/fake-chain.ts'
import { fakePorts } from '../../support/fake-ports.ts'
import { sampleNews } from '../../support/sample-news.ts'
import { sampleWorld } from '../../support/sample-registry.ts'

/** Two invented installations: one with answers of every kind, one with firms and supervisors. */
export interface JourneyWorld {
  readonly answers: string
  readonly firms: string
  close(): Promise<void>
}

interface Served {
  readonly url: string
  close(): Promise<void>
}

function silentStream(): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(': open\n\n')),
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Pages and API behind one address, as an installation has them. */
async function serveWhole(rest: Partial<WebPorts>): Promise<Served> {
  const ports = fakePorts(rest)
  const web = createWeb(ports)
  const { queries, rates, registry, news } = ports
  const chain = { changes: async () => [], head: async () => 0, ...fakeChain() }
  const api = createApi({ queries, rates, registry, news, chain, version: ports.version })
  const fetch = (request: Request) => {
    const { pathname } = new URL(request.url)
    // Nothing happens on the invented chain: the stream opens and stays silent.
    if (pathname === '/v1/alerts/stream') return silentStream()
    return isApiPath(pathname) ? api.fetch(request) : web.fetch(request)
  }
  return await new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((done) => {
            if ('closeAllConnections' in server) server.closeAllConnections()
            server.close(() => done())
          }),
      }),
    )
  })
}

export async function openWorld(): Promise<JourneyWorld> {
  const { queries, registry, close } = await sampleWorld()
  const [answers, firms] = await Promise.all([
    serveWhole({ news: sampleNews }),
    serveWhole({ queries, registry, news: sampleNews }),
  ])
  return {
    answers: answers.url,
    firms: firms.url,
    close: async () => {
      await Promise.all([answers.close(), firms.close()])
      await close()
    },
  }
}
