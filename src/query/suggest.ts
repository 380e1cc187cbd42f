import { LIMITS } from '../base/limits.ts'
import type { View } from '../index/view.ts'
import { addressKey } from '../model/address.ts'
import { foldName } from '../model/name.ts'
import { normaliseQuery } from '../model/query-text.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { TimedEntity, TimedEvidence } from './evidence.ts'
import { Lru } from './lru.ts'
import { beginning, hitOf, namesLike } from './search.ts'
import type { Session } from './session.ts'
import type { Explanation, Suggestion } from './types.ts'

/** Lines under a box: more are not read. */
const SUGGESTIONS_MAX = 8
/** Identifiers among them: a wallet or a site is one thing, names are many. */
const IDENTIFIERS_MAX = 4
/** Names read for one beginning: several may be of one firm, and some no longer held. */
const COMPLETIONS_MAX = 24
/** Sites beside names, where a word was typed: most are imitations of who is meant. */
const SITES_BESIDE_MAX = 2
/** Shorter texts begin half the names there are. */
const CHARS_MIN = 2
/** Fewer letters of an identifier would list the index, page by page. */
const IDENTIFIER_CHARS_MIN = 4
/** An identifier has no spaces and no letters but these. */
const IDENTIFIER = /^[A-Za-z0-9._:-]+$/
/** What is more likely an identifier than a name: then identifiers stand first, and alone. */
const LOOKS_LIKE_IDENTIFIER = /[a-z0-9][.:/][a-z0-9]|^0x[0-9a-f]|\d{4}/iu
/** A name that begins with what was typed is likely what will be typed. */
const PREFIX_SCORE = 0.9
/** A word of the name begins so. */
const WORD_SCORE = 0.85
/** Similar names stand below what begins so, and only where they are close. */
const SIMILAR = { floor: 0.8, limit: SUGGESTIONS_MAX }
/** With so many lines that begin so, nothing was misspelt. */
const ENOUGH = 4

/** Beginnings that many type are answered from memory, as long as the state of knowledge stands. */
const ANSWERS_KEPT = 2_048
const ANSWER_CHARS_MAX = 64
const kept = new WeakMap<View, Lru<string, readonly Suggestion[]>>()

/**
 * Completions for the box, at most eight: identifiers that are known and begin so, names that begin
 * so, then names that are like what was typed. Nothing that is no longer held is suggested.
 */
