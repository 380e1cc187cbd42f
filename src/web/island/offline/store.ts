/** The bundle in the browser's own database: 5 MB of bytes with what proves them. */
export interface Stored {
  readonly bytes: ArrayBuffer
  readonly note: string
  readonly vkey: string
}

const NAME = 'custos'
const STORE = 'offline'
const KEY = 'bundle'

/** Undefined where nothing is stored, and where the browser keeps nothing. */
export async function readStored(): Promise<Stored | undefined> {
  try {
    const value = await ask<unknown>('readonly', (store) => store.get(KEY))
    return value === undefined ? undefined : (value as Stored)
  } catch {
    return undefined
  }
}

/** False where the browser does not keep it: a private window, a full disk. */
export async function writeStored(stored: Stored): Promise<boolean> {
  try {
    await ask('readwrite', (store) => store.put(stored, KEY))
    return true
  } catch {
    return false
  }
}

export async function removeStored(): Promise<void> {
  await ask('readwrite', (store) => store.delete(KEY)).catch(() => {})
}

async function ask<T>(
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const asked = request(transaction.objectStore(STORE))
      // Only a transaction that is complete has written anything.
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(request.error)
  })
}
