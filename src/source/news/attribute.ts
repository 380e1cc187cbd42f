import type { Masked } from './mask.ts'

const SPEECH =
  '(?:said|says|say|told [a-z ]{3,25}|reported|reports|estimate[sd]?|announced|noted|notes|recalled|recalls|found|finds|showed|shows|calculates?|wrote|writes|claim(?:s|ed)|argue[sd]|believes?|deemed|added|disclosed|confirmed|revealed)'
const WHO = '⟨[POUKA]\\d+⟩'
const ACCORDING = new RegExp(
  `according to (?:(?:the |a |an |its |data (?:from|by) |figures from |research (?:firm|company) |[a-z-]+ ){0,4}?)(?<who>${WHO})`,
  'u',
)
const ANONYMOUS =
  /according to ((?:(?:two|three|several|some) )?(?:people|sources|persons?)(?: (?:familiar|close|briefed|with|on|to|the|knowledge|of|matter|deal))*)/u
const PER = new RegExp(
  `(?:\\bper|data (?:from|by)|figures (?:from|by)|as noted by|as reported by|as (?:put|said) by) (?:the )?(?<who>${WHO})`,
  'u',
)
const SHOWS = new RegExp(
  `(?<who>${WHO})(?:'s)? (?:data|figures|estimates|research|numbers) (?:show|shows|showed|suggest|suggests|indicate)`,
  'u',
)
const SAYS = new RegExp(
  `(?<who>${WHO})(?: of (?:the )?⟨[OUA]\\d+⟩)?(?:,[^,;]{0,60},)? (?:also |later |then )?${SPEECH}(?![a-z])`,
  'gu',
)
const SAID =
  /["',] (?:said|says|according to|wrote|added|noted) (?:[a-z⟨⟩OUKA0-9'-]+ ){0,4}?(?<who>⟨P\d+⟩)/u

/** Who says what stands at an offset; undefined where the article says it itself. */
export function attributionAt(m: Masked, at: number): string | undefined {
  const according = ACCORDING.exec(m.text)
  if (according !== null) return nameAt(m, according)
  const anonymous = ANONYMOUS.exec(m.text)
  if (anonymous?.[1] !== undefined) {
    const from = anonymous.index + anonymous[0].length - anonymous[1].length
    return m.original(from, from + anonymous[1].length)
  }
  const clause = m.text.slice(at, at + 110)
  const comma = clause.search(/, (?:while|and|but|peaking|which|pushing|reflecting)|;/)
  const per = PER.exec(comma < 0 ? clause : clause.slice(0, comma))
  if (per !== null) return nameAt(m, per)
  const shows = SHOWS.exec(m.text)
  if (shows !== null) return nameAt(m, shows)
  const said = SAID.exec(m.text)
  if (said !== null) return nameAt(m, said)
  for (const match of m.text.matchAll(SAYS)) {
    const start = match.index ?? 0
    // Who speaks after a semicolon or before the clause speaks of it; within "which X said" too.
    if (Math.abs(start - at) < 200) return nameAt(m, match)
  }
  return undefined
}

function nameAt(m: Masked, match: RegExpMatchArray): string | undefined {
  return m.group(match, 'who')?.name?.name
}
