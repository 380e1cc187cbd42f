import { resolve } from 'node:path'
import { AppError } from '../../base/error.ts'
import type { Progress, SyncRow } from '../../ingest/types.ts'
import {
  type Call,
  type CliPorts,
  type Command,
  EXIT,
  isSet,
  textOf,
  UsageError,
} from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import { acquireLock } from '../lock.ts'
import type { Installation, SyncRequest } from '../operator.ts'
import { createCounter, createProgress, type ProgressView } from '../progress.ts'
import { syncText } from '../render/list.ts'
import { painter } from '../terminal.ts'

/** Opens the data folder as its only writer, for the time of one task. */
export async function asWriter<T>(
  config: Config,
  ports: CliPorts,
  task: (installation: Installation) => Promise<T>,
): Promise<T> {
  const lock = acquireLock(config.data)
  try {
    const installation = await ports.open(config, 'write')
    try {
      await installation.operator.init()
      return await task(installation)
    } finally {
      await installation.close()
    }
  } finally {
    lock.release()
  }
}

export const syncCommand: Command = {
  name: 'sync',
  summary: 'Reads the lists anew: fetch, judge, commit.',
  usage: '[DATASET…] [options]',
  arguments: { min: 0, max: 500 },
  options: {
    mirror: { type: 'string', value: 'DIR', help: 'read recorded files instead of the network' },
    file: { type: 'string', value: 'F', help: 'read this file for the one named dataset' },
    record: { type: 'string', value: 'DIR', help: 'also keep what was fetched as a mirror' },
    force: { type: 'boolean', help: 'parse again what is already committed' },
    offline: { type: 'boolean', help: 'contact nothing: only what came with the installation' },
  },
  notes: [
    'One failing source never stops the others; its last good version keeps speaking.',
    'Exit code: 0 when every dataset was read or is unchanged, 1 when one failed.',
  ],
  examples: [
    'custos sync',
    'custos sync us_ofac_sdn un_sc_sanctions',
    'custos sync --mirror ./recorded',
    'custos sync eu_esma_casp --file CASPS.csv',
  ],
  async run(call, ports) {
    const { config } = call.config()
    const request = requestOf(call, config, ports.cwd)
    const view = createProgress(ports.terminal, () => ports.clock.nowMs())
    const rows = await syncAnywhere(request, config, ports, view).finally(() => view.end())
    const text = () => syncText(rows, painter(ports.terminal.hasColour))
    await ports.terminal.out(call.isJson ? `${JSON.stringify({ datasets: rows })}\n` : text())
    const isFailed = rows.some(({ state }) => state === 'failed' || state === 'blocked')
    return isFailed ? EXIT.failure : EXIT.ok
  },
}

function requestOf(call: Call, config: Config, cwd: string): SyncRequest {
  const file = textOf(call, 'file')
  const record = textOf(call, 'record')
  if (file !== undefined && call.positionals.length !== 1) {
    throw new UsageError('--file needs the name of one dataset')
  }
  if (record !== undefined && (config.mirror !== null || config.offline)) {
    throw new UsageError(
      '--record keeps what the network sends: neither --mirror nor --offline fits',
    )
  }
  return {
    datasets: call.positionals,
    scope: config.offline && config.mirror === null ? 'bundled' : 'all',
    mirror: config.mirror ?? undefined,
    file: file === undefined ? undefined : resolve(cwd, file),
    record: record === undefined ? undefined : resolve(cwd, record),
    force: isSet(call, 'force'),
  }
}

/** By the server that runs on this folder, else in this process. */
async function syncAnywhere(
  request: SyncRequest,
  config: Config,
  ports: CliPorts,
  view: ProgressView,
): Promise<readonly SyncRow[]> {
  const handed = await runJob({
    folder: config.data,
    job: 'sync',
    params: request,
    onProgress: (progress) => view.onProgress(progress as Progress),
    signal: ports.stop,
  })
  if (handed !== undefined) return handed.value as readonly SyncRow[]
  return asWriter(config, ports, ({ operator }) =>
    operator.sync(request, view.onProgress, ports.stop),
  )
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'Drops the index and makes it again from the ledger.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {},
  notes: ['The server must not run: stop it first.'],
  examples: ['custos rebuild'],
  async run(call, ports) {
    const { config } = call.config()
    const counter = createCounter(ports.terminal, 'Rebuilding', () => ports.clock.nowMs())
    const report = await asWriter(config, ports, ({ operator }) => operator.rebuild(counter.step))
    counter.end()
    const { events, entities, ms } = report
    const text = () =>
      `The index is made anew: ${entities} entities from ${events} events in ${(ms / 1_000).toFixed(1)} s.\n`
    await ports.terminal.out(call.isJson ? `${JSON.stringify(report)}\n` : text())
    return EXIT.ok
  },
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function syncRequestOf(params: unknown): SyncRequest {
  const value = params as Partial<SyncRequest> | null
  if (value === null || typeof value !== 'object' || !Array.isArray(value.datasets)) {
    throw new AppError('job.malformed', 'That is no sync request.')
  }
  const path = (given: unknown) => (typeof given === 'string' ? given : undefined)
  return {
    datasets: value.datasets.filter((name) => typeof name === 'string'),
    scope: value.scope === 'bundled' ? 'bundled' : 'all',
    mirror: path(value.mirror),
    file: path(value.file),
    record: path(value.record),
    force: value.force === true,
  }
}
