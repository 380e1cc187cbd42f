import { describe, expect, it } from 'vitest'
import { demoDataset } from '../../test/support/demo-source.ts'
import { cadenceMs, datasetSchema, durationSeconds, isProven, maxAgeDays } from './dataset.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

describe('the cadence of a list', () => {
  it.each([
    ['PT1H', HOUR],
    ['PT30M', HOUR / 2],
    ['P1D', DAY],
    ['P1W', 7 * DAY],
    ['P1DT12H', 1.5 * DAY],
    ['P365D', 365 * DAY],
  ])('%s is a duration of ISO 8601', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds)
    expect(cadenceMs({ cadence: text })).toBe(seconds * 1_000)
  })

  it.each(['', 'P', 'PT', 'P1M', 'P1Y', 'P1DT', '1D', 'PT-1H', 'P1.5D', 'pt1h', 'P99999D', 'PT1S'])(
    '%j is none that has a length here',
    (text) => {
      expect(durationSeconds(text)).toBeUndefined()
      expect(datasetSchema.safeParse({ ...demoDataset, cadence: text }).success).toBe(false)
    },
  )

  it('is never shorter than a quarter of an hour: a publisher is not to be burdened', () => {
    expect(datasetSchema.safeParse({ ...demoDataset, cadence: 'PT5M' }).success).toBe(false)
    expect(datasetSchema.safeParse({ ...demoDataset, cadence: 'PT15M' }).success).toBe(true)
  })

  it('gives an age limit of three times itself and of seven days at least', () => {
    expect(maxAgeDays({ ...demoDataset, cadence: 'PT1H' })).toBe(7)
    expect(maxAgeDays({ ...demoDataset, cadence: 'P1D' })).toBe(7)
    expect(maxAgeDays({ ...demoDataset, cadence: 'P3D' })).toBe(9)
    expect(maxAgeDays({ ...demoDataset, cadence: 'PT1H', maxAgeDays: 2 })).toBe(2)
  })
})

describe('a connector that has read no live file', () => {
  const URL = 'https://authority.example/list.csv'
  const live = [{ role: 'list', url: URL, unpack: 'none', optional: false } as const]
  const file = {
    role: 'list',
    name: 'list.csv',
    sha256: '',
    bytes: 1,
    lastModified: null,
    etag: null,
  }
  const read = (url: string | null, statements = 3) => ({ statements, files: [{ ...file, url }] })

  it('is proven by a committed version from its own address, and by nothing else', () => {
    const dataset = { proven: false, live }
    expect(isProven(dataset, [])).toBe(false)
    expect(isProven(dataset, [read(null)])).toBe(false)
    expect(isProven(dataset, [read('https://elsewhere.example/list.csv')])).toBe(false)
    expect(isProven(dataset, [read(URL, 0)])).toBe(false)
    expect(isProven(dataset, [read(null), read(URL)])).toBe(true)
  })

  it('is proven from the start where a recorded file was there to write it to', () => {
    expect(isProven({ proven: true, live }, [])).toBe(true)
    expect(isProven(undefined, [])).toBe(true)
  })
})

describe('a list that is answered to a question with a body', () => {
  const post = { body: 'ds=1', contentType: 'application/x-www-form-urlencoded' }
  const parse = (fields: object) =>
    datasetSchema.safeParse({
      ...demoDataset,
      live: [
        { role: 'list', url: 'https://authority.example/search', post: { ...post, ...fields } },
      ],
    })

  it('says what is sent, and is asked once unless it says that it only reads', () => {
    expect(parse({}).data?.live[0]?.post).toEqual({ ...post, idempotent: false })
    expect(parse({ idempotent: true }).data?.live[0]?.post?.idempotent).toBe(true)
  })

  it('sends no header of its own making', () => {
    expect(parse({ contentType: 'a/b\r\nx-y: z' }).success).toBe(false)
    expect(parse({ contentType: 'json' }).success).toBe(false)
    expect(parse({ body: 'x'.repeat(9_000) }).success).toBe(false)
    expect(parse({ headers: {} }).success).toBe(false)
  })
})
