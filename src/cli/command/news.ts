import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../../base/error.ts'
import type { NewsReport, NewsRequest } from '../../ingest/news-types.ts'
import type { Article } from '../../model/news.ts'
import type { NewsArticleView } from '../../query/news-types.ts'
import {
  type Call,
  type CliPorts,
  type Command,
  EXIT,
  isSet,
  textOf,
  UsageError,
} from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import type { Installation } from '../operator.ts'
import { articleText, reportText } from '../render/news.ts'
import { painter } from '../terminal.ts'
import { asWriter } from './write.ts'

export const newsAddCommand: Command = {
  name: 'news add',
  summary: 'Reads an article, a page or a feed into facts.',
  usage: 'URL|FILE [options]',
  arguments: { min: 1, max: 1 },
  options: {
    publication: {
      type: 'string',
      value: 'NAME',
      help: 'whose article it is, where the text does not say',
    },
    own: { type: 'boolean', help: 'an article of your own: it is published whole' },
    offline: { type: 'boolean', help: 'contact nothing' },
  },
  notes: [
    'RSS, Atom, RDF and JSON feeds, web pages, and pages saved as HTML or text.',
    'The same article again adds nothing; one that was corrected keeps what it said before.',
  ],
  examples: [
    'custos news add article.html',
    'custos news add https://example.org/news/feed.xml --json',
  ],
  async run(call, ports) {
    const { config } = call.config()
    const report = await addAnywhere(requestOf(call, ports.cwd), config, ports)
    const installation = await ports.open(config, 'read')
    try {
      const [only, ...others] = report.articles
      const isOne = report.kind !== 'feed' && only !== undefined && others.length === 0
      const answer = isOne ? await whole(installation, only.id) : undefined
      const paint = painter(ports.terminal.hasColour)
      if (call.isJson) await ports.terminal.out(`${JSON.stringify(answer ?? report)}\n`)
      else
        await ports.terminal.out(
          answer === undefined ? reportText(report, paint) : articleText(answer, paint),
        )
      return EXIT.ok
    } finally {
      await installation.close()
    }
  },
}

export const newsShowCommand: Command = {
  name: 'news show',
  summary: 'One article with its facts and the sentences that say them.',
  usage: 'ID [options]',
  arguments: { min: 1, max: 1 },
  options: {},
  examples: ['custos news show news_example:0123456789abcdef'],
  async run(call, ports) {
    const installation = await ports.open(call.config().config, 'read')
    try {
      const answer = await whole(installation, call.positionals[0] ?? '')
      const paint = painter(ports.terminal.hasColour)
      await ports.terminal.out(
        call.isJson ? `${JSON.stringify(answer)}\n` : articleText(answer, paint),
      )
      return EXIT.ok
    } finally {
      await installation.close()
    }
  },
}

function requestOf(call: Call, cwd: string): NewsRequest {
  const [given = ''] = call.positionals
  const own = { publication: textOf(call, 'publication'), isOwn: isSet(call, 'own') }
  if (/^https?:\/\//i.test(given)) return { ...own, url: given }
  const file = resolve(cwd, given)
  if (!existsSync(file)) throw new UsageError(`there is no file ${given}`)
  return { ...own, file }
}

/** By the server that runs on this folder, else in this process. */
async function addAnywhere(
  request: NewsRequest,
  config: Config,
  ports: CliPorts,
): Promise<NewsReport> {
  const handed = await runJob({
    folder: config.data,
    job: 'news',
    params: request,
    onProgress: () => {},
    signal: ports.stop,
  })
  if (handed !== undefined) return handed.value as NewsReport
  return asWriter(config, ports, ({ operator }) => operator.news(request, ports.stop))
}

/** The article as the API answers it, with the text that HTTP leaves out (INTERFACE §7). */
async function whole(installation: Installation, id: string): Promise<NewsArticleView> {
  const view = await installation.news.article(id)
  if (view === undefined) {
    throw new AppError('news.unknown', 'There is no such article.', { status: 404 })
  }
  const article = await installation.operator.newsText(view.id)
  return article === undefined ? view : withText(view, article)
}

function withText(view: NewsArticleView, article: Article): NewsArticleView {
  const { text, keyTakeaways, sections } = article
  const facts = view.facts.map((fact) => ({ ...fact, sentence: text.slice(fact.start, fact.end) }))
  return { ...view, text, keyTakeaways, sections, facts }
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function newsRequestOf(params: unknown): NewsRequest {
  const value = params as Partial<NewsRequest> | null
  const text = (given: unknown) => (typeof given === 'string' ? given : undefined)
  const file = text(value?.file)
  const url = text(value?.url)
  if (file === undefined && url === undefined) {
    throw new AppError('job.malformed', 'That is no request for news.')
  }
  return { file, url, publication: text(value?.publication), isOwn: value?.isOwn === true }
}
