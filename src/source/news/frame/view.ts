import type { Draft } from '../draft.ts'
import { isNp } from '../grammar/layout.ts'
import {
  agentOf,
  firmOf,
  firmsOf,
  firstFirm,
  isDone,
  isFirmMention,
  type Name,
  type Np,
  nounsWith,
  ownerOf,
  type Parse,
  patientOf,
  phrase,
  phrasesOf,
  pp,
  when,
  written,
} from './args.ts'

const TURN =
  /^(?:pivot|shift|refocus|reposition|reinvent|reorient|move|switch|turn|transform|restructure|change)$/
const COURSE = /^(?:strategy|focus|business|itself|model|attention|emphasis|approach|direction)$/

/** A change of course that the text itself calls one. */
export function strategies(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (
    at: number,
    of: Name | undefined,
    what: readonly Np[],
    date?: Draft['when'],
    beside: readonly Np[] = [],
  ) => {
    const [first, last] = [what[0], what.at(-1)]
    if (of === undefined || first === undefined || last === undefined) return
    const others = [...what, ...beside]
      .flatMap((np) => [np.owner, np.name].filter(isFirmMention).map(({ name }) => name))
      .filter((name) => name !== of && name.kind === 'org')
    const end = endOf(p, last)
    out.push({
      type: 'strategy',
      at,
      of,
      what: written(p, first.at, end).replace(/^[^\s]+[’'‘`´]s\s+/, ''),
      with: [...new Set(others.map(({ name }) => name))],
      when: date ?? when(p, at),
    })
  }
  for (const pred of p.preds) {
    if (
      /^(?:concentrate|focus)$/.test(pred.lemma) &&
      pred.governor !== undefined &&
      /^(?:abandon|exit|quit|drop|ditch|leave|stop|shed|sell|give up)$/.test(pred.governor.lemma)
    ) {
      const on = pp(pred, 'on')
      if (on !== undefined && isDone(p, pred.governor))
        add(pred.vg.at, firstFirm(p, pred.subject), on.nps)
      continue
    }
    if (!TURN.test(pred.lemma) || !isDone(p, pred)) continue
    const own = pred.objects.flat()
    const isCourse =
      /^(?:pivot|refocus|reposition|reinvent|reorient)$/.test(pred.lemma) ||
      own.some(({ head }) => COURSE.test(head) && head !== 'business')
    const to = pp(pred, 'to', 'on', 'into', 'towards', 'toward', 'as', 'around')
    if (!isCourse || to === undefined || to.np.percent !== undefined || to.np.money !== undefined)
      continue
    const of = firstFirm(p, agentOf(pred))
    add(pred.vg.at, of, to.nps)
  }
  for (const np of nounsWith(p, /^(?:pivot|shift|refocus|repositioning|bet|gamble)$/)) {
    const list = phrasesOf(p, np)
    const to = phrase(list, 'to', 'into', 'towards', 'toward', 'on')
    const before = p.chunks[p.place(np) - 1]
    const isCourse =
      /^(?:pivot|bet|gamble)$/.test(np.head) ||
      np.pre.includes('strategic') ||
      list.some(({ np: one }) => one.head === 'strategy')
    if (
      to === undefined ||
      !isCourse ||
      (before?.k === 'p' && /^(?:amid|despite|following|after|by)$/.test(before.w))
    )
      continue
    add(np.at, ownerOf(np) ?? p.m.context.subject, to.nps, np.date, phrase(list, 'with')?.nps)
  }
  return out
}

/** The end of a phrase with what "via" or "of" adds to it. */
function endOf(p: Parse, np: Np): number {
  const via = phrase(phrasesOf(p, np), 'of')
  return via === undefined ? np.end : via.np.end
}

const JUDGE =
  /^(?:deem|call|describe|consider|criticise|criticize|praise|brand|dub|rate|downgrade|upgrade|cut|raise|label|hail|blame|credit)$/

/** What somebody from outside thinks of a firm. */
export function assessments(p: Parse): Draft[] {
  const out: Draft[] = []
  const add = (at: number, of: Name | undefined, by: Name | undefined) => {
    if (of === undefined || by === undefined || of === by || of.isRegulator) return
    out.push({ type: 'assessment', at, of, attributedTo: by.name })
  }
  for (const pred of p.preds) {
    if (!JUDGE.test(pred.lemma) || !isDone(p, pred) || pred.isPassive) continue
    const at = pred.vg.at
    if (/^(?:cut|raise|downgrade|upgrade|lower)$/.test(pred.lemma)) {
      const rating = patientOf(pred).find(({ head }) =>
        /^(?:rating|recommendation|outlook)$/.test(head),
      )
      const on = rating === undefined ? undefined : phrase(phrasesOf(p, rating), 'on', 'of', 'for')
      const isRated =
        /^ to "?(?:buy|sell|hold|neutral|overweight|underweight|outperform|underperform|equal)/.test(
          p.m.text.slice(p.chunks[pred.i + 1]?.end ?? pred.vg.end),
        )
      const direct =
        /grade$/.test(pred.lemma) || isRated ? firstFirm(p, patientOf(pred)) : undefined
      const of = direct ?? (on === undefined ? undefined : firstFirm(p, on.nps))
      add(at, of, firstFirm(p, agentOf(pred)))
      continue
    }
    for (const np of pred.subject) {
      const who = np.name?.letter === 'P' ? np.name.name : undefined
      if (who === undefined) continue
      const employer = employerOf(p, np)
      const spoken = firstSubject(p) ?? p.m.context.subject
      // Who speaks for an own firm is no outside voice.
      if (employer === undefined || employer === spoken) continue
      add(at, firmsOf(p, patientOf(pred))[0] ?? spoken, who)
    }
  }
  for (const match of p.m.text.matchAll(
    /as (?:noted|put|argued|observed|described) by (⟨P\d+⟩)/gu,
  )) {
    const mark = match[1] ?? ''
    const who = p.m.at(match.index + match[0].length - mark.length)?.name
    add(match.index, firstSubject(p) ?? p.m.context.subject, who)
  }
  return out
}

/** `⟨P1⟩ of ⟨O2⟩`, `⟨P1⟩, an analyst at ⟨O2⟩`, `⟨O1⟩ analyst ⟨P2⟩`. */
function employerOf(p: Parse, np: Np): Name | undefined {
  const own = ownerOf(np)
  if (own !== undefined) return own
  const of = phrase(phrasesOf(p, np), 'of', 'at', 'from')
  const beside = of === undefined ? undefined : firstFirm(p, of.nps)
  if (beside !== undefined) return beside
  const other = p.apposed(np)
  const at = other === undefined ? undefined : phrase(phrasesOf(p, other), 'of', 'at', 'from')
  return at === undefined ? undefined : firstFirm(p, at.nps)
}

function firstSubject(p: Parse): Name | undefined {
  const first = p.chunks.find(isNp)
  return first !== undefined && p.preds.some(({ subject }) => subject.includes(first))
    ? firmOf(p, first)
    : undefined
}
