import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { supportOf } from '../grammar/real.ts'
import {
  agentOf,
  doerOf,
  firmsOf,
  firstFirm,
  isFirmMention,
  isNounSaid,
  isSaid,
  type Mention,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  type Pred,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  priceIn,
  priceOf,
  when,
  worthOf,
} from './args.ts'
import { stakeIn } from './deal.ts'

const PUT =
  /^(?:pump|pump in|pour|plough|plow|inject|put|sink|channel|commit|pay|plough in|put in|shovel|funnel)$/

const RAISE =
  /^(?:raise|secure|close|land|bag|net|pull in|rake in|attract|receive|obtain|get|complete|win|collect|scoop up|scoop|garner|haul in|bring in|take in|take|pick up|pocket|gather|nab|snag|grab|announce|finalise|finalize|score|draw|take in|rack up|seal|clinch)$/

const FUNDING =
  /^(?:funding|round|investment|capital|financing|seed|series|backing|cash|money|fundraise|fundraising|raise|injection|equity|venture|extension|tranche|fund)$/

const ROUND = /^(?:round|funding|financing|fundraise|fundraising|raise|extension|series)$/

const NOT_FUNDING =
  /^(?:ipo|offering|flotation|bond|debt|loan|sale|float|listing|credit|facility|note|deposit|contract|order|grant|revenue|profit|approval|licence|license|forecast|target|price|dividend|guidance|outlook|stake|concern|rate|wage|fee|awareness|question|doubt|bid|tax)$/

/** Who put how much into whom. */
export function investments(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (draft: Omit<Draft, 'type'>) => {
    if (
      draft.to === undefined ||
      draft.from === draft.to ||
      draft.to.isAsset ||
      draft.to.isRegulator
    )
      return
    out.push({ type: 'investment', ...draft })
  }
  for (const pred of p.preds) if (isSaid(p, pred)) invested(p, pred, add)
  labelled(p, add)
  for (const np of nounsWith(
    p,
    /^(?:investment|injection|infusion|round|stake|backing|funding|purchase|cheque)$/,
  ))
    fromNoun(p, np, add)
  return out
}

type Add = (draft: Omit<Draft, 'type'>) => void

/** Everything that a verb can say of money that goes into a firm. */
function invested(p: Parse, pred: Pred, add: Add): void {
  const [from, ...others] = firmsOf(p, agentOf(pred))
  const beside = others.map(({ name }) => name)
  const at = pred.vg.at
  if (pred.lemma === 'invest' || PUT.test(pred.lemma)) put(p, pred, from, beside, add)
  if (/^(?:back|fund|finance|bankroll|support)$/.test(pred.lemma)) {
    const [to] = firmsOf(p, patientOf(pred))
    const sum = pp(pred, 'with')?.np.money
    if (from !== undefined && to !== undefined && sum !== undefined)
      add({ at, from, to, with: beside, money: sum, when: when(p, at) })
  } else if (TAKE.test(pred.lemma) && from !== undefined) {
    for (const np of patientOf(pred)) {
      const stake = stakeIn(p, np) ?? partOf(p, np, pred, from)
      if (stake === undefined || stake.isMajor) continue
      const money = priceOf(p, pred, np.end)
      add({
        at,
        from,
        to: stake.of,
        with: beside,
        percent: stake.percent,
        money,
        when: when(p, at),
      })
    }
  } else if (pred.lemma === 'pay' && !pred.isPassive) paidForPart(p, pred, from, beside, add)
  else if (/^(?:lead|co-lead|head|anchor|spearhead|head up)$/.test(pred.lemma))
    led(p, pred, from, beside, add)
  if (RAISE.test(pred.lemma)) raised(p, pred, add)
}

const TAKE =
  /^(?:take|buy|acquire|purchase|pick up|snap up|get|grab|secure|build|snap|obtain|build up|amass)$/

