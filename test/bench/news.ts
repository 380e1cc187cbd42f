// `npm run bench:news`: how much of what articles say is read, and how much of it is right. The gold
// lies in test/bench/news-gold/; recorded texts are found through CUSTOS_MIRROR and never copied.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import type { NewsFact, ReadFacts } from '../../src/model/news.ts'
import { readFacts } from '../../src/source/news/facts.ts'
import { readNews } from '../../src/source/news/read.ts'
import { html, textOf } from '../../src/source/parse/html.ts'
import {
  type Gold,
  type GoldFact,
  missedOrganisations,
  missedPeople,
  type Score,
  scoreFacts,
} from './news-score.ts'

const GOLD = fileURLToPath(new URL('./news-gold/', import.meta.url))
const NOW = '2026-11-22T12:00:00Z'
const mirror = process.env.CUSTOS_MIRROR
const print = (text: string) => process.stdout.write(`${text}\n`)
let failed = 0

interface Written extends Gold {
  readonly id: string
  readonly title: string
  readonly publishedAt: string | Date
  readonly text: string
}

interface Recorded extends Gold {
  readonly id: string
  readonly file: string
  readonly sha256: string
}

class Sum {
  expected = 0
  found = 0
  right = 0
  produced = 0
  forbidden = 0

  add(score: Score): void {
    this.expected += score.expected
    this.found += score.found
    this.right += score.right
    this.produced += score.produced
    this.forbidden += score.forbidden.length
  }

  line(name: string): string {
    const share = (a: number, b: number) => (b === 0 ? '–' : (a / b).toFixed(3))
    return `${name.padEnd(22)} recall ${share(this.found, this.expected)} (${this.found}/${this.expected})  precision ${share(this.right, this.produced)} (${this.right}/${this.produced})  forbidden ${this.forbidden}`
  }
}

const short = (fact: NewsFact | GoldFact) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(fact).filter(
        ([key, value]) =>
          value !== null &&
          !['sentence', 'sentences', 'start', 'end', 'inferred'].includes(key) &&
          !(Array.isArray(value) && value.length === 0),
      ),
    ),
  )

function tell(id: string, score: Score): void {
  for (const fact of score.missed) print(`    ${id}: missed ${short(fact)}`)
  for (const fact of score.wrong)
    print(`    ${id}: ${score.forbidden.includes(fact) ? 'FORBIDDEN' : 'wrong'} ${short(fact)}`)
}

function ask(isMet: boolean, what: string): void {
  if (isMet) return
  failed += 1
  print(`  not met: ${what}`)
}

function readWritten({ title, publishedAt, text }: Written): ReadFacts {
  const body = text.trim()
  const blocks = [...body.matchAll(/[^\n]+/g)].map((line) => ({
    start: line.index,
    end: line.index + line[0].length,
    kind: 'paragraph' as const,
  }))
  const at = publishedAt instanceof Date ? publishedAt.toISOString() : publishedAt
  return readFacts({ text: body, blocks, title, publishedAt: at })
}

/** Rounds of texts, the least recall and precision that they must keep, and what they are. */
const ROUNDS: readonly (readonly [RegExp, string, number, number])[] = [
  [/^written-[a-g]\.yml$/, 'written, a to g', 0.9, 0.95],
  [/^written-[h-m]\.yml$/, 'written, h to m', 0.7, 0.9],
  [/^unseen-/, 'never widened for', 0, 0],
]

function written(): void {
  for (const [pattern, name, recall, precision] of ROUNDS) {
    const all = new Sum()
    let people = 0
    const files = readdirSync(GOLD).filter((file) => pattern.test(file))
    for (const file of files.sort()) {
      const sum = new Sum()
      for (const gold of parse(readFileSync(join(GOLD, file), 'utf8')) as Written[]) {
        const read = readWritten(gold)
        const score = scoreFacts(gold, read)
        sum.add(score)
        all.add(score)
        tell(gold.id, score)
        for (const one of missedPeople(gold, read.people))
          print(`    ${gold.id}: person ${JSON.stringify(one)}`)
        for (const one of missedOrganisations(gold, read.organisations))
          print(`    ${gold.id}: organisation ${one}`)
        people += missedPeople(gold, read.people).length
      }
      print(sum.line(file))
    }
    print(`${all.line(name)}  people missed ${people}`)
    const isKept = all.found >= recall * all.expected && all.right >= precision * all.produced
    ask(isKept && (all.forbidden === 0 || recall === 0), name)
  }
}

