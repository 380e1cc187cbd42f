/**
 * Routes that INTERFACE §5 names and that are not built yet. They answer the problem `not_built`
 * (501), so that a client can tell them from a wrong address.
 */
export const NOT_BUILT: readonly string[] = [
  '/v1/addresses/:caip10/exposure',
  '/v1/log/inclusion',
  '/v1/log/consistency',
  '/v1/prefix/:hex',
]
