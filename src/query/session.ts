import type { View } from '../index/view.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { CheckpointView, VerdictValue } from '../model/verdict.ts'
import { type Checks, Statuses } from './checks.ts'
import type { CoverageRules } from './coverage.ts'
import type { EvidenceReader } from './evidence.ts'
import type { LicensedKeeper } from './licensed.ts'
import type { ProtectionKeeper } from './protection.ts'
import type { DirectoryLoader } from './regulators-directory.ts'
import type { Renderer } from './render.ts'
import { summaryOf } from './summary.ts'
import type { ResolvedTimes } from './times.ts'

export interface SessionPorts {
  readonly ledger: LedgerReader
  readonly reader: EvidenceReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly rules: CoverageRules
  readonly renderer: Renderer
  readonly protection: ProtectionKeeper
  readonly licensed: LicensedKeeper
  readonly directory: DirectoryLoader
}

/**
 * One view at two times: what every answer made from it shares. Answers of the same second use the
 * same session, so that states and ages are computed once and not per answer.
 */
export class Session {
  readonly view: View
  readonly times: ResolvedTimes
  readonly statuses: Statuses
  readonly checkpoint: CheckpointView | null
  readonly reader: EvidenceReader
  readonly rules: CoverageRules
  readonly renderer: Renderer
  readonly protection: ProtectionKeeper
  readonly licensed: LicensedKeeper
  readonly directory: DirectoryLoader
  readonly #silences = new WeakMap<Checks, Map<string, string>>()

  constructor(
    ports: SessionPorts,
    state: { view: View; times: ResolvedTimes; checkpoint: CheckpointView | null },
    statuses?: Statuses,
  ) {
    const { datasets, rules } = ports
    this.view = state.view
    this.times = state.times
    this.checkpoint = state.checkpoint
    this.statuses =
      statuses ?? new Statuses({ view: state.view, datasets, rules, times: state.times })
    this.reader = ports.reader
    this.rules = rules
    this.renderer = ports.renderer
    this.protection = ports.protection
    this.licensed = ports.licensed
    this.directory = ports.directory
  }

  /** The same view at an earlier state of knowledge: the pages of one search are of one state. */
  at(ports: SessionPorts, seq: number): Session {
    if (seq >= this.times.seq) return this
    const { view, checkpoint, statuses } = this
    return new Session(ports, { view, times: { ...this.times, seq }, checkpoint }, statuses)
  }

  /** The sentence of an answer without findings: one per kind of subject and language. */
  silence(checks: Checks, verdict: VerdictValue, lang: string): string {
    let byLang = this.#silences.get(checks)
    if (byLang === undefined) {
      byLang = new Map()
      this.#silences.set(checks, byLang)
    }
    let said = byLang.get(lang)
    if (said === undefined) {
      const { rules, renderer } = this
      const { coverage } = checks
      said = summaryOf({
        verdict,
        coverage,
        findings: [],
        licences: [],
        checks,
        rules,
        renderer,
        lang,
      })
      // Languages come from requests: only as many are remembered as there are catalogues.
      if (byLang.size < 16) byLang.set(lang, said)
    }
    return said
  }
}
