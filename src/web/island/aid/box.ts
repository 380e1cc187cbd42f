import { Combobox } from './combobox.ts'
import { createSuggester } from './suggest.ts'
import type { Aid } from './words.ts'

/** Completions under the box of a page; taking one asks it. Enter alone asks what was typed. */
export function completeBox(input: HTMLInputElement, aid: Aid): void {
  const combobox = new Combobox(input, aid.words('known'))
  const suggest = createSuggester()
  input.parentElement?.append(combobox.list)
  const close = () => combobox.close()
  const refresh = async () => {
    const found = await suggest(input.value.trim())
    if (found === undefined || document.activeElement !== input) return
    const choices = found.map(({ completion, caption }) => ({
      label: completion,
      note: caption === completion ? '' : caption,
      choose: () => {
        input.value = completion
        close()
        input.form?.requestSubmit()
      },
    }))
    combobox.show([{ label: aid.words('known'), choices }])
  }
  input.addEventListener('input', refresh)
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const isClosing = event.key === 'Escape' && combobox.isOpen
    if (isClosing) close()
    if (isClosing || combobox.isTaken(event.key)) event.preventDefault()
  })
}
