import type { Page } from 'playwright-core'
import { type MessageKey, message } from '../../../src/i18n/catalogue.ts'
import type { JourneyWorld } from './world.ts'

/** How a page is looked at. */
export interface Look {
  readonly locale: string
  readonly scheme: 'light' | 'dark'
  readonly width: 390 | 1280
  readonly hasScript: boolean
  /** Everything is reached with Tab and done with keys. */
  readonly byKeyboard: boolean
}

export const LOOKS: readonly Look[] = ['en', 'zh-Hans', 'ar', 'de'].flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    ([390, 1280] as const).flatMap((width) =>
      [true, false].map((hasScript) => ({
        locale,
        scheme,
        width,
        hasScript,
        // The wide windows are those of keyboards; with scripts and without.
        byKeyboard: width === 1280 && scheme === 'light',
      })),
    ),
  ),
)

export function nameOf({ locale, scheme, width, hasScript, byKeyboard }: Look): string {
  const hands = byKeyboard ? 'keys' : 'touch'
  return `${locale}-${width}-${scheme}-${hasScript ? 'script' : 'plain'}-${hands}`
}

/** Stops that Tab may need on the longest page before the one that is looked for. */
const TABS_MAX = 400

/** A reader on the way: each step does one thing, and each claim stops the journey when it fails. */
export class Traveller {
  readonly page: Page
  readonly look: Look
  readonly world: JourneyWorld
  readonly #shot: (step: string) => Promise<void>

  constructor(
    page: Page,
    look: Look,
    world: JourneyWorld,
    shot: (step: string) => Promise<void> = async () => {},
  ) {
    this.page = page
    this.look = look
    this.world = world
    this.#shot = shot
  }

  /** The words of the page's language. */
  t(key: MessageKey): string {
    return message(this.look.locale, key)
  }

  async open(where: 'answers' | 'firms', path: string, status = 200): Promise<void> {
    const response = await this.page.goto(`${this.world[where]}/${this.look.locale}${path}`)
    this.claim(response?.status() === status, `${path} answers ${response?.status()}`)
  }

  async shot(step: string): Promise<void> {
    await this.#shot(step)
  }

  claim(isTrue: boolean, what: string): void {
    if (!isTrue) throw new Error(`${nameOf(this.look)}: ${what} (at ${this.page.url()})`)
  }

  async sees(selector: string, text?: string): Promise<void> {
    const found = this.page.locator(selector).first()
    await found.waitFor({ state: 'visible', timeout: 15_000 })
    if (text === undefined) return
    const shown = await found.innerText()
    this.claim(shown.includes(text), `${selector} says "${shown.slice(0, 80)}", not "${text}"`)
  }

  async count(selector: string): Promise<number> {
    return await this.page.locator(selector).count()
  }

  /** Follows a link or presses a button, and waits for the page that it leads to. */
  async press(selector: string): Promise<void> {
    const target = this.page.locator(selector).first()
    await target.waitFor({ state: 'attached', timeout: 15_000 })
    if (this.look.byKeyboard) {
      await this.#reach(selector)
      const isFold = (await target.and(this.page.locator('summary')).count()) > 0
      const moved = this.page.waitForEvent('framenavigated', { timeout: isFold ? 1 : 8_000 })
      await Promise.all([moved.catch(() => undefined), this.page.keyboard.press('Enter')])
    } else await target.click()
    await this.page.waitForLoadState('load')
  }

  async fill(selector: string, text: string): Promise<void> {
    if (!this.look.byKeyboard || text.length > 200) {
      await this.page.locator(selector).first().fill(text)
      return
    }
    await this.#reach(selector)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.type(text)
  }

  async choose(selector: string, value: string): Promise<void> {
    // A list is moved through by keys in the browser's own window, which no test can see.
    if (this.look.byKeyboard) await this.#reach(selector)
    await this.page.locator(selector).first().selectOption(value)
  }

  /** Tab until the focus is there; the stop must be seen. */
  async #reach(selector: string): Promise<void> {
    const focused = this.page.locator(':focus').and(this.page.locator(selector).first())
    for (let stop = 0; stop < TABS_MAX; stop += 1) {
      if ((await focused.count()) > 0) return
      await this.page.keyboard.press('Tab')
    }
    this.claim(false, `${selector} is not reached with Tab`)
  }
}
