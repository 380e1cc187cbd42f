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

/** What a conversion reads, as version 2 had it: one transaction, two addresses, one transfer. */
const VERSION_2 = `
INSERT INTO chain(no, id) VALUES (1, 'eip155:1');
CREATE TABLE t1(place INTEGER PRIMARY KEY, hk INTEGER NOT NULL);
CREATE INDEX t1_hk ON t1(hk);
CREATE TABLE x1(place INTEGER PRIMARY KEY, token INTEGER);
CREATE INDEX x1_token ON x1(token, place) WHERE token IS NOT NULL;
CREATE TABLE a1(id INTEGER PRIMARY KEY, hk INTEGER NOT NULL, key NOT NULL);
CREATE INDEX a1_hk ON a1(hk);
CREATE TABLE ax1(k INTEGER NOT NULL, place INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY(k, place)) WITHOUT ROWID;
INSERT INTO t1 VALUES (5, 71);
INSERT INTO a1 VALUES (1, 901, x'01'), (2, 902, x'02');
INSERT INTO x1 VALUES (5, 2), (6, NULL);
`

const refused = (code: string) => expect.objectContaining({ code })

describe('the version of chain rows', () => {
  it('rows of this version are opened again', () => {
    expect(() => new ChainDatabase(written(SCHEMA_VERSION)).close()).not.toThrow()
  })

  it.each([true, false])(
    'older rows are refused and left as they are, read only: %s',
    (readOnly) => {
      const path = written(1)
      const open = () => new ChainDatabase(path, { readOnly })
      expect(open).toThrow(refused('chain.store_outdated'))
      // Opening again says the same: the first refusal wrote nothing.
      expect(open).toThrow(refused('chain.store_outdated'))
    },
  )

  it.each([true, false])('rows of version 2 are converted once, read only: %s', (readOnly) => {
    const path = written(SCHEMA_VERSION)
    const db = new DatabaseSync(path)
    db.exec(`${VERSION_2} PRAGMA user_version=2`)
    db.close()
    for (let times = 0; times < 2; times += 1) {
      const opened = new ChainDatabase(path, { readOnly })
      expect(opened.all('SELECT hk, place FROM th1')).toEqual([{ hk: 71, place: 5 }])
      expect(opened.all('SELECT hk, id FROM ah1 ORDER BY id')).toEqual([
        { hk: 901, id: 1 },
        { hk: 902, id: 2 },
      ])
      expect(opened.all('SELECT k, place, other FROM ax1')).toEqual([{ k: 8, place: 5, other: 0 }])
      expect(opened.get('PRAGMA user_version')).toEqual({ user_version: SCHEMA_VERSION })
      opened.close()
    }
  })

  it('newer rows are refused', () => {
    const open = () => new ChainDatabase(written(SCHEMA_VERSION + 1))
    expect(open).toThrow(refused('chain.store_newer'))
  })
})
