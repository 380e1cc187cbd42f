import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../base/error.ts'

const FILE = 'custos.lock'
/** Who replaces a stale lock holds this for an instant; older than this, its holder died. */
const TAKEOVER_MS = 5_000

interface Holder {
  readonly pid: number
  /** When that process began, in the machine's own words: a pid is used again, a start is not. */
  readonly started: string | null
  readonly token: string
}

export interface Lock {
  readonly path: string
  /** Gives the folder free; harmless when somebody else holds it by now. */
  release(): void
}

export interface LockPorts {
  readonly pid: number
  readonly isAlive: (pid: number) => boolean
  readonly startOf: (pid: number) => string | null
  readonly nowMs: () => number
}

export const systemLockPorts: LockPorts = {
  pid: process.pid,
  isAlive,
  startOf,
  nowMs: () => Date.now(),
}

/**
 * One process writes a data folder. The lock file appears whole or not at all (a hard link to a
 * finished file); a lock whose process is gone is replaced. Throws `data.locked` with the pid.
 */
export function acquireLock(folder: string, ports: LockPorts = systemLockPorts): Lock {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, FILE)
  const own: Holder = { pid: ports.pid, started: ports.startOf(ports.pid), token: randomUUID() }
  if (!create(path, own) && !(replaceStale(path, ports) && create(path, own))) {
    const pid = read(path)?.pid ?? 0
    throw new AppError(
      'data.locked',
      `Another Custos process (pid ${pid}) writes this data folder.`,
      { status: 409, retryable: true, params: { pid } },
    )
  }
  return {
    path,
    release() {
      if (read(path)?.token === own.token) rmSync(path, { force: true })
    },
  }
}

/** The pid of the live process that holds the lock, if one does. */
export function lockHolder(folder: string, ports: LockPorts = systemLockPorts): number | undefined {
  const holder = read(join(folder, FILE))
  return holder === undefined || isStale(holder, ports) ? undefined : holder.pid
}

/** False: there is a lock already. */
function create(path: string, holder: Holder): boolean {
  const temporary = `${path}.${holder.token}.tmp`
  writeFileSync(temporary, JSON.stringify(holder), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EEXIST') return false
    // A file system without hard links: exclusive creation is the next best.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS')
      return createPlain(path, holder)
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function createPlain(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes the lock of a process that is gone. Two processes that find the same stale lock must not
 * remove each other's new one: only the holder of a second file may remove, and it looks again.
 */
function replaceStale(path: string, ports: LockPorts): boolean {
  const found = read(path)
  if (found !== undefined && !isStale(found, ports)) return false
  const takeover = `${path}.takeover`
  if (ageMs(takeover, ports) > TAKEOVER_MS) rmSync(takeover, { force: true })
  const guard: Holder = { pid: ports.pid, started: null, token: randomUUID() }
  if (!createPlain(takeover, guard)) return false
  try {
    const again = read(path)
    if (again !== undefined && !isStale(again, ports)) return false
    // Neither readable nor old: somebody without hard links is writing it in this moment.
    if (again === undefined && ageMs(path, ports) < TAKEOVER_MS) return false
    rmSync(path, { force: true })
    return true
  } finally {
    rmSync(takeover, { force: true })
  }
}

function isStale({ pid, started }: Holder, ports: LockPorts): boolean {
  if (!ports.isAlive(pid)) return true
  const now = ports.startOf(pid)
  if (started !== null && now !== null) return started !== now
  // Without start times, a lock with this process's own pid that it does not remember is old.
  return pid === ports.pid
}

function read(path: string): Holder | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    const { pid, started = null, token = '' } = value
    return Number.isInteger(pid) && pid !== undefined ? { pid, started, token } : undefined
  } catch {
    return undefined
  }
}

/** 0 when there is no such file. */
function ageMs(path: string, ports: LockPorts): number {
  try {
    return ports.nowMs() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** Linux: field 22 of /proc/<pid>/stat, clock ticks since boot. The name before it may hold ")". */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
