import { sha256 } from '@noble/hashes/sha2.js'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { BASE64_CODEC } from './address/encodings.ts'
import { type OfflineBundle, openOfflineBundle } from './offline-bundle.ts'

/** What an instance signs about a bundle (C2SP signed-note over these lines). */
export interface OfflineNoteBody {
  /** The instance's name; the first line of the note is it and `/offline`. */
  readonly origin: string
  readonly version: number
  /** SHA-256 of the bundle, base64. */
  readonly sha256: string
  readonly bytes: number
  readonly at: string
  readonly expires: string
}

/** The signed lines, with the line end of the last one. */
export function offlineNoteText(body: OfflineNoteBody): string {
  const { origin, version, sha256: hash, bytes, at, expires } = body
  return `${origin}/offline\n${version}\n${hash}\n${bytes}\n${at}\n${expires}\n`
}

/** What a bundle is compared with before one byte of it is believed. */
export interface OfflineProof {
  readonly bytes: Uint8Array
  readonly note: string
  /** `<name>+<key id>+<base64 key>` of the instance, kept from the first bundle on. */
  readonly vkey: string
}

export interface ProofPorts {
  readonly sha256: (bytes: Uint8Array) => Promise<Uint8Array>
  /** Undefined: this browser knows no Ed25519, and the answer must say that nobody checked. */
  readonly verify: (
    key: Uint8Array,
    signature: Uint8Array,
    message: Uint8Array,
  ) => Promise<boolean | undefined>
}

export interface ProvenBundle {
  readonly bundle: OfflineBundle
  readonly body: OfflineNoteBody
  /** False where the browser could not check the signature; the hash was compared all the same. */
  readonly isSigned: boolean
}

const ED25519 = 0x01
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

/**
 * A bundle that is what its instance signed. Throws `offline.bad_signature` where the note is not
 * this key's, and `offline.damaged` where the bytes are not the note's.
 */
export async function proveOffline(proof: OfflineProof, ports: ProofPorts): Promise<ProvenBundle> {
  const { bytes } = proof
  if (bytes.length > LIMITS.offlineBytesMax) throw damaged()
  const key = keyOf(proof.vkey)
  const { text, signature } = splitNote(proof.note, key)
  const valid = await ports.verify(key.raw, signature, new TextEncoder().encode(text))
  if (valid === false) throw badSignature()
  const body = bodyOf(text, key.name)
  if (body.bytes !== bytes.length) throw damaged()
  if (BASE64_CODEC.encode(await ports.sha256(bytes)) !== body.sha256) throw damaged()
  const bundle = openOfflineBundle(bytes)
  const { header } = bundle
  const isSame =
    header.version === body.version &&
    header.at === body.at &&
    header.expires === body.expires &&
    header.origin === body.origin
  if (!isSame) throw damaged()
  return { bundle, body, isSigned: valid === true }
}

/** What is installed already, as far as a newcomer is compared with it. */
export interface InstalledOffline {
  readonly version: number
  readonly vkey: string
}

/**
 * Throws where a proven bundle must not take the place of the installed one: `offline.other_key`
 * (another instance, or its key was replaced), `offline.older` (a rollback), `offline.expired` (a
 * server that stands still, or one that is made to).
 */
export function mayReplace(
  next: Pick<OfflineNoteBody, 'version' | 'expires'>,
  vkey: string,
  known: InstalledOffline | undefined,
  nowMs: number,
): void {
  if (known !== undefined && known.vkey !== vkey) {
    throw new AppError('offline.other_key', 'Another key signed this bundle than the one before.')
  }
  if (known !== undefined && next.version < known.version) {
    throw new AppError('offline.older', 'This bundle is older than the one that is installed.')
  }
  if (Date.parse(next.expires) <= nowMs) {
    throw new AppError(
      'offline.expired',
      'This bundle is out of date; its lists must be read anew.',
    )
  }
}

interface Key {
  readonly name: string
  readonly id: Uint8Array
  readonly raw: Uint8Array
}

function keyOf(vkey: string): Key {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey.trim())
  const typed = match === null ? new Uint8Array() : bytesOf(match[3] ?? '')
  if (match === null || typed.length !== 33 || typed[0] !== ED25519) throw badSignature()
  const name = match[1] ?? ''
  const prefix = new TextEncoder().encode(`${name}\n`)
  const named = new Uint8Array(prefix.length + typed.length)
  named.set(prefix)
  named.set(typed, prefix.length)
  const id = sha256(named).slice(0, 4)
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== match[2]) throw badSignature()
  return { name, id, raw: typed.slice(1) }
}

function splitNote(note: string, key: Key): { text: string; signature: Uint8Array } {
  if (note.length > 4_096) throw badSignature()
  const split = note.indexOf('\n\n')
  const text = note.slice(0, split + 1)
  const line = /^— (\S+) (\S+)\n$/.exec(note.slice(split + 2))
  if (split === -1 || line?.[1] !== key.name) throw badSignature()
  const blob = bytesOf(line[2] ?? '')
  if (blob.length !== 68 || !key.id.every((byte, i) => blob[i] === byte)) throw badSignature()
  return { text, signature: blob.slice(4) }
}

function bodyOf(text: string, name: string): OfflineNoteBody {
  const [first = '', version = '', hash = '', bytes = '', at = '', expires = ''] = text.split('\n')
  const body = {
    origin: first.replace(/\/offline$/, ''),
    version: Number(version),
    sha256: hash,
    bytes: Number(bytes),
    at,
    expires,
  }
  const isWhole = offlineNoteText(body) === text && body.origin === name
  const areNumbers = [body.version, body.bytes].every((n) => Number.isSafeInteger(n) && n >= 0)
  if (!isWhole || !areNumbers || !INSTANT.test(at) || !INSTANT.test(expires)) throw badSignature()
  return body
}

function bytesOf(text: string): Uint8Array {
  try {
    return BASE64_CODEC.decode(text)
  } catch {
    return new Uint8Array()
  }
}

function badSignature(): AppError {
  return new AppError('offline.bad_signature', 'The signature of the offline bundle does not fit.')
}

function damaged(): AppError {
  return new AppError('offline.damaged', 'The offline bundle is damaged and cannot be used.')
}
