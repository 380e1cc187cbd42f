import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import { nounStatus } from '../grammar/real.ts'
import {
  firmOf,
  firstFirm,
  isDone,
  isFirmMention,
  type Mention,
  type Name,
  type Np,
  ownerOf,
  type Parse,
  type Pred,
  phrase,
  phrasesOf,
  pp,
  when,
} from './args.ts'

const RISE =
  /^(?:rise|climb|jump|gain|surge|soar|rally|advance|rocket|leap|add|increase|grow|rebound|bounce|spike|recover|skyrocket|pop|move up|trade up|edge|shoot|firm|strengthen|inch|close|open|trade|end|finish|be|go|settle|push|send|put on|put|lift|boost|drive|propel|tick|double|triple|fetch|debut|start|begin)$/

const FALL =
  /^(?:fall|drop|decline|slip|slide|plunge|plummet|tumble|sink|lose|shed|slump|dip|crash|collapse|tank|retreat|ease|dive|decrease|crater|skid|nosedive|weaken|wipe|wipe off|knock|knock off|dent|give up|surrender|drag|swoon|slash)$/

const SHARE = /^(?:share|stock|scrip|equity|adr|paper)$/

const DOWN = /^(?:down|lower|off|below|weaker|under)$/

/** By how much whose share moved. A fall is negative. */
export function shareMoves(p: Parse): Draft[] {
  const out: Draft[] = []
  const used = new Set<Mention>()
  movedBy(p, out, used)
  signed(p, out, used)
  jumpOf(p, out, used)
  return out
}

/** `⟨O1⟩ shares fell ⟨C2⟩`. */
function movedBy(p: Parse, out: Draft[], used: Set<Mention>): void {
  for (const pred of p.preds) {
    const isFall = FALL.test(pred.lemma)
    const isMove = pred.after.some((w) => w === 'higher' || w === 'lower')
    if ((!RISE.test(pred.lemma) && !isFall && !isMove) || !isDone(p, pred)) continue
    const shares = stockIn(p, pred)
    if (shares === undefined) continue
    const percent = byHowMuch(p, pred)
    if (percent === undefined || used.has(percent)) continue
    const behind = p.m.text.slice(percent.end, percent.end + 12)
    const words = [...pred.after, /^ (\p{Ll}+)/u.exec(behind)?.[1] ?? '']
    const isDown =
      isFall ||
      words.some((w) => DOWN.test(w)) ||
      /^ (?:below|under)/.test(behind) ||
      /(?:down|lower|off) $/.test(p.m.text.slice(0, percent.start))
    if (
      /^(?:be|close|open|trade|end|finish|settle|start|begin|debut|go|fetch|edge|inch|tick)$/.test(
        pred.lemma,
      ) &&
      !isDown &&
      !words.some((w) => /^(?:up|higher|above|stronger|firmer|over)$/.test(w)) &&
      !/(?:up|higher) $/.test(p.m.text.slice(0, percent.start))
    )
      continue
    gapped(p, pred, isDown, percent, out, used)
    used.add(percent)
    out.push({
      type: 'share_price_change',
      at: pred.vg.at,
      of: shares,
      percent,
      isFall: isDown,
      when: when(p, pred.vg.at),
    })
  }
}

/** `⟨O1⟩ lost ⟨C2⟩ and ⟨O3⟩ ⟨C4⟩`: the verb is said once. */
function gapped(
  p: Parse,
  pred: Pred,
  isDown: boolean,
  percent: Mention,
  out: Draft[],
  used: Set<Mention>,
): void {
  const next = p.chunks.findIndex((chunk, k) => k > pred.i && chunk.k === 'cc')
  const [other, sum] = [p.chunks[next + 1], p.chunks[next + 2]]
  if (
    next > 0 &&
    isNp(other) &&
    isNp(sum) &&
    sum.percent !== undefined &&
    sum.head === '' &&
    !used.has(sum.percent) &&
    sum.percent !== percent
  ) {
    const firm = firmOf(p, other)
    if (firm !== undefined) {
      used.add(sum.percent)
      out.push({
        type: 'share_price_change',
        at: other.at,
        of: firm,
        percent: sum.percent,
        isFall: isDown,
        when: when(p, pred.vg.at),
      })
    }
  }
}

/** `shares +6%`: a line without a verb. */
function signed(p: Parse, out: Draft[], used: Set<Mention>): void {
  p.chunks.forEach((chunk, k) => {
    // `shares +6%`: a line without a verb.
    const sum = p.chunks[k + 1]
    if (
      !isNp(chunk) ||
      !isNp(sum) ||
      sum.percent === undefined ||
      sum.head !== '' ||
      used.has(sum.percent)
    )
      return
    const sign = /([+−–-])$/.exec(p.m.text.slice(0, sum.at))?.[1]
    const of = sign === undefined ? undefined : stockFirm(p, chunk)
    if (of === undefined) return
    used.add(sum.percent)
    out.push({
      type: 'share_price_change',
      at: chunk.at,
      of,
      percent: sum.percent,
      isFall: sign !== '+',
    })
  })
}

/** `a ⟨C1⟩ jump in ⟨O2⟩ shares`. */
function jumpOf(p: Parse, out: Draft[], used: Set<Mention>): void {
  for (const np of p.chunks.filter(
    (chunk): chunk is Np => isNp(chunk) && chunk.percent !== undefined,
  )) {
    // `a ⟨C1⟩ jump in ⟨O2⟩'s shares`
    const percent = np.percent
    if (
      percent === undefined ||
      used.has(percent) ||
      !/^(?:jump|surge|rise|gain|fall|drop|slump|decline|plunge|rally|increase|slide|dip|loss|leap|spike|tumble|sell-off|selloff|climb|advance)$/.test(
        np.head,
      )
    )
      continue
    const of = stockFirm(p, phrase(phrasesOf(p, np), 'in', 'for', 'of')?.np)
    if (of === undefined || nounStatus(p, np) !== 'real') continue
    used.add(percent)
    out.push({
      type: 'share_price_change',
      at: np.at,
      of,
      percent,
      isFall: /^(?:fall|drop|slump|decline|plunge|slide|dip|loss|tumble|sell-off|selloff)$/.test(
        np.head,
      ),
      when: when(p, np.at),
    })
  }
}

