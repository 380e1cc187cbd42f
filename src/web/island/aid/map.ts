/**
 * `<x-graph>`: the button that fetches the map of connections (45 KB that nobody who does not ask
 * for it pays). Its address stands in the page, and the page's policy allows this installation.
 */
export class GraphButton extends HTMLElement {
  connectedCallback(): void {
    const { src } = this.dataset
    const button = this.querySelector('button')
    if (src === undefined || button === null) return
    button.addEventListener('click', async () => {
      button.disabled = true
      try {
        const { explore } = (await import(src)) as { explore: (host: HTMLElement) => void }
        explore(this)
      } finally {
        button.disabled = false
      }
    })
  }
}
