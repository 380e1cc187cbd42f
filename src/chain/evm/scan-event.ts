import { EVENT, EXTRA_TYPE, HAS, type PackedWriter } from '../packed.ts'
import { EVENT_KINDS } from '../read.ts'
import type { ChainId } from '../types.ts'
import { type EventLayout, EXTRA_NAMES } from './event.ts'
import {
  arrayAt,
  copy,
  DATA_AT,
  isZero,
  putUint32,
  scratch,
  smallWord,
  state,
  TOPICS_AT,
} from './scan-scratch.ts'

export function eventRow(writer: PackedWriter, kind: number): number {
  const at = writer.events.add()
  const out = writer.events.bytes
  copy(scratch, 12, out, at + EVENT.contract, 20)
  putUint32(out, at + EVENT.txIndex, state.txIndex)
  putUint32(out, at + EVENT.logIndex, state.logIndex)
  putUint32(out, at + EVENT.extraAt, writer.extras.count)
  out[at + EVENT.kind] = kind
  out[at + EVENT.flags] = HAS.logIndex
  return at
}

export function writeExtra(
  { extras }: PackedWriter,
  { name, type, at }: { name: number; type: number; at: number },
): void {
  const own = extras.add()
  extras.bytes[own] = name
  extras.bytes[own + 1] = type
  if (type === EXTRA_TYPE.address) copy(scratch, at + 12, extras.bytes, own + 14, 20)
  else copy(scratch, at, extras.bytes, own + 2, 32)
}

interface RowPlan {
  readonly layout: EventLayout
  readonly kind: number
  readonly owner: number
  readonly spender: number
  readonly amount: number
  readonly flag: number
  readonly extras: readonly { readonly name: number; readonly type: string; readonly at: number }[]
}

/** Place of a word in the scratch bytes. */
function placeOf(layout: EventLayout, position: number | undefined): number {
  const place = position === undefined ? undefined : layout.places[position]
  if (place === undefined) return -1
  return place > 0 ? TOPICS_AT + 32 * place : DATA_AT + 32 * (-1 - place)
}

function planOf(layout: EventLayout): RowPlan {
  const { row } = layout
  return {
    layout,
    kind: EVENT_KINDS.indexOf(row.kind),
    owner: placeOf(layout, row.owner),
    spender: placeOf(layout, row.spender),
    amount: placeOf(layout, row.amount),
    flag: row.turn === undefined ? placeOf(layout, flagOf(layout)) : -1,
    extras: Object.entries(row.extra ?? {}).map(([name, position]) => ({
      name: EXTRA_NAMES.indexOf(name),
      type: layout.types[position] ?? 'uint',
      at: placeOf(layout, position),
    })),
  }
}

function flagOf(layout: EventLayout): number | undefined {
  const at = layout.types.indexOf('bool')
  return at === -1 ? undefined : at
}

export function rowWriter(layouts: readonly (EventLayout | undefined)[]): Decode {
  const plans = Array.from(layouts, (layout) => (layout === undefined ? null : planOf(layout)))
  return (writer) => {
    const plan = plans[state.topics]
    if (plan === undefined || plan === null) return
    if (state.dataBytes < 32 * plan.layout.dataWords) return
    const kind = kindOf(plan)
    if (kind !== -1) writeRow(writer, plan, kind)
  }
}

/** The kind, turned by the sign of what changed; -1 for an event that says nothing. */
function kindOf(plan: RowPlan): number {
  const { turn } = plan.layout.row
  if (turn === undefined) {
    const isBoolean = plan.flag === -1 || smallWord(plan.flag) <= 1
    return isBoolean ? plan.kind : -1
  }
  const place = placeOf(plan.layout, turn.delta)
  const list = turn.isList ? arrayAt(place) : { length: 1, start: place }
  let isAny = false
  for (let i = 0; i < list.length; i++) {
    const at = list.start + 32 * i
    if ((scratch[at] as number) >= 128) return REMOVED
    if (!isZero(scratch, at, 32)) isAny = true
  }
  return isAny ? ADDED : -1
}

const ADDED = EVENT_KINDS.indexOf('liquidity_added')

const REMOVED = EVENT_KINDS.indexOf('liquidity_removed')

function writeRow(writer: PackedWriter, plan: RowPlan, kind: number): void {
  const at = eventRow(writer, kind)
  const out = writer.events.bytes
  let flags = HAS.logIndex as number
  if (plan.owner !== -1) {
    copy(scratch, plan.owner + 12, out, at + EVENT.owner, 20)
    flags |= HAS.owner
  }
  if (plan.spender !== -1) {
    copy(scratch, plan.spender + 12, out, at + EVENT.spender, 20)
    flags |= HAS.spender
  }
  if (plan.amount !== -1) {
    copy(scratch, plan.amount, out, at + EVENT.amount, 32)
    flags |= HAS.amount
    // An amount that the row fixes is zero, as the new row is.
  } else if (plan.layout.row.fixedAmount !== undefined) flags |= HAS.amount
  out[at + EVENT.flags] = flags
  out[at + EVENT.extraCount] = plan.extras.length
  for (const { name, type, at: from } of plan.extras) {
    writeExtra(writer, { name, type: extraType(type, from), at: from })
  }
}

function extraType(type: string, at: number): number {
  if (type === 'address') return EXTRA_TYPE.address
  if (type === 'bytes32') return EXTRA_TYPE.bytes
  const isNegative = type === 'int' && (scratch[at] as number) >= 128
  return isNegative ? EXTRA_TYPE.negative : EXTRA_TYPE.natural
}

export type Decode = (writer: PackedWriter, chain: ChainId) => void
