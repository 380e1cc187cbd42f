import { sha256 } from '@noble/hashes/sha2.js'

/** SHA-256 twice, first four bytes: the checksum of base58check. */
export function sha256dMatches(body: Uint8Array, checksum: Uint8Array): boolean {
  return bytesEqual(sha256(sha256(body)).subarray(0, 4), checksum)
}

/** The payload of base58check bytes without their last four, when those are right. */
export function checkedPayload(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 5) return undefined
  const body = bytes.subarray(0, -4)
  return sha256dMatches(body, bytes.subarray(-4)) ? body : undefined
}

/** Payload and checksum, ready for base58. */
export function withChecksum(body: Uint8Array): Uint8Array {
  return concat(body, sha256(sha256(body)).subarray(0, 4))
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** CRC-16/XMODEM: polynomial 0x1021, start 0. TON (TEP-2) and Stellar (SEP-23) use it. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
    }
  }
  return crc
}

/** CRC-32 (ISO 3309, reflected 0xEDB88320): Cardano's Byron addresses carry it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
