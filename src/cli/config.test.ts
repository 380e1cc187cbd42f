import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConfigInputs, loadConfig, SETTINGS, shown } from './config.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'custos-config-'))
})
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true })
})

const write = (value: unknown, name = 'custos.config.json') =>
  writeFileSync(join(cwd, name), typeof value === 'string' ? value : JSON.stringify(value))
const load = (inputs: Partial<ConfigInputs> = {}) =>
  loadConfig({ flags: {}, env: {}, cwd, ...inputs })

describe('settings', () => {
  it('have defaults that listen to this machine only', () => {
    const { config, origins } = load()
    expect(config).toMatchObject({
      data: join(cwd, 'data'),
      host: '127.0.0.1',
      port: 7070,
      mirror: null,
      offline: false,
      trustedProxies: [],
    })
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']))
  })

  it('come from flags over environment over file, and each knows from where', () => {
    write({ port: 1, host: '0.0.0.0', mirror: 'recorded', disable: ['xx_list'] })
    const { config, origins } = load({
      flags: { port: '3' },
      env: { CUSTOS_PORT: '2', CUSTOS_MIRROR: '/srv/mirror', CUSTOS_HOST: '' },
    })
    expect(config).toMatchObject({
      port: 3,
      host: '0.0.0.0',
      mirror: '/srv/mirror',
      disable: ['xx_list'],
    })
    expect(origins).toMatchObject({
      port: 'flag --port',
      host: 'custos.config.json',
      mirror: 'environment CUSTOS_MIRROR',
      data: 'default',
    })
  })

  it('read paths from where they were written', () => {
    write({ data: 'd' }, 'other.json')
    expect(load({ flags: { config: 'other.json' } }).config.data).toBe(join(cwd, 'd'))
    expect(load({ flags: { data: '../e' } }).config.data).toBe(join(cwd, '..', 'e'))
  })

  it('take endpoints of chains from the environment', () => {
    write({ chains: { 'eip155:1': { rpc: ['https://old.example'], follow: true } } })
    const { config, origins } = load({
      env: {
        CUSTOS_RPC_EIP155_1: 'https://a.example/key,https://b.example',
        CUSTOS_RPC_COSMOS_COSMOSHUB_4: 'https://c.example',
      },
    })
    expect(config.chains).toEqual({
      'eip155:1': { rpc: ['https://a.example/key', 'https://b.example'], follow: true },
      'cosmos:cosmoshub-4': { rpc: ['https://c.example'], follow: false },
    })
    expect(origins.chains).toContain('CUSTOS_RPC_EIP155_1')
  })

  it.each([
    [{ flags: { port: 'abc' } }, 'port', 'flag --port'],
    [{ flags: { port: '70000' } }, 'port', 'flag --port'],
    [{ env: { CUSTOS_PORT: '-1' } }, 'port', 'environment CUSTOS_PORT'],
    [{ env: { CUSTOS_OFFLINE: 'maybe' } }, 'offline', 'environment CUSTOS_OFFLINE'],
    [{ env: { CUSTOS_RATE_LIMIT: 'fast' } }, 'rateLimit', 'environment CUSTOS_RATE_LIMIT'],
    [{ env: { CUSTOS_LOG: 'loud' } }, 'log', 'environment CUSTOS_LOG'],
    [{ env: { CUSTOS_TRUSTED_PROXIES: '10.0.0.0/8,proxy' } }, 'trustedProxies.1', 'environment'],
    [{ env: { CUSTOS_RPC_EIP155_1: 'file:///etc/passwd' } }, 'chains.0', 'CUSTOS_RPC_EIP155_1'],
  ] satisfies [Partial<ConfigInputs>, string, string][])(
    'say which one is wrong and where it was written: %j',
    (inputs, key, origin) => {
      expect(() => load(inputs)).toThrow(key)
      expect(() => load(inputs)).toThrow(origin)
      expect(() => load(inputs)).toThrow(expect.objectContaining({ code: 'config.invalid' }))
    },
  )

  it.each([
    ['{"port":', 'config.not_json'],
    ['[]', 'config.not_json'],
    ['null', 'config.not_json'],
    ['{"prot":1}', 'config.unknown_key'],
    ['{"__proto__":1,"constructor":1}', 'config.unknown_key'],
    ['{"port":"7070"}', 'config.invalid'],
    ['{"chains":{"ethereum":{}}}', 'config.invalid'],
    ['{"chains":{"eip155:1":{"rcp":[]}}}', 'config.invalid'],
  ])('are refused in a file that holds %s', (text, code) => {
    write(text)
    expect(() => load()).toThrow(expect.objectContaining({ code }))
  })

  it('need the file only when it is named', () => {
    expect(() => load({ flags: { config: 'none.json' } })).toThrow(
      expect.objectContaining({ code: 'config.unreadable' }),
    )
    expect(load().config.port).toBe(7070)
  })

  it('are shown without keys and passwords', () => {
    const { config } = load({
      env: {
        CUSTOS_RPC_EIP155_1: 'https://rpc.example/v2/secret-key,https://user:secret@b.example',
        CUSTOS_DATABASE_URL: 'postgres://custos:secret@db.example/custos',
      },
    })
    const text = JSON.stringify(
      (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).map((key) => shown(key, config)),
    )
    expect(text).toContain('https://rpc.example/…')
    expect(text).toContain('postgres://db.example/…')
    expect(text).not.toContain('secret')
  })
})
