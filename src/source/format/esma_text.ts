/** The text without these characters at its ends; a pattern with `+$` would try every start. */
export function stripEnds(text: string, characters: string): string {
  let start = 0
  let end = text.length
  while (start < end && characters.includes(text[start] ?? '')) start += 1
  while (end > start && characters.includes(text[end - 1] ?? '')) end -= 1
  return text.slice(start, end)
}

/** One space for each run of white space, line ends included; none at the ends. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
