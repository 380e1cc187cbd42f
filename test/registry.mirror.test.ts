import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import { hasKey, message } from '../src/i18n/catalogue.ts'
import { indexPath, openSqliteIndexReader } from '../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../src/index/view.ts'
import { datasetsOf, loadCatalogue } from '../src/ingest/catalogue.ts'
import { ledgerPaths } from '../src/ledger/store/sqlite.ts'
import { SqliteLedgerReader } from '../src/ledger/store/sqlite-reader.ts'
import { createRegistryQueries } from '../src/query/registry.ts'
import type { RegistryQueries } from '../src/query/registry-types.ts'
import { WorkerClient } from '../src/worker-client.ts'

const mirror = process.env.CUSTOS_MIRROR
const REGISTER = 'eu_esma_casp'

/** Every dated file of the register that the recorded folder has, read in order as a sync does. */
describe.runIf(mirror)('the recorded register, replayed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-registry-'))
  let registry: RegistryQueries
  let ms = 0
  let close: () => Promise<void>

  beforeAll(async () => {
    const startedMs = performance.now()
    const settings = { folder, origin: 'test', offline: true, version: '0', log: 'silent' as const }
    const writer = new WorkerClient(settings, () => {})
    await writer.repair()
    const names = [REGISTER, 'eu_esma_ncasp', 'custos_regulators']
    await writer.sync({ names, force: false, mirror }, () => {}, new AbortController().signal)
    await writer.close()
    ms = performance.now() - startedMs
    const ledger = new SqliteLedgerReader(ledgerPaths(folder))
    const index = openSqliteIndexReader(indexPath(folder))
    const datasets = datasetsOf(loadCatalogue())
    registry = createRegistryQueries({
      ...{ ledger, index, datasets, clock: systemClock },
      view: new ViewHolder(await buildView({ ledger, index, datasets })),
      message: (lang, key, params) => (hasKey(key) ? message(lang, key, params) : key),
    })
    close = async () => {
      await index.close()
      await ledger.close()
    }
  }, 120_000)
  afterAll(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })

  const eventsOf = async () => (await registry.changes({ dataset: REGISTER, limit: 500 })).events

  it('takes less than a minute', () => {
    expect(ms).toBeLessThan(60_000)
  })

  it('tells the country that one firm lost and the end dates of two others', async () => {
    const events = await eventsOf()
    const of = (name: RegExp) =>
      events
        .filter(({ firm }) => name.test(firm.caption))
        .map(({ kind, removed, effective }) => [kind, removed.countries.join(), effective])
    expect(of(/^Revolut Digital Assets/)).toEqual([['licence_reduced', 'HU', null]])
    expect(of(/^Decubate/)).toMatchObject([['licence_withdrawn', '', expect.any(String)]])
    expect(of(/^Stratos/)).toMatchObject([['licence_withdrawn', '', expect.any(String)]])
  })

  it('tells no licence as granted that an earlier version held, under whatever key', async () => {
    const events = await eventsOf()
    const lost = events.filter(({ kind }) => kind.endsWith('_missing'))
    expect(lost).toEqual([])
    for (const event of events) {
      if (event.kind !== 'licence_granted') continue
      const { firm, previousVersion } = event
      const then = await registry.firm(firm.id, { asOf: previousVersion ?? '' })
      const known = then?.timeline.some(
        ({ basis, kind }) => basis === 'versions' && /missing/.test(kind),
      )
      expect([firm.caption, known ?? false]).toEqual([firm.caption, false])
    }
  })

  it('tells nothing won or lost that is no state of the area where the rules hold', async () => {
    const { events } = await registry.changes({ dataset: REGISTER, limit: 500 })
    const places = events.flatMap(({ added, removed }) => [
      ...added.countries,
      ...removed.countries,
    ])
    expect(places).not.toContain('SL')
    expect(places).not.toContain('CH')
    expect(places).not.toContain('EL')
  })

  it('knows the authority of nearly every licence', async () => {
    const { regulators } = await registry.regulators()
    const { total } = await registry.licences({ dataset: REGISTER, status: 'authorised' })
    const named = regulators.reduce((sum, { counts }) => sum + counts.licences, 0)
    expect(named / total).toBeGreaterThan(0.9)
    expect(regulators.length).toBeGreaterThanOrEqual(50)
  })

  it('answers for a firm of the register with its row', async () => {
    const answer = await registry.serve({ firm: 'Coinbase', country: 'DE', service: 'a' })
    expect(answer).toMatchObject({ answer: 'yes', decidedBy: [{ dataset: REGISTER }] })
  })
})