function bytesOf(folder: string, file: string, sha256?: string): Buffer {
  const raw = readFileSync(join(folder, file))
  if (sha256 !== undefined && createHash('sha256').update(raw).digest('hex') !== sha256)
    print(`    ${file} is another version than the gold was made for`)
  return file.endsWith('.gz') ? gunzipSync(raw) : raw
}

async function seed(folder: string): Promise<void> {
  const base = join(folder, '../seed')
  const name = existsSync(base)
    ? readdirSync(base).find((file) => file.endsWith('.txt'))
    : undefined
  if (name === undefined) {
    print('seed                   not there')
    return
  }
  const gold = JSON.parse(readFileSync(join(base, 'expected-facts.json'), 'utf8')) as Gold & {
    article: { notArticle: string[] }
  }
  const news = await readNews({
    bytes: readFileSync(join(base, name)),
    name,
    url: null,
    contentType: null,
    now: NOW,
  })
  const [one] = news.articles
  if (one === undefined) return ask(false, 'the seed is read')
  const sum = new Sum()
  const score = scoreFacts(gold, one.read)
  sum.add(score)
  tell('seed', score)
  const furniture = gold.article.notArticle.filter((line) => one.article.text.includes(line))
  print(
    `${sum.line('seed')}  furniture in the text ${furniture.length}  people missed ${missedPeople(gold, one.read.people).length}  organisations missed ${missedOrganisations(gold, one.read.organisations).length}`,
  )
  ask(
    score.found >= 0.9 * score.expected &&
      score.right >= 0.95 * score.produced &&
      furniture.length === 0,
    'seed',
  )
}

/** The words of a stretch of a page, without its tags. */
const plainWords = (text: string) =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()

async function recorded(folder: string): Promise<void> {
  const sum = new Sum()
  for (const gold of parse(readFileSync(join(GOLD, 'recorded.yml'), 'utf8')) as Recorded[]) {
    const news = await readNews({
      bytes: bytesOf(folder, gold.file, gold.sha256),
      name: gold.file,
      url: null,
      contentType: null,
      now: NOW,
    })
    const read = {
      organisations: [],
      people: [],
      facts: news.articles.flatMap((one) => one.read.facts),
    }
    const score = scoreFacts(gold, read)
    sum.add(score)
    tell(gold.id, score)
    const text = bytesOf(folder, gold.file).toString()
    const own = news.articles.map((one) => plainWords(one.article.text)).join('\n')
    for (const one of gold.facts) {
      const words = plainWords(text.slice(Number(one.start), Number(one.end)))
      ask(own.includes(words), `${gold.id}: the words at ${one.start} stand in the text`)
    }
  }
  print(sum.line('recorded texts'))
}

function headlines(folder: string): void {
  const gold = parse(readFileSync(join(GOLD, 'headlines.yml'), 'utf8')) as {
    file: string
    sha256: string
    facts: GoldFact[]
    acceptable: GoldFact[]
  }
  const rows = bytesOf(folder, gold.file, gold.sha256)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { title: string; published: string; brands: string[] })
  const sum = new Sum()
  let brands = 0
  let named = 0
  rows.forEach(({ title, published, brands: known }, i) => {
    const text = title.replaceAll('&#8216;', '‘').replaceAll('&#8217;', '’')
    const read = readFacts({
      text,
      blocks: [{ start: 0, end: text.length, kind: 'paragraph' }],
      title: '',
      publishedAt: published,
    })
    const own = (facts: readonly GoldFact[]) => facts.filter(({ line }) => line === i + 1)
    const score = scoreFacts({ facts: own(gold.facts), acceptable: own(gold.acceptable) }, read)
    sum.add(score)
    tell(`line ${i + 1}`, score)
    const names = read.organisations.map((name) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-'))
    brands += known.length
    named += known.filter((brand) => names.some((name) => name.includes(brand))).length
  })
  print(`${sum.line('headlines')}  brands named ${named}/${brands}`)
}

