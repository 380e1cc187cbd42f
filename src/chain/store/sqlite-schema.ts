/**
 * Raised whenever tables or keys change: rows of another version are refused, never read wrongly.
 * 2: the key of an address is of a hash. 3: what is found by a hash or a token is in tables of its
 * own, so that a change writes it in the order of its keys; rows of version 2 are converted.
 */
export const SCHEMA_VERSION = 3

/**
 * `head` and `final` are those of following; `anchor` is the block that following started on, which
 * is known by its reference only. Blocks that were filled in may lie anywhere below or beside them.
 */
export const SCHEMA = `
CREATE TABLE chain(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, head INTEGER, head_hash TEXT, final INTEGER,
  final_hash TEXT, halted TEXT, addresses INTEGER NOT NULL DEFAULT 0,
  blocks INTEGER NOT NULL DEFAULT 0, txs INTEGER NOT NULL DEFAULT 0,
  transfers INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0,
  orphaned INTEGER NOT NULL DEFAULT 0, young INTEGER NOT NULL DEFAULT 0);
CREATE TABLE alert(
  id TEXT PRIMARY KEY, chain INTEGER NOT NULL, block INTEGER NOT NULL, state INTEGER NOT NULL,
  rule TEXT NOT NULL, change INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX alert_order ON alert(change);
CREATE INDEX alert_place ON alert(chain, block);
CREATE INDEX alert_state ON alert(state, chain, block);
CREATE INDEX alert_rule ON alert(rule, change);
CREATE TABLE alert_subject(
  subject TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(subject, id)) WITHOUT ROWID;
CREATE TABLE alert_change(
  change INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, state INTEGER NOT NULL);
CREATE TABLE coverage(
  chain INTEGER NOT NULL, rule TEXT NOT NULL, version TEXT NOT NULL, lo INTEGER NOT NULL,
  hi INTEGER NOT NULL, PRIMARY KEY(chain, rule, version, lo)) WITHOUT ROWID;
CREATE TABLE reread(
  chain INTEGER NOT NULL, number INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY(chain, number)) WITHOUT ROWID;
`

/**
 * Tables of one chain, with its number in their names, so that a row needs no chain column.
 *
 * A place is `number * 2^20 + index`: rows of a block are neighbours, and a reorganisation removes
 * one range. Addresses, token contracts included, are numbered by the order in which they were
 * first seen; `hk` is 48 bits of a hash, that of an address being of its own: a third of the size
 * of an index over the whole. `th` and `ah` find a transaction and an address by it.
 * `ax.k` is `4 * address + direction` (1 received, 2 sent, 3 both, 0 as the token), so that the
 * newest of each direction are one seek away; `other` is the other party, so that counterparties
 * are counted in the index alone. Balance changes are eight signed sums of 32-bit limbs: exact, and
 * a change is added or taken back in one step, without reading what was there.
 *
 * No table that is large has an index of SQLite's own: such an index is written in the order of the
 * rows, which for hashes is at a random page each, at five times the cost of the order of its keys.
 * `ah`, `ax` and `h` are written at random places all the same. They have a young table that fits
 * the page cache and is merged into the old one, in order, when it is full: each page of the old
 * one is then written once for a million rows and not once for every change. Who reads takes both.
 */
export function chainSchema(no: number): string {
  const limbs = LIMBS.map((name) => `${name} INTEGER NOT NULL DEFAULT 0`).join(', ')
  return `
CREATE TABLE b${no}(
  number INTEGER PRIMARY KEY, hk INTEGER NOT NULL, hash NOT NULL, parent NOT NULL,
  at INTEGER NOT NULL, txs INTEGER NOT NULL, transfers INTEGER NOT NULL, events INTEGER NOT NULL,
  cover INTEGER NOT NULL);
CREATE INDEX b${no}_hk ON b${no}(hk);
CREATE TABLE t${no}(
  place INTEGER PRIMARY KEY, hk INTEGER NOT NULL, hash NOT NULL, src INTEGER, dst INTEGER,
  value NOT NULL, status INTEGER NOT NULL, selector INTEGER, created INTEGER);
${byHash(no)}
CREATE TABLE x${no}(
  place INTEGER PRIMARY KEY, tx INTEGER NOT NULL, kind INTEGER NOT NULL, token INTEGER,
  src INTEGER, dst INTEGER, amount, item, log INTEGER);
CREATE TABLE e${no}(
  place INTEGER PRIMARY KEY, tx INTEGER NOT NULL, kind INTEGER NOT NULL, contract INTEGER NOT NULL,
  owner INTEGER, spender INTEGER, amount, extra TEXT, log INTEGER);
CREATE TABLE a${no}(
  id INTEGER PRIMARY KEY, hk INTEGER NOT NULL, key NOT NULL);
${['ax', 'axy']
  .map(
    (name) => `CREATE TABLE ${name}${no}(
  k INTEGER NOT NULL, place INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY(k, place)) WITHOUT ROWID;`,
  )
  .join('\n')}
CREATE TABLE ex${no}(
  address INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(address, place)) WITHOUT ROWID;
${['h', 'hy']
  .map(
    (name) => `CREATE TABLE ${name}${no}(
  address INTEGER NOT NULL, token INTEGER NOT NULL, received INTEGER NOT NULL,
  sent INTEGER NOT NULL, ${limbs}, PRIMARY KEY(address, token)) WITHOUT ROWID;`,
  )
  .join('\n')}
CREATE TABLE k${no}(token INTEGER PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE o${no}(
  hash TEXT PRIMARY KEY, number INTEGER NOT NULL, parent TEXT NOT NULL, at INTEGER NOT NULL,
  orphaned_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX o${no}_time ON o${no}(orphaned_at);
`
}

function byHash(no: number): string {
  return `
CREATE TABLE th${no}(
  hk INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(hk, place)) WITHOUT ROWID;
${['ah', 'ahy']
  .map(
    (name) => `CREATE TABLE ${name}${no}(
  hk INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(hk, id)) WITHOUT ROWID;`,
  )
  .join('\n')}`
}

/** Tables of one chain of version 2 become those of version 3. */
export function fromVersion2(no: number): string {
  return `${byHash(no)}
INSERT INTO th${no} SELECT hk, place FROM t${no} ORDER BY hk, place;
DROP INDEX t${no}_hk;
INSERT INTO ah${no} SELECT hk, id FROM a${no} ORDER BY hk, id;
DROP INDEX a${no}_hk;
INSERT INTO ax${no} SELECT 4 * token, place, 0 FROM x${no} WHERE token IS NOT NULL
  ORDER BY token, place;
DROP INDEX x${no}_token;
`
}

export const LIMBS = ['l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7'] as const
