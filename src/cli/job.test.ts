import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../base/error.ts'
import { type JobHandler, type JobServer, runJob, serveJobs, socketPath } from './job.ts'

let folder = ''
let server: JobServer | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-job-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

const count: JobHandler = async (params, emit) => {
  const { to } = params as { to: number }
  for (let n = 1; n <= to; n++) emit({ n })
  return { done: to }
}

async function run(job: string, params: unknown, signal?: AbortSignal) {
  const progress: unknown[] = []
  const onProgress = (value: unknown) => void progress.push(value)
  const given = { folder, job, params, onProgress, ...(signal === undefined ? {} : { signal }) }
  return { result: await runJob(given), progress }
}

describe('a job for the running server', () => {
  it('gives its result after its progress, in order', async () => {
    server = await serveJobs(folder, { count })
    const { result, progress } = await run('count', { to: 3 })
    expect(progress).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(result).toEqual({ value: { done: 3 } })
  })

  it('is not taken when no server runs, nor when one left its socket behind', async () => {
    expect((await run('count', { to: 1 })).result).toBeUndefined()
    writeFileSync(socketPath(folder), '')
    expect((await run('count', { to: 1 })).result).toBeUndefined()
    server = await serveJobs(folder, { count })
    expect((await run('count', { to: 1 })).result).toBeDefined()
  })

  it('brings the server’s error with its code', async () => {
    server = await serveJobs(folder, {
      async refuse() {
        throw new AppError('source.unknown', 'There is no such dataset.')
      },
    })
    await expect(run('refuse', {})).rejects.toMatchObject({
      code: 'source.unknown',
      message: 'There is no such dataset.',
    })
    await expect(run('toString', {})).rejects.toMatchObject({ code: 'job.unknown' })
  })

  it('says when the server ends before the job', async () => {
    let begun: () => void = () => {}
    const started = new Promise<void>((resolve) => {
      begun = resolve
    })
    const own = await serveJobs(folder, {
      wait: (_params, _emit, signal) => {
        begun()
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
      },
    })
    const job = run('wait', {})
    await started
    await Promise.all([own.close(), expect(job).rejects.toMatchObject({ code: 'job.lost' })])
  })

  it('stops on the server when its command is stopped', async () => {
    const stop = new AbortController()
    let stopped = false
    server = await serveJobs(folder, {
      wait: (_params, _emit, signal) => {
        setTimeout(() => stop.abort(), 20)
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            stopped = true
            resolve(null)
          }),
        )
      },
    })
    await expect(run('wait', {}, stop.signal)).rejects.toMatchObject({ code: 'job.stopped' })
    await expect.poll(() => stopped).toBe(true)
  })

  it.each(['not json\n', '{}\n', 'null\n', '[]\n', '\n', '{"job":{}}\n'])(
    'answers nonsense with an error and goes on: %j',
    async (bytes) => {
      server = await serveJobs(folder, { count })
      const reply = await new Promise<string>((resolve) => {
        const socket = connect(socketPath(folder), () => socket.write(bytes))
        socket.once('data', (data) => {
          socket.destroy()
          resolve(String(data))
        })
      })
      expect(JSON.parse(reply)).toMatchObject({ type: 'error' })
      expect((await run('count', { to: 1 })).result).toEqual({ value: { done: 1 } })
    },
  )

  it('is open to its own user only, also where the folder’s path is too long for a socket', async () => {
    const deep = join(folder, 'x'.repeat(60), 'y'.repeat(60))
    mkdirSync(deep, { recursive: true })
    expect(Buffer.byteLength(socketPath(deep))).toBeLessThanOrEqual(100)
    expect(socketPath(deep)).not.toBe(socketPath(join(deep, 'z')))
    const long = await serveJobs(deep, { count })
    expect(statSync(socketPath(deep)).mode & 0o077).toBe(0)
    await long.close()
    server = await serveJobs(folder, { count })
    expect(socketPath(folder)).toBe(join(folder, 'custos.sock'))
    expect(statSync(socketPath(folder)).mode & 0o077).toBe(0)
  })
})
