import { AppError } from '../../base/error.ts'

/**
 * Conditions of an operator's own rules (VOCABULARY §17): comparisons of fields with literals,
 * joined by AND and OR, in parentheses where needed; AND binds closer.
 *
 *     standard == "erc20" AND units >= 10000 AND (to.class contains "mixer" OR symbol == "USDT")
 *
 * Numbers are exact decimals of any size. A field that the row lacks makes its comparison false.
 */
export type Condition =
  | { readonly op: 'and'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly op: Operator; readonly field: string; readonly value: Literal }

export type Operator = (typeof OPERATORS)[number]
type Literal = string | Exact

/** An exact decimal: `digits` / 10^`scale`. */
export interface Exact {
  readonly digits: bigint
  readonly scale: number
}

/** What a field of a row is: text, an exact number, or a list of texts. */
export type FieldValue = string | bigint | Exact | readonly string[] | null | undefined

const OPERATORS = [
  '>=',
  '<=',
  '==',
  '!=',
  '>',
  '<',
  'contains',
  'starts_with',
  'ends_with',
] as const
const CHARS_MAX = 4_096
const DEPTH_MAX = 32
const NUMBER_CHARS_MAX = 100

const TOKEN =
  /\s+|(?<paren>[()])|(?<op>>=|<=|==|!=|>|<)|(?<text>"(?:[^"\\]|\\["\\])*")|(?<number>-?\d[\d_]*(?:\.\d+)?)|(?<word>[A-Za-z][\w.]*)/gy

interface Token {
  readonly kind: 'paren' | 'op' | 'text' | 'number' | 'word'
  readonly text: string
  readonly at: number
}

/** Reads a condition. Throws `rule.bad_condition` with the place of what cannot be read. */
export function parseCondition(text: string): Condition {
  if (text.length > CHARS_MAX) throw bad('longer than 4,096 characters', CHARS_MAX)
  const parser = new Parser(tokensOf(text))
  return parser.whole(text.length)
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw bad(`"${text.slice(at, at + 12)}" cannot be read`, at)
    for (const [kind, value] of Object.entries(match.groups ?? {})) {
      if (value !== undefined) tokens.push({ kind: kind as Token['kind'], text: value, at })
    }
  }
  return tokens
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(end: number): Condition {
    if (this.#tokens.length === 0) throw bad('the condition is empty', end)
    const condition = this.#either(0)
    const rest = this.#tokens[this.#at]
    if (rest !== undefined) throw bad(`"${rest.text}" is one too many`, rest.at)
    return condition
  }

  #either(depth: number): Condition {
    let left = this.#both(depth)
    while (this.#takes('OR')) left = { op: 'or', left, right: this.#both(depth) }
    return left
  }

  #both(depth: number): Condition {
    let left = this.#one(depth)
    while (this.#takes('AND')) left = { op: 'and', left, right: this.#one(depth) }
    return left
  }

  #one(depth: number): Condition {
    if (depth > DEPTH_MAX) throw bad('parentheses lie too deep', this.#tokens[this.#at]?.at ?? 0)
    const token = this.#next('a field')
    if (token.text === '(' && token.kind === 'paren') {
      const inner = this.#either(depth + 1)
      const close = this.#next('a closing parenthesis')
      if (close.text !== ')') throw bad('a parenthesis is not closed', close.at)
      return inner
    }
    if (token.kind !== 'word') throw bad(`"${token.text}" is no field`, token.at)
    const op = this.#next('an operator')
    const known = OPERATORS.find((operator) => operator === op.text)
    if (known === undefined) throw bad(`"${op.text}" is no operator`, op.at)
    return { op: known, field: token.text, value: literalOf(this.#next('a value')) }
  }

  #takes(word: 'AND' | 'OR'): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'word' || token.text.toUpperCase() !== word) return false
    this.#at += 1
    return true
  }

  #next(what: string): Token {
    const token = this.#tokens[this.#at]
    if (token === undefined)
      throw bad(`${what} is missing at the end`, this.#tokens.at(-1)?.at ?? 0)
    this.#at += 1
    return token
  }
}

function literalOf({ kind, text, at }: Token): Literal {
  if (kind === 'text') return text.slice(1, -1).replace(/\\(["\\])/g, '$1')
  if (kind === 'number' && text.length <= NUMBER_CHARS_MAX) return exactOf(text)
  throw bad(`"${text}" is no value: write a number, or a text in double quotes`, at)
}

function exactOf(text: string): Exact {
  const [whole = '', fraction = ''] = text.replaceAll('_', '').split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

/** True when the row meets the condition. Texts compare without regard to case. */
export function meets(condition: Condition, field: (name: string) => FieldValue): boolean {
  if (condition.op === 'and') {
    return meets(condition.left, field) && meets(condition.right, field)
  }
  if (condition.op === 'or') return meets(condition.left, field) || meets(condition.right, field)
  const value = field(condition.field)
  if (value === undefined || value === null) return false
  return compare(condition.op, value, condition.value)
}

/** Every field that a condition names, for the check against those that exist. */
export function fieldsOf(condition: Condition): readonly string[] {
  if (condition.op === 'and' || condition.op === 'or') {
    return [...fieldsOf(condition.left), ...fieldsOf(condition.right)]
  }
  return [condition.field]
}

function compare(op: Operator, value: NonNullable<FieldValue>, literal: Literal): boolean {
  if (Array.isArray(value)) {
    if (typeof literal !== 'string') return false
    const has = value.some((one) => one.toLowerCase() === literal.toLowerCase())
    return op === 'contains' || op === '==' ? has : op === '!=' ? !has : false
  }
  if (typeof value === 'string') {
    return (
      typeof literal === 'string' && compareText(op, value.toLowerCase(), literal.toLowerCase())
    )
  }
  if (typeof literal === 'string') return false
  const own = typeof value === 'bigint' ? { digits: value, scale: 0 } : (value as Exact)
  return compareNumber(op, own, literal)
}

function compareText(op: Operator, value: string, literal: string): boolean {
  switch (op) {
    case '==':
      return value === literal
    case '!=':
      return value !== literal
    case 'contains':
      return value.includes(literal)
    case 'starts_with':
      return value.startsWith(literal)
    case 'ends_with':
      return value.endsWith(literal)
    default:
      return false
  }
}

function compareNumber(op: Operator, a: Exact, b: Exact): boolean {
  const left = a.digits * 10n ** BigInt(Math.max(0, b.scale - a.scale))
  const right = b.digits * 10n ** BigInt(Math.max(0, a.scale - b.scale))
  switch (op) {
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '==':
      return left === right
    case '!=':
      return left !== right
    default:
      return false
  }
}

function bad(message: string, at: number): AppError {
  return new AppError('rule.bad_condition', `At character ${at + 1}: ${message}.`, {
    status: 400,
    params: { at: at + 1 },
  })
}
