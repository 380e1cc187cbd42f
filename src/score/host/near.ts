/**
 * Finds the words of a list that lie within one or two edits of a given word, without a scan.
 * Every word is filed under each text that is left when up to `reach` of its letters are deleted;
 * two words within that distance share such a text (the deletion neighbourhood). The texts are
 * kept as 32-bit polynomial hashes that follow from prefix sums in constant time, so a look-up
 * makes no string. A shared hash only proposes a word; the distance decides.
 */
export interface NearIndex {
  /** Calls `found` with the position and distance of each word within its own reach. */
  near(word: string, found: (position: number, distance: number) => void): void
}

/** Edits at which a word is filed; 0 leaves it out. */
export type Reach = 0 | 1 | 2

/** Odd, so that the powers stay invertible modulo 2^32. */
const BASE = 0x0100_0193
/** A host label has at most 63 characters (RFC 1035 §2.3.4). */
const WORD_CHARS_MAX = 63

const powers = new Int32Array(WORD_CHARS_MAX + 1).fill(1)
for (let i = 1; i <= WORD_CHARS_MAX; i++) powers[i] = Math.imul(powers[i - 1] ?? 1, BASE)

const prefix = new Int32Array(WORD_CHARS_MAX + 1)

/** Calls `visit` with the hash of the word without each choice of up to `deletions` letters. */
function eachNeighbour(word: string, deletions: Reach, visit: (hash: number) => void): void {
  const n = word.length
  let sum = 0
  for (let i = 0; i < n; i++) {
    sum = (Math.imul(sum, BASE) + word.charCodeAt(i)) | 0
    prefix[i + 1] = sum
  }
  visit(mix(sum, n))
  if (deletions === 0) return
  for (let i = 0; i < n; i++) {
    const rest = n - 1 - i
    visit(mix(sum + Math.imul(at(i), power(rest)) - Math.imul(at(i + 1), power(rest)), n - 1))
  }
  if (deletions === 1) return
  for (let i = 0; i < n - 1; i++) {
    const head = Math.imul(at(i), power(n - 2 - i))
    for (let j = i + 1; j < n; j++) {
      const rest = n - 1 - j
      const middle = Math.imul(at(j) - Math.imul(at(i + 1), power(j - i - 1)), power(rest))
      const tail = sum - Math.imul(at(j + 1), power(rest))
      visit(mix(head + middle + tail, n - 2))
    }
  }
}

function at(i: number): number {
  return prefix[i] ?? 0
}

function power(i: number): number {
  return powers[i] ?? 1
}

/** Spreads the polynomial over all bits, the length with it; murmur3's finaliser. */
function mix(sum: number, length: number): number {
  let h = (sum ^ Math.imul(length, 0x9e37_79b1)) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Builds the index; `reaches[i]` is how far from `words[i]` a word may lie to be found. */
export function buildNear(words: readonly string[], reaches: readonly Reach[]): NearIndex {
  const hashes: number[] = []
  const positions: number[] = []
  let shortest = WORD_CHARS_MAX + 1
  let longest = 0
  words.forEach((word, position) => {
    const reach = reaches[position] ?? 0
    if (reach === 0 || word.length > WORD_CHARS_MAX) return
    shortest = Math.min(shortest, word.length - reach)
    longest = Math.max(longest, word.length + reach)
    const own = new Set<number>()
    eachNeighbour(word, reach, (hash) => own.add(hash))
    for (const hash of own) {
      hashes.push(hash)
      positions.push(position)
    }
  })
  // Buckets by the top bits of the hash, about one entry each, laid out one behind the other.
  const bits = Math.max(1, Math.ceil(Math.log2(hashes.length + 1)))
  const shift = 32 - bits
  const starts = new Uint32Array((1 << bits) + 1)
  for (const hash of hashes) starts[(hash >>> shift) + 1] = (starts[(hash >>> shift) + 1] ?? 0) + 1
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const next = starts.slice()
  const filedHash = new Uint32Array(hashes.length)
  const filedPosition = new Uint32Array(hashes.length)
  hashes.forEach((hash, i) => {
    const slot = next[hash >>> shift] ?? 0
    next[hash >>> shift] = slot + 1
    filedHash[slot] = hash
    filedPosition[slot] = positions[i] ?? 0
  })
  const twoFrom = shortestWithReachTwo(words, reaches)
  return {
    near(word, found) {
      const n = word.length
      if (n < shortest || n > longest) return
      const seen: number[] = []
      eachNeighbour(word, n >= twoFrom ? 2 : 1, (hash) => {
        const bucket = hash >>> shift
        const end = starts[bucket + 1] ?? 0
        for (let slot = starts[bucket] ?? 0; slot < end; slot++) {
          if (filedHash[slot] !== hash) continue
          const position = filedPosition[slot] ?? 0
          if (!seen.includes(position)) seen.push(position)
        }
      })
      for (const position of seen) {
        const reach = reaches[position] ?? 0
        const distance = editDistance(word, words[position] ?? '', reach)
        if (distance <= reach) found(position, distance)
      }
    },
  }
}

/** Words shorter than this can only be one edit away from anything filed. */
function shortestWithReachTwo(words: readonly string[], reaches: readonly Reach[]): number {
  let shortest = WORD_CHARS_MAX + 1
  words.forEach((word, i) => {
    if (reaches[i] === 2) shortest = Math.min(shortest, word.length - 2)
  })
  return shortest
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours,
 * no part edited twice (Damerau 1964, restricted). Stops early: above `limit` it is `limit + 1`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    let best = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      }
      current.push(cost)
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    before = previous
    previous = current
  }
  return Math.min(previous[b.length] ?? 0, limit + 1)
}
