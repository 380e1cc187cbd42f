import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../../test/support/fake-cli.ts'
import { rewindRequestOf } from './command/chain-rewind.ts'
import { serveJobs } from './job.ts'
import { acquireLock, systemLockPorts } from './lock.ts'

let open: FakeCli[] = []
afterEach(() => {
  for (const cli of open) cli.dispose()
  open = []
})

function started(): FakeCli {
  const cli = fakeCli()
  open.push(cli)
  return cli
}

const ARGS = ['chain', 'rewind', '--chain', 'eip155:1', '--to', '21'] as const

describe('custos chain rewind', () => {
  it('takes the lock, rewinds, and says which halt it lifted', async () => {
    const cli = started()
    const { code, out } = await cli.run(...ARGS)
    expect({ code, opened: cli.opened }).toEqual({ code: 0, opened: ['write', '-'] })
    expect(out).toContain('eip155:1 ends at block 21')
    expect(out).toContain('chain.deep_reorg is lifted')
    expect(JSON.parse((await cli.run(...ARGS, '--json')).out)).toMatchObject({ to: 21, blocks: 2 })
  })

  it('is done by the server that runs on the folder', async () => {
    const cli = started()
    const data = join(cli.folder, 'data')
    const lock = acquireLock(data, { ...systemLockPorts, pid: process.ppid })
    const asked: unknown[] = []
    const result = { chain: 'eip155:1', to: 21, blocks: 5, retracted: 0, lifted: null }
    const server = await serveJobs(data, {
      'chain rewind': async (params) => {
        asked.push(rewindRequestOf(params))
        return result
      },
    })
    const { code, out } = await cli.run(...ARGS)
    expect({ code, opened: cli.opened }).toEqual({ code: 0, opened: [] })
    expect(out).toContain('5 blocks gone')
    expect(asked).toEqual([{ chain: 'eip155:1', to: 21 }])
    await server.close()
    lock.release()
  })

  it.each([
    [['chain', 'rewind', '--chain', 'eip155:1']],
    [['chain', 'rewind', '--to', '21']],
    [['chain', 'rewind', '--chain', 'eip155:1', '--to', '-1']],
    [['chain', 'rewind', '--chain', 'eip155:1', '--to', '2e1']],
  ])('%j is a usage error, and nothing is opened', async (args) => {
    const cli = started()
    expect(await cli.run(...args)).toMatchObject({ code: 2, out: '' })
    expect(cli.opened).toEqual([])
  })

  it.each([[null], [{}], [{ chain: 'x', to: 1 }], [{ chain: 'eip155:1', to: 1.5 }]])(
    'a server refuses the request %j',
    (params) => {
      expect(() => rewindRequestOf(params)).toThrow('no request to rewind')
    },
  )
})
