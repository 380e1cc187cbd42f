import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'

interface LiteralEntry {
  readonly key: string
  readonly value: unknown
  /** UTF-16 offsets of the entry in the text, for `chars:` locators. */
  readonly start: number
  readonly end: number
}

/**
 * The entries of the object or array that a JavaScript module assigns to an exported name, read as
 * data: a package that ships its list as code is never run to be read. Only literals are taken;
 * a call, an operator, a name or a template with a placeholder is refused as `source.malformed`.
 *
 *     literalEntries('exports.chains = { 1: { name: "Ether" } }', 'chains')
 *     // [{ key: '1', value: { name: 'Ether' }, … }]
 */
export function literalEntries(text: string, name: string): readonly LiteralEntry[] {
  const assigned = new RegExp(`(?:\\bexports\\.|\\bexport\\s+const\\s+)${name}\\s*=\\s*(?=[{[])`)
  const match = assigned.exec(text)
  if (match === null) throw refused(`it exports no list "${name}"`)
  const reader = new Reader(text, match.index + match[0].length)
  return reader.entries()
}

function refused(what: string): AppError {
  return new AppError('source.malformed', `The module cannot be read as data: ${what}.`)
}

/** Characters that end a number or a word. */
const WORD = /[\w$.+-]/

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
}

class Reader {
  readonly #text: string
  #at: number
  #depth = 0

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  entries(): LiteralEntry[] {
    const found: LiteralEntry[] = []
    const isList = this.#text[this.#at] === '['
    this.#members(isList, (key, value, start) => {
      if (found.length >= LIMITS.sourceRowsMax) throw refused('it has too many rows')
      found.push({ key, value, start, end: this.#at })
    })
    return found
  }

  #value(): unknown {
    const char = this.#text[this.#at]
    if (char === '{') {
      const record: Record<string, unknown> = {}
      this.#members(false, (key, value) => {
        if (key !== '__proto__') record[key] = value
      })
      return record
    }
    if (char === '[') {
      const list: unknown[] = []
      this.#members(true, (_key, value) => list.push(value))
      return list
    }
    if (char === "'" || char === '"' || char === '`') return this.#string(char)
    return this.#scalar()
  }

  /** Members of an object or list, each given when it is read to its end. */
  #members(isList: boolean, give: (key: string, value: unknown, start: number) => void): void {
    this.#depth += 1
    if (this.#depth > LIMITS.sourceDepthMax) throw refused('it is nested too deeply')
    const close = isList ? ']' : '}'
    this.#at += 1
    for (let index = 0; ; index += 1) {
      this.#skipBlank()
      if (this.#text[this.#at] === close) break
      const start = this.#at
      const key = isList ? String(index) : this.#key()
      const value = this.#value()
      give(key, value, start)
      this.#skipBlank()
      if (this.#text[this.#at] === ',') this.#at += 1
      else if (this.#text[this.#at] !== close) throw refused('it holds code or is broken off')
    }
    this.#at += 1
    this.#depth -= 1
  }

  #key(): string {
    const char = this.#text[this.#at]
    const key = char === "'" || char === '"' ? this.#string(char) : this.#word()
    this.#skipBlank()
    if (this.#text[this.#at] !== ':') throw refused('it holds code or is broken off')
    this.#at += 1
    this.#skipBlank()
    return key
  }

  #word(): string {
    const start = this.#at
    while (this.#at < this.#text.length && WORD.test(this.#text[this.#at] ?? '')) this.#at += 1
    const word = this.#text.slice(start, this.#at)
    if (word === '' || word.length > 512) throw refused('it holds code or is broken off')
    return word
  }

  #scalar(): unknown {
    const word = this.#word()
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (word === 'undefined') return undefined
    const digits = word.replaceAll('_', '')
    if (/^-?(\d+(\.\d+)?(e[+-]?\d+)?|0x[0-9a-f]+)$/i.test(digits)) return Number(digits)
    throw refused('it holds code, not only data')
  }

  #string(quote: string): string {
    let out = ''
    let from = this.#at + 1
    for (let i = from; i < this.#text.length; i += 1) {
      const char = this.#text[i]
      if (char === quote) {
        this.#at = i + 1
        return out + this.#text.slice(from, i)
      }
      if (i - this.#at > LIMITS.sourceCellCharsMax) throw refused('a text is longer than its limit')
      if (quote === '`' && char === '$' && this.#text[i + 1] === '{') {
        throw refused('it holds a template with a placeholder')
      }
      if (char === '\n' && quote !== '`') break
      if (char !== '\\') continue
      const [decoded, length] = this.#escape(i + 1)
      out += this.#text.slice(from, i) + decoded
      from = i + 1 + length
      i = from - 1
    }
    throw refused('a text is broken off')
  }

  /** What an escape means, and its length after the backslash (ECMA-262 §12.9.4). */
  #escape(at: number): [string, number] {
    const char = this.#text[at] ?? ''
    const rest = this.#text.slice(at, at + 10)
    const code = /^(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/i.exec(rest)
    if (code !== null) {
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16)
      if (point > 0x10ffff) throw refused('an escape names no character')
      // Two \u escapes of one surrogate pair join by themselves as UTF-16 units.
      return [
        code[1] === undefined ? String.fromCharCode(point) : String.fromCodePoint(point),
        code[0].length,
      ]
    }
    return [ESCAPES[char] ?? char, 1]
  }

  #skipBlank(): void {
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1
      const two = this.#text.slice(this.#at, this.#at + 2)
      if (two !== '//' && two !== '/*') return
      const end = this.#text.indexOf(two === '//' ? '\n' : '*/', this.#at + 2)
      if (end === -1) throw refused('a comment is broken off')
      this.#at = two === '//' ? end : end + 2
    }
  }
}
