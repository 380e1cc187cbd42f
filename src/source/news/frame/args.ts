import { moneyFor, whenFor } from '../draft.ts'
import type { Np } from '../grammar/chunk-type.ts'
import { isNp, isVg } from '../grammar/layout.ts'
import type { Parse, Pp, Pred } from '../grammar/parse-type.ts'
import { nounStatus, type Status, statusOf, supportOf } from '../grammar/real.ts'
import type { Mention } from '../mask.ts'
import type { Name } from '../name-kind.ts'

/** Who does what the verb says. */
export function agentOf(pred: Pred): readonly Np[] {
  return pred.isPassive ? (pp(pred, 'by')?.nps ?? []) : pred.subject
}

/** To whom the verb does it. */
export function patientOf(pred: Pred): readonly Np[] {
  return pred.isPassive ? pred.subject : (pred.objects[0] ?? [])
}

/** The second object: `fined X ⟨M1⟩`, `was fined ⟨M1⟩`. */
export function secondOf(pred: Pred): readonly Np[] {
  return (pred.isPassive ? pred.objects[0] : pred.objects[1]) ?? []
}

export function pp(pred: Pred, ...words: readonly string[]): Pp | undefined {
  return pred.pps.find(({ w }) => words.includes(w))
}

/** The prepositional phrases right behind a noun phrase, up to a verb or a comma. */
const PHRASES = new WeakMap<Np, Pp[]>()

export function phrasesOf(p: Parse, np: Np): Pp[] {
  const known = PHRASES.get(np)
  if (known !== undefined) return known
  const list = readPhrases(p, np)
  PHRASES.set(np, list)
  return list
}

function readPhrases(p: Parse, np: Np): Pp[] {
  const out: Pp[] = []
  let k = p.place(np) + 1
  const group = p.layout.groups[k - 1]
  if (group !== undefined && group.length > 1) k = (group.at(-1) ?? k - 1) + 1
  const { chunks } = p
  while (k < chunks.length) {
    const chunk = chunks[k]
    if (chunk === undefined) break
    if (chunk.k === 'date' || chunk.k === 'adv') {
      k += 1
      continue
    }
    if (chunk.k === 'comma') {
      const aside = p.layout.asides.get(k)
      const next = chunks[k + 1]
      if (aside !== undefined) k = aside
      else if (next?.k === 'p' && isNp(chunks[k + 2])) k += 1
      else break
      continue
    }
    if (chunk.k !== 'p') break
    let to = k + 1
    while (chunks[to]?.k === 'adv' || chunks[to]?.k === 'adj') to += 1
    const head = chunks[to]
    if (!isNp(head)) {
      if (chunks[k + 1]?.k !== 'date') break
      k += 2
      continue
    }
    out.push({ w: chunk.w, at: chunk.at, np: head, nps: p.group(to) })
    k = Math.max(to, p.layout.groups[to]?.at(-1) ?? to) + 1
  }
  return out
}

export const phrase = (list: readonly Pp[], ...words: readonly string[]) =>
  list.find(({ w }) => words.includes(w))

/** A firm, an authority or a name that may be one; no product, place or person. */
export function isFirmMention(
  mention: Mention | undefined,
): mention is Mention & { readonly name: Name } {
  if (mention?.name === undefined) return false
  if (mention.letter === 'U')
    return (
      !mention.name.isAsset &&
      !(
        mention.afterThe &&
        /^(?:the|a|an)$/.test('the') &&
        mention.name.name.split(' ').length === 1 &&
        !/\p{Lu}{2}/u.test(mention.name.name)
      )
    )
  return 'OAK'.includes(mention.letter)
}

/** The firm that a noun phrase stands for: its head, or the name that says the same. */
export function firmOf(p: Parse, np: Np | undefined): Name | undefined {
  if (np === undefined) return undefined
  if (np.isPronoun && np.head === 'us')
    return p.m.context.topic?.kind === 'org' ? p.m.context.topic : undefined
  if (isFirmMention(np.name)) return np.name.name
  if (np.name !== undefined) return undefined
  const other = p.apposed(np)
  if (other !== undefined && isFirmMention(other.name)) return other.name.name
  // `the Korbit crypto exchange`: the name in front of what it is.
  const mod = np.mods.at(-1)
  if (np.owner === undefined && KIND.test(np.head) && isFirmMention(mod) && mod.letter === 'O')
    return mod.name
  const named = called(p, np)
  if (isFirmMention(named)) return named.name
  // `⟨O1⟩ becomes the first exchange licensed by …`.
  const copula = p.preds.find(
    ({ lemma, objects }) =>
      (lemma === 'be' || lemma === 'become') && objects.some((group) => group.includes(np)),
  )
  const own = copula?.subject[0]?.name
  return isFirmMention(own) ? own.name : undefined
}

const KIND =
  /^(?:exchange|bank|lender|broker|brokerage|platform|protocol|bridge|insurer|retailer|airline|chain|startup|start-up|marketplace|wallet)$/

