import type { Day } from '../model/time.ts'
import { firmOn, labelOf } from '../score/firm/label.ts'
import { scoreOf } from '../score/firm/score.ts'
import { dayOf, type FirmFacts } from '../score/firm/serve-rows.ts'
import type { ScorePoint } from './registry-types.ts'

/** Days on which a firm is judged anew: a row that flaps for years must not fill a chart. */
const DAYS_MAX = 200
/** Years for which the score counts how long a register has known a firm. */
const YEARS = 5

/** Score and label at each day on which one of them changed, oldest first. */
export function historyOf(facts: FirmFacts, until: Day): readonly ScorePoint[] {
  const points: ScorePoint[] = []
  for (const day of daysOfChange(facts, until)) {
    const firm = firmOn(facts, day)
    const label = labelOf(firm)
    const { value } = scoreOf(firm, label)
    const last = points.at(-1)
    const isSame = last?.value === value && last.label === label.label && last.rule === label.rule
    if (!isSame) points.push({ day, value, label: label.label, rule: label.rule })
  }
  return points
}

function daysOfChange({ evidence }: FirmFacts, until: Day): Day[] {
  const days = new Set<Day>()
  let first: Day | undefined
  for (const item of evidence) {
    for (const { from, to } of item.intervals) {
      days.add(from)
      if (to !== null) days.add(to)
    }
    for (const member of ['from', 'date'] as const) {
      const day = dayOf(item, member)
      if (day === null) continue
      days.add(day)
      if (item.prop === 'licence' && (first === undefined || day < first)) first = day
    }
    const end = dayOf(item, 'to')
    // The last day still counts: what ends on a day is over on the next.
    if (end !== null) days.add(nextDay(end))
  }
  if (first !== undefined) for (let i = 1; i <= YEARS; i++) days.add(yearsLater(first, i))
  return [...days]
    .filter((day) => day <= until)
    .sort()
    .slice(-DAYS_MAX)
}

function nextDay(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

function yearsLater(day: Day, years: number): Day {
  const text = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  // 29 February has no anniversary in most years.
  return text.endsWith('-02-29') ? `${text.slice(0, 4)}-03-01` : text
}
