import type { Draft } from '../draft.ts'
import { isVg } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  called,
  firmsOf,
  firstActor,
  firstFirm,
  isFirmMention,
  isSaid,
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
  when,
  wordsOf,
  worthOf,
  written,
} from './args.ts'

const CONTRACT =
  /^(?:contract|order|agreement|deal|tender|partnership|mou|memorandum|alliance|pact|collaboration|accord|letter|commission|framework|tie-up|venture|concession|work|arrangement)$/
const CHOOSE = /^(?:pick|select|choose|hire|commission|tap|contract|appoint|name)$/
const SIGN =
  /^(?:sign|win|secure|land|clinch|ink|strike|seal|bag|announce|agree|award|enter|form|conclude|get|receive|book|close|reach|have|complete|scoop|hold|pick up|capture|obtain|gain|unveil|extend|renew|finalise|finalize|place|hand|give|beat|score|net|nab|forge|sign up|build|expand|launch|set up|establish|make|cement|snag|pocket|scoop up|earn|grant|pen|deepen|start|create)$/
const JOIN =
  /^(?:partner|team|team up|collaborate|cooperate|ally|work|join|tie up|link up|supply|sign up|pair|pair up|hook up|join up|deploy)$/
const NOT_CONTRACT =
  /^(?:merger|takeover|acquisition|buyout|peace|settlement|licence|share|sponsorship-free|loan|credit|facility|plea|coalition|trade)$/

/** Who agreed with whom to supply or to work together. */
export function contracts(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: Name | undefined,
    others: readonly Name[],
    money: Draft['money'],
    what?: string,
  ) => {
    const names = others.filter((one) => one !== of && !one.isAsset)
    if (of === undefined || of.isRegulator || of.isAsset || names.length === 0) return
    out.push({
      type: 'contract',
      at,
      of,
      with: names.map(({ name }) => name),
      money,
      when: when(p, at),
      ...(what === undefined ? {} : { what }),
    })
  }
  agreed(p, add)
  dealWith(p, add)
  return out
}

/** Verbs that give, choose, order or sign. */
function agreed(p: Parse, add: Add): void {
  for (const pred of p.preds) {
    if (!isSaid(p, pred)) continue
    if (/^(?:award|hand|give|grant)$/.test(pred.lemma)) awarded(p, pred, add)
    else if (JOIN.test(pred.lemma)) joined(p, pred, add)
    else if (/^(?:order|charter|lease|commission)$/.test(pred.lemma) && !pred.isPassive) {
      // `ordered 80 engines from ⟨O1⟩ in a deal worth ⟨M2⟩`.
      const from = pp(pred, 'from')
      if (from !== undefined && pred.objects.length > 0)
        add(pred.vg.at, firstFirm(p, pred.subject), firmsOf(p, from.nps), priceIn(p, pred.pps))
    } else if (CHOOSE.test(pred.lemma)) chosen(p, pred, add)
    else if (SIGN.test(pred.lemma) && !pred.isPassive) signed(p, pred, add)
  }
}

const WORK =
  /^(?:supply|build|provide|deliver|design|develop|make|manage|run|operate|modernise|modernize|upgrade|construct|install|maintain|power|handle|produce)$/

/** `picked ⟨O1⟩ to supply the pumps`, `was chosen by ⟨O1⟩ as its custodian`. */
function chosen(p: Parse, pred: Pred, add: Add): void {
  const at = pred.vg.at
  if (pred.isPassive) {
    if (/^(?:appoint|name|hire)$/.test(pred.lemma)) return
    const by = pred.pps.filter(({ w }) => w === 'by').flatMap(({ nps }) => nps)
    const isFor =
      pred.pps.some(({ w }) => w === 'as' || w === 'for') ||
      p.preds.some(({ governor }) => governor === pred)
    if (isFor) add(at, firstFirm(p, pred.subject), firmsOf(p, by), undefined)
    return
  }
  const [by] = firmsOf(p, pred.subject)
  const firms = firmsOf(p, pred.objects[0] ?? []).filter(({ kind }) => kind !== 'person')
  const isWork = p.preds.some(({ governor, lemma }) => governor === pred && WORK.test(lemma))
  const deal = pred.pps.find(({ np }) => CONTRACT.test(np.head))
  if (firms.length > 0 && (isWork || deal !== undefined))
    add(at, by, firms, deal === undefined ? undefined : worthOf(p, deal.np))
}

