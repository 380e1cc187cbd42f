import { made } from './words.ts'

export interface Choice {
  readonly label: string
  /** In a quieter voice beside it. */
  readonly note?: string
  readonly lang?: string
  choose(): void
}

export interface ChoiceGroup {
  readonly label: string
  readonly choices: readonly Choice[]
}

let lists = 0

/**
 * A field with a list of choices under it, as the ARIA Authoring Practices describe it ("editable
 * combobox with list autocomplete"): the focus stays in the field, the arrow keys move through the
 * list, Enter takes the marked choice.
 */
export class Combobox {
  readonly list = made('div', 'choices')
  readonly #input: HTMLInputElement
  #choices: readonly Choice[] = []
  #at = -1

  constructor(input: HTMLInputElement, label: string) {
    this.#input = input
    lists += 1
    this.list.id = `choices-${lists}`
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', label)
    this.list.hidden = true
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'],
      ['aria-controls', this.list.id],
    ] as const) {
      input.setAttribute(name, value)
    }
    // A press on a choice must not take the focus out of the field.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest('[role="option"]')
      if (option !== null) this.#choices[this.#options().indexOf(option)]?.choose()
    })
  }

  get isOpen(): boolean {
    return !this.list.hidden
  }

  /** Puts these choices in the place of the ones before; without any the list closes. */
  show(groups: readonly ChoiceGroup[]): void {
    const shown = groups.filter(({ choices }) => choices.length > 0)
    this.#choices = shown.flatMap(({ choices }) => choices)
    let at = 0
    this.list.replaceChildren(
      ...shown.map(({ label, choices }) => {
        const group = made('div', 'group')
        group.setAttribute('role', 'group')
        group.setAttribute('aria-label', label)
        const head = made('p', '', label)
        head.setAttribute('aria-hidden', 'true')
        group.append(head, ...choices.map((choice) => this.#option(choice, at++)))
        return group
      }),
    )
    this.list.hidden = this.#choices.length === 0
    this.#input.setAttribute('aria-expanded', String(this.isOpen))
    this.mark(-1)
  }

  close(): void {
    this.show([])
  }

  mark(at: number): void {
    const options = this.#options()
    options[this.#at]?.setAttribute('aria-selected', 'false')
    this.#at = options.length === 0 ? -1 : at
    const marked = options[this.#at]
    if (marked === undefined) {
      this.#input.removeAttribute('aria-activedescendant')
      return
    }
    marked.setAttribute('aria-selected', 'true')
    this.#input.setAttribute('aria-activedescendant', marked.id)
    marked.scrollIntoView({ block: 'nearest' })
  }

  /** True when the key was one of the list's, and has been obeyed. */
  isTaken(key: string): boolean {
    const last = this.#choices.length - 1
    if (last < 0) return false
    if (key === 'ArrowDown') this.mark(this.#at >= last ? 0 : this.#at + 1)
    else if (key === 'ArrowUp') this.mark(this.#at <= 0 ? last : this.#at - 1)
    else if (key === 'Enter' && this.#at >= 0) this.#choices[this.#at]?.choose()
    else return false
    return true
  }

  #options(): Element[] {
    return [...this.list.querySelectorAll('[role="option"]')]
  }

  #option(choice: Choice, at: number): HTMLElement {
    const option = made('div', 'choice')
    option.id = `${this.list.id}-${at}`
    option.setAttribute('role', 'option')
    option.setAttribute('aria-selected', 'false')
    const label = made('bdi', '', choice.label)
    if (choice.lang !== undefined) label.lang = choice.lang
    option.append(label)
    if (choice.note !== undefined && choice.note !== '') {
      option.append(' ', made('bdi', 'muted', choice.note))
    }
    return option
  }
}
