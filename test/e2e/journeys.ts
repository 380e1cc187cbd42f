import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM } from './browser.ts'
import { JOURNEYS } from './journey/list.ts'
import { travel } from './journey/run.ts'
import { LOOKS, nameOf } from './journey/traveller.ts'
import { openWorld } from './journey/world.ts'

/**
 * `npm run journeys -- [folder]`: every journey in every look, with pictures of each step to be
 * looked at. `ONLY=firm,alerts` takes journeys whose name holds a word, `LOOK=ar-390` looks.
 */
const say = (text: string) => process.stdout.write(`${text}\n`)
const [folder = join(tmpdir(), 'custos-journeys')] = process.argv.slice(2)
const words = (process.env.ONLY ?? '').split(',')
const names = Object.keys(JOURNEYS).filter((name) => words.some((word) => name.includes(word)))
const looks = LOOKS.filter((look) => nameOf(look).includes(process.env.LOOK ?? ''))

const world = await openWorld()
const failed: string[] = []
for (const name of names) {
  const startedMs = performance.now()
  // A browser that ends takes no other journey with it.
  const browser = await chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: ['--no-sandbox'],
  })
  for (const look of looks) {
    try {
      await travel(name, look, { browser, world, folder })
    } catch (error) {
      const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
      failed.push(`${name} (${nameOf(look)}): ${words}`)
    }
  }
  await browser.close()
  say(`${name}: ${looks.length} looks, ${Math.round((performance.now() - startedMs) / 1_000)} s`)
}
await world.close()
for (const line of failed) say(`FAILED ${line}`)
say(
  `\n${names.length * looks.length - failed.length} journeys made, ${failed.length} failed; pictures in ${folder}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
