import type {
  DryRunRequest,
  ImportRequest,
  ImportRow,
  RewindRequest,
  RewindResult,
  WatchRequest,
  WatchResult,
} from './alert/watch-types.ts'
import type { FollowProgress } from './chain/follow.ts'
import type { AlertChange } from './chain/read.ts'
import type { AlertRow, ChainId } from './chain/types.ts'
import type { ChainThreadSettings, FromChain, ToChain } from './chain-jobs.ts'
import { Thread } from './thread.ts'

type News = Extract<FromChain, { kind: 'progress' | 'changes' | 'dry' | 'imported' }>
type Event = Extract<FromChain, { kind: 'stored' }>

interface WatchListeners {
  readonly onProgress?: ((progress: FollowProgress) => void) | undefined
  readonly onChanges?: ((changes: readonly AlertChange[]) => void) | undefined
}

/** The serving side of the chain thread. */
export class ChainClient {
  readonly #thread: Thread<ToChain, News, Event>

  constructor(
    settings: ChainThreadSettings,
    onStored: (chain: ChainId, hasAlerts: boolean) => void,
  ) {
    this.#thread = new Thread({
      url: new URL('./chain-worker.ts', import.meta.url),
      name: 'custos-chain',
      data: settings,
      onEvent: ({ chain, alerts }) => onStored(chain, alerts),
      lost: {
        code: 'chain.thread_lost',
        message: 'The chain thread ended before the job was done.',
      },
    })
  }

  async watch(
    request: WatchRequest,
    { onProgress, onChanges }: WatchListeners,
    signal: AbortSignal,
  ): Promise<WatchResult> {
    const told = (news: News) => {
      if (news.kind === 'progress') onProgress?.(news.progress)
      if (news.kind === 'changes') onChanges?.(news.changes)
    }
    return (await this.#thread.ask({ kind: 'watch', request }, told, signal)) as WatchResult
  }

  async check(
    request: DryRunRequest,
    onDry: (alerts: readonly AlertRow[]) => void,
    signal: AbortSignal,
  ): Promise<WatchResult> {
    const told = (news: News) => {
      if (news.kind === 'dry') onDry(news.alerts)
    }
    return (await this.#thread.ask({ kind: 'check', request }, told, signal)) as WatchResult
  }

  async import(
    request: ImportRequest,
    onRow: (row: ImportRow) => void,
    signal: AbortSignal,
  ): Promise<readonly ImportRow[]> {
    const rows = await this.#thread.ask(
      { kind: 'import', request },
      (news) => {
        if (news.kind === 'imported') onRow(news.row)
      },
      signal,
    )
    return rows as readonly ImportRow[]
  }

  async rewind(request: RewindRequest): Promise<RewindResult> {
    return (await this.#thread.ask({ kind: 'rewind', request })) as RewindResult
  }

  /** Lists were committed. A thread that was never needed is not started for it. */
  listsChanged(): void {
    if (this.#thread.isStarted) this.#thread.ask({ kind: 'lists' }).catch(() => {})
  }

  close(): Promise<void> {
    return this.#thread.close({ kind: 'close' })
  }
}
