import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { demoWorld } from '../../test/support/demo-source.ts'

describe('a sync', () => {
  it('commits dated versions in order, and asserts and retracts by the versions’ own days', async () => {
    const world = demoWorld()
    world.write('demo/list-2026-02-01.txt', 'a.example\nc.example\nd.example\n')
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\nd.example\n')
    const row = await world.sync()
    expect(row).toMatchObject({ state: 'ok', versions: 2, added: 4, retracted: 1 })
    expect(row.publishedAt).toBe('2026-02-01T00:00:00Z')
    expect(await world.history()).toEqual([
      ['assert', 'a.example', '2026-01-01'],
      ['assert', 'b.example', '2026-01-01'],
      ['assert', 'd.example', '2026-01-01'],
      ['assert', 'c.example', '2026-02-01'],
      ['retract', 'b.example', '2026-02-01'],
    ])
  })

  it('adds nothing for the same bytes, for the same rows shuffled, and with force', async () => {
    const world = demoWorld()
    world.write('demo/undated.txt', 'a.example\nb.example\nc.example\n')
    await world.sync()
    const before = await world.ledger.head()
    expect(await world.sync()).toMatchObject({ state: 'unchanged', versions: 0 })
    expect(await world.ledger.head()).toEqual(before)
    const forced = await world.sync({ force: true })
    expect(forced).toMatchObject({ versions: 1, added: 0, retracted: 0, unchanged: 3 })
    world.write('demo/undated.txt', 'c.example\na.example\nb.example\n')
    expect(await world.sync()).toMatchObject({ versions: 1, added: 0, retracted: 0, unchanged: 3 })
    expect((await world.ledger.counts()).events).toBe(3)
  })

  it('reads a compressed file as the file', async () => {
    const world = demoWorld()
    world.write('demo/undated.txt.gz', gzipSync('a.example\nb.example\n'))
    expect(await world.sync()).toMatchObject({ state: 'ok', added: 2 })
    world.write('demo/undated.txt.gz', gzipSync('a.example\nb.example\n', { level: 1 }))
    expect(await world.sync()).toMatchObject({ state: 'unchanged' })
  })

  it('never retracts for an older version, and gives its entries their own interval', async () => {
    const world = demoWorld()
    world.write('demo/list-2026-03-01.txt', 'a.example\nb.example\n')
    await world.sync()
    world.write('demo/list-2026-01-01.txt', 'b.example\nold.example\n')
    const row = await world.sync()
    expect(row).toMatchObject({ versions: 1, added: 2, retracted: 0 })
    expect(await world.liveHosts()).toEqual(['a.example', 'b.example'])
    expect((await world.history()).slice(2)).toEqual([
      ['assert', 'b.example', '2026-01-01'],
      ['assert', 'old.example', '2026-01-01'],
      ['retract', 'old.example', '2026-03-01'],
    ])
    expect(await world.sync({ force: true })).toMatchObject({ added: 0, retracted: 0 })
    expect((await world.ledger.counts()).events).toBe(5)
  })

  it('never retracts for an incomplete version', async () => {
    const world = demoWorld()
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\n')
    world.write('demo/extra-2026-02-01.txt', 'c.example\n')
    const row = await world.sync()
    expect(row).toMatchObject({ versions: 2, added: 3, retracted: 0 })
    // The complete version governs the age: an addition does not make the whole younger.
    expect(row.publishedAt).toBe('2026-01-01T00:00:00Z')
  })

  it('takes dates of the file as first and last list version, once', async () => {
    const world = demoWorld()
    world.write(
      'demo/undated.txt',
      'a.example\t2024-01-01\nx.example\t2024-02-01\t2024-03-01\nb.example\n',
    )
    await world.sync()
    expect(await world.history()).toEqual([
      ['assert', 'a.example', '2024-01-01'],
      ['assert', 'x.example', '2024-02-01'],
      ['retract', 'x.example', '2024-03-01'],
      ['assert', 'b.example', '2026-05-01'],
    ])
    expect(await world.sync({ force: true })).toMatchObject({ added: 0, retracted: 0 })
    expect((await world.ledger.counts()).events).toBe(4)
    expect(await world.liveHosts()).toEqual(['a.example', 'b.example'])
  })

  it('lists an entry again after a gap', async () => {
    const world = demoWorld()
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\nc.example\n')
    world.write('demo/list-2026-02-01.txt', 'a.example\nc.example\n')
    world.write('demo/list-2026-03-01.txt', 'a.example\nb.example\t2026-01-01\nc.example\n')
    await world.sync()
    expect((await world.history()).filter(([, host]) => host === 'b.example')).toEqual([
      ['assert', 'b.example', '2026-01-01'],
      ['retract', 'b.example', '2026-02-01'],
      ['assert', 'b.example', '2026-03-01'],
    ])
  })

  it('adds a run record without events when the same list is published again later', async () => {
    const world = demoWorld()
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\n')
    world.write('demo/list-2026-02-01.txt', 'a.example\nb.example\n')
    const row = await world.sync()
    expect(row).toMatchObject({ versions: 2, added: 2, publishedAt: '2026-02-01T00:00:00Z' })
    expect((await world.ledger.counts()).events).toBe(2)
  })
})

describe('a source that is broken (promise P6)', () => {
  const healthy = Array.from({ length: 100 }, (_, i) => `host${i}.example`).join('\n')
  const cases: readonly (readonly [string, string, string | Uint8Array])[] = [
    ['is under its minimum', 'source.below_minimum', 'a.example\n'],
    ['has lost a third', 'source.shrunken', healthy.split('\n').slice(0, 66).join('\n')],
    ['is empty', 'source.empty', ''],
    ['is an HTML page', 'source.html_instead', '<!doctype html><title>Just a moment…</title>'],
    ['is binary', 'source.encoding', Buffer.alloc(4000, 0x9f)],
    [
      'is ten times larger',
      'source.above_maximum',
      Array.from({ length: 2000 }, (_, i) => `x${i}.example`).join('\n'),
    ],
    ['is a broken gzip file', 'source.malformed', gzipSync(healthy).subarray(0, 60)],
    ['is a gzip bomb', 'source.hostile', gzipSync(Buffer.alloc(40_000_000))],
  ]
  for (const [title, code, content] of cases) {
    it(`keeps the last good version live when the new one ${title}`, async () => {
      const world = demoWorld()
      world.write('demo/undated.txt', healthy)
      await world.sync()
      const head = await world.ledger.head()
      world.write('demo/undated.txt', content)
      const row = await world.sync()
      expect(row).toMatchObject({ state: 'failed', versions: 0 })
      expect(row.error?.code).toBe(code)
      expect(await world.ledger.head()).toEqual(head)
      expect(await world.liveHosts()).toHaveLength(100)
      expect(await world.ledger.attempts()).toMatchObject([{ state: 'failed', code }])
    })
  }
})
