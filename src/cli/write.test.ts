import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeCli, type FakeOptions, fakeCli, SYNC_ROW } from '../../test/support/fake-cli.ts'
import { AppError } from '../base/error.ts'
import { runJob, serveJobs } from './job.ts'
import { acquireLock, systemLockPorts } from './lock.ts'

let open: FakeCli[] = []
afterEach(() => {
  for (const cli of open) cli.dispose()
  open = []
})

function started(options: FakeOptions = {}): FakeCli {
  const cli = fakeCli(options)
  open.push(cli)
  return cli
}

describe('one writer', () => {
  it('sync takes the lock, reports a row per dataset, and gives the lock free', async () => {
    const cli = started()
    const { code, out, err } = await cli.run('sync')
    expect(code).toBe(0)
    expect(out).toMatch(/xx_list +250 +3 +7 +2 days +ok/)
    expect(err).toBe('xx_list  ok  +250 -3 =7\n')
    expect(cli.opened).toEqual(['write', '-'])
    expect(readdirSync(join(cli.folder, 'data'))).toEqual([])
    expect(JSON.parse((await cli.run('sync', '--json')).out)).toEqual({ datasets: [SYNC_ROW] })
  })

  it('sync exits 1 when a source failed, and the others are still reported', async () => {
    const failed = {
      ...SYNC_ROW,
      dataset: 'yy_list',
      state: 'failed' as const,
      error: { code: 'source.too_few', message: 'The file holds fewer rows than it must.' },
    }
    const cli = started({ operator: { sync: async () => [SYNC_ROW, failed] } })
    const { code, out } = await cli.run('sync')
    expect(code).toBe(1)
    expect(out).toContain('yy_list: The file holds fewer rows than it must. [source.too_few]')
  })

  it('sync hands its job to the server that runs on the folder, with absolute paths', async () => {
    const cli = started()
    const folder = join(cli.folder, 'data')
    const lock = acquireLock(folder)
    const asked: unknown[] = []
    const server = await serveJobs(folder, {
      async sync(params, emit) {
        asked.push(params)
        emit({ kind: 'row', row: SYNC_ROW })
        return [SYNC_ROW]
      },
    })
    const { code, out, err } = await cli.run('sync', 'xx_list', '--file', 'list.csv', '--force')
    expect({ code, opened: cli.opened }).toEqual({ code: 0, opened: [] })
    expect(out).toContain('xx_list')
    expect(err).toContain('xx_list  ok')
    expect(asked).toEqual([
      {
        datasets: ['xx_list'],
        scope: 'all',
        file: join(cli.folder, 'list.csv'),
        force: true,
      },
    ])
    await server.close()
    lock.release()
  })

  it.each([['sync'], ['rebuild'], ['start']])(
    '%s refuses a folder that another process writes',
    async (name) => {
      const cli = started()
      const lock = acquireLock(join(cli.folder, 'data'), { ...systemLockPorts, pid: process.ppid })
      const { code, err } = await cli.run(name)
      expect({ code, opened: cli.opened }).toEqual({ code: 1, opened: [] })
      expect(err).toContain(`pid ${process.ppid}`)
      lock.release()
    },
  )

  it('a failure inside leaves neither lock nor open store', async () => {
    const cli = started({
      operator: {
        async rebuild() {
          throw new AppError('ledger.broken', 'The ledger cannot be read.')
        },
      },
    })
    expect(await cli.run('rebuild')).toMatchObject({ code: 1, out: '' })
    expect(cli.opened).toEqual(['write', '-'])
    expect(readdirSync(join(cli.folder, 'data'))).toEqual([])
  })
})

