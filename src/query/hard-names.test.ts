import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import { openQueries, WORLD_DATASETS, type World } from '../../test/support/world.ts'
import { LIMITS } from '../base/limits.ts'

/**
 * Names that are hard for everybody: several spellings, scripts, orders and forms of one name. The
 * entries are invented or are names that thousands bear; what must be found is told for each.
 */
interface HardCase {
  readonly what: string
  readonly schema: string
  /** As a list writes it. */
  readonly listed: readonly string[]
  readonly asked: readonly string[]
}

const HARD: readonly HardCase[] = [
  {
    what: 'Alexander in Latin and Cyrillic',
    schema: 'Person',
    listed: ['Aleksandr Veretennikov'],
    asked: [
      ...['Alexander Veretennikov', 'Александр Веретенников', 'Alexandr Weretennikow'],
      ...['VERETENNIKOV, Aleksandr', 'Oleksandr Veretennikov'],
    ],
  },
  {
    what: 'Mohammed in six spellings',
    schema: 'Person',
    listed: ['Muhammad Tawfiq Barzanji'],
    asked: ['Mohammed', 'Mohamed', 'Mohammad', 'Muhammed', 'Mohamad', 'Mehmed'].map(
      (given) => `${given} Tawfiq Barzanji`,
    ),
  },
  {
    what: 'an exchange by its brand and by its legal names',
    schema: 'Company',
    listed: ['BINANCE HOLDINGS LIMITED'],
    asked: ['Binance', 'Binance Holdings Ltd', 'Binance Holdings', 'binance holdings limited'],
  },
  {
    what: 'a Chinese firm in Han and in pinyin',
    schema: 'Company',
    listed: ['深圳市亿航科技有限公司'],
    asked: [
      ...['深圳市亿航科技有限公司', '深圳市亿航科技股份有限公司', '深圳亿航科技'],
      ...['Shenzhen Yihang Keji', 'Shenzhenshi Yihang Keji Youxian Gongsi'],
    ],
  },
  {
    what: 'a Greek name in Greek and in Latin',
    schema: 'Person',
    listed: ['Γεώργιος Παπανικολάου'],
    asked: ['Georgios Papanikolaou', 'Giorgios Papanikolaou', 'Γεωργιος Παπανικολαου'],
  },
  {
    what: 'a Korean name in Hangul and in two romanisations',
    schema: 'Person',
    listed: ['Ryong Chol Paek'],
    asked: ['Paek Ryong-chol', 'Baek Ryong Chol', 'Paek, Ryong Chol'],
  },
  {
    what: 'an Arabic name in Arabic and in Latin',
    schema: 'Person',
    listed: ['عبد الرحمن الزهراني'],
    asked: ['Abdul Rahman al-Zahrani', 'Abd al-Rahman Zahrani', 'عبدالرحمن الزهراني'],
  },
  {
    what: 'parts in another order, and with a comma',
    schema: 'Person',
    listed: ['Nikolaus Ferdinand Ostrowski'],
    asked: ['Ostrowski, Nikolaus Ferdinand', 'Ostrowski Nikolaus', 'Nikolaus Ostrowski'],
  },
  {
    what: 'initials for given names',
    schema: 'Person',
    listed: ['Bartholomew Quincy Throckmorton'],
    asked: ['B. Q. Throckmorton', 'B Throckmorton', 'Throckmorton, B.Q.'],
  },
  {
    what: 'legal forms of four countries, and none',
    schema: 'Company',
    listed: ['ООО «Северный Мост»'],
    asked: ['Severny Most LLC', 'Severnyy Most', 'OOO Severny Most', 'Северный Мост'],
  },
]

let world: World
beforeAll(async () => {
  const said: Said[] = HARD.flatMap(({ schema, listed }, at) => [
    { entity: `${at}`, prop: 'schema', value: schema },
    ...listed.map((value) => ({ entity: `${at}`, prop: 'name', value })),
    { entity: `${at}`, prop: 'listing', value: { list: 'SDN', program: ['X'] } },
  ])
  const ledger = new MemoryLedger()
  const at = '2026-11-21T12:00:00Z'
  ledger.version({ dataset: 'us_ofac_sdn', at, publishedAt: '2026-11-20T00:00:00Z', said })
  world = await openQueries(ledger, { datasets: WORLD_DATASETS })
})
afterAll(() => world.close())

