import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { assert } from '../base/assert.ts'
import type { AlertStream } from '../query/chain.ts'
import type { AlertView, ChainQueries } from '../query/chain-types.ts'
import { clientIp } from './client-ip.ts'
import { invalid, lang, singleValues } from './params.ts'
import { ProblemError } from './problem.ts'
import { rateHeaders } from './rate-limit.ts'
import { COMMON_HEADERS, respondProblem } from './respond.ts'
import { alertFilters } from './route/chain.ts'
import type { ApiEnv, ApiPorts } from './route.ts'
import { alert as alertSchema } from './schema/chain.ts'

const PATH = '/v1/alerts/stream'
/** Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000
/** Half of the connections that the server takes: the pages stay reachable. */
const CLIENTS_MAX = 128
/** Changes that are read in one go; a client that reads slowly holds no more than these. */
const PAGE = 100
const COST = 4

const query = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .optional()
    .openapi({
      type: 'integer',
      description: 'Default: from now on. `Last-Event-ID` goes before it.',
    }),
  ...alertFilters,
  lang,
})

type Asked = z.output<typeof query>

/** Live alerts as Server-Sent Events (WHATWG HTML §9.2), resumable with `Last-Event-ID`. */
export function addAlertStream(app: OpenAPIHono<ApiEnv>, ports: ApiPorts): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: PATH,
    tags: ['alerts'],
    summary: 'Alerts as they come, as Server-Sent Events; resumable with `Last-Event-ID`.',
    request: { query },
    responses: {
      200: {
        description: 'Events `alert`, each with the shape of an alert; `id` is its change.',
        content: { 'text/event-stream': { schema: alertSchema } },
      },
    },
  })
  const clients = { count: 0 }
  app.get(PATH, async (c) => {
    try {
      return await open(c, ports, clients)
    } catch (error) {
      return respondProblem(error)
    }
  })
}

async function open(
  c: Context<ApiEnv>,
  ports: ApiPorts,
  clients: { count: number },
): Promise<Response> {
  const { chain } = ports
  if (chain === undefined) {
    throw new ProblemError('chain.no_data', 'This installation holds no chains.')
  }
  const headers = charge(c, ports)
  const parsed = query.safeParse(singleValues(c.req.queries(), Object.keys(query.shape)))
  if (!parsed.success) throw invalid(parsed.error)
  if (clients.count >= CLIENTS_MAX) {
    throw new ProblemError('alerts.too_many_clients', 'Too many clients listen already.', {
      headers: { 'retry-after': '30' },
    })
  }
  const asked = { ...parsed.data, chain: parsed.data.chain }
  const since = await startOf(c.req.header('last-event-id'), asked, chain)
  clients.count += 1
  const stream = alertStream({ chain, asked, since }, () => {
    clients.count -= 1
  })
  ports.metrics?.request('GET', PATH, 200, 0)
  return new Response(stream, {
    headers: {
      ...COMMON_HEADERS,
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}

function charge(c: Context<ApiEnv>, ports: ApiPorts): Record<string, string> {
  const ip = clientIp(
    c.env?.incoming?.socket?.remoteAddress,
    c.req.header('x-forwarded-for'),
    ports.trustedProxies,
  )
  const answer = ports.limiter?.take(ip, COST)
  if (answer === undefined) return {}
  const headers = rateHeaders(answer)
  if (answer.isAccepted) return headers
  ports.metrics?.limited(answer.policy.name)
  throw new ProblemError('request.rate_limited', 'Too many requests; wait a little.', { headers })
}

/** What the client has seen last goes before what it asked for at first: it is a reconnection. */
async function startOf(
  lastEventId: string | undefined,
  { since }: Asked,
  chain: AlertStream,
): Promise<number> {
  if (lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId)) return Number(lastEventId)
  return since ?? (await chain.head())
}

interface StreamParams {
  readonly chain: ChainQueries & AlertStream
  readonly asked: Asked
  readonly since: number
}

/** One client. It is pulled: who reads slowly gets the next change when there is room for it. */
export function alertStream(
  { chain, asked, since: from }: StreamParams,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const end = new AbortController()
  let since = from
  const send = (controller: ReadableStreamDefaultController<Uint8Array>, text: string) =>
    controller.enqueue(encoder.encode(text))
  return new ReadableStream<Uint8Array>(
    {
      // The first bytes go out at once: the client knows that it is connected, and from where on.
      start: (controller) => send(controller, `retry: 3000\nid: ${since}\n: connected\n\n`),
      async pull(controller) {
        for (;;) {
          // Read first: what is not among the changes up to here is in no store any more.
          const head = await chain.head()
          const page = await chain.changes(since, PAGE, asked.lang)
          if (page.length === 0 && head > since) since = head
          let text = ''
          for (const alert of page) {
            since = alert.change
            if (isMeant(alert, asked)) text += eventText(alert)
          }
          if (text !== '') return send(controller, text)
          if (page.length === PAGE) continue
          const pause = AbortSignal.timeout(HEARTBEAT_MS)
          await chain.waitForAlert(since, AbortSignal.any([pause, end.signal]))
          if (end.signal.aborted) return
          // A place without an event: after a reconnection nothing is looked through twice.
          if (pause.aborted) return send(controller, `id: ${since}\n: alive\n\n`)
        }
      },
      cancel() {
        end.abort()
        onEnd()
      },
    },
    { highWaterMark: 1 },
  )
}

function isMeant(alert: AlertView, { rule, state, chain, subject }: Asked): boolean {
  return (
    (rule === undefined || alert.rule === rule) &&
    (state === undefined || alert.state === state) &&
    (chain === undefined || alert.chain === chain) &&
    (subject === undefined ||
      alert.subjects.some((one) => one.toLowerCase() === subject.toLowerCase()))
  )
}

/** One event. Data is one line: a line end inside it would begin a field of somebody else's making. */
export function eventText(alert: AlertView): string {
  const data = JSON.stringify(alert)
  assert(!/[\r\n]/.test(data), 'an event is one line')
  return `id: ${alert.change}\nevent: alert\ndata: ${data}\n\n`
}
