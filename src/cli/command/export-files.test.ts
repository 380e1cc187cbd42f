import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../../../test/support/fake-cli.ts'
import type { DownloadManifest } from '../../model/downloads.ts'
import type { Downloads } from '../operator.ts'

const file = (name: string) => ({ name, bytes: 3, sha256: 'ab'.repeat(32) })
const MANIFEST: DownloadManifest = {
  ...{ format: 1, program: '1', origin: 'custos.test', at: '2026-11-20T09:00:00Z', seq: 7 },
  ...{ bundle: null, data: [], withheld: [], proofs: [file('SHA256SUMS'), file('LICENCES.txt')] },
}

describe('custos export', () => {
  let cli: FakeCli
  const made: string[] = []
  const make: Downloads['make'] = async (what, onProgress) => {
    made.push(what)
    onProgress({ part: 'bundle', done: 1, total: 1 })
    return MANIFEST
  }
  afterEach(() => {
    cli.dispose()
    made.length = 0
  })

  it('bundle makes what the offline app needs, downloads makes everything', async () => {
    cli = fakeCli({ downloads: { make } })
    const bundle = await cli.run('export', 'bundle')
    expect(bundle.code).toBe(0)
    expect(bundle.out).toContain(`${'ab'.repeat(32)}            3  SHA256SUMS\n`)
    expect((await cli.run('export', 'downloads')).code).toBe(0)
    expect(made).toEqual(['bundle', 'all'])
    expect(cli.opened).toEqual(['write', '-', 'write', '-'])
  })

  it('prints the manifest with --json, and puts a second copy where --out says', async () => {
    cli = fakeCli({ downloads: { make } })
    const folder = join(cli.folder, 'data', 'downloads')
    mkdirSync(folder, { recursive: true })
    for (const name of ['SHA256SUMS', 'LICENCES.txt', 'manifest.json']) {
      writeFileSync(join(folder, name), 'abc')
    }
    const out = join(cli.folder, 'copy')
    const { code, out: text } = await cli.run('export', 'bundle', '--json', '--out', out)
    expect(code).toBe(0)
    expect(JSON.parse(text)).toEqual(MANIFEST)
    expect(readdirSync(out).sort()).toEqual(['LICENCES.txt', 'SHA256SUMS', 'manifest.json'])
  })

  it('says what else it cannot make, and why there is nothing', async () => {
    cli = fakeCli()
    const wrong = await cli.run('export', 'everything')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('bundle or downloads')
    const empty = await cli.run('export', 'bundle')
    expect(empty.code).toBe(1)
    expect(empty.err).toContain('downloads.empty')
  })
})
