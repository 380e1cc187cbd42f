import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from './base/error.ts'
import { chainPath } from './chain/store/sqlite.ts'
import type { Config } from './cli/config.ts'
import { ledgerPaths } from './ledger/store/sqlite.ts'

/** Its presence makes a data folder one of made-up data, for ever. */
const MARKER = 'DEMONSTRATION'
const TEXT =
  'This data folder holds made-up data: a chain of one machine, and payments that nobody made.\n' +
  'Custos opens it for the demonstration only. It can be deleted at any time.\n'

export function isDemoFolder(data: string): boolean {
  return existsSync(join(data, MARKER))
}

/**
 * Made-up rows never meet real ones: an installation refuses a folder of the demonstration, and
 * the demonstration refuses every folder that already holds something else. A new folder is marked
 * before anything is written into it. Throws `data.demo`, `data.not_demo`.
 */
export function guardDemoFolder({ data, demo }: Pick<Config, 'data' | 'demo'>): void {
  const isMarked = isDemoFolder(data)
  if (isMarked && !demo) {
    throw new AppError(
      'data.demo',
      'This data folder holds made-up data of the demonstration; name another one with --data.',
    )
  }
  if (!demo || isMarked) return
  if (existsSync(ledgerPaths(data).database) || existsSync(chainPath(data))) {
    throw new AppError(
      'data.not_demo',
      'This data folder holds real data; the demonstration needs a folder of its own.',
    )
  }
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, MARKER), TEXT)
}
