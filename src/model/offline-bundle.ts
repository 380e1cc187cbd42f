import { sha256 } from '@noble/hashes/sha2.js'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { FindingKind, FindingState, Severity } from './verdict.ts'

/**
 * What a browser without a network knows: every listed address and site as a fingerprint, with what
 * is said of it (docs/method/offline.md). The file is made by `query/offline.ts` and read here, by
 * the same code on the server and in the browser.
 *
 *     "CUSTOSB1" | u32 length of the header | header, canonical JSON | padding to 4 bytes
 *     u16 × 2^bucketBits   fingerprints of each bucket
 *     u8 × 5 × keys        the lower 40 bits of each fingerprint, ascending within its bucket
 *     u16 × keys           the class of each key
 *
 * All numbers are little endian, fingerprints apart. A fingerprint is the first `bucketBits` bits and
 * the third to seventh byte of SHA-256(salt, key). The salt comes from the ledger's root, so who gets
 * a site listed cannot choose one that meets somebody else's: the root is only known when the list
 * is closed. Of keys that meet by chance the smaller place speaks: give the stricter class first.
 */
export interface OfflineList {
  readonly dataset: string
  readonly title: string
  readonly authority: string
  readonly kind: string
  readonly licence: { readonly id: string; readonly name: string; readonly url: string | null }
  /** The version's own name, and its day where the list has one. */
  readonly version: string
  readonly publishedAt: string | null
  /** Days after which this version no longer speaks for today. */
  readonly maxAgeDays: number
  readonly page: string
  /** Addresses and sites that it says something about here. */
  readonly entries: number
}

/** A list that an online answer would ask and this bundle does not hold. */
export interface OfflineAbsent {
  readonly dataset: string
  readonly title: string
  /** `licence`: its terms let nobody hand it on; else the state that keeps it from speaking. */
  readonly reason: 'licence' | 'never_fetched' | 'stale' | 'failed' | 'blocked'
}

export interface OfflineFinding {
  /** Place of the list in `lists`. */
  readonly list: number
  readonly kind: FindingKind
  readonly rule: string
  readonly severity: Severity
  readonly state: FindingState
  /** The day that the list itself gives for the entry. */
  readonly listedAt: string | null
  /** An entry of a block list: an allowance of the same list cancels it. */
  readonly isBlock: boolean
}

/**
 * What one key says, by the way in which it is reached; numbers are places in `findings`. `parent`:
 * the key is above the asked host; `www`: it is the asked host with `www.`; `wwwProtected`: the
 * same where the asked host is a protected one. A way that is left out says what `exact` says.
 */
export interface OfflineClass {
  readonly exact: readonly number[]
  readonly parent?: readonly number[]
  readonly www?: readonly number[]
  readonly wwwProtected?: readonly number[]
  /** Lists that allow the host. */
  readonly allowedBy?: readonly number[]
  /** A registrable domain that imitations are held against. */
  readonly isProtected?: true
}

/** What a bundle says about itself. */
interface OfflineHeader {
  readonly format: 1
  /** Name of the instance that made it, and the number of its last ledger event: it only rises. */
  readonly origin: string
  readonly version: number
  readonly checkpoint: { readonly size: number; readonly root: string }
  readonly ruleset: string
  /** The ledger's time of what it holds, and the time from which it should be replaced. */
  readonly at: string
  readonly expires: string
  readonly lists: readonly OfflineList[]
  readonly absent: readonly OfflineAbsent[]
  readonly findings: readonly OfflineFinding[]
  readonly classes: readonly OfflineClass[]
  /** Public suffixes below a listed host (`*.` and `!` as the suffix list writes them). */
  readonly suffixes: readonly string[]
  readonly addresses: number
  readonly sites: number
  readonly keys: number
  readonly bucketBits: number
}

export type OfflineContent = Omit<OfflineHeader, 'format' | 'keys' | 'bucketBits'> & {
  /** Key and place in `classes`, in any order; keys of `model/key.ts`, `d:` and `site:`. */
  readonly entries: readonly (readonly [key: string, place: number])[]
}