/** `won a ⟨M1⟩ contract from ⟨O2⟩`, `⟨O1⟩ and ⟨O2⟩ signed an agreement`. */
function signed(p: Parse, pred: Pred, add: Add): void {
  const np =
    pred.objects.flat().find((one) => isContract(p, one)) ??
    (pred.lemma === 'enter' ? pp(pred, 'into')?.np : undefined)
  if (np === undefined || !isContract(p, np)) return
  const list = [...phrasesOf(p, np), ...pred.pps]
  const other = list.find(
    ({ w, nps }) => /^(?:with|from|by|between|at)$/.test(w) && firmsOf(p, nps).length > 0,
  )
  const money = np.money ?? worthOf(p, np) ?? priceIn(p, list)
  const [of, ...rest] = firmsOf(p, pred.subject)
  const mods = np.mods.filter(isFirmMention).flatMap(({ name }) => name ?? [])
  const others = other !== undefined ? firmsOf(p, other.nps) : rest.length > 0 ? rest : mods
  add(pred.vg.at, of, others, money)
}

/** `⟨O1⟩ deal with ⟨O2⟩`. */
function dealWith(p: Parse, add: Add): void {
  for (const np of nounsWith(p, CONTRACT)) {
    // `under a contract valued at`, `⟨O1⟩'s deal with ⟨O2⟩`, `the contract with ⟨O1⟩`.
    // What a partnership is about may be an investment: then that is the fact.
    const isMoney = nounsWith(p, /^(?:investment|injection|infusion|purchase)$/).length > 0
    if (!isContract(p, np) || isMoney || nounStatus(p, np) === 'unreal') continue
    const list = phrasesOf(p, np)
    const other = phrase(list, 'with')
    const owner = ownerOf(np)
    const support = supportOf(p, np)
    if (
      owner !== undefined &&
      other !== undefined &&
      (support === undefined || support.role === 'subject')
    )
      add(np.at, owner, firmsOf(p, other.nps), np.money ?? worthOf(p, np))
  }
}

function isContract(p: Parse, np: Np): boolean {
  if (!CONTRACT.test(np.head)) return false
  if (
    np.pre.some(
      (w) =>
        NOT_CONTRACT.test(w) ||
        /^(?:takeover|buyout|merger|all-share|cash|peace|trade|plea|funding|acquisition|financing|loan|property|stake|share|exchange)$/.test(
          w,
        ),
    )
  )
    return false
  const next = p.chunks[p.place(np) + 1]
  if (
    isVg(next) &&
    next.isInfinitive &&
    /^(?:buy|acquire|sell|take over|purchase|merge|pay|settle|invest|combine|take|offload|divest|resolve)$/.test(
      next.lemma,
    )
  )
    return false
  const to = phrase(phrasesOf(p, np), 'for', 'of')
  return (
    !(np.head === 'letter' && to?.np.head !== 'intent') &&
    !(
      to !== undefined &&
      /^(?:sale|acquisition|purchase|takeover|understanding-free)$/.test(to.np.head)
    )
  )
}

type Add = (
  at: number,
  of: Name | undefined,
  others: readonly Name[],
  money: Draft['money'],
  what?: string,
) => void

