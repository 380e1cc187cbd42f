// The scorecard of name matching, on cases made from the recorded lists. Needs CUSTOS_MIRROR.
//   npm run bench:names                 everything, compared with the committed baseline
//   npm run bench:names -- --quick      without the million names (no speed, no peer)
//   npm run bench:names -- --update     writes the baseline
//   npm run bench:names -- --show GROUP prints what was missed in groups that begin so
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { benignCases, distortedCases, heldOutCases, oneEditCases } from './name-cases.ts'
import { type AdverseEntity, type RecordedNames, readRecordedNames } from './name-cases-lists.ts'
import { OwnEngine } from './name-engine.ts'
import {
  driftOf,
  falsePositives,
  type Measured,
  percent,
  recall,
  type Scorecard,
  sweep,
  tableOf,
  total,
} from './name-scorecard.ts'
import { measureSpeed, speeds } from './name-speed.ts'

const SEED = 20_261_122
const BASELINE = fileURLToPath(new URL('../../docs/method/names-scorecard.json', import.meta.url))
const say = (text: string) => process.stdout.write(`${text}\n`)
const has = (flag: string) => process.argv.includes(flag)
const showAt = process.argv.indexOf('--show')
const shown = showAt === -1 ? undefined : (process.argv[showAt + 1] ?? '')
const missed: string[] = []

/** A book of listed names, and of honest ones beside them. */
function bookOf(adverse: readonly AdverseEntity[], benign: readonly string[]) {
  const engine = new OwnEngine()
  const owners = new Map<string, number>()
  for (const [owner, { id, names }] of adverse.entries()) {
    owners.set(id, owner)
    for (const { text, prop } of names) engine.add(text, prop, owner)
  }
  for (const name of benign) engine.add(name, 'name', -1)
  return { engine, owners }
}

function print(title: string, { rows, missed: lines }: Measured, isError = false): Scorecard {
  const card = Object.fromEntries(rows)
  say(`\n## ${title}\n${tableOf(card, isError)}`)
  missed.push(...lines)
  return card
}

/** Distorted, edited and left-out names against the whole book; honest ones against the listed. */
function scorecard(names: RecordedNames): Scorecard {
  const { engine, owners } = bookOf(names.adverse, names.benign)
  say(`${engine.size} names of ${names.adverse.length} listed and ${names.benign.length} honest`)
  const distorted = recall(engine, distortedCases(names, SEED), owners)
  const edited = recall(engine, oneEditCases(names, SEED, 3_000), owners)
  const held = heldOutCases(names.adverse, SEED)
  const without = bookOf(held.adverse, names.benign)
  const left = recall(without.engine, held.cases, without.owners)
  const benign = benignCases(names, SEED)
  const listed = bookOf(names.adverse, [])
  const wrong = falsePositives(listed.engine, benign.cases)
  const card = {
    ...print('Distorted names', distorted),
    ...print('One random edit', edited),
    ...print('Aliases left out of the book', left),
    ...print('Honest names against listed ones', wrong, true),
  }
  const split = benign.cases.map(({ group }) => group)
  const wrongOf = (prefix: string) =>
    wrong.scores.filter((_, at) => split[at]?.startsWith(prefix) === true)
  const columns = {
    ...{ distorted: distorted.scores, 'one edit': edited.scores, 'left out': left.scores },
    ...{ firms: wrongOf('benign firms · as'), people: wrongOf('benign people') },
    recombined: wrongOf('recombined'),
  }
  say(`\n## Findings at other thresholds\n${sweep(columns)}`)
  say(`\nLeft-out aliases that share nothing with another name: ${sums(held.nothing)}`)
  say(`… that share something, but less than half: ${sums(held.less)}`)
  say(`Honest names that a list holds too, left out: ${benign.namesakes}`)
  return card
}

function sums(counts: Readonly<Record<string, number>>): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const each = Object.entries(counts).map(([group, count]) => `${group.slice(11)} ${count}`)
  return `${all} (${each.join(', ')})`
}

function aims(card: Scorecard): void {
  const line = (what: string, value: number, aim: number, isFloor: boolean) => {
    const met = isFloor ? value >= aim : value <= aim
    say(`${met ? 'met    ' : 'NOT met'}  ${what}: ${percent(value, 1)} (aim ${percent(aim, 1)})`)
  }
  say('\n## Aims')
  const edited = total(card, 'one edit')
  line('one edit, first ten', edited.hits / edited.cases, 0.98, true)
  line('one edit, at the threshold', (edited.screened ?? 0) / edited.cases, 0.95, true)
  for (const [group, { cases, hits }] of Object.entries(card)) {
    if (group.startsWith('held out')) line(`${group} (${cases})`, hits / cases, 0.9, true)
  }
  for (const who of ['benign firms · as written', 'benign people']) {
    const { cases, hits } = total(card, who)
    line(`${who} (${cases})`, hits / cases, 0.01, false)
  }
}

function compare(card: Scorecard): void {
  if (has('--update')) {
    writeFileSync(BASELINE, `${JSON.stringify(card, null, 2)}\n`)
    say(`\nThe baseline is written: ${BASELINE}`)
    return
  }
  if (!existsSync(BASELINE)) {
    say('\nThere is no baseline yet: --update writes it.')
    process.exitCode = 1
    return
  }
  const drift = driftOf(card, JSON.parse(readFileSync(BASELINE, 'utf8')) as Scorecard)
  for (const line of drift) say(`DRIFT  ${line}`)
  say(drift.length === 0 ? '\nNo drift from the baseline.' : `\n${drift.length} groups drifted.`)
  if (drift.length > 0) process.exitCode = 1
}

const mirror = process.env.CUSTOS_MIRROR
if (mirror === undefined || mirror === '') {
  say('not measured: CUSTOS_MIRROR is not set')
  process.exit(2)
}
const started = performance.now()
const names = readRecordedNames(mirror)
const speedFor = process.argv[process.argv.indexOf('--speed-of') + 1]
if (has('--speed-of')) {
  await measureSpeed(speedFor === 'peer' ? 'peer' : 'own', names, SEED)
} else {
  const card = scorecard(names)
  aims(card)
  if (shown !== undefined) say(missed.filter((line) => line.startsWith(shown)).join('\n'))
  say(`\nasked in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  compare(card)
  if (!has('--quick')) {
    speeds(fileURLToPath(import.meta.url))
  }
}