export async function suggestions(session: Session, q: string): Promise<readonly Suggestion[]> {
  if (q.length > LIMITS.queryCharsMax) return []
  let answers = kept.get(session.view)
  if (answers === undefined) {
    answers = new Lru(ANSWERS_KEPT)
    kept.set(session.view, answers)
  }
  const key = `${session.times.day} ${q}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const made = await make(session, q)
  if (key.length <= ANSWER_CHARS_MAX) answers.set(key, made)
  return made
}

async function make(session: Session, q: string): Promise<readonly Suggestion[]> {
  const { text } = normaliseQuery(q)
  if ([...text].length < CHARS_MIN) return []
  const found = new Map<string, Suggestion>()
  const isIdentifier = LOOKS_LIKE_IDENTIFIER.test(text)
  const most = isIdentifier ? IDENTIFIERS_MAX : SITES_BESIDE_MAX
  const known = await identifiers(session, text, most)
  if (isIdentifier) add(found, known)
  await names(session, text, found)
  if (!isIdentifier) add(found, known)
  if (found.size < ENOUGH && !isIdentifier) await similar(session, text, found)
  return [...found.values()].slice(0, SUGGESTIONS_MAX)
}

function add(found: Map<string, Suggestion>, items: readonly Suggestion[]): void {
  for (const item of items) if (!found.has(item.completion)) found.set(item.completion, item)
}

/** A host or an address is completed where an entry is filed under what it begins. */
async function identifiers(session: Session, text: string, most: number): Promise<Suggestion[]> {
  const bare = text.replace(/^https?:\/\//iu, '').replace(/\/+$/u, '')
  if (bare.length < IDENTIFIER_CHARS_MIN || !IDENTIFIER.test(bare)) return []
  const { reader, times } = session
  const found: Suggestion[] = []
  for (const prefix of prefixesOf(bare)) {
    for (const key of await reader.keysFrom(prefix, most)) {
      const evidence = (await reader.byKey(key, times.seq)).find((item) => isHeld(item, session))
      if (evidence === undefined || found.length >= most) continue
      const entity = await reader.entity(evidence.entity, times.seq)
      if (entity === undefined) continue
      const why = { prefix: beginning(1, bare) }
      found.push(suggestion(session, { entity, completion: key.slice(2), score: 1, why }))
    }
  }
  return found
}

/** Keys are lower case where case means nothing: hosts, hexadecimal and Bech32 addresses. */
function prefixesOf(text: string): string[] {
  const lower = text.toLowerCase()
  const prefixes = [`h:${lower}`]
  const isOneCase = text === lower || text === text.toUpperCase()
  prefixes.push(`a:${/^0x[0-9a-f]+$/i.test(text) || isOneCase ? lower : addressKey(text)}`)
  return prefixes
}

async function names(
  session: Session,
  text: string,
  found: Map<string, Suggestion>,
): Promise<void> {
  const folded = foldName(text)
  if (folded === '') return
  const { reader, view, times } = session
  const completions = (await view.completions()).find(folded, COMPLETIONS_MAX)
  const owners = await reader.entitiesOf(completions.map(({ sid }) => sid))
  const lines = new Map<string, Suggestion>()
  for (const [i, { sid, isStart }] of completions.entries()) {
    if (lines.size >= SUGGESTIONS_MAX) break
    const id = owners[i]
    const entity = id === undefined ? undefined : await reader.entity(id, times.seq)
    const evidence = entity?.evidence.find((item) => item.sid === sid)
    if (entity === undefined || evidence === undefined || !isHeld(evidence, session)) continue
    const completion = evidence.value
    // Of two names of one entity the one in the letters that were typed is meant.
    const isOwn = startsSo(completion, text) && !startsSo(lines.get(entity.id)?.completion, text)
    if (lines.has(entity.id) && !isOwn) continue
    const score = isStart ? PREFIX_SCORE : WORD_SCORE
    const why = { prefix: beginning(score, folded) }
    lines.set(entity.id, suggestion(session, { entity, completion, score, why }))
  }
  const shown = new Set([...found.values()].map(({ id }) => id))
  // One name is one line, whoever bears it.
  add(
    found,
    [...lines.values()].filter(({ id }) => !shown.has(id)),
  )
}

function startsSo(name: string | undefined, text: string): boolean {
  return name?.toLowerCase().startsWith(text.toLowerCase()) === true
}

/** What was typed may be misspelt, or in another script. */
async function similar(
  session: Session,
  text: string,
  found: Map<string, Suggestion>,
): Promise<void> {
  const shown = new Set([...found.values()].map(({ id }) => id))
  for (const hit of await namesLike(session, text, SIMILAR)) {
    if (found.size >= SUGGESTIONS_MAX) return
    const { entity, score, explanations, evidence } = hit
    const isNew = !shown.has(entity.id) && !found.has(evidence.value)
    if (!isNew || !isHeld(evidence, session)) continue
    shown.add(entity.id)
    const completion = evidence.value
    found.set(completion, suggestion(session, { entity, completion, score, why: explanations }))
  }
}

function isHeld({ intervals }: TimedEvidence, session: Session): boolean {
  return standingOf(intervals, session.times.day).state === 'active'
}

function suggestion(
  session: Session,
  p: {
    entity: TimedEntity
    completion: string
    score: number
    why: Readonly<Record<string, Explanation>>
  },
): Suggestion {
  const { entity, completion, score, why: explanations } = p
  return { ...hitOf({ entity, score, explanations }, session.times.day), completion }
}
