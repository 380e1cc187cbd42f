import type {
  DryRunRequest,
  ImportRequest,
  ImportRow,
  RewindRequest,
  WatchRequest,
} from './alert/watch-types.ts'
import type { FollowProgress } from './chain/follow.ts'
import type { AlertChange } from './chain/read.ts'
import type { AlertRow, ChainId } from './chain/types.ts'

/** What the chain thread is told, and what it tells (docs/adr/0018-alerts.md). */
export interface ChainThreadSettings {
  readonly folder: string
  readonly log: string
}

export type ToChain =
  | { readonly kind: 'watch'; readonly job: number; readonly request: WatchRequest }
  | { readonly kind: 'check'; readonly job: number; readonly request: DryRunRequest }
  | { readonly kind: 'import'; readonly job: number; readonly request: ImportRequest }
  | { readonly kind: 'rewind'; readonly job: number; readonly request: RewindRequest }
  /** Lists were committed: the books are compiled anew, and the recent chain is judged again. */
  | { readonly kind: 'lists'; readonly job: number }
  | { readonly kind: 'stop'; readonly job: number }
  | { readonly kind: 'close'; readonly job: number }

export type FromChain =
  | { readonly kind: 'progress'; readonly job: number; readonly progress: FollowProgress }
  | { readonly kind: 'changes'; readonly job: number; readonly changes: readonly AlertChange[] }
  /** Alerts of a dry run: stored nowhere. */
  | { readonly kind: 'dry'; readonly job: number; readonly alerts: readonly AlertRow[] }
  | { readonly kind: 'imported'; readonly job: number; readonly row: ImportRow }
  /** Something reached the store; `alerts`: among it alerts. */
  | { readonly kind: 'stored'; readonly chain: ChainId; readonly alerts: boolean }
  | { readonly kind: 'result'; readonly job: number; readonly value: unknown }
  | {
      readonly kind: 'error'
      readonly job: number
      readonly code: string
      readonly message: string
      readonly status: number
      readonly params: Readonly<Record<string, string | number | boolean | null>>
    }
