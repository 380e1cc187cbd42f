import { fold } from './fold.ts'
import { LEGAL_FORM_ROWS } from './legal-form-table.ts'

/**
 * What a firm is, not who it is. Equal forms have one class, whatever the country and the script:
 * `Ltd`, `GmbH`, `ООО` and `有限公司` are all `limited`.
 */
export type LegalFormClass =
  | 'limited'
  | 'shares'
  | 'corporation'
  | 'public'
  | 'partnership'
  | 'sole'
  | 'cooperative'
  | 'association'
  | 'foundation'
  | 'fund'
  | 'state'

interface Form {
  readonly class: LegalFormClass
  /** The words of the form, joined: `gesellschaftmitbeschrankterhaftung`. */
  readonly text: string
}

/** Where the words that tell who it is begin and end, and what forms were found around them. */
export interface FormRange {
  readonly start: number
  readonly end: number
  readonly forms: readonly Form[]
}

interface Table {
  readonly forms: ReadonlyMap<string, LegalFormClass>
  /** Last words of forms and first words of forms: most names end in none of them. */
  readonly lasts: ReadonlySet<string>
  readonly firsts: ReadonlySet<string>
  readonly wordsMax: number
}

/** Forms that lists put in front of the name; longer ones may always stand there. */
const FRONT = new Set(
  `ooo oao zao pao nao npao ao odo too tov tzov osoo jsc ojsc pjsc cjsc oojsc pt cv pp fop ip chp
  up rup gup fgup mup gp dp kp uab ab sia as ou mb ano sarl sas sasu eurl sci sa spa srl kk llc
  aat tovarystvo`.split(/\s+/),
)
const FRONT_CHARS_MIN = 6
/** Words that begin a name in their own right: "Public Bank", "Limited Edition". */
const NEVER_FRONT = new Set(
  `company corporation private public limited establishment consortium incorporated cooperative
  compagnie coop spolek`.split(/\s+/),
)

function mayLead(joined: string): boolean {
  return FRONT.has(joined) || (joined.length >= FRONT_CHARS_MIN && !NEVER_FRONT.has(joined))
}

const TABLE = table()

function table(): Table {
  const forms = new Map<string, LegalFormClass>()
  const lasts = new Set<string>()
  const firsts = new Set<string>()
  let wordsMax = 1
  for (const [kind, spellings] of LEGAL_FORM_ROWS) {
    for (const spelling of spellings.split(';')) {
      const words = fold(spelling).split(' ')
      const joined = words.join('')
      if (joined.length < 2) continue
      if (!forms.has(joined)) forms.set(joined, kind as LegalFormClass)
      firsts.add(words[0] as string).add(joined)
      lasts.add(words.at(-1) as string).add(joined)
      if (words.length > 1) {
        // Letters of an abbreviation may stand apart: `s p a`, `sp z o o`.
        firsts.add(joined[0] as string)
        lasts.add(joined.at(-1) as string)
      }
      wordsMax = Math.max(wordsMax, words.length)
    }
  }
  for (const joined of [...forms.keys()].filter((form) => form.length <= 4)) {
    firsts.add(joined[0] as string)
    lasts.add(joined.at(-1) as string)
  }
  return { forms, lasts, firsts, wordsMax }
}

/** A form written with marks between its letters has as many words as letters: `s a r l`. */
const SPREAD_MAX = 4
/** Forms stand one behind the other: `GmbH & Co. KG`, `SAPI de CV`. */
const FORMS_MAX = 4

/**
 * Strips legal forms from the end and then from the front (`OOO Romashka`), never everything: at
 * least one word that tells who it is stays.
 */
export function legalRange(words: readonly string[]): FormRange {
  let start = 0
  let end = words.length
  const forms: Form[] = []
  for (let round = 0; round < FORMS_MAX; round++) {
    const form = formBefore(words, start, end)
    if (form === undefined) break
    forms.push(form.form)
    end -= form.words
  }
  for (let round = 0; round < FORMS_MAX; round++) {
    const form = formAfter(words, start, end)
    if (form === undefined) break
    forms.push(form.form)
    start += form.words
  }
  return { start, end, forms }
}

interface Found {
  readonly form: Form
  readonly words: number
}

/** The longest form that ends before `end` and leaves a word in front of it. */
function formBefore(words: readonly string[], start: number, end: number): Found | undefined {
  if (end - start < 2 || !TABLE.lasts.has(words[end - 1] as string)) return undefined
  const most = Math.min(end - start - 1, Math.max(TABLE.wordsMax, SPREAD_MAX))
  let joined = ''
  let best: Found | undefined
  for (let count = 1; count <= most; count++) {
    joined = `${words[end - count]}${joined}`
    const kind = TABLE.forms.get(joined)
    if (kind !== undefined) best = { form: { class: kind, text: joined }, words: count }
  }
  return best
}

/** The longest form that begins at `start` and leaves a word behind it. */
function formAfter(words: readonly string[], start: number, end: number): Found | undefined {
  if (end - start < 2 || !TABLE.firsts.has(words[start] as string)) return undefined
  const most = Math.min(end - start - 1, Math.max(TABLE.wordsMax, SPREAD_MAX))
  let joined = ''
  let best: Found | undefined
  for (let count = 1; count <= most; count++) {
    joined = `${joined}${words[start + count - 1]}`
    const kind = mayLead(joined) ? TABLE.forms.get(joined) : undefined
    if (kind !== undefined) best = { form: { class: kind, text: joined }, words: count }
  }
  return best
}

/** The class of a legal form in any spelling; undefined for what is none. */
export function legalFormClass(text: string): LegalFormClass | undefined {
  return TABLE.forms.get(fold(text).replaceAll(' ', ''))
}

/** Legal forms as they are written on to a name whose syllables are written as one word. */
const GLUED = /(?<=..)(?:gufenyouxian|youxianzeren|youxian)gongsi$|(?<=....)(?:jusik|yuhan)hoesa$/

/** A word without the legal form that is written on to it; itself where there is none. */
export function withoutGluedForm(word: string): string {
  return word.length > 10 ? word.replace(GLUED, '') : word
}
