import { ORG_NOUNS } from './lexicon.ts'

const PREPOSITION =
  /(?:^|[\s(])(?:of|in|from|by|with|at|to|for|on|via|against|like|per|than|over|into|including|under|through|between|about|among|behind|using|alongside|versus|vs|as) (?:the |a |an |its |their |his )?(?:[a-z-]+ ){0,3}$/
const VERBISH =
  /(?:ed|said|says|bought|sold|won|was|were|is|has|had|lost|made|took|gave|let|put|saw|paid|overtook|that|which|who|when|while|and|but|after|before|as|if|because|where) (?:[a-z-]+ ){0,3}$/

/** Behind a preposition a name is a circumstance, and not who acts. */
export function isGoverned(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 60), at)
  const match = PREPOSITION.exec(before)
  if (match === null) return false
  return !/(?:that|which|who|when|while|and|but|after|before|because|where|if) (?:[a-z-]+ ){0,2}$/.test(
    match[0].slice(1).replace(/^\w+ /, ''),
  )
}

const AGENT = /(?:er|or|ist|builder|house|firm|group|bank|app|fund|lab|giant)$/
const TIME_WORDS = new Set(
  'last this week month year earlier later separately meanwhile however now then today also once recently previously yesterday still in the autumn spring summer winter similarly instead'.split(
    ' ',
  ),
)

/** At the beginning of a clause, with at most a description in front: `rival exchange ⟨O1⟩`. */
export function isSubjectLike(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 90), at)
  // The second of two names in a row is no new subject.
  if (/⟨[OUKAPLT]\d+⟩,? (?:and|or) $|⟨[OUKAT]\d+⟩, $/.test(before)) return false
  const owner = /⟨[OUKAL]\d+⟩'s (?:[a-z-]+ )?$/.exec(before)
  if (owner !== null) {
    const ownerAt = at - owner[0].length
    return isSubjectLike(text, ownerAt) && !isGoverned(text, ownerAt)
  }
  const edge =
    /(?:^|[,;:.(—–"-]|⟩(?:'s)?|(?<!\p{L})(?:and|but|while|when|after|before|because|as|that|where|if|since|said|says|until|whereas))\s*(?<words>(?:[a-z'’-]+ )*)$/u.exec(
      before,
    )
  if (edge === null) return before.length < 60 && /^(?:[a-z'-]+ ){0,5}$/.test(before)
  const all = edge.groups?.words ?? ''
  const words = all
    .replace(
      /^.*\b(?:and|but|while|when|after|before|because|as|that|where|if|since|said|says|until|whereas)\b/,
      '',
    )
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-'))
  if (words.length === 0 && all.trim() !== '') return true
  if (words.length === 0)
    return !/⟩(?:'s)?\s*$/.test(before) || /⟨[DLT]\d+⟩(?:'s)?\s*$/.test(before)
  const last = words.at(-1) ?? ''
  // At the sentence's beginning any agent noun describes: `shipbuilder ⟨O1⟩`.
  const isLead = /^[a-z-]+ (?:[a-z-]+ )?$/.test(before) && words.length <= 2
  if (
    isLead &&
    AGENT.test(last) &&
    !/^(?:under|over|after|however|whether|rather|other|per)$/.test(last)
  )
    return true
  if (words.every((word) => TIME_WORDS.has(word))) return true
  if (/^(?:the|a|an|both|rival|former|parent)$/.test(last)) return words.length === 1
  if (ORG_NOUNS.has(last) || /^(?:group|giant|rival|unit|parent|affiliate)$/.test(last))
    return words.length <= 5 && !VERBISH.test(`${words.slice(0, -1).join(' ')} `)
  return false
}

const HELPERS =
  /\b(?:has|have|had|is|are|was|were|be|been|being|will|would|to|also|then|now|since|just|recently|reportedly|still|already|later|first|once|agreed|set|said|it|on|in|by|at|earlier|not|never|which|who|that|formally|officially|successfully|last|this|week|month|year|early|late|mid|of|the|and|its|own|announced|plans|planned|planning|expected|expects|about|due|who|alone|jointly|today|yesterday|both|each)\b|\b[a-z]+ly\b|⟨D\d+⟩|["',]/g

/** Nothing stands between subject and verb but what belongs to the verb, or a verb joined by "and". */
export function reaches(between: string): boolean {
  const bare = between.replace(/\([^)]*\)/g, ' ').replace(/^,[^;]{0,140}?,(?=\s)/, ' ')
  const parts = bare.split(
    /\b(?:while|when|but|after|before|because|although|though|as|if|until)\b/,
  )
  const last = parts.at(-1) ?? ''
  if (strip(last) === '')
    return parts.length === 1 || /(?:while|when|after|before)\s*$/.test(bare) || /\bit\b/.test(last)
  if (parts.length > 1) return false
  // `paused withdrawals and acquired`: one subject, two verbs.
  if (/\band (?:(?:has|had|have|will|is|was|also|then|later) )*$/.test(bare)) return true
  return strip(last).split(/\s+/).length <= 2
}

function strip(text: string): string {
  return text.replace(HELPERS, ' ').replace(/\s+/g, ' ').trim()
}
