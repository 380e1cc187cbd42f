/** A word of a sentence. `text` is without a possessive ending, which `possessive` remembers. */
export interface Token {
  readonly text: string
  readonly lower: string
  readonly start: number
  /** End without the possessive ending. */
  readonly end: number
  readonly endWhole: number
  readonly possessive: boolean
  readonly isCapital: boolean
}

const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:[.&\-/+]|['’‘`´])[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*\+?/gu
const POSSESSIVE = /['’‘`´]s$/iu
/** `Singapore-based`, `Standard Chartered-backed`: a name with a tail that is none. */
const TAIL = /^(.+?)-(?:\p{Ll}[\p{L}'’-]*)$/u

/** `Pre-tax`, `Non-bank`: the beginning of a common word, no name. */
const PREFIX =
  /^(?:pre|non|co|anti|self|post|multi|semi|mid|ex|re|pro|sub|cross|long|short|high|low|full|third|second|first|year|half|two|three|four|five|six|ten|well|so|day|real|real-time|follow|start|stand|end|on|off)$/i

/** Names that end like an owner. */
const OWN_S = new Set(
  "moody's mcdonald's sainsbury's lloyd's domino's kohl's macy's wendy's levi's sotheby's christie's kellogg's wendy's lowe's dick's carl's arby's denny's peet's trader joe's sam's bird's smucker's hershey's campbell's".split(
    ' ',
  ),
)

export function tokensOf(text: string): Token[] {
  const out: Token[] = []
  for (const match of text.matchAll(WORD)) {
    const start = match.index ?? 0
    const whole = match[0]
    let bare = whole.replace(POSSESSIVE, '')
    if (OWN_S.has(whole.toLowerCase().replace(/[’‘`´]/g, "'"))) bare = whole
    const possessive = bare !== whole || isPluralPossessive(text, start + whole.length, whole)
    const tail = /^\p{Lu}/u.test(bare) ? TAIL.exec(bare) : null
    const isPrefix = tail?.[1] !== undefined && PREFIX.test(tail[1])
    if (tail?.[1] !== undefined && tail[1].length > 1 && !isPrefix) bare = tail[1]
    out.push({
      text: bare,
      lower: bare.toLowerCase(),
      start,
      end: start + bare.length,
      endWhole: start + whole.length,
      possessive: possessive && tail === null,
      isCapital: !isPrefix && (/^\p{Lu}/u.test(bare) || /^\p{Ll}{1,3}\p{Lu}/u.test(bare)),
    })
  }
  return out
}

/** `Robotics’ revenue`: an apostrophe alone after a final s, where no quotation is open. */
function isPluralPossessive(text: string, end: number, whole: string): boolean {
  return (
    /s$/i.test(whole) &&
    /^['’] \p{L}/u.test(text.slice(end, end + 3)) &&
    !/['‘]/.test(text.slice(Math.max(0, end - 60), end))
  )
}
