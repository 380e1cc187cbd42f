/** A completion, as far as it is shown. */
export interface Completion {
  readonly completion: string
  readonly caption: string
}

const CHARS_MIN = 2
/** So long after the last key the server is asked. */
const PAUSE_MS = 140

/**
 * Asks this installation for what begins as typed, once the typing pauses; the newest question
 * alone is answered. A refusal or a broken answer gives no completions.
 */
export function createSuggester(): (q: string) => Promise<readonly Completion[] | undefined> {
  let running: AbortController | undefined
  return async (q) => {
    running?.abort()
    const own = new AbortController()
    running = own
    if (q.length < CHARS_MIN) return []
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    if (own.signal.aborted) return undefined
    try {
      const response = await fetch(`/v1/suggest?${new URLSearchParams({ q })}`, {
        signal: own.signal,
      })
      return response.ok ? read(await response.json()) : []
    } catch {
      return own.signal.aborted ? undefined : []
    }
  }
}

function read(answer: unknown): readonly Completion[] {
  const { results } = (answer ?? {}) as { results?: unknown }
  if (!Array.isArray(results)) return []
  return results.flatMap((one: Partial<Completion>) =>
    typeof one.completion === 'string'
      ? [{ completion: one.completion, caption: String(one.caption ?? '') }]
      : [],
  )
}