/** `a platform called ⟨O1⟩`, `its unit, known as ⟨O1⟩`. */
export function called(p: Parse, np: Np): Mention | undefined {
  let k = p.place(np) + 1
  if (p.chunks[k]?.k === 'comma') k += 1
  const vg = p.chunks[k]
  if (!isVg(vg) || !/^(?:call|name|dub|brand|title|know|entitle|label)$/.test(vg.lemma))
    return undefined
  let at = k + 1
  const prep = p.chunks[at]
  if (prep?.k === 'p' && prep.w === 'as') at += 1
  const name = p.chunks[at]
  return isNp(name) ? name.name : undefined
}

export function firmsOf(p: Parse, nps: readonly Np[]): Name[] {
  const out: Name[] = []
  for (const np of nps) {
    const name = firmOf(p, np)
    for (const one of name === undefined ? listed(p, np) : [name])
      if (!out.includes(one)) out.push(one)
  }
  return out
}

const MANY =
  /^(?:firm|company|platform|entity|broker|exchange|website|provider|applicant|bank|investor|business|lender|issuer|operator|outlet|site|rival|maker|start-up|startup|fund|insurer|group|backer|partner|supplier|customer|client|retailer|one|other|name|list|following)$/

/** `three companies: ⟨O1⟩, ⟨O2⟩ and ⟨O3⟩`, `investors including ⟨O1⟩`. */
function listed(p: Parse, np: Np): Name[] {
  if (!MANY.test(np.head) || np.name !== undefined) return []
  const list = phrase(phrasesOf(p, np), 'including', 'such-as', 'like')
  const inner = list?.nps ?? amongThem(p, np) ?? colonList(p, np)
  return inner.flatMap((one) => (isFirmMention(one.name) ? [one.name.name] : []))
}

/** `94 names to its list, among them ⟨O1⟩ and ⟨O2⟩`. */
function amongThem(p: Parse, np: Np): readonly Np[] | undefined {
  const at = p.chunks.findIndex(
    (chunk, k) => k > p.place(np) && chunk.k === 'p' && /^(?:among|including)$/.test(chunk.w),
  )
  const them = p.chunks[at + 1]
  if (at < 0 || !isNp(them) || them.head !== 'them') return undefined
  return p.chunks
    .slice(at + 2)
    .filter((chunk): chunk is Np => isNp(chunk) && isFirmMention(chunk.name))
}

function colonList(p: Parse, np: Np): readonly Np[] {
  const from = p.place(np)
  const colon = p.chunks.findIndex((chunk, k) => k > from && chunk.k === 'stop' && chunk.w === ':')
  const first = p.chunks[colon + 1]
  if (colon < 0 || !isNp(first)) return []
  const group = p.group(colon + 1)
  const last = group.at(-1)
  return last !== undefined && p.place(last) >= p.chunks.length - 1 ? group : []
}

/** Parts of a firm that act for it. */
const PART =
  /^(?:arm|unit|division|subsidiary|business|team|management|brand|platform|app|engineer|board|operation|affiliate|department|branch|executive|labs?)$/

/** Who acts: a firm, or the firm whose arm it is. */
export function actorsOf(p: Parse, nps: readonly Np[]): Name[] {
  const own = firmsOf(p, nps)
  if (own.length > 0) return own
  // `She sold the division`: who leads a firm acts for it.
  const isLeader = nps.some(
    (np) => /^(?:P)$/.test(np.name?.letter ?? '') || (np.isPronoun && /^(?:he|she)$/.test(np.head)),
  )
  const led =
    isLeader && nps.every((np) => np.mods.length === 0)
      ? (p.m.context.subject ?? p.m.context.topic)
      : undefined
  if (led !== undefined) return [led]
  return nps.flatMap((np) =>
    PART.test(np.head) && np.name === undefined ? (ownerOf(np) ?? []) : [],
  )
}

export const firstActor = (p: Parse, nps: readonly Np[]): Name | undefined => actorsOf(p, nps)[0]

export const firstFirm = (p: Parse, nps: readonly Np[]): Name | undefined => firmsOf(p, nps)[0]

/** The owner of a noun phrase, where it is a firm: `⟨O1⟩'s revenue`, `⟨O1⟩ shares`. */
export function ownerOf(np: Np): Name | undefined {
  if (isFirmMention(np.owner)) return np.owner.name
  const mod = np.mods.find((mention) => 'OUAK'.includes(mention.letter))
  return isFirmMention(mod) ? mod.name : undefined
}

/** A person named by a noun phrase or beside it. */
export function personOf(p: Parse, np: Np | undefined): Name | undefined {
  if (np === undefined) return undefined
  if (np.name?.letter === 'P') return np.name.name
  const other = p.apposed(np)
  return other?.name?.letter === 'P' && np.name === undefined ? other.name.name : undefined
}

