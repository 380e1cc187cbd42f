import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../base/error.ts'
import { type Book, bookFromBytes, buildBook } from './book.ts'
import type { IndexReader } from './port.ts'

/** The book's file inside a data folder. */
export function bookPath(folder: string): string {
  return join(folder, 'book.bin')
}

/**
 * Builds the book of an index and keeps it beside the ledger under a temporary name first, so that
 * a reader finds the old one or the new one. `seed` should be a random number: who knows it could
 * choose keys that meet in one place.
 */
export async function writeBook(index: IndexReader, path: string, seed: number): Promise<Book> {
  const seq = await index.seq()
  const book = buildBook(index.keys(), seed, generationOf(seq))
  const temporary = `${path}.tmp`
  writeFileSync(temporary, book.toBytes())
  renameSync(temporary, path)
  return book
}

/** The kept book; undefined when there is none, or it is of another state, or damaged. */
export function loadBook(path: string, seq: number): Book | undefined {
  if (!existsSync(path)) return undefined
  try {
    const book = bookFromBytes(readShared(path))
    return book.generation === generationOf(seq) ? book : undefined
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

/** Names the state of the index that a book was made from. */
export function generationOf(seq: number): string {
  return `seq ${seq}`
}

/** Straight into shared memory, where the book is used in place. */
function readShared(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    let at = 0
    while (at < size) {
      const read = readSync(file, bytes, at, size - at, at)
      if (read === 0) break
      at += read
    }
    return bytes
  } finally {
    closeSync(file)
  }
}
