import { fromLimbs, type Stored } from './sqlite-codec.ts'
import { balanceSums } from './sqlite-counters.ts'
import { ChainDatabase } from './sqlite-database.ts'
import { LIMBS } from './sqlite-schema.ts'

/**
 * Everything that the blocks of each chain decide, as lines in one order: two stores that hold the
 * same chains give the same lines, whatever happened to them before. What remembers the way there
 * is left out: numbers of addresses and changes, orphaned blocks, retracted alerts, halts.
 */
export function* dumpChainRows(path: string): Generator<string> {
  const db = new ChainDatabase(path, { readOnly: true })
  try {
    const chains = db.all<{ no: number; id: string }>('SELECT no, id FROM chain ORDER BY id')
    for (const { no, id } of chains) yield* dumpChain(db, no, id)
    yield* lines(db, 'alert', ALERTS)
    yield* lines(db, 'subject', SUBJECTS)
  } finally {
    db.close()
  }
}

const ALERTS = `SELECT a.id, c.id chain, a.block, a.state, a.rule, a.body FROM alert a
  JOIN chain c ON c.no = a.chain WHERE a.state <> 2 ORDER BY a.id`
const SUBJECTS = `SELECT s.subject, s.id FROM alert_subject s JOIN alert a ON a.id = s.id
  WHERE a.state <> 2 ORDER BY s.subject, s.id`

function* dumpChain(db: ChainDatabase, no: number, id: string): Generator<string> {
  const key = (alias: string) => `(SELECT key FROM a${no} WHERE id = ${alias})`
  yield* lines(
    db,
    `chain ${id}`,
    `SELECT head, head_hash, final, final_hash, blocks, txs, transfers, events FROM chain
     WHERE no = ${no}`,
  )
  yield* lines(
    db,
    `coverage ${id}`,
    `SELECT rule, version, lo, hi FROM coverage WHERE chain = ${no} ORDER BY rule, version, lo`,
  )
  yield* lines(db, `block ${id}`, `SELECT * FROM b${no} ORDER BY number`)
  yield* lines(
    db,
    `tx ${id}`,
    `SELECT place, hash, ${key('src')} src, ${key('dst')} dst, value, status, selector,
     ${key('created')} created FROM t${no} ORDER BY place`,
  )
  yield* lines(
    db,
    `transfer ${id}`,
    `SELECT place, tx, kind, ${key('token')} token, ${key('src')} src, ${key('dst')} dst, amount,
     item, log FROM x${no} ORDER BY place`,
  )
  yield* lines(
    db,
    `event ${id}`,
    `SELECT place, tx, kind, ${key('contract')} contract, ${key('owner')} owner,
     ${key('spender')} spender, amount, extra, log FROM e${no} ORDER BY place`,
  )
  yield* lines(
    db,
    `touch ${id}`,
    `SELECT a.key, t.k % 4 way, t.place, ${key('t.other')} other
     FROM (SELECT * FROM ax${no} UNION ALL SELECT * FROM axy${no}) t
     JOIN a${no} a ON a.id = t.k / 4 ORDER BY a.key, way, t.place`,
  )
  yield* lines(
    db,
    `mention ${id}`,
    `SELECT a.key, t.place FROM ex${no} t JOIN a${no} a ON a.id = t.address
     ORDER BY a.key, t.place`,
  )
  yield* balances(
    db,
    `balance ${id}`,
    `SELECT a.key one, ${key('h.token')} token, h.received, h.sent, ${LIMBS.join(', ')}
     FROM (${balanceSums(no, '')}) h JOIN a${no} a ON a.id = h.address ORDER BY one, token`,
  )
  yield* lines(
    db,
    `token ${id}`,
    `SELECT a.key, k.n FROM k${no} k JOIN a${no} a ON a.id = k.token ORDER BY a.key`,
  )
}

/** One sum has many limbs: what counts is the sum. */
function* balances(db: ChainDatabase, name: string, sql: string): Generator<string> {
  for (const row of db.allBig<Record<string, bigint | Uint8Array | string | null>>(sql)) {
    const { one, token, received, sent } = row
    const sum = fromLimbs(LIMBS.map((limb) => row[limb] as bigint))
    yield `${name} ${JSON.stringify([one, token, received, sent, sum].map(plain))}`
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return typeof value === 'bigint' ? String(value) : value
}

function* lines(db: ChainDatabase, name: string, sql: string): Generator<string> {
  for (const row of db.all<Record<string, Stored | null>>(sql)) {
    yield `${name} ${JSON.stringify(Object.values(row).map(plain))}`
  }
}
