import { fixedClock } from '../../src/base/clock.ts'
import type { WebPorts } from '../../src/web/web.ts'
import { fakeChain } from './fake-chain.ts'
import { NOW } from './fake-data.ts'
import { fakeQueries } from './fake-queries.ts'
import { fakeRates } from './fake-rates.ts'
import { ASK } from './fake-verdicts.ts'

/** Ports of a whole web interface over the fake: what a test does not name works as it should. */
export function fakePorts(rest: Partial<WebPorts> = {}): WebPorts {
  return {
    queries: fakeQueries(),
    rates: fakeRates(),
    chain: fakeChain(),
    version: '0.1.0',
    clock: fixedClock(NOW),
    examples: [
      { kind: 'site', q: ASK.warning },
      { kind: 'address', q: ASK.danger },
      { kind: 'firm', q: ASK.firm },
    ],
    documents: new Map([
      ['verdict.md', '# How a verdict is made\n'],
      ['coverage.json', '{}'],
      ['chain-rules.md', '# Rules of chains\n'],
    ]),
    openapi: () => OPENAPI,
    startSync: async () => undefined,
    ...rest,
  }
}

const OPENAPI = {
  openapi: '3.1.0',
  paths: {
    '/v1/check': {
      get: {
        summary: 'One verdict',
        description: 'What is known about any identifier or name.',
        parameters: [
          { name: 'q', in: 'query', required: true, description: 'What is asked.' },
          { name: 'asOf', in: 'query', schema: { description: 'The time of the world.' } },
        ],
        responses: { 200: { description: 'The verdict.' }, 400: { description: 'A problem.' } },
      },
    },
  },
}
