import type { Read, Vg } from './chunk-type.ts'
import { PARTICLES } from './closed.ts'
import type { Word } from './word.ts'

const PHRASAL = new Set(
  `take over|snap up|set up|spin off|spin out|hive off|step down|step up|step in|roll out|rack up
  |scoop up|make off|clean out|write off|put up|bring in|pull in|rake in|pick up|carve out|shut down
  |wind down|wind up|team up|turn over|buy out|buy up|sell off|sign up|take on|take down|come in|fork out
  |shell out|cough up|close down|call off|break off|lay off|carry out|gobble up|swallow up|link up
  |hand out|hand down|hand over|join up|mop up|notch up|chalk up|clock up|ring up|open up|head up
  |pump in|pay out|pay up|stump up|give up|go live|go public|come on|bow out|stand down|stand in|fill in
  |take up|move up|walk off|run off|scale back|hold up|phase out|kick off|start up|mark down|ramp up
  |drum up|tie up|hook up|run away|get away|wipe out|wipe off|strip out|box up|soak up|hoover up
  |polish off|line up|post up|size up|fend off|rule out|turn down|pull out|back out|drop out|trade up
  |put in|plough in|move in|put down|pin down|cash in|cash out|bail out|sell up|sell down|round up
  |farm out|take in|sign on|float off|split off|bring out|ship out|churn out|let go|total up|tot up|level off|top up`
    .split('|')
    .map((pair) => pair.trim()),
)

const isHelper = (word: Word | undefined) =>
  word !== undefined && ['modal', 'be', 'have', 'do', 'neg', 'adv', 'to'].includes(word.tag)

/** A group of helpers and one verb; undefined where no verb begins. */
export function readVerb(words: readonly Word[], start: number): Read<Vg> | undefined {
  const first = words[start]
  if (first === undefined || first.tag === 'adv') return undefined
  if (first.tag !== 'verb' && !isHelper(first)) return undefined
  let i = start
  const seen: Word[] = []
  let main: Word | undefined
  while (i < words.length) {
    const word = words[i]
    if (word === undefined) break
    if (word.tag === 'verb') {
      main = word
      i += 1
      // `helped finance`, `began trading`: the second verb is a group of its own.
      break
    }
    if (!isHelper(word)) break
    if (word.tag === 'to' && !leadsToVerb(words, i)) break
    seen.push(word)
    i += 1
  }
  // Adverbs behind a copula belong to what follows.
  while (main === undefined && seen.at(-1)?.tag === 'adv') {
    seen.pop()
    i -= 1
  }
  const helpers = seen.filter(({ tag }) => tag !== 'adv' && tag !== 'neg')
  if (main === undefined) {
    const last = helpers.at(-1)
    if (last === undefined || !['be', 'have', 'do'].includes(last.tag)) return undefined
    return { chunk: group(words, start, i, seen, helpers.slice(0, -1), last, last.tag), next: i }
  }
  let verb = main.verb
  if (verb === undefined) return undefined
  // `got drained`: a passive like `was drained`.
  const second = words[i]
  const isGot =
    verb.lemma === 'get' && second?.tag === 'verb' && /^(?:ed|part)$/.test(second.verb?.form ?? '')
  if (isGot && second?.verb !== undefined) {
    helpers.push({ ...main, tag: 'be' })
    main = second
    verb = second.verb
    i += 1
  }
  let lemma = verb.lemma
  const after = words[i]
  if (after !== undefined && PARTICLES.has(after.w) && PHRASAL.has(`${lemma} ${after.w}`)) {
    lemma = `${lemma} ${after.w}`
    i += 1
  } else if (
    after !== undefined &&
    (after.w === 'live' || after.w === 'public') &&
    lemma === 'go'
  ) {
    lemma = `${lemma} ${after.w}`
    i += 1
  }
  return { chunk: group(words, start, i, seen, helpers, main, lemma), next: i }
}

function leadsToVerb(words: readonly Word[], at: number): boolean {
  for (let k = at + 1; k < Math.min(words.length, at + 4); k++) {
    const word = words[k]
    if (word === undefined) return false
    if (word.tag === 'adv' || word.tag === 'neg') continue
    if (word.tag === 'be' || word.tag === 'have' || word.tag === 'do')
      return ['be', 'have', 'do'].includes(word.w)
    return (
      word.tag === 'verb' &&
      word.verb?.form !== 'ing' &&
      (word.verb?.form === 'base' ||
        /^(?:cut|put|hit|set|let|shut|shed|split|quit|run|become|come|read|bid|bet|cost|beat|spread)$/.test(
          word.w,
        ))
    )
  }
  return false
}

function group(
  words: readonly Word[],
  start: number,
  next: number,
  seen: readonly Word[],
  helpers: readonly Word[],
  main: Word,
  lemma: string,
): Vg {
  const last = helpers.at(-1)
  const form =
    main.verb?.form ??
    (main.w === 'being' || main.w === 'having'
      ? 'ing'
      : main.w === 'been'
        ? 'part'
        : main.w === 'be' || main.w === 'have' || main.w === 'do'
          ? 'base'
          : 's')
  const isPart = form === 'ed' || form === 'part'
  const beAt = helpers.findIndex(({ tag }) => tag === 'be')
  const toAt = helpers.findIndex(({ tag }) => tag === 'to')
  const modal = helpers.find(({ tag }) => tag === 'modal')?.w
  // `is to buy`, `has to pay`: what is to be done is said like "will".
  const isDue = toAt > 0
  return {
    k: 'vg',
    at: words[start]?.at ?? 0,
    end: words[next - 1]?.end ?? main.end,
    lemma,
    form,
    isPassive: isPart && last?.tag === 'be',
    isPerfect: helpers.some(({ tag }) => tag === 'have'),
    isProgressive: form === 'ing' && beAt >= 0,
    isNegated: seen.some(
      ({ tag, w }) => tag === 'neg' || w === 'hardly' || w.endsWith("n't") || w === 'cannot',
    ),
    modal: modal ?? (isDue ? 'to' : undefined),
    isInfinitive: toAt === 0,
    hasHelper:
      helpers.length > 0 || (main.tag !== 'verb' && main.w !== 'being' && main.w !== 'having'),
    adverbs: seen.flatMap(({ tag, w }) => (tag === 'adv' ? [w] : [])),
  }
}
