import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { CHROMIUM } from './browser.ts'
import { JOURNEYS } from './journey/list.ts'
import { travel } from './journey/run.ts'
import { LOOKS, nameOf } from './journey/traveller.ts'
import { type JourneyWorld, openWorld } from './journey/world.ts'

/** Every look of every journey is `npm run journeys`; each day the tests make another one of each. */
const DAY = Number(process.env.JOURNEY_DAY ?? Math.floor(Date.now() / 86_400_000))
const TODAY = Object.keys(JOURNEYS).flatMap((name, at) => {
  const look = LOOKS[(DAY + at * 5) % LOOKS.length]
  return look === undefined ? [] : [{ name, look, how: nameOf(look) }]
})

describe.runIf(CHROMIUM !== undefined)(`a reader's journeys (JOURNEY_DAY=${DAY})`, () => {
  let browser: Browser
  let world: JourneyWorld

  beforeAll(async () => {
    world = await openWorld()
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ['--no-sandbox'],
    })
  })

  afterAll(async () => {
    await browser.close()
    await world.close()
  })

  it.each(TODAY)('$name: each step leads where it should ($how)', async ({ name, look }) => {
    await travel(name, look, { browser, world })
  })
})
