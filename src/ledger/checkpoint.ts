import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'

/** Algorithm byte of Ed25519 in C2SP signed-note. */
const ED25519 = 0x01
const KEY_ID_BYTES = 4
const SIGNATURE_BYTES = 64

export interface NoteVerifier {
  readonly name: string
  readonly keyId: Buffer
  readonly publicKey: KeyObject
  /** `<name>+<key id>+<base64 key>` (C2SP signed-note, verifier key). */
  readonly vkey: string
}

export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject
}

export interface CheckpointBody {
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
}

/** A new instance key as PKCS#8 PEM. The caller keeps it in a file that only its user reads. */
export function newInstanceKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  assert(privateKey.type === 'private', 'a new key is a private key')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The signer of an instance. Without a name, the name is made from the key's own hash. */
export function noteSigner(pem: string, name?: string): NoteSigner {
  const privateKey = createPrivateKey(pem)
  assert(privateKey.asymmetricKeyType === 'ed25519', 'the instance key is an Ed25519 key')
  const publicKey = createPublicKey(privateKey)
  const raw = rawPublicKey(publicKey)
  const chosen = name ?? `custos.invalid/${hash('sha256', raw, 'hex').slice(0, 16)}`
  assert(/^[^\s+]+$/.test(chosen), 'a key name has neither white space nor plus')
  return { ...verifierOf(chosen, publicKey, raw), privateKey }
}

/** Reads a verifier key; anyone who kept one can check this instance's notes offline. */
export function noteVerifier(vkey: string): NoteVerifier {
  const [name, id, key] = splitVkey(vkey)
  assert(!/[\s+]/.test(name), 'a key name has neither white space nor plus')
  const bytes = Buffer.from(key, 'base64')
  if (bytes[0] !== ED25519 || bytes.length !== 33) throw badNote('the verifier key is not Ed25519')
  const raw = bytes.subarray(1)
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  })
  const verifier = verifierOf(name, publicKey, raw)
  assert(verifier.keyId.length === KEY_ID_BYTES, 'a key id has four bytes')
  if (verifier.keyId.toString('hex') !== id) throw badNote('the verifier key does not fit its id')
  return verifier
}

/** The checkpoint as a signed note (C2SP tlog-checkpoint: origin, size, root; then signatures). */
export function signCheckpoint(body: CheckpointBody, signer: NoteSigner): string {
  assert(body.origin === signer.name, 'an instance signs checkpoints of its own origin')
  assert(Buffer.from(body.root, 'base64').length === 32, 'a root is a SHA-256 hash')
  assert(Number.isSafeInteger(body.size), 'a tree size is a whole number')
  return signNote(`${body.origin}\n${body.size}\n${body.root}\n`, signer)
}

/**
 * A text as a signed note. Its first line says what it is: a checkpoint begins with the instance's
 * name alone, and everything else that the key signs with that name and more.
 */
export function signNote(text: string, signer: NoteSigner): string {
  assert(text.endsWith('\n') && !text.includes('\n\n'), 'a note is lines without an empty one')
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  assert(signature.length === SIGNATURE_BYTES, 'an Ed25519 signature has 64 bytes')
  const blob = Buffer.concat([signer.keyId, signature]).toString('base64')
  return `${text}\n— ${signer.name} ${blob}\n`
}

/** Checks the signature and gives the body; throws `ledger.bad_note` when anything is off. */
export function openCheckpoint(note: string, verifier: NoteVerifier): CheckpointBody {
  assert(verifier.keyId.length === KEY_ID_BYTES, 'a key id has four bytes')
  assert(note.length < 65_536, 'a note is short')
  const split = note.indexOf('\n\n')
  if (split === -1) throw badNote('the note has no signature')
  const text = note.slice(0, split + 1)
  const wanted = note
    .slice(split + 2)
    .split('\n')
    .map((line) => /^— (\S+) (\S+)$/.exec(line))
    .find((match) => match?.[1] === verifier.name)
  const blob = Buffer.from(wanted?.[2] ?? '', 'base64')
  if (blob.length !== KEY_ID_BYTES + SIGNATURE_BYTES) throw badNote('no signature by this key')
  if (!blob.subarray(0, KEY_ID_BYTES).equals(verifier.keyId)) throw badNote('another key signed')
  // The note must be exactly what the signer writes: a decoder's tolerance hides no change.
  if (note !== `${text}\n— ${verifier.name} ${blob.toString('base64')}\n`) {
    throw badNote('the note is not in its canonical form')
  }
  if (!verify(null, Buffer.from(text), verifier.publicKey, blob.subarray(KEY_ID_BYTES))) {
    throw badNote('the signature does not fit')
  }
  const [origin = '', size = '', root = ''] = text.split('\n')
  if (!/^(0|[1-9]\d{0,15})$/.test(size)) throw badNote('the size is not a number')
  return { origin, size: Number(size), root }
}

function verifierOf(name: string, publicKey: KeyObject, raw: Buffer): NoteVerifier {
  const typed = Buffer.concat([Buffer.from([ED25519]), raw])
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'buffer').subarray(
    0,
    KEY_ID_BYTES,
  )
  return {
    name,
    keyId,
    publicKey,
    vkey: `${name}+${keyId.toString('hex')}+${typed.toString('base64')}`,
  }
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

function splitVkey(vkey: string): [string, string, string] {
  // The base64 part may hold a plus, the name may not.
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey.trim())
  if (match === null) throw badNote('this is not a verifier key')
  return [match[1] ?? '', match[2] ?? '', match[3] ?? '']
}

function badNote(what: string): AppError {
  return new AppError('ledger.bad_note', `The checkpoint cannot be trusted: ${what}.`)
}
