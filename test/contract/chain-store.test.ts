import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import { chainStoreContract } from './chain-store.ts'

const paths = new WeakMap<ChainStore, string>()

function open(path: string, youngMax?: number): ChainStore {
  const store = openSqliteChainStore(path, youngMax === undefined ? {} : { youngMax })
  paths.set(store, path)
  return store
}

for (const [name, youngMax] of [
  ['SQLite', undefined],
  ['SQLite that merges its young tables again and again', 2],
] as const) {
  chainStoreContract(name, {
    make: async () => open(chainPath(mkdtempSync(join(tmpdir(), 'custos-chain-'))), youngMax),
    reopen: async (store) => {
      await store.close()
      return open(paths.get(store) ?? '', youngMax)
    },
    dump: async (store) => [...dumpChainRows(paths.get(store) ?? '')].join('\n'),
  })
}
