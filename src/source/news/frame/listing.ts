import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { nounStatus, supportOf } from '../grammar/real.ts'
import {
  agentOf,
  firmOf,
  firmsOf,
  firstFirm,
  isDone,
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
  when,
} from './args.ts'
import { inOf } from './loss.ts'

const LIST =
  /^(?:list|add|launch|open|begin|start|enable|introduce|support|welcome|commence|roll out|make|offer|kick off)$/

const DEBUT =
  /^(?:debut|list|float|go public|ipo|begin|start|make|commence|open|trade|ring|complete|price|join|kick off|dual-list|relist)$/

const VENUE_PREP = /^(?:on|at|in|to|onto)$/

function venueOf(p: Parse, np: Np | undefined): Name | undefined {
  const name = firmOf(p, np)
  if (name !== undefined) return name
  // `the main market of the ⟨O1⟩`
  const of = np === undefined ? undefined : phrase(phrasesOf(p, np), 'of')
  return of === undefined ? undefined : firstFirm(p, of.nps)
}

const isAssetLike = (np: Np) =>
  np.name !== undefined &&
  (np.name.letter === 'T' ||
    np.name.name?.isAsset === true ||
    ((np.name.letter === 'U' || np.name.letter === 'O') &&
      /^[\p{Lu}\p{N}$]{2,10}$/u.test(np.name.text)))

/** What is traded where. */
export function listings(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (at: number, of: Name | undefined, to: Name | undefined, qualifier?: string) => {
    if (of === undefined || to === undefined || of === to || of.isRegulator || to.isRegulator)
      return
    if (out.some((one) => one.of === of && one.to === to)) return
    out.push({
      type: 'listing',
      at,
      of,
      to,
      when: when(p, at),
      ...(qualifier === undefined ? {} : { qualifier }),
    })
  }
  for (const pred of p.preds) {
    // `Peaq now trades on Kraken`: a token on an exchange.
    if (pred.lemma !== 'trade' || !isDone(p, pred) || pred.isPassive) continue
    const on = firstFirm(p, pp(pred, 'on')?.nps ?? [])
    for (const np of pred.subject)
      if (np.name?.name !== undefined && 'TU'.includes(np.name.letter) && on?.kind === 'org')
        add(pred.vg.at, np.name.name, on)
  }
  const isToken =
    /\b(?:tokens?|coins?|pairs?|spot|trading|crypto|perpetuals?|markets?|deposits)\b/.test(p.m.text)
  for (const pred of p.preds) {
    if (!isSaid(p, pred)) continue
    const at = pred.vg.at
    const isDelist = pred.lemma === 'delist'
    if (isDelist) {
      const [by] = firmsOf(p, agentOf(pred))
      for (const np of patientOf(pred))
        if (np.name !== undefined && np.name.letter !== 'K' && by !== undefined)
          add(at, np.name.name, by, 'delisted')
      continue
    }
    if (LIST.test(pred.lemma)) tokenListing(p, pred, isToken, add)
    if (DEBUT.test(pred.lemma)) debut(p, pred, add)
  }
  for (const np of nounsWith(
    p,
    /^(?:listing|debut|ipo|flotation|trading|float|offering|dealing)$/,
  )) {
    const list = phrasesOf(p, np)
    const on = list.find(({ w, np: inner }) => (w === 'on' || w === 'at') && isVenue(p, inner))
    if (
      on === undefined &&
      /^(?:ipo|flotation|offering)$/.test(np.head) &&
      (np.head !== 'offering' || (np.pre.includes('public') && np.pre.includes('initial'))) &&
      nounStatus(p, np) === 'real'
    ) {
      // `raised ⟨M1⟩ in its IPO`: where it is listed is not said.
      const own =
        ownerOf(np) ??
        p.preds
          .filter(({ lemma }) => lemma === 'raise')
          .map(({ subject }) => firstFirm(p, subject))
          .find((one) => one !== undefined)
      const raised = p.preds.some(({ lemma }) => lemma === 'raise')
      if (own !== undefined && raised && !out.some((one) => one.of === own))
        out.push({ type: 'listing', at: np.at, of: own, when: when(p, np.at) })
      continue
    }
    if (on === undefined || nounStatus(p, np) === 'unreal') continue
    const of = ownerOf(np) ?? debutant(p, np)
    if (of !== undefined && !of.isAsset) add(np.at, of, venueOf(p, on.np))
  }
  return out
}