const DEAL =
  /^(?:deal|transaction|agreement|takeover|merger|buyout|offer|move|contract|purchase|swoop|sale|acquisition|swap|package|order|bid|pact|auction|round|raise|raising|financing|settlement|penalty|fine|cash|stock)$/

/** The price among the phrases of a verb or noun: `for ⟨M1⟩`, `in a deal worth ⟨M1⟩`, `in a ⟨M1⟩ deal`. */
export function priceIn(p: Parse, list: readonly Pp[]): Mention | undefined {
  for (const { w, np } of list) {
    if (np.money === undefined) {
      if (
        (w === 'in' ||
          w === 'under' ||
          w === 'for' ||
          w === 'as-part-of' ||
          w === 'via' ||
          w === 'through') &&
        DEAL.test(np.head)
      ) {
        const inner = worthOf(p, np)
        if (inner !== undefined) return inner
      }
      continue
    }
    const isPlain =
      np.head === '' || DEAL.test(np.head) || /^(?:cash|total|euro|dollar)$/.test(np.head)
    if (
      isPlain &&
      /^(?:for|worth|at|in|totalling|totaling|of|under|as-part-of|via|through|against|valued)$/.test(
        w,
      ) &&
      !(w === 'of' && np.head !== '')
    )
      return np.money
  }
  return undefined
}

/** `a contract worth ⟨M1⟩`, `valued at ⟨M1⟩`, `of ⟨M1⟩`, `that could be worth`: what a noun costs. */
export function worthOf(p: Parse, np: Np): Mention | undefined {
  if (np.money !== undefined) return np.money
  const k = p.place(np)
  for (let i = k + 1; i < Math.min(p.chunks.length, k + 7); i++) {
    const chunk = p.chunks[i]
    if (chunk === undefined || chunk.k === 'stop' || chunk.k === 'cc') return undefined
    if (
      isVg(chunk) &&
      !/^(?:value|price|be|worth|estimate|total|cost|say|believe|report|set|come|amount)$/.test(
        chunk.lemma,
      )
    )
      return undefined
    if (!isNp(chunk)) continue
    const before = p.chunks[i - 1]
    const fits =
      before?.k === 'p'
        ? /^(?:worth|at|of|totalling|totaling|valued|for|to)$/.test(before.w)
        : isVg(before) || before?.k === 'adj' || before?.k === 'adv'
    if (chunk.money !== undefined && fits && (chunk.head === '' || DEAL.test(chunk.head)))
      return chunk.money
    if (before?.k !== 'p') return undefined
  }
  return undefined
}

/** What the deal of a verb costs; the plain search of the clause comes last. */
export function priceOf(p: Parse, pred: Pred, end = pred.vg.end): Mention | undefined {
  const second = secondOf(pred)[0]
  if (second?.money !== undefined && second.head === '') return second.money
  return priceIn(p, pred.pps) ?? moneyFor(p.m, pred.vg.at, Math.max(end, pred.vg.end))
}

/** When it was; a line such as `1998: …` begins with its date. */
export function when(p: Parse, at: number): Mention | undefined {
  const own = whenFor(p.m, at)
  const [first, mark] = p.chunks
  return own ?? (first?.k === 'date' && mark?.k === 'stop' ? first.mention : undefined)
}

export const status = (p: Parse, pred: Pred): Status => statusOf(p, pred)
export const isSaid = (p: Parse, pred: Pred) => statusOf(p, pred) !== 'unreal'
export const isDone = (p: Parse, pred: Pred) => statusOf(p, pred) === 'real'
export const isNounSaid = (p: Parse, np: Np) => nounStatus(p, np) !== 'unreal'

/** Who does what an event noun names: its owner, its "by", or the subject of the verb it belongs to. */
export function doerOf(p: Parse, np: Np, list: readonly Pp[]): Name | undefined {
  const by = phrase(list, 'by')
  if (by !== undefined) return firstFirm(p, by.nps)
  if (isFirmMention(np.owner)) return np.owner.name
  const support = supportOf(p, np)
  if (support === undefined || support.role === 'subject') return undefined
  return firstFirm(p, agentOf(support.pred))
}

/** Every noun phrase whose head is one of these nouns. */
export function nounsWith(p: Parse, heads: RegExp): Np[] {
  return p.chunks.flatMap((chunk) => (isNp(chunk) && heads.test(chunk.head) ? [chunk] : []))
}

/** The words of a stretch of chunks as the sentence writes them. */
export function written(p: Parse, from: number, to: number): string {
  return p.m.original(from, to)
}

/** What a noun phrase says, without its determiner. */
export function wordsOf(p: Parse, np: Np): string {
  return written(p, np.at, np.end)
    .replace(/^(?:the|an?|its|their|his|her)\s+/i, '')
    .replace(/^.*?[’']s\s+/, '')
}

export type { Mention, Name, Np, Parse, Pp, Pred }
