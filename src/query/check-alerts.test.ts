import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import { datasetOf, openQueries, type World } from '../../test/support/world.ts'
import { ALERTS_DATASET } from '../model/alert.ts'

const VICTIM = `0x${'11'.repeat(20)}`
const LURE = `0x${'22'.repeat(20)}`
const LISTED = `0x${'33'.repeat(20)}`
const PAYER = `0x${'44'.repeat(20)}`
const SERVICE = `0x${'55'.repeat(20)}`
const POOL = `0x${'66'.repeat(20)}`
const TX = `0x${'77'.repeat(32)}`

let number = 0
function alert(rule: string, subjects: readonly string[], params: Record<string, string>): Said {
  number += 1
  const value = {
    ...{ id: String(number), rule, ruleVersion: '1', severity: 'danger', chain: 'eip155:1' },
    ...{ subjects: subjects.map((address) => `eip155:1:${address}`), params, tx: TX },
    ...{ at: Date.parse('2026-11-19T08:00:00Z') / 1_000 + number, block: number },
  }
  return { entity: String(number), prop: 'alert', value }
}

const SAID: readonly Said[] = [
  alert('poisoning.look_alike', [LURE, VICTIM], { lure: LURE, victim: VICTIM, known: SERVICE }),
  alert('counterparty.sanctioned', [LISTED, PAYER], { address: LISTED, side: 'to' }),
  alert('counterparty.sanctioned', [LISTED, PAYER], { address: LISTED, side: 'to' }),
  alert('liquidity.pulled', [POOL], { pool: POOL, percent: '97' }),
  ...Array.from({ length: 600 }, () =>
    alert('counterparty.scam', [LISTED, SERVICE], { address: LISTED, side: 'to' }),
  ),
]

const DATASETS = [
  datasetOf(ALERTS_DATASET, 'joins', 'publisher'),
  datasetOf('scamsniffer', 'phishing', 'publisher'),
]

let ledger: MemoryLedger
let world: World
beforeAll(async () => {
  ledger = new MemoryLedger()
  const base = { publishedAt: '2026-11-20T00:00:00Z' }
  const scam: Said = { entity: SERVICE, prop: 'listed', value: { address: SERVICE } }
  ledger.version({ dataset: ALERTS_DATASET, at: '2026-11-21T10:00:00Z', ...base, said: SAID })
  ledger.version({ dataset: 'scamsniffer', at: '2026-11-21T11:00:00Z', ...base, said: [scam] })
  world = await openQueries(ledger, { datasets: DATASETS })
})
afterAll(() => world.close())

const rulesOf = async (q: string) =>
  (await world.queries.check({ q })).findings.map(({ rule, severity }) => `${rule} ${severity}`)

describe('alerts of this installation in a verdict', () => {
  it('the address that imitates another is warned about, with the alert as its statement', async () => {
    const { verdict, findings, summary } = await world.queries.check({ q: LURE })
    expect(verdict).toBe('warning')
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      ...{ kind: 'impersonation', rule: 'alert.poisoning.look_alike', severity: 'warning' },
      ...{ dataset: ALERTS_DATASET, listedAt: '2026-11-19' },
    })
    expect(findings[0]?.statements).toHaveLength(1)
    expect(summary).toContain(SERVICE)
  })

  it('its victim, and whoever paid a listed address, is told and not accused', async () => {
    expect(await rulesOf(VICTIM)).toEqual(['alert.poisoning.look_alike info'])
    const { verdict, findings } = await world.queries.check({ q: PAYER })
    expect(verdict).toBe('unknown')
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'alert.counterparty.sanctioned info',
    ])
    expect(findings[0]?.text).toContain(LISTED)
    expect(findings[0]).toMatchObject({ details: { alerts: '2', chain: 'eip155:1' } })
  })

  it('says nothing twice: of the listed party its list speaks', async () => {
    expect(await rulesOf(LISTED)).toEqual([])
  })

  it('a pool that was emptied is warned about; the transaction tells of its alerts', async () => {
    expect(await rulesOf(POOL)).toEqual(['alert.liquidity.pulled warning'])
    const told = await rulesOf(TX)
    expect(told).toContain('alert.poisoning.look_alike info')
    expect(told.every((text) => text.endsWith(' info'))).toBe(true)
  })

  it('hundreds of alerts crowd out no list', async () => {
    expect((await rulesOf(SERVICE))[0]).toBe('scam.listed danger')
  })

  it('an alert that was taken back is gone, and was there before', async () => {
    const said = SAID.filter((_, i) => i !== 0)
    const next = { at: '2026-11-22T08:00:00Z', publishedAt: '2026-11-22T00:00:00Z' }
    ledger.version({ dataset: ALERTS_DATASET, ...next, said })
    await world.refresh()
    expect(await rulesOf(LURE)).toEqual([])
    const before = await world.queries.check({ q: LURE, asOf: '2026-11-21' })
    expect(before.verdict).toBe('warning')
  })
})