/** `invested ⟨M1⟩ in ⟨O2⟩`, `pumped ⟨M1⟩ into ⟨O2⟩`; a fund without a name may do it. */
function put(
  p: Parse,
  pred: Pred,
  from: Name | undefined,
  beside: readonly string[],
  add: Add,
): void {
  const into = pp(pred, 'into', 'in')
  const to = into === undefined ? undefined : firstFirm(p, into.nps)
  const money = patientOf(pred).find((np) => np.money !== undefined)?.money
  const isOther = pred.subject.some(({ isPronoun, name }) => !isPronoun && name?.letter !== 'P')
  if (to === undefined || pred.isPassive || (money === undefined && pred.lemma !== 'invest')) return
  if (from === undefined && (money === undefined || !isOther)) return
  add({ at: pred.vg.at, from, to, with: beside, money, when: when(p, pred.vg.at) })
}

/** `investors including ⟨O1⟩ paid ⟨M2⟩ for a tenth of ⟨O3⟩`. */
function paidForPart(
  p: Parse,
  pred: Pred,
  from: Name | undefined,
  beside: readonly string[],
  add: Add,
): void {
  const money = patientOf(pred).find((np) => np.money !== undefined)?.money
  const part = pp(pred, 'for')?.np
  if (money === undefined || part === undefined || from === undefined) return
  const isPart =
    /^(?:tenth|fifth|quarter|third|half|stake|slice|holding)$/.test(part.head) ||
    part.percent !== undefined
  if (!isPart) return
  const [named] = firmsOf(p, phrase(phrasesOf(p, part), 'of', 'in')?.nps ?? [])
  const to = named ?? p.m.context.subject ?? p.m.context.topic
  const at = pred.vg.at
  if (to !== undefined && to !== from)
    add({ at, from, to, with: beside, percent: part.percent, money, when: when(p, at) })
}

/** `⟨O1⟩: Series C of ⟨M2⟩`. */
function labelled(p: Parse, add: Add): void {
  const label = p.label?.name
  const round = p.chunks.find(
    (chunk): chunk is Np =>
      isNp(chunk) &&
      (/^(?:round|funding|seed|raise|financing)$/.test(chunk.head) ||
        /^(?:Series|Seed)\b/.test(chunk.name?.text ?? '')),
  )
  if (
    label !== undefined &&
    round !== undefined &&
    p.preds.every(({ vg }) => /lead/.test(vg.lemma))
  ) {
    const money = round.money ?? phrase(phrasesOf(p, round), 'of')?.np.money
    const [lead] = p.preds.flatMap((one) => firmsOf(p, one.isPassive ? agentOf(one) : one.subject))
    if (money !== undefined)
      add({ at: round.at, from: lead, to: label, money, when: when(p, round.at) })
  }
}

/** `bought in early, taking ⟨C1⟩ for ⟨M2⟩`: a part of the firm that is spoken of. */
function partOf(p: Parse, np: Np, pred: Pred, from: Name | undefined) {
  const { subject } = p.m.context
  const isBare =
    np.percent !== undefined && np.head === '' && phrase(phrasesOf(p, np), 'of', 'in') === undefined
  if (!isBare || subject === undefined || subject === from || priceIn(p, pred.pps) === undefined)
    return undefined
  return { of: subject, percent: np.percent, isMajor: Number(np.percent?.amount?.value ?? 0) >= 50 }
}

/** `⟨O1⟩ led a ⟨M2⟩ round in ⟨O3⟩`. */
function led(
  p: Parse,
  pred: Pred,
  from: Name | undefined,
  others: readonly string[],
  add: Add,
): void {
  if (pred.isPassive) return
  for (const np of patientOf(pred)) {
    if (!FUNDING.test(np.head) || from === undefined) continue
    const list = phrasesOf(p, np)
    const into = phrase(list, 'in', 'for', 'into', 'of', 'at')
    const to = (into === undefined ? undefined : firstFirm(p, into.nps)) ?? ownerOf(np)
    add({
      at: pred.vg.at,
      from,
      to,
      with: others,
      money: np.money ?? worthOf(p, np),
      when: when(p, pred.vg.at),
    })
  }
}

