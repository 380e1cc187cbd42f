import type { Chunk, Np, Vg } from './chunk-type.ts'
import { BOTH } from './closed.ts'

/** Which phrases belong together before it is known what each verb says. */
export interface Layout {
  readonly chunks: readonly Chunk[]
  /** The preposition in front of a noun phrase, by its place; -1: none. */
  readonly governed: readonly number[]
  /** Places of the noun phrases that "and" joins to this one, itself included. */
  readonly groups: readonly (readonly number[])[]
  /** The noun phrase that says the same as this one: `Helvault, a custodian,`. */
  readonly apposed: ReadonlyMap<number, number>
  /** Places inside an apposition or another aside: the first behind it. */
  readonly asides: ReadonlyMap<number, number>
}

export const isNp = (chunk: Chunk | undefined): chunk is Np => chunk?.k === 'np'
export const isVg = (chunk: Chunk | undefined): chunk is Vg => chunk?.k === 'vg'

const FIRM_LIKE = 'OUKAT'

/** A verb that stands for itself: no infinitive and no participle. */
export function isPlainVerb(chunk: Chunk | undefined): boolean {
  if (!isVg(chunk) || chunk.isInfinitive) return false
  return (
    chunk.hasHelper ||
    chunk.form === 's' ||
    chunk.form === 'past' ||
    chunk.form === 'ed' ||
    chunk.form === 'base'
  )
}

const SPEECH = new Set(
  'say tell announce add note report confirm claim believe think reveal state argue estimate deny admit warn explain know learn show mean understand write find suggest predict insist stress hope expect'.split(
    ' ',
  ),
)
export const takesClause = (vg: Vg) => SPEECH.has(vg.lemma)

export function layoutOf(all: readonly Chunk[]): Layout {
  const chunks = owned(conjunctions(all))
  const governed = chunks.map((chunk, i) => (isNp(chunk) ? prepositionOf(chunks, i) : -1))
  const apposed = new Map<number, number>()
  const asides = new Map<number, number>()
  findAppositions(chunks, apposed, asides)
  const groups = chunks.map((_, i) => [i])
  joinLists(chunks, governed, groups, asides)
  return { chunks, governed, groups, apposed, asides }
}

/** `before it put chips into …`: in front of a clause these words are no prepositions. */
function conjunctions(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, i) => {
    if (chunk.k !== 'p' || !BOTH.has(chunk.w) || !isNp(chunks[i + 1])) return chunk
    const k = plainEnd(chunks, i + 1)
    const vg = chunks[k]
    if (!isVg(vg) || !isPlainVerb(vg)) return chunk
    // `after the firm acquired last year said …`: a participle where another verb follows.
    const isBare = vg.form === 'ed' && !vg.hasHelper && chunks[k + 1]?.k === 'p'
    const isOther =
      isBare &&
      chunks
        .slice(k + 1, k + 8)
        .some((one) => isVg(one) && isPlainVerb(one) && (one.hasHelper || one.form !== 'ed'))
    return isOther ? chunk : { ...chunk, k: 'sub' }
  })
}

/** `⟨O1⟩, whose arm …`: the arm is that of the name in front. */
function owned(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, i) => {
    const rel = chunks[i - 1]
    if (!isNp(chunk) || rel?.k !== 'rel' || rel.w !== 'whose') return chunk
    const owner = chunks
      .slice(Math.max(0, i - 4), i - 1)
      .findLast((one): one is Np => isNp(one) && one.name !== undefined)
    return owner?.name === undefined ? chunk : { ...chunk, owner: owner.name }
  })
}

/** The end of a noun phrase with its prepositional phrases, adverbs and dates. */
function plainEnd(chunks: readonly Chunk[], i: number): number {
  let k = i + 1
  while (k < chunks.length) {
    const chunk = chunks[k]
    if (chunk?.k === 'p' && (isNp(chunks[k + 1]) || chunks[k + 1]?.k === 'date')) k += 2
    else if (chunk?.k === 'cc' && isNp(chunks[k + 1])) k += 2
    else if (chunk?.k === 'date' || chunk?.k === 'adv') k += 1
    else break
  }
  return k
}

