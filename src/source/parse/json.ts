import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { malformed, wholeText } from './text.ts'

/** Whole JSON lists stay below this; larger ones come as JSON lines. */
const JSON_CHARS_MAX = 134_217_728

/** The file as JSON. `__proto__` members are dropped; depth is bounded. */
export async function json(file: InputFile): Promise<unknown> {
  const text = await wholeText(file, JSON_CHARS_MAX)
  return parseJson(file, text)
}

/** One JSON text of a file (a whole file, or one line of JSON lines). */
export function parseJson(file: InputFile, text: string): unknown {
  refuseDeep(file, text)
  try {
    if (!text.includes('__proto__')) return JSON.parse(text)
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value))
  } catch (error) {
    throw malformed(file, 'the JSON is broken off or malformed.', error)
  }
}

function refuseDeep(file: InputFile, text: string): void {
  let depth = 0
  let isString = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (isString) {
      if (code === 92) i += 1
      else if (code === 34) isString = false
    } else if (code === 34) isString = true
    else if (code === 91 || code === 123) {
      depth += 1
      if (depth > LIMITS.sourceDepthMax) throw malformed(file, 'the JSON is nested too deeply.')
    } else if (code === 93 || code === 125) depth -= 1
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The string at `key`, trimmed; undefined when it is missing, empty or another type. */
export function textOf(record: Record<string, unknown>, key: string): string | undefined {
  const value = record[key]
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}
