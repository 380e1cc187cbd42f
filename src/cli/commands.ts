import { chainImportCommand } from './command/chain-import.ts'
import { chainRewindCommand } from './command/chain-rewind.ts'
import { checkCommand } from './command/check.ts'
import { exportCommand } from './command/export.ts'
import { logCheckpointCommand, logVerifyCommand } from './command/log.ts'
import { newsAddCommand, newsShowCommand } from './command/news.ts'
import { notBuiltCommands } from './command/not-built.ts'
import { configCommand, doctorCommand } from './command/operate.ts'
import { convertCommand, fxBuyCommand } from './command/rate.ts'
import { entityCommand, searchCommand, sourcesCommand } from './command/read.ts'
import { serveCheckCommand } from './command/serve.ts'
import { startCommand } from './command/start.ts'
import { watchCommand } from './command/watch.ts'
import { rebuildCommand, syncCommand } from './command/write.ts'
import type { Command } from './command.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  checkCommand,
  searchCommand,
  entityCommand,
  serveCheckCommand,
  sourcesCommand,
  convertCommand,
  fxBuyCommand,
  syncCommand,
  watchCommand,
  chainImportCommand,
  chainRewindCommand,
  newsAddCommand,
  newsShowCommand,
  exportCommand,
  logCheckpointCommand,
  logVerifyCommand,
  rebuildCommand,
  configCommand,
  doctorCommand,
  ...notBuiltCommands,
]
