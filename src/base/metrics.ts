import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** `route` is the declared path, never the asked one: labels must stay few. */
  request(method: string, route: string, status: number, seconds: number): void
  limited(policy: string): void
  /** Replaces the gauges of the datasets: state is one of the five dataset states. */
  datasets(states: Readonly<Record<string, number>>, oldestAgeSeconds: number | null): void
  /** Replaces the gauges of each dataset, by name: names are those of the catalogue. */
  freshness(rows: readonly DatasetFreshness[]): void
  /** Replaces the gauges of each chain. */
  chains(rows: readonly ChainGauges[]): void
  ledger(counts: { readonly statements: number; readonly events: number }): void
  readonly contentType: string
  /** The Prometheus text exposition. */
  text(): Promise<string>
}

export interface ChainGauges {
  readonly chain: string
  /** Seconds since the head's own time; null before the first block. */
  readonly lagSeconds: number | null
  readonly head: number | null
  readonly alerts: number
  readonly orphaned: number
  readonly isHalted: boolean
}

export interface DatasetFreshness {
  readonly dataset: string
  readonly state: string
  /** By the list's own date; null where it has none. */
  readonly ageSeconds: number | null
  /** Unix seconds; null before the first. */
  readonly lastSuccess: number | null
  /** Times at which a list of the newest entries had moved past what was held. */
  readonly gaps: number
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
  const freshness = freshnessGauges(registers)
  return {
    freshness,
    chains: chainGauges(registers),
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

function chainGauges(registers: Registry[]): Metrics['chains'] {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['chain'], registers })
  const lag = gauge('custos_chain_head_lag_seconds', 'Age of the newest stored block')
  const head = gauge('custos_chain_head', 'Number of the newest stored block')
  const alerts = gauge('custos_chain_alerts', 'Alerts that are not retracted')
  const orphaned = gauge('custos_chain_orphaned_blocks', 'Blocks taken back by reorganisations')
  const halted = gauge('custos_chain_halted', '1 when following waits for the operator')
  return (rows) => {
    for (const one of [lag, head, alerts, orphaned, halted]) one.reset()
    for (const row of rows) {
      if (row.lagSeconds !== null) lag.labels(row.chain).set(row.lagSeconds)
      if (row.head !== null) head.labels(row.chain).set(row.head)
      alerts.labels(row.chain).set(row.alerts)
      orphaned.labels(row.chain).set(row.orphaned)
      halted.labels(row.chain).set(row.isHalted ? 1 : 0)
    }
  }
}

function freshnessGauges(registers: Registry[]): Metrics['freshness'] {
  const gauge = (name: string, help: string, ...labels: string[]) =>
    new Gauge({ name, help, labelNames: ['dataset', ...labels], registers })
  const age = gauge('custos_dataset_age_seconds', 'Age by the own date of the list')
  const success = gauge('custos_dataset_last_success_timestamp_seconds', 'Last good reading')
  const state = gauge('custos_dataset_state', '1 for the state that the dataset is in', 'state')
  const gaps = gauge('custos_dataset_window_gaps', 'Gaps of lists that show newest entries only')
  return (rows) => {
    for (const one of [age, success, state, gaps]) one.reset()
    for (const row of rows) {
      if (row.ageSeconds !== null) age.labels(row.dataset).set(row.ageSeconds)
      if (row.lastSuccess !== null) success.labels(row.dataset).set(row.lastSuccess)
      state.labels(row.dataset, row.state).set(1)
      gaps.labels(row.dataset).set(row.gaps)
    }
  }
}
