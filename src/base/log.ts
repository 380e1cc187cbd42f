import { destination, pino } from 'pino'

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** JSON lines on standard error: standard output belongs to answers. */
export function stderrLog(level = process.env.CUSTOS_LOG ?? 'warn'): Log {
  return pino({ level, base: null }, destination({ fd: 2, sync: true }))
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