function byHowMuch(p: Parse, pred: Pred): Mention | undefined {
  const object = pred.objects.flat().find((np) => np.percent !== undefined && np.head === '')
  const by = pp(
    pred,
    'by',
    'on',
    'as',
    'up',
    'down',
    'about',
    'around',
    'near',
    'over',
    'more',
    'off',
    'out',
  )
  if (object !== undefined) return object.percent
  if (by?.np.percent !== undefined) return by.np.percent
  const near = p.m.between(pred.vg.end, Math.min(p.m.text.length, pred.vg.end + 45), 'C')[0]
  const between = near === undefined ? '' : p.m.text.slice(pred.vg.end, near.start)
  return near !== undefined &&
    /^(?: (?:by|up|down|higher|lower|as much as|more than|nearly|almost|about|a|an|another|the|further|trading|in|on|at|early|after-hours|to [a-z⟨⟩M\d ]+,|⟨D\d+⟩|⟨L\d+⟩|⟨O\d+⟩|morning|afternoon|sharply|some|over|around)| )*$/.test(
      between,
    )
    ? near
    : undefined
}

/** Whose shares rose: subject, or what was pushed. */
function stockIn(p: Parse, pred: Pred): Name | undefined {
  const subject = pred.subject.map((np) => stockFirm(p, np)).find((name) => name !== undefined)
  if (subject !== undefined) return subject
  if (/^(?:send|push|lift|boost|drive|propel|drag|knock|put)$/.test(pred.lemma))
    return pred.objects
      .flat()
      .map((np) => stockFirm(p, np))
      .find((name) => name !== undefined)
  if (/^(?:wipe|wipe off|knock off|knock)$/.test(pred.lemma))
    return pred.pps.map(({ np }) => stockFirm(p, np)).find((name) => name !== undefined)
  const isPlainMove =
    PRICE_MOVE.test(pred.lemma) &&
    pred.objects.flat().some(({ percent, head }) => percent !== undefined && head === '') &&
    pp(pred, 'in', 'of', 'from') === undefined
  const isEnd =
    /^(?:end|close|finish)$/.test(pred.lemma) &&
    pred.objects.flat().some(({ percent, head }) => percent !== undefined && head === '')
  const isTraded =
    isPlainMove ||
    isEnd ||
    pp(pred, 'on')?.np.percent !== undefined ||
    /\b(?:shares?|stock|trading|close|bourse|market open|opening bell|after hours|premarket|pre-market|early deals|session|offer price|issue price|debut)\b/.test(
      p.m.text,
    )
  const [np] = pred.subject
  const isNamed = np !== undefined && (np.head === '' || p.apposed(np) !== undefined)
  if (!isTraded || np === undefined || !isNamed || pred.isPassive) return undefined
  const isMoney = pred.objects.flat().some(({ money }) => money !== undefined)
  const own = isMoney ? undefined : firmOf(p, np)
  const isToken =
    np.pre.some((w) => /^(?:token|coin|cryptocurrency)$/.test(w)) ||
    (own !== undefined &&
      /^[\p{Lu}\d]{3,6}$/u.test(own.name) &&
      /\btokens?\b|\bcoins?\b/.test(p.m.text))
  return own === undefined || isToken || INDEX.test(own.name) ? undefined : own
}

const PRICE_MOVE =
  /^(?:rise|climb|jump|gain|surge|soar|rally|rocket|leap|add|rebound|bounce|spike|skyrocket|pop|put on|fall|drop|slip|slide|plunge|plummet|tumble|sink|lose|shed|slump|dip|tank|retreat|ease|dive|crater)$/

const INDEX =
  /^(?:FTSE|S&P|Dow|DAX|CAC|Nikkei|Ibex|Hang Seng|Stoxx|Nasdaq|Russell|Sensex|Nifty|KOSPI|KOSDAQ|ASX|TSX|MSCI|Bovespa|Topix)\b/i

function stockFirm(p: Parse, np: Np | undefined): Name | undefined {
  if (np === undefined) return undefined
  const isPrice = np.head === 'price' && np.pre.some((w) => /^shares?$|^stock$/.test(w))
  if (!SHARE.test(np.head) && !isPrice) return undefined
  const own = ownerOf(np)
  if (own !== undefined) return own
  const of = phrase(phrasesOf(p, np), 'of', 'in', 'at')
  const inner = of === undefined ? undefined : firstFirm(p, of.nps)
  if (inner !== undefined) return inner
  if (of !== undefined || np.mods.length > 0) return undefined
  // `The shares fell …`, `The stock …`: of the firm spoken of.
  const k = p.place(np)
  if (p.label !== undefined) return p.label.name
  const named = p.chunks
    .slice(0, k)
    .findLast((chunk): chunk is Np => isNp(chunk) && isFirmMention(chunk.name))
  const isPlain = np.pre.every((w) => /^(?:the|its|listed|share|stock)$/.test(w))
  const [subject] = p.preds
    .filter(({ i }) => i < k)
    .flatMap((one) => one.subject)
    .flatMap((one) => firmOf(p, one) ?? [])
  return isPlain
    ? (subject ?? (named === undefined ? (p.m.context.subject ?? p.m.context.topic) : undefined))
    : undefined
}
