/** A source of numbers in [0, 1). */
export type Rng = () => number

/** Seeded generator (mulberry32): the same seed gives the same sequence on every machine. */
export function seededRng(seed: number): Rng {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An integer in [0, below). */
export function intBelow(rng: Rng, below: number): number {
  return Math.floor(rng() * below)
}
