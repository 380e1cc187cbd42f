import { describe, expect, it } from 'vitest'
import { foldName } from './name.ts'

describe('a word of two scripts is read in the one that most of it can only be of', () => {
  it.each([
    ['Вinаnсе', 'binance'],
    ['Ивaнoв Пeтp', 'ivanov petr'],
    ['MTС Банк', 'mts bank'],
    ['Binance СОРЕ Ltd', 'binance cope ltd'],
    ['Владимир B. Путин', 'vladimir v putin'],
  ])('%s', (text, folded) => {
    expect(foldName(text)).toBe(folded)
  })

  it.each([
    ['ООО Apex', 'ooo apex'],
    ['Bank корова', 'bank korova'],
    ['СРО Apex', 'sro apex'],
    ['Bank ВТБ', 'bank vtb'],
  ])('and words of their own script stay in it: %s', (text, folded) => {
    expect(foldName(text)).toBe(folded)
  })
})
