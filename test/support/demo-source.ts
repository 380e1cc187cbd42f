import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fixedClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import type { Catalogue } from '../../src/ingest/catalogue.ts'
import { type SyncPorts, sync } from '../../src/ingest/sync.ts'
import type { SyncOptions } from '../../src/ingest/types.ts'
import { openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { datasetSchema } from '../../src/model/dataset.ts'
import type { Crawl } from '../../src/source/crawl.ts'
import { lines } from '../../src/source/parse/lines.ts'
import { at } from '../../src/source/parse/locator.ts'

/** Lines of `host` or `host<TAB>from<TAB>to`. */
const crawl: Crawl = async function* (ctx) {
  for (const file of ctx.files) {
    for await (const { line, text } of lines(file)) {
      const [host = '', from, to] = text.split('\t')
      if (host === '') continue
      ctx.countRow()
      yield {
        entity: `demo:${host}`,
        prop: 'listed',
        value: `{"host":"${host}"}`,
        row: at.line(file.role, line),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      }
    }
  }
}

export const demoDataset = datasetSchema.parse({
  name: 'demo',
  title: 'Demo list',
  summary: 'A list for tests.',
  authority: { name: 'Demo', country: null, url: 'https://demo.example/', role: 'publisher' },
  kind: 'phishing',
  licence: { id: 'CC0-1.0', name: 'CC0', url: null, redistribute: true },
  cadence: 'P1D',
  requires: ['list'],
  page: 'https://demo.example/',
  mirror: [
    { role: 'list', path: 'demo/list-*.txt', date: '(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})' },
    { role: 'extra', path: 'demo/extra-*.txt', date: '(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})' },
    { role: 'list', path: 'demo/undated.txt', publishedAt: '2026-05-01' },
  ],
  assertions: [
    { metric: 'entities', min: 2, max: 400, reason: 'a list for tests has two or more' },
  ],
})

export const demoCatalogue: Catalogue = new Map([
  ['demo', { dataset: demoDataset, folder: '.', crawl: async () => crawl }],
])

export function demoWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'custos-demo-'))
  const mirror = join(folder, 'mirror')
  mkdirSync(mirror)
  const ledger = openSqliteLedger(join(folder, 'data'))
  const clock = fixedClock('2026-06-01T00:00:00Z')
  const ports: SyncPorts = {
    ledger,
    catalogue: demoCatalogue,
    clock,
    log: silentLog,
    fetcher: undefined,
    folder: join(folder, 'data'),
  }
  return {
    folder,
    mirror,
    ledger,
    clock,
    ports,
    write(name: string, content: string | Uint8Array) {
      const path = join(mirror, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    },
    async sync(options: SyncOptions = {}) {
      clock.set(clock.nowMs() + 60_000)
      const rows = await sync(ports, ['demo'], { mirror, ...options })
      const row = rows[0]
      if (row === undefined) throw new Error('one dataset, one row')
      return row
    },
    async liveHosts() {
      const live = await ledger.live('demo')
      const statements = await ledger.statements(live.map((s) => s.sid))
      return statements.map((s) => JSON.parse(s.value).host as string).sort()
    },
    /** `[op, host, day]` of every event. */
    async history() {
      const events = await ledger.events(0, 10_000)
      const statements = await ledger.statements(events.map((e) => e.sid))
      return events.map((e, i) => [
        e.op,
        JSON.parse(statements[i]?.value ?? '{}').host,
        e.effective,
      ])
    },
  }
}
