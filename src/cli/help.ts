import { COMMON_OPTIONS, type Command, type OptionSpec } from './command.ts'
import { padTo } from './terminal.ts'

const HEAD = 'Custos: what is known about an address, a site, a token or a firm, and who says so.'

export function overview(commands: readonly Command[]): string {
  const built = commands.filter(({ summary }) => !summary.startsWith(NOT_BUILT))
  const later = commands.filter(({ summary }) => summary.startsWith(NOT_BUILT))
  const width = Math.max(...built.map(({ name }) => name.length)) + 2
  return [
    HEAD,
    '',
    'Usage: custos COMMAND [options]',
    '',
    ...built.map(({ name, summary }) => `  ${padTo(name, width)}${summary}`),
    '',
    `Not built yet: ${later.map(({ name }) => name).join(', ')}.`,
    '',
    'custos COMMAND --help shows the options and an example.',
    '',
  ].join('\n')
}

/** How the summary of a reserved command begins. */
export const NOT_BUILT = 'Not built yet'

export function commandHelp(command: Command): string {
  const own = Object.entries(command.options)
  const lines = [
    command.summary,
    '',
    `Usage: custos ${command.name} ${command.usage}`.trimEnd(),
    '',
  ]
  for (const note of command.notes ?? []) lines.push(note)
  if (command.notes !== undefined) lines.push('')
  const options = [...own, ...Object.entries(COMMON_OPTIONS)]
  const width = Math.max(...options.map(([name, spec]) => optionText(name, spec).length)) + 2
  lines.push('Options:')
  for (const [name, spec] of options) {
    lines.push(`  ${padTo(optionText(name, spec), width)}${spec.help}`)
  }
  lines.push('', command.examples.length > 1 ? 'Examples:' : 'Example:')
  for (const example of command.examples) lines.push(`  ${example}`)
  return `${lines.join('\n')}\n`
}

function optionText(name: string, { short, value }: OptionSpec): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
}
