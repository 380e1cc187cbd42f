/**
 * What people write instead of a clean address. Every function returns its input unchanged when
 * there is nothing to repair, so the caller can tell a repaired text from a clean one by `!==`.
 */

/** Dots, colons and slashes in brackets: how reports write an address so that nobody clicks it. */
const DEFANGED_DOT = /\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\})\s?/giu
const DEFANGED_COLON = /\[:\]/gu
const DEFANGED_SLASHES = /\[:\/\/\]/gu

/** Quotes, brackets and list punctuation around an address. `[` may begin an IPv6 literal. */
const WRAPPED_START = new Set('"\'`<«“”„‘’(')
const WRAPPED_END = new Set('"\'`>»“”‘’,;')

const SCHEME = /^(?:https?|wss?|ftp):\/\//iu

const TYPED_SCHEME = '[htpxs]{3,8}|[gjn]ttps?|htt[o0]s?|http[ad]'
const TYPED_MARKS = String.raw`[:;.,'"]{1,2}\s?[/\\]{1,4}|[/\\]{1,4}|:(?=[^/\\])`
/**
 * A scheme with a slip of the finger: letters of `https` missing, doubled or swapped, a neighbour
 * key, `hxxp`, another mark for the colon, too few or too many slashes. A real host cannot match,
 * because a slash follows before any dot that has a label behind it.
 */
const SCHEME_TYPO = new RegExp(`^(?:${TYPED_SCHEME})(?:${TYPED_MARKS})`, 'iu')

/** Schemes written one behind the other (`http://https//…`) are taken off at most this often. */
const SCHEMES_MAX = 3

/**
 * Takes off what stands around an address. By index, because a cell may be one long run of marks.
 */
export function unwrap(text: string): string {
  const isMark = (i: number, marks: ReadonlySet<string>) =>
    marks.has(text[i] ?? '') || (text[i] ?? '').trim() === ''
  let start = 0
  while (start < text.length && isMark(start, WRAPPED_START)) start++
  let end = text.length
  // A closing bracket belongs to the address only when the address opens one.
  const opens = text.indexOf('(', start) >= 0
  while (end > start && (isMark(end - 1, WRAPPED_END) || (!opens && text[end - 1] === ')'))) end--
  return text.slice(start, end)
}

export function refang(text: string): string {
  if (!/[[({]/u.test(text)) return text
  return text
    .replace(DEFANGED_SLASHES, '://')
    .replace(DEFANGED_COLON, ':')
    .replace(DEFANGED_DOT, '.')
}

interface Unschemed {
  readonly rest: string
  readonly hasScheme: boolean
  readonly repaired: boolean
}

/** Takes the scheme off; `hasScheme` is also true for `//host/path`. */
export function stripScheme(text: string): Unschemed {
  let rest = text
  let schemes = 0
  let repaired = false
  for (; schemes < SCHEMES_MAX; schemes++) {
    const clean = SCHEME.exec(rest)
    const found = clean ?? SCHEME_TYPO.exec(rest)
    if (!found) break
    rest = rest.slice(found[0].length)
    if (!clean || schemes > 0) repaired = true
  }
  if (schemes === 0 && rest.startsWith('//'))
    return { rest: rest.slice(2), hasScheme: true, repaired }
  return { rest, hasScheme: schemes > 0, repaired }
}
