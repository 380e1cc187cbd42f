/**
 * What the recogniser asks of the suffix list, answered from the few rules that a bundle brings.
 * The whole list weighs more than the rest of the page; a rule counts only where a listed host
 * stands above it (`query/public-suffixes.ts`). The build puts this file in the place of `tldts`.
 */
export interface SuffixAnswer {
  readonly domain: string | null
  readonly publicSuffix: string | null
  readonly isIcann: boolean
  readonly isPrivate: boolean
}

/** Rule to whether it is of the list's private part. */
let rules: ReadonlyMap<string, boolean> = new Map()

export function setSuffixes(list: readonly string[]): void {
  rules = new Map(list.map((rule) => [rule.replace(/^icann:/, ''), !rule.startsWith('icann:')]))
}

/** As `parse` of tldts with its private part; the top-level domain is taken to exist. */
export function parse(host: string): SuffixAnswer {
  const labels = host.split('.')
  const { count, isPrivate } = suffixOf(labels)
  const from = labels.length - count
  return {
    domain: from <= 0 ? null : labels.slice(from - 1).join('.'),
    publicSuffix: labels.slice(Math.max(0, from)).join('.'),
    isIcann: !isPrivate,
    isPrivate,
  }
}

/** Labels of the longest rule that the host ends with; without one it is the last label. */
function suffixOf(labels: readonly string[]): { count: number; isPrivate: boolean } {
  for (let from = 0; from < labels.length - 1; from++) {
    const count = labels.length - from
    const name = labels.slice(from).join('.')
    const exception = rules.get(`!${name}`)
    if (exception !== undefined) return { count: count - 1, isPrivate: exception }
    const rule = rules.get(name) ?? rules.get(`*.${labels.slice(from + 1).join('.')}`)
    if (rule !== undefined) return { count, isPrivate: rule }
  }
  return { count: 1, isPrivate: false }
}
