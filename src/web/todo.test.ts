import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { fakeQueries } from '../../test/support/fake-queries.ts'
import { ASK } from '../../test/support/fake-verdicts.ts'
import { attribute, parsePage, textOf } from '../../test/support/html.ts'
import { LOCALES } from '../i18n/locales.ts'
import { helpFor, reportPlaces } from '../query/help.ts'
import type { Queries, SourceRow } from '../query/types.ts'
import { createWeb } from './web.ts'

/** The invented installation, with the help that real answers carry. */
function helpful(change: Partial<SourceRow> = {}): Queries {
  const queries = fakeQueries()
  return {
    ...queries,
    async check(params) {
      const verdict = await queries.check(params)
      return { ...verdict, help: helpFor(verdict, params.country ?? null) }
    },
    async sources() {
      return (await queries.sources()).map((row, i) => (i === 0 ? { ...row, ...change } : row))
    },
  }
}

async function pageOf(path: string, queries: Queries = helpful()) {
  const web = createWeb(fakePorts({ queries }))
  const response = await web.request(path)
  expect(response.status).toBe(200)
  const page = parsePage(await response.text())
  expect(page.errors).toEqual([])
  const [body] = page.all('body')
  const links = page.all('a').map((link) => attribute(link, 'href') ?? '')
  return { page, links, text: body === undefined ? '' : textOf(body) }
}

const adverse = `/check?q=${encodeURIComponent(ASK.danger)}`

describe('what to do now', () => {
  it.each(LOCALES)(
    'names where the entry is contested, with its source and day (%s)',
    async (locale) => {
      const { links, text } = await pageOf(`/${locale}${adverse}`)
      expect(links.some((link) => link.includes('ofac.treasury.gov'))).toBe(true)
      expect(text).not.toContain('todo.')
    },
  )

  it('names where fraud is reported in the asked country, and no other', async () => {
    const { links } = await pageOf(`/en${adverse}&country=GB`)
    expect(links).toContain('https://www.reportfraud.police.uk/')
    expect(links).not.toContain('https://www.ic3.gov/')
  })

  it('lists every country where the asker’s is not known', async () => {
    const { links } = await pageOf(`/en${adverse}`)
    for (const { entries } of reportPlaces()) {
      for (const { url } of entries) expect(links).toContain(url)
    }
  })

  it('says nothing of it where nothing is adverse', async () => {
    const { links } = await pageOf(`/en/check?q=${encodeURIComponent(ASK.clean)}&country=GB`)
    expect(links).not.toContain('https://www.reportfraud.police.uk/')
  })
})

describe('the page of sources', () => {
  it.each([
    [{ proven: false }, 'unproven', 'its silence is no answer'],
    [{ isWindow: true }, '', 'newest entries only'],
    [{ gaps: { count: 2, lastAt: '2026-11-21T00:00:00Z' } }, '', 'moved past what is held 2 times'],
    [{ cadence: 'PT1H' }, '', 'every hour'],
    [{ cadence: 'PT6H' }, '', 'every 6 hours'],
    [{ cadence: 'P1D' }, '', 'every day'],
  ] as const)('says of a list: %j', async (change, tag, words) => {
    const { text, page } = await pageOf('/en/sources', helpful(change))
    expect(text).toContain(words)
    const tags = page.all('span').filter((span) => attribute(span, 'class') === 'tag')
    if (tag !== '') expect(tags.map(textOf)).toContain(tag)
  })

  it('calls no list unproven that has been read', async () => {
    expect((await pageOf('/en/sources')).text).not.toContain('unproven')
  })
})
