import { BLOCK, CHAIN, STRANGER, TOKEN, TX, WALLET } from './fake-chain.ts'
import { ASK, FIRM_ID } from './fake-verdicts.ts'
import { ARTICLE } from './sample-news.ts'
import { NORD, SOUTH } from './sample-registry.ts'

const check = (q: string) => `/check?q=${encodeURIComponent(q)}`
const firm = `/entity/${encodeURIComponent(FIRM_ID)}`

/** Every kind of page over the fake, by its path after the language. */
export const FAKE_PAGES: readonly string[] = [
  '/',
  check(ASK.danger),
  check(ASK.warning),
  check(ASK.unknown),
  `${check(ASK.delisted)}&asOf=2024-01-01`,
  check(ASK.firm),
  check(ASK.disputed),
  check(ASK.many),
  check(ASK.clean),
  check(ASK.fault),
  firm,
  `${firm}/row/abc`,
  '/search',
  '/search?q=meridian',
  '/search?q=nobody',
  '/sources',
  '/changes',
  '/batch',
  '/method',
  '/download',
  '/offline',
  '/api',
  '/design',
  '/tools/token',
  '/tools/token?from=DUP&amount=1',
  '/tools/rates?amount=100&range=all&fav=EUR-USD',
  '/tools/rates?amount=1,234&date=2026-11-20',
  '/tools/fx-purchase?amount=1000&currency=USD&with=CNY&unit=100&spotSell=721.30',
  '/alerts',
  `/chain/${encodeURIComponent(CHAIN)}`,
  `/block/${encodeURIComponent(CHAIN)}/${BLOCK}`,
  `/tx/${encodeURIComponent(CHAIN)}/${TX}`,
  `/address/${encodeURIComponent(WALLET)}?currency=EUR`,
  `/address/${encodeURIComponent(STRANGER)}`,
  `/token/${encodeURIComponent(TOKEN)}`,
  '/news',
  `/news/${ARTICLE.id}`,
  '/nowhere',
]

/** Pages about firms and who supervises them, from a small registry of their own. */
export const FIRM_PAGES: readonly string[] = [
  '/regulators',
  '/regulators/mt-exa',
  '/rankings',
  '/rankings?by=newly_licensed',
  '/rankings?by=newly_warned',
  '/compare',
  `/compare?a=${encodeURIComponent(NORD)}&b=${encodeURIComponent(SOUTH)}`,
  `/entity/${encodeURIComponent(NORD)}?country=DE&service=a`,
  '/check?q=Nordwind+Digital&country=FR',
  '/check?q=Badwind+Brokers&country=FR',
]