function isVenue(p: Parse, np: Np): boolean {
  const name = venueOf(p, np)
  return (
    name !== undefined &&
    (name.isVenue || /exchange|market|bourse|nasdaq|euronext|nyse|börse/i.test(name.name))
  )
}

function debutant(p: Parse, np: Np): Name | undefined {
  const support = supportOf(p, np)
  const own =
    support === undefined
      ? undefined
      : (firstFirm(p, support.pred.subject) ??
        support.pred.subject
          .map((one) => ownerOf(one) ?? inOf(p, one))
          .find((one) => one !== undefined))
  const of = phrase(phrasesOf(p, np), 'of', 'by')
  return (of === undefined ? undefined : firstFirm(p, of.nps)) ?? own
}

type Add = (at: number, of: Name | undefined, to: Name | undefined, qualifier?: string) => void

/** `⟨O1⟩ will list ⟨T2⟩`, `⟨T2⟩ was listed on ⟨O1⟩`, `opened trading in ⟨T2⟩`. */
function tokenListing(p: Parse, pred: Pred, isToken: boolean, add: Add): void {
  const at = pred.vg.at
  const isList = pred.lemma === 'list'
  const [by] = firmsOf(p, agentOf(pred)).filter(({ isAsset }) => !isAsset)
  if (pred.isPassive) {
    const venue = pred.pps.find(({ w }) => VENUE_PREP.test(w))
    if (!isList || venue === undefined) return
    for (const np of pred.subject)
      if (np.name?.name !== undefined && (isAssetLike(np) || isVenue(p, venue.np)))
        add(at, np.name.name, venueOf(p, venue.np))
    return
  }
  const things = [
    ...pred.objects.flat(),
    ...pred.pps
      .filter(({ w, np }) => /^(?:in|for|of)$/.test(w) && isNp(np))
      .flatMap(({ nps }) => nps),
  ]
  const opens =
    pred.objects
      .flat()
      .some(({ head }) =>
        /^(?:trading|pair|support|market|deposit|spot|dealing|perpetual|future)$/.test(head),
      ) ||
    (pred.lemma === 'make' && pred.after.includes('available'))
  if (!isList && !opens && pred.lemma !== 'add') return
  for (const np of things) {
    // `the PYTH token`.
    const mod = /^(?:token|coin)$/.test(np.head) ? np.mods.at(-1) : undefined
    if (mod?.name !== undefined && by !== undefined && 'TUO'.includes(mod.letter))
      add(at, mod.name, by)
  }
  const inner = things.flatMap((np) => [
    np,
    ...phrasesOf(p, np)
      .filter(({ w }) => /^(?:in|for|of|including|with)$/.test(w))
      .flatMap(({ nps }) => nps),
  ])
  for (const np of inner) {
    const fits =
      isAssetLike(np) ||
      (isToken &&
        np.name !== undefined &&
        'TUO'.includes(np.name.letter) &&
        np.name.name?.isVenue !== true &&
        np.pre.every((w) => w !== 'exchange') &&
        (isList || opens || pred.lemma === 'add'))
    if (fits && by !== undefined) add(at, np.name?.name, by)
  }
}

/** `⟨O1⟩ debuted on ⟨O2⟩`, `made its debut on`, `went public on`, `listed its shares on`. */
function debut(p: Parse, pred: Pred, add: Add): void {
  const venue = [...pred.pps, ...pred.objects.flat().flatMap((np) => phrasesOf(p, np))].find(
    ({ w, np }) => VENUE_PREP.test(w) && isVenue(p, np),
  )
  const direct = pred.objects.flat().find((np) => isVenue(p, np))
  if (venue === undefined && !(pred.lemma === 'join' && direct !== undefined)) return
  const object = pred.objects.flat()[0]
  const isOwn =
    object === undefined ||
    /^(?:debut|share|stock|trading|dealing|bell|ipo|offering|listing|flotation|float|life|company)$/.test(
      object.head,
    ) ||
    object === direct
  if (!isOwn) return
  const [np] = pred.subject
  const of = firmOf(p, np) ?? (np === undefined ? undefined : (ownerOf(np) ?? inOf(p, np)))
  if (
    /^(?:begin|start|commence|open|trade|make|complete|price|ring|kick off)$/.test(pred.lemma) &&
    !/trading|debut|bell|deal|ipo|offering|list|float|life|trade/.test(
      p.m.text.slice(pred.vg.at, pred.vg.end + 60),
    )
  )
    return
  if (isFirmMention(np?.name) || of !== undefined)
    add(pred.vg.at, of, venueOf(p, venue?.np ?? direct))
}
