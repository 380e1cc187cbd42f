/**
 * Registers the service worker and asks it to keep this page. When a newer worker waits, `onNewer`
 * is given a function that lets it take over and opens the page anew: never while somebody reads.
 */
export function keepApp(script: string, onNewer: (open: () => void) => void): void {
  // Outside of a secure context there is none; the lists are then kept, and the page is not.
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker
  if (workers === undefined || script === '') return
  const hadWorker = workers.controller !== null
  let isOpening = false
  workers.addEventListener('controllerchange', () => {
    if (isOpening) location.reload()
  })
  const offer = (waiting: ServiceWorker) => {
    onNewer(() => {
      isOpening = true
      waiting.postMessage({ kind: 'take-over' })
    })
  }
  void workers
    .register(script, { scope: '/', updateViaCache: 'none' })
    .then(async (registration) => {
      if (registration.waiting !== null && hadWorker) offer(registration.waiting)
      registration.addEventListener('updatefound', () => {
        const { installing } = registration
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'installed' && hadWorker) offer(installing)
        })
      })
      const ready = await workers.ready
      ready.active?.postMessage({ kind: 'keep', page: location.pathname })
    })
    .catch(() => {})
}