/** `⟨O1⟩ awarded ⟨O2⟩ a contract`, `⟨O2⟩ was awarded a contract by ⟨O1⟩`, `a contract was awarded to ⟨O2⟩`. */
function awarded(p: Parse, pred: Pred, add: Add): void {
  const all = [...pred.objects.flat(), ...(pred.isPassive ? pred.subject : [])]
  const np = all.find((one) => isContract(p, one))
  if (np === undefined) return
  const list = phrasesOf(p, np)
  const to = pp(pred, 'to') ?? phrase(list, 'to')
  const direct = firmsOf(
    p,
    (pred.isPassive ? pred.subject : (pred.objects[0] ?? [])).filter((one) => one !== np),
  )
  const [of] = direct.length > 0 ? direct : firmsOf(p, to?.nps ?? [])
  const by = firmsOf(p, agentOf(pred))
  const others = by.length > 0 ? by : firmsOf(p, phrase(list, 'by', 'from')?.nps ?? [])
  add(pred.vg.at, of, others, np.money ?? worthOf(p, np) ?? priceIn(p, [...list, ...pred.pps]))
}

/** `⟨O1⟩ has partnered with ⟨O2⟩`, `⟨O1⟩ will supply … to ⟨O2⟩ under a contract worth`. */
function joined(p: Parse, pred: Pred, add: Add): void {
  const at = pred.vg.at
  const [of, ...rest] = firmsOf(p, agentOf(pred))
  if (pred.lemma === 'supply' || pred.lemma === 'deploy') {
    const to = pp(pred, 'to', 'for')
    const deal = pred.pps.find(({ np }) => CONTRACT.test(np.head))
    const direct = pp(pred, 'with') === undefined ? undefined : firstFirm(p, patientOf(pred))
    const other = to === undefined ? direct : firstFirm(p, to.nps)
    const isDeal = deal !== undefined || /\b(?:contract|deal|order|agreement)\b/.test(p.m.text)
    if (other !== undefined && isDeal && pred.lemma === 'supply')
      add(at, of, [other], deal === undefined ? undefined : (deal.np.money ?? worthOf(p, deal.np)))
    return
  }
  if (pred.lemma === 'work' && !/\bpartner|together|agreement|collaborat/.test(p.m.text)) return
  if (
    pred.lemma === 'work' ||
    (pred.lemma === 'join' && !pred.objects.flat().some(({ head }) => head === 'force'))
  )
    return
  const other = pred.lemma === 'tap' || pred.lemma === 'contract' ? undefined : pp(pred, 'with')
  const isBid = pred.pps.some(
    ({ w, np }) => (w === 'on' || w === 'for') && /^(?:bid|proposal|offer|tender)$/.test(np.head),
  )
  if (other !== undefined && !isBid) add(at, of, firmsOf(p, other.nps), undefined)
  else if (
    rest.length > 0 &&
    /^(?:partner|team|team up|collaborate|ally|tie up|link up|pair up|join)$/.test(pred.lemma)
  )
    add(at, of, rest, undefined)
}

const LAUNCH =
  /^(?:launch|unveil|introduce|release|debut|roll out|bring out|present|premiere|reveal|ship|showcase|start selling|go live|relaunch|kick off|open up|announce|put out|debut)$/
const NOT_PRODUCT =
  /^(?:investigation|probe|inquiry|enquiry|lawsuit|suit|review|attack|bid|offer|offering|campaign|appeal|consultation|case|action|proceeding|crackdown|search|tender|ipo|audit|competition|strike|detail|statement|report|result|figure|datum|data|finding|plan|process|round|talk|effort|initiative|study|survey|hunt|raid|operation|fund|fundraising|buyback|sale|information|document|guidance|rule|programme|program|feature|tool|update|improvement|option|change|measure|function|capability|deal|partnership|acquisition|strategy|proposal|loss|profit|revenue|stake|investment|contract|agreement|name|funding|offer|dividend|restructuring|share|budget|forecast|takeover|job|layoff|cut|cost|move|project|office|factory|plant|branch|store|division|unit|venture|company|business|group|war|challenge|legal|rebrand|transaction|layoffs|policy|bill|law|scheme|package|number|it|that|evidence|breach|appointment|executive|boss|licence|license|quarter|trial|counteroffensive|drive|time|year|people|person|customer|reform|exchange|programme|expansion|merger|operations|settlement|fine|merger|penalty|reward|bounty|incentive|hiring|theft|split|proceeds|search|assault|inspection|accelerator|incubator|academy|contest)$/

