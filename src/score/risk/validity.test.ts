import { describe, expect, it } from 'vitest'
import { both, standingOf } from './validity.ts'

const open = [{ from: '2025-03-01', to: null }]
const closed = [{ from: '2025-03-01', to: '2025-06-01' }]

describe('how an entry stands on a day', () => {
  it('is active from its first version and ended from the version that lacks it', () => {
    expect(standingOf(closed, '2025-02-28')).toEqual({ state: 'future', from: '2025-03-01' })
    expect(standingOf(closed, '2025-03-01')).toMatchObject({ state: 'active' })
    expect(standingOf(closed, '2025-05-31')).toMatchObject({ state: 'active', to: '2025-06-01' })
    expect(standingOf(closed, '2025-06-01')).toMatchObject({ state: 'ended', to: '2025-06-01' })
    expect(standingOf([], '2025-06-01')).toEqual({ state: 'none' })
  })

  it('begins on the date that the source gives, even before any version', () => {
    expect(standingOf(open, '2020-01-01', { from: '2019-05-05' })).toEqual({
      ...{ state: 'active', from: '2019-05-05', to: null },
    })
    expect(standingOf(open, '2019-01-01', { from: '2019-05-05' })).toMatchObject({
      state: 'future',
    })
  })

  it('is not postponed by a source date after the version', () => {
    expect(standingOf(open, '2025-04-01', { from: '2027-01-01' })).toMatchObject({
      state: 'active',
    })
  })

  it('ends after the last day that the source gives', () => {
    expect(standingOf(open, '2025-08-31', { to: '2025-08-31' })).toMatchObject({ state: 'active' })
    expect(standingOf(open, '2025-09-01', { to: '2025-08-31' })).toMatchObject({
      ...{ state: 'ended', to: '2025-09-01' },
    })
  })

  it('gives the source date to the listing that it can belong to, not to an earlier one', () => {
    const twice = [
      { from: '2020-01-01', to: '2021-01-01' },
      { from: '2025-01-01', to: null },
    ]
    expect(standingOf(twice, '2023-01-01', { from: '2022-06-01' })).toMatchObject({
      state: 'active',
    })
    expect(standingOf(twice, '2022-01-01', { from: '2022-06-01' })).toMatchObject({
      state: 'ended',
    })
  })
})

describe('two entries that must both hold', () => {
  it('hold from the later start to the earlier end', () => {
    const a = standingOf(open, '2025-05-01')
    const b = standingOf([{ from: '2025-04-01', to: '2025-07-01' }], '2025-05-01')
    expect(both(a, b)).toEqual({ state: 'active', from: '2025-04-01', to: '2025-07-01' })
  })

  it('have ended when one has, and are not yet when one is not', () => {
    const ended = standingOf(closed, '2025-07-01')
    const active = standingOf(open, '2025-07-01')
    const future = standingOf([{ from: '2026-01-01', to: null }], '2025-07-01')
    expect(both(active, ended)).toMatchObject({ state: 'ended', to: '2025-06-01' })
    expect(both(active, future)).toMatchObject({ state: 'future', from: '2026-01-01' })
    expect(both(active, { state: 'none' })).toEqual({ state: 'none' })
  })
})
