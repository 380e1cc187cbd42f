import type { InputFile } from '../crawl.ts'
import { parseJson } from './json.ts'
import { wholeText } from './text.ts'

/** Files of rates have some hundred kilobytes; a history of one publisher some megabytes. */
const CHARS_MAX = 134_217_728

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown

/**
 * The file as JSON with each number as the text that the file writes: no digit goes through
 * floating point. A number and a string of the same digits read the same.
 */
export async function exactJson(file: InputFile): Promise<unknown> {
  const text = await wholeText(file, CHARS_MAX)
  // The plain reader refuses what is malformed or nested too deeply, with its clear error.
  parseJson(file, text)
  const reviver: Reviver = (key, value, context) => {
    if (key === '__proto__') return undefined
    return typeof value === 'number' ? context.source : value
  }
  return JSON.parse(text, reviver as (this: unknown, key: string, value: unknown) => unknown)
}
