import { z } from '@hono/zod-openapi'
import type { DatasetFreshness } from '../../base/metrics.ts'
import { instantOf } from '../../model/time.ts'
import type { SourceRow } from '../../query/types.ts'
import { noQuery } from '../params.ts'
import { ProblemError } from '../problem.ts'
import { jsonAnswer } from '../respond.ts'
import { type Route, route } from '../route.ts'
import { healthAnswer, readyAnswer } from '../schema/answer.ts'

const health = route({
  method: 'get',
  path: '/healthz',
  tag: 'operations',
  summary: 'The process answers.',
  query: noQuery,
  answer: healthAnswer,
  cost: 0,
  handle: async () => jsonAnswer({ status: 'ok' }, 'never'),
})

const ready = route({
  method: 'get',
  path: '/readyz',
  tag: 'operations',
  summary: 'The stores are open and answer.',
  query: noQuery,
  answer: readyAnswer,
  cost: 0,
  problems: [503],
  async handle(_request, { queries, version, clock, log }) {
    try {
      const { statements, ruleset } = await queries.stats()
      const asOf = instantOf(clock.nowMs())
      return jsonAnswer({ status: 'ready', version, ruleset, statements, asOf }, 'never')
    } catch (error) {
      log.warn({ err: error }, 'not ready')
      throw new ProblemError('server.not_ready', 'The stores do not answer.', {
        headers: { 'retry-after': '5' },
      })
    }
  },
})

const metrics = route({
  method: 'get',
  path: '/metrics',
  tag: 'operations',
  summary: 'Prometheus text exposition.',
  query: noQuery,
  answer: z.string(),
  mediaTypes: ['text/plain'],
  cost: 0,
  async handle(_request, ports) {
    if (ports.metrics === undefined) {
      throw new ProblemError('request.not_found', 'Metrics are switched off.')
    }
    const stats = await ports.queries.stats()
    ports.metrics.datasets(stats.datasets, stats.oldestAgeSeconds)
    ports.metrics.ledger(stats)
    ports.metrics.freshness((await ports.queries.sources()).map(freshnessOf))
    const chains = (await ports.chain?.chains()) ?? []
    ports.metrics.chains(
      chains.map(({ chain, lagSeconds, head, alerts, orphaned, halt }) => ({
        chain,
        lagSeconds,
        head: head?.number ?? null,
        alerts,
        orphaned,
        isHalted: halt !== null,
      })),
    )
    const body = await ports.metrics.text()
    return { body, mediaType: ports.metrics.contentType, cache: 'never' }
  },
})

function freshnessOf(row: SourceRow): DatasetFreshness {
  const { dataset, state, ageSeconds, lastSuccessAt, gaps } = row
  const lastSuccess = lastSuccessAt === null ? null : Date.parse(lastSuccessAt) / 1000
  return { dataset, state, ageSeconds, lastSuccess, gaps: gaps.count }
}

export const operateRoutes: readonly Route[] = [health, ready, metrics]