export interface OfflineBundle {
  readonly header: OfflineHeader
  /** Undefined: nothing is known of the key. */
  find(key: string): OfflineClass | undefined
}

const MAGIC = 'CUSTOSB1'
const LOW_BYTES = 5
/** About this many fingerprints share a bucket: few enough to look through. */
const PER_BUCKET = 16
const BUCKET_BITS_MAX = 16
const CLASSES_MAX = 65_536

/** The bytes that every fingerprint of a bundle starts from. */
function saltOf(root: string): Uint8Array {
  return sha256(new TextEncoder().encode(`custos offline bundle 1\n${root}\n`)).slice(0, 16)
}

interface Fingerprint {
  readonly bucket: number
  /** The lower 40 bits, an exact number. */
  readonly low: number
}

/** Hashes keys; one buffer serves all, because a bundle has a million of them. */
function fingerprinter(root: string, bucketBits: number): (key: string) => Fingerprint {
  const salt = saltOf(root)
  const encoder = new TextEncoder()
  return (key) => {
    const text = encoder.encode(key)
    const input = new Uint8Array(salt.length + text.length)
    input.set(salt)
    input.set(text, salt.length)
    const h = sha256(input)
    const byte = (i: number) => h[i] ?? 0
    const bucket = ((byte(0) << 8) | byte(1)) >>> (16 - bucketBits)
    return {
      bucket,
      low: ((byte(2) * 256 + byte(3)) * 256 + byte(4)) * 65_536 + (byte(5) << 8) + byte(6),
    }
  }
}

/** Equal content gives equal bytes, in whatever order it comes. */
export function writeOfflineBundle(
  content: OfflineContent,
  canonical: (header: object) => string,
): Uint8Array<ArrayBuffer> {
  const { entries, ...said } = content
  const keys = entries.length
  if (said.classes.length > CLASSES_MAX) {
    throw new AppError('offline.too_large', 'The offline bundle has more classes than it can name.')
  }
  const bucketBits = bucketBitsOf(keys)
  const hash = fingerprinter(said.checkpoint.root, bucketBits)
  const rows = sortedRows(entries, hash)
  const header = { format: 1, ...said, keys, bucketBits }
  const text = new TextEncoder().encode(canonical(header))
  const start = aligned(12 + text.length)
  const buckets = 2 ** bucketBits
  const lowAt = start + 2 * buckets
  const placeAt = lowAt + LOW_BYTES * keys
  const bytes = new Uint8Array(placeAt + 2 * keys)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(MAGIC))
  view.setUint32(8, text.length, true)
  bytes.set(text, 12)
  for (let i = 0; i < keys; i++) {
    const row = rows.order[i] ?? 0
    const high = rows.high[row] ?? 0
    const count = view.getUint16(start + 2 * (high >>> 8), true) + 1
    if (count > 65_535) throw new AppError('offline.too_large', 'A bucket of the bundle is full.')
    view.setUint16(start + 2 * (high >>> 8), count, true)
    view.setUint8(lowAt + LOW_BYTES * i, high & 0xff)
    view.setUint32(lowAt + LOW_BYTES * i + 1, rows.low[row] ?? 0)
    view.setUint16(placeAt + 2 * i, entries[row]?.[1] ?? 0, true)
  }
  return bytes
}

/**
 * The order of the entries by their fingerprints, then by class. Numbers stand in typed arrays: a
 * million objects would cost a small server more memory than the whole index.
 */
function sortedRows(
  entries: OfflineContent['entries'],
  hash: (key: string) => Fingerprint,
): { readonly order: Uint32Array; readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(entries.length)
  const low = new Uint32Array(entries.length)
  for (const [i, [key]] of entries.entries()) {
    const { bucket, low: rest } = hash(key)
    high[i] = bucket * 256 + Math.floor(rest / 2 ** 32)
    low[i] = rest % 2 ** 32
  }
  const order = Uint32Array.from(entries, (_, i) => i).sort(
    (a, b) =>
      (high[a] ?? 0) - (high[b] ?? 0) ||
      (low[a] ?? 0) - (low[b] ?? 0) ||
      (entries[a]?.[1] ?? 0) - (entries[b]?.[1] ?? 0),
  )
  return { order, high, low }
}

