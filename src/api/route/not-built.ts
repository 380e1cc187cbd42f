/**
 * Routes that INTERFACE §5 names and that are not built yet. They answer the problem `not_built`
 * (501), so that a client can tell them from a wrong address.
 */
export const NOT_BUILT: readonly string[] = [
  '/v1/regulators',
  '/v1/regulators/:code',
  '/v1/licences',
  '/v1/serve',
  '/v1/rankings',
  '/v1/chains',
  '/v1/blocks/:chain/:n',
  '/v1/tx/:chain/:hash',
  '/v1/addresses/:caip10',
  '/v1/addresses/:caip10/transfers',
  '/v1/addresses/:caip10/counterparties',
  '/v1/addresses/:caip10/exposure',
  '/v1/alerts',
  '/v1/alerts/stream',
  '/v1/news',
  '/v1/news/:id',
  '/news/feed.xml',
  '/v1/log/inclusion',
  '/v1/log/consistency',
  '/v1/prefix/:hex',
]
