import { basename, resolve } from 'node:path'
import type { ImportRequest, ImportRow } from '../../alert/watch-types.ts'
import { AppError } from '../../base/error.ts'
import { parseCaip2 } from '../../model/caip.ts'
import { type CliPorts, type Command, EXIT } from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import { type Paint, painter } from '../terminal.ts'
import { chainOf } from './watch.ts'
import { asWriter } from './write.ts'

export const chainImportCommand: Command = {
  name: 'chain import',
  summary: 'Reads recorded blocks of a chain.',
  usage: '--chain CAIP2 FILE… [options]',
  arguments: { min: 1, max: 10_000 },
  options: { chain: { type: 'string', value: 'CAIP2', help: 'the chain, as eip155:1' } },
  notes: [
    'JSON blocks with receipts, RLP, raw Bitcoin blocks (.blk, .dat), getblock JSON; also gzipped.',
    'Reading a file again changes nothing. Exit code 1 when a file could not be read whole.',
  ],
  examples: [
    'custos chain import --chain eip155:1 block.json',
    'custos chain import --chain bip122:000000000019d6689c085ae165831e93 blk00000.dat',
  ],
  async run(call, ports) {
    const { config } = call.config()
    const request = {
      chain: chainOf(call),
      files: call.positionals.map((file) => resolve(ports.cwd, file)),
    }
    const rows = await importAnywhere(request, config, ports)
    const paint = painter(ports.terminal.hasColour)
    await ports.terminal.out(
      call.isJson ? `${JSON.stringify({ files: rows })}\n` : table(rows, paint),
    )
    const isWhole =
      rows.length === request.files.length && rows.every(({ error }) => error === null)
    return isWhole ? EXIT.ok : EXIT.failure
  },
}

async function importAnywhere(
  request: ImportRequest,
  config: Config,
  ports: CliPorts,
): Promise<readonly ImportRow[]> {
  const onRow = ({ file, blocks, error }: ImportRow) => {
    const told = error === null ? `${blocks} blocks` : `${error.message} [${error.code}]`
    if (!ports.terminal.isOutTty) ports.terminal.err(`${basename(file)}  ${told}\n`)
  }
  const handed = await runJob({
    folder: config.data,
    job: 'chain import',
    params: request,
    onProgress: (row) => onRow(row as ImportRow),
    signal: ports.stop,
  })
  if (handed !== undefined) return handed.value as readonly ImportRow[]
  return asWriter(config, ports, ({ operator }) =>
    operator.chains.importBlocks(request, onRow, ports.stop),
  )
}

const TITLES = [
  'file',
  'blocks',
  'new',
  'transactions',
  'transfers',
  'alerts',
  'from',
  'to',
] as const

function table(rows: readonly ImportRow[], paint: Paint): string {
  const cells = rows.map((row) => [
    basename(row.file),
    ...[row.blocks, row.stored, row.transactions, row.transfers, row.alerts].map(String),
    row.from === null ? '' : String(row.from),
    row.to === null ? '' : String(row.to),
  ])
  const widths = TITLES.map((title, i) =>
    Math.max(title.length, ...cells.map((line) => line[i]?.length ?? 0)),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join('  ')
  const lines = [paint('bold', line(TITLES))]
  for (const [i, row] of rows.entries()) {
    lines.push(line(cells[i] ?? []))
    if (row.missing.length > 0) {
      lines.push(paint('dim', `  without ${row.missing.join(', ')}: not supervised`))
    }
    if (row.error !== null) {
      lines.push(paint('red', `  ${row.error.message} [${row.error.code}]`))
    }
  }
  return `${lines.join('\n')}\n`
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function importRequestOf(params: unknown): ImportRequest {
  const value = params as Partial<ImportRequest> | null
  const chain = typeof value?.chain === 'string' ? parseCaip2(value.chain)?.chain : undefined
  const files: unknown = value?.files
  const isList = Array.isArray(files) && files.every((file) => typeof file === 'string')
  if (chain === undefined || !isList) {
    throw new AppError('job.malformed', 'That is no request to import.')
  }
  return { chain, files }
}
