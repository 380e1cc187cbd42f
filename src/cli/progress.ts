import type { Progress, SyncRow } from '../ingest/types.ts'
import { syncState } from './render/list.ts'
import { cutTo, padTo, type Terminal } from './terminal.ts'

const BAR_WIDTH = 24
/** Often enough to look alive, seldom enough to cost nothing. */
const REDRAW_MS = 100
const CLEAR_LINE = '\r\u001b[K'

export interface ProgressView {
  onProgress(progress: Progress): void
  /** Takes the bar away; the answer follows. */
  end(): void
}

/** A bar on a terminal, else one line per dataset; always on standard error. */
export function createProgress(terminal: Terminal, nowMs: () => number): ProgressView {
  return terminal.isErrTty ? barProgress(terminal, nowMs) : lineProgress(terminal)
}

function lineProgress(terminal: Terminal): ProgressView {
  return {
    onProgress(progress) {
      if (progress.kind === 'row') terminal.err(`${rowText(progress.row)}\n`)
    },
    end() {},
  }
}

function rowText(row: SyncRow): string {
  const counts = row.versions > 0 ? `  +${row.added} -${row.retracted} =${row.unchanged}` : ''
  const error = row.error === null ? '' : `  ${row.error.message} [${row.error.code}]`
  return `${row.dataset}  ${syncState(row)}${counts}${error}`
}

function barProgress(terminal: Terminal, nowMs: () => number): ProgressView {
  let done = 0
  let total = 0
  let label = ''
  let drawnMs = 0
  const draw = () => {
    const filled = total === 0 ? 0 : Math.round((done / total) * BAR_WIDTH)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`
    const text = `${bar} ${done}/${total} ${label}`
    terminal.err(CLEAR_LINE + cutTo(text, terminal.columns - 1))
    drawnMs = nowMs()
  }
  return {
    onProgress(progress) {
      if (progress.kind === 'dataset') {
        done = progress.index - 1
        total = progress.total
        label = progress.dataset
        draw()
      } else if (progress.kind === 'rows') {
        label = `${progress.dataset} ${progress.rows} rows`
        if (nowMs() - drawnMs >= REDRAW_MS) draw()
      } else {
        done++
        if (progress.row.error !== null) terminal.err(`${CLEAR_LINE}${rowText(progress.row)}\n`)
        draw()
      }
    },
    end: () => terminal.err(CLEAR_LINE),
  }
}

/** Progress of one long task with a known end: `verify 40 %`. */
export function createCounter(
  terminal: Terminal,
  title: string,
  nowMs: () => number,
): { step(done: number, total: number): void; end(): void } {
  let drawnMs = 0
  return {
    step(done, total) {
      if (!terminal.isErrTty || nowMs() - drawnMs < REDRAW_MS) return
      drawnMs = nowMs()
      const share = total === 0 ? 100 : Math.floor((done / total) * 100)
      terminal.err(`${CLEAR_LINE}${padTo(title, title.length)} ${share} %`)
    },
    end() {
      if (terminal.isErrTty) terminal.err(CLEAR_LINE)
    },
  }
}
