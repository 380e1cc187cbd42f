import type { Day } from '../../model/time.ts'
import type { Match } from '../../model/verdict.ts'
import { NAME_DANGER } from './name.ts'
import type { FindingDraft, Hit } from './types.ts'
import { standingOf } from './validity.ts'

/** From here on a name is the asked one but for its legal form, its order or its spaces. */
const SAME_NAME = 0.97

/** Letter for letter, with or without the legal form: another order or spacing is another name. */
const EXACT: ReadonlySet<string> = new Set(['same_name', 'other_form'])

/** Findings that say something against a party that a name was found for. */
const ADVERSE: ReadonlySet<string> = new Set(['sanction', 'label', 'warning'])

/**
 * A firm of exactly the asked name that a register holds, or that is a known actor, is who was
 * meant: what is only like the name, and not nearly the same, is told beside it as `info`. A name
 * from `NAME_DANGER` on, a longer name that holds all the asked words, and any identifier speak as
 * loudly as ever; losing the firm's entry makes
 * the answer stricter, never friendlier.
 */
export function besideNamesakes(
  drafts: readonly FindingDraft[],
  hits: readonly Hit[],
  day: Day,
): readonly FindingDraft[] {
  const firms = hits.filter((hit) => isNamedFirm(hit, day))
  if (firms.length === 0) return drafts
  const meant = new Set(firms.map(({ entity }) => entity?.id ?? ''))
  return drafts.map((draft) => {
    const isWeak = isWeakName(draft.match)
    const isOther = draft.entity !== null && !meant.has(draft.entity)
    const speaks = isWeak && isOther && ADVERSE.has(draft.kind)
    return speaks ? { ...draft, severity: 'info' } : draft
  })
}

/** Below the same name, and not a longer name that holds every asked word as it is. */
function isWeakName({ method, score, likeness }: Match): boolean {
  if (method !== 'name' || score >= NAME_DANGER) return false
  if (likeness === undefined || likeness.code !== 'words') return true
  const { pairs, askedOnly } = likeness.params
  return askedOnly.length > 0 || pairs.some(({ asked, listed }) => asked !== listed)
}

function isNamedFirm({ how, match, hasAllWords, entity }: Hit, day: Day): boolean {
  if (how !== 'name' || match.score < SAME_NAME || !hasAllWords || entity === null) return false
  if (match.likeness !== undefined && !EXACT.has(match.likeness.code)) return false
  // A party that is itself listed or warned of vouches for nobody.
  const isHeld = (props: readonly string[]) =>
    entity.evidence.some(
      (item) => props.includes(item.prop) && standingOf(item.intervals, day).state === 'active',
    )
  return isHeld(['licence', 'actor']) && !isHeld(['listing', 'warning'])
}
