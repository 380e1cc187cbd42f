import { sha256Hex } from '../../base/encode.ts'

/** Longer keys are cut and closed with a hash: an entity id stays readable and bounded. */
const KEY_CHARS_MAX = 80

/** Letters that NFKD leaves whole although they are a letter with a stroke, or two letters. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

/** Legal forms of firms in the EEA and of issuers that notify there, dots and spaces dropped. */
const FORMS = new Set(
  `ab ad ag aktiengesellschaft aps as asa asbl bt bv bvba co company corp corporation cv dac dd
  doo ead eg ehf eirl eood ev flexco gbr gesmbh gie gmbh hf inc incorporated jsa jsc kda kft
  kg kgaa ks kv limited llc llp lp ltd ltda mbh nv nyrt oe og ohg ood ou oy oyj plc pte pty sa
  sab sag sarl sarls sas sasu sc sca scs se sezc sia sicav sl slu snc sp spa sprl srl srls sro
  uab ug ulc vof vzw zoo zrt`.split(/\s+/u),
)
/** Forms that stand before the name: `UAB Example`, `AS Example`. */
const LEADING_FORMS = new Set(['uab', 'sia', 'as', 'ou', 'mb'])

/**
 * The name as a key: case, marks, punctuation and legal form dropped, words joined by hyphens. It
 * tells two firms under one identifier apart and joins the spellings of one. It belongs to the
 * entity ids of these registers and never changes with the matcher's own normalisation.
 *
 *     nameKey('Example, s. r. o.') === nameKey('EXAMPLE s.r.o.')   // 'example'
 */
export function nameKey(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðłþı]/gu, (letter) => LETTERS[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const key = withoutForms(words).join('-')
  if (key.length <= KEY_CHARS_MAX) return key
  return `${key.slice(0, KEY_CHARS_MAX - 9)}-${sha256Hex(key).slice(0, 8)}`
}

/** True when a text is nothing but a legal form: `Inc.`, `d.o.o.`, `S.A.`. */
export function isLegalForm(text: string): boolean {
  return FORMS.has(text.toLowerCase().replace(/[^\p{L}]/gu, ''))
}

function withoutForms(words: readonly string[]): readonly string[] {
  let end = words.length
  for (let cut = endingForm(words, end); cut > 0; cut = endingForm(words, end)) end -= cut
  const start = end > 1 && LEADING_FORMS.has(words[0] ?? '') ? 1 : 0
  return words.slice(start, end)
}

/** How many words before `end` make a legal form: `s r o` is three, `gmbh` one; one word stays. */
function endingForm(words: readonly string[], end: number): number {
  for (let count = Math.min(4, end - 1); count > 0; count -= 1) {
    const form = words.slice(end - count, end)
    // Only single letters are one form written apart: `a s`, and never `data s`.
    if (count > 1 && form.some((word) => word.length > 1)) continue
    if (FORMS.has(form.join(''))) return count
  }
  return 0
}

interface KeyParts {
  /** A valid LEI, or null. */
  readonly lei: string | null
  readonly name: string
  readonly home: string | null
  /** What tells rows of one name apart: the day of the notification or decision. */
  readonly day?: string | null
}

/**
 * The key of a row (VOCABULARY §6): valid LEI, else name, home state and day. The name is part of
 * both, because one LEI stands on rows of unrelated firms; row order plays no part.
 */
export function firmKey(parts: KeyParts): string {
  const name = nameKey(parts.name)
  if (parts.lei !== null) return `${parts.lei}:${name}`
  const place = `${parts.home ?? 'unknown'}:${name}`
  return parts.day === undefined ? place : `${place}:${parts.day ?? 'undated'}`
}
