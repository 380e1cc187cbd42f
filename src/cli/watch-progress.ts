import type { WatchProgress } from '../alert/watch-types.ts'
import { cutTo, type Terminal } from './terminal.ts'

const BAR_WIDTH = 24
const REDRAW_MS = 100
const CLEAR_LINE = '\r\u001b[K'
/** Without a terminal a line now and then is enough: logs are read later. */
const LINE_MS = 30_000

export interface WatchProgressView {
  show(progress: WatchProgress): void
  /** Takes the bar away, so that something else can be written. */
  clear(): void
}

/** Head, rate and time left on standard error. */
export function createWatchProgress(terminal: Terminal, nowMs: () => number): WatchProgressView {
  let drawnMs = 0
  let state = ''
  return {
    show(progress) {
      const isNew = progress.state !== state
      const everyMs = terminal.isErrTty ? REDRAW_MS : LINE_MS
      if (!isNew && nowMs() - drawnMs < everyMs) return
      drawnMs = nowMs()
      state = progress.state
      const text = lineOf(progress)
      terminal.err(terminal.isErrTty ? CLEAR_LINE + cutTo(text, terminal.columns - 1) : `${text}\n`)
    },
    clear() {
      if (terminal.isErrTty) terminal.err(CLEAR_LINE)
    },
  }
}

function lineOf({ chain, state, head, best, backfill, error }: WatchProgress): string {
  const parts = [`${chain} ${state}`]
  if (head !== null) parts.push(`block ${head.number}`)
  const behind = head === null || best === null ? 0 : best - head.number
  if (behind > 0) parts.push(`${behind} behind`)
  if (backfill !== null && backfill.done < backfill.total) {
    const { done, total, blocksPerSecond, secondsLeft } = backfill
    const filled = total === 0 ? 0 : Math.floor((done / total) * BAR_WIDTH)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`
    const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`
    parts.push(`${bar} ${done}/${total}, ${blocksPerSecond} blocks/s${left}`)
  }
  if (error !== null) parts.push(`[${error}]`)
  return parts.join('  ')
}
