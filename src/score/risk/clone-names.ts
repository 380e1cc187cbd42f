import type { HostQuery } from '../../model/host.ts'
import { distinctTokens, foldName, isGeneric, isParticle, nameTokens } from '../../model/name.ts'
import { labelSkeleton, skeleton } from '../../model/skeleton.ts'
import type { EntityId } from '../../model/statement.ts'
import { LURES, TRADE_WORDS, WEAK_LURES } from '../host/lures.ts'
import { buildNear, type NearIndex, type Reach } from '../host/near.ts'
import { isTradeWord, labelsOf } from '../host/protected.ts'
import { slipCost } from '../host/slip.ts'

/** A firm that a register holds a permission of, as far as imitations of it are told by names. */
export interface LicensedFirm {
  readonly id: EntityId
  /** Ordinal of the register's row, which a finding quotes. */
  readonly sid: number
  /** The holder as the register writes it. */
  readonly caption: string
  readonly regulator: string
  readonly country: string | null
  /** Legal and commercial names. */
  readonly names: readonly string[]
  /** Registrable domains that the register names; empty where it names none. */
  readonly domains: readonly string[]
}

/** How a text imitates a firm's name. */
export type TwinHow = 'confusable' | 'edit' | 'affix' | 'words' | 'name'

export interface Twin {
  readonly firm: LicensedFirm
  readonly how: TwinHow
  readonly score: number
  /** What was seen, without words of a language: `coinjarmax ~ coinjar`. */
  readonly detail: string
}

/** A shorter name is a syllable of honest words. */
const KEY_CHARS_MIN = 6
/** From here on a name is told apart from a common word by its length alone. */
const COINED_CHARS_MIN = 7
/** Letters glued to a name that are no word: `coinjarmax`, `coinbaseie`. */
const TAIL_CHARS_MAX = 3
/** From here on two slips still leave the same name. */
const EDIT_TWO_CHARS_MIN = 11
/** Below, only a slip counts, and no other edit. */
const ANY_EDIT_CHARS_MIN = 8
const SCORES: Readonly<Record<TwinHow, number>> = {
  confusable: 0.95,
  words: 0.85,
  affix: 0.8,
  edit: 0.8,
  name: 0.7,
}

const strong = new Set(LURES)
/** Beside a firm's name a word of the trade is honest: `Example Exchange` is the firm itself. */
const besideNames = new Set([...LURES, ...WEAK_LURES])
/** In a host it is not: the firm's own host is known, and is never asked of a rule. */
const besideHosts = new Set([...besideNames, ...TRADE_WORDS])

/** The names of licensed firms, and what only looks like one of them. Pure and without a scan. */
export class LicensedNames {
  readonly #byKey = new Map<string, LicensedFirm[]>()
  readonly #byFold = new Map<string, string>()
  readonly #keys: string[]
  readonly #near: NearIndex
  readonly #byId = new Map<EntityId, LicensedFirm>()

  constructor(firms: Iterable<LicensedFirm>) {
    for (const firm of firms) {
      this.#byId.set(firm.id, firm)
      for (const name of firm.names) for (const key of keysOf(name)) this.#add(key, firm)
    }
    this.#keys = [...this.#byKey.keys()]
    for (const key of this.#keys) this.#byFold.set(labelSkeleton(key), key)
    this.#near = buildNear(this.#keys, this.#keys.map(reachOf))
  }

  get size(): number {
    return this.#byId.size
  }

  firm(id: EntityId): LicensedFirm | undefined {
    return this.#byId.get(id)
  }

  /** The firm whose very name this is. */
  named(name: string): readonly LicensedFirm[] {
    return this.#byKey.get(joinedOf(name)) ?? []
  }

  /** The firm whose name this only resembles; undefined for a licensed firm's own name. */
  like(name: string): Twin | undefined {
    const drawn = this.#drawn(name)
    if (drawn !== undefined) return drawn
    const tokens = distinctTokens(nameTokens(foldName(name)))
    const joined = tokens.join('')
    if (joined.length < KEY_CHARS_MIN || this.#byKey.has(joined)) return undefined
    return (
      this.#withWords(tokens) ?? this.#folded(joined) ?? this.#glued(joined) ?? this.#edited(joined)
    )
  }

  /**
   * The firm whose name a site carries although no register names the site. What the register
   * itself names is left out, and so is a firm without any site in the register where the name is
   * all that the site is made of: it may well be its own.
   */
  claiming(host: HostQuery): Twin | undefined {
    if (host.registrable === null) return undefined
    const label = (labelsOf(host).at(-1) ?? '').toLowerCase()
    const word = label.replace(/[-_]/gu, '')
    if (word.length < KEY_CHARS_MIN || isTradeWord(word)) return undefined
    const site = host.registrable
    const firms = this.#byKey.get(word)
    if (firms !== undefined) {
      if (firms.some(({ domains }) => domains.includes(site))) return undefined
      const firm = firms.find(({ domains }) => domains.length > 0)
      const isTelling = word.length >= COINED_CHARS_MIN && firm !== undefined
      return isTelling ? twin(firm, 'name', label) : undefined
    }
    return this.#affixed(word, site, label)
  }

  #add(key: string, firm: LicensedFirm): void {
    const list = this.#byKey.get(key)
    if (list === undefined) this.#byKey.set(key, [firm])
    else if (!list.includes(firm)) list.push(firm)
  }

  /** Letters of another script that are drawn like those of the name. */
  #drawn(name: string): Twin | undefined {
    const plain = name.normalize('NFKD').replace(/\p{M}/gu, '')
    if (isAscii(plain)) return undefined
    const seen = skeleton(name).replace(/\p{M}/gu, '')
    if (!isAscii(seen) || seen.toLowerCase() === plain.toLowerCase()) return undefined
    const key = joinedOf(seen)
    const firm = this.#byKey.get(key)?.[0]
    return firm === undefined ? undefined : twin(firm, 'confusable', key)
  }