describe.each(HARD.map((hard, at) => ({ ...hard, id: `us_ofac_sdn:${at}` })))('$what', (hard) => {
  it.each(hard.asked)('is found first for %s, with a reason', async (q) => {
    const { results } = await world.queries.search({ q })
    expect(results[0]?.id).toBe(hard.id)
    expect(results[0]?.score).toBeGreaterThanOrEqual(0.7)
    expect(Object.keys(results[0]?.explanations ?? {})).not.toEqual([])
  })

  it.each(hard.asked)('is among the entities that a check of %s may mean', async (q) => {
    const { entities } = await world.queries.check({ q })
    expect(entities.map(({ id }) => id)).toContain(hard.id)
  })
})

/** A name costs at most 50 ms (docs/method/names.md); a loaded machine gets twenty times that. */
const PATIENCE_MS = 1_000
const combining = (base: string, count: number) => base + '\u0301\u0327'.repeat(count)

const BAD: readonly (readonly [what: string, text: string])[] = [
  ['one letter', 'x'],
  ['one Han character', '李'],
  ['2,048 equal letters', 'a'.repeat(LIMITS.queryCharsMax)],
  ['2,048 characters in words', 'bank of the trading co '.repeat(90).slice(0, 2_048)],
  ['2,048 one-letter words', 'a '.repeat(1_024)],
  ['2,048 Han characters', '国'.repeat(2_048)],
  ['only digits', '1234567890 '.repeat(20)],
  ['emoji', '🙂🏴‍☠️👩‍👩‍👧'.repeat(40)],
  ['scripts mixed in one word', 'Аlеxаndеr Вinаnсе 北京Ltd محمد'],
  ['right-to-left marks', '\u202e\u200fmoc.live\u202c Ivan\u2066'],
  ['characters of no width', 'B\u200bi\u200cn\u200da\u2060n\ufeffce'],
  ['a flood of combining marks', combining('Binance', 900)],
  ['marks without a letter', '\u0301'.repeat(2_000)],
  ['lone surrogates', '\ud800\udc00\ud800x\udfff'],
  ['control characters', '\u0000\u0007\u001b[31mIvan\u009f'],
  ['punctuation only', '.,;:!?«»„“—…'.repeat(100)],
  ['patterns of other languages', "%' OR 1=1 -- <script>{{7*7}} .*+?^$(){}|[]\\"],
]

describe('bad input', () => {
  it.each(BAD)('of %s is answered in bounded time', async (_what, q) => {
    for (const ask of [
      () => world.queries.search({ q }),
      () => world.queries.check({ q }),
      () => world.queries.suggest(q),
    ]) {
      const started = performance.now()
      // Text without anything in it is refused with a code; nothing else is thrown.
      await ask().catch((error: { code?: string }) => expect(error.code).toBe('query.empty'))
      expect(performance.now() - started).toBeLessThan(PATIENCE_MS)
    }
  })

  it('reads through what is invisible, and through letters of another script', async () => {
    const first = async (q: string) => (await world.queries.search({ q })).results[0]?.id
    expect(await first('B\u200bi\u200cn\u200da\u2060n\ufeffce')).toBe('us_ofac_sdn:2')
    expect(await first('Вinаnсе Ноldings')).toBe('us_ofac_sdn:2')
    expect(await first(combining('Binance', 40))).toBe('us_ofac_sdn:2')
  })

  it('in a list of a thousand never fails the others', async () => {
    const queries = Array.from({ length: LIMITS.batchQueriesMax }, (_, at) => ({
      q: at % 2 === 0 ? (BAD[at % BAD.length]?.[1] ?? '') : 'Binance Holdings',
    }))
    const { results } = await world.queries.checkBatch({ queries })
    expect(results).toHaveLength(LIMITS.batchQueriesMax)
    expect(results[1]).toMatchObject({ verdict: 'danger' })
    expect(results[999]).toMatchObject({ verdict: 'danger' })
  })
})
