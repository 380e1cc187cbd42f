import { AppError } from '../../base/error.ts'
import type { ChainEvent, ChainTransaction, ChainTransfer } from '../../chain/types.ts'
import { classNames } from '../../model/screening-book.ts'
import { type Condition, type FieldValue, fieldsOf, meets, parseCondition } from './expression.ts'
import { type ChainRule, ofTransfer, type RuleContext, type RuleFinding } from './types.ts'

/** One rule of an operator's file, as it is written. */
export interface OperatorRule {
  readonly id: string
  readonly version: string
  readonly severity: RuleFinding['severity']
  /** What the condition is asked about. */
  readonly on: 'transfer' | 'event' | 'transaction'
  readonly when: string
}

const FIELDS: Readonly<Record<OperatorRule['on'], readonly string[]>> = {
  transfer: [
    'from',
    'to',
    'from.class',
    'to.class',
    'token',
    'symbol',
    'standard',
    'amount',
    'units',
    'tokenId',
    'internal',
  ],
  event: ['kind', 'contract', 'owner', 'spender', 'owner.class', 'spender.class', 'amount'],
  transaction: ['from', 'to', 'from.class', 'to.class', 'value', 'status', 'selector', 'created'],
}
const SEVERITIES = ['danger', 'warning', 'info'] as const
const KINDS = ['transfer', 'event', 'transaction'] as const
const RULES_MAX = 200

/**
 * Rules of a file that is already read as JSON or YAML: `{rules: [{id, on, when, severity?}]}`.
 * Throws `rule.bad_file` or `rule.bad_condition` and names the rule.
 */
export function operatorRules(value: unknown): readonly ChainRule[] {
  const rows = Array.isArray(value) ? value : (value as { rules?: unknown } | null)?.rules
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > RULES_MAX) {
    throw bad('it holds no list of rules, or more than 200')
  }
  const rules = rows.map((row, at) => chainRule(ruleOf(row, at)))
  const ids = new Set(rules.map(({ id }) => id))
  if (ids.size !== rules.length) throw bad('two rules have one id')
  return rules
}

function ruleOf(row: unknown, at: number): OperatorRule {
  const { id, version, severity, on, when } = (row ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_.]{0,60}$/.test(id)) {
    throw bad(`rule ${at + 1} has no id of small letters, digits, "." and "_"`)
  }
  const known = SEVERITIES.find((one) => one === (severity ?? 'warning'))
  const kind = KINDS.find((one) => one === (on ?? 'transfer'))
  if (known === undefined) throw bad(`the severity of ${id} is danger, warning or info`)
  if (kind === undefined) throw bad(`"on" of ${id} is transfer, event or transaction`)
  if (typeof when !== 'string') throw bad(`${id} has no condition "when"`)
  return { id, version: String(version ?? '1'), severity: known, on: kind, when }
}

function chainRule(rule: OperatorRule): ChainRule {
  const condition = parseCondition(rule.when)
  const unknown = fieldsOf(condition).find(
    (name) =>
      !FIELDS[rule.on].includes(name) && !(rule.on === 'event' && name.startsWith('extra.')),
  )
  if (unknown !== undefined) {
    throw bad(
      `${rule.id}: a ${rule.on} has no field "${unknown}"; it has ${FIELDS[rule.on].join(', ')}`,
    )
  }
  return {
    id: `operator.${rule.id}`,
    version: rule.version,
    summary: rule.when,
    run: (context) => RUNS[rule.on](rule, condition, context),
  }
}

type Run = (rule: OperatorRule, condition: Condition, context: RuleContext) => RuleFinding[]

const RUNS: Readonly<Record<OperatorRule['on'], Run>> = {
  transfer(rule, condition, context) {
    return context.block.transfers
      .filter((transfer) => meets(condition, (name) => transferField(transfer, name, context)))
      .map((transfer) => ({
        severity: rule.severity,
        ...ofTransfer(transfer),
        subjects: [transfer.from, transfer.to].filter((address) => address !== null),
        params: { when: rule.when },
        causes: [],
      }))
  },
  event(rule, condition, context) {
    return context.block.events.flatMap((event, ordinal): RuleFinding[] => {
      if (!meets(condition, (name) => eventField(event, name, context))) return []
      const { tx, logIndex, contract, amount, owner, spender } = event
      const subjects = [owner, spender, contract].filter((address) => address !== null)
      const params = { when: rule.when }
      const own = { severity: rule.severity, tx, logIndex, ordinal, subjects, params }
      return [{ ...own, token: contract, amount, causes: [] }]
    })
  },
  transaction(rule, condition, context) {
    return context.block.transactions.flatMap((tx): RuleFinding[] => {
      if (!meets(condition, (name) => transactionField(tx, name, context))) return []
      const subjects = [tx.from, tx.to].filter((address) => address !== null)
      const params = { when: rule.when }
      const own = { severity: rule.severity, tx: tx.hash, logIndex: null, ordinal: tx.index }
      return [{ ...own, subjects, params, token: null, amount: tx.value, causes: [] }]
    })
  },
}

function classesOf(address: string | null, { parties }: RuleContext): readonly string[] {
  return address === null ? [] : classNames(parties.classesOf(address))
}

function transferField(transfer: ChainTransfer, name: string, context: RuleContext): FieldValue {
  const facts = context.asset(transfer.token)
  switch (name) {
    case 'from.class':
      return classesOf(transfer.from, context)
    case 'to.class':
      return classesOf(transfer.to, context)
    case 'symbol':
      return facts?.symbol
    case 'units':
      // Without the decimals of its token an amount has no unit, and no comparison holds.
      return facts === undefined || transfer.amount === null
        ? undefined
        : { digits: transfer.amount, scale: facts.decimals }
    case 'internal':
      return String(transfer.isInternal)
    case 'from':
    case 'to':
    case 'token':
    case 'standard':
    case 'amount':
    case 'tokenId':
      return transfer[name]
    default:
      return undefined
  }
}

function eventField(event: ChainEvent, name: string, context: RuleContext): FieldValue {
  switch (name) {
    case 'owner.class':
      return classesOf(event.owner, context)
    case 'spender.class':
      return classesOf(event.spender, context)
    case 'kind':
    case 'contract':
    case 'owner':
    case 'spender':
    case 'amount':
      return event[name]
    default: {
      const value = event.extra[name.slice('extra.'.length)]
      return value !== undefined && /^\d+$/.test(value) ? BigInt(value) : value
    }
  }
}

function transactionField(tx: ChainTransaction, name: string, context: RuleContext): FieldValue {
  switch (name) {
    case 'from.class':
      return classesOf(tx.from, context)
    case 'to.class':
      return classesOf(tx.to, context)
    case 'from':
    case 'to':
    case 'value':
    case 'status':
    case 'selector':
    case 'created':
      return tx[name]
    default:
      return undefined
  }
}

function bad(message: string): AppError {
  return new AppError('rule.bad_file', `The file of rules cannot be used: ${message}.`, {
    status: 400,
  })
}
