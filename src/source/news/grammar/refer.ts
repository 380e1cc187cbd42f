import type { Mention } from '../mask.ts'
import type { Name } from '../name-kind.ts'
import type { Np } from './chunk-type.ts'
import { isNp, isPlainVerb, takesClause } from './layout.ts'
import type { Parse } from './parse-type.ts'
import { supportOf } from './real.ts'

/** What only an authority does. */
const OFFICIAL =
  /^(?:fine|penalise|penalize|revoke|license|licence|authorise|authorize|warn|impose|sanction|reprimand|suspend|blacklist|prohibit)$/

/** Nouns of one meaning: "the lender" is the bank of the sentence before. */
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['bank', /^(?:bank|lender|neobank|bancorp|banco|banca|banque|sparkasse|creditor)$/],
  ['exchange', /^(?:exchange|bourse|venue)$/],
  ['broker', /^(?:broker|brokerage|brokers|dealer|trader)$/],
  ['insurer', /^(?:insurer|reinsurer|insurance|assurance|mutual|re|underwriter)$/],
  ['shop', /^(?:retailer|grocer|supermarket|store|stores|wholesaler|chain)$/],
  ['car', /^(?:carmaker|automaker|motors|automotive|marque)$/],
  ['drug', /^(?:drugmaker|biotech|pharma|pharmaceuticals|therapeutics)$/],
  ['air', /^(?:airline|airlines|airways|carrier)$/],
  ['chip', /^(?:chipmaker|semiconductor|semiconductors)$/],
  ['ship', /^(?:shipbuilder|shipyard|shipper|shipping)$/],
  ['utility', /^(?:utility|energy|power)$/],
  ['miner', /^(?:miner|mining|miners)$/],
  ['studio', /^(?:studio|studios|games|interactive)$/],
  ['protocol', /^(?:protocol|bridge|dao|swap)$/],
  ['fund', /^(?:fund|investor|ventures|capital)$/],
  ['brewer', /^(?:brewer|brewing|brewery)$/],
  ['custodian', /^(?:custodian|custody)$/],
  ['issuer', /^(?:issuer)$/],
]

const classOf = (word: string) => CLASSES.find(([, pattern]) => pattern.test(word))?.[0]

interface Entity {
  salience: number
  readonly words: Set<string>
  /** What the text calls it, and what its name says. */
  readonly classes: Set<string>
  readonly named: Set<string>
}

const DECAY = 0.5
const TOPIC_WEIGHT = 1.6
const MIN = 0.45

/** What an article speaks of so far, and how much: who "it" and "the lender" are. */
export class Discourse {
  readonly #entities = new Map<Name, Entity>()
  readonly #topic: Name | undefined
  #authority: Name | undefined

  constructor(topic: Name | undefined) {
    this.#topic = topic
  }

  get authority(): Name | undefined {
    return this.#authority
  }

  get topic(): Name | undefined {
    return this.#topic
  }

  /** The firm that is spoken of most. */
  get subject(): Name | undefined {
    let best: Name | undefined
    let most = MIN
    for (const [name, { salience }] of this.#entities) {
      const own = this.#bias(name) + salience
      if (!name.isRegulator && isActor(name) && own > most) {
        best = name
        most = own
      }
    }
    return best ?? this.#topic
  }

  #bias(name: Name): number {
    return (name === this.#topic ? TOPIC_WEIGHT : 0) * (name.kind === 'unknown' ? 0.8 : 1)
  }

