import { sign } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { canonicalJson, type Json } from './base/encode.ts'
import { AppError } from './base/error.ts'
import type { DownloadProgress } from './cli/operator.ts'
import { fileOf, writeData } from './download-data.ts'
import { hasKey, message } from './i18n/catalogue.ts'
import { indexPath, openSqliteIndexReader, type SqliteIndexReader } from './index/store/sqlite.ts'
import { buildView, type View, ViewHolder } from './index/view.ts'
import { type NoteSigner, signNote } from './ledger/checkpoint.ts'
import type { Checkpoint } from './ledger/read.ts'
import { instanceSigner, ledgerPaths } from './ledger/store/sqlite.ts'
import { SqliteLedgerReader } from './ledger/store/sqlite-reader.ts'
import type { Dataset } from './model/dataset.ts'
import {
  type DownloadBundle,
  type DownloadData,
  type DownloadFile,
  type DownloadManifest,
  filesOf,
} from './model/downloads.ts'
import { type OfflineContent, writeOfflineBundle } from './model/offline-bundle.ts'
import { offlineNoteText } from './model/offline-note.ts'
import { offlineContent } from './query/offline.ts'
import { SessionKeeper } from './query/session-keeper.ts'

export interface DownloadJob {
  /** The data folder; the files go to `downloads/` inside it. */
  readonly folder: string
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly origin: string | null
  /** The program's version: another one may judge otherwise, so its files are made anew. */
  readonly program: string
  /** `bundle`: only what the offline app needs. */
  readonly what: 'bundle' | 'all'
  readonly signal: AbortSignal
  readonly onProgress: (progress: DownloadProgress) => void
}

export function downloadsPath(folder: string): string {
  return join(folder, 'downloads')
}

const MANIFEST = 'manifest.json'
/** Keys that an offline bundle is made of. */
const OFFLINE_KEY = /^[ahudw]:/

/** The manifest of what was made last; undefined where nothing was, or it cannot be read. */
export function readManifest(folder: string): DownloadManifest | undefined {
  const path = join(downloadsPath(folder), MANIFEST)
  if (!existsSync(path)) return undefined
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as DownloadManifest
    return manifest.format === 1 && Array.isArray(manifest.data) ? manifest : undefined
  } catch {
    // Derived files: what is damaged is made anew.
    return undefined
  }
}

interface Open {
  readonly job: DownloadJob
  readonly out: string
  readonly ledger: SqliteLedgerReader
  readonly index: SqliteIndexReader
  readonly view: View
  readonly checkpoint: Checkpoint
  readonly signer: NoteSigner
  readonly previous: DownloadManifest | undefined
}

/**
 * Makes what an installation offers: the offline bundle, and each list whose terms allow it as CSV,
 * JSON Lines and Parquet. Lists that did not change keep their files. The manifest comes last, so
 * that what it names is there; what no manifest names any more is removed after it.
 */
export async function makeDownloads(job: DownloadJob): Promise<DownloadManifest> {
  const { folder } = job
  const ledger = new SqliteLedgerReader(ledgerPaths(folder))
  const index = openSqliteIndexReader(indexPath(folder))
  try {
    const view = await buildView({ ledger, index, datasets: job.datasets })
    const { checkpoint } = view
    if (checkpoint === undefined) {
      throw new AppError('downloads.empty', 'There is nothing to offer: no list has been read yet.')
    }
    const out = downloadsPath(folder)
    mkdirSync(out, { recursive: true })
    const signer = instanceSigner(folder, job.origin ?? undefined)
    const last = readManifest(folder)
    const previous = last?.program === job.program ? last : undefined
    return await make({ job, out, ledger, index, view, checkpoint, signer, previous })
  } finally {
    await index.close()
    await ledger.close()
  }
}

