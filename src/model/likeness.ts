/**
 * Two strings to a number. All functions here are symmetric: the order of the arguments never
 * changes the answer. They run thousands of times for one question, so they allocate nothing.
 */

/** Longest word compared: a longer one is no name part, and the work grows with the square. */
const WORD_CHARS_MAX = 64

const taken = new Uint8Array(WORD_CHARS_MAX)
const matched = new Uint16Array(WORD_CHARS_MAX)

/** Jaro similarity with Winkler's bonus for a common prefix of up to four letters (scale 0.1). */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1
  // A fixed order of the pair keeps the greedy matching symmetric.
  const swap = left.length > right.length || (left.length === right.length && left > right)
  const a = (swap ? right : left).slice(0, WORD_CHARS_MAX)
  const b = (swap ? left : right).slice(0, WORD_CHARS_MAX)
  const jaro = jaroOf(a, b)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) {
    prefix += 1
  }
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0
  const reach = Math.max(0, (b.length >> 1) - 1)
  taken.fill(0, 0, b.length)
  let m = 0
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i)
    const end = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (taken[j] === 1 || b.charCodeAt(j) !== code) continue
      taken[j] = 1
      matched[m] = code
      m += 1
      break
    }
  }
  if (m === 0) return 0
  let position = 0
  let moved = 0
  for (let j = 0; j < b.length; j++) {
    if (taken[j] !== 1) continue
    if (b.charCodeAt(j) !== matched[position]) moved += 1
    position += 1
  }
  return (m / a.length + m / b.length + (m - moved / 2) / m) / 3
}

/** Longest text whose edits are counted: two whole names without spaces. */
const EDIT_CHARS_MAX = 512
let older = new Uint16Array(EDIT_CHARS_MAX + 1)
let old = new Uint16Array(EDIT_CHARS_MAX + 1)
let row = new Uint16Array(EDIT_CHARS_MAX + 1)

/**
 * Edits that turn one string into the other: insertion, deletion, substitution, and a swap of
 * neighbours (optimal string alignment). Gives `max + 1` as soon as it must be more than `max`, and
 * for texts of more than 512 characters that are not equal.
 */
export function editDistance(left: string, right: string, max: number): number {
  if (left === right) return 0
  const a = left.length <= right.length ? left : right
  const b = left.length <= right.length ? right : left
  if (b.length - a.length > max || b.length > EDIT_CHARS_MAX) return max + 1
  // What both begin and end with takes no edits, and is most of two words that are alike.
  let start = 0
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start += 1
  let end = a.length
  const longer = b.length - a.length
  while (end > start && a.charCodeAt(end - 1) === b.charCodeAt(end - 1 + longer)) end -= 1
  const width = end - start
  if (width === 0) return longer
  for (let i = 0; i <= width; i++) old[i] = i
  for (let j = 1; j <= width + longer; j++) {
    if (editRow(a, b, start, width, j) > max) return max + 1
    const spare = older
    older = old
    old = row
    row = spare
  }
  const distance = old[width] as number
  return distance > max ? max + 1 : distance
}

/** Fills the row of the `j`-th letter of `b` from `start` on and gives its least number. */
function editRow(a: string, b: string, start: number, width: number, j: number): number {
  const letter = b.charCodeAt(start + j - 1)
  const before = b.charCodeAt(start + j - 2)
  row[0] = j
  let best = j
  for (let i = 1; i <= width; i++) {
    const own = a.charCodeAt(start + i - 1)
    let value = (old[i - 1] as number) + (own === letter ? 0 : 1)
    const up = (old[i] as number) + 1
    if (up < value) value = up
    const side = (row[i - 1] as number) + 1
    if (side < value) value = side
    if (i > 1 && j > 1 && own === before && a.charCodeAt(start + i - 2) === letter) {
      const swapped = (older[i - 2] as number) + 1
      if (swapped < value) value = swapped
    }
    row[i] = value
    if (value < best) best = value
  }
  return best
}
