import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerStore } from '../../src/ledger/append.ts'
import { openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { ledgerStoreContract } from './ledger-store.ts'

const folders = new WeakMap<LedgerStore, string>()

function open(folder: string): LedgerStore {
  const store = openSqliteLedger(folder)
  folders.set(store, folder)
  return store
}

ledgerStoreContract('SQLite', {
  make: async () => open(mkdtempSync(join(tmpdir(), 'custos-ledger-'))),
  reopen: async (store) => {
    await store.close()
    return open(folders.get(store) ?? '')
  },
})
