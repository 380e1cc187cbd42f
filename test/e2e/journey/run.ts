import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { CLIPPED } from '../look.ts'
import { JOURNEYS } from './list.ts'
import { type Look, nameOf, Traveller } from './traveller.ts'
import type { JourneyWorld } from './world.ts'

/** A picture of a thousand rows takes a browser more memory than it has. */
const HEIGHT_MAX = 9_000

export interface RunOptions {
  readonly browser: Browser
  readonly world: JourneyWorld
  /** Pictures of each step go there; absent: none are taken. */
  readonly folder?: string
}

/** One journey as one reader makes it. Throws where a step does not lead to what it should. */
export async function travel(name: string, look: Look, options: RunOptions): Promise<void> {
  const { browser, world, folder } = options
  const journey = JOURNEYS[name]
  if (journey === undefined) throw new Error(`there is no journey "${name}"`)
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    colorScheme: look.scheme,
    javaScriptEnabled: look.hasScript,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  const shot = async (step: string) => {
    for (const fault of await page.evaluate<string[]>(CLIPPED)) faults.push(`${step}: ${fault}`)
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    const file = `${name.replaceAll(' ', '_')}-${step}-${nameOf(look)}.png`
    const height = await page.evaluate<number>('document.documentElement.scrollHeight')
    const clip = { x: 0, y: 0, width: look.width, height: Math.min(height, HEIGHT_MAX) }
    await page.screenshot({ path: join(folder, file), fullPage: true, clip })
  }
  try {
    await journey(new Traveller(page, look, world, shot))
    if (faults.length > 0) throw new Error(`${nameOf(look)}: ${faults.join('\n')}`)
  } finally {
    await context.close()
  }
}