describe('custos export', () => {
  const file = (dataset: string, redistribute: boolean) => ({
    dataset,
    title: `Title of ${dataset}`,
    licence: { id: 'X-1', name: 'Licence X', url: 'https://x.example/', redistribute },
    header: 'a,b\n',
    rows: (async function* () {
      yield '1,2\n'
    })(),
  })
  const options: FakeOptions = {
    operator: {
      async *exportRows({ includeRestricted }) {
        yield file('xx_list', true)
        if (includeRestricted) yield file('yy_list', false)
      },
    },
  }

  it('writes one table to standard output, and the licences beside it', async () => {
    const { out, err } = await started(options).run(
      'export',
      '--format',
      'csv',
      '--include-restricted',
    )
    expect(out).toBe('a,b\n1,2\n1,2\n')
    expect(err).toContain('xx_list: Title of xx_list. Licence: Licence X (X-1)')
    expect(err).toContain('yy_list: Title of yy_list. Licence (restricted): Licence X')
  })

  it('writes a file per list with its licence; restricted ones only when asked', async () => {
    const cli = started(options)
    expect((await cli.run('export', '--format', 'csv', '--out', 'e')).code).toBe(0)
    expect(readdirSync(join(cli.folder, 'e')).sort()).toEqual([
      'xx_list.csv',
      'xx_list.licence.txt',
    ])
    expect(readFileSync(join(cli.folder, 'e', 'xx_list.csv'), 'utf8')).toBe('a,b\n1,2\n')
    await cli.run('export', '--format', 'csv', '--out', 'e', '--include-restricted')
    expect(readdirSync(join(cli.folder, 'e'))).toContain('yy_list.licence.txt')
  })
})

describe('custos start', () => {
  it('serves first, loads what came with it on a first start, and stops when asked', async () => {
    const steps: string[] = []
    const cli = started({
      operator: {
        init: async () => {
          steps.push('init')
          return { created: true }
        },
        sync: async (request) => {
          steps.push(`sync ${request.scope}`)
          return [SYNC_ROW]
        },
        keepFresh: async (signal) => {
          steps.push('fresh')
          cli.stop.abort()
          await new Promise((resolve) => setTimeout(resolve, 10))
          expect(signal.aborted).toBe(true)
        },
      },
      listen: async () => {
        steps.push('listen')
        return {
          url: 'http://127.0.0.1:7070/',
          close: async () => void steps.push('close'),
        }
      },
    })
    const { code, out } = await cli.run('start')
    expect({ code, out }).toEqual({ code: 0, out: 'Custos 0.0.0 serves http://127.0.0.1:7070/\n' })
    expect(steps).toEqual(['init', 'listen', 'sync bundled', 'fresh', 'close'])
    expect(readdirSync(join(cli.folder, 'data'))).toEqual([])
  })

  it('takes jobs while it runs; offline it keeps nothing fresh; a failed first read is not fatal', async () => {
    let fresh = false
    const cli = started({
      operator: {
        init: async () => ({ created: true }),
        sync: async ({ scope }) => {
          if (scope === 'bundled') throw new AppError('source.too_few', 'Too few rows.')
          return [SYNC_ROW]
        },
        keepFresh: async () => {
          fresh = true
        },
      },
    })
    const running = cli.run('start', '--offline')
    const folder = join(cli.folder, 'data')
    const job = () =>
      runJob({ folder, job: 'sync', params: { datasets: ['xx_list'] }, onProgress: () => {} })
    await expect.poll(job).toEqual({ value: [SYNC_ROW] })
    cli.stop.abort()
    const { code, out, err } = await running
    expect({ code, fresh }).toEqual({ code: 0, fresh: false })
    expect(err).toContain('Too few rows.')
    expect(out).toContain('serves http://')
  })

  it('a port that is taken ends it, and leaves the folder free', async () => {
    const cli = started({
      listen: async () => {
        throw new AppError('server.port_taken', 'Port 7070 is taken by another program.')
      },
    })
    expect(await cli.run('start')).toMatchObject({ code: 1 })
    expect(cli.opened).toEqual(['write', '-'])
    expect(readdirSync(join(cli.folder, 'data'))).toEqual([])
  })
})
