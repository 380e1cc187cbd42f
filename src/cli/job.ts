import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { sha256Hex } from '../base/encode.ts'
import { AppError, asAppError } from '../base/error.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the closing zero. */
const SOCKET_PATH_BYTES_MAX = 100
/** One line of the protocol: a request or a report of all datasets fits many times. */
const LINE_CHARS_MAX = 4_194_304
/** A server that holds the lock answers at once, or is starting or stopping. */
const CONNECT_MS = 2_000

/** What the running server does for a command: gives the result, tells of progress on the way. */
export type JobHandler = (
  params: unknown,
  emit: (progress: unknown) => void,
  signal: AbortSignal,
) => Promise<unknown>

/** NDJSON both ways: one request, then `progress` lines, then one `result` or `error`. */
interface Request {
  readonly job: string
  readonly params: unknown
}
type Reply =
  | { readonly type: 'progress'; readonly value: unknown }
  | { readonly type: 'result'; readonly value: unknown }
  | { readonly type: 'error'; readonly code: string; readonly message: string }

/**
 * In the data folder, or, where that path is too long for a socket, in a folder of the temporary
 * one that only this user can enter, named after the data folder.
 */
export function socketPath(folder: string): string {
  const path = join(resolve(folder), 'custos.sock')
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return path
  const own = join(tmpdir(), `custos-${userInfo().uid}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(own)
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new AppError('data.socket', 'The folder for the socket belongs to somebody else.')
  }
  return join(own, `${sha256Hex(resolve(folder)).slice(0, 24)}.sock`)
}

export interface JobServer {
  close(): Promise<void>
}

/** Takes jobs of this user. The caller holds the lock: a socket that lies there is a leftover. */
export async function serveJobs(
  folder: string,
  handlers: Readonly<Record<string, JobHandler>>,
): Promise<JobServer> {
  const path = socketPath(folder)
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    void answer(socket, handlers)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(path, done)
  })
  chmodSync(path, 0o600)
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => {
          rmSync(path, { force: true })
          done()
        })
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function answer(
  socket: Socket,
  handlers: Readonly<Record<string, JobHandler>>,
): Promise<void> {
  const gone = new AbortController()
  socket.on('error', () => {})
  socket.on('close', () => gone.abort())
  const send = (reply: Reply) => {
    if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`)
  }
  try {
    const request = parseRequest(await firstLine(socket))
    const handler = Object.hasOwn(handlers, request.job) ? handlers[request.job] : undefined
    if (handler === undefined) throw new AppError('job.unknown', 'The server knows no such job.')
    const emit = (value: unknown) => send({ type: 'progress', value })
    const value = await handler(request.params, emit, gone.signal)
    send({ type: 'result', value: value ?? null })
  } catch (error) {
    const { code, message } = asAppError(error)
    send({ type: 'error', code, message })
  }
  socket.end()
}

function parseRequest(line: string): Request {
  const value = JSON.parse(line) as Partial<Request> | null
  if (typeof value?.job === 'string') return { job: value.job, params: value.params }
  throw new AppError('job.malformed', 'That is no job.')
}

/** What comes after is thrown away, but read on: only a reader notices that the client has gone. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      if (text.length > LINE_CHARS_MAX) return
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) done(text.slice(0, end))
      if (end < 0 && text.length > LINE_CHARS_MAX) fail(lineTooLong())
    })
    socket.on('close', () => fail(new AppError('job.malformed', 'The request did not arrive.')))
  })
}

function lineTooLong(): AppError {
  return new AppError('job.malformed', 'The line is too long.')
}

export interface JobParams {
  readonly folder: string
  readonly job: string
  readonly params: unknown
  readonly onProgress: (progress: unknown) => void
  readonly signal?: AbortSignal
}

/**
 * Hands a job to the server that runs on this folder. Undefined when none does. Throws what the
 * server answers, and `job.lost` when it ends before it has answered.
 */
export async function runJob(params: JobParams): Promise<{ readonly value: unknown } | undefined> {
  const socket = await connected(socketPath(params.folder))
  if (socket === undefined) return undefined
  const stop = () => socket.destroy()
  params.signal?.addEventListener('abort', stop, { once: true })
  try {
    const request: Request = { job: params.job, params: params.params }
    socket.write(`${JSON.stringify(request)}\n`)
    for await (const line of linesOf(socket)) {
      const reply = JSON.parse(line) as Reply
      if (reply.type === 'result') return { value: reply.value }
      if (reply.type === 'error') throw new AppError(reply.code, reply.message)
      params.onProgress(reply.value)
    }
    const isOwn = params.signal?.aborted === true
    throw isOwn
      ? new AppError('job.stopped', 'The job was stopped.')
      : new AppError('job.lost', 'The server ended before the job was done.', { retryable: true })
  } finally {
    params.signal?.removeEventListener('abort', stop)
    socket.destroy()
  }
}

function connected(path: string): Promise<Socket | undefined> {
  return new Promise((done) => {
    const socket = connect(path)
    const timer = setTimeout(() => socket.destroy(), CONNECT_MS)
    socket.once('connect', () => {
      clearTimeout(timer)
      done(socket)
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      clearTimeout(timer)
      done(undefined)
    })
  })
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of socket.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (rest.length > LINE_CHARS_MAX) throw lineTooLong()
    }
  } catch (error) {
    // A connection that breaks ends the lines; the reader says what that means.
    if (error instanceof AppError) throw error
  }
}