function prepositionOf(chunks: readonly Chunk[], i: number): number {
  for (let k = i - 1; k >= 0; k--) {
    const chunk = chunks[k]
    if (chunk === undefined) break
    if (chunk.k === 'p') return k
    if (chunk.k !== 'adv' && chunk.k !== 'adj' && chunk.k !== 'neg') break
  }
  return -1
}

/** The end of a noun phrase with the prepositional phrases behind it. */
export function phraseEnd(chunks: readonly Chunk[], i: number): number {
  let k = i + 1
  while (k < chunks.length) {
    const chunk = chunks[k]
    if (chunk?.k === 'p' && isNp(chunks[k + 1])) k += 2
    else if (
      chunk?.k === 'cc' &&
      isNp(chunks[k + 1]) &&
      chunks[k - 2]?.k === 'p' &&
      !isPlainVerb(chunks[k + 2])
    )
      k += 2
    else if (chunk?.k === 'date' || chunk?.k === 'adj') k += 1
    else if (chunk?.k === 'p' && chunks[k + 1]?.k === 'date') k += 2
    else if (
      isVg(chunk) &&
      (chunk.form === 'ed' || chunk.form === 'part' || chunk.form === 'ing') &&
      !chunk.hasHelper &&
      isParticiple(chunks, k)
    )
      k += 1
    else break
  }
  return k
}

function isParticiple(chunks: readonly Chunk[], k: number): boolean {
  const next = chunks[k + 1]
  const vg = chunks[k]
  return next?.k === 'p' || (isVg(vg) && vg.form === 'ing' && isNp(next))
}

const isFigureOnly = (np: Np) => np.name === undefined && np.head === '' && !np.isPronoun

const isPlace = (chunk: Chunk | undefined) => isNp(chunk) && chunk.name?.letter === 'L'

/** `⟨O1⟩, a Swiss custodian, …` and `its paints business, ⟨O1⟩, …`. */
function findAppositions(
  chunks: readonly Chunk[],
  apposed: Map<number, number>,
  asides: Map<number, number>,
): void {
  for (let i = 0; i + 2 < chunks.length; i++) {
    const np = chunks[i]
    if (!isNp(np)) continue
    // `its former affiliate in Malta, ⟨O1⟩, …`: a place may stand between.
    const isPlaced = np.name === undefined && isPlace(chunks[i + 2]) && chunks[i + 3]?.k === 'comma'
    const to = isPlaced ? i + 4 : i + 2
    const other = chunks[to]
    if (chunks[to - 1]?.k !== 'comma' || !isNp(other)) continue
    if (isFigureOnly(np) || isFigureOnly(other) || np.isPronoun || other.isPronoun) continue
    const isNamed = np.name !== undefined && np.name.letter !== 'L'
    // `⟨O1⟩, the home-grown platform, …`: a stand-in with a noun describes the name in front.
    const isNoun =
      other.name?.letter === 'K' &&
      !/^its?$/i.test(other.name.text) &&
      np.name?.letter !== 'K' &&
      other.owner === undefined
    const isOther = other.name !== undefined && other.name.letter !== 'L' && !isNoun
    const end = phraseEnd(chunks, to)
    const rel =
      chunks[end]?.k === 'rel'
        ? chunks.findIndex((one, k) => k > end && (one.k === 'comma' || one.k === 'stop'))
        : -1
    const after = rel > 0 ? chunks[rel] : chunks[end]
    const closes =
      after === undefined ||
      after.k === 'comma' ||
      after.k === 'stop' ||
      (after.k === 'p' && !isNamed)
    if (!closes || isNamed === isOther) {
      if (!(isNamed && isOther && isPair(np, other) && closes)) continue
    }
    // In a list of names a plain noun follows the last comma only.
    if (
      after?.k === 'comma' &&
      chunks[end + 1]?.k === 'cc' &&
      isNp(chunks[end + 2]) &&
      isNamed === isOther
    )
      continue
    if (
      isNamed &&
      !isOther &&
      other.name === undefined &&
      other.det === undefined &&
      other.owner === undefined &&
      other.ownerHead === undefined &&
      !ROLE_HEAD.test(other.head)
    )
      continue
    apposed.set(i, to)
    apposed.set(to, i)
    const last = rel > 0 ? rel : end
    const past = after?.k === 'comma' ? last + 1 : last
    for (let k = to - 1; k < past; k++) asides.set(k, past)
  }
}

