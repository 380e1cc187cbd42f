import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../../base/error.ts'
import { instantOf } from '../../model/time.ts'
import { type Command, EXIT, textOf } from '../command.ts'
import type { LogReport } from '../operator.ts'
import { createCounter } from '../progress.ts'
import { safe } from '../terminal.ts'

export const logCheckpointCommand: Command = {
  name: 'log checkpoint',
  summary: 'The ledger’s newest signed checkpoint.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {},
  examples: ['custos log checkpoint > kept.note'],
  async run(call, ports) {
    const { queries, close } = await ports.open(call.config().config, 'read')
    try {
      const view = await queries.checkpoint()
      if (view === null) {
        throw new AppError('ledger.empty', 'Nothing has been committed yet.', { status: 404 })
      }
      const asOf = instantOf(ports.clock.nowMs())
      const json = () => `${JSON.stringify({ ...view, asOf })}\n`
      await ports.terminal.out(call.isJson ? json() : view.note)
      return EXIT.ok
    } finally {
      await close()
    }
  },
}

export const logVerifyCommand: Command = {
  name: 'log verify',
  summary: 'Recomputes the whole ledger offline and finds any changed byte.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {
    earlier: {
      type: 'string',
      value: 'FILE',
      help: 'a checkpoint kept before: it must still hold',
    },
  },
  examples: ['custos log verify', 'custos log verify --earlier kept.note'],
  async run(call, ports) {
    const file = textOf(call, 'earlier')
    const earlier = file === undefined ? undefined : readNote(resolve(ports.cwd, file), file)
    const { operator, close } = await ports.open(call.config().config, 'read')
    const nowMs = () => ports.clock.nowMs()
    const counter = createCounter(ports.terminal, 'Verifying', nowMs)
    try {
      const report = await operator.verifyLog({ earlier }, counter.step)
      counter.end()
      await ports.terminal.out(call.isJson ? `${JSON.stringify(report)}\n` : reportText(report))
      return report.ok ? EXIT.ok : EXIT.failure
    } finally {
      await close()
    }
  },
}

function readNote(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AppError('file.unreadable', `${name} cannot be read.`, { cause })
  }
}

function reportText(report: LogReport): string {
  const { statements, events, runs, files, checkpoint, problems } = report
  const counts = `${statements} statements, ${events} events, ${runs} runs, ${files} kept files`
  if (report.ok) {
    const head =
      checkpoint === null
        ? 'The ledger is empty.'
        : `Root ${checkpoint.root} of ${checkpoint.size} leaves.`
    return `The ledger is whole: ${counts}.\n${head}\n`
  }
  const lines = problems.map(
    ({ what, where, message }) => `  ${what} ${safe(where)}: ${safe(message)}`,
  )
  return `The ledger is NOT whole (${counts} read):\n${lines.join('\n')}\n`
}
