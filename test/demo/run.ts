import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { guardDemoFolder, isDemoFolder } from '../../src/demo-folder.ts'
import { startAnvil } from '../support/anvil.ts'
import { playDay, type Stage } from './day.ts'

export const DEMO_CHAIN = 'eip155:31337'
const LAUNCHER = fileURLToPath(new URL('../../bin/custos.mjs', import.meta.url))
/** A first start reads the lists that came with the installation. */
const START_MS = 180_000
const ALERT_MS = 60_000

export interface DemoOptions {
  readonly data: string
  /** 0: any free port. */
  readonly port: number
  /** Between two blocks. */
  readonly pauseMs: number
  readonly say: (text: string) => void
  readonly stop?: AbortSignal
}

export interface Demo {
  readonly url: string
  play(day: number): Promise<void>
  close(): Promise<void>
}

/** A node and an installation that follows it, in a data folder that is made anew. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { data, port, pauseMs, say } = options
  // Only its own folder is ever removed: the guard refuses any other one that holds data.
  if (isDemoFolder(data)) rmSync(data, { recursive: true })
  guardDemoFolder({ data, demo: true })
  const node = await startAnvil(['--gas-price', '0', '--base-fee', '0'])
  const config = join(data, 'custos.config.json')
  const chains = { [DEMO_CHAIN]: { rpc: [node.url], follow: true } }
  writeFileSync(config, JSON.stringify({ chains }))
  const args = ['start', '--data', data, '--port', String(port), '--config', config]
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { ...process.env, CUSTOS_DEMO: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const close = async () => {
    await ended(child)
    await node.stop()
  }
  try {
    const url = await served(child)
    const stage = stageOf(url, pauseMs, say, options.stop)
    return { url, play: (day) => playDay(node, stage, day), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The address that the installation prints when it is ready. */
function served(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Custos did not start in time')), START_MS)
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      const url = /serves (http:\/\/\S+)/.exec(text)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url.replace(/\/$/, ''))
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`Custos ended with code ${code}`))
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

interface Told {
  readonly alerts: readonly {
    readonly rule: string
    readonly state: string
    readonly block: number
  }[]
}

function stageOf(
  url: string,
  pauseMs: number,
  say: (text: string) => void,
  stop: AbortSignal | undefined,
): Stage {
  return {
    say,
    pause: async () => {
      if (pauseMs > 0) await sleep(pauseMs, undefined, stop === undefined ? {} : { signal: stop })
    },
    async untilAlert(rule, state, block) {
      const deadline = performance.now() + ALERT_MS
      while (performance.now() < deadline) {
        stop?.throwIfAborted()
        const response = await fetch(`${url}/v1/alerts?limit=200`)
        const { alerts } = (await response.json()) as Told
        const isThere = alerts.some(
          (alert) => alert.rule.startsWith(rule) && alert.state === state && alert.block >= block,
        )
        if (isThere) return
        await sleep(100)
      }
      throw new Error(`no ${state} alert of ${rule} from block ${block} on`)
    },
  }
}
