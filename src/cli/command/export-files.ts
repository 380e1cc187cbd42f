import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DownloadManifest } from '../../model/downloads.ts'
import { filesOf } from '../../model/downloads.ts'
import { type Call, type CliPorts, EXIT, textOf } from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import type { DownloadProgress } from '../operator.ts'
import { createCounter } from '../progress.ts'
import { asWriter } from './write.ts'

export type DownloadKind = 'bundle' | 'all'

/** What `custos export` makes as whole files; undefined for a word that is none of them. */
export function downloadKind(word: string): DownloadKind | undefined {
  if (word === 'bundle') return 'bundle'
  return word === 'downloads' ? 'all' : undefined
}

/** `custos export bundle` and `custos export downloads`: the files of the download page. */
export async function exportFiles(
  call: Call,
  ports: CliPorts,
  what: DownloadKind,
): Promise<number> {
  const { config } = call.config()
  const out = textOf(call, 'out')
  const counter = createCounter(ports.terminal, 'Exporting', () => ports.clock.nowMs())
  const onProgress = ({ done, total }: DownloadProgress) => counter.step(done, total)
  const manifest = await makeAnywhere(config, ports, what, onProgress).finally(() => counter.end())
  const folder = join(config.data, 'downloads')
  if (out !== undefined) copyAll(manifest, folder, resolve(ports.cwd, out))
  const text = () =>
    [...filesOf(manifest).values()]
      .map(({ name, bytes, sha256 }) => `${sha256}  ${String(bytes).padStart(11)}  ${name}\n`)
      .join('')
  await ports.terminal.out(call.isJson ? `${JSON.stringify(manifest)}\n` : text())
  return EXIT.ok
}

/** By the server that runs on this folder, else in this process. */
async function makeAnywhere(
  config: Config,
  ports: CliPorts,
  what: DownloadKind,
  onProgress: (progress: DownloadProgress) => void,
): Promise<DownloadManifest> {
  const handed = await runJob({
    folder: config.data,
    job: 'downloads',
    params: { what },
    onProgress: (progress) => onProgress(progress as DownloadProgress),
    signal: ports.stop,
  })
  if (handed !== undefined) return handed.value as DownloadManifest
  return asWriter(config, ports, ({ downloads }) => downloads.make(what, onProgress, ports.stop))
}

function copyAll(manifest: DownloadManifest, from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of [...filesOf(manifest).keys(), 'manifest.json']) {
    copyFileSync(join(from, name), join(to, name))
  }
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function downloadsRequestOf(params: unknown): DownloadKind {
  return (params as { what?: unknown } | null)?.what === 'bundle' ? 'bundle' : 'all'
}
