import type { View } from '../index/view.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { Checked, Coverage, NotChecked, QueryKind } from '../model/verdict.ts'
import { type CoverageRules, type Requirement, requirementsOf } from './coverage.ts'
import { type DatasetStatus, statusOf } from './states.ts'
import type { ResolvedTimes } from './times.ts'

/** What was and was not checked about a kind of subject, at two times. */
export interface Checks {
  readonly checked: readonly Checked[]
  readonly notChecked: readonly NotChecked[]
  readonly coverage: Coverage
  readonly requirements: readonly Requirement[]
  readonly unmet: readonly Requirement[]
  /** The state of any dataset at these times. */
  readonly status: (dataset: DatasetName) => DatasetStatus
}

export interface ChecksParams {
  readonly view: View
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly rules: CoverageRules
  readonly times: ResolvedTimes
}

/** States of all datasets at two times, computed when first asked for. */
export class Statuses {
  readonly #params: ChecksParams
  readonly #known = new Map<DatasetName, DatasetStatus>()
  readonly #checks = new Map<string, Checks>()

  constructor(params: ChecksParams) {
    this.#params = params
  }

  of(name: DatasetName): DatasetStatus {
    let status = this.#known.get(name)
    if (status === undefined) {
      const { view, datasets, times } = this.#params
      status = statusOf(view, name, datasets.get(name), times)
      this.#known.set(name, status)
    }
    return status
  }

  checks(kind: QueryKind, country: string | null): Checks {
    const key = `${kind} ${country ?? ''}`
    let checks = this.#checks.get(key)
    if (checks === undefined) {
      checks = this.#make(kind, country)
      this.#checks.set(key, checks)
    }
    return checks
  }

  /** The same checks with datasets that a finding brought in: every answer names its sources. */
  withDatasets(checks: Checks, names: Iterable<DatasetName>): Checks {
    const listed = new Set([...checks.checked, ...checks.notChecked].map((row) => row.dataset))
    const missing = [...new Set(names)].filter((name) => !listed.has(name))
    if (missing.length === 0) return checks
    const checked = [...checks.checked]
    const notChecked = [...checks.notChecked]
    for (const name of missing) this.#put(name, false, { checked, notChecked })
    return { ...checks, checked, notChecked }
  }

  /** Those of some datasets that are not current, as an answer names them. */
  notChecked(names: Iterable<DatasetName>): readonly NotChecked[] {
    const lists = { checked: [] as Checked[], notChecked: [] as NotChecked[] }
    for (const name of new Set(names)) this.#put(name, false, lists)
    return lists.notChecked
  }

  #make(kind: QueryKind, country: string | null): Checks {
    const { rules, datasets } = this.#params
    const consults: readonly string[] = rules.kinds[kind].consults
    const consulted = [...datasets.values()].filter(
      // An optional source that nobody switched on is no gap.
      ({ name, kind: of, enabled }) =>
        consults.includes(of) && (enabled || this.of(name).run !== null),
    )
    const requirements = [
      ...requirementsOf(rules, kind, country),
      ...this.#unread(consulted),
      ...this.#removed(),
    ]
    const required = new Set(requirements.flatMap((requirement) => requirement.anyOf))
    const names = new Set([...required, ...consulted.map(({ name }) => name)])
    const lists = { checked: [] as Checked[], notChecked: [] as NotChecked[] }
    for (const name of [...names].sort()) this.#put(name, required.has(name), lists)
    for (const requirement of requirements) {
      if (requirement.anyOf.length === 0)
        lists.notChecked.push(unknownRegister(requirement, country))
    }
    if (rules.kinds[kind].ownership === true) lists.notChecked.push(OWNERSHIP)
    lists.checked.sort(byRequired)
    lists.notChecked.sort(byRequired)
    const unmet = requirements.filter((requirement) => !this.#isMet(requirement))
    const coverage =
      unmet.length === 0 ? 'complete' : unmet.length < requirements.length ? 'partial' : 'none'
    return { ...lists, coverage, requirements, unmet, status: (name) => this.of(name) }
  }

  /**
   * A list that could have said something adverse and was never read is a gap, whatever else is
   * current: the subject may be on that one alone (P8).
   */
  #unread(consulted: readonly Dataset[]): Requirement[] {
    const adverse: readonly string[] = this.#params.rules.adverse
    return (
      consulted
        // A connector that has never read a live file is a promise, not a list: it is shown as never
        // fetched and counts only where a requirement names it.
        .filter(({ name, kind, proven }) => {
          return proven && adverse.includes(kind) && this.of(name).run === null
        })
        .map(({ name, title }) => alone(`unread_${name}`, title, name))
    )
  }

  /**
   * A dataset that the ledger holds and this installation no longer has is a loss: what it said
   * still speaks, and what it would have said since is missing (INTERFACE §3).
   */
  #removed(): Requirement[] {
    const { view, datasets } = this.#params
    return [...view.runsOf.keys()]
      .filter((name) => !datasets.has(name))
      .map((name) => alone(`removed_${name}`, name, name))
  }

  #isMet({ anyOf, atLeast }: Requirement): boolean {
    const current = anyOf.filter((name) => this.of(name).state === 'current')
    return current.length >= atLeast
  }

  #put(
    name: DatasetName,
    required: boolean,
    lists: { checked: Checked[]; notChecked: NotChecked[] },
  ): void {
    const { datasets, rules } = this.#params
    const { state, reason, run, ageSeconds } = this.of(name)
    const title = datasets.get(name)?.title ?? rules.titles[name] ?? name
    const version = run?.run.version ?? null
    const publishedAt = run?.run.publishedAt ?? null
    const common = { dataset: name, title, version, publishedAt, ageSeconds, required }
    if (state === 'current') {
      lists.checked.push({ ...common, fetchedAt: run?.run.fetchedAt ?? null, state })
    } else {
      lists.notChecked.push({ ...common, state, reason: reason ?? state })
    }
  }
}

function alone(id: string, title: string, dataset: DatasetName): Requirement {
  return { id, title, group: null, anyOf: [dataset], atLeast: 1 }
}

function byRequired(a: { required: boolean }, b: { required: boolean }): number {
  return Number(b.required) - Number(a.required)
}

function unknownRegister(requirement: Requirement, country: string | null): NotChecked {
  return {
    dataset: country === null ? 'register' : `register_${country.toLowerCase()}`,
    title: requirement.title,
    state: 'never_fetched',
    reason: country === null ? 'country_unknown' : 'no_register_for_country',
    required: true,
    version: null,
    publishedAt: null,
    ageSeconds: null,
  }
}

/** What listed persons own is blocked without being listed; nobody publishes a list of that. */
const OWNERSHIP: NotChecked = {
  dataset: 'ownership',
  title: 'Ownership by listed persons (OFAC 50 % rule)',
  state: 'never_fetched',
  reason: 'ofac_50_percent_rule',
  required: false,
  version: null,
  publishedAt: null,
  ageSeconds: null,
}
