/** Right-to-left letters, in the blocks of Unicode and by their first surrogates. */
const LETTERS = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\ud802\\ud803\\ud83a\\ud83b'
/** Invisible controls with which a text can reorder its neighbours (Unicode UAX #9). */
const MARKS = '\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const NEEDS_CARE = new RegExp(`[${LETTERS}${MARKS}]`)
const CONTROLS = /[\u200e\u200f\u202a-\u202e]/g
const ISOLATES = /[\u2066-\u2069]/g
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * A value to be put into a sentence: apart from the direction of the words around it where the
 * two could differ, and without the controls by which it could reorder them. In a left-to-right
 * sentence a plain Latin value stays as it is, so that it can be compared and searched for.
 */
export function isolate(value: string | number, isRtl: boolean): string {
  if (typeof value === 'number') return String(value)
  if (!NEEDS_CARE.test(value)) {
    return isRtl ? FIRST_STRONG_ISOLATE + value + POP_ISOLATE : value
  }
  const calm = value.replace(CONTROLS, '')
  // A list that was made here keeps its isolates; a value that would break out of its own has none.
  return FIRST_STRONG_ISOLATE + (isBalanced(calm) ? calm : calm.replace(ISOLATES, '')) + POP_ISOLATE
}

function isBalanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === POP_ISOLATE) depth -= 1
    else if (character >= '\u2066' && character <= FIRST_STRONG_ISOLATE) depth += 1
    if (depth < 0) return false
  }
  return depth === 0
}