const ROLE_HEAD =
  /^(?:executive|officer|director|chief|ceo|cfo|coo|cto|chairman|chairwoman|chair|founder|president|partner|analyst|maker|provider|operator|owner|head|manager|counsel|economist|strategist|producer|issuer|exchange|firm|company|platform|broker|group|unit|subsidiary)$/

/** A person and a firm side by side say two things of one: never an apposition of names. */
function isPair(a: Np, b: Np): boolean {
  return (
    a.name?.letter === 'P' &&
    b.name !== undefined &&
    FIRM_LIKE.includes(b.name.letter) &&
    b.pre.length > 0
  )
}

type Kind = 'firm' | 'person' | 'noun' | 'figure' | 'other'

function kindOf(np: Np): Kind {
  if (np.isPronoun) return 'other'
  const letter = np.name?.letter
  if (letter === 'P') return 'person'
  if (letter === 'L') return 'other'
  if (letter !== undefined) return 'firm'
  return np.head === '' ? 'figure' : 'noun'
}

/** `A, B and C`: one group, where none of them begins a clause of its own. */
function joinLists(
  chunks: readonly Chunk[],
  governed: readonly number[],
  groups: number[][],
  asides: ReadonlyMap<number, number>,
): void {
  for (let i = 0; i < chunks.length; i++) {
    const first = chunks[i]
    if (!isNp(first) || (groups[i]?.length ?? 0) > 1) continue
    const members = [i]
    let at = i
    let hasAnd = false
    while (!hasAnd) {
      const next = nextMember(chunks, at, asides)
      if (next === undefined) break
      const np = chunks[next.at]
      if (
        !isNp(np) ||
        kindOf(np) !== kindOf(first) ||
        kindOf(np) === 'other' ||
        kindOf(np) === 'figure'
      )
        break
      if (next.isAnd && beginsClause(chunks, next.at, i, governed)) break
      members.push(next.at)
      at = next.at
      hasAnd = next.isAnd
    }
    if (!hasAnd && members.length > 1) {
      // Commas alone join nothing, unless a plural noun in front announces a list.
      continue
    }
    for (const member of members) groups[member] = members
  }
}

function nextMember(
  chunks: readonly Chunk[],
  at: number,
  asides: ReadonlyMap<number, number>,
): { at: number; isAnd: boolean } | undefined {
  let k = at + 1
  const skip = asides.get(k)
  if (skip !== undefined) k = skip
  if (chunks[k]?.k === 'comma') k += 1
  const chunk = chunks[k]
  if (
    chunk?.k === 'cc' &&
    (chunk.w === 'and' ||
      chunk.w === 'or' ||
      chunk.w === '&' ||
      chunk.w === 'plus' ||
      chunk.w === 'nor')
  ) {
    const isTo = isNp(chunks[k + 1])
    return isTo ? { at: k + 1, isAnd: true } : undefined
  }
  if (k === at + 1 && skip === undefined) return undefined
  return isNp(chunk) ? { at: k, isAnd: false } : undefined
}

function beginsClause(
  chunks: readonly Chunk[],
  at: number,
  first: number,
  governed: readonly number[],
): boolean {
  const end = phraseEnd(chunks, at)
  let k = end
  while (chunks[k]?.k === 'adv' || chunks[k]?.k === 'date') k += 1
  if (!isPlainVerb(chunks[k])) return false
  if ((governed[first] ?? -1) >= 0) return true
  for (let j = first - 1; j >= 0; j--) {
    const chunk = chunks[j]
    if (chunk?.k === 'stop' || chunk?.k === 'sub' || chunk?.k === 'rel') return false
    if (isVg(chunk)) return !takesClause(chunk) || j < first - 1
  }
  return false
}
