/**
 * HalfSipHash-1-3 with a 64-bit result (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
 * 2012; the 32-bit variant of its reference implementation): keyed, so whoever writes a list
 * cannot aim at collisions, and 32-bit arithmetic only, so a look-up makes no BigInt and no
 * buffer.
 */
export interface KeyHash {
  /** Sets `hi` and `lo` to the hash of the text, unsigned. */
  update(text: string): void
  hi: number
  lo: number
}

/** Rounds a word and rounds at the end: 1 and 3 are the authors' choice for hash tables. */
export interface Rounds {
  readonly word: number
  readonly end: number
}

interface Key extends Rounds {
  readonly k0: number
  readonly k1: number
}

/** Keeps the few texts with characters beyond Latin-1 apart from the bytes that they become. */
const WIDE_MARK = 0x5749_4445

/**
 * `k0` and `k1` are the 64-bit key, low word first. Texts are hashed by their Latin-1 bytes, and
 * where there is no such byte by the bytes of their UTF-16 units under another key.
 */
export function keyHash(k0: number, k1: number, rounds: Rounds = { word: 1, end: 3 }): KeyHash {
  const narrow: Key = { k0, k1, word: rounds.word, end: rounds.end }
  const wide: Key = { ...narrow, k0: k0 ^ WIDE_MARK }
  return {
    hi: 0,
    lo: 0,
    update(text) {
      if (sip(this, text, narrow)) return
      sip(this, Buffer.from(text, 'utf16le').toString('latin1'), wide)
    },
  }
}

/**
 * False when a character does not fit a byte. The round stands here twice: a call would cost more.
 */
function sip(out: KeyHash, text: string, key: Key): boolean {
  let v0 = key.k0
  let v1 = key.k1 ^ 0xee
  let v2 = 0x6c79_6765 ^ key.k0
  let v3 = 0x7465_6462 ^ key.k1
  const wordRounds = key.word
  const endRounds = key.end
  const n = text.length
  let wide = 0
  // Whole words, then one with the rest and the length modulo 256 in its top byte.
  for (let i = 0; i <= n; i += 4) {
    let word = 0
    if (i + 4 <= n) {
      const a = text.charCodeAt(i)
      const b = text.charCodeAt(i + 1)
      const c = text.charCodeAt(i + 2)
      const d = text.charCodeAt(i + 3)
      wide |= a | b | c | d
      word = a | (b << 8) | (c << 16) | (d << 24)
    } else {
      word = n << 24
      for (let j = i; j < n; j++) {
        const a = text.charCodeAt(j)
        wide |= a
        word |= a << ((j - i) << 3)
      }
    }
    v3 ^= word
    for (let r = 0; r < wordRounds; r++) {
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
    }
    v0 ^= word
  }
  v2 ^= 0xee
  for (let r = 1; r <= 2 * endRounds; r++) {
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
    if (r !== endRounds) continue
    out.lo = (v1 ^ v3) >>> 0
    v1 ^= 0xdd
  }
  out.hi = (v1 ^ v3) >>> 0
  return wide < 256
}
