import { isDay } from '../model/time.ts'
import type { Times } from '../query/types.ts'
import { type Call, type OptionSpec, textOf, UsageError } from './command.ts'

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

export const TIME_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'as-of': { type: 'string', value: 'TIME', help: 'the world’s time: a day means its end, UTC' },
  'known-at': { type: 'string', value: 'TIME', help: 'what this installation knew by then' },
}

/** `--as-of` and `--known-at` as a query wants them. Throws `UsageError` for what is no time. */
export function timesOf(call: Call): Times {
  return { asOf: timeOf(call, 'as-of'), knownAt: timeOf(call, 'known-at') }
}

function timeOf(call: Call, name: string): string | undefined {
  const text = textOf(call, name)
  if (text === undefined || isDay(text)) return text
  const match = INSTANT.exec(text)
  if (match !== null && isDay(match[1] ?? '') && !Number.isNaN(Date.parse(text))) return text
  throw new UsageError(`--${name} takes a day (2024-03-01) or an instant (2024-03-01T12:00:00Z)`)
}
