import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The one that came with the installation, else one of this machine. */
const BINARY = [
  fileURLToPath(new URL('../../node_modules/.bin/anvil', import.meta.url)),
  ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'anvil')),
].find((path) => existsSync(path))

/** Anvil is an optional part of an installation; without it these tests cannot run. */
export const hasAnvil = BINARY !== undefined

export interface Anvil {
  readonly url: string
  rpc<T>(method: string, params?: readonly unknown[]): Promise<T>
  stop(): Promise<void>
}

/** A real node of its own chain (31337) on a free port, mining only when it is told to. */
export async function startAnvil(args: readonly string[] = []): Promise<Anvil> {
  if (BINARY === undefined) throw new Error('there is no anvil on this machine')
  const port = await freePort()
  const child = spawn(BINARY, ['--port', String(port), '--no-mining', '--silent', ...args], {
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  const rpc = async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    })
    const answer = (await response.json()) as { result: T; error?: { message: string } }
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result
  }
  await untilReady(child, () => rpc('eth_chainId'))
  return {
    url,
    rpc,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function untilReady(child: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error('anvil ended at once')
    const isUp = await ask().then(
      () => true,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error('anvil did not come up')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
