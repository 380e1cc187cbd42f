/**
 * `<x-live>`: alerts appear at the top of the list as they are raised, and a retracted one is
 * marked where it stands. Everything is built as nodes and text, never as markup. Without this
 * script the page shows the same list, as it was when it was asked for.
 */
interface LiveAlert {
  readonly id: string
  readonly state: string
  readonly rule: string
  readonly severity: string
  readonly chain: string
  readonly block: number
  readonly blockHash: string
  readonly tx: string | null
  readonly text: string
  readonly at: string
  readonly subjects: readonly string[]
}

/** Rows that stay: the page must not grow for ever on a screen that is left on. */
const ROWS_MAX = 500

/** The words of the page's language, by key: `state.retracted`, `rule.token.mint_and_dump`. */
type Words = Readonly<Record<string, string>>

class LiveAlerts extends HTMLElement {
  #source: EventSource | undefined
  #words: Words = {}

  connectedCallback(): void {
    const { src, since } = this.dataset
    if (src === undefined) return
    this.#words = wordsOf(this.dataset.words)
    const url = new URL(src, location.href)
    if (since !== undefined) url.searchParams.set('since', since)
    const source = new EventSource(url)
    source.addEventListener('alert', (event) => this.#take(event.data))
    source.addEventListener('message', (event) => this.#take(event.data))
    source.addEventListener('open', () => this.#say(''))
    source.addEventListener('error', () => this.#say(this.#words.offline ?? ''))
    // A page that goes into the browser's cache must not keep a connection open.
    addEventListener('pagehide', () => source.close(), { once: true })
    this.#source = source
  }

  disconnectedCallback(): void {
    this.#source?.close()
  }

  #take(data: unknown): void {
    const alert = alertOf(data)
    if (alert === undefined || !this.#isWanted(alert)) return
    const known = document.getElementById(`a-${alert.id}`)
    if (known !== null && this.contains(known)) {
      this.#mark(known, alert)
      return
    }
    // What it said is no longer so.
    document.querySelector('.no-chain')?.remove()
    const list = this.#list()
    list.prepend(this.#item(alert))
    while (list.childElementCount > ROWS_MAX) list.lastElementChild?.remove()
    this.#say(alert.text)
  }

  /** The filter of the page holds for what arrives as well. */
  #isWanted(alert: LiveAlert): boolean {
    const { chain, rule } = this.dataset
    if (chain !== undefined && chain !== alert.chain) return false
    return rule === undefined || rule === alert.rule
  }

  #mark(item: HTMLElement, alert: LiveAlert): void {
    item.className = `alert a-${alert.state}`
    const tag = item.querySelector('.label-tag')
    if (tag !== null) tag.textContent = this.#words[`state.${alert.state}`] ?? alert.state
    if (alert.state === 'retracted') {
      // The block by its number is another one now, and the transaction is on no page.
      for (const old of item.querySelectorAll('a.num')) {
        const chain = encodeURIComponent(alert.chain)
        const hash = encodeURIComponent(alert.blockHash)
        old.setAttribute('href', `${this.dataset.base ?? ''}/block/${chain}/${hash}`)
      }
      for (const old of item.querySelectorAll('a[href*="/tx/"]')) old.removeAttribute('href')
      this.#say(`${this.#words['state.retracted'] ?? ''}: ${alert.text}`)
    }
  }

  #list(): Element {
    const known = this.querySelector('.alerts')
    if (known !== null) return known
    this.querySelector('.empty')?.remove()
    const list = element('ol', 'alerts')
    this.append(list)
    return list
  }

  #item(alert: LiveAlert): HTMLElement {
    const words = this.#words
    const item = element('li', `alert a-${alert.state} new`)
    item.id = `a-${alert.id}`
    const what = element('p', 'what')
    // The mark of a severity is drawn once in the page, and copied here.
    const drawn = this.querySelector<HTMLTemplateElement>(
      `template[data-mark="${CSS.escape(alert.severity)}"]`,
    )
    if (drawn !== null) what.append(drawn.content.cloneNode(true), ' ')
    what.append(
      element('strong', '', words[`rule.${alert.rule}`] ?? alert.rule),
      ' ',
      element('span', 'label-tag', words[`state.${alert.state}`] ?? alert.state),
    )
    // In the language of the page, so in its direction, even where it begins with an address.
    const text = element('p', '', alert.text)
    item.append(what, text, this.#where(alert), this.#subjects(alert))
    return item
  }

  #subjects({ chain, subjects }: LiveAlert): HTMLElement {
    const list = element('ul', 'plain subjects')
    for (const subject of subjects) {
      const bare = subject.startsWith(`${chain}:`) ? subject.slice(chain.length + 1) : subject
      const href = `${this.dataset.base ?? ''}/address/${encodeURIComponent(subject)}`
      const shown = link(href, cut(bare), 'id')
      shown.title = bare
      const item = element('li', '')
      item.append(shown)
      list.append(item)
    }
    return list
  }

  #where(alert: LiveAlert): HTMLElement {
    const words = this.#words
    const base = this.dataset.base ?? ''
    const chain = encodeURIComponent(alert.chain)
    const at = element('time', '', moment(alert.at, this.dataset.intl))
    at.setAttribute('datetime', alert.at)
    const where = element('p', 'muted')
    where.append(
      at,
      ` · ${words.block ?? ''} `,
      link(`${base}/block/${chain}/${alert.block}`, String(alert.block), 'num'),
    )
    if (alert.tx !== null) {
      const href = `${base}/tx/${chain}/${encodeURIComponent(alert.tx)}`
      const tx = link(href, cut(alert.tx), 'id')
      tx.title = alert.tx
      where.append(` · ${words.transaction ?? ''} `, tx)
    }
    return where
  }

  #say(text: string): void {
    const status = this.querySelector('.newer')
    if (status !== null) status.textContent = text
  }
}

/** Both ends of an identifier tell it apart; a pointer shows the whole. */
function cut(text: string): string {
  return text.length <= 20 ? text : `${text.slice(0, 10)}…${text.slice(-8)}`
}

/** As the server writes moments: to the minute, in the page's language, with the zone. */
function moment(instant: string, intl: string | undefined): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const text = at.toLocaleString(intl, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  })
  return `${text} UTC`
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}

function link(href: string, text: string, className: string): HTMLElement {
  const made = element('a', className, text)
  made.setAttribute('href', href)
  made.dir = 'ltr'
  return made
}

function wordsOf(text: string | undefined): Words {
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    return typeof read === 'object' && read !== null ? (read as Words) : {}
  } catch {
    return {}
  }
}

/** Undefined for anything that is not a whole alert: a broken event changes nothing. */
function alertOf(data: unknown): LiveAlert | undefined {
  try {
    const read = JSON.parse(String(data)) as Partial<Record<keyof LiveAlert, unknown>>
    const texts = [read.id, read.state, read.rule, read.severity, read.chain, read.text, read.at]
    if (!texts.every((text) => typeof text === 'string')) return undefined
    if (!/^[a-z]+$/.test(String(read.state)) || typeof read.block !== 'number') return undefined
    const subjects = Array.isArray(read.subjects) ? read.subjects.map(String) : []
    const tx = typeof read.tx === 'string' ? read.tx : null
    const blockHash = String(read.blockHash ?? read.block)
    return { ...(read as unknown as LiveAlert), blockHash, subjects, tx }
  } catch {
    return undefined
  }
}

customElements.define('x-live', LiveAlerts)
