import { completeBox } from './aid/box.ts'
import { addCopyButtons } from './aid/copy.ts'
import { GraphButton } from './aid/map.ts'
import { Palette } from './aid/palette.ts'
import { remember, showRecent } from './aid/recent.ts'
import { type Aid, wordsOf } from './aid/words.ts'

/**
 * `<x-aids>`: what makes a page quicker to use and is missing from none without it. A button that
 * copies beside each identifier, completions under the box, a palette behind the key `/`, and the
 * last checks of this browser, which are kept in it and sent nowhere.
 */
class Aids extends HTMLElement {
  connectedCallback(): void {
    const [copy, done] = this.querySelectorAll('template')
    const status = document.createElement('p')
    status.className = 'sr'
    status.setAttribute('role', 'status')
    this.append(status)
    const aid: Aid = {
      words: wordsOf(this.dataset.words),
      check: this.dataset.check ?? '/check',
      copy: copy?.content,
      done: done?.content,
      say: (text) => {
        status.textContent = text
      },
    }
    const asked = document.querySelector<HTMLElement>('[data-asked]')?.dataset.asked
    if (asked !== undefined) remember(asked)
    addCopyButtons(aid)
    showRecent(aid)
    for (const box of document.querySelectorAll<HTMLInputElement>('form.box input[name="q"]')) {
      completeBox(box, aid)
    }
    new Palette(aid).listen(this)
  }
}

customElements.define('x-aids', Aids)
customElements.define('x-graph', GraphButton)
