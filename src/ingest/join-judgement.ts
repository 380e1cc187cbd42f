import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../base/error.ts'
import { isJoinKind, ordered, RULES_AUTHOR } from '../model/join.ts'
import type { Judgement } from '../score/firm/join.ts'

/** What the operator judged, one JSON object a line: docs/method/joins.md. */
const FILE = 'judgements.jsonl'
/** A hundred thousand judgements by hand: more are a file of another kind. */
const BYTES_MAX = 33_554_432
const TEXT_CHARS_MAX = 500

export interface Judgements {
  readonly bytes: Uint8Array | undefined
  /** Later lines replace earlier ones about the same pair. */
  readonly list: readonly (Judgement & { readonly line: number })[]
  /** Lines that could not be read: each is a note of the run. */
  readonly unreadable: number
}

export function judgementsPath(folder: string): string {
  return join(folder, FILE)
}

/** When the file was changed last; 0 where there is none. */
export function judgedMs(folder: string): number {
  const path = judgementsPath(folder)
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

/** Throws `join.judgements_too_large`; a line that cannot be read is left out and counted. */
export function readJudgements(folder: string): Judgements {
  const path = judgementsPath(folder)
  if (!existsSync(path)) return { bytes: undefined, list: [], unreadable: 0 }
  if (statSync(path).size > BYTES_MAX) {
    throw new AppError('join.judgements_too_large', `${FILE} is larger than 32 MB.`)
  }
  const bytes = readFileSync(path)
  const byPair = new Map<string, Judgement & { line: number }>()
  let unreadable = 0
  for (const [i, text] of bytes.toString('utf8').split('\n').entries()) {
    if (text.trim() === '') continue
    const judgement = judgementOf(text)
    if (judgement === undefined) unreadable += 1
    else byPair.set(`${judgement.left} ${judgement.right}`, { ...judgement, line: i + 1 })
  }
  return { bytes, list: [...byPair.values()], unreadable }
}

function judgementOf(text: string): Judgement | undefined {
  const { left, right, judgement, reason, author = 'operator' } = recordOf(text)
  if (typeof judgement !== 'string' || !isJoinKind(judgement)) return undefined
  const texts = [left, right, reason, author]
  if (!texts.every((part) => typeof part === 'string' && isFit(part))) return undefined
  // What a person says is never signed as what the rules say.
  if (left === right || author === RULES_AUTHOR) return undefined
  const [first, second] = ordered(left as string, right as string)
  return {
    kind: judgement,
    left: first,
    right: second,
    reason: reason as string,
    author: author as string,
  }
}

function isFit(text: string): boolean {
  return text.trim() !== '' && text.length <= TEXT_CHARS_MAX
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
