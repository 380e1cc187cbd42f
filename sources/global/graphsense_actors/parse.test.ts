import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

function read(actors: readonly object[]) {
  const text = stringify({ title: 'T', actors })
  return runCrawl(crawl, [memoryFile('actors', 'actors.yaml', text)], { dataset: 'a' })
}

async function valuesOf(actor: object, prop: string) {
  const { items } = await read([{ id: 'example', label: 'Example', ...actor }])
  return items.filter((item) => item.prop === prop).map(({ value }) => value)
}

describe('the site of an actor', () => {
  it('is never a page about the actor on somebody else’s site', async () => {
    const actor = { uri: 'https://press.authority.org/2024/example-sanctioned' }
    expect(await valuesOf({ ...actor, categories: ['sanction'] }, 'website')).toEqual([])
    expect(await valuesOf(actor, 'sourceUrl')).toEqual([actor.uri])
    expect(await valuesOf({ uri: 'example.com/en' }, 'website')).toEqual(['example.com/en'])
  })

  it('is protected while the actor is active and harms nobody', async () => {
    const uri = 'www.example.com'
    const protects = (rest: object) =>
      valuesOf({ uri, categories: ['exchange'], ...rest }, 'protect')
    expect(await protects({})).toEqual(['{"host":"example.com","name":"Example"}'])
    expect(await protects({ context: { active: true } })).toHaveLength(1)
    expect(await protects({ context: { active: false } })).toEqual([])
    expect(await protects({ context: { end_activity: '2020' } })).toEqual([])
    expect(await protects({ categories: ['exchange', 'ransomware'] })).toEqual([])
    expect(await protects({ categories: ['mixing_service'] })).toEqual([])
    expect(await protects({ categories: ['astrologer'] })).toEqual([])
    expect(await protects({ uri: '192.0.2.1' })).toEqual([])
    expect(await protects({ uri: 'example.dummy' })).toEqual([])
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('recorded actors', () => {
  it('are all read, with names and known categories', async () => {
    const file = mirrorFile('actors', 'labels/graphsense.actorpack.yaml.gz')
    const { items, rows, notes } = await runCrawl(crawl, [file], { dataset: 'a' })
    const count = (prop: string) => items.filter((item) => item.prop === prop).length
    expect(rows).toBeGreaterThan(1_000)
    expect(count('name')).toBe(rows)
    expect(notes['actor.unknown_category']).toBeUndefined()
    expect(notes['actor.bad_country']).toBeUndefined()
    const websites = items.filter(({ prop }) => prop === 'website').map(({ value }) => value)
    expect(
      websites.filter((w) => /wikipedia|walletexplorer|treasury\.gov|bka\.de/.test(w)),
    ).toEqual([])
  })
})
