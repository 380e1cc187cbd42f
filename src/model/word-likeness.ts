import { editDistance, jaroWinkler } from './likeness.ts'
import { isCommonName } from './name-common.ts'
import { variantClass } from './name-variants.ts'
import { consonantsOf, eastKey, isSyllable, maySoundAlike, skeletonOf } from './phonetic.ts'

/**
 * How alike two words of names are, 0 to 1, for finding and for judging alike: both use this one
 * measure, so that what is found first is also what scores best. Input is folded (`foldName`).
 */

/** Two words of one family of spellings that no rule derives: `aleksandr`, `iskandar`. */
export const SAME_VARIANT = 0.95
/** Two words whose consonants agree: transliterations of one name. */
export const SAME_SKELETON = 0.93
/** The same consonants, with vowels that are less alike or that one script does not write. */
export const SAME_CONSONANTS = 0.88
/** Two words of syllables that two systems of romanisation write for one: `zedong`, `tsetung`. */
export const SAME_SYLLABLES = 0.88
/** An initial stands for any word that begins with it. */
export const SAME_INITIAL = 0.8
/** Two consonants alone say little: the words must be alike besides. */
const SPARSE_LIKENESS = 0.75
const CLOSE_LIKENESS = 0.84
/** Two names that are known to be two, however alike. */
const OTHER_NAME = 0.74
/** Below this, two words are different words. */
const WORD_FLOOR = 0.72
/** One letter of four is a quarter of the word. */
const SHORT_DOUBT = 0.9
const SHORT_CHARS = 4
/** Syllables of Chinese and Korean are many and short: another letter is another syllable. */
const SYLLABLE_DOUBT = 0.82

export function isNumber(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) < 58) return true
  return false
}

/** Letters that digits are put for, to be read past a filter: `b1nance`, `c0inbase`. */
const DIGIT_LETTERS: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
}

/** A word with one or two digits among more letters is read as letters; else undefined. */
export function asLetters(word: string): string | undefined {
  if (word.length < 5 || !/^[a-z]+[013457]{1,2}[a-z]+(?:[013457][a-z]+)?$/.test(word)) {
    return undefined
  }
  return word.replace(/\d/g, (digit) => DIGIT_LETTERS[digit] ?? digit)
}

/** Two words to a number: 0 when they are different words, 1 only when they are the same. */
export function wordLikeness(left: string, right: string): number {
  const spelling = spellingLikeness(left, right)
  if (spelling >= SAME_VARIANT || isNumber(left) || isNumber(right)) return spelling
  const sound = spelling >= SAME_SKELETON ? 0 : soundLikeness(left, right)
  const likeness = Math.max(spelling, sound)
  if (likeness === 0 || !isCommonName(left) || !isCommonName(right)) return likeness
  // Both are well-known names, and not one name: `oleg` is no slip for `olga`.
  const isSound = sound > 0 && !areOtherFamilies(left, right)
  return Math.min(likeness, isSound ? SAME_CONSONANTS : OTHER_NAME)
}

/** `wordLikeness` without the sound of the words: for many words that are to be compared fast. */
export function spellingLikeness(left: string, right: string): number {
  if (left === right) return 1
  const short = left.length <= right.length ? left : right
  const long = short === left ? right : left
  if (isNumber(left) || isNumber(right)) return numberLikeness(left, right)
  if (short.length === 1) return long.startsWith(short) ? SAME_INITIAL : 0
  const family = variantClass(left)
  if (family !== undefined && family === variantClass(right)) return SAME_VARIANT
  // Two slips in a long word, one in a short one: more make another word of it.
  const allowed = short.length <= 6 ? 1 : short.length <= 10 ? 2 : 3
  if (long.length - short.length > allowed) return 0
  if (editDistance(left, right, allowed) > allowed) return 0
  const likeness = jaroWinkler(left, right)
  const isEast = short.length <= 6 && isSyllable(left) && isSyllable(right)
  const doubt = isEast ? SYLLABLE_DOUBT : short.length <= SHORT_CHARS ? SHORT_DOUBT : 1
  return likeness >= WORD_FLOOR ? likeness * doubt : 0
}

/** Syllables are in many families at once; longer names in their own only. */
function areOtherFamilies(left: string, right: string): boolean {
  const [a, b] = [variantClass(left), variantClass(right)]
  return a !== undefined && b !== undefined && a !== b && !(isSyllable(left) && isSyllable(right))
}

/** Numbers are the same or not; a digit put for a letter is a slip. */
function numberLikeness(left: string, right: string): number {
  if (left.replace(/^0+(?=\d)/, '') === right.replace(/^0+(?=\d)/, '')) return 0.98
  const a = asLetters(left) ?? left
  const b = asLetters(right) ?? right
  if (a === left && b === right) return 0
  return a === b ? SAME_VARIANT : isNumber(a) || isNumber(b) ? 0 : wordLikeness(a, b) * 0.95
}

interface Sound {
  readonly skeleton: string
  readonly consonants: string
  readonly east: string | undefined
}

/** Words repeat from name to name, and a sound takes a dozen replacements. */
const SOUNDS_KEPT = 50_000
const sounds = new Map<string, Sound>()

function soundOf(word: string): Sound {
  let sound = sounds.get(word)
  if (sound === undefined) {
    sound = { skeleton: skeletonOf(word), consonants: consonantsOf(word), east: eastKey(word) }
    if (sounds.size >= SOUNDS_KEPT) sounds.clear()
    sounds.set(word, sound)
  }
  return sound
}

function soundLikeness(left: string, right: string): number {
  if (left.length < 2 || right.length < 2 || !maySoundAlike(left, right)) return 0
  const a = soundOf(left)
  const b = soundOf(right)
  if (a.east !== undefined && a.east === b.east) return SAME_SYLLABLES
  if (a.consonants === b.consonants && isAbjadPair(left, right, a.consonants.length)) {
    return SAME_CONSONANTS
  }
  return a.skeleton === b.skeleton ? transliterated(left, right, a.skeleton.length) : 0
}

/**
 * Words of the same consonants: the more alike their vowels, the likelier one name. `husayn` and
 * `hossein` are, `paxos` and `peykasa` are not.
 */
function transliterated(left: string, right: string, consonants: number): number {
  const short = Math.min(left.length, right.length)
  if (short < 4 || consonants < 2 || Math.abs(left.length - right.length) > 3) return 0
  const likeness = jaroWinkler(left, right)
  if (consonants === 2) return short >= 6 && likeness >= SPARSE_LIKENESS ? SAME_CONSONANTS : 0
  if (likeness >= CLOSE_LIKENESS) return SAME_SKELETON
  return likeness >= SPARSE_LIKENESS ? SAME_CONSONANTS : WORD_FLOOR
}

/**
 * One may be the other without its short vowels, as Arabic and Hebrew are written: `mhmd` is
 * `muhammad`, `tahri` is `taheri`. Both have the same consonants.
 */
function isAbjadPair(left: string, right: string, consonants: number): boolean {
  const [a, b] = [vowelsIn(left), vowelsIn(right)]
  const short = a <= b ? left : right
  const own = Math.min(a, b)
  const missing = Math.max(a, b) - own
  if (consonants < 2 || missing < 1 || missing > 4) return false
  return own * 2 <= consonants && (consonants > 2 || /[^aeiouy]{2}/.test(short))
}

function vowelsIn(word: string): number {
  let vowels = 0
  for (let i = 0; i < word.length; i++) if ('aeiouy'.includes(word[i] as string)) vowels += 1
  return vowels
}
