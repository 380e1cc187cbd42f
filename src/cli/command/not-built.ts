import { AppError } from '../../base/error.ts'
import type { Command } from '../command.ts'
import { NOT_BUILT } from '../help.ts'

/** Commands that INTERFACE §2 names and that come later: they exist, and say so with exit 1. */
const LATER: readonly (readonly [name: string, what: string, usage: string, example: string])[] = [
  ['trace', 'exposure with the paths', 'ADDRESS', 'custos trace eip155:1:0x…'],
  ['receipt', 'a signed verdict', 'QUERY', 'custos receipt example.org > r.json'],
  ['verify', 'check a signed verdict offline', 'FILE', 'custos verify r.json'],
  ['log prove', 'proofs about the ledger', 'STATEMENT', 'custos log prove 0123…'],
]

export const notBuiltCommands: readonly Command[] = LATER.map(([name, what, usage, example]) => ({
  name,
  summary: `${NOT_BUILT}: ${what}.`,
  usage,
  arguments: { min: 0, max: 1_000 },
  options: {},
  acceptsAnything: true,
  examples: [example],
  async run() {
    throw new AppError('not_built', `custos ${name} is not built yet.`, { status: 501 })
  },
}))
