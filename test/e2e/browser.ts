import { existsSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createWeb, type WebPorts } from '../../src/web/web.ts'
import { fakePorts } from '../support/fake-ports.ts'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser on this machine; undefined where there is none. */
export const CHROMIUM: string | undefined =
  process.env.CUSTOS_CHROMIUM ?? CANDIDATES.find((path) => existsSync(path))

/** Serves the pages on a free port of this machine. */
export async function serveFake(
  rest: Partial<WebPorts> = {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const web = createWeb(fakePorts(rest))
  return await new Promise((resolve) => {
    const server = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        close: () => new Promise((done) => server.close(() => done())),
      }),
    )
  })
}
