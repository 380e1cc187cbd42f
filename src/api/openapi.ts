import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv } from './route.ts'
import { checkpointView } from './schema/verdict.ts'

const TAGS = [
  { name: 'check', description: 'Verdicts.' },
  { name: 'search', description: 'Finding entities by name.' },
  { name: 'entities', description: 'Entities and the statements behind them.' },
  { name: 'sources', description: 'What was read, when, and what changed.' },
  { name: 'chains', description: 'Blocks, transactions, addresses and tokens of followed chains.' },
  { name: 'alerts', description: 'What chain rules found, as it changes.' },
  { name: 'news', description: 'Articles read into facts with their sentences.' },
  { name: 'transparency', description: 'Proofs about the ledger.' },
  { name: 'operations', description: 'For whoever runs the installation.' },
]

/** OpenAPI 3.1, made from the route table. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>, version: string): object {
  app.openAPIRegistry.register('Checkpoint', checkpointView)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Custos',
      version,
      description:
        'What is known about a name, domain, address, token or number: who says so, since when, and what could not be checked. Errors are problems (RFC 9457) whose `type` is documented in docs/operate/errors.md.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: TAGS,
  })
}
