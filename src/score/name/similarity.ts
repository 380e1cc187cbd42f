/**
 * Two strings to a number in [0, 1]. All functions here are symmetric: the order of the arguments
 * never changes the answer.
 */

/** Longest token compared: a longer one is no name part, and the work grows with the square. */
const TOKEN_CHARS_MAX = 64

/** Jaro similarity with Winkler's bonus for a common prefix of up to four letters (scale 0.1). */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1
  // A fixed order of the pair keeps the greedy matching symmetric.
  const swap = left.length > right.length || (left.length === right.length && left > right)
  const a = (swap ? right : left).slice(0, TOKEN_CHARS_MAX)
  const b = (swap ? left : right).slice(0, TOKEN_CHARS_MAX)
  const jaro = jaroOf(a, b)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  const matched: number[] = []
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i)
    const end = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (taken[j] === 1 || b.charCodeAt(j) !== code) continue
      taken[j] = 1
      matched.push(code)
      break
    }
  }
  if (matched.length === 0) return 0
  let position = 0
  let moved = 0
  for (let j = 0; j < b.length; j++) {
    if (taken[j] !== 1) continue
    if (b.charCodeAt(j) !== matched[position]) moved += 1
    position += 1
  }
  const m = matched.length
  return (m / a.length + m / b.length + (m - moved / 2) / m) / 3
}

/**
 * Edits that turn one string into the other: insertion, deletion, substitution, and a swap of
 * neighbours (optimal string alignment). Gives `max + 1` as soon as it must be more than `max`.
 */
export function editDistance(left: string, right: string, max: number): number {
  const a = left.length <= right.length ? left : right
  const b = left.length <= right.length ? right : left
  if (b.length - a.length > max) return max + 1
  let older: number[] = []
  let old = Array.from({ length: a.length + 1 }, (_, i) => i)
  for (let j = 1; j <= b.length; j++) {
    const row = [j]
    let best = j
    for (let i = 1; i <= a.length; i++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(
        (row[i - 1] as number) + 1,
        (old[i] as number) + 1,
        (old[i - 1] as number) + cost,
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, (older[i - 2] as number) + 1)
      }
      row.push(value)
      if (value < best) best = value
    }
    if (best > max) return max + 1
    older = old
    old = row
  }
  const distance = old[a.length] as number
  return distance > max ? max + 1 : distance
}
