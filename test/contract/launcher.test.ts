import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const repo = fileURLToPath(new URL('../..', import.meta.url))
const NEEDED = 'const NEEDED = [22, 18]'
let folder = ''
let old = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-launch-'))
  const root = join(folder, 'checkout')
  mkdirSync(join(root, 'bin'), { recursive: true })
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(join(repo, 'src'), join(root, 'src'))
  symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'))
  // A launcher for which this very Node is too old, unless it has been started again.
  const source = readFileSync(join(repo, 'bin', 'custos.mjs'), 'utf8')
  expect(source).toContain(NEEDED)
  old = join(root, 'bin', 'custos.mjs')
  writeFileSync(
    old,
    source.replace(NEEDED, 'const NEEDED = process.env.CUSTOS_REEXEC ? [22, 18] : [999, 0]'),
  )
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

function launch(launcher: string, args: readonly string[]) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: { ...process.env, CUSTOS_MIRROR: '', CUSTOS_PORT: '', CUSTOS_DATA: '' },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, err })),
  )
  const url = () => /http:\/\/[\d.:]+\//.exec(out)?.[0]
  return { child, ended, url }
}

async function started(launcher: string, data: string) {
  const server = launch(launcher, ['start', '--offline', '--port', '0', '--data', data])
  await expect.poll(() => server.url(), { timeout: 40_000, interval: 20 }).toBeDefined()
  return { ...server, address: server.url() ?? '' }
}

const isUp = (address: string) =>
  fetch(`${address}healthz`).then(
    (response) => response.ok,
    () => false,
  )

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const startedMs = performance.now()
  child.kill(signal)
  await new Promise((resolve) => child.on('exit', resolve))
  return performance.now() - startedMs
}

describe.each(['the right Node', 'a Node that is too old'])('the launcher under %s', (which) => {
  const launcher = () => (which === 'the right Node' ? join(repo, 'bin', 'custos.mjs') : old)

  it('gives streams and exit codes as they are', async () => {
    const version = await launch(launcher(), ['--version']).ended
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^custos \d/) })
    expect(await launch(launcher(), ['nonsense']).ended).toMatchObject({ code: 2, out: '' })
    expect(await launch(launcher(), ['trace', 'x']).ended).toMatchObject({ code: 1, out: '' })
  })

  it('serves a new folder, stops within five seconds when asked, and starts again', async () => {
    const data = join(folder, `data ${which}`)
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, ended, address } = await started(launcher(), data)
      expect(await isUp(address)).toBe(true)
      const page = await fetch(`${address}en/`)
      expect(page.headers.get('content-type')).toContain('text/html')
      expect(await stop(child, signal)).toBeLessThan(5_000)
      expect((await ended).code).toBe(0)
      expect(await isUp(address)).toBe(false)
    }
  })
})

describe('a launcher that is killed outright', () => {
  it('leaves no server behind, and the folder can be opened again', async () => {
    const data = join(folder, 'killed')
    const { child, address } = await started(old, data)
    child.kill('SIGKILL')
    await expect.poll(() => isUp(address), { timeout: 6_000 }).toBe(false)
    const again = await started(old, data)
    expect(await isUp(again.address)).toBe(true)
    await stop(again.child, 'SIGTERM')
  })

  it('says what to do when there is no newer Node beside it', async () => {
    const alone = join(folder, 'alone', 'bin')
    mkdirSync(alone, { recursive: true })
    const path = join(alone, 'custos.mjs')
    writeFileSync(path, readFileSync(old, 'utf8'))
    const { code, out, err } = await launch(path, ['check', 'x']).ended
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('npm ci && npm start')
  })
})