/** Which product a firm brought out. */
export function launches(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: Name | undefined,
    what: string | undefined,
    date?: Draft['when'],
  ) => {
    if (
      of === undefined ||
      of.isRegulator ||
      of.isAsset ||
      what === undefined ||
      what === of.name ||
      of.kind === 'person'
    )
      return
    out.push({ type: 'product_launch', at, of, what, when: date ?? when(p, at) })
  }
  for (const pred of p.preds) {
    if (!LAUNCH.test(pred.lemma) || !isSaid(p, pred)) continue
    const of = firstActor(p, agentOf(pred))
    const nps = pred.lemma === 'go live' ? (pp(pred, 'with')?.nps ?? []) : patientOf(pred)
    for (const np of nps) {
      const what = productOf(p, np, /^(?:announce|reveal|present|ship|showcase)$/.test(pred.lemma))
      if (what !== undefined) add(pred.vg.at, of, what)
    }
  }
  for (const pred of p.preds) {
    // `began selling its pill, ⟨T1⟩`, `will begin deliveries of the ⟨T1⟩`.
    if (!/^(?:begin|start|commence)$/.test(pred.lemma) || !isSaid(p, pred) || pred.isPassive)
      continue
    const of = firstActor(p, pred.subject)
    const selling = p.preds.find(
      ({ governor, lemma }) =>
        governor === pred && /^(?:sell|ship|deliver|market|offer)$/.test(lemma),
    )
    const delivery = patientOf(pred).find(({ head }) =>
      /^(?:delivery|sale|sales|shipment)$/.test(head),
    )
    const things =
      selling === undefined
        ? delivery === undefined
          ? []
          : (phrase(phrasesOf(p, delivery), 'of')?.nps ?? [])
        : patientOf(selling)
    for (const np of things) add(pred.vg.at, of, productOf(p, np, true))
  }
  for (const np of nounsWith(
    p,
    /^(?:launch|release|debut|rollout|roll-out|unveiling|introduction)$/,
  )) {
    const owner = isFirmMention(np.owner) ? np.owner.name : undefined
    const mod = np.mods.find(({ letter }) => letter === 'T' || letter === 'U' || letter === 'O')
    if (nounStatus(p, np) === 'unreal') continue
    if (owner !== undefined && mod !== undefined && mod !== np.owner)
      add(np.at, owner, mod.text, np.date)
    const of = phrase(phrasesOf(p, np), 'of')
    const support = supportOf(p, np)
    const by =
      owner ??
      (support === undefined || support.role === 'subject'
        ? undefined
        : firstFirm(p, agentOf(support.pred)))
    const what = of === undefined ? undefined : productOf(p, of.np, false)
    if (by !== undefined && what !== undefined) add(np.at, by, what, np.date)
  }
  return out
}

/** The product's own name, else a noun with a word that tells it apart. */
function productOf(p: Parse, np: Np, isStrict: boolean): string | undefined {
  if (np.isPronoun || np.quantity !== undefined || (np.money !== undefined && np.head === ''))
    return undefined
  const own = np.name
  const version = /^(?:\d|v\d)/.test(np.head)
    ? np.mods.find(({ letter }) => 'TUO'.includes(letter))
    : undefined
  if (version !== undefined) return written(p, version.start, np.end)
  if (own !== undefined) {
    if (own.letter === 'P' || own.letter === 'L' || own.letter === 'A' || own.letter === 'K')
      return undefined
    if (isStrict && own.letter === 'O') return undefined
    return own.text
  }
  if (NOT_PRODUCT.test(np.head)) return undefined
  const other = p.apposed(np) ?? undefined
  const named = other?.name ?? called(p, np)
  if (named !== undefined && 'TUO'.includes(named.letter)) return named.text
  if (isStrict) return undefined
  const isBare =
    np.pre.length === 0 &&
    np.mods.length === 0 &&
    phrase(phrasesOf(p, np), 'for', 'of') === undefined
  if (isBare || np.quantity !== undefined) return undefined
  const mod = np.mods.find(({ letter }) => 'TU'.includes(letter))
  return mod !== undefined && np.pre.length === 0 ? mod.text : wordsOf(p, np)
}
