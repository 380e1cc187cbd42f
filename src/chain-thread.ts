import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type {
  DryRunRequest,
  ImportRequest,
  ImportRow,
  RewindRequest,
  RewindResult,
  WatchRequest,
  WatchResult,
} from './alert/watch-types.ts'
import { systemClock } from './base/clock.ts'
import { AppError, asAppError } from './base/error.ts'
import { sleep } from './base/http-retry.ts'
import { type Log, stderrLog } from './base/log.ts'
import { threadDecoder } from './chain/decoder.ts'
import { Endpoints } from './chain/endpoints.ts'
import { type BlockSource, Follower, type FollowProgress } from './chain/follow.ts'
import { evmSource } from './chain/follow-evm.ts'
import type { AlertChange } from './chain/read.ts'
import { chainPath, openSqliteChainStore } from './chain/store/sqlite.ts'
import type { Applied, ChainStore } from './chain/store.ts'
import type { AlertRow, ChainId } from './chain/types.ts'
import { dryRun } from './chain-dry-run.ts'
import { importFile } from './chain-import.ts'
import type { ChainThreadSettings } from './chain-jobs.ts'
import { ChainLists } from './chain-lists.ts'
import { ChainSink } from './ingest/chain-sink.ts'
import { operatorRules } from './score/chain/operator-rule.ts'
import { CHAIN_RULES } from './score/chain/ruleset.ts'
import type { ChainRule } from './score/chain/types.ts'

/** Blocks from the head down that a changed list judges again, when finality is further away. */
const RESCORE_BLOCKS_MAX = 256
const CHANGES_PAGE = 1_000
/** Pages and terminals are told often enough to be live. */
const PROGRESS_MS = 100
/** The operator's own rules, in the data folder. */
const RULES_FILE = 'rules.yml'

export interface WatchHooks {
  readonly signal: AbortSignal
  readonly onProgress: (progress: FollowProgress) => void
  readonly onChanges: (changes: readonly AlertChange[]) => void
}

interface Running {
  readonly done: Promise<void>
  progress: FollowProgress | undefined
}

/** Everything that writes chain rows of one data folder; it lives in a thread of its own. */
export class ChainThread {
  readonly #store: ChainStore
  readonly #lists: ChainLists
  readonly #sink: ChainSink
  readonly #log: Log
  /** One for all chains: it takes their batches in turn. */
  readonly #decoder = threadDecoder()
  readonly #running = new Map<ChainId, Running>()
  readonly #listeners = new Set<() => void>()
  readonly #end = new AbortController()
  #ready: Promise<unknown> | undefined
  #rescoring: Promise<unknown> = Promise.resolve()

