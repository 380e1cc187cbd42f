import type { SourceItem } from '../../../src/model/statement.ts'
import type { Say } from '../../../src/source/format/say.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { childText } from '../../../src/source/parse/xml.ts'

const FORMERLY = /\b(?:formerly|previously) listed as\b[.,]?\s*/i
const ORIGINAL_SCRIPT = /\b(?:original script|in (?:arabic|cyrillic|pashto|dari|urdu|korean)):\s*/i

/**
 * Second names: `Good` and `a.k.a.` are aliases, `Low` is a weak one, `f.k.a.` and "formerly
 * listed as" are previous ones. What a note tells in the original script is a name too; the rest of
 * a note, and a birth that is told of an alias, stay notes.
 */
export function* aliasItems(elements: readonly XmlElement[], say: Say): Iterable<SourceItem> {
  for (const element of elements) {
    const text = plain(childText(element, 'ALIAS_NAME'))
    if (text === '') continue
    const note = plain(childText(element, 'NOTE'))
    const prop = propOf(childText(element, 'QUALITY'), `${note} ${text}`)
    for (const { name, isShort } of namesIn(text)) {
      yield say(isShort ? 'weakAlias' : prop, name, { original: text })
    }
    const rest = note.replace(FORMERLY, '')
    const script = ORIGINAL_SCRIPT.exec(rest)
    const scripted = script === null ? '' : rest.slice(script.index + script[0].length)
    if (isOtherScript(scripted)) {
      yield say(prop, scripted.replace(/[\s.;,]+$/, ''), { original: note })
    }
    const told = [rest, ...birthOf(element)].filter((part) => part !== '' && part !== scripted)
    const isOnlyScript = script?.index === 0 && isOtherScript(scripted) && told.length === 1
    if (told.length > 0 && !isOnlyScript) yield say('notes', `${text}: ${told.join('; ')}`)
  }
}

/** Further names that a primary name holds: `A (ABC)` is also `A` and `ABC`, `A; B` both. */
export function* namesWithin(name: string, say: Say): Iterable<SourceItem> {
  const found = namesIn(name)
  if (found.length === 1 && found[0]?.isShort !== true) return
  for (const { name: part, isShort } of found) {
    if (part !== name) yield say(isShort ? 'weakAlias' : 'alias', part, { original: name })
  }
}

function propOf(word: string | undefined, note: string): string {
  if (FORMERLY.test(note) || word === 'f.k.a.') return 'previousName'
  return word === 'Low' ? 'weakAlias' : 'alias'
}

function birthOf(element: XmlElement): string[] {
  const date = plain(childText(element, 'DATE_OF_BIRTH'))
  const place = [childText(element, 'CITY_OF_BIRTH'), childText(element, 'COUNTRY_OF_BIRTH')]
    .map(plain)
    .filter((part) => part !== '')
    .join(', ')
  return [date === '' ? '' : `born ${date}`, place === '' ? '' : `born in ${place}`]
}

/** Longer cells are prose, and are kept whole. The longest of the list has 400 characters. */
const NAME_CELL_CHARS_MAX = 2_000

interface FoundName {
  readonly name: string
  /** An acronym in brackets. */
  readonly isShort: boolean
}

/**
 * The names of one cell, which may hold several: `A; B`, `A b) B`, `A (B; C)` where the brackets at
 * the end hold the name in another script, `A (ABC)` with its acronym. Other brackets at the end
 * are no name; brackets inside a name are part of it.
 */
export function namesIn(cell: string): readonly FoundName[] {
  if (cell.length > NAME_CELL_CHARS_MAX) return [{ name: cell, isShort: false }]
  const text = cell.replace(/\s*\(original script\)/gi, '').replace(/,\s+born\b.*$/i, '')
  const names = new Map<string, FoundName>()
  for (const piece of outerPieces(text)) {
    for (const found of pieceNames(piece)) if (!names.has(found.name)) names.set(found.name, found)
  }
  return names.size === 0 ? [{ name: cell, isShort: false }] : [...names.values()]
}

function pieceNames(piece: string): FoundName[] {
  const { head, brackets } = endBrackets(trimmed(piece))
  const names = head === '' ? [] : [{ name: head, isShort: false }]
  for (const bracket of brackets) {
    const inside = bracket.replace(ORIGINAL_SCRIPT, '')
    const isScripted = isOtherScript(inside) !== isOtherScript(head)
    if (isAcronymOf(head, inside)) names.push({ name: inside, isShort: true })
    // A bracket with a number in it is a document or a year.
    else if (isScripted && !/\d{3}/.test(inside)) names.push(...namesIn(inside))
  }
  return names
}

/** `AQAP` of "Al-Qaida in …", but neither `KENYA`, a branch, nor `NGO`, a kind. */
function isAcronymOf(head: string, text: string): boolean {
  if (!/^[A-Z][A-Za-z/-]{0,10}[A-Z]$/.test(text) || countryCode(text) !== undefined) return false
  return head[0]?.toUpperCase() === text[0]
}

/** Pieces between `;` and between `b)`, `c)`, outside of brackets. */
function outerPieces(text: string): string[] {
  const pieces: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1
    else if (text[i] === ')') depth = Math.max(0, depth - 1)
    else if (text[i] === ';' && depth === 0) {
      pieces.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...pieces, text.slice(start)].flatMap((piece) => piece.split(/\s[a-z]\)\s/))
}

/** `A (B) (C (D))` → head `A`, brackets `B` and `C (D)`. */
function endBrackets(text: string): {
  readonly head: string
  readonly brackets: readonly string[]
} {
  const brackets: string[] = []
  let head = text
  while (head.endsWith(')')) {
    let depth = 0
    let open = head.length - 1
    for (; open >= 0; open -= 1) {
      if (head[open] === ')') depth += 1
      else if (head[open] === '(' && --depth === 0) break
    }
    // More brackets close than open, or the whole is in brackets: it stays as it is.
    if (open <= 0) break
    brackets.unshift(trimmed(head.slice(open + 1, -1)))
    head = trimmed(head.slice(0, open))
  }
  return { head, brackets }
}

function trimmed(text: string): string {
  return text.replace(/^[\s,.]+|[\s,]+$/g, '').replace(/ - sub-unit name$/, '')
}

function isOtherScript(text: string): boolean {
  return /[^\p{Script=Latin}\P{L}]/u.test(text)
}

function plain(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
