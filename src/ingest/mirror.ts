import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { z } from 'zod'
import { AppError } from '../base/error.ts'
import type { Dataset } from '../model/dataset.ts'
import { isDay } from '../model/time.ts'
import type { LocalFile, Source, Version } from './types.ts'
import { unpacked } from './unpack.ts'

/** What `custos sync --record` writes beside the files: what each was, and when it was fetched. */
export const MIRROR_MANIFEST = 'custos-mirror.json'

const manifestSchema = z.object({
  files: z.array(
    z.object({
      dataset: z.string(),
      role: z.string(),
      path: z.string(),
      url: z.string(),
      fetchedAt: z.string(),
      lastModified: z.string().nullable(),
      entry: z.string().nullable().default(null),
    }),
  ),
})

export type MirrorManifest = z.infer<typeof manifestSchema>

export function readManifest(mirror: string): MirrorManifest {
  const path = join(mirror, MIRROR_MANIFEST)
  if (!existsSync(path)) return { files: [] }
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new AppError('mirror.manifest', 'The manifest of the mirror folder is damaged.', {
      cause: error,
    })
  }
}

/** The versions of a dataset that a mirror folder holds, oldest first. */
export function mirrorVersions(dataset: Dataset, mirror: string): readonly Version[] {
  if (!existsSync(mirror)) throw new AppError('mirror.missing', 'The mirror folder does not exist.')
  const recorded = readManifest(mirror).files.filter((file) => file.dataset === dataset.name)
  if (recorded.length > 0) return [recordedVersion(dataset, mirror, recorded)]
  const byDay = new Map<string, LocalFile[]>()
  const undated: LocalFile[] = []
  for (const entry of dataset.mirror) {
    for (const path of matches(mirror, entry.path)) {
      const day = entry.date === undefined ? null : dayInName(basename(path), entry.date)
      const file = localFile(path, { role: entry.role, day: day ?? entry.publishedAt ?? null })
      if (day === null) undated.push(file)
      else byDay.set(day, [...(byDay.get(day) ?? []), file])
    }
  }
  const versions = [...byDay.values(), ...(undated.length > 0 ? [undated] : [])]
  return versions
    .map((files) => versionOf(dataset, files))
    .sort((a, b) => ((a.publishedAt ?? '9') < (b.publishedAt ?? '9') ? -1 : 1))
}

/** The version that npm packages bring, or undefined when they are not installed. */
export function packageVersion(source: Source): Version | undefined {
  const files: LocalFile[] = []
  for (const entry of source.dataset.packages) {
    const path =
      entry.package === '.'
        ? join(source.folder, entry.file)
        : packageFile(entry.package, entry.file)
    if (path === undefined) continue
    const url = entry.package === '.' ? null : `pkg:npm/${entry.package}#${entry.file}`
    files.push(localFile(path, { role: entry.role, day: entry.publishedAt, url }))
  }
  return files.length === 0 ? undefined : versionOf(source.dataset, files)
}

/** The version in one uploaded file. The role is told by the mirror names, else it is the first. */
export function uploadedVersion(dataset: Dataset, path: string): Version {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new AppError('upload.missing', 'The file to upload does not exist.', { status: 400 })
  }
  const name = basename(path)
  const fits = dataset.mirror.find((entry) => nameFits(name, basename(entry.path)))
  const byUrl = dataset.live.find((entry) => basename(new URL(entry.url).pathname) === name)
  const role = fits?.role ?? byUrl?.role ?? dataset.live[0]?.role ?? dataset.mirror[0]?.role
  if (role === undefined) throw new AppError('upload.no_role', 'This dataset takes no upload.')
  const day = fits?.date === undefined ? null : dayInName(name, fits.date)
  const file = localFile(path, { role, day })
  return {
    files: [file],
    publishedAt: day && `${day}T00:00:00Z`,
    complete: isComplete(dataset, [file]),
  }
}

export function versionOf(dataset: Dataset, files: readonly LocalFile[]): Version {
  // Files of mixed vintage count as old as their oldest part; one without a date makes the age unknown.
  const dates = files.map((file) => file.lastModified ?? (file.day && `${file.day}T00:00:00Z`))
  const known = dates.filter((date): date is string => date !== null)
  const oldest = known.length === files.length ? known.sort()[0] : undefined
  return { files, publishedAt: oldest ?? null, complete: isComplete(dataset, files) }
}

function isComplete(dataset: Dataset, files: readonly LocalFile[]): boolean {
  // The newest entries only: what left the window is not withdrawn.
  if (dataset.window) return false
  const roles = new Set(files.map((file) => file.role))
  return dataset.requires.every((role) => role.split('|').some((one) => roles.has(one)))
}

function recordedVersion(
  dataset: Dataset,
  mirror: string,
  recorded: MirrorManifest['files'],
): Version {
  const files = recorded.map((entry) => {
    const path = inside(mirror, entry.path)
    return localFile(path, {
      role: entry.role,
      day: null,
      url: entry.url,
      lastModified: entry.lastModified,
      entry: entry.entry ?? undefined,
    })
  })
  return versionOf(dataset, files)
}

interface LocalFileFields {
  readonly role: string
  readonly day: string | null
  readonly url?: string | null
  readonly lastModified?: string | null
  readonly entry?: string | undefined
}

export function localFile(path: string, fields: LocalFileFields): LocalFile {
  return {
    role: fields.role,
    name: basename(path).replace(/\.gz$/, ''),
    url: fields.url ?? null,
    lastModified: fields.lastModified ?? null,
    day: fields.day,
    open: () => unpacked(path, { entry: fields.entry }),
  }
}

/** A manifest is data: its paths may not leave the mirror folder. */
function inside(mirror: string, path: string): string {
  const full = resolve(mirror, path)
  if (!full.startsWith(resolve(mirror) + sep)) {
    throw new AppError('mirror.manifest', 'The manifest names a file outside the mirror folder.')
  }
  return full
}

/** Files that a pattern names; `*` stands for any characters of one name. */
function matches(mirror: string, pattern: string): string[] {
  const folder = join(mirror, dirname(pattern))
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => nameFits(name, basename(pattern)))
    .sort()
    .map((name) => join(folder, name))
}

/** Compressed or not, it is the same file. */
function nameFits(name: string, pattern: string): boolean {
  const plain = (text: string) => text.replace(/\.gz$/, '')
  const source = plain(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*')
  return new RegExp(`^${source}$`).test(plain(name))
}

function dayInName(name: string, pattern: string): string | null {
  const groups = new RegExp(pattern).exec(name)?.groups
  if (groups?.y === undefined || groups.m === undefined) return null
  const { y, m, d = '01' } = groups
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  return isDay(day) ? day : null
}

function packageFile(name: string, file: string): string | undefined {
  const require = createRequire(import.meta.url)
  for (const base of require.resolve.paths(name) ?? []) {
    const path = join(base, name, file)
    if (existsSync(path)) return path
  }
  return undefined
}
