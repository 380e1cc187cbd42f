import { type Aid, made } from './words.ts'

/** Identifiers of the page itself; one inside an example or a command is no identifier to keep. */
const IDENTIFIERS = 'main bdi.id:not(.bare *, .eyebrow *, pre *, summary *)'
const SHOWN_MS = 1_600

/**
 * One button beside each identifier. The style sheet keeps its room free from the first paint on,
 * so nothing moves when it appears.
 */
export function addCopyButtons(aid: Aid): void {
  for (const identifier of document.querySelectorAll<HTMLElement>(IDENTIFIERS)) {
    const text = identifier.textContent
    if (text === '') continue
    const button = made('button', 'copy')
    button.type = 'button'
    button.title = aid.words('copy')
    button.setAttribute('aria-label', `${aid.words('copy')}: ${text}`)
    if (aid.copy !== undefined) button.append(aid.copy.cloneNode(true))
    button.addEventListener('click', () => copyOf(aid, button, text))
    identifier.classList.add('has-copy')
    // A button inside a link would be two things to press in one place.
    const link = identifier.closest('a')
    const before = link ?? identifier
    before.after(button)
  }
}

async function copyOf(aid: Aid, button: HTMLButtonElement, text: string): Promise<void> {
  if (!(await isCopied(text))) return
  aid.say(aid.words('copied'))
  if (aid.done === undefined) return
  button.replaceChildren(aid.done.cloneNode(true))
  button.title = aid.words('copied')
  setTimeout(() => {
    if (aid.copy !== undefined) button.replaceChildren(aid.copy.cloneNode(true))
    button.title = aid.words('copy')
    aid.say('')
  }, SHOWN_MS)
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return isCopiedBySelection(text)
  }
}

/** Over plain http a browser has no clipboard to write to, but copies what is selected. */
function isCopiedBySelection(text: string): boolean {
  const field = made('textarea', 'sr')
  const { activeElement } = document
  field.value = text
  document.body.append(field)
  field.select()
  const isDone = document.execCommand('copy')
  field.remove()
  if (activeElement instanceof HTMLElement) activeElement.focus()
  return isDone
}