/** `⟨O1⟩ raised ⟨M2⟩ in a round led by ⟨O3⟩ with participation from ⟨O4⟩`. */
function raised(p: Parse, pred: Pred, add: Add): void {
  const [to] = pred.isPassive ? [] : firmsOf(p, pred.subject)
  if (
    /\b(?:ipo|initial public offering|flotation|share sale|bond|debut|rights issue)\b/.test(
      p.m.text,
    )
  )
    return
  const closed = patientOf(pred)
    .filter(({ head }) => /^(?:close|closing|completion|raising|conclusion)$/.test(head))
    .flatMap((np) => phrase(phrasesOf(p, np), 'of')?.nps ?? [])
  const object = [...patientOf(pred), ...closed].find((np) => worthOf(p, np) !== undefined)
  if (to === undefined || object === undefined) return
  const around = [object.head, ...object.pre, ...pred.pps.flatMap(({ np }) => [np.head, ...np.pre])]
  const isFunding =
    around.some((w) => FUNDING.test(w)) ||
    pred.pps.some(({ np }) => /^(?:Series|Seed)\b/.test(np.name?.text ?? ''))
  const backed = firstFirm(p, pp(pred, 'from')?.nps ?? [])
  const isHelp = p.preds.some(
    ({ governor, lemma }) =>
      governor === pred &&
      /^(?:help|build|fund|expand|scale|develop|grow|hire|launch)$/.test(lemma),
  )
  const isPlain =
    object.head === '' &&
    (pred.lemma === 'raise' ||
      (backed !== undefined &&
        !backed.isRegulator &&
        /^(?:raise|take in|pull in|bag|net|land|scoop|pocket|rake in|bring in|attract)$/.test(
          pred.lemma,
        )) ||
      (isHelp && /^(?:bag|net|land|pull in|take in)$/.test(pred.lemma)))
  if (around.some((w) => NOT_FUNDING.test(w)) || !(isFunding || isPlain)) return
  if (
    object.head !== '' &&
    !FUNDING.test(object.head) &&
    !/^(?:total|sum|cheque|check)$/.test(object.head)
  )
    return
  const backers = backersOf(p, pred.i)
  const from = backers[0]
  add({
    at: pred.vg.at,
    from: from === to ? undefined : from,
    to,
    with: backers
      .slice(1)
      .filter((one) => one !== to)
      .map(({ name }) => name),
    money: worthOf(p, object),
    when: when(p, pred.vg.at),
  })
}

/** Who leads, and who takes part: all the firms that the rest of the sentence names as investors. */
function backersOf(p: Parse, i: number): Name[] {
  const leaders: Name[] = []
  const others: Name[] = []
  const put = (list: Name[], names: readonly Name[]) => {
    for (const name of names) if (!leaders.includes(name) && !others.includes(name)) list.push(name)
  }
  for (const pred of p.preds) {
    if (pred.i <= i) continue
    if (
      /^(?:lead|co-lead|head|anchor|back|spearhead|provide|fund|support|finance|underwrite)$/.test(
        pred.lemma,
      )
    )
      put(leaders, firmsOf(p, pred.isPassive ? agentOf(pred) : pred.subject))
    if (
      /^(?:participate|join|take|follow|contribute|invest|include)$/.test(pred.lemma) &&
      !pred.isPassive
    )
      put(
        others,
        firmsOf(p, [...pred.subject, ...(pred.lemma === 'include' ? (pred.objects[0] ?? []) : [])]),
      )
  }
  for (let k = i + 1; k < p.chunks.length; k++) {
    const chunk = p.chunks[k]
    const np = p.chunks[k + 1]
    if (chunk?.k === 'stop') break
    if (chunk?.k !== 'p' || !isNp(np)) continue
    const head = p.chunks[k - 1]
    const isFrom =
      chunk.w === 'from' ||
      chunk.w === 'including' ||
      chunk.w === 'alongside' ||
      (chunk.w === 'by' &&
        isNp(head) &&
        /^(?:investment|participation|backing|support|funding)$/.test(head.head))
    if (isFrom)
      put(
        (isNp(head) && /^(?:participation|contribution|support|backing)$/.test(head.head)) ||
          chunk.w === 'alongside'
          ? others
          : leaders.length === 0
            ? leaders
            : others,
        firmsOf(p, p.group(k + 1)),
      )
  }
  const leading = /with (⟨[OU]\d+⟩) leading/u.exec(p.m.text)
  const mark = leading?.[1] === undefined ? undefined : p.m.at(leading.index + 5)
  if (isFirmMention(mark)) put(leaders, [mark.name])
  return [...leaders, ...others].filter((name) => !name.isRegulator)
}

