/**
 * How much of a difference between two words is slips: what fingers and eyes do, not what makes
 * another name. Costs are in half edits.
 */
const SLIP = 1
const EDIT = 2

/** Rows of the QWERTY keyboard; neighbours stand beside each other in a row. */
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Letters that are taken for each other when read fast, and vowels, which are heard alike. */
const ALIKE = ['aeiou', 'mn', 'uv', 'vw', 'ilj', 'ceo', 'gq', 'sz', 'ckq', 'bd', 'ft', 'yv']

const slips = new Set<string>()
for (const row of KEY_ROWS) {
  for (let i = 1; i < row.length; i++) addPair(row[i - 1] ?? '', row[i] ?? '')
}
for (const group of ALIKE) {
  for (const a of group) for (const b of group) addPair(a, b)
}

function addPair(a: string, b: string): void {
  slips.add(a + b)
  slips.add(b + a)
}

/** The cheapest way from one word to the other, in half edits: a slip costs one, an edit two. */
export function slipCost(a: string, b: string): number {
  let before: number[] = []
  let previous: number[] = [0]
  for (let j = 1; j <= b.length; j++) previous.push((previous[j - 1] ?? 0) + single(b, j - 1))
  for (let i = 1; i <= a.length; i++) {
    const current = [(previous[0] ?? 0) + single(a, i - 1)]
    for (let j = 1; j <= b.length; j++) {
      const from = a[i - 1] ?? ''
      const to = b[j - 1] ?? ''
      let cost = Math.min(
        (previous[j] ?? 0) + single(a, i - 1),
        (current[j - 1] ?? 0) + single(b, j - 1),
        (previous[j - 1] ?? 0) + (from === to ? 0 : slips.has(from + to) ? SLIP : EDIT),
      )
      if (i > 1 && j > 1 && from === b[j - 2] && a[i - 2] === to) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + SLIP)
      }
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? 0
}

/** A letter too many or too few: a slip when it repeats its neighbour, or is a hyphen. */
function single(word: string, i: number): number {
  return word[i] === '-' || word[i] === word[i - 1] || word[i] === word[i + 1] ? SLIP : EDIT
}
