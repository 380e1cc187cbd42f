import { type Command, EXIT } from '../command.ts'
import { type Key, SETTINGS, shown } from '../config.ts'
import { painter, type Style, table } from '../terminal.ts'

const FLAGS = Object.fromEntries(
  Object.values(SETTINGS).flatMap(({ flag, help, initial }) =>
    flag === undefined || flag === 'data'
      ? []
      : [[flag, { type: initial === false ? 'boolean' : 'string', help } as const]],
  ),
)

export const configCommand: Command = {
  name: 'config',
  summary: 'The settings in force, and where each came from.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: FLAGS,
  notes: ['Flags count before the environment, the environment before custos.config.json.'],
  examples: ['custos config', 'CUSTOS_PORT=8080 custos config --json'],
  async run(call, { terminal }) {
    const { config, origins } = call.config()
    const keys = Object.keys(SETTINGS) as readonly Key[]
    const rows = keys.map((key) => ({ key, value: shown(key, config), origin: origins[key] }))
    if (call.isJson) {
      await terminal.out(`${JSON.stringify({ settings: rows })}\n`)
      return EXIT.ok
    }
    const cells = rows.map(({ key, value, origin }) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
      origin,
    ])
    const columns = [{ title: 'Setting' }, { title: 'Value', max: 52 }, { title: 'From', max: 32 }]
    await terminal.out(`${table(columns, cells, painter(terminal.hasColour))}\n`)
    return EXIT.ok
  },
}

const STYLES: Readonly<Record<string, Style>> = { ok: 'green', warning: 'yellow', failure: 'red' }

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Checks the installation and says what is wrong with it.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {},
  notes: ['Exit code: 0 when nothing is broken, 1 when something is.'],
  examples: ['custos doctor'],
  async run(call, ports) {
    const { terminal } = ports
    const { operator, close } = await ports.open(call.config().config, 'read')
    try {
      const checks = await operator.doctor()
      const paint = painter(terminal.hasColour)
      const lines = checks.map(
        ({ name, state, detail }) =>
          `${paint(STYLES[state] ?? 'dim', state.padEnd(8))} ${name}: ${detail}\n`,
      )
      await terminal.out(call.isJson ? `${JSON.stringify({ checks })}\n` : lines.join(''))
      return checks.some(({ state }) => state === 'failure') ? EXIT.failure : EXIT.ok
    } finally {
      await close()
    }
  },
}
