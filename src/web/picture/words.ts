import { fold } from '../../model/fold.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Canvas, Colour } from './canvas.ts'
import { type Font, fontOf, type Weight } from './font.ts'
import { placed } from './outline.ts'

/** What stands for a letter that the typeface does not have, inside a longer text. */
const MISSING = '□'
/** Longer texts are cut before anything is measured. */
const CHARS_MAX = 400
/** What is drawn as nothing or reorders its neighbours. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
const SPACES = /[\p{Z}\s]+/gu

/** How a text is drawn: its letters, and whether they are those of the text itself. */
export interface Drawn {
  readonly text: string
  /** True: written in another script; `text` is a reading aid in Latin letters, or empty. */
  readonly isAid: boolean
}

type AskedVerdict = Pick<Verdict, 'query' | 'kind' | 'readings'>
/** Addresses of pages up to here are drawn whole. */
const URL_CHARS_MAX = 44
const PLAIN = /^[\x20-\x7e]+$/

/** A text without what cannot be seen, in one line. */
export function calm(text: string): string {
  return text
    .slice(0, CHARS_MAX)
    .toWellFormed()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .trim()
}

function isLatin(text: string): boolean {
  const font = fontOf('700')
  return [...text].every((letter) => font.glyph(letter.codePointAt(0) ?? 0) !== undefined)
}

/** A name in Latin letters is drawn as it is written; any other by a reading aid that says so. */
export function nameDrawn(name: string): Drawn {
  const text = calm(name)
  if (isLatin(text)) return { text, isAid: false }
  const aid = fold(text).replace(/(?<![a-z0-9])[a-z]/g, (letter) => letter.toUpperCase())
  return { text: aid, isAid: true }
}

/**
 * What a verdict is about. An identifier is drawn as it was asked where that is plain ASCII, else in
 * the form that was looked up: a host in foreign letters as `xn--…`. A reading aid would show the
 * very host that a look-alike imitates. A long address of a page is drawn as its host, whose end is
 * kept: a cut middle could leave another host standing.
 */
export function askedDrawn({ query, kind, readings }: AskedVerdict): Drawn {
  if (kind === 'name') return nameDrawn(query)
  const subject = calm(readings[0]?.subject ?? '')
  if (kind === 'url' && subject.length > URL_CHARS_MAX) {
    return { text: subject.split('/')[0] ?? '', isAid: false }
  }
  const asked = calm(query)
  return { text: PLAIN.test(asked) || !PLAIN.test(subject) ? asked : subject, isAid: false }
}

/** Sentences of an answer: a name inside that cannot be drawn is replaced letter by letter. */
export function sentenceDrawn(text: string): string {
  const font = fontOf('400')
  const out = [...calm(text)].map((letter) =>
    font.glyph(letter.codePointAt(0) ?? 0) === undefined ? MISSING : letter,
  )
  return out.join('').replace(/□[□ ]*□|□/g, '…')
}

export interface Type {
  readonly weight: Weight
  /** Pixels of one em. */
  readonly size: number
}

export function widthOf(text: string, { weight, size }: Type): number {
  const font = fontOf(weight)
  let units = 0
  for (const letter of text) units += glyphOf(font, letter).advance
  return (units * size) / font.unitsPerEm
}

function glyphOf(font: Font, letter: string) {
  return (
    font.glyph(letter.codePointAt(0) ?? 0) ??
    font.glyph(0x3f) ?? { outline: [], advance: font.unitsPerEm / 2 }
  )
}

export interface Place {
  readonly x: number
  /** The line that letters stand on. */
  readonly y: number
}

export function write(canvas: Canvas, text: string, type: Type, at: Place, ink: Colour): void {
  const font = fontOf(type.weight)
  const scale = type.size / font.unitsPerEm
  let { x } = at
  for (const letter of text) {
    const { outline, advance } = glyphOf(font, letter)
    // The y of a font points upwards.
    const flipped = outline.map((contour) =>
      contour.map((value, place) => (place % 2 === 0 ? value : -value)),
    )
    canvas.fill(placed(flipped, x, at.y, scale), ink)
    x += advance * scale
  }
}

/** The largest size up to the wanted one at which a text fits, not below the smallest. */
export function fitted(text: string, type: Type, width: number, sizeMin: number): Type {
  const natural = widthOf(text, type)
  const size = natural <= width ? type.size : Math.floor((type.size * width) / natural)
  return { ...type, size: Math.max(sizeMin, size) }
}

/** Cuts the middle out of an identifier: both ends tell identifiers apart, hosts by their end. */
export function cutMiddle(text: string, type: Type, width: number): string {
  if (widthOf(text, type) <= width) return text
  const letters = [...text]
  let kept = letters.length
  let out = text
  while (kept > 2 && widthOf(out, type) > width) {
    kept -= 1
    const tail = Math.ceil(kept / 2)
    out = `${letters.slice(0, kept - tail).join('')}…${letters.slice(-tail).join('')}`
  }
  return out
}

/** Whole words in so many lines; what does not fit ends in an ellipsis. */
export function lines(text: string, type: Type, width: number, count: number): readonly string[] {
  const out: string[] = []
  let line = ''
  const words = text.split(' ')
  for (const [at, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, type) <= width) {
      line = longer
      continue
    }
    if (out.length === count - 1) {
      out.push(endCut(`${line} ${words.slice(at).join(' ')}`.trim(), type, width))
      return out
    }
    if (line !== '') out.push(line)
    line = widthOf(word, type) <= width ? word : endCut(word, type, width)
  }
  return line === '' ? out : [...out, line]
}

/** Whole words as far as they fit, else letters of the first one, and an ellipsis. */
function endCut(text: string, type: Type, width: number): string {
  const fits = (part: string) => widthOf(`${part}…`, type) <= width
  const words = text.split(' ')
  while (words.length > 1 && !fits(words.join(' '))) words.pop()
  const letters = [...words.join(' ')]
  while (letters.length > 1 && !fits(letters.join(''))) letters.pop()
  return `${letters.join('').replace(/[\s,;:.]+$/, '')}…`
}
