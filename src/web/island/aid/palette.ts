import { type Choice, type ChoiceGroup, Combobox } from './combobox.ts'
import { forget, recent, showRecent } from './recent.ts'
import { createSuggester } from './suggest.ts'
import { type Aid, checkHref, made } from './words.ts'

const KEY = 'custos.slash'
const RECENT_SHOWN = 5

/**
 * One field for everything: what is typed can be checked, and the pages, the languages and the
 * last checks whose names hold it are listed. `/` opens it (who does not want a single key to act
 * switches that off in it: WCAG 2.1.4), Ctrl or ⌘ with K as well, and Escape closes it.
 */
export class Palette {
  readonly #aid: Aid
  readonly #dialog = made('dialog', 'palette')
  readonly #input = made('input')
  readonly #combobox: Combobox
  readonly #suggest = createSuggester()
  #known: readonly Choice[] = []

  constructor(aid: Aid) {
    this.#aid = aid
    const name = aid.words('find')
    this.#dialog.setAttribute('aria-label', name)
    this.#input.type = 'text'
    this.#input.autocomplete = 'off'
    this.#input.spellcheck = false
    this.#input.maxLength = 2_048
    this.#input.dir = 'auto'
    this.#input.placeholder = name
    this.#input.setAttribute('aria-label', name)
    this.#input.setAttribute('autocapitalize', 'none')
    this.#combobox = new Combobox(this.#input, name)
    this.#dialog.append(this.#input, this.#combobox.list, this.#foot())
  }

  listen(home: HTMLElement): void {
    home.append(this.#dialog)
    this.#input.addEventListener('input', () => this.#refresh())
    this.#input.addEventListener('keydown', (event) => {
      if (event.isComposing || !this.#combobox.isTaken(event.key)) return
      event.preventDefault()
    })
    this.#dialog.addEventListener('click', (event) => {
      // What is beside its content is the dialog itself.
      if (event.target === this.#dialog) this.#dialog.close()
    })
    document.addEventListener('keydown', (event) => this.#key(event))
    for (const opener of document.querySelectorAll('[data-aid="palette"]')) {
      opener.addEventListener('click', () => this.#open())
    }
  }

  #key(event: KeyboardEvent): void {
    const isK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.defaultPrevented || event.isComposing || !(isK || isSlash)) return
    if (isSlash && (!isSlashOn() || isTyping(event.target))) return
    event.preventDefault()
    this.#open()
  }

  #open(): void {
    if (this.#dialog.open) return
    this.#input.value = ''
    this.#dialog.showModal()
    this.#refresh()
  }

  async #refresh(): Promise<void> {
    const q = this.#input.value.trim()
    this.#known = []
    this.#show(q)
    const found = await this.#suggest(q)
    if (found === undefined || found.length === 0 || !this.#dialog.open) return
    this.#known = found.map(({ completion, caption }) => ({
      label: completion,
      note: caption === completion ? '' : caption,
      choose: () => location.assign(checkHref(this.#aid, completion)),
    }))
    this.#show(q)
  }

  #show(q: string): void {
    const { words } = this.#aid
    const asked: ChoiceGroup = {
      label: words('find'),
      choices:
        q === ''
          ? []
          : [
              {
                label: words('check').replace('\u0001', q),
                choose: () => location.assign(checkHref(this.#aid, q)),
              },
            ],
    }
    const last = recent()
      .filter((one) => isLike(one, q))
      .slice(0, RECENT_SHOWN)
      .map((one) => ({ label: one, choose: () => location.assign(checkHref(this.#aid, one)) }))
    this.#combobox.show([
      asked,
      { label: words('known'), choices: this.#known },
      { label: words('recent'), choices: last },
      { label: words('pages'), choices: linksOf('#menu a', q) },
      { label: words('languages'), choices: linksOf('.languages a', q) },
    ])
    this.#combobox.mark(0)
  }

  #foot(): HTMLElement {
    const { words } = this.#aid
    const foot = made('p', 'foot')
    const label = made('label')
    const slash = made('input')
    slash.type = 'checkbox'
    slash.checked = isSlashOn()
    slash.addEventListener('change', () => setSlash(slash.checked))
    label.append(slash, ' ', words('slash'))
    const clear = made('button', 'plain-button', `${words('recent')}: ${words('clear')}`)
    clear.type = 'button'
    clear.addEventListener('click', () => {
      forget()
      showRecent(this.#aid)
      this.#show(this.#input.value.trim())
      this.#aid.say(words('none'))
      this.#input.focus()
    })
    foot.append(label, clear)
    return foot
  }
}

function linksOf(selector: string, q: string): readonly Choice[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(selector)]
    .filter((link) => isLike(link.textContent, q))
    .map((link) => ({
      label: link.textContent,
      ...(link.lang === '' ? {} : { lang: link.lang }),
      choose: () => location.assign(link.href),
    }))
}

function isLike(text: string, q: string): boolean {
  return text.toLocaleLowerCase().includes(q.toLocaleLowerCase())
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

function isSlashOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

function setSlash(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // Kept until the page is left, as the box shows it.
  }
}