const tokens = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** F1 of the words of the main text against the expected text of the recorded pages. */
async function extraction(folder: string): Promise<void> {
  const base = join(folder, 'news/html')
  let sum = 0
  let titles = 0
  const names = readdirSync(base).filter((file) => file.includes('__source'))
  for (const file of names) {
    const name = file.split('__')[0] ?? ''
    const expected = bytesOf(base, `${name}__expected.html.gz`)
    const meta = JSON.parse(bytesOf(base, `${name}__expected-metadata.json.gz`).toString()) as {
      title: string
    }
    const page = Buffer.concat([
      Buffer.from('<html><body>'),
      expected,
      Buffer.from('</body></html>'),
    ])
    const tree = await html({
      role: 'page',
      name,
      url: null,
      lastModified: null,
      day: null,
      open: async function* () {
        yield page
      },
    })
    const news = await readNews({
      bytes: bytesOf(base, file),
      name: file,
      url: null,
      contentType: 'text/html',
      now: NOW,
    })
    const [one] = news.articles
    const counts = new Map<string, number>()
    const wanted = tokens(textOf(tree))
    for (const word of wanted) counts.set(word, (counts.get(word) ?? 0) + 1)
    const got = tokens(`${one?.article.text ?? ''} ${one?.article.disclaimer ?? ''}`)
    let hits = 0
    for (const word of got) {
      const left = counts.get(word) ?? 0
      if (left > 0) hits += 1
      counts.set(word, left - 1)
    }
    sum += (2 * hits) / (got.length + wanted.length)
    if (
      one !== undefined &&
      (meta.title === one.article.title ||
        meta.title.startsWith(one.article.title) ||
        one.article.title.startsWith(meta.title))
    )
      titles += 1
  }
  print(
    `main text              mean F1 ${(sum / names.length).toFixed(3)} of ${names.length} pages  titles ${titles}/${names.length}`,
  )
  ask(sum / names.length >= 0.9, 'main text')
}

function speed(): void {
  const golds = readdirSync(GOLD)
    .filter((name) => /^written-[a-g]/.test(name))
    .flatMap((file) => parse(readFileSync(join(GOLD, file), 'utf8')) as Written[])
  // An article of the usual length: five of these texts in a row.
  const texts = golds.map((_, i) =>
    [0, 1, 2, 3, 4].map((k) => golds[(i + k) % golds.length]?.text.trim()).join('\n\n'),
  )
  for (const text of texts.slice(0, 10))
    readWritten({ id: '', title: '', publishedAt: NOW, text, facts: [] })
  const started = performance.now()
  const before = process.cpuUsage().user
  let count = 0
  let chars = 0
  while (performance.now() - started < 3_000) {
    const text = texts[count % texts.length] ?? ''
    readWritten({ id: '', title: '', publishedAt: NOW, text, facts: [] })
    count += 1
    chars += text.length
  }
  // Processor time: what other programs take of the machine is not counted.
  const perSecond = (count * 1_000_000) / (process.cpuUsage().user - before)
  print(
    `speed                  ${perSecond.toFixed(0)} articles/s of ${Math.round(chars / count)} characters in a second of one core`,
  )
  ask(perSecond >= 200, '200 articles a second')
}

async function feed(): Promise<void> {
  const golds = readdirSync(GOLD)
    .filter((name) => name.startsWith('written-'))
    .flatMap((file) => parse(readFileSync(join(GOLD, file), 'utf8')) as Written[])
  const items = Array.from({ length: 500 }, (_, i) => {
    const body = (golds[i % golds.length]?.text ?? '')
      .replaceAll('&', '&amp;')
      .replaceAll('\n\n', '&lt;/p&gt;&lt;p&gt;')
    return `<item><title>Item ${i}</title><link>https://example.org/${i}</link><description>&lt;p&gt;${body}&lt;/p&gt;</description></item>`
  })
  const bytes = Buffer.from(
    `<rss version="2.0"><channel><title>Bench</title>${items.join('')}</channel></rss>`,
  )
  const started = performance.now()
  const news = await readNews({ bytes, name: 'feed.xml', url: null, contentType: null, now: NOW })
  const ms = performance.now() - started
  print(`feed                   ${news.articles.length} items read in ${(ms / 1_000).toFixed(2)} s`)
  ask(news.articles.length === 500 && ms < 10_000, 'a feed of 500 items in 10 s')
}

written()
if (mirror === undefined) print('CUSTOS_MIRROR is not set: recorded texts are left out')
else {
  await seed(mirror)
  await recorded(mirror)
  headlines(mirror)
  await extraction(mirror)
}
speed()
await feed()
process.exitCode = failed === 0 ? 0 : 1
