import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { literalEntries } from '../../../src/source/format/js-literal.ts'
import { diskFile, memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

const fixture = new URL('fixture.chains.js', import.meta.url).pathname
const values = literalEntries(readFileSync(fixture, 'utf8'), 'chains').map(({ value }) => value)

async function said(content: unknown) {
  const file = memoryFile('chains', 'chains.json', JSON.stringify(content))
  const { items } = await runCrawl(crawl, [file], { dataset: 'evm_chains' })
  return items.map(({ row: _row, ...rest }) => rest)
}

describe('chains', () => {
  it('are the same from the package, from its site and from a record by id', async () => {
    const { items } = await runCrawl(crawl, [diskFile('chains', fixture)], {
      dataset: 'evm_chains',
    })
    const packaged = items.map(({ row: _row, ...rest }) => rest)
    expect(packaged.length).toBeGreaterThan(1)
    expect(await said(values)).toEqual(packaged)
    const byId = Object.fromEntries(values.map((v) => [(v as { chainId: number }).chainId, v]))
    expect(await said(byId)).toEqual(packaged)
  })

  it('carry no link without TLS, with a key to fill in, or with a password', async () => {
    const [chain] = values as [Record<string, unknown>]
    const hostile = {
      ...chain,
      infoURL: 'https://user:secret@example.com',
      explorers: [{ name: 'x', url: 'javascript:alert(1)' }, { url: 'https://ok.example' }, null],
      rpc: [
        `https://rpc.example/\${KEY}`,
        'https://rpc.example/{API_KEY}',
        'file:///etc/passwd',
        'https://',
        7,
      ],
    }
    const [item] = await said([hostile])
    const value = JSON.parse(item?.value ?? '') as Record<string, unknown>
    expect(value.explorers).toEqual([{ name: 'ok.example', url: 'https://ok.example' }])
    expect(value).not.toHaveProperty('rpc')
    expect(value).not.toHaveProperty('info')
  })

  it('keep what the list warns of: a reused id, a deprecated chain, a test network', async () => {
    const item = (await said(values)).find(({ entity }) => entity.endsWith(':990002'))
    expect(JSON.parse(item?.value ?? '')).toMatchObject({
      flags: ['reusedChainId'],
      status: 'deprecated',
      testnet: true,
    })
  })

  it('refuse a module that would have to be run', async () => {
    const file = memoryFile('chains', 'chains.js', 'exports.chains = { 1: require("./one") }')
    await expect(runCrawl(crawl, [file])).rejects.toMatchObject({ code: 'source.malformed' })
  })
})

const PACKAGE = new URL(
  '../../../node_modules/@revoke.cash/chains/dist/src/chains.js',
  import.meta.url,
).pathname

describe.runIf(process.env.CUSTOS_MIRROR)('recorded chains', () => {
  it('say the same as the package that a fresh install has', async () => {
    const options = { dataset: 'evm_chains' }
    const recorded = mirrorFile('chains', 'tokens-chains/evm-chains-revoke-80.0.0.json.gz')
    const [a, b] = [
      await runCrawl(crawl, [diskFile('chains', PACKAGE)], options),
      await runCrawl(crawl, [recorded], options),
    ]
    expect(a.items.map(({ value }) => value)).toEqual(b.items.map(({ value }) => value))
    expect(a.items).toHaveLength(a.rows)
  })

  it('of viem only add what the list lacks', async () => {
    const { items } = await runCrawl(
      crawl,
      [
        mirrorFile('chains', 'tokens-chains/evm-chains-revoke-80.0.0.json.gz'),
        mirrorFile('viem', 'tokens-chains/viem-chains-2.57.20.json.gz'),
      ],
      { dataset: 'evm_chains' },
    )
    const ids = items.map(({ entity }) => entity)
    expect(new Set(ids).size).toBe(ids.length)
    expect(items.some(({ row }) => row.startsWith('viem#'))).toBe(true)
  })
})
