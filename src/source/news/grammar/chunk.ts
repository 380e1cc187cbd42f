import type { Chunk, Mini } from './chunk-type.ts'
import { readNoun } from './noun-phrase.ts'
import { readVerb } from './verb-group.ts'
import type { Word } from './word.ts'

/** Phrases of a sentence in order. What stands in short brackets is left out. */
export function chunksOf(all: readonly Word[]): Chunk[] {
  const words = withoutBrackets(all)
  const out: Chunk[] = []
  let i = 0
  while (i < words.length) {
    const vg = readVerb(words, i)
    if (vg !== undefined) {
      out.push(vg.chunk)
      i = vg.next
      continue
    }
    const np = readNoun(words, i)
    if (np !== undefined) {
      out.push(np.chunk)
      i = np.next
      continue
    }
    const word = words[i]
    if (word !== undefined) out.push(mini(word))
    i += 1
  }
  return out
}

function mini(word: Word): Mini {
  const { at, end, w, mention } = word
  const isDash = /^[–—-]$/.test(w)
  const k = word.tag
  switch (k) {
    case 'prep':
    case 'to':
      return { k: 'p', at, end, w }
    case 'cc':
    case 'comma':
    case 'sub':
    case 'rel':
    case 'adv':
    case 'neg':
      return { k, at, end, w }
    case 'stop':
      return { k: isDash ? 'comma' : 'stop', at, end, w }
    case 'open':
    case 'close':
      return { k: 'comma', at, end, w }
    case 'mark':
      return { k: mention?.letter === 'D' ? 'date' : 'adv', at, end, w, mention }
    default:
      return { k: 'adj', at, end, w }
  }
}

const BRACKET_WORDS_MAX = 10

function withoutBrackets(words: readonly Word[]): Word[] {
  const out: Word[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word === undefined) break
    if (word.tag === 'open') {
      const close = words.findIndex((one, k) => k > i && one.tag === 'close')
      if (close > 0 && close - i <= BRACKET_WORDS_MAX) {
        i = close
        continue
      }
    }
    out.push(word)
  }
  return out
}
