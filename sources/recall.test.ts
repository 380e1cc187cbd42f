import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetsOf, loadCatalogue } from '../src/ingest/catalogue.ts'
import { nameKey } from '../src/source/format/esma_key.ts'
import { csvTable } from '../src/source/parse/csv.ts'
import { mirrorFile, runCrawl } from '../test/support/crawl.ts'
import { crawl as casp } from './eu/esma_casp/parse.ts'

/** Known licence records, gathered by others: they measure our registers and are never shipped. */
const MIRROR = process.env.CUSTOS_MIRROR ?? ''
const KNOWN = 'regulators/whichcrypto-exchanges.jsonl'
const HISTORY = 'regulators/esma-mica/history'
const DAY_MS = 86_400_000

/** Authorities send their rows to the register weeks after the decision, so the newest may lack. */
const LAG_DAYS = 30

function recorded(folder: string, name: RegExp): string | undefined {
  const path = join(MIRROR, folder)
  if (MIRROR === '' || !existsSync(path)) return undefined
  const files = readdirSync(path).filter((own) => name.test(own))
  const day = (own: string) => /(20\d\d)-?(\d\d)-?(\d\d)/.exec(own)?.slice(1).join('-') ?? ''
  const newest = files.sort((a, b) => (day(a) < day(b) ? -1 : 1)).at(-1)
  return newest === undefined ? undefined : `${folder}/${newest}`
}

const REGISTER = recorded(HISTORY, /^CASPS?[-\d]+\.csv$/)
const OTHERS = recorded('regulators', /^non-eea-licences-[-\d]+\.csv$/)

interface KnownRecord {
  readonly lei: string
  readonly name: string
  readonly home: string
  readonly authorised: string
  readonly services: readonly string[]
  readonly passport: readonly string[]
}

interface KnownFirm {
  readonly entities: readonly {
    readonly lei: string | null
    readonly legal_name: string
    readonly home_state: string
    readonly records: readonly {
      readonly authorised: string | null
      readonly services: readonly string[]
      readonly passported_to: readonly string[]
    }[]
  }[]
}

function knownRecords(until: string): readonly KnownRecord[] {
  return readFileSync(join(MIRROR, KNOWN), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KnownFirm)
    .flatMap(({ entities }) =>
      entities.flatMap(({ lei, legal_name: name, home_state: home, records }) =>
        records.map(({ authorised, services, passported_to: passport }) => ({
          ...{ lei: lei ?? '', name, home, services, passport },
          authorised: authorised ?? '9999-12-31',
        })),
      ),
    )
    .filter(({ authorised }) => authorised <= until)
}

interface Row {
  readonly lei: string | null
  readonly holder: string
  readonly country: string | null
  readonly services: readonly string[]
  readonly countries: readonly string[]
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
}

describe.runIf(REGISTER !== undefined && existsSync(join(MIRROR, KNOWN)))(
  'the register of the Union, against licence records that others gathered',
  () => {
    async function measured() {
      const path = REGISTER ?? ''
      const day = /(20\d\d)-?(\d\d)-?(\d\d)/.exec(path)?.slice(1).join('-') ?? ''
      const until = new Date(Date.parse(day) - LAG_DAYS * DAY_MS).toISOString().slice(0, 10)
      const { items } = await runCrawl(casp, [mirrorFile('register', path)], {
        dataset: 'eu_esma_casp',
        publishedAt: `${day}T00:00:00Z`,
      })
      const rows = items
        .filter(({ prop }) => prop === 'licence')
        .map(({ value }) => JSON.parse(value) as Row)
      const known = knownRecords(until).map((record) => ({
        record,
        rows: rows.filter(
          ({ lei, holder }) => lei === record.lei || nameKey(holder) === nameKey(record.name),
        ),
      }))
      return { known, found: known.filter((one) => one.rows.length > 0) }
    }

    it('finds all but a few: a record that the register got late is no loss of ours', async (t) => {
      const { known, found } = await measured()
      await t.annotate(`recall ${share(found.length, known.length)}`)
      expect(known.length).toBeGreaterThan(50)
      // Of the rest, each is missing in the file itself: authorities deliver months late at times.
      expect(found.length / known.length).toBeGreaterThan(0.97)
    })

    it('reads of each the home state, the services and the countries that others read', async (t) => {
      const { found } = await measured()
      const agree = (test: (row: Row, record: KnownRecord) => boolean) =>
        found.filter(({ record, rows }) => rows.some((row) => test(row, record))).length
      const home = agree((row, { home }) => row.country === home)
      const services = agree((row, record) =>
        record.services.every((s) => row.services.includes(s)),
      )
      const countries = agree((row, record) =>
        record.passport.every((code) => row.countries.includes(code)),
      )
      await t.annotate(
        `home ${share(home, found.length)}; services ${share(services, found.length)}; ` +
          `countries ${share(countries, found.length)}`,
      )
      expect(home / found.length).toBeGreaterThan(0.98)
      // The records are two months younger than the file: firms were given more since.
      expect(services / found.length).toBeGreaterThan(0.9)
      expect(countries / found.length).toBeGreaterThan(0.85)
    })
  },
)

/** Names of regimes as the record's gatherer writes them, and our connector of their register. */
const REGIMES: readonly (readonly [RegExp, string])[] = [
  [/\bVARA\b/, 'ae_vara_register'],
  [/\bADGM\b/, 'ae_adgm_fsra'],
  [/\bAUSTRAC\b/, 'au_austrac_vasp'],
  [/^Canada MSB/, 'ca_fintrac_msb'],
  [/^Gibraltar DLT/, 'gi_gfsc_dlt'],
  [/\bSFC VATP\b/, 'hk_sfc_vatp'],
  [/^Japan FSA/, 'jp_fsa_crypto'],
  [/^Korea FIU/, 'kr_kofiu_vasp'],
  [/^Malaysia SC/, 'my_sc_dax'],
  [/^NY DFS/, 'us_nydfs_vc'],
  [/^BVI VASP/, 'vg_fsc_vasp'],
]

describe.runIf(OTHERS !== undefined)('registers beyond the Union', () => {
  it('have a connector for seven of ten known licence records, and say which have none', async (t) => {
    const datasets = datasetsOf(loadCatalogue())
    const without = new Map<string, number>()
    let all = 0
    const rows = csvTable(mirrorFile('licences', OTHERS ?? ''), {
      required: ['country', 'regime'],
      known: [],
      onUnknown: () => {},
    })
    for await (const { get } of rows) {
      all += 1
      const regime = get('regime')
      const dataset = REGIMES.find(([pattern]) => pattern.test(regime))?.[1]
      if (dataset === undefined) without.set(regime, (without.get(regime) ?? 0) + 1)
      else expect(datasets.get(dataset)?.authority.country, regime).toBe(get('country'))
    }
    const missing = [...without.values()].reduce((sum, count) => sum + count, 0)
    const names = [...without].map(([regime, count]) => `${regime} ${count}`).join(', ')
    await t.annotate(`with a connector ${share(all - missing, all)}; without: ${names}`)
    // FinCEN's, MAS's and the FCA's registers have no file that may be fetched without a key or form.
    expect((all - missing) / all).toBeGreaterThan(0.7)
  })
})
