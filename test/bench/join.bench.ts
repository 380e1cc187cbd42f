import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/base/clock.ts'
import { sha256Hex } from '../../src/base/encode.ts'
import { silentLog } from '../../src/base/log.ts'
import { loadCatalogue } from '../../src/ingest/catalogue.ts'
import { commitVersion } from '../../src/ingest/commit.ts'
import { FirmJoiner } from '../../src/ingest/join.ts'
import { sync } from '../../src/ingest/sync.ts'
import { openSqliteLedger, type SqliteLedger } from '../../src/ledger/store/sqlite.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import type { SourceItem } from '../../src/model/statement.ts'
import { itemsOf, type MadeFirm, madeFirms } from '../support/made-firms.ts'
import { datasetOf } from '../support/world.ts'

/**
 * Joining 20,000 made firm records beside the recorded ones (CUSTOS_MIRROR), and a run after a
 * change of a hundred. Budget: the whole below 30 s, the change in a second or two. Run with:
 * node test/bench/join.bench.ts
 */
const MIRROR = process.env.CUSTOS_MIRROR ?? ''
const FIRMS = 12_000
const RECORDED = ['eu_esma_casp', 'eu_esma_ncasp', 'eu_esma_emt', 'eu_esma_other']
const OTHERS = ['graphsense_actors', 'un_sc_sanctions', 'ae_vara_fines', 'lt_lb_illegal']

const datasets = {
  one: datasetOf('made_one', 'register'),
  two: datasetOf('made_two', 'register'),
  pack: datasetOf('made_pack', 'actors', 'publisher'),
  warned: datasetOf('made_warned', 'warnings'),
}

/** Of twenty thousand records eight thousand are of firms that another record is of, too. */
function records(firms: readonly MadeFirm[]): ReadonlyMap<Dataset, readonly SourceItem[]> {
  const of = (dataset: Dataset, from: number, to: number, as: Parameters<typeof itemsOf>[2]) =>
    [dataset, firms.slice(from, to).flatMap((firm) => itemsOf(dataset.name, firm, as))] as const
  return new Map([
    of(datasets.one, 0, 10_000, 'registered'),
    of(datasets.two, 6_000, 12_000, 'registered'),
    of(datasets.pack, 0, 3_000, 'actor'),
    of(datasets.warned, 11_000, 12_000, 'warned'),
  ])
}

let versions = 0

async function commit(ledger: SqliteLedger, dataset: Dataset, items: readonly SourceItem[]) {
  versions += 1
  const nowMs = systemClock.nowMs() + versions * 30_000
  const at = new Date(nowMs).toISOString().replace(/\.\d+/u, '')
  const file = { role: 'main', name: 'made.csv', url: null, lastModified: null, etag: null }
  const sha256 = sha256Hex(`${dataset.name} ${versions}`)
  await commitVersion(ledger, {
    dataset,
    crawl: async function* (ctx) {
      ctx.countRow()
      yield* items
    },
    version: { files: [], publishedAt: at, complete: true },
    files: [{ ...file, sha256, bytes: 1 }],
    inputs: [],
    fetchedAt: at,
    at,
    log: silentLog,
  })
}

function line(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-join-'))
  const ledger = openSqliteLedger(folder)
  try {
    const catalogue = loadCatalogue()
    if (MIRROR !== '') {
      const options = { mirror: MIRROR, offline: true }
      const ports = { ledger, catalogue, clock: systemClock, log: silentLog, folder }
      await sync({ ...ports, fetcher: undefined }, [...RECORDED, ...OTHERS], options)
    }
    const firms = madeFirms(FIRMS, 7)
    for (const [dataset, items] of records(firms)) await commit(ledger, dataset, items)
    const known = new Map([...catalogue].map(([name, source]) => [name, source.dataset]))
    for (const dataset of Object.values(datasets)) known.set(dataset.name, dataset)
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + versions * 30_000 }
    const ports = { ledger, datasets: known, clock, log: silentLog, folder }
    const joiner = new FirmJoiner(ports)
    const timed = async (name: string, of: FirmJoiner) => {
      const startedMs = performance.now()
      const { state, added, retracted, unchanged } = await of.run()
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(2)
      line(`${name}: ${seconds} s · ${state} +${added} -${retracted} =${unchanged}`)
    }
    await timed('20,000 made records and the recorded ones', joiner)
    await timed('the same again', joiner)
    const changed = firms.map((firm, i) =>
      i % 100 === 0 ? { ...firm, site: `new${i}.com` } : firm,
    )
    const [[, items] = [datasets.one, []]] = records(changed)
    await commit(ledger, datasets.one, items)
    await timed('after a change of one register', joiner)
    await timed('in a new process', new FirmJoiner(ports))
  } finally {
    await ledger.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
