import { sha256 } from '@noble/hashes/sha2.js'
import { AppError } from '../../../base/error.ts'
import { LIMITS } from '../../../base/limits.ts'
import {
  type InstalledOffline,
  mayReplace,
  type OfflineProof,
  type ProofPorts,
  type ProvenBundle,
  proveOffline,
} from '../../../model/offline-note.ts'
import { setSuffixes } from '../shim/tldts.ts'
import type { Stored } from './store.ts'

/** What the installation offers, as far as the app reads `/download/manifest.json`. */
export interface Offer {
  readonly name: string
  readonly version: number
  readonly at: string
  readonly expires: string
  /** Bytes that are transferred. */
  readonly transfer: number
  readonly bytes: number
  readonly note: string
  readonly vkey: string
}

const PORTS: ProofPorts = {
  sha256: async (bytes) => {
    // Outside of a secure context there is no `subtle`; the same hash then takes longer.
    const subtle: SubtleCrypto | undefined = crypto.subtle
    if (subtle === undefined) return sha256(bytes)
    return new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
  },
  verify: async (key, signature, message) => {
    const subtle: SubtleCrypto | undefined = crypto.subtle
    const imported = await subtle
      ?.importKey('raw', key as Uint8Array<ArrayBuffer>, { name: 'Ed25519' }, false, ['verify'])
      .catch(() => undefined)
    if (imported === undefined) return undefined
    const [signed, text] = [signature, message] as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
    ]
    return subtle.verify({ name: 'Ed25519' }, imported, signed, text)
  },
}

/** A bundle ready for questions; throws what `proveOffline` throws. */
export async function openStored(stored: Stored): Promise<ProvenBundle> {
  const proven = await proveOffline(proofOf(stored), PORTS)
  setSuffixes(proven.bundle.header.suffixes)
  return proven
}

function proofOf({ bytes, note, vkey }: Stored): OfflineProof {
  return { bytes: new Uint8Array(bytes), note, vkey }
}

/** Undefined where the installation has no bundle; throws `offline.unreachable`. */
export async function readOffer(index: string): Promise<Offer | undefined> {
  const answer = await fetch(index, { cache: 'no-cache' }).catch(() => undefined)
  if (answer?.status === 404) return undefined
  if (answer?.ok !== true) throw unreachable()
  try {
    const { bundle } = (await answer.json()) as {
      bundle: (Offer & { gzip: { bytes: number } }) | null
    }
    if (bundle === null) return undefined
    return { ...bundle, transfer: bundle.gzip.bytes }
  } catch {
    throw unreachable()
  }
}

/**
 * Fetches a bundle and proves it before anything of it counts. `known` is what is installed: it
 * never gives way to an older one, to one of another key, or to one that is out of date.
 */
export async function takeOffer(
  offer: Offer,
  folder: string,
  known: InstalledOffline | undefined,
  onProgress: (share: number) => void,
): Promise<{ stored: Stored; proven: ProvenBundle }> {
  const answer = await fetch(folder + encodeURIComponent(offer.name)).catch(() => undefined)
  if (answer?.ok !== true || answer.body === null) throw unreachable()
  const bytes = await readAll(answer.body, offer.bytes, onProgress)
  const stored = { bytes, note: offer.note, vkey: offer.vkey }
  const proven = await proveOffline(proofOf(stored), PORTS)
  mayReplace(proven.body, offer.vkey, known, Date.now())
  setSuffixes(proven.bundle.header.suffixes)
  return { stored, proven }
}

/** No more than was announced: a server that sends without end fills nobody's memory. */
async function readAll(
  body: ReadableStream<Uint8Array>,
  wanted: number,
  onProgress: (share: number) => void,
): Promise<ArrayBuffer> {
  if (!(wanted > 0 && wanted <= LIMITS.offlineBytesMax)) throw damaged()
  const bytes = new Uint8Array(wanted)
  const reader = body.getReader()
  let at = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw unreachable()
    })
    if (done) break
    if (at + value.length > wanted) {
      void reader.cancel()
      throw damaged()
    }
    bytes.set(value, at)
    at += value.length
    onProgress(at / wanted)
  }
  if (at !== wanted) throw damaged()
  return bytes.buffer
}

function unreachable(): AppError {
  return new AppError('offline.unreachable', 'The installation cannot be reached.')
}

function damaged(): AppError {
  return new AppError('offline.damaged', 'The offline bundle is damaged and cannot be used.')
}
