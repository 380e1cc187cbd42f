import { firmsOf, type Name, type Np, type Parse } from './args.ts'

export function authorityIn(p: Parse, nps: readonly Np[]): Name | undefined {
  return firmsOf(p, nps).find(({ isRegulator }) => isRegulator)
}

/** The one authority that the sentence names behind a verb: `charges brought by the ⟨A1⟩`. */
export function anyAuthority(p: Parse, i: number): Name | undefined {
  const at = p.chunks[i]?.at ?? 0
  const names = new Set(p.m.between(at, p.m.text.length, 'A').map(({ name }) => name))
  const [only] = names
  return names.size === 1 ? only : undefined
}
