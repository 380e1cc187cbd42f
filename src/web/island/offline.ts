import { AppError } from '../../base/error.ts'
import { askOffline } from '../../model/offline-answer.ts'
import type { InstalledOffline, ProvenBundle } from '../../model/offline-note.ts'
import { answerNodes, element, isStale, listRows, type Stage } from './offline/answer.ts'
import { type Offer, openStored, readOffer, takeOffer } from './offline/bundle.ts'
import { readStored, removeStored, writeStored } from './offline/store.ts'
import {
  dayOf,
  numberOf,
  percentOf,
  type Speech,
  say,
  sizeOf,
  type Words,
} from './offline/words.ts'
import { keepApp } from './offline/worker.ts'

/**
 * `<x-offline>`: the check that no server sees. The lists are fetched whole, proven, and asked
 * here; what a reader types is in no request, no address and no storage. The page brings the words,
 * the marks and the empty parts; this script fills them.
 */
class OfflineCheck extends HTMLElement {
  #speech: Speech = { words: {}, intl: 'en', isRtl: false }
  #english: Speech | undefined
  #proven: ProvenBundle | undefined
  #installed: InstalledOffline | undefined
  #offer: Offer | undefined
  #isKept = true
  #fault = ''

  connectedCallback(): void {
    const { intl = 'en', words, english } = this.dataset
    if (english !== undefined) {
      this.#english = { words: wordsOf(english), intl: 'en-GB', isRtl: false }
    }
    this.#speech = { words: wordsOf(words), intl, isRtl: document.dir === 'rtl' }
    for (const part of this.querySelectorAll<HTMLElement>('[data-start]')) part.hidden = false
    this.#part('no-script').hidden = true
    this.#part('form').addEventListener('submit', (event) => {
      // Never sent: the field has no name, and the question is answered here.
      event.preventDefault()
      this.#ask(this.#field.value)
    })
    for (const [act, run] of [
      ['get', () => this.#take()],
      ['remove', () => this.#remove()],
    ] as const) {
      this.#act(act).addEventListener('click', () => void run())
    }
    keepApp(this.dataset.app ?? '', (open) => {
      this.#part('new-page').hidden = false
      this.#act('reload').addEventListener('click', open, { once: true })
    })
    addEventListener('online', () => void this.#lookForNewer())
    void this.#begin()
  }

  get #field(): HTMLInputElement {
    return this.querySelector('input') as HTMLInputElement
  }

  async #begin(): Promise<void> {
    const stored = await readStored()
    if (stored !== undefined) {
      try {
        this.#install(await openStored(stored), stored.vkey)
      } catch (error) {
        // Damaged in the browser's storage: it answers nothing, and says so. Its key still counts.
        this.#fault = codeOf(error)
        this.#installed = { version: 0, vkey: stored.vkey }
      }
    }
    this.#show()
    // A link of another page that could not be opened without a network: answered here.
    const asked = new URLSearchParams(location.search).get('q')
    if (asked !== null && this.#proven !== undefined) {
      this.#field.value = asked
      this.#ask(asked)
    }
    await this.#lookForNewer()
  }

  #install(proven: ProvenBundle, vkey: string): void {
    this.#proven = proven
    this.#installed = { version: proven.body.version, vkey }
    this.#fault = ''
  }

  async #lookForNewer(): Promise<void> {
    try {
      this.#offer = await readOffer(this.dataset.index ?? '')
      if (this.#offer === undefined && this.#proven === undefined && this.#fault === '') {
        this.#fault = 'none_here'
      }
      if (this.#fault === 'offline.unreachable') this.#fault = ''
    } catch (error) {
      // Without a network nothing is newer; what is stored answers.
      this.#offer = undefined
      if (this.#proven === undefined && this.#fault === '') this.#fault = codeOf(error)
    }
    this.#show()
  }

  async #take(): Promise<void> {
    const button = this.#act('get')
    button.disabled = true
    try {
      this.#offer ??= await readOffer(this.dataset.index ?? '')
      if (this.#offer === undefined)
        throw new AppError('offline.unreachable', 'There is no bundle.')
      const told = (share: number) =>
        this.#tell('offline.getting', { percent: percentOf(this.#speech, share) })
      const folder = this.dataset.folder ?? ''
      const { stored, proven } = await takeOffer(this.#offer, folder, this.#installed, told)
      this.#isKept = await writeStored(stored)
      this.#install(proven, stored.vkey)
    } catch (error) {
      this.#fault = codeOf(error)
    } finally {
      button.disabled = false
      this.#show()
    }
  }

  async #remove(): Promise<void> {
    await removeStored()
    this.#proven = undefined
    this.#installed = undefined
    this.#fault = ''
    this.#part('answer').replaceChildren()
    this.#show()
  }

  #ask(text: string): void {
    const place = this.#part('answer')
    const { bundle } = this.#proven ?? {}
    if (bundle === undefined || text.trim() === '') return
    try {
      place.replaceChildren(...answerNodes(this.#stage(), bundle, askOffline(bundle, text)))
    } catch (error) {
      this.#fault = codeOf(error)
      if (this.#fault === 'offline.damaged') this.#proven = undefined
      place.replaceChildren()
      this.#show()
      return
    }
    place.querySelector<HTMLElement>('.answer')?.focus()
  }

  #stage(): Stage {
    return {
      speech: this.#speech,
      english: this.#english,
      base: this.dataset.base ?? '',
      mark: (name) => {
        const drawn = this.querySelector<HTMLTemplateElement>(
          `template[data-mark="${CSS.escape(name)}"]`,
        )
        return drawn?.content.cloneNode(true) ?? document.createTextNode('')
      },
    }
  }

  /** Everything but an answer: what is stored, what could be, and what went wrong. */
  #show(): void {
    const { body, bundle, isSigned } = this.#proven ?? {}
    const speech = this.#speech
    this.#part('form').hidden = bundle === undefined
    this.#part('lists').hidden = bundle === undefined
    this.#act('remove').hidden = bundle === undefined && this.#fault === ''
    const isNewer =
      this.#offer !== undefined && this.#offer.version > (this.#installed?.version ?? -1)
    const get = this.#act('get')
    get.hidden = !isNewer && (this.#offer === undefined || bundle !== undefined)
    const size = sizeOf(speech, this.#offer?.transfer ?? 0)
    get.textContent =
      bundle === undefined ? say(speech, 'offline.get', { size }) : say(speech, 'offline.replace')
    const lines: string[] = []
    if (bundle === undefined || body === undefined) lines.push(say(speech, 'offline.none'))
    else {
      const { addresses, sites, expires, at } = bundle.header
      const counts = { addresses: numberOf(speech, addresses), sites: numberOf(speech, sites) }
      lines.push(say(speech, 'offline.held', { date: dayOf(speech, at), ...counts }))
      const proof = isSigned === true ? 'offline.signed' : 'offline.unsigned'
      lines.push(say(speech, proof, { name: body.origin }))
      if (!this.#isKept) lines.push(say(speech, 'offline.not_kept'))
      if (Date.parse(expires) < Date.now()) {
        lines.push(say(speech, 'offline.old', { date: dayOf(speech, expires) }))
      }
      this.#showLists()
    }
    if (isNewer && bundle !== undefined && this.#offer !== undefined) {
      lines.push(say(speech, 'offline.newer', { date: dayOf(speech, this.#offer.at) }))
    }
    this.#part('state').replaceChildren(...lines.map((line) => element('p', '', line)))
    const fault = this.#part('fault')
    fault.hidden = this.#fault === ''
    fault.textContent = this.#fault === '' ? '' : this.#faultText()
  }

  #faultText(): string {
    if (this.#fault === 'none_here') return say(this.#speech, 'offline.none_here')
    return say(this.#speech, `error.${this.#fault}`)
  }

  #showLists(): void {
    const { header } = this.#proven?.bundle ?? {}
    if (header === undefined) return
    const speech = this.#speech
    const lists = [...header.lists].sort((a, b) => b.entries - a.entries)
    this.#part('list-rows').replaceChildren(...listRows(this.#stage(), lists))
    const absent = header.absent.map(({ title, reason }) => {
      const item = element('li', '')
      const key = reason === 'licence' ? 'offline.reason.licence' : `state.${reason}`
      item.append(element('bdi', '', title), ' · ', element('span', 'muted', say(speech, key)))
      return item
    })
    this.#part('absent').replaceChildren(...absent)
    this.#part('absent-count').textContent = `(${numberOf(speech, absent.length)})`
    this.#part('stale').hidden = !header.lists.some(isStale)
  }

  #tell(key: string, values: Readonly<Record<string, string>>): void {
    this.#part('state').replaceChildren(element('p', '', say(this.#speech, key, values)))
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-part="${name}"]`)
    if (part === null) throw new Error(`The page lacks the part ${name}.`)
    return part
  }

  #act(name: string): HTMLButtonElement {
    return this.querySelector(`[data-act="${name}"]`) as HTMLButtonElement
  }
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'offline.damaged'
}

function wordsOf(text: string | undefined): Words {
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    return typeof read === 'object' && read !== null ? (read as Words) : {}
  } catch {
    return {}
  }
}

customElements.define('x-offline', OfflineCheck)
