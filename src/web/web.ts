import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type Clock, systemClock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Locale } from '../i18n/locales.ts'
import { localeOfPath, negotiate, SERVED } from '../i18n/negotiate.ts'
import type { ChainQueries } from '../query/chain-types.ts'
import type { NewsQueries } from '../query/news-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import type { RegistryQueries } from '../query/registry-types.ts'
import type { Queries } from '../query/types.ts'
import { answerChanges, answerCheck, answerEntity, answerRow, answerSearch } from './answer.ts'
import { addApp, type DownloadPort } from './app.ts'
import { islandAsset } from './asset/islands.ts'
import { ASSETS } from './asset/manifest.ts'
import { answerBatch } from './batch.ts'
import {
  answerAddress,
  answerAlerts,
  answerAsset,
  answerBlock,
  answerChain,
  answerTransaction,
  chainPulse,
} from './chain.ts'
import { sendHtml } from './compress.ts'
import { entityFeed } from './feed.ts'
import { allowIslands, isOwnForm, securityHeaders } from './headers.ts'
import { answerArticle, answerNews } from './news.ts'
import { apiPage } from './page/api.ts'
import { designPage } from './page/design.ts'
import { downloadPage } from './page/download.ts'
import { errorPage } from './page/error.ts'
import { type Example, homePage } from './page/home.ts'
import { methodPage } from './page/method.ts'
import { offlinePage } from './page/offline.ts'
import { sourcesPage } from './page/sources.ts'
import { answerPanel } from './panel.ts'
import { href } from './part/href.ts'
import { islandsOf, layout, type Page } from './part/layout.ts'
import { createPictures } from './picture.ts'
import {
  answerCompare,
  answerRankings,
  answerRegulator,
  answerRegulators,
  newestRegistryEvents,
} from './registry.ts'
import { answerFx, answerRates, answerToken, postFx } from './tools.ts'
import { createView, type SyncState, type View } from './view.ts'

export interface WebPorts {
  readonly queries: Queries
  /** Answers of the calculators; without it neither their pages nor their panel exist. */
  readonly rates?: RateQueries
  /** Answers about firms and their supervisors; without it their pages do not exist. */
  readonly registry?: RegistryQueries
  /** Articles and their facts; without it their pages do not exist. */
  readonly news?: NewsQueries
  /** Answers about followed chains; without it neither their pages nor the live page exist. */
  readonly chain?: ChainQueries | undefined
  /** The data folder holds made-up data: every page says so. */
  readonly isDemo?: boolean
  /** The program's version, shown in the footer. */
  readonly version: string
  readonly clock?: Clock
  /** Questions that work on this installation, shown on the front page. */
  readonly examples?: readonly Example[]
  /** The OpenAPI document, for the readable page. */
  readonly openapi?: () => unknown
  /** The files of the download page; without it the page offers none. */
  readonly downloads?: DownloadPort
  /** Method documents by file name: Markdown and JSON, served as they are under `/method/`. */
  readonly documents?: ReadonlyMap<string, string>
  /** Scheme and host in front of canonical addresses, without a slash at the end. */
  readonly baseUrl?: string
  /** Starts a sync and resolves when it has begun, not when it ends. Without it no button. */
  readonly startSync?: () => Promise<void>
  readonly syncState?: () => SyncState
  /** Told of every error that becomes a page with status 500. */
  readonly onFault?: (error: AppError) => void
}

type Render = (view: View, c: Context) => Promise<Page> | Page

const LOCALE_PATTERN = SERVED.join('|')
const UNLOCALISED =
  /^\/(?:check|batch|search|entity|sources|changes|method|download|offline|api|design|tools|regulators|rankings|compare|news|alerts|chain|block|tx|address|token|domain)(?:\/|$)/
/** A path on this installation, as a browser writes it: what a form may ask to return to. */
const OWN_PATH = new RegExp(`^/(?:${LOCALE_PATTERN})/[\\x21-\\x5b\\x5d-\\x7e]*$`)

/**
 * Every page. Mount it last, at the root: it answers whatever no other route has answered, with
 * a page of its own for what does not exist.
 */
