/**
 * The service worker: keeps the offline page and what it is made of, and steps in where a page
 * cannot be reached. It sees no question: those are answered inside the page. The build puts in
 * `FILES` (addresses that change with their content) and `VERSION` (a hash of all of it).
 */
declare const FILES: readonly string[]
declare const VERSION: string

/** What a service worker has, as far as this one uses it. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface AskEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface TellEvent extends WorkerEvent {
  readonly data: unknown
}
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: AskEvent) => void): void
  addEventListener(type: 'message', listener: (event: TellEvent) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  readonly location: Location
}

const scope = globalThis as unknown as Scope
const PREFIX = 'custos-'
const CACHE = PREFIX + VERSION
/** The offline page of a language. */
const PAGE = /^\/[A-Za-z-]{2,20}\/offline$/

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('message', (event) => {
  const { kind, page } = (event.data ?? {}) as { kind?: unknown; page?: unknown }
  if (kind === 'take-over') event.waitUntil(scope.skipWaiting())
  if (kind === 'keep' && typeof page === 'string') event.waitUntil(keep(page))
})
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (FILES.includes(pathname)) event.respondWith(cachedFirst(request, pathname))
  else if (request.mode === 'navigate') event.respondWith(openPage(request, pathname))
})

/** The files anew, and the page in every language that the last version kept. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES)
  const pages = new Set<string>()
  for (const name of await ours()) {
    for (const { url } of await (await caches.open(name)).keys()) {
      const { pathname } = new URL(url)
      if (PAGE.test(pathname)) pages.add(pathname)
    }
  }
  await Promise.all([...pages].map(keep))
}

async function activate(): Promise<void> {
  for (const name of await ours()) if (name !== CACHE) await caches.delete(name)
  await scope.clients.claim()
}

async function ours(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX))
}

/** Only the offline page itself, and only a whole one. */
async function keep(page: string): Promise<void> {
  if (!PAGE.test(page)) return
  const answer = await fetch(page, { cache: 'no-cache' }).catch(() => undefined)
  if (answer?.status === 200 && !answer.redirected)
    await (await caches.open(CACHE)).put(page, answer)
}

async function cachedFirst(request: Request, path: string): Promise<Response> {
  return (await (await caches.open(CACHE)).match(path)) ?? fetch(request)
}

/**
 * The offline page comes from the cache, so that it opens at once on a bad line. Every other page
 * comes from the network; where there is none, the offline page of its language stands in.
 */
async function openPage(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  const own = PAGE.test(path) ? await cache.match(path) : undefined
  if (own !== undefined) return own
  try {
    return await fetch(request)
  } catch (error) {
    const language = path.split('/')[1] ?? ''
    const inLanguage = await cache.match(`/${language}/offline`)
    if (inLanguage !== undefined) return inLanguage
    for (const kept of await cache.keys()) {
      const other = PAGE.test(new URL(kept.url).pathname) ? await cache.match(kept) : undefined
      if (other !== undefined) return other
    }
    throw error
  }
}
