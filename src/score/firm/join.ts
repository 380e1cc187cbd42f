import type { Join } from '../../model/join.ts'
import { Groups, ordered, RULES_AUTHOR } from '../../model/join.ts'
import type { EntityId } from '../../model/statement.ts'
import { legalNames, NamePairs } from './join-names.ts'
import { type FirmRecord, tellingName } from './join-record.ts'

/**
 * Which records are one firm (docs/method/joins.md). Pure: the same records give the same
 * judgements, in whatever order they come. A change of what is decided here gets a new version.
 */
export const JOIN_RULES = '1'

/** Identifiers join only what also has a name in common. */
const NAME_WITH_IDENTIFIER = 0.7
/** Two rows of registers are two legal entities until their legal names say otherwise. */
const NAME_OF_ENTITY = 0.9
/** By name and country alone: the same name but for the legal form or the order of words. */
const NAME_ALONE = 0.97
/** More records under one identifier are a shared form, a placeholder or a platform. */
const BLOCK_MAX = 60
/** A domain on so many differently named firms is a shared host, whatever it is called. */
const DOMAIN_NAMES_MAX = 6
/** Fewer digits are the running number of a small register. */
const STRANGE_NUMBER_CHARS = 6

export type JoinReason =
  | 'lei'
  | 'register_number'
  | 'domain'
  | 'handle'
  | 'name_country'
  | 'shared_lei'
  | 'shared_number'
  | 'clone_notice'

const STRENGTH: Readonly<Record<string, number>> = {
  lei: 4,
  register_number: 3,
  domain: 2,
  handle: 1,
  name_country: 0,
}

/** What an operator decided; it stands above every rule. */
export type Judgement = Pick<Join, 'kind' | 'left' | 'right' | 'author' | 'reason'>

export interface Joined {
  readonly joins: readonly Join[]
  /** What was left undone, counted by code. */
  readonly notes: Readonly<Record<string, number>>
}

interface Edge {
  readonly left: FirmRecord
  readonly right: FirmRecord
  readonly reason: JoinReason
  readonly value: string | null
  readonly score: number
  /** Records of a legal entity and of a brand whose countries meet go before those that do not. */
  readonly meets: boolean
}

/** All judgements about a set of records. `judgements` are an operator's. */
export function joinFirms(
  records: readonly FirmRecord[],
  judgements: readonly Judgement[] = [],
  names: NamePairs = new NamePairs(),
): Joined {
  return new Joiner(records, judgements, names).run()
}

class Joiner {
  readonly #records: ReadonlyMap<EntityId, FirmRecord>
  readonly #judgements: readonly Judgement[]
  readonly #names: NamePairs
  readonly #groups = new Groups()
  readonly #accepted = new Set<string>()
  readonly #joins: Join[] = []
  readonly #apart = new Map<string, Join>()
  readonly #notes: Record<string, number> = {}
  /** LEIs that strangers share: one of them carries it wrongly, and nobody here knows which. */
  readonly #doubtful = new Set<string>()

  constructor(records: readonly FirmRecord[], judgements: readonly Judgement[], names: NamePairs) {
    const sorted = [...records].sort((a, b) => compare(a.id, b.id))
    this.#records = new Map(sorted.map((record) => [record.id, record]))
    this.#judgements = judgements
    this.#names = names
  }

