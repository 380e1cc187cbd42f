import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { openSocketLink, type SocketLink } from '../base/operator-link.ts'
import { fromLink, matchBatch, type RpcCall, type RpcResult, type RpcTransport } from './rpc.ts'

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: AppError) => void
}

/**
 * JSON-RPC over WebSocket. Calls are sent one message each and matched by id; what comes without
 * an id is a notification. A broken connection fails what waits and is made anew by the next call.
 */
export function socketTransport(
  url: string,
  onNotification: (message: unknown) => void = () => {},
  timeoutMs: number = LIMITS.rpcTimeoutMs,
): RpcTransport {
  let nextId = 1
  let link: Promise<SocketLink> | undefined
  const waiting = new Map<number, Waiting>()

  function open(): Promise<SocketLink> {
    if (link !== undefined) return link
    const opened = new Promise<SocketLink>((resolve, reject) => {
      const socket = openSocketLink(url, {
        onOpen: () => resolve(socket),
        onText: (text) => receive(text, socket),
        onClose: () => {
          link = undefined
          const lost = fromLink(new AppError('link.network', 'The connection is closed.'))
          reject(lost)
          for (const { reject: fail } of waiting.values()) fail(lost)
          waiting.clear()
        },
      })
    })
    link = opened
    return opened
  }

  function receive(text: string, socket: SocketLink): void {
    let message: unknown
    try {
      if (text.length > LIMITS.rpcAnswerBytesMax) throw new Error('too long')
      message = JSON.parse(text)
    } catch {
      // There is no way to tell whose answer it was: everybody asks again.
      socket.close()
      return
    }
    const id = (message as { id?: unknown } | null)?.id
    if (typeof id === 'number') {
      waiting.get(id)?.resolve(message)
      waiting.delete(id)
    } else {
      onNotification(message)
    }
  }

  async function ask(call: RpcCall, signal: AbortSignal): Promise<RpcResult> {
    const socket = await open()
    nextId += 1
    const id = nextId
    const either = AbortSignal.any([AbortSignal.timeout(timeoutMs), signal])
    const answer = await new Promise<unknown>((resolve, reject) => {
      const onAbort = () => {
        waiting.delete(id)
        const code = signal.aborted ? 'link.aborted' : 'link.timeout'
        reject(fromLink(new AppError(code, 'No answer came.')))
      }
      if (either.aborted) onAbort()
      either.addEventListener('abort', onAbort, { once: true })
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...call }))
    })
    const [result] = matchBatch([{ id }], [answer])
    return result as RpcResult
  }

  return {
    async send(calls, signal) {
      assert(calls.length > 0, 'a request has a call')
      return Promise.all(calls.map((call) => ask(call, signal)))
    },
    async close() {
      const open = link
      link = undefined
      await open?.then((socket) => socket.close()).catch(() => {})
    },
  }
}
