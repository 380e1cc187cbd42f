import type { NewsPerson } from '../../model/news.ts'
import { each, FIRM, isFirm, lastFirm, mentionOf, ownerBefore } from './draft.ts'
import { ROLE } from './lexicon.ts'
import type { Masked, Mention } from './mask.ts'
import type { Name } from './name-kind.ts'

const BEFORE = new RegExp(
  `(?:(?<firm>⟨[OUKA]\\d+⟩)(?:'s?)? )?(?:(?:new|former|then|current|its|the|⟨K\\d+⟩'s) )*(?<role>${ROLE}),? (?<who>⟨P\\d+⟩)`,
  'gu',
)
const AFTER = new RegExp(
  `(?<who>⟨P\\d+⟩)(?:, who (?:is|was|serves as))?,? (?:(?:the|a|an|its|then|now|former|previously|currently) )*(?:(?<owner>⟨[OUKA]\\d+⟩)(?:'s)? )?(?:(?:new|former|senior|lead|then|its) )*(?<role>${ROLE})(?:(?:,? (?:of|at|for|with|in) )(?:the )?(?<firm>${FIRM}))?(?:,? (?:from|between) (?<d1>⟨D\\d+⟩) (?:to|until|and|till) (?<d2>⟨D\\d+⟩)|,? (?<prep>since|until) (?<d3>⟨D\\d+⟩))?`,
  'gu',
)
const OF = /(?<who>⟨P\d+⟩),? (?:of|at|from) (?:the )?(?<firm>⟨[OA]\d+⟩)/gu
const TERM =
  /(?<who>⟨P\d+⟩),? (?:who (?:was|served) )?(?:in (?:charge|office|post)|(?:who )?(?:led|ran|headed) (?:it|⟨[OUK]\d+⟩)) (?:from|between) (?<d1>⟨D\d+⟩) (?:to|until|and) (?<d2>⟨D\d+⟩)/gu

/** Who was given which office by an appointment. */
export interface Hired {
  readonly person: string
  readonly role: string | null
  readonly firm: Name | null
}

interface Found {
  readonly role: string | null
  readonly firm: Name | null
  readonly from: number | null
  readonly to: number | null
}

/** What one sentence says of each person in it. */
export function peopleIn(m: Masked): Map<Name, Found> {
  const out = new Map<Name, Found>()
  for (const mention of m.mentions) {
    if (mention.letter === 'P' && mention.name !== undefined)
      out.set(mention.name, { role: null, firm: null, from: null, to: null })
  }
  if (out.size === 0) return out
  for (const match of each(m, BEFORE)) {
    const who = mentionOf(m, match, 'who')
    const roleAt = match.index + match[0].lastIndexOf(match.groups?.role ?? '')
    const firm =
      mentionOf(m, match, 'firm') ?? ownerBefore(m, roleAt) ?? possessiveBefore(m, roleAt)
    note(out, who, {
      role: written(m, match),
      firm: firmOf(firm) ?? behind(m, who) ?? m.context.subject ?? m.context.topic ?? null,
      from: null,
      to: null,
    })
  }
  for (const match of each(m, AFTER)) {
    const firm = lastFirm(m, match, 'firm') ?? mentionOf(m, match, 'owner')
    const isUntil = match.groups?.prep === 'until'
    const d3 = yearOf(mentionOf(m, match, 'd3'))
    note(out, mentionOf(m, match, 'who'), {
      role: written(m, match),
      firm: firmOf(firm) ?? m.context.subject ?? m.context.topic ?? null,
      from: yearOf(mentionOf(m, match, 'd1')) ?? (isUntil ? null : d3),
      to: yearOf(mentionOf(m, match, 'd2')) ?? (isUntil ? d3 : null),
    })
  }
  for (const match of each(m, OF)) {
    const firm = mentionOf(m, match, 'firm')
    note(out, mentionOf(m, match, 'who'), {
      role: null,
      firm: firmOf(firm) ?? null,
      from: null,
      to: null,
    })
  }
  for (const match of each(m, TERM)) {
    note(out, mentionOf(m, match, 'who'), {
      role: null,
      firm: null,
      from: yearOf(mentionOf(m, match, 'd1')),
      to: yearOf(mentionOf(m, match, 'd2')),
    })
  }
  return out
}

function note(out: Map<Name, Found>, who: Mention | undefined, found: Found): void {
  if (who?.name === undefined) return
  const known = out.get(who.name)
  out.set(who.name, {
    role: known?.role ?? found.role,
    firm: known?.firm ?? found.firm,
    from: known?.from ?? found.from,
    to: known?.to ?? found.to,
  })
}

function firmOf(mention: Mention | undefined): Name | undefined {
  return isFirm(mention) ? mention.name : undefined
}

function possessiveBefore(m: Masked, at: number): Mention | undefined {
  const last = m.between(Math.max(0, at - 60), at, 'OUKA').at(-1)
  return last?.possessive === true ? last : undefined
}

function behind(m: Masked, who: Mention | undefined): Name | undefined {
  if (who === undefined) return undefined
  const match = /^ (?:of|at) (?:the )?⟨[OA]\d+⟩/.exec(m.text.slice(who.end))
  return match === null ? undefined : firmOf(m.between(who.end, who.end + match[0].length, 'OA')[0])
}

function written(m: Masked, match: RegExpMatchArray & { index: number }): string {
  const role = match.groups?.role ?? ''
  const at = match.index + match[0].indexOf(role, match[0].startsWith(role) ? 0 : 1)
  return m.original(at, at + role.trimEnd().length)
}

function yearOf(mention: Mention | undefined): number | null {
  const iso = mention?.when?.iso
  return iso === undefined ? null : Number(iso.slice(0, 4))
}

/** One row per person, from every sentence that names them. */
export function joinPeople(
  rows: readonly Map<Name, Found>[],
  hired: readonly Hired[],
): NewsPerson[] {
  const all = new Map<Name, Found>()
  for (const row of rows) {
    for (const [name, found] of row) {
      const known = all.get(name)
      all.set(name, {
        role: known?.role ?? found.role,
        firm: known?.firm ?? found.firm,
        from: known?.from ?? found.from,
        to: known?.to ?? found.to,
      })
    }
  }
  // An office that was given is the person's, unless a sentence names another first.
  for (const { person, role, firm } of hired) {
    for (const [name, found] of all) {
      if (name.name !== person) continue
      all.set(name, {
        ...found,
        role: found.role ?? role,
        firm: found.role === null ? (firm ?? found.firm) : (found.firm ?? firm),
      })
    }
  }
  return [...all].flatMap(([name, { role, firm, from, to }]) =>
    /\s/.test(name.name)
      ? [{ name: name.name, role, organisation: firm?.name ?? null, from, to }]
      : [],
  )
}
