import { editDistance } from '../../model/likeness.ts'

/** Words of a name and those of them that are not its legal form. */
export interface Formed {
  readonly all: readonly string[]
  readonly start: number
  readonly end: number
}

/** A form of more letters may have two slips. */
const LONG_FORM_CHARS = 9
/** A single letter is an initial, not a form. */
const FORM_CHARS_MIN = 2

/**
 * The words of `own` that stand for themselves where `other` has a legal form in the place of the
 * first or the last of them, but for a slip: `Example Limtied` beside `Example Limited`. Undefined
 * where there is none.
 */
export function withoutSlipForm(
  own: Formed,
  other: Formed,
): { readonly start: number; readonly end: number } | undefined {
  let { start, end } = own
  const before = other.all.slice(0, other.start)
  const after = other.all.slice(other.end)
  if (before.length > own.start) {
    const mine = own.all.slice(0, before.length)
    if (mine.length < end && isSlipOf(mine.join(''), before.join(''))) start = before.length
  }
  if (after.length > own.all.length - own.end) {
    const at = own.all.length - after.length
    if (at > start && isSlipOf(own.all.slice(at).join(''), after.join(''))) end = at
  }
  return start === own.start && end === own.end ? undefined : { start, end }
}

function isSlipOf(text: string, form: string): boolean {
  if (text.length < FORM_CHARS_MIN || form.length < FORM_CHARS_MIN) return false
  const max = form.length >= LONG_FORM_CHARS ? 2 : 1
  return Math.abs(text.length - form.length) <= max && editDistance(text, form, max) <= max
}
