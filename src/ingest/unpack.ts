import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Unzip, UnzipInflate } from 'fflate'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'

interface UnpackOptions {
  /** Of a ZIP file: the ending of the entry's name; default: the first entry that is a file. */
  readonly entry?: string | undefined
}

/**
 * A file's bytes: gzip and ZIP are told by their first bytes, not by the name; a workbook stays as it
 * is. Always bounded.
 */
export async function* unpacked(
  path: string,
  options: UnpackOptions = {},
): AsyncIterable<Uint8Array> {
  const magic = await firstBytes(path)
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b
  const isZip = magic[0] === 0x50 && magic[1] === 0x4b && magic[2] === 0x03 && magic[3] === 0x04
  const source = createReadStream(path)
  if (isZip && (options.entry !== undefined || !isWorkbook(magic)))
    yield* bounded(unzipped(source, options.entry))
  else if (isGzip) yield* bounded(gunzipped(source))
  else yield* bounded(source)
}

/** The local header of a ZIP file's first entry, with the name behind it (APPNOTE.TXT §4.3.7). */
const HEAD_BYTES = 30 + 64

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) return chunk as Buffer
  return Buffer.alloc(0)
}

/** A workbook is a ZIP file too (ECMA-376 Part 2): it is the list, and not a list packed. */
function isWorkbook(head: Buffer): boolean {
  const name = head.subarray(30).toString('latin1')
  return /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/.test(name)
}

async function* gunzipped(source: ReturnType<typeof createReadStream>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  let written = 0
  try {
    for await (const chunk of gunzip) {
      written += (chunk as Uint8Array).length
      refuseBomb(source.bytesRead, written)
      yield chunk as Uint8Array
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source.malformed', 'The compressed file is broken off or damaged.', {
      cause: error,
    })
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

async function* unzipped(
  source: AsyncIterable<Uint8Array>,
  ending: string | undefined,
): AsyncIterable<Uint8Array> {
  const out: Uint8Array[] = []
  let entries = 0
  let taken: 'none' | 'open' | 'done' = 'none'
  let failure: unknown
  const unzip = new Unzip((file) => {
    entries += 1
    const fits = ending === undefined ? !file.name.endsWith('/') : file.name.endsWith(ending)
    if (taken !== 'none' || !fits) return
    taken = 'open'
    file.ondata = (error, data, final) => {
      if (error) failure = error
      else out.push(data)
      if (final) taken = 'done'
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  let read = 0
  let written = 0
  try {
    for await (const chunk of source) {
      read += chunk.length
      unzip.push(chunk)
      if (failure !== undefined) throw failure
      if (entries > LIMITS.zipEntriesMax)
        throw new AppError('source.hostile', 'Too many ZIP entries.')
      for (const data of out) {
        written += data.length
        refuseBomb(read, written)
        yield data
      }
      out.length = 0
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source.malformed', 'The ZIP file is broken off or damaged.', {
      cause: error,
    })
  }
  if ((taken as string) !== 'done') {
    throw new AppError('source.malformed', 'The ZIP file does not hold the expected entry.')
  }
}

/** A bomb gives far more bytes than any list does; small files may compress well. */
function refuseBomb(read: number, written: number): void {
  if (written > 16_777_216 && written > read * LIMITS.sourceRatioMax) {
    throw new AppError('source.hostile', 'The compressed file expands without measure.')
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > LIMITS.sourceBytesMax) {
      throw new AppError('source.too_large', 'The file is larger than its limit.')
    }
    yield chunk
  }
}
