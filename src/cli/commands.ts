import { checkCommand } from './command/check.ts'
import { exportCommand } from './command/export.ts'
import { logCheckpointCommand, logVerifyCommand } from './command/log.ts'
import { notBuiltCommands } from './command/not-built.ts'
import { configCommand, doctorCommand } from './command/operate.ts'
import { convertCommand, fxBuyCommand } from './command/rate.ts'
import { entityCommand, searchCommand, sourcesCommand } from './command/read.ts'
import { startCommand } from './command/start.ts'
import { rebuildCommand, syncCommand } from './command/write.ts'
import type { Command } from './command.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  checkCommand,
  searchCommand,
  entityCommand,
  sourcesCommand,
  convertCommand,
  fxBuyCommand,
  syncCommand,
  exportCommand,
  logCheckpointCommand,
  logVerifyCommand,
  rebuildCommand,
  configCommand,
  doctorCommand,
  ...notBuiltCommands,
]
