import type { Clock } from '../base/clock.ts'
import type { IndexReader } from '../index/port.ts'
import type { View, ViewHolder } from '../index/view.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import { checkpointView } from './check.ts'
import { COVERAGE, type CoverageRules } from './coverage.ts'
import { EvidenceReader } from './evidence.ts'
import { LicensedKeeper } from './licensed.ts'
import { Lru } from './lru.ts'
import { ProtectionKeeper } from './protection.ts'
import { DirectoryLoader } from './regulators-directory.ts'
import { type MessagePort, Renderer } from './render.ts'
import { Session, type SessionPorts } from './session.ts'
import { resolveTimes } from './times.ts'
import type { Times } from './types.ts'

export interface KeeperPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly view: ViewHolder
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly clock: Clock
  readonly message: MessagePort
  readonly coverage?: CoverageRules
}

/** Answers at other times that are kept: a page and its parts ask for the same two times. */
const SESSIONS_KEPT = 16

/** The sessions of one process and the caches behind them: every desk asks the same one. */
export class SessionKeeper {
  readonly shared: SessionPorts
  readonly #ports: KeeperPorts
  #now: { readonly second: number; readonly session: Session } | undefined
  readonly #sessions = new Lru<string, Session>(SESSIONS_KEPT)
  #sessionsOf: View | undefined

  constructor(ports: KeeperPorts) {
    const { ledger, index, datasets, message } = ports
    this.#ports = ports
    this.shared = {
      ledger,
      reader: new EvidenceReader(ledger, index, datasets),
      datasets,
      rules: ports.coverage ?? COVERAGE,
      renderer: new Renderer(message),
      protection: new ProtectionKeeper(),
      licensed: new LicensedKeeper({ ledger, index, datasets }),
      directory: new DirectoryLoader(ledger, index),
    }
  }

  /** Answers of one second share a session; so do answers at the same two times. */
  async session(times: Times): Promise<Session> {
    const { view: holder, clock } = this.#ports
    const view = holder.current()
    const nowMs = clock.nowMs()
    if (times.asOf === undefined && times.knownAt === undefined) {
      const second = Math.floor(nowMs / 1000)
      const now = this.#now
      if (now?.second === second && now.session.view === view) return now.session
      const session = await this.#open(view, times, nowMs)
      this.#now = { second, session }
      return session
    }
    if (this.#sessionsOf !== view) this.#sessions.clear()
    this.#sessionsOf = view
    // A time that was left out is now, to the second.
    const part = times.asOf !== undefined && times.knownAt !== undefined ? 0 : nowMs / 1000
    const key = `${times.asOf ?? ''} ${times.knownAt ?? ''} ${Math.floor(part)}`
    let session = this.#sessions.get(key)
    if (session === undefined) {
      session = await this.#open(view, times, nowMs)
      this.#sessions.set(key, session)
    }
    return session
  }

  async #open(view: View, asked: Times, nowMs: number): Promise<Session> {
    const times = resolveTimes(asked, nowMs, view)
    const checkpoint =
      asked.knownAt === undefined
        ? view.checkpoint
        : await this.#ports.ledger.checkpointAt(times.knownAt)
    return new Session(this.shared, { view, times, checkpoint: checkpointView(checkpoint) })
  }
}
