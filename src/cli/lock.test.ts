import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock, type LockPorts, lockHolder, systemLockPorts } from './lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-lock-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const file = () => join(folder, 'custos.lock')
/** Another process that lives, as this one sees it. */
const other: LockPorts = { ...systemLockPorts, pid: process.ppid }

describe('the lock of a data folder', () => {
  it('is held by one at a time, and names who holds it', () => {
    const lock = acquireLock(folder)
    expect(lockHolder(folder)).toBe(process.pid)
    expect(() => acquireLock(folder, other)).toThrow(
      expect.objectContaining({ code: 'data.locked', params: { pid: process.pid } }),
    )
    lock.release()
    expect(lockHolder(folder)).toBeUndefined()
    acquireLock(folder, other).release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('makes the folder when there is none', () => {
    const deep = join(folder, 'a', 'b')
    acquireLock(deep).release()
    expect(readdirSync(deep)).toEqual([])
  })

  it('replaces the lock of a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    writeFileSync(file(), JSON.stringify({ pid, started: '1', token: 'x' }))
    expect(lockHolder(folder)).toBeUndefined()
    acquireLock(folder)
    expect(lockHolder(folder)).toBe(process.pid)
  })

  it('replaces the lock of a process whose number another one has now', () => {
    writeFileSync(file(), JSON.stringify({ pid: process.ppid, started: '1', token: 'x' }))
    const ports = { ...systemLockPorts, startOf: (pid: number) => `start of ${pid}` }
    acquireLock(folder, ports)
    expect(lockHolder(folder, ports)).toBe(process.pid)
  })

  it('replaces an own lock of an earlier life, as in a container where every process is 1', () => {
    writeFileSync(file(), JSON.stringify({ pid: process.pid, started: null, token: 'x' }))
    acquireLock(folder, { ...systemLockPorts, startOf: () => null })
    expect(readFileSync(file(), 'utf8')).not.toContain('"x"')
  })

  it('replaces a lock that holds nothing readable only when it is old', () => {
    writeFileSync(file(), '')
    expect(() => acquireLock(folder)).toThrow(expect.objectContaining({ code: 'data.locked' }))
    acquireLock(folder, { ...systemLockPorts, nowMs: () => Date.now() + 60_000 })
    expect(lockHolder(folder)).toBe(process.pid)
  })

  it('releases only what it holds', () => {
    const lock = acquireLock(folder)
    writeFileSync(file(), JSON.stringify({ pid: process.ppid, started: null, token: 'new' }))
    lock.release()
    expect(readFileSync(file(), 'utf8')).toContain('new')
  })

  it('goes to exactly one of eight processes that all find a stale lock', async () => {
    writeFileSync(file(), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', token: 'x' }))
    const script = `
      import { acquireLock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
      try { acquireLock(process.argv[1]); process.stdout.write('won') } catch { process.stdout.write('lost') }
      process.stdin.on('end', () => process.exit(0)).resume()`
    const children = Array.from({ length: 8 }, () =>
      spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder]),
    )
    const outcomes = await Promise.all(
      children.map(
        (child) => new Promise<string>((done) => child.stdout.once('data', (d) => done(String(d)))),
      ),
    )
    for (const child of children) child.stdin.end()
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
  })
})