function bucketBitsOf(keys: number): number {
  const wanted = Math.ceil(Math.log2(Math.max(1, keys / PER_BUCKET)))
  return Math.min(BUCKET_BITS_MAX, wanted)
}

function aligned(at: number): number {
  return at + ((4 - (at % 4)) % 4)
}

/**
 * Opens a bundle whose hash has been compared. Throws `offline.damaged` for anything that is not as
 * it was written: what cannot be read whole is not read at all.
 */
export function openOfflineBundle(bytes: Uint8Array): OfflineBundle {
  if (bytes.length > LIMITS.offlineBytesMax) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 16 || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) throw damaged()
  const textBytes = view.getUint32(8, true)
  if (12 + textBytes > bytes.length) throw damaged()
  const header = headerOf(bytes.subarray(12, 12 + textBytes))
  const { keys, bucketBits } = header
  const start = aligned(12 + textBytes)
  const buckets = 2 ** bucketBits
  const lowAt = start + 2 * buckets
  const placeAt = lowAt + LOW_BYTES * keys
  if (bytes.length !== placeAt + 2 * keys) throw damaged()
  const starts = new Uint32Array(buckets + 1)
  for (let i = 0; i < buckets; i++) {
    starts[i + 1] = (starts[i] ?? 0) + view.getUint16(start + 2 * i, true)
  }
  if (starts[buckets] !== keys) throw damaged()
  const hash = fingerprinter(header.checkpoint.root, bucketBits)
  return {
    header,
    find(key) {
      const { bucket, low } = hash(key)
      const end = starts[bucket + 1] ?? 0
      for (let i = starts[bucket] ?? 0; i < end; i++) {
        const at = lowAt + LOW_BYTES * i
        const own = view.getUint8(at) * 2 ** 32 + view.getUint32(at + 1)
        if (own < low) continue
        if (own > low) return undefined
        const found = header.classes[view.getUint16(placeAt + 2 * i, true)]
        // A place that is none would read as "not listed", which is the one thing it must not say.
        if (found === undefined) throw damaged()
        return found
      }
      return undefined
    },
  }
}

function headerOf(bytes: Uint8Array): OfflineHeader {
  try {
    const header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    ) as OfflineHeader
    if (isHeader(header)) return header
  } catch {
    // Said below, as for every other damage.
  }
  throw damaged()
}

function isHeader(header: OfflineHeader): boolean {
  if (header.format !== 1 || typeof header.origin !== 'string') return false
  const { lists, findings, classes, keys, bucketBits, version } = header
  const isCount = (n: unknown, max: number) =>
    Number.isSafeInteger(n) && (n as number) >= 0 && (n as number) <= max
  const areLists = [lists, findings, classes, header.absent, header.suffixes].every(Array.isArray)
  if (!areLists || !isCount(keys, LIMITS.bookKeysMax) || !isCount(bucketBits, BUCKET_BITS_MAX))
    return false
  if (!isCount(version, Number.MAX_SAFE_INTEGER)) return false
  if (Number.isNaN(Date.parse(header.at)) || Number.isNaN(Date.parse(header.expires))) return false
  const areWithin = (places: readonly number[] | undefined, length: number) =>
    places === undefined || places.every((place) => isCount(place, length - 1))
  return (
    typeof header.checkpoint?.root === 'string' &&
    findings.every(({ list }) => isCount(list, lists.length - 1)) &&
    classes.every(
      (one) =>
        [one.exact, one.parent, one.www, one.wwwProtected].every((places) =>
          areWithin(places, findings.length),
        ) && areWithin(one.allowedBy, lists.length),
    )
  )
}

function damaged(): AppError {
  return new AppError('offline.damaged', 'The offline bundle is damaged and cannot be used.')
}