/** `⟨O1⟩'s ⟨M2⟩ investment in ⟨O3⟩`, `a ⟨M1⟩ investment from ⟨O2⟩`, `a round led by ⟨O1⟩`. */
function fromNoun(p: Parse, np: Np, add: Add): void {
  const list = phrasesOf(p, np)
  if (!isNounSaid(p, np) || (np.head === 'purchase' && !np.pre.includes('stake'))) return
  const support = supportOf(p, np)
  const into = phrase(list, 'in', 'into')
  const by = phrase(list, 'by', 'from')
  const money =
    np.money ?? worthOf(p, np) ?? (support === undefined ? undefined : priceIn(p, support.pred.pps))
  if (np.head === 'stake' && money === undefined) return
  const to = into === undefined ? undefined : firstFirm(p, into.nps)
  const from = by === undefined ? doerOf(p, np, list) : firstFirm(p, by.nps)
  if (np.head === 'stake') return
  if (to === undefined && money !== undefined && partners(p, np, from, money, add)) return
  if (to !== undefined && from !== undefined && money !== undefined)
    add({ at: np.at, from, to, money, when: when(p, np.at) })
  else if (
    from !== undefined &&
    money !== undefined &&
    by !== undefined &&
    into === undefined &&
    np.head === 'investment'
  ) {
    const receiver =
      support === undefined ? ownerOf(np) : (firstFirm(p, agentOf(support.pred)) ?? ownerOf(np))
    if (receiver !== undefined && receiver !== from)
      add({ at: np.at, from, to: receiver, money, when: when(p, np.at) })
  } else if (
    ROUND.test(np.head) &&
    money !== undefined &&
    (np.owner !== undefined || np.mods.length > 0)
  ) {
    const owner = ownerOf(np)
    if (np.money === undefined && worthOf(p, np) === undefined) return
    const backers = backersOf(p, p.place(np))
    if (owner !== undefined && backers[0] !== owner && support?.pred.lemma !== 'lead')
      add({
        at: np.at,
        from: backers[0],
        to: owner,
        with: backers.slice(1).map(({ name }) => name),
        money,
        when: when(p, np.at),
      })
  }
}

/** `The ⟨O1⟩ ⟨O2⟩ partnership involves ⟨O2⟩'s ⟨M3⟩ investment`: the other party receives it. */
function partners(p: Parse, np: Np, from: Name | undefined, money: Mention, add: Add): boolean {
  const pact = nounsWith(
    p,
    /^(?:partnership|alliance|tie-up|deal|pact|agreement|collaboration|accord|venture|link-up|backing)$/,
  )[0]
  if (pact === undefined) return false
  const beside = phrase(phrasesOf(p, pact), 'with', 'between')?.nps ?? []
  const before = p.chunks[p.place(pact) - 1]
  const near =
    isNp(before) && isFirmMention(before.name) && before.end + 1 >= pact.at
      ? [before.name.name]
      : []
  const parties = [
    ...near,
    ...[pact.owner, ...pact.mods].filter(isFirmMention).map(({ name }) => name),
    ...firmsOf(p, beside),
  ]
  const [first] = parties
  const other = from === undefined ? undefined : parties.find((name) => name !== from)
  if (from !== undefined && other !== undefined)
    add({ at: np.at, from, to: other, money, when: when(p, np.at) })
  // `⟨O1⟩'s alliance with ⟨O2⟩ is built around a ⟨M3⟩ investment`: told of the one that receives.
  else if (
    from === undefined &&
    first === p.m.context.topic &&
    parties.length === 2 &&
    pact.owner !== undefined
  )
    add({ at: np.at, from: parties[1], to: first, money, when: when(p, np.at) })
  else return false
  return true
}