  run(): Joined {
    const edges = this.#edges()
    this.#operator()
    for (const { left, right } of this.#apart.values()) this.#groups.setApart(left, right)
    this.#accept(edges.filter((edge) => brandOf(edge) === undefined))
    const clear = this.#unambiguous(edges)
    this.#accept(clear)
    for (const edge of clear) this.#join(edge)
    const apart = [...this.#apart.values()]
    return { joins: [...this.#joins, ...apart].sort(byPair), notes: this.#notes }
  }

  #accept(edges: readonly Edge[]): void {
    for (const edge of edges) this.#accepted.add(pairKey(edge.left, edge.right))
  }

  /** A person's word: it needs no name and no identifier, and no rule undoes it. */
  #operator(): void {
    for (const { kind, left, right, author, reason } of this.#judgements) {
      if (!this.#records.has(left) || !this.#records.has(right) || left === right) {
        this.#note('judgement_unknown_record')
        continue
      }
      const [first, second] = ordered(left, right)
      const a = this.#records.get(first) as FirmRecord
      const b = this.#records.get(second) as FirmRecord
      const score = this.#names.most(a, b)
      const join: Join = { kind, left: first, right: second, author, reason, value: null, score }
      this.#apart.delete(`${first} ${second}`)
      if (kind === 'notSameAs') {
        this.#apart.set(`${first} ${second}`, join)
      } else if (this.#groups.join(first, second) !== 'apart') {
        this.#accepted.add(`${first} ${second}`)
        this.#joins.push(join)
      }
    }
  }

  /** Every pair that shares something, and how it was judged; strangers are set apart here. */
  #edges(): Edge[] {
    const edges = new Map<string, Edge>()
    for (const [reason, blocks] of this.#blocks()) {
      for (const [value, block] of blocks) {
        if (block.length > BLOCK_MAX || (reason === 'domain' && this.#isSharedHost(block))) {
          if (block.length > 1) this.#note(`crowded_${reason}`)
          continue
        }
        for (const [i, left] of block.entries()) {
          for (const right of block.slice(i + 1)) {
            const key = pairKey(left, right)
            const edge = this.#judge(left, right, reason, value)
            if (edge === undefined) continue
            const known = edges.get(key)
            if (known === undefined || bySurest(edge, known) < 0) edges.set(key, edge)
          }
        }
      }
    }
    for (const key of this.#apart.keys()) edges.delete(key)
    return [...edges.values()].sort(bySurest)
  }

  #blocks(): readonly (readonly [JoinReason, ReadonlyMap<string, FirmRecord[]>])[] {
    const by = (keys: (record: FirmRecord) => readonly string[]) => {
      const blocks = new Map<string, FirmRecord[]>()
      for (const record of this.#records.values()) {
        for (const key of new Set(keys(record))) {
          const block = blocks.get(key)
          if (block === undefined) blocks.set(key, [record])
          else block.push(record)
        }
      }
      return blocks
    }
    return [
      ['lei', by((record) => record.leis)],
      ['register_number', by((record) => record.numbers)],
      ['domain', by((record) => record.domains)],
      ['handle', by((record) => record.handles)],
      ['name_country', by(nameAndCountry)],
    ]
  }

  #isSharedHost(block: readonly FirmRecord[]): boolean {
    if (block.length <= DOMAIN_NAMES_MAX) return false
    return new Set(block.map(({ names }) => names[0])).size > DOMAIN_NAMES_MAX
  }

  #judge(left: FirmRecord, right: FirmRecord, reason: JoinReason, value: string): Edge | undefined {
    const score = this.#names.most(left, right)
    const meets = haveCommon(left.countries, right.countries)
    const isSite = haveCommon(left.domains, right.domains)
    const edge = { left, right, reason, value, score, meets }
    if (left.isCloneNotice !== right.isCloneNotice) {
      // Who pretends to be a firm carries its name, and often its number.
      if (score >= NAME_WITH_IDENTIFIER || reason === 'lei') {
        this.#setApart(left, right, 'clone_notice', value, score)
      }
      return undefined
    }
    if (reason === 'lei' || reason === 'register_number') {
      if (score >= NAME_WITH_IDENTIFIER || isSite) return edge
      if (reason === 'lei') {
        this.#doubtful.add(value)
        this.#setApart(left, right, 'shared_lei', value, score)
      } else if (shown(value).length >= STRANGE_NUMBER_CHARS) {
        this.#setApart(left, right, 'shared_number', value, score)
      }
      return undefined
    }
    if (this.#areOther(left, right)) return undefined
    if (reason === 'name_country') return this.#byName(edge)
    if (left.class === right.class && (left.class === 'legal' || left.dataset === right.dataset)) {
      return this.#names.legal(left, right) >= NAME_OF_ENTITY ? edge : undefined
    }
    return score >= NAME_WITH_IDENTIFIER ? edge : undefined
  }

  #byName(edge: Edge): Edge | undefined {
    const { left, right } = edge
    const score = this.#names.legal(left, right)
    if (score < NAME_ALONE) return undefined
    // A pack and a list know their own entries apart.
    if (left.dataset === right.dataset && left.class !== 'legal') return undefined
    return { ...edge, value: null, score }
  }

