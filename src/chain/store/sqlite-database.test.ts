import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { ChainDatabase } from './sqlite-database.ts'
import { SCHEMA_VERSION } from './sqlite-schema.ts'

function written(version: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'custos-schema-')), 'chain.sqlite')
  new ChainDatabase(path).close()
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA user_version=${version}`)
  db.close()
  return path
}

const refused = (code: string) => expect.objectContaining({ code })

describe('the version of chain rows', () => {
  it('rows of this version are opened again', () => {
    expect(() => new ChainDatabase(written(SCHEMA_VERSION)).close()).not.toThrow()
  })

  it.each([true, false])(
    'older rows are refused and left as they are, read only: %s',
    (readOnly) => {
      const path = written(SCHEMA_VERSION - 1)
      const open = () => new ChainDatabase(path, { readOnly })
      expect(open).toThrow(refused('chain.store_outdated'))
      // Opening again says the same: the first refusal wrote nothing.
      expect(open).toThrow(refused('chain.store_outdated'))
    },
  )

  it('newer rows are refused', () => {
    const open = () => new ChainDatabase(written(SCHEMA_VERSION + 1))
    expect(open).toThrow(refused('chain.store_newer'))
  })
})
