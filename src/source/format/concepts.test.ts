import { describe, expect, it } from 'vitest'
import { conceptOf, isHarm } from './concepts.ts'

describe('the concepts of tags', () => {
  it('reads a word in the spellings that packs and people use', () => {
    expect(conceptOf('exchange')).toBe('exchange')
    expect(conceptOf('Mixing Service')).toBe('mixing_service')
    expect(conceptOf('mixer')).toBe('mixing_service')
    expect(conceptOf('alt-right')).toBe('extremism')
    expect(conceptOf('astrology')).toBeUndefined()
  })

  it('tells harm from mere description', () => {
    expect(['ransomware', 'service_hack', 'sanction', 'sextortion'].every(isHarm)).toBe(true)
    expect(['exchange', 'mixing_service', 'black_list', 'user'].some(isHarm)).toBe(false)
  })
})
