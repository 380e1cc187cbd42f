import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardDemoFolder } from '../../src/demo-folder.ts'
import { ledgerPaths } from '../../src/ledger/store/sqlite.ts'
import { LISTED } from '../demo/day.ts'
import { DEMO_CHAIN, type Demo, startDemo } from '../demo/run.ts'
import { hasAnvil } from '../support/anvil.ts'

interface Told {
  readonly id: string
  readonly rule: string
  readonly state: string
  readonly tx: string
  readonly text: string
  readonly subjects: readonly string[]
}

describe.runIf(hasAnvil)('the demonstration, with a node (anvil) and an installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-demo-'))
  let demo: Demo
  let alerts: readonly Told[] = []
  const said: string[] = []
  const ask = async <T>(path: string) => (await (await fetch(demo.url + path)).json()) as T

  beforeAll(async () => {
    const data = join(folder, 'data')
    demo = await startDemo({ data, port: 0, pauseMs: 0, say: (text) => said.push(text) })
    await demo.play(1)
    const answer = await ask<{ alerts: readonly Told[] }>('/v1/alerts?limit=200')
    alerts = answer.alerts
  }, 240_000)

  afterAll(async () => {
    await demo?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const of = (rule: string) => alerts.filter((alert) => alert.rule.startsWith(rule))

  it('raises each alert of the day once, and takes back the one whose block is replaced', () => {
    expect(of('poisoning.look_alike').map(({ state }) => state)).toEqual(['confirmed'])
    expect(of('approval.drainer').map(({ state }) => state)).toEqual(['confirmed'])
    expect(of('liquidity.pulled').map(({ state }) => state)).toEqual(['retracted'])
    expect(of('counterparty').map(({ state }) => state)).toContain('confirmed')
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length)
    for (const { text } of alerts) expect(text).not.toMatch(/\{|undefined/)
  })

  it('names the listed wallet in the alert about its payment', () => {
    expect(of('counterparty')[0]?.subjects).toContain(`${DEMO_CHAIN}:${LISTED}`)
  })

  it('says on every page that its data is made up, and shows what happened', async () => {
    const tx = of('poisoning.look_alike')[0]?.tx ?? ''
    const chain = encodeURIComponent(DEMO_CHAIN)
    const paths = ['/', '/alerts', `/chain/${chain}`, `/tx/${chain}/${tx}`]
    for (const path of [...paths, `/address/${encodeURIComponent(`${DEMO_CHAIN}:${LISTED}`)}`]) {
      const response = await fetch(`${demo.url}/en${path}`)
      const text = await response.text()
      expect([path, response.status]).toEqual([path, 200])
      expect(text).toContain('<p class="demo"')
    }
  })

  it('streams what an earlier reader has missed', async () => {
    const stop = new AbortController()
    const response = await fetch(`${demo.url}/v1/alerts/stream?since=0`, { signal: stop.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('liquidity.pulled')) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
    }
    stop.abort()
    expect(text).toMatch(/"rule":"liquidity\.pulled"/)
  })
})

describe('the folder of the demonstration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-demo-folder-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is refused by an installation, which leaves it as it is', () => {
    const data = join(folder, 'demo')
    guardDemoFolder({ data, demo: true })
    expect(() => guardDemoFolder({ data, demo: false })).toThrow(
      expect.objectContaining({ code: 'data.demo' }),
    )
    expect(() => guardDemoFolder({ data, demo: true })).not.toThrow()
  })

  it('is never one that holds real data', () => {
    const data = join(folder, 'real')
    mkdirSync(data)
    writeFileSync(ledgerPaths(data).database, '')
    expect(() => guardDemoFolder({ data, demo: true })).toThrow(
      expect.objectContaining({ code: 'data.not_demo' }),
    )
    expect(() => guardDemoFolder({ data, demo: false })).not.toThrow()
  })

  it('is not made by an installation', () => {
    const data = join(folder, 'new')
    guardDemoFolder({ data, demo: false })
    expect(existsSync(data)).toBe(false)
  })
})
