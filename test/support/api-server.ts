import { connect } from 'node:net'
import { createApi } from '../../src/api/app.ts'
import { type RunningServer, serve } from '../../src/api/serve.ts'
import type { Queries } from '../../src/query/types.ts'
import { sampleQueries } from './sample-queries.ts'
import { sampleRates } from './sample-rates.ts'

/** A real server on a free port of the loopback address, with the sample answers. */
export async function startApi(queries: Queries = sampleQueries): Promise<RunningServer> {
  const api = createApi({ queries, rates: sampleRates, version: '0.0.0' })
  return serve({ fetch: api.fetch, host: '127.0.0.1', port: 0 })
}

/** Sends bytes as they are and gives what comes back until the server closes or falls silent. */
export function exchange(port: number, bytes: string, silenceMs = 300): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let text = ''
    socket.setTimeout(silenceMs, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}

/** The status of the first answer in a raw exchange; 0 when there is none. */
export function statusOf(text: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
}
