import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { BLOCK, CHAIN, STRANGER, TOKEN, TX, WALLET } from '../support/fake-chain.ts'
import { fakeQueries } from '../support/fake-queries.ts'
import { fakeRates } from '../support/fake-rates.ts'
import { ASK, FIRM_ID } from '../support/fake-verdicts.ts'
import { CHROMIUM, serveFake } from './browser.ts'

/**
 * Pictures of the pages, to be looked at: `node test/e2e/shots.ts [folder] [base URL]`. Without a
 * base URL the pages are served over the fake. `ONLY=home,entity` takes some of them.
 */
const [folder = join(tmpdir(), 'custos-shots'), base] = process.argv.slice(2)
const only = process.env.ONLY?.split(',')

const check = (q: string) => `/check?q=${encodeURIComponent(q)}`
const PAGES: readonly (readonly [string, string, boolean?])[] = [
  ['home', '/'],
  ['home-fresh', '/', true],
  ['danger', check(ASK.danger)],
  ['warning', check(ASK.warning)],
  ['unknown', check(ASK.unknown)],
  ['fresh', check(ASK.fresh), true],
  ['clean', check(ASK.clean)],
  ['firm', check(ASK.firm)],
  ['disputed', check(ASK.disputed)],
  ['many', check(ASK.many)],
  ['delisted', `${check(ASK.delisted)}&asOf=2026-01-01`],
  ['entity', `/entity/${encodeURIComponent(FIRM_ID)}`],
  ['row', `/entity/${encodeURIComponent(FIRM_ID)}/row/abc`],
  ['search', '/search?q=meridian'],
  ['sources', '/sources'],
  ['changes', '/changes'],
  ['method', '/method'],
  ['download', '/download'],
  ['api', '/api'],
  ['design', '/design'],
  ['token', '/tools/token'],
  ['token-choice', '/tools/token?from=DUP&to=EUR&amount=2'],
  ['token-fresh', '/tools/token', true],
  ['rates', '/tools/rates?amount=100&from=EUR&to=USD&range=all&fav=EUR-USD,USD-CNY'],
  ['rates-fault', '/tools/rates?amount=1,234&date=2026-11-20'],
  ['fx', '/tools/fx-purchase'],
  ['fx-row', '/tools/fx-purchase?amount=1000&currency=USD&with=CNY&unit=100&spotSell=721.30'],
  ['alerts', '/alerts'],
  ['chain', `/chain/${encodeURIComponent(CHAIN)}`],
  ['block', `/block/${encodeURIComponent(CHAIN)}/${BLOCK}`],
  ['tx', `/tx/${encodeURIComponent(CHAIN)}/${TX}`],
  ['address', `/address/${encodeURIComponent(WALLET)}?currency=EUR`],
  ['address-not-held', `/address/${encodeURIComponent(STRANGER)}`],
  ['token-contract', `/token/${encodeURIComponent(TOKEN)}`],
  ['missing', '/nowhere'],
  ['fault', check(ASK.fault)],
]
const LOOKS = (process.env.LOOKS ?? 'en-390-light,en-1280-light,en-1280-dark,ar-390-light').split(
  ',',
)

mkdirSync(folder, { recursive: true })
const full = await serveFake()
const fresh = await serveFake({
  queries: fakeQueries({ fresh: true }),
  rates: fakeRates({ fresh: true }),
})
const browser = await chromium.launch({
  ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
  args: ['--no-sandbox'],
})
for (const look of LOOKS) {
  const at = look.split('-')
  const scheme = at.pop() === 'dark' ? 'dark' : 'light'
  const width = Number(at.pop())
  const locale = at.join('-')
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme: scheme,
  })
  const page = await context.newPage()
  for (const [name, path, isFresh] of PAGES) {
    if (only !== undefined && !only.includes(name)) continue
    await page.goto(`${base ?? (isFresh === true ? fresh : full).url}/${locale}${path}`)
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true })
  }
  await context.close()
}
await browser.close()
await full.close()
await fresh.close()