  #setApart(
    left: FirmRecord,
    right: FirmRecord,
    reason: JoinReason,
    value: string,
    score: number,
  ): void {
    const key = pairKey(left, right)
    // Blocks come in the order of what they weigh.
    if (this.#apart.has(key)) return
    this.#apart.set(key, {
      kind: 'notSameAs',
      left: left.id,
      right: right.id,
      author: RULES_AUTHOR,
      reason,
      value: reason === 'clone_notice' ? null : shown(value),
      score,
    })
  }

  /**
   * A brand that fits several legal entities by one kind of identifier is joined to none of them,
   * unless the countries tell: several firms go by one name, and to choose one would be to guess.
   */
  #unambiguous(edges: readonly Edge[]): readonly Edge[] {
    const choices = new Map<EntityId, Edge[]>()
    for (const edge of edges) {
      const brand = brandOf(edge)
      if (brand === undefined) continue
      const list = choices.get(brand.id)
      if (list === undefined) choices.set(brand.id, [edge])
      else list.push(edge)
    }
    const dropped = new Set<Edge>()
    for (const [brand, list] of choices) {
      const best = list[0] as Edge
      const firm = otherOf(best, brand)
      const strangers = list.filter((edge) => !this.#fit(firm, otherOf(edge, brand)))
      const rivals = strangers.filter((edge) => isAsGood(edge, best))
      for (const edge of rivals.length > 0 ? list : strangers) dropped.add(edge)
      if (rivals.length > 0) this.#note('ambiguous')
    }
    return edges.filter((edge) => !dropped.has(edge))
  }

  #join(edge: Edge): void {
    const { left, right, reason, value, score } = edge
    const outcome = this.#groups.join(left.id, right.id, (one, other) =>
      this.#fit(this.#records.get(one) as FirmRecord, this.#records.get(other) as FirmRecord),
    )
    if (outcome === 'apart' || outcome === 'full') this.#note(`join_${outcome}`)
    if (outcome !== 'joined') return
    const said = value === null || reason === 'name_country' ? null : shown(value)
    const [first, second] = ordered(left.id, right.id)
    const join: Join = {
      kind: 'sameAs',
      left: first,
      right: second,
      author: RULES_AUTHOR,
      reason,
      value: said,
      score,
    }
    this.#joins.push(join)
  }

  /** May two records stand in one firm at all? Asked of every pair, so that nothing chains. */
  #fit(a: FirmRecord, b: FirmRecord): boolean {
    if (a.id === b.id || this.#accepted.has(pairKey(a, b))) return true
    if (this.#areOther(a, b) || a.isCloneNotice !== b.isCloneNotice) return false
    if (a.class === b.class && a.class !== 'brand' && a.class !== 'warned') {
      return this.#names.legal(a, b) >= NAME_OF_ENTITY
    }
    return this.#names.most(a, b) >= NAME_WITH_IDENTIFIER
  }

  /** Identifiers that contradict each other: two legal entities, however alike they are. */
  #areOther(a: FirmRecord, b: FirmRecord): boolean {
    const isSure = (lei: string) => !this.#doubtful.has(lei)
    const [own, other] = [a.leis.filter(isSure), b.leis.filter(isSure)]
    if (own.length > 0 && other.length > 0) return !haveCommon(own, other)
    if (a.class !== 'legal' || a.dataset !== b.dataset) return false
    if (a.numbers.length === 0 || b.numbers.length === 0) return false
    // One firm may hold two licences of one register; two firms have two names.
    return !haveCommon(a.numbers, b.numbers) && this.#names.legal(a, b) < NAME_ALONE
  }

  #note(code: string): void {
    this.#notes[code] = (this.#notes[code] ?? 0) + 1
  }
}

function nameAndCountry(record: FirmRecord): readonly string[] {
  const keys: string[] = []
  for (const name of legalNames(record)) {
    const key = tellingName(name)
    if (key === undefined) continue
    for (const country of record.countries) keys.push(`${country} ${key}`)
  }
  return keys
}

function brandOf({ left, right }: Edge): FirmRecord | undefined {
  if (left.class === 'legal') return right.class === 'legal' ? undefined : right
  return right.class === 'legal' ? left : undefined
}

function otherOf({ left, right }: Edge, id: EntityId): FirmRecord {
  return left.id === id ? right : left
}

function isAsGood(edge: Edge, best: Edge): boolean {
  return edge.reason === best.reason && edge.meets === best.meets
}

function haveCommon(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && a.some((item) => b.includes(item))
}

function pairKey(a: FirmRecord, b: FirmRecord): string {
  return ordered(a.id, b.id).join(' ')
}

/** The scope of a number is told by the record: readers see the number. */
function shown(value: string): string {
  return value.slice(value.indexOf(':') + 1)
}

function bySurest(a: Edge, b: Edge): number {
  return (
    (STRENGTH[b.reason] ?? 0) - (STRENGTH[a.reason] ?? 0) ||
    // The starter gives way: a join by it alone is the last choice.
    Number(hasStarter(a)) - Number(hasStarter(b)) ||
    Number(b.meets) - Number(a.meets) ||
    b.score - a.score ||
    compare(pairKey(a.left, a.right), pairKey(b.left, b.right)) ||
    compare(a.value ?? '', b.value ?? '')
  )
}

function hasStarter({ left, right }: Edge): boolean {
  return left.class === 'starter' || right.class === 'starter'
}

function byPair(a: Join, b: Join): number {
  return compare(a.left, b.left) || compare(a.right, b.right) || compare(a.kind, b.kind)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