export function createWeb(ports: WebPorts): Hono {
  const app = new Hono()
  const page = (path: string, render: Render) =>
    app.get(`/:locale{${LOCALE_PATTERN}}${path}`, async (c) => {
      const view = await viewOf(ports, c)
      const made = await render(view, c)
      return made.movedTo === undefined ? send(c, view, made) : c.redirect(made.movedTo, 308)
    })
  app.use('*', securityHeaders)
  app.onError((error, c) => sendError(ports, c, asAppError(error)))
  app.get('/', (c) => redirectToLocale(c, '/'))
  app.get('/asset/:name', serveAsset)
  const pictures = createPictures({
    queries: ports.queries,
    news: ports.news,
    isDemo: ports.isDemo === true,
    nowMs: () => (ports.clock ?? systemClock).nowMs(),
  })
  app.get('/picture/:name', (c) => pictures(c, param(c, 'name'), queryOf(c)))
  addApp(app, {
    version: ports.version,
    downloads: ports.downloads,
    locales: LOCALE_PATTERN,
    view: (c) => bareView(ports, c, undefined),
  })
  app.get('/method/:name', (c, next) => serveDocument(ports, c) ?? next())
  page('/', async (view) =>
    homePage(view, statsOf(view), {
      sources: await ports.queries.sources(),
      examples: ports.examples ?? [],
      panel: ports.rates === undefined ? undefined : await answerPanel(ports.rates, view),
      pulse: await chainPulse(ports.chain, view.nowMs),
      registry: await newestRegistryEvents(ports.registry, view),
    }),
  )
  page('/check', (view, c) => answerCheck(ports, view, queryOf(c)))
  page('/search', (view, c) => answerSearch(ports.queries, view, queryOf(c)))
  page('/entity/:id', (view, c) => answerEntity(ports, view, param(c, 'id'), queryOf(c)))
  page('/entity/:id/row/:statement', (view, c) =>
    answerRow(ports.queries, view, param(c, 'id'), param(c, 'statement')),
  )
  page('/sources', async (view) => sourcesPage(view, await ports.queries.sources()))
  app.on(['GET', 'POST'], `/:locale{${LOCALE_PATTERN}}/batch`, (c) => batch(ports, c))
  page('/changes', (view, c) => answerChanges(ports, view, queryOf(c)))
  page('/method', (view) => methodPage(view, [...(ports.documents?.keys() ?? [])]))
  page('/download', (view) =>
    downloadPage(view, {
      hasOpenApi: ports.openapi !== undefined,
      manifest: ports.downloads?.manifest(),
      isMaking: ports.downloads?.isMaking === true,
    }),
  )
  // Kept by browsers for weeks: its foot says nothing that would be wrong by then.
  app.get(`/:locale{${LOCALE_PATTERN}}/offline`, (c) => {
    const view = bareView(ports, c, undefined)
    return send(c, view, offlinePage(view))
  })
  page('/api', (view) => apiPage(view, ports.openapi?.()))
  page('/design', (view) => designPage(view))
  const { rates, registry } = ports
  if (registry !== undefined) {
    page('/regulators', (view, c) => answerRegulators(registry, view, queryOf(c)))
    page('/regulators/:code', (view, c) => answerRegulator(registry, view, param(c, 'code')))
    page('/rankings', (view, c) => answerRankings(registry, view, queryOf(c)))
    page('/compare', (view, c) => answerCompare(registry, view, queryOf(c)))
  }
  const { news } = ports
  if (news !== undefined) {
    page('/news', (view, c) => answerNews(news, view, queryOf(c)))
    page('/news/:id', (view, c) =>
      answerArticle(
        { news, rates, check: (params) => ports.queries.check(params) },
        view,
        param(c, 'id'),
        queryOf(c),
      ),
    )
  }
  if (rates !== undefined) {
    page('/tools/token', (view, c) => answerToken(rates, view, queryOf(c)))
    page('/tools/rates', (view, c) => answerRates(rates, view, queryOf(c)))
    page('/tools/fx-purchase', (view, c) => answerFx(rates, view, queryOf(c)))
    app.post(`/:locale{${LOCALE_PATTERN}}/tools/fx-purchase`, (c) => purchase(ports, rates, c))
  }
  addChainPages(page, ports)
  app.get(`/:locale{${LOCALE_PATTERN}}/domain/:host`, (c) =>
    c.redirect(href(localeOf(c), '/check', { q: param(c, 'host') }), 302),
  )
  app.get(`/:locale{${LOCALE_PATTERN}}/entity/:id/feed.xml`, async (c) => {
    const feed = await entityFeed(ports, await viewOf(ports, c), param(c, 'id'))
    c.header('content-type', 'application/rss+xml; charset=utf-8')
    c.header('cache-control', 'no-cache')
    return c.body(feed)
  })
  app.post(`/:locale{${LOCALE_PATTERN}}/sync`, (c) => startSync(ports, c))
  app.all('*', (c) => elsewhere(c))
  return app
}

