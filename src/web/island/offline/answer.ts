import type { OfflineAnswer, OfflineSaying } from '../../../model/offline-answer.ts'
import type { OfflineBundle, OfflineList } from '../../../model/offline-bundle.ts'
import { dayOf, numberOf, type Speech, say } from './words.ts'

const DAY_MS = 86_400_000

/** What the page lends to the parts of an answer. */
export interface Stage {
  readonly speech: Speech
  /** Where nobody has reviewed the page's language. */
  readonly english: Speech | undefined
  /** `/en`. */
  readonly base: string
  /** A copy of the mark that the page drew for a verdict or a severity. */
  mark(name: string): Node
}

/** The answer of one question, in the order of the online page: word, sentence, limits, why. */
export function answerNodes(stage: Stage, bundle: OfflineBundle, answer: OfflineAnswer): Node[] {
  const { speech } = stage
  const band = element('section', `answer v-${answer.verdict}`)
  const wide = element('div', 'wide')
  const text = element('div', 'text')
  const asked = element('p', 'asked')
  asked.append(identifier(answer.query))
  const head = element('h2', 'heading')
  head.append(
    element('span', 'word', say(speech, `verdict.${answer.verdict}`)),
    ' ',
    element('span', 'sentence', sentence(speech, bundle, answer)),
  )
  text.append(asked, head)
  if (stage.english !== undefined) text.append(inEnglish(stage.english, bundle, answer))
  if (answer.isMistyped) {
    const slip = element('p', '')
    slip.append(element('strong', '', say(speech, 'reading.checksum_mismatch')))
    text.append(slip)
  }
  const limits = answer.kind === 'address' ? 'limits.address' : 'limits.site'
  if (answer.isCovered) text.append(element('p', 'limits', say(speech, limits)))
  text.append(online(stage, answer.query))
  wide.append(stage.mark(answer.verdict), text)
  band.append(wide)
  if (answer.findings.length === 0) return [band]
  const why = element('section', 'area wide')
  const cards = element('ul', 'cards')
  for (const saying of perList(answer.findings)) cards.append(card(stage, saying))
  why.append(element('h2', '', say(speech, 'why.title')), cards)
  return [band, why]
}

/** What one list says in several ways is one card: the strictest, which stands first. */
function perList(findings: readonly OfflineSaying[]): readonly OfflineSaying[] {
  const seen = new Set<string>()
  return findings.filter(({ list, kind }) => {
    const key = `${list.dataset} ${kind}`
    return !seen.has(key) && seen.add(key)
  })
}

function inEnglish(speech: Speech, bundle: OfflineBundle, answer: OfflineAnswer): HTMLElement {
  const word = say(speech, `verdict.${answer.verdict}`)
  const line = element('p', 'english muted', `${word}: ${sentence(speech, bundle, answer)}`)
  line.lang = 'en'
  line.dir = 'ltr'
  return line
}

function sentence(speech: Speech, bundle: OfflineBundle, answer: OfflineAnswer): string {
  const [first] = answer.findings
  const date = dayOf(speech, bundle.header.at)
  if (answer.verdict !== 'unknown' && first !== undefined) {
    return say(speech, 'offline.listed', {
      title: first.list.title,
      version: versionOf(speech, first.list),
    })
  }
  if (first !== undefined) return say(speech, 'offline.not_adverse', { date })
  if (!answer.isCovered) {
    return say(speech, 'offline.not_covered', { kind: say(speech, `kind.${answer.kind}`) })
  }
  return say(speech, 'offline.not_listed', { date })
}

function card(stage: Stage, saying: OfflineSaying): HTMLElement {
  const { speech } = stage
  const { list, state } = saying
  const item = element('li', `card s-${saying.severity}${state === 'active' ? '' : ' past'}`)
  const eyebrow = element('p', 'eyebrow')
  eyebrow.append(
    stage.mark(saying.severity),
    element('span', 'kind', say(speech, `finding.kind.${saying.kind}`)),
  )
  if (state !== 'active')
    eyebrow.append(element('span', 'tag', say(speech, `finding.state.${state}`)))
  if (isStale(list)) eyebrow.append(element('span', 'tag', say(speech, 'state.stale')))
  const title = element('p', 'words')
  title.append(bdi(list.title))
  const facts = element('dl', 'facts')
  const fact = (term: string, value: Node | string) => {
    const row = element('div', '')
    const cell = element('dd', '')
    cell.append(value)
    row.append(element('dt', '', say(speech, term)), cell)
    facts.append(row)
  }
  fact('why.version', versionOf(speech, list))
  if (saying.listedAt !== null) fact('why.listed', dayOf(speech, saying.listedAt))
  if (saying.entry !== null) fact('why.entry', identifier(saying.entry))
  const says = element('p', 'says')
  says.append(bdi(list.authority))
  item.append(eyebrow, title, says, facts)
  const link = outside(list.page, say(speech, 'why.source'))
  if (link !== undefined) {
    const ways = element('ul', 'ways')
    const way = element('li', '')
    way.append(link)
    ways.append(way)
    item.append(ways)
  }
  return item
}

/** The only way by which the server learns of the question, and it says so. */
function online({ speech, base }: Stage, query: string): HTMLElement {
  const line = element('p', 'jump')
  const link = element('a', '', say(speech, 'offline.ask_online'))
  link.setAttribute('href', `${base}/check?q=${encodeURIComponent(query)}`)
  link.setAttribute('rel', 'nofollow')
  line.append(link)
  return line
}

/** The day of a version, and its own name where that is no day. */
function versionOf(speech: Speech, list: OfflineList): string {
  return list.publishedAt === null ? list.version : dayOf(speech, list.publishedAt)
}

/** By the day of the asking, not of the making: a stored list grows old. */
export function isStale(list: OfflineList): boolean {
  if (list.publishedAt === null) return true
  return Date.now() - Date.parse(list.publishedAt) > list.maxAgeDays * DAY_MS
}

/** Rows of the lists that a bundle holds. */
export function listRows(stage: Stage, lists: readonly OfflineList[]): Node[] {
  const { speech } = stage
  return lists.map((list) => {
    const row = element('tr', '')
    const head = element('th', '')
    head.setAttribute('scope', 'row')
    head.append(bdi(list.title))
    const version = element('td', '', versionOf(speech, list))
    if (isStale(list)) version.append(' ', element('span', 'tag', say(speech, 'state.stale')))
    row.append(head, version, element('td', 'num', numberOf(speech, list.entries)))
    return row
  })
}

export function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}

function bdi(text: string): HTMLElement {
  return element('bdi', '', text)
}

function identifier(text: string): HTMLElement {
  const made = element('bdi', 'id', text)
  if (/^[\u0020-\u007e]*$/.test(text)) made.dir = 'ltr'
  return made
}

/** Only http and https are followed, whatever a bundle says. */
function outside(url: string, label: string): HTMLElement | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined
  const link = element('a', 'out', label)
  link.setAttribute('href', url)
  link.setAttribute('rel', 'external noopener noreferrer')
  return link
}
