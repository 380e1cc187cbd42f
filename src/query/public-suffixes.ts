import { createRequire } from 'node:module'
import { assert } from '../base/assert.ts'

/** The public suffix list as `tldts` keeps it: a trie over labels, from the last one on. */
interface Trie {
  readonly nodeFlags: Uint8Array
  readonly edgeStart: ArrayLike<number>
  readonly edgeLength: ArrayLike<number>
  readonly edgeChild: ArrayLike<number>
  readonly labelText: string
  readonly rulesRoot: number
  readonly exceptionsRoot: number
}

/** Flag of a node that ends a rule of the list's private part. */
const PRIVATE = 2

/**
 * The rules of the suffix list that lie below one of the hosts, as the list writes them; those of
 * its ICANN part with `icann:` in front. A browser needs no others to know how far an entry reaches:
 * above a listed host stands nothing that could cover too much.
 */
export function suffixesBelow(hosts: ReadonlySet<string>): string[] {
  const trie = createRequire(import.meta.url)('tldts/dist/cjs/src/data/trie.js') as Trie
  assert(trie.nodeFlags.length > 0, 'the suffix list is where tldts keeps it')
  const found: string[] = []
  for (const [root, mark] of [
    [trie.rulesRoot, ''],
    [trie.exceptionsRoot, '!'],
  ] as const) {
    for (const { labels, flags } of rulesOf(trie, root, labelsOf(trie))) {
      if (!isBelow(labels, hosts)) continue
      const part = (flags & PRIVATE) === 0 ? 'icann:' : ''
      found.push(`${part}${mark}${labels.join('.')}`)
    }
  }
  return found.sort()
}

function isBelow(labels: readonly string[], hosts: ReadonlySet<string>): boolean {
  for (let from = 1; from < labels.length; from++) {
    if (hosts.has(labels.slice(from).join('.'))) return true
  }
  return false
}

/** The label of every edge, in the order of the edges. */
function labelsOf({ edgeLength, labelText }: Trie): string[] {
  const labels: string[] = []
  let at = 0
  for (let edge = 0; edge < edgeLength.length; edge++) {
    const end = at + (edgeLength[edge] ?? 0)
    labels.push(labelText.slice(at, end))
    at = end
  }
  return labels
}

function* rulesOf(
  trie: Trie,
  node: number,
  names: readonly string[],
  below: readonly string[] = [],
): Iterable<{ labels: readonly string[]; flags: number }> {
  const { edgeStart, edgeChild, nodeFlags } = trie
  for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++) {
    const child = edgeChild[edge] ?? 0
    const labels = [names[edge] ?? '', ...below]
    const flags = nodeFlags[child] ?? 0
    if (flags !== 0) yield { labels, flags }
    yield* rulesOf(trie, child, names, labels)
  }
}