function addChainPages(page: (path: string, render: Render) => void, ports: WebPorts): void {
  const { chain, rates } = ports
  if (chain === undefined) return
  page('/alerts', (view, c) => answerAlerts(chain, view, queryOf(c)))
  page('/chain/:chain', (view, c) => answerChain(chain, view, param(c, 'chain')))
  page('/block/:chain/:ref', (view, c) =>
    answerBlock(chain, view, param(c, 'chain'), param(c, 'ref'), queryOf(c)),
  )
  page('/tx/:chain/:hash', (view, c) =>
    answerTransaction(chain, view, param(c, 'chain'), param(c, 'hash')),
  )
  page('/address/:address', (view, c) =>
    answerAddress({ chain, rates }, view, param(c, 'address'), queryOf(c)),
  )
  // A CAIP-19 holds a slash, and people write it as it is.
  page('/token/:asset{.+}', (view, c) => answerAsset(chain, view, param(c, 'asset')))
}

function pathOf(c: Context): string {
  return new URL(c.req.url).pathname
}

function param(c: Context, name: string): string {
  return c.req.param(name) ?? ''
}

/** The first value of each parameter; an empty field of a form means that it was not filled in. */
function queryOf(c: Context): Readonly<Record<string, string | undefined>> {
  const query: Record<string, string | undefined> = Object.create(null)
  for (const [name, value] of Object.entries(c.req.query())) {
    if (value.trim() !== '') query[name] = value.trim()
  }
  return query
}

function localeOf(c: Context): Locale {
  const segment = pathOf(c).split('/')[1] ?? ''
  return localeOfPath(segment) ?? negotiate(c.req.header('accept-language'))
}

async function viewOf(ports: WebPorts, c: Context): Promise<View> {
  return bareView(ports, c, await ports.queries.stats())
}

function bareView(ports: WebPorts, c: Context, stats: View['stats']): View {
  const { pathname, search } = new URL(c.req.url)
  const segment = pathname.split('/')[1] ?? ''
  const isLocalised = localeOfPath(segment) !== undefined
  return createView({
    locale: localeOf(c),
    nowMs: (ports.clock ?? systemClock).nowMs(),
    path: isLocalised ? pathname.slice(segment.length + 1) || '/' : '/',
    search: isLocalised ? search : '',
    version: ports.version,
    stats,
    baseUrl: ports.baseUrl ?? '',
    canSync: ports.startSync !== undefined,
    hasTools: ports.rates !== undefined,
    hasRegistry: ports.registry !== undefined,
    hasChains: ports.chain !== undefined,
    isDemo: ports.isDemo === true,
    hasNews: ports.news !== undefined,
    sync: ports.syncState?.(),
  })
}

function statsOf(view: View): NonNullable<View['stats']> {
  if (view.stats === undefined) throw new AppError('internal.error', 'The counters are missing.')
  return view.stats
}

async function send(c: Context, view: View, page: Page): Promise<Response> {
  c.header('cache-control', 'private, no-cache')
  c.header('content-language', view.locale)
  if (islandsOf(page).length > 0) allowIslands(c)
  return sendHtml(c, String(await html`${layout(view, page)}`), page.status ?? 200)
}

