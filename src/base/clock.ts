/** Time is passed in, so that a test and a replay can choose it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

/** A clock that stands still until it is told otherwise. */
export function fixedClock(at: string | number): Clock & { set(at: string | number): void } {
  let ms = typeof at === 'number' ? at : Date.parse(at)
  return {
    nowMs: () => ms,
    set(next) {
      ms = typeof next === 'number' ? next : Date.parse(next)
    },
  }
}
