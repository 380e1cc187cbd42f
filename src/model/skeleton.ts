import { CONFUSABLE_ROWS } from './confusables.ts'

const PROTOTYPES = prototypes()

/** Characters that are drawn as nothing (UTS 39 §4 step 2): joiners, selectors, soft hyphen. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu
const MARKS = /\p{M}/gu
const NOT_ASCII = /[^\0-\x7f]/gu
const ASCII = /^[\0-\x7f]*$/u
const PLAIN_LABEL = /^[a-z2-9-]*$/u
const FOLDED = /[i|]|rn|vv|cl/u

function prototypes(): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const row of CONFUSABLE_ROWS) {
    const [prototype = '', characters = ''] = row.split(' ')
    for (const character of characters) {
      // The other case of a confusable letter is one as well, unless it has a row of its own.
      for (const form of [character.toLowerCase(), character.toUpperCase()]) {
        const isLetter = form.length === 1 && form.charCodeAt(0) > 127
        if (isLetter && !map.has(form)) map.set(form, prototype)
      }
      map.set(character, prototype)
    }
  }
  return map
}

/**
 * The skeleton of UTS 39 §4: NFD, invisible characters dropped, every confusable character
 * replaced by its prototype, NFD again. Two texts that look the same have one skeleton. The
 * prototypes are the table of `confusables.ts` and, for compatibility forms, NFKD. Pure,
 * idempotent; letters that nothing maps stay as they are, case is kept.
 *
 *     skeleton('bіnаnce') === 'binance'   // і and а are Cyrillic
 */
export function skeleton(text: string): string {
  return text
    .normalize('NFD')
    .replace(INVISIBLE, '')
    .replace(NOT_ASCII, prototypeOf)
    .normalize('NFD')
}

function prototypeOf(character: string): string {
  const known = PROTOTYPES.get(character)
  if (known !== undefined) return known
  const compatible = character.normalize('NFKD')
  return compatible === character ? character : skeletonOfCompatible(compatible)
}

/** A compatibility form may decompose into characters that are confusable themselves. */
function skeletonOfCompatible(text: string): string {
  return text.replace(NOT_ASCII, (character) => PROTOTYPES.get(character) ?? character)
}

/**
 * A host label as a quick reader takes its letters: `skeleton`, and beyond UTS 39 case folded,
 * diacritics dropped, `0` as `o` and `1` as `l`. The word that edit distances are measured on.
 */
export function plainLabel(label: string): string {
  if (PLAIN_LABEL.test(label)) return label
  const lower = label.toLowerCase()
  const letters = ASCII.test(lower) ? lower : skeleton(lower).replace(MARKS, '').toLowerCase()
  return letters.replace(/0/gu, 'o').replace(/1/gu, 'l')
}

/**
 * The skeleton of one host label: `plainLabel` with `i` and `|` as `l`, `rn` as `m`, `vv` as `w`,
 * `cl` as `d`. Two labels with one skeleton are mistaken for each other. For comparing only: it is
 * not a readable form, and not idempotent (`ci` gives `cl`, which is no `d`).
 *
 *     labelSkeleton('rnetarnask') === labelSkeleton('metamask')
 */
export function labelSkeleton(label: string): string {
  const plain = plainLabel(label)
  if (!FOLDED.test(plain)) return plain
  // Pairs before single letters, so that no pair is made of a folded one.
  return plain.replace(/rn/gu, 'm').replace(/vv/gu, 'w').replace(/cl/gu, 'd').replace(/[i|]/gu, 'l')
}