  #folded(joined: string): Twin | undefined {
    const key = this.#byFold.get(labelSkeleton(joined))
    const firm = key === undefined || key === joined ? undefined : this.#byKey.get(key)?.[0]
    return firm === undefined ? undefined : twin(firm, 'confusable', `${joined} ~ ${key}`)
  }

  /** The name with words beside it that ask or promise: `Example Refund`, `Claim Example`. */
  #withWords(tokens: readonly string[]): Twin | undefined {
    const own = tokens.filter((token) => !strong.has(token))
    if (own.length === 0 || own.length === tokens.length) return undefined
    const firm = this.#byKey.get(own.join(''))?.[0]
    if (firm === undefined) return undefined
    const beside = tokens.filter((token) => strong.has(token)).join(' ')
    return twin(firm, 'words', `${own.join(' ')} + ${beside}`)
  }

  /** The name and a few letters or a lure written as one word. */
  #glued(word: string): Twin | undefined {
    for (let n = word.length - 1; n >= COINED_CHARS_MIN; n--) {
      const rest = word.slice(n)
      const firm = this.#byKey.get(word.slice(0, n))?.[0]
      if (firm === undefined) continue
      if (rest.length <= TAIL_CHARS_MAX || isMadeOf(besideNames, rest)) {
        return twin(firm, 'affix', `${word} ~ ${word.slice(0, n)}`)
      }
    }
    return undefined
  }

  #affixed(word: string, site: string, label: string): Twin | undefined {
    for (let n = word.length - 2; n >= COINED_CHARS_MIN; n--) {
      for (const [key, rest] of [
        [word.slice(0, n), word.slice(n)],
        [word.slice(-n), word.slice(0, -n)],
      ] as const) {
        const firms = this.#byKey.get(key)
        if (firms === undefined || !isMadeOf(besideHosts, rest)) continue
        if (firms.some(({ domains }) => domains.includes(site))) return undefined
        return twin(firms[0] as LicensedFirm, 'affix', `${label} ~ ${key}`)
      }
    }
    return undefined
  }

  #edited(word: string): Twin | undefined {
    let best: { readonly key: string; readonly cost: number } | undefined
    this.#near.near(word, (position, distance) => {
      const key = this.#keys[position] ?? ''
      // Readers check the first letter, so imitations keep it and honest neighbours do not.
      if (distance === 0 || key[0] !== word[0]) return
      const cost = slipCost(word, key)
      const most = distance > 1 ? 2 : key.length >= ANY_EDIT_CHARS_MIN ? 2 : 1
      if (cost > most || (best !== undefined && best.cost <= cost)) return
      best = { key, cost }
    })
    if (best === undefined) return undefined
    const { key } = best as { key: string }
    const firm = this.#byKey.get(key)?.[0]
    return firm === undefined ? undefined : twin(firm, 'edit', `${word} ~ ${key}`)
  }
}

function twin(firm: LicensedFirm, how: TwinHow, detail: string): Twin {
  return { firm, how, score: SCORES[how], detail }
}

/** The whole name, and its own words without those of the trade. */
function keysOf(name: string): readonly string[] {
  const tokens = distinctTokens(nameTokens(foldName(name)))
  const own = tokens.filter((token) => !isGeneric(token) && !isParticle(token))
  const keys = new Set([tokens.join(''), own.join('')])
  const isTelling = (key: string) =>
    key.length >= KEY_CHARS_MIN && !isTradeWord(key) && /[a-z]{3}/.test(key) && own.length > 0
  return [...keys].filter(isTelling)
}

function joinedOf(name: string): string {
  return distinctTokens(nameTokens(foldName(name))).join('')
}

function reachOf(key: string): Reach {
  if (key.length > 60) return 0
  return key.length >= EDIT_TWO_CHARS_MIN ? 2 : 1
}

/** A text that is one of the words after the other, without a rest. */
function isMadeOf(words: ReadonlySet<string>, text: string): boolean {
  const reached = [true]
  for (let from = 0; from < text.length; from++) {
    if (reached[from] !== true) continue
    for (let to = from + 2; to <= Math.min(text.length, from + 14); to++) {
      if (words.has(text.slice(from, to))) reached[to] = true
    }
  }
  return reached[text.length] === true
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/u.test(text)
}
