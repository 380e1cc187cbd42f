import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, EXIT, isSet, textOf, UsageError } from '../command.ts'
import type { ExportFile, ExportFormat, Operator } from '../operator.ts'
import type { Terminal } from '../terminal.ts'
import { downloadKind, exportFiles } from './export-files.ts'

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  ftm: 'ftm.json',
  csv: 'csv',
  jsonl: 'jsonl',
}
/** INTERFACE §2 reserves these. */
const RESERVED = ['tagpack', 'stix']

export const exportCommand: Command = {
  name: 'export',
  summary: 'The data out: FollowTheMoney, CSV or JSON Lines; or the files of the download page.',
  usage: '[bundle|downloads] [options]',
  arguments: { min: 0, max: 1 },
  options: {
    format: { type: 'string', value: 'F', help: 'ftm, csv or jsonl (default jsonl)' },
    dataset: { type: 'string', value: 'D', help: 'only this list' },
    out: { type: 'string', value: 'DIR', help: 'one file per list, with its licence beside it' },
    'include-restricted': {
      type: 'boolean',
      help: 'also data whose licence is copyleft, non-commercial or unstated',
    },
  },
  notes: [
    'Without --out the rows go to standard output, the licences to standard error.',
    'bundle: the signed file that the offline app asks. downloads: that, and every list whose terms',
    'allow it as CSV, JSON Lines and Parquet, in the data folder and with --out in a second place.',
  ],
  examples: [
    'custos export --format csv --dataset us_ofac_sdn',
    'custos export --out ./export',
    'custos export bundle',
  ],
  async run(call, ports) {
    const [word] = call.positionals
    if (word !== undefined) {
      const what = downloadKind(word)
      if (what !== undefined) return exportFiles(call, ports, what)
      throw new UsageError(`there is nothing called ${word} to export`, 'bundle or downloads')
    }
    const format = formatOf(textOf(call, 'format') ?? 'jsonl')
    const out = textOf(call, 'out')
    const { operator, close } = await ports.open(call.config().config, 'read')
    try {
      const files = operator.exportRows({
        format,
        dataset: textOf(call, 'dataset'),
        includeRestricted: isSet(call, 'include-restricted'),
      })
      if (out === undefined) await toTerminal(files, ports.terminal)
      else await toFolder(files, { folder: resolve(ports.cwd, out), format }, ports.terminal)
      return EXIT.ok
    } finally {
      await close()
    }
  },
}

function formatOf(text: string): ExportFormat {
  if (text === 'ftm' || text === 'csv' || text === 'jsonl') return text
  const hint = RESERVED.includes(text) ? `${text} is not built yet [not_built]` : undefined
  throw new UsageError('--format takes ftm, csv or jsonl', hint)
}

type Files = ReturnType<Operator['exportRows']>

async function toTerminal(files: Files, terminal: Terminal): Promise<void> {
  let header: string | undefined
  for await (const file of files) {
    terminal.err(`${licenceText(file)}\n`)
    // The lists share one line of titles; one that differs starts a table of its own.
    if (file.header !== header) await terminal.out(file.header)
    header = file.header
    for await (const rows of file.rows) await terminal.out(rows)
  }
}

async function toFolder(
  files: Files,
  { folder, format }: { readonly folder: string; readonly format: ExportFormat },
  terminal: Terminal,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for await (const file of files) {
    const name = `${file.dataset}.${EXTENSIONS[format]}`
    async function* content() {
      yield file.header
      yield* file.rows
    }
    await pipeline(Readable.from(content()), createWriteStream(join(folder, name)))
    writeFileSync(join(folder, `${file.dataset}.licence.txt`), `${licenceText(file)}\n`)
    terminal.err(`${name}\n`)
  }
}

function licenceText({ dataset, title, licence }: ExportFile): string {
  const where = licence.url === null ? '' : `, ${licence.url}`
  const note = licence.note === undefined ? '' : `. ${licence.note}`
  const restricted = licence.redistribute ? '' : ' (restricted)'
  return `${dataset}: ${title}. Licence${restricted}: ${licence.name} (${licence.id})${where}${note}`
}
