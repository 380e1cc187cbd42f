import { sha256Hex } from '../base/encode.ts'
import type { Day } from '../model/time.ts'
import { dayOf } from '../score/firm/serve-rows.ts'
import { licenceOf } from '../score/risk/licence.ts'
import type { Evidence, MessageParam } from '../score/risk/types.ts'
import type { BookEvent } from './registry-events.ts'
import type { FirmRef, RegistryEvent, RegistryEventKind } from './registry-types.ts'
import type { Renderer } from './render.ts'

export interface SourceDatesParts {
  /** What counts about the firm: rows that an official list has replaced are not among them. */
  readonly rows: readonly Evidence[]
  readonly firm: FirmRef
  /** What versions told already: a day is not said twice. */
  readonly told: readonly BookEvent[]
  readonly until: Day
  readonly renderer: Renderer
  readonly lang: string
}

/** Grants, ends and warnings by the days that the rows themselves give. */
export function sourceDateEvents(parts: SourceDatesParts): RegistryEvent[] {
  const events = new Map<string, RegistryEvent>()
  for (const item of parts.rows) {
    if (item.prop !== 'licence' && item.prop !== 'warning') continue
    for (const event of ofRow(item, parts)) {
      const key = `${event.kind} ${event.day} ${event.entity}`
      if (!events.has(key)) events.set(key, event)
    }
  }
  return [...events.values()]
}

function ofRow(item: Evidence, parts: SourceDatesParts): RegistryEvent[] {
  const { told, until } = parts
  const isTold = (kind: RegistryEventKind) =>
    told.some((event) => event.kind === kind && event.entity === item.entity)
  const found: RegistryEvent[] = []
  const say = (kind: RegistryEventKind, day: Day | null) => {
    if (day !== null && day <= until && !isTold(kind)) found.push(eventOf(item, kind, day, parts))
  }
  if (item.prop === 'warning') {
    say('warning_published', dayOf(item, 'date'))
    if (item.json.status === 'lifted') say('warning_lifted', dayOf(item, 'to'))
    return found
  }
  const { kind } = item.json
  if (kind !== 'licence' && kind !== 'registration' && kind !== 'exemption') return found
  if (item.json.status !== 'pending') say(`${kind}_granted`, dayOf(item, 'from'))
  say(`${kind}_withdrawn`, dayOf(item, 'to'))
  return found
}

function eventOf(
  item: Evidence,
  kind: RegistryEventKind,
  day: Day,
  { firm, renderer, lang }: SourceDatesParts,
): RegistryEvent {
  const whole = { ...item, intervals: [{ from: '0001-01-01', to: null }] }
  const licence = item.prop === 'licence' ? (licenceOf(whole, day) ?? null) : null
  const regulator = typeof item.json.regulator === 'string' ? item.json.regulator : ''
  const [group = '', ...rest] = kind.split('_')
  const isPermission = item.prop === 'licence'
  const params: Record<string, MessageParam> = {
    firm: firm.caption,
    permission: isPermission ? renderer.message(lang, `registry.permission.${group}`) : '',
    regulator: regulator || item.source.authority,
    to: { day },
  }
  const end = kind.endsWith('_withdrawn') ? '_on' : ''
  const key = isPermission ? `registry.event.${rest.join('_')}${end}` : `registry.event.${kind}`
  const nothing = { services: [], countries: [] }
  return {
    id: sha256Hex(`source ${kind} ${day} ${item.id}`).slice(0, 32),
    kind,
    day,
    basis: 'source_date',
    effective: day,
    text: renderer.text(lang, { key, params }),
    firm,
    entity: item.entity,
    dataset: item.source.dataset,
    datasetTitle: item.source.title,
    regulator: regulator || item.source.authority,
    country: typeof item.json.country === 'string' ? item.json.country : null,
    before: null,
    after: { statement: item.id, licence, websites: [] },
    added: nothing,
    removed: nothing,
    version: null,
    previousVersion: null,
    observedAt: null,
    seq: 0,
    statements: [item.id],
  }
}
