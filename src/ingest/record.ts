import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Dataset } from '../model/dataset.ts'
import type { Instant } from '../model/time.ts'
import type { LiveVersion } from './live.ts'
import { MIRROR_MANIFEST, type MirrorManifest, readManifest } from './mirror.ts'

/**
 * Writes what the live sources sent into a mirror folder, with a manifest that keeps each file's
 * address and date: `custos sync --mirror` reads it on a machine without a network.
 */
export async function recordDownloads(
  folder: string,
  dataset: Dataset,
  live: LiveVersion,
  fetchedAt: Instant,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const manifest = readManifest(folder)
  const added: MirrorManifest['files'] = live.downloads.map((download) => {
    const { role, url, lastModified, entry } = download
    const path = join('live', dataset.name, fileName(role, url))
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    copyFileSync(download.path, join(folder, path))
    return { dataset: dataset.name, role, path, url, fetchedAt, lastModified, entry }
  })
  const replaced = new Set(added.map((file) => `${file.dataset}\n${file.url}`))
  const files = manifest.files.filter((file) => !replaced.has(`${file.dataset}\n${file.url}`))
  // Written beside and renamed: a manifest is whole or the old one.
  const temporary = join(folder, `${MIRROR_MANIFEST}.tmp`)
  writeFileSync(temporary, `${JSON.stringify({ files: [...files, ...added] }, null, 2)}\n`)
  renameSync(temporary, join(folder, MIRROR_MANIFEST))
}

function fileName(role: string, url: string): string {
  const name = basename(new URL(url).pathname).replace(/[^\w.-]/g, '_')
  return `${role}-${name === '' ? 'list' : name}`.slice(0, 120)
}
