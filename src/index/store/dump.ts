import type { IndexDatabase } from './database.ts'

/** Rows between two turns of the event loop. */
const LINES_PER_TURN = 10_000

/**
 * Each table in the order of its content, never of its insertion. Numbers that an insertion gives
 * (a dataset's ordinal) are replaced by what they stand for.
 */
const TABLES: readonly (readonly [string, string])[] = [
  ['meta', 'SELECT key, value FROM meta ORDER BY key'],
  ['dataset', 'SELECT name, statements, entities FROM dataset ORDER BY name'],
  [
    'run',
    `SELECT r.seq_from, r.seq_to, r.id, d.name, r.at, r.effective_min, r.baseline
     FROM run r JOIN dataset d ON d.no = r.dataset ORDER BY r.seq_from`,
  ],
  ['span', 'SELECT sid, no, valid_from, valid_to, known_from, known_to FROM span ORDER BY sid, no'],
  ['ident', 'SELECT key, sid FROM ident ORDER BY key, sid'],
  ['fact', 'SELECT entity, sid FROM fact ORDER BY entity, sid'],
  ['entity', 'SELECT entity, live FROM entity ORDER BY entity'],
  ['name', 'SELECT sid, prop, text FROM name ORDER BY sid'],
  ['roll', 'SELECT prop, sid FROM roll ORDER BY prop, sid'],
]

/** One line a row: the table and its columns as JSON. */
export async function* dumpLines(db: IndexDatabase): AsyncIterable<string> {
  let lines = 0
  for (const [table, sql] of TABLES) {
    for (const row of db.iterate<Record<string, unknown>>(sql)) {
      yield `${table} ${JSON.stringify(Object.values(row))}\n`
      lines += 1
      if (lines % LINES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
