import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** `route` is the declared path, never the asked one: labels must stay few. */
  request(method: string, route: string, status: number, seconds: number): void
  limited(policy: string): void
  /** Replaces the gauges of the datasets: state is one of the five dataset states. */
  datasets(states: Readonly<Record<string, number>>, oldestAgeSeconds: number | null): void
  ledger(counts: { readonly statements: number; readonly events: number }): void
  readonly contentType: string
  /** The Prometheus text exposition. */
  text(): Promise<string>
}

/** A registry of its own, so that two installations in one process never mix. */
export function createMetrics(version: string): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry, prefix: 'custos_' })
  new Gauge({ name: 'custos_info', help: 'Version', labelNames: ['version'], registers })
    .labels(version)
    .set(1)
  const seconds = new Histogram({
    name: 'custos_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    // A verdict takes well under a millisecond, a batch or a page some tens.
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5],
    registers,
  })
  const limited = new Counter({
    name: 'custos_http_limited_total',
    help: 'Requests refused by the rate limit',
    labelNames: ['policy'],
    registers,
  })
  const datasets = new Gauge({
    name: 'custos_datasets',
    help: 'Datasets by state',
    labelNames: ['state'],
    registers,
  })
  const oldest = new Gauge({
    name: 'custos_dataset_age_seconds_max',
    help: 'Age of the oldest list that is held',
    registers,
  })
  const statements = new Gauge({ name: 'custos_statements', help: 'Statements', registers })
  const events = new Gauge({ name: 'custos_ledger_events', help: 'Ledger events', registers })
  return {
    request: (method, route, status, value) =>
      seconds.labels(method, route, String(status)).observe(value),
    limited: (policy) => limited.labels(policy).inc(),
    datasets(states, oldestAgeSeconds) {
      datasets.reset()
      for (const [state, count] of Object.entries(states)) datasets.labels(state).set(count)
      oldest.set(oldestAgeSeconds ?? Number.NaN)
    },
    ledger(counts) {
      statements.set(counts.statements)
      events.set(counts.events)
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
