import type { RewindRequest, RewindResult } from '../../alert/watch-types.ts'
import { AppError } from '../../base/error.ts'
import { parseCaip2 } from '../../model/caip.ts'
import { type Call, type CliPorts, type Command, EXIT, textOf, UsageError } from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import { chainOf } from './watch.ts'
import { asWriter } from './write.ts'

export const chainRewindCommand: Command = {
  name: 'chain rewind',
  summary: 'Takes blocks back and lets a halted chain go on.',
  usage: '--chain CAIP2 --to N [options]',
  arguments: { min: 0, max: 0 },
  options: {
    chain: { type: 'string', value: 'CAIP2', help: 'the chain, as eip155:1' },
    to: { type: 'string', value: 'N', help: 'the block that stays; all above it go' },
  },
  notes: [
    'For a chain that halted: choose a block below the fork. Final blocks go too.',
    'Alerts of blocks that go are taken back. A running server follows on from N by itself.',
    'A chain that is being followed is not rewound.',
  ],
  examples: ['custos chain rewind --chain eip155:1 --to 18000000'],
  async run(call, ports) {
    const { config } = call.config()
    const result = await rewindAnywhere({ chain: chainOf(call), to: blockOf(call) }, config, ports)
    await ports.terminal.out(call.isJson ? `${JSON.stringify(result)}\n` : told(result))
    return EXIT.ok
  },
}

function blockOf(call: Call): number {
  const text = textOf(call, 'to')
  if (text === undefined) throw new UsageError('--to is needed: the number of the block that stays')
  if (!/^\d{1,15}$/.test(text)) throw new UsageError('--to takes the number of a block')
  return Number(text)
}

async function rewindAnywhere(
  request: RewindRequest,
  config: Config,
  ports: CliPorts,
): Promise<RewindResult> {
  const handed = await runJob({
    folder: config.data,
    job: 'chain rewind',
    params: request,
    onProgress: () => {},
    signal: ports.stop,
  })
  if (handed !== undefined) return handed.value as RewindResult
  return asWriter(config, ports, ({ operator }) => operator.chains.rewind(request))
}

function told({ chain, to, blocks, retracted, lifted }: RewindResult): string {
  const halt = lifted === null ? 'It had not halted.' : `The halt ${lifted} is lifted.`
  return `${chain} ends at block ${to}: ${blocks} blocks gone, ${retracted} alerts taken back. ${halt}\n`
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function rewindRequestOf(params: unknown): RewindRequest {
  const value = params as Partial<RewindRequest> | null
  const chain = typeof value?.chain === 'string' ? parseCaip2(value.chain)?.chain : undefined
  const to = value?.to
  if (chain === undefined || typeof to !== 'number' || !Number.isSafeInteger(to) || to < 0) {
    throw new AppError('job.malformed', 'That is no request to rewind.')
  }
  return { chain, to }
}