  #entity(name: Name): Entity {
    const known = this.#entities.get(name)
    if (known !== undefined) return known
    const words = new Set(name.name.toLowerCase().split(/[\s-]+/))
    const named = new Set([...words].flatMap((word) => classOf(word) ?? []))
    const entity: Entity = { salience: 0, words, classes: new Set(), named }
    this.#entities.set(name, entity)
    return entity
  }

  /** Gives every word of a sentence that stands for a name its name. */
  resolve(p: Parse): void {
    this.#describe(p)
    const label = p.label?.name
    if (label !== undefined && isActor(label)) {
      for (const entity of this.#entities.values()) entity.salience *= 0.3
      this.#entity(label).salience = 5
    }
    p.elided.name = label ?? this.subject
    for (const mention of p.m.mentions) {
      if (mention.letter !== 'K' || mention.name !== undefined) continue
      const own = npOf(p, mention)
      const beside = own?.name === mention ? p.apposed(own) : undefined
      if (
        beside?.name?.name !== undefined &&
        beside.at < mention.start &&
        isActor(beside.name.name)
      ) {
        p.m.name(mention, beside.name.name)
        continue
      }
      const name = this.#referent(p, mention)
      if (name !== undefined) p.m.name(mention, name)
    }
  }

  #referent(p: Parse, mention: Mention): Name | undefined {
    const text = mention.text.toLowerCase()
    const isPronoun = /^its?$/.test(text)
    const before = p.m.mentions.filter((one) => one.start < mention.start && one.name !== undefined)
    if (
      /\b(?:regulator|watchdog|authority|agency|commission|central bank|supervisor|ministry|body)$/.test(
        text,
      )
    ) {
      const own = before.findLast(({ name }) => name?.isRegulator)?.name
      return own ?? this.#authority
    }
    const scores = new Map<Name, number>()
    for (const [name, { salience }] of this.#entities) {
      if (!isActor(name) || (name.isRegulator && !isPronoun)) continue
      scores.set(
        name,
        salience * (name.isRegulator ? 0.5 : 1) * (name.kind === 'unknown' ? 0.7 : 1) +
          this.#bias(name),
      )
    }
    if (this.#topic !== undefined && !scores.has(this.#topic))
      scores.set(this.#topic, this.#bias(this.#topic))
    const np = npOf(p, mention)
    const acts =
      np === undefined || np.owner === mention
        ? undefined
        : p.preds.find(
            ({ subject, isPassive, lemma }) =>
              subject.includes(np) && !isPassive && OFFICIAL.test(lemma),
          )
    if (isPronoun && acts !== undefined) {
      const own = before.findLast(({ name }) => name?.isRegulator)?.name ?? this.#authority
      if (
        own !== undefined &&
        !before.some(({ name }) => name !== undefined && isActor(name) && !name.isRegulator)
      )
        return own
    }
    const said =
      isPronoun && np !== undefined && np.owner === undefined ? speakerOf(p, np) : undefined
    if (said !== undefined) return said
    for (const one of before) {
      const { name } = one
      if (name === undefined || !isActor(name) || (name.isRegulator && !isPronoun)) continue
      const weight = this.#near(p, one, np, isPronoun)
      scores.set(name, Math.max(scores.get(name) ?? 0, weight + this.#bias(name)))
    }
    if (!isPronoun) this.#describeScores(text, scores)
    for (const name of forbidden(p, np, mention)) scores.delete(name)
    let best: Name | undefined
    let most = MIN
    for (const [name, score] of scores) {
      if (score > most) {
        best = name
        most = score
      }
    }
    return best ?? cataphora(p, mention)
  }

  /** How near a name of the same sentence is: its subject is the first choice of a pronoun. */
  #near(p: Parse, one: Mention, np: Np | undefined, isPronoun: boolean): number {
    const own = npOf(p, one)
    if (own === undefined) return 0.6
    const role = roleOf(p, own, one)
    const isSubject = role === 'subject'
    if (np !== undefined && own === np) return isPronoun ? 0 : 0.2
    const base = isSubject
      ? isPronoun
        ? 5
        : 4
      : role === 'owner'
        ? 3.8
        : role === 'speaker'
          ? isPronoun
            ? 4.2
            : 2
          : role === 'object'
            ? 1.8
            : 1.2
    const isSelf = one.name?.kind === 'unknown' && one.letter === 'U' ? 0.7 : 1
    const isLicence =
      np !== undefined &&
      /^(?:licen[cs]e|permit|authori[sz]ation|registration|approval)$/.test(np.head)
    const regulator = one.name?.isRegulator === true ? (isSubject && !isLicence ? 0.9 : 0.1) : 1
    return base * isSelf * regulator
  }

  /** "the Japanese lender": who was called a bank, or Japanese, fits; who is something else does not. */
  #describeScores(text: string, scores: Map<Name, number>): void {
    const words = text.replace(/['’]s$/, '').split(/[\s-]+/)
    const noun = words.at(-1) ?? ''
    const kind = classOf(noun)
    for (const [name, score] of scores) {
      const entity = this.#entity(name)
      let own = score
      if (kind !== undefined) {
        if (entity.classes.has(kind)) own += 2.5
        else if (entity.named.has(kind)) own += 1.5
        else if (entity.classes.size > 0) own -= 1.6
      } else if (entity.words.has(noun)) own += 1
      for (const word of words.slice(1, -1)) if (word.length > 2 && entity.words.has(word)) own += 2
      scores.set(name, own)
    }
  }

  /** What the sentence calls somebody: in front of the name, beside it, or by "is a". */
  #describe(p: Parse): void {
    for (const chunk of p.chunks) {
      if (!isNp(chunk) || chunk.name?.name === undefined || !isActor(chunk.name.name)) continue
      const { name } = chunk.name
      const entity = this.#entity(name)
      const add = (np: Np) => {
        for (const word of [...np.pre, np.head]) {
          entity.words.add(word)
          const kind = classOf(word)
          if (kind !== undefined && np.owner === undefined) entity.classes.add(kind)
        }
        for (const mod of np.mods) if (mod.letter === 'L') entity.words.add(mod.text.toLowerCase())
      }
      add({ ...chunk, head: '' })
      if (chunk.owner?.letter === 'L') entity.words.add(chunk.owner.text.toLowerCase())
      const other = p.apposed(chunk)
      if (other !== undefined && other.name === undefined) add(other)
    }
  }

  /** After a sentence was read: who it was about. */
  update(p: Parse): void {
    for (const entity of this.#entities.values()) entity.salience *= DECAY
    const gains = new Map<Name, number>()
    for (const mention of p.m.mentions) {
      const { name } = mention
      if (name === undefined || !isActor(name)) continue
      if (name.isRegulator) this.#authority = name
      const np = npOf(p, mention)
      const role = np === undefined ? 'other' : roleOf(p, np, mention)
      const isFormer = np?.name?.letter === 'P' && np.pre.includes('former')
      const gain = isFormer
        ? 0.1
        : name === p.label?.name
          ? 4
          : role === 'subject'
            ? 3
            : role === 'speaker'
              ? 1.4
              : role === 'owner'
                ? 2.2
                : role === 'object'
                  ? 1.6
                  : 0.9
      gains.set(name, Math.max(gains.get(name) ?? 0, gain * (mention.letter === 'U' ? 0.7 : 1)))
    }
    for (const [name, gain] of gains) {
      const entity = this.#entity(name)
      entity.salience = Math.min(4, entity.salience * 0.5 + gain)
    }
  }
}

/** `Revenues have followed prices. They …`: the figure that a sentence is about. */
export function figureOf(p: Parse): string | undefined {
  const first = p.preds.find(({ subject }) => subject.length > 0)?.subject[0]
  return first !== undefined && /^(?:revenue|sales|turnover)$/.test(first.head)
    ? first.head
    : undefined
}

function isActor(name: Name): boolean {
  return name.kind === 'org' || (name.kind === 'unknown' && !name.isAsset && !name.isVenue)
}

export function npOf(p: Parse, mention: Mention): Np | undefined {
  return p.chunks.find(
    (chunk): chunk is Np => isNp(chunk) && chunk.at <= mention.start && mention.end <= chunk.end,
  )
}

/** `⟨O1⟩ said it would buy …`: who speaks in front of its own clause is meant. */
function speakerOf(p: Parse, np: Np): Name | undefined {
  const at = p.place(np)
  const before = p.chunks.slice(0, at).findLastIndex((chunk) => chunk.k === 'vg')
  const pred = p.pred(before)
  if (
    pred === undefined ||
    !takesClause(pred.vg) ||
    pred.isPassive ||
    !p.preds.some(({ subject }) => subject.includes(np))
  )
    return undefined
  if (
    p.chunks
      .slice(before + 1, at)
      .some((chunk) => isNp(chunk) || chunk.k === 'comma' || chunk.k === 'stop')
  )
    return undefined
  const name = pred.subject[0]?.name?.name
  return name !== undefined && isActor(name) ? name : undefined
}

/** `At its height ⟨O1⟩ accounted for …`: the name may come behind. */
function cataphora(p: Parse, mention: Mention): Name | undefined {
  const next = p.preds.find(
    ({ vg, subject }) => vg.at > mention.end && subject[0]?.name?.name !== undefined,
  )
  const name = next?.subject[0]?.name?.name
  return name !== undefined && isActor(name) && !name.isRegulator ? name : undefined
}

type Role = 'subject' | 'speaker' | 'owner' | 'object' | 'other'

/** What part a name plays: the first free noun phrase, the owner of one, what a verb acts on. */
function roleOf(p: Parse, np: Np, mention: Mention): Role {
  const support = supportOf(p, np)
  const at = p.place(np)
  const prep = p.layout.governed[at] ?? -1
  if (np.mods.includes(mention) && np.name?.letter === 'P') return 'other'
  if (np.owner === mention || (np.mods.includes(mention) && np.name !== mention)) return 'owner'
  if (prep >= 0) {
    const before = p.chunks[prep - 1]
    const word = p.chunks[prep]
    // `Shares of ⟨O1⟩ fell`: the owner in another dress.
    if (
      isNp(before) &&
      word?.k === 'p' &&
      /^(?:of|in|at)$/.test(word.w) &&
      p.preds.some(({ subject }) => subject.includes(before))
    )
      return 'owner'
    if (word?.k === 'p' && word.w === 'by') return 'object'
    return 'other'
  }
  const own = p.preds.filter(({ subject, vg }) => subject.includes(np) && isPlainVerb(vg))
  const hasOther = p.preds.some(
    ({ subject, vg }) => isPlainVerb(vg) && subject.length > 0 && !subject.includes(np),
  )
  // `…, analysts at ⟨O1⟩ estimate, …`: who says it stands aside.
  if (own.length > 0 && own.every((one) => takesClause(one.vg) && isAside(p, one.i)))
    return hasOther ? 'other' : 'speaker'
  if (own.length > 0)
    return own.every(({ vg, objects }) => takesClause(vg) && objects.length === 0) && hasOther
      ? 'speaker'
      : 'subject'
  return support?.role === 'object' ? 'object' : support?.role === 'subject' ? 'subject' : 'other'
}

const isAside = (p: Parse, i: number) => {
  const next = p.chunks[i + 1]
  const k = next?.k === 'date' ? p.chunks[i + 2]?.k : next?.k
  return k === undefined || k === 'comma' || k === 'stop'
}

/** Nobody does to "it" what he does himself: subject and object of one verb are two. */
function forbidden(p: Parse, np: Np | undefined, mention: Mention): Name[] {
  if (np === undefined || np.owner === mention) return []
  const support = supportOf(p, np)
  if (support === undefined) return []
  const { pred } = support
  if (pred.vg.form === 'ing' && !pred.vg.hasHelper) return []
  const others = [...pred.subject, ...pred.objects.flat(), ...pred.pps.flatMap(({ nps }) => nps)]
  return others.flatMap((one) =>
    one !== np && one.name?.name !== undefined ? [one.name.name] : [],
  )
}
