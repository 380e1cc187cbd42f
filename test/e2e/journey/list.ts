import { WALLET } from '../../support/fake-chain.ts'
import { ASK } from '../../support/fake-verdicts.ts'
import { ARTICLE } from '../../support/sample-news.ts'
import { NORD, SOUTH } from '../../support/sample-registry.ts'
import type { Traveller } from './traveller.ts'

type Journey = (traveller: Traveller) => Promise<void>

/** What people come for, each from its first page to its end. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  'check before paying': async (t) => {
    await t.open('answers', '/')
    await t.shot('home')
    await t.fill('#q', ASK.danger)
    await t.press('form.box.large button[type=submit]')
    await t.sees('h1 .word', t.t('verdict.danger'))
    if (t.look.locale !== 'en') await t.sees('.english', 'Danger')
    await t.shot('verdict')
    await t.press('.card .ways a[href*="/row/"]')
    await t.sees('pre.row', 'Custody')
    await t.shot('evidence')
    await t.page.goBack()
    await t.sees('#now')
    await t.sees('.todo p')
    await t.press('.share .link a')
    await t.sees('h1 .word', t.t('verdict.danger'))
    t.claim(t.page.url().includes('knownAt='), 'the shared link holds its time')
    await t.shot('shared')
    const meta = await t.page.locator('meta[property="og:image"]').getAttribute('content')
    const picture = await t.page.request.get(new URL(meta ?? '', t.page.url()).href)
    t.claim(picture.headers()['content-type'] === 'image/png', 'the picture is a PNG')
  },

  'an unknown is never clean': async (t) => {
    await t.open('answers', `/check?q=${ASK.unknown}`)
    await t.sees('h1 .word', t.t('verdict.unknown'))
    t.claim((await t.count('.answer .v-no_adverse_evidence')) === 0, 'no mark of the clean')
    await t.sees('.answer .gap')
    await t.shot('unknown')
  },

  'look up a firm': async (t) => {
    await t.open('firms', '/search')
    await t.fill('main #q', 'Nordwind')
    await t.press('main form button[type=submit]')
    await t.sees('main', 'Nordwind')
    await t.shot('found')
    await t.press('main .results a, main .hits a')
    await t.sees('h1', 'Nordwind')
    await t.choose('#serve-country', 'DE')
    await t.press('form.picker[action*="serve"] button')
    await t.sees('.served', t.t('serve.answer.yes'))
    await t.shot('served')
  },

  'compare two firms': async (t) => {
    await t.open('firms', '/compare')
    await t.fill('#firm-a', NORD)
    await t.fill('#firm-b', SOUTH)
    await t.press('form.picker button[type=submit]')
    await t.sees('table.compare')
    t.claim((await t.count('table.compare a[href*="/entity/"]')) >= 2, 'two firms stand there')
    await t.shot('compared')
  },

  'browse regulators and rankings': async (t) => {
    await t.open('firms', '/regulators')
    await t.shot('regulators')
    await t.press('main a[href*="/regulators/"]')
    await t.sees('main h1')
    await t.shot('regulator')
    await t.open('firms', '/rankings')
    await t.sees('table.ranks tbody tr')
    await t.press('.tabs a[href*="newly_licensed"]')
    await t.sees('.tabs [aria-current=page]', t.t('rankings.by.newly_licensed'))
    await t.shot('rankings')
    await t.press('table.ranks tbody th a')
    await t.sees('h1')
  },

  'follow the alerts': async (t) => {
    await t.open('answers', '/alerts')
    const all = await t.count('.alerts > li')
    t.claim(all > 1, 'alerts are there')
    await t.shot('alerts')
    await t.choose('#state', 'confirmed')
    await t.press('form.picker button[type=submit]')
    t.claim(t.page.url().includes('state=confirmed'), 'the filter is in the address')
    await t.open('answers', `/address/${encodeURIComponent(WALLET)}`)
    await t.sees('main h1')
    await t.shot('address')
  },

  'read the news': async (t) => {
    await t.open('answers', '/news')
    await t.shot('news')
    await t.press(`main a[href*="/news/${encodeURIComponent(ARTICLE.id)}"]`)
    await t.sees('main h1', ARTICLE.title)
    t.claim((await t.count('main table tbody tr')) > 0, 'facts stand in a table')
    await t.shot('article')
  },

  calculate: async (t) => {
    await t.open('answers', '/tools/rates')
    await t.fill('main input[name=amount]', '250')
    await t.press('main form button[type=submit]')
    t.claim(t.page.url().includes('amount=250'), 'the calculation is a link')
    await t.sees('main .tool-grid', '250')
    await t.shot('rates')
    await t.open('answers', '/tools/token?from=DUP&amount=1', 400)
    await t.press('main a[href*="from="]')
    await t.sees('main h1')
    await t.open(
      'answers',
      '/tools/fx-purchase?amount=1000&currency=USD&with=CNY&unit=100&spotSell=721.30',
    )
    await t.sees('main', '7')
    await t.shot('purchase')
  },

  'check a thousand at once': async (t) => {
    await t.open('firms', '/batch')
    const asked = Array.from({ length: 998 }, (_, at) => `shop-${at}.example`)
    await t.fill('#batch-list', ['Badwind Brokers', ...asked, 'Nordwind Digital'].join('\n'))
    await t.press('form.batch button[type=submit]')
    t.claim((await t.count('table.answers tbody tr')) === 1_000, 'a thousand rows')
    await t.shot('answers')
    await t.press('button[name=only][value=warning]')
    const adverse = await t.count('table.answers tbody tr')
    t.claim(adverse >= 1 && adverse < 1_000, `${adverse} rows are left of a thousand`)
    const [download] = await Promise.all([
      t.page.waitForEvent('download', { timeout: 30_000 }),
      t.page.locator('button[name=format][value=csv]').last().click(),
    ])
    const stream = await download.createReadStream()
    let csv = ''
    for await (const chunk of stream) csv += String(chunk)
    t.claim(csv.includes('Badwind Brokers'), 'the table holds what was asked')
  },

  'see the sources and their age': async (t) => {
    await t.open('answers', '/sources')
    t.claim((await t.count('main .dot')) > 3, 'every list shows its state')
    await t.shot('sources')
  },

  'understand the method': async (t) => {
    await t.open('answers', '/method')
    await t.sees('main h1')
    t.claim((await t.count('main .mark')) >= 4, 'each answer stands there with its mark')
    await t.shot('method')
    await t.press('main a[href="/method/verdict.md"]')
    await t.sees('body', 'How a verdict is made')
  },

  'go anywhere by name': async (t) => {
    await t.open('answers', '/')
    if (!t.look.hasScript) {
      // Without a script the menu is the palette.
      await t.sees(t.look.width === 390 ? '[popovertarget=menu]' : '#menu a')
      return
    }
    await t.page.keyboard.press('/')
    await t.sees('dialog.palette[open] input')
    await t.page.keyboard.type(t.t('nav.changes').slice(0, 6))
    await t.sees('dialog.palette [role=option]', t.t('nav.changes').slice(0, 6))
    await t.shot('palette')
    const before = t.page.url()
    for (let at = 0; at < 12; at += 1) {
      await t.page.keyboard.press('ArrowDown')
      const chosen = t.page.locator('dialog.palette [aria-selected=true]')
      const text = (await chosen.count()) > 0 ? await chosen.first().innerText() : ''
      if (text.includes(t.t('nav.changes'))) break
    }
    await t.page.keyboard.press('Enter')
    await t.page.waitForURL((url) => url.href !== before, { timeout: 15_000 })
    t.claim(t.page.url().endsWith('/changes'), 'the palette leads to the page')
  },

  'take it along': async (t) => {
    await t.open('answers', '/download')
    await t.sees('main h1')
    t.claim((await t.count('main code, main pre')) > 0, 'how to get it is written out')
    await t.shot('download')
    await t.press('main a[href$="/offline"]')
    await t.sees('main h1')
    await t.shot('offline')
  },

  'change the language and stay': async (t) => {
    await t.open('answers', `/check?q=${ASK.danger}`)
    const other = t.look.locale === 'de' ? 'en' : 'de'
    await t.press('.languages summary')
    await t.press(`.languages a[hreflang="${other}"]`)
    t.claim(
      t.page.url().includes(`/${other}/check?q=`),
      'the page is the same in the other language',
    )
  },
}