  constructor(
    settings: ChainThreadSettings,
    onStored: (chain: ChainId, hasAlerts: boolean) => void,
  ) {
    this.#log = stderrLog(settings.log)
    const rules = [...CHAIN_RULES, ...ownRules(settings.folder)]
    this.#store = openSqliteChainStore(chainPath(settings.folder))
    const lists = new ChainLists(settings.folder)
    this.#lists = lists
    this.#sink = new ChainSink({
      store: this.#store,
      rules,
      shelf: lists.shelf,
      asset: (chain, token) => lists.asset(chain, token),
      statementsOf: (_, address) => lists.statementsOf(address),
      onApplied: (chain, applied) => {
        const hasAlerts = alertsIn(applied) > 0
        onStored(chain, hasAlerts)
        if (hasAlerts) for (const listener of this.#listeners) listener()
      },
    })
  }

  /** Follows until `to` or the signal; a chain that is followed already is listened to. */
  async watch(request: WatchRequest, hooks: WatchHooks): Promise<WatchResult> {
    await this.#compiled()
    const { chain } = request
    const teller = new Teller(this.#store, chain, hooks.onChanges)
    await teller.begin()
    const listener = () => teller.tell()
    this.#listeners.add(listener)
    const before = (await this.#store.state(chain))?.blocks ?? 0
    try {
      const running = this.#running.get(chain)
      if (running !== undefined) await this.#attach(running, request, hooks)
      else await this.#follow(request, hooks)
    } finally {
      this.#listeners.delete(listener)
      await teller.tell()
    }
    const blocks = ((await this.#store.state(chain))?.blocks ?? 0) - before
    return { blocks, alerts: teller.raised }
  }

  async check(
    request: DryRunRequest,
    signal: AbortSignal,
    onAlerts: (alerts: readonly AlertRow[]) => void,
  ): Promise<WatchResult> {
    const rules = operatorRules(request.rules)
    await this.#compiled()
    const source = request.rpc.length === 0 ? undefined : this.#source(request)
    try {
      return await dryRun(
        { store: this.#store, source, rules, lists: this.#lists },
        { ...request, signal, onAlerts },
      )
    } finally {
      await source?.close()
    }
  }

  async import(
    { chain, files }: ImportRequest,
    signal: AbortSignal,
    onRow: (row: ImportRow) => void,
  ): Promise<readonly ImportRow[]> {
    await this.#compiled()
    const rows: ImportRow[] = []
    for (const file of files) {
      if (signal.aborted) break
      const row = await importFile({ store: this.#store, sink: this.#sink, signal }, chain, file)
      rows.push(row)
      onRow(row)
    }
    return rows
  }

  /**
   * Removes every block above `to`, final or not, and lifts the halt. Throws `chain.followed` while
   * the chain is followed, `chain.no_blocks` where the block is not stored.
   */
  async rewind({ chain, to }: RewindRequest): Promise<RewindResult> {
    if (this.#running.has(chain)) {
      throw new AppError('chain.followed', 'The chain is being followed: stop that first.', {
        status: 409,
        params: { chain },
      })
    }
    const halted = (await this.#store.state(chain))?.halted ?? null
    const base = await this.#store.block(chain, to)
    if (base === undefined) {
      throw new AppError('chain.no_blocks', 'The block to go back to is not stored.', {
        status: 404,
        params: { chain, number: to },
      })
    }
    const { orphaned, retracted } = await this.#sink.rewind(chain, to)
    return {
      ...{ chain, to, blocks: orphaned.length, retracted: retracted.length },
      lifted: halted?.code ?? null,
    }
  }

  /** Lists changed: new books, then what is not final yet is judged again. */
  refresh(): Promise<unknown> {
    const signal = this.#end.signal
    this.#rescoring = this.#rescoring.then(async () => {
      if (!(await this.#lists.refresh(signal))) return
      for (const { chain, head, finalized, headFrom } of await this.#store.chains()) {
        if (head === null || headFrom === null) continue
        const recent = Math.max(0, head.number - RESCORE_BLOCKS_MAX + 1)
        const from = Math.max(finalized?.number ?? recent, recent, headFrom)
        await this.#sink.rescore(chain, { from, to: head.number }, signal)
      }
    })
    // A store that fails now is asked again with the next commit.
    this.#rescoring = this.#rescoring.catch((error: unknown) => {
      if (!signal.aborted) this.#log.error({ err: error }, 'lists could not be compiled')
    })
    return this.#rescoring
  }

  async close(): Promise<void> {
    this.#end.abort()
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done))
    await this.#rescoring
    await this.#decoder.close()
    await this.#lists.close()
    await this.#store.close()
  }

  #compiled(): Promise<unknown> {
    this.#ready ??= this.#lists.refresh(this.#end.signal).catch((error: unknown) => {
      this.#ready = undefined
      throw error
    })
    return this.#ready
  }

  #source({ chain, rpc }: WatchRequest, onNotification?: () => void): BlockSource {
    if (!chain.startsWith('eip155:')) {
      throw new AppError('chain.family', 'Custos follows chains of the EVM family only.', {
        status: 400,
        params: { chain },
      })
    }
    const log = this.#log
    return evmSource({
      endpoints: new Endpoints({
        chain,
        urls: rpc,
        log,
        ...(onNotification === undefined ? {} : { onNotification }),
      }),
      decoder: this.#decoder,
    })
  }

  async #follow(request: WatchRequest, hooks: WatchHooks): Promise<void> {
    const { chain, from, to } = request
    let follower: Follower | undefined
    const source = this.#source(request, () => follower?.wake())
    const signal = AbortSignal.any([hooks.signal, this.#end.signal])
    const ended = Promise.withResolvers<void>()
    const running: Running = { done: ended.promise, progress: undefined }
    this.#running.set(chain, running)
    let toldMs = 0
    const onProgress = (progress: FollowProgress) => {
      const nowMs = performance.now()
      const isNew = progress.state !== running.progress?.state
      running.progress = progress
      if (!isNew && nowMs - toldMs < PROGRESS_MS) return
      toldMs = nowMs
      hooks.onProgress(progress)
    }
    try {
      const ports = { source, sink: this.#sink, clock: systemClock, sleep, log: this.#log }
      follower = new Follower({ ...ports, from, to, onProgress })
      onProgress(follower.progress)
      await follower.run(signal)
      hooks.onProgress(follower.progress)
    } finally {
      this.#running.delete(chain)
      ended.resolve()
      await source.close()
    }
  }

  /** The chain is followed by somebody else in this process: wait with them. */
  async #attach(running: Running, { to }: WatchRequest, hooks: WatchHooks): Promise<void> {
    let isDone = false
    void running.done.then(() => {
      isDone = true
    })
    while (!isDone && !hooks.signal.aborted) {
      const { progress } = running
      if (progress !== undefined) hooks.onProgress(progress)
      if (to !== undefined && (progress?.head?.number ?? -1) >= to) return
      await sleep(PROGRESS_MS, hooks.signal).catch(() => {})
    }
  }
}

/** Gives every change of one chain's alerts once, in order. */
class Teller {
  raised = 0
  readonly #store: ChainStore
  readonly #chain: ChainId
  readonly #give: (changes: readonly AlertChange[]) => void
  #since = 0
  #last: Promise<void> = Promise.resolve()

  constructor(store: ChainStore, chain: ChainId, give: (changes: readonly AlertChange[]) => void) {
    this.#store = store
    this.#chain = chain
    this.#give = give
  }

  async begin(): Promise<void> {
    this.#since = await this.#store.alertHead()
  }

  tell(): Promise<void> {
    this.#last = this.#last.then(async () => {
      for (;;) {
        const page = await this.#store.alertChanges(this.#since, CHANGES_PAGE)
        const own = page.filter(({ alert }) => alert.chain === this.#chain)
        this.#since = page.at(-1)?.change ?? this.#since
        this.raised += own.filter(({ alert }) => alert.state !== 'retracted').length
        if (own.length > 0) this.#give(own)
        if (page.length < CHANGES_PAGE) return
      }
    })
    return this.#last
  }
}

function alertsIn({ raised, confirmed, retracted }: Applied): number {
  return raised.length + confirmed.length + retracted.length
}

/** Rules that the operator put into the data folder. Throws `rule.bad_file`. */
function ownRules(folder: string): readonly ChainRule[] {
  let text: string
  try {
    text = readFileSync(join(folder, RULES_FILE), 'utf8')
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return []
    throw asAppError(cause)
  }
  return operatorRules(parse(text))
}
