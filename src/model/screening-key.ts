import { hash } from 'node:crypto'

/** The two hashes of the last key: in an array, because a returned pair would be an object. */
export const HASH = new Uint32Array(2)

/** Two 32-bit hashes of a key, multiplied and folded word by word under a seed each. */
export function hashWords(seedLow: number, seedHigh: number, key: Uint32Array): void {
  let x = seedLow | 0
  let y = seedHigh | 0
  for (let i = 0; i < 5; i++) {
    const word = (key[i] as number) | 0
    x = Math.imul(x ^ word, 0x85eb_ca6b)
    x ^= x >>> 15
    y = Math.imul(y ^ word ^ (x << 7), 0xc2b2_ae35)
    y ^= y >>> 13
  }
  x = Math.imul(x ^ (y >>> 16), 0x27d4_eb2f)
  HASH[0] = x ^ (x >>> 14)
  y = Math.imul(y ^ (x >>> 11), 0x1656_67b1)
  HASH[1] = y ^ (y >>> 15)
}

/** Value of a hex digit's character code; 255 for others. */
export const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? 255 : digit
})

/** Reads the key of an address into five words. */
export function keyWords(address: string, into: Uint32Array): void {
  if (address.length === 42 && address.charCodeAt(0) === 48 && address.charCodeAt(1) === 120) {
    let bad = 0
    for (let i = 0, at = 2; i < 5; i++) {
      let word = 0
      for (const end = at + 8; at < end; at++) {
        const nibble = NIBBLE[address.charCodeAt(at)] ?? 255
        bad |= nibble
        word = (word << 4) | nibble
      }
      into[i] = word
    }
    if (bad < 16) return
  }
  const digest = hash('sha256', address, 'buffer')
  for (let i = 0; i < 5; i++) into[i] = digest.readUInt32BE(4 * i)
}