async function make(open: Open): Promise<DownloadManifest> {
  const { job, view, checkpoint, previous, out } = open
  const bundle = await bundleOf(open)
  const data = job.what === 'all' ? await dataOf(open) : (previous?.data ?? [])
  const manifest = {
    format: 1,
    program: job.program,
    origin: checkpoint.origin,
    at: checkpoint.at,
    seq: view.seq,
    bundle,
    data,
    withheld: withheldOf(open),
    proofs: await proofsOf(open, bundle, data),
  } as const
  await writeWhole(join(out, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
  const named = new Set([MANIFEST, ...filesOf(manifest).keys()])
  for (const name of readdirSync(out)) if (!named.has(name)) rmSync(join(out, name))
  return manifest
}

async function bundleOf(open: Open): Promise<DownloadBundle> {
  const { job, out, view, previous } = open
  const known = previous?.bundle
  if (known?.version === view.seq && known.vkey === open.signer.vkey && isThere(out, known)) {
    return known
  }
  const content = await contentOf(open)
  const bytes = writeOfflineBundle(content, (header) => canonicalJson(header as Json))
  const { at, expires, version, addresses, sites } = content
  const name = `custos-offline-${at.slice(0, 10)}-${version}.bundle`
  await writeWhole(join(out, name), bytes)
  await writeWhole(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  const file = await fileOf(out, name)
  const sha256 = Buffer.from(file.sha256, 'hex').toString('base64')
  const { origin } = content
  const text = offlineNoteText({ origin, version, sha256, bytes: bytes.length, at, expires })
  job.onProgress({ part: 'bundle', done: 1, total: 1 })
  return {
    ...file,
    gzip: await fileOf(out, `${name}.gz`),
    ...{ version, at, expires, addresses, sites },
    note: signNote(text, open.signer),
    vkey: open.signer.vkey,
    lists: content.lists.map(({ dataset, title, entries, licence }) => {
      return { dataset, title, entries, licence }
    }),
  }
}

async function contentOf({ job, ledger, index, view, checkpoint }: Open): Promise<OfflineContent> {
  const { datasets, signal } = job
  // The clock stands at the ledger's head, so that a bundle depends on the ledger alone.
  const nowMs = Date.parse(checkpoint.at)
  const keeper = new SessionKeeper({
    ...{ ledger, index, datasets },
    view: new ViewHolder(view),
    clock: { nowMs: () => nowMs },
    message: (lang, key, params) => (hasKey(key) ? message(lang, key, params) : key),
  })
  // One after the other as the index gives them: a million texts at once are a hundred megabytes.
  function* keys() {
    for (const key of index.keys()) if (OFFLINE_KEY.test(key)) yield key
  }
  const total = await index.identifiers()
  return offlineContent({
    ...{ session: await keeper.session({}), datasets, keys: keys(), checkpoint, signal },
    onProgress: (done) => job.onProgress({ part: 'bundle', done, total }),
  })
}

async function dataOf(open: Open): Promise<DownloadData[]> {
  const { job, out, ledger, view, previous } = open
  const made: DownloadData[] = []
  const datasets = [...job.datasets.values()]
    // A judgement about two records quotes both, whatever the terms of either are.
    .filter(({ licence, kind }) => licence.redistribute && kind !== 'joins')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const [i, dataset] of datasets.entries()) {
    const { name, title, authority, kind, licence } = dataset
    const runs = view.runsOf.get(name) ?? []
    const run = runs.at(-1)?.run
    if (run === undefined) continue
    const seq = Math.max(0, ...runs.map(({ events }) => events?.seqTo ?? 0))
    const { version, publishedAt } = run
    const said = {
      ...{ dataset: name, title, authority: authority.name, kind, licence },
      ...{ version, publishedAt },
    }
    const known = previous?.data.find((one) => one.dataset === name && one.seq === seq)
    const base = `${name}-${(publishedAt ?? run.at).slice(0, 10)}-${seq}`
    const isKept =
      known !== undefined &&
      known.files.csv.name === `${base}.csv.gz` &&
      Object.values(known.files).every((file) => isThere(out, file))
    const written = isKept
      ? known
      : await writeData({ ledger, folder: out, signal: job.signal }, name, base)
    job.onProgress({ part: name, done: i + 1, total: datasets.length })
    if (written === undefined) continue
    made.push({ ...said, statements: written.statements, seq, files: written.files })
  }
  return made
}

function withheldOf({ job, view }: Open) {
  return [...job.datasets.values()]
    .filter(({ name, kind, licence }) => {
      return !licence.redistribute && kind !== 'news' && view.runsOf.has(name)
    })
    .map(({ name, title, licence }) => ({ dataset: name, title, licence: licence.name }))
    .sort((a, b) => (a.dataset < b.dataset ? -1 : 1))
}

/** What a stranger needs to check the files without Custos: sha256sum and openssl. */
async function proofsOf(
  { out, checkpoint, signer, view }: Open,
  bundle: DownloadBundle,
  data: readonly DownloadData[],
): Promise<DownloadFile[]> {
  const { origin, at } = checkpoint
  await writeWhole(join(out, 'LICENCES.txt'), licencesText(data, bundle))
  const files = [
    bundle,
    bundle.gzip,
    ...data.flatMap((one) => Object.values(one.files)),
    await fileOf(out, 'LICENCES.txt'),
  ]
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).sort()
  // The first line keeps this text from being anything else that the key might sign.
  const sums = `# ${origin}/downloads ${view.seq} ${at}\n${lines.join('')}`
  await writeWhole(join(out, 'SHA256SUMS'), sums)
  const signature = sign(null, Buffer.from(sums), signer.privateKey)
  await writeWhole(join(out, 'SHA256SUMS.sig'), new Uint8Array(signature))
  const pem = signer.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  await writeWhole(join(out, 'instance.pem'), pem)
  const names = ['SHA256SUMS', 'SHA256SUMS.sig', 'instance.pem', 'LICENCES.txt']
  return Promise.all(names.map((name) => fileOf(out, name)))
}

function licencesText(data: readonly DownloadData[], bundle: DownloadBundle): string {
  const lists = new Map<string, { title: string; licence: DownloadData['licence'] }>()
  for (const { dataset, title, licence } of data) lists.set(dataset, { title, licence })
  for (const { dataset, title, licence } of bundle.lists) {
    if (!lists.has(dataset))
      lists.set(dataset, { title, licence: { ...licence, redistribute: true } })
  }
  const lines = [...lists].map(([dataset, { title, licence }]) => {
    const note = licence.note === undefined ? '' : `\n  ${licence.note}`
    return `${dataset}: ${title}\n  ${licence.name} (${licence.id}) ${licence.url ?? ''}${note}\n`
  })
  return `The licence of each list in these files.\n\n${lines.sort().join('')}`
}

function isThere(folder: string, file: DownloadFile): boolean {
  const path = join(folder, file.name)
  return existsSync(path) && statSync(path).size === file.bytes
}

/** Under a temporary name first: a reader finds the old file or the new one. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.tmp`, content)
  renameSync(`${path}.tmp`, path)
}
