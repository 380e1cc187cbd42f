import { describe, expect, it } from 'vitest'
import { readSheet } from '../src/model/rate-sheet.ts'
import type { SourceItem } from '../src/model/statement.ts'
import { memoryFile, runCrawl } from '../test/support/crawl.ts'
import { crawl as boc } from './ca/boc/parse.ts'
import { crawl as ecb } from './eu/ecb_eurofxref/parse.ts'
import { crawl as currencyApi } from './global/currency_api/parse.ts'
import { crawl as norges } from './no/norges/parse.ts'
import { crawl as nbp } from './pl/nbp/parse.ts'
import { crawl as tcmb } from './tr/tcmb/parse.ts'

const values = (items: readonly SourceItem[]) => items.map(({ value }) => value)
const quotesOf = (item: SourceItem | undefined) => readSheet(item?.value ?? '')?.quotes

describe('rate sheets', () => {
  it('of the ECB are the same statement from the history, the ninety days and the day', async () => {
    const hist = memoryFile('hist', 'h.csv', 'Date,USD,GBP,\n2031-03-06,1.0890,0.86100,\n')
    const cube =
      '<Cube time="2031-03-06"><Cube currency="USD" rate="1.0890"/><Cube currency="GBP" rate="0.86100"/></Cube>'
    const xml = `<Envelope><Cube>${cube}</Cube></Envelope>`
    const table = memoryFile(
      'hist',
      'eurofxref.csv',
      'Date, USD, GBP, \n06 March 2031, 1.0890, 0.86100, \n',
    )
    const results = await Promise.all(
      [
        [hist],
        [memoryFile('hist90', '90.xml', xml)],
        [memoryFile('daily', 'd.xml', xml)],
        [table],
      ].map((files) => runCrawl(ecb, files)),
    )
    for (const { items, published } of results) {
      expect(values(items)).toEqual(values(results[0]?.items ?? []))
      expect(published).toBe('2031-03-06T00:00:00Z')
    }
    const both = await runCrawl(ecb, [hist, memoryFile('daily', 'd.xml', xml)])
    expect(both.items).toHaveLength(1)
    expect(both.notes).toEqual({})
  })

  it('of the ECB take the daily file’s word where the two differ, and note it', async () => {
    const hist = memoryFile('hist', 'h.csv', 'Date,USD,\n2031-03-06,1.0891,\n')
    const xml =
      '<e><Cube><Cube time="2031-03-06"><Cube currency="USD" rate="1.0890"/></Cube></Cube></e>'
    const { items, notes } = await runCrawl(ecb, [memoryFile('daily', 'd.xml', xml), hist])
    expect(quotesOf(items[0])).toEqual({ USD: '1.0890' })
    expect(notes).toEqual({ 'sheet.twice': 1 })
  })

  it('of the market are the same statement from JSON and from lines, exponents written out', async () => {
    const json = memoryFile(
      'usd',
      'usd.json',
      '{"date":"2031-03-05","usd":{"btc":1.2e-05,"eur":0.920,"usd":1}}',
    )
    const csv = memoryFile(
      'table',
      't.csv',
      'date,currency,units_per_usd\n2031-03-05,eur,0.920\n2031-03-05,btc,0.000012\n',
    )
    const [a, b] = await Promise.all([runCrawl(currencyApi, [json]), runCrawl(currencyApi, [csv])])
    expect(values(a.items)).toEqual(values(b.items))
    expect(quotesOf(a.items[0])).toEqual({ EUR: '0.920', btc: '0.000012' })
  })

  it('of several days of one role name the file of each day', async () => {
    const day = (n: number) =>
      memoryFile('usd', `usd-${n}.json`, `{"date":"2031-03-0${n}","usd":{"eur":0.9}}`)
    const { items, published } = await runCrawl(currencyApi, [day(1), day(2)])
    expect(items.map(({ row }) => row)).toEqual([
      'usd/usd-1.json#pointer:/usd',
      'usd/usd-2.json#pointer:/usd',
    ])
    expect(published).toBe('2031-03-02T00:00:00Z')
  })

  it('of the market need one day and one map of rates', async () => {
    for (const text of [
      '[]',
      '{"date":"2031-03-05"}',
      '{"usd":{"eur":1}}',
      '{"date":"2031-03-05","usd":{}}',
      '{"date":"2031-03-05","usd":{"eur":1},"eur":{"usd":1}}',
    ]) {
      await expect(
        runCrawl(currencyApi, [memoryFile('usd', 'u.json', text)]),
        text,
      ).rejects.toMatchObject({
        code: 'source.malformed',
      })
    }
  })

  it('of Türkiye before 2005 are in the old lira, and a day that contradicts itself is no day', async () => {
    const bulletin = (attributes: string) =>
      `<Tarih_Date ${attributes}><Currency CurrencyCode="USD"><Unit>1</Unit><ForexBuying>1345000</ForexBuying><ForexSelling>1351000</ForexSelling></Currency></Tarih_Date>`
    const old = memoryFile('day', 'o.xml', bulletin('Tarih="30.12.2004" Date="12/30/2004"'))
    const { items } = await runCrawl(tcmb, [old])
    expect(readSheet(items[0]?.value ?? '')).toMatchObject({ base: 'TRL', kind: 'board' })
    const odd = memoryFile('day', 'o.xml', bulletin('Tarih="30.12.2004" Date="12/31/2004"'))
    await expect(runCrawl(tcmb, [odd])).rejects.toMatchObject({ code: 'source.malformed' })
  })

  it('of Türkiye may come as a file of many bulletins', async () => {
    const one = (day: string) =>
      `<Tarih_Date Tarih="${day}"><Currency Kod="EUR"><Unit>1</Unit><ForexBuying>70.1</ForexBuying></Currency></Tarih_Date>`
    const text = `<all>${one('05.03.2031')}${one('06.03.2031')}</all>`
    const { items } = await runCrawl(tcmb, [memoryFile('history', 'h.xml', text)])
    expect(items.map(({ from }) => from)).toEqual(['2031-03-05', '2031-03-06'])
  })

  it('of Norway read the English and the Norwegian form alike', async () => {
    const rest = (value: string) => `B;USD;NOK;SP;0;2031-03-05;${value}\n`
    const english = `FREQ;BASE_CUR;QUOTE_CUR;TENOR;UNIT_MULT;TIME_PERIOD;OBS_VALUE\n${rest('1,010.5')}`
    const norwegian = `FREQ;BASE_CUR;QUOTE_CUR;TENOR;UNIT_MULT;TIME_PERIOD;OBS_VALUE;Frekvens\n${rest('1010,5')}`
    for (const text of [english, norwegian]) {
      const { items } = await runCrawl(norges, [memoryFile('recent', 'r.csv', text)])
      expect(quotesOf(items[0])).toEqual({ USD: '1010.5' })
    }
  })

  it('of Poland keep the tables of one day apart', async () => {
    const table = (name: string, rate: string) =>
      `{"table":"${name}","effectiveDate":"2031-03-05","rates":[{"code":"USD",${rate}}]}`
    const text = `[${table('A', '"mid":3.90')},${table('B', '"mid":3.9')},${table('C', '"bid":3.8,"ask":4.0')}]`
    const { items } = await runCrawl(nbp, [memoryFile('a', 'a.json', text)])
    expect(items.map(({ entity }) => entity.split(':').slice(1).join(':'))).toEqual([
      'PLN:2031-03-05',
      'PLN:2031-03-05:b',
      'PLN:2031-03-05:c',
    ])
    expect(quotesOf(items[2])).toEqual({ USD: { unit: '1', buy: '3.8', sell: '4.0' } })
  })

  it('of Canada skip a series that has ended and note one that is unknown', async () => {
    const text =
      '{"observations":[{"d":"2031-03-05","FXUSDCAD":{"v":"1.4100"},"FXVNDCAD":{"v":""},"IEXE0101":{"v":"1"}}]}'
    const { items, notes } = await runCrawl(boc, [memoryFile('recent', 'r.json', text)])
    expect(quotesOf(items[0])).toEqual({ USD: '1.4100' })
    expect(notes).toEqual({ 'rate.series_unknown': 1 })
  })
})
