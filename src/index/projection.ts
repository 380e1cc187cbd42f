import { parseHostQuery } from '../model/host.ts'
import { keysOfStatement } from '../model/key.ts'
import { distinctTokens, foldName, nameTokens } from '../model/name.ts'
import type { Statement } from '../model/statement.ts'
import type { NameProp, RollProp } from './port.ts'

export function isInRoll(prop: string): prop is RollProp {
  return ROLL_PROPS.has(prop)
}

/** What is looked up by a statement: a pure function of its content. */
export interface Projection {
  readonly keys: readonly string[]
  readonly name: { readonly prop: NameProp; readonly text: string } | undefined
  readonly roll: RollProp | undefined
}

const NAME_PROPS: ReadonlySet<string> = new Set(['name', 'alias', 'weakAlias', 'previousName'])
const ROLL_PROPS: ReadonlySet<string> = new Set([
  'protect',
  'website',
  'licence',
  'allow',
  'sheet',
  'sameAs',
  'notSameAs',
  'warning',
  'regulator',
  'leiCode',
  'article',
  'newsFact',
])

/** The key of a name that is the same but for case, marks, script and legal form. */
export function nameKey(folded: string): string {
  return `n:${distinctTokens(nameTokens(folded)).join('')}`
}

/**
 * The key of the registrable domain of a site: a regulator's warning covers the whole of it
 * (INTERFACE §3). Undefined where there is none: an IP address, a public suffix.
 */
export function domainKey(registrable: string | null): string | undefined {
  return registrable === null ? undefined : `d:${registrable}`
}

export function projectionOf(statement: Pick<Statement, 'prop' | 'value'>): Projection {
  const { prop, value } = statement
  const keys = keysOfStatement(statement)
  const text = NAME_PROPS.has(prop) ? foldName(value) : ''
  if (text !== '') keys.push(nameKey(text))
  if (prop === 'website') {
    const domain = domainKey(parseHostQuery(value)?.registrable ?? null)
    if (domain !== undefined) keys.push(domain)
  }
  return {
    keys,
    name: text === '' ? undefined : { prop: prop as NameProp, text },
    roll: isInRoll(prop) ? prop : undefined,
  }
}