async function sendError(ports: WebPorts, c: Context, error: AppError): Promise<Response> {
  if (error.status >= 500) ports.onFault?.(error)
  // The counters in the footer may be what failed: the error page then does without them.
  const stats = await ports.queries.stats().catch(() => undefined)
  const view = bareView(ports, c, stats)
  c.header('vary', 'Accept-Language')
  return send(
    c,
    view,
    errorPage(view, error, (c.req.query('q') ?? '').slice(0, LIMITS.queryCharsMax)),
  )
}

function redirectToLocale(c: Context, path: string): Response {
  c.header('vary', 'Accept-Language')
  c.header('cache-control', 'private, no-cache')
  const locale = negotiate(c.req.header('accept-language'))
  return c.redirect(`/${locale}${path}${new URL(c.req.url).search}`, 302)
}

/** What no page answers: an address without its language, a slash too many, or nothing at all. */
function elsewhere(c: Context): Response {
  const path = pathOf(c)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (isRead && UNLOCALISED.test(path)) return redirectToLocale(c, path)
  if (isRead && localeOfPath(path.slice(1)) !== undefined) return c.redirect(`${path}/`, 301)
  if (isRead && OWN_PATH.test(path) && /[^/]\/$/.test(path.slice(1 + localeOf(c).length))) {
    return c.redirect(path.slice(0, -1) + new URL(c.req.url).search, 301)
  }
  throw new AppError('web.not_found', 'There is no page at this address.', { status: 404 })
}

function serveAsset(c: Context): Response {
  const asset = ASSETS.get(pathOf(c)) ?? islandAsset(pathOf(c))
  if (asset === undefined) {
    throw new AppError('web.not_found', 'There is no file at this address.', { status: 404 })
  }
  c.header('content-type', asset.type)
  c.header('cache-control', 'public, max-age=31536000, immutable')
  c.header('vary', 'Accept-Encoding')
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(asset.bytes)
  c.header('content-encoding', 'gzip')
  return c.body(asset.gzip)
}

function serveDocument(ports: WebPorts, c: Context): Response | undefined {
  const name = param(c, 'name')
  const text = ports.documents?.get(name)
  if (text === undefined) return undefined
  const type = name.endsWith('.json') ? 'application/json' : 'text/plain'
  c.header('content-type', `${type}; charset=utf-8`)
  c.header('cache-control', 'no-cache')
  return c.body(text)
}

async function batch(ports: WebPorts, c: Context): Promise<Response> {
  const view = await viewOf(ports, c)
  const answer = await answerBatch(ports.queries, view, c)
  if (!('csv' in answer)) return send(c, view, answer)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="custos.csv"')
  c.header('cache-control', 'no-store')
  return c.body(answer.csv)
}

async function purchase(ports: WebPorts, rates: RateQueries, c: Context): Promise<Response> {
  const view = await viewOf(ports, c)
  const answer = await postFx(rates, view, c)
  return typeof answer === 'string' ? c.redirect(answer, 303) : send(c, view, answer)
}

async function startSync(ports: WebPorts, c: Context): Promise<Response> {
  if (ports.startSync === undefined) {
    throw new AppError('web.sync_off', 'This installation does not read lists on demand.', {
      status: 404,
    })
  }
  if (!isOwnForm(c.req.raw.headers)) {
    throw new AppError('web.foreign_form', 'The form was not sent by this installation.', {
      status: 403,
    })
  }
  // Browsers state the length of a form; a body without one is not read at all.
  const length = Number(c.req.header('content-length') ?? Number.NaN)
  if (!(length <= LIMITS.formBytesMax)) {
    throw new AppError('web.form_too_large', 'The form is too large.', { status: 413 })
  }
  const { back } = await c.req.parseBody()
  if (ports.syncState?.().isRunning !== true) await ports.startSync()
  const isOwn = typeof back === 'string' && OWN_PATH.test(back)
  return c.redirect(isOwn ? back : `/${localeOf(c)}/sources`, 303)
}
