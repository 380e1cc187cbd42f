import { createHash } from 'node:crypto'
import { assert } from '../base/assert.ts'
import { statementId } from '../model/statement.ts'
import { type NoteVerifier, openCheckpoint } from './checkpoint.ts'
import { eventLeaf, runLeaf } from './leaf.ts'
import { Frontier, leafHash } from './merkle.ts'
import { LedgerDatabase } from './store/database.ts'
import { KeptFiles } from './store/files.ts'
import type { LedgerPaths } from './store/sqlite-reader.ts'

export interface VerifyProblem {
  /** `statement`, `event`, `run`, `checkpoint`, `file`, `live` or `database`. */
  readonly what: string
  readonly where: string
  readonly message: string
}

export interface VerifyReport {
  readonly ok: boolean
  readonly statements: number
  readonly events: number
  readonly runs: number
  readonly files: number
  readonly checkpoint: {
    readonly size: number
    readonly root: string
    readonly note: string
  } | null
  readonly problems: readonly VerifyProblem[]
}

interface VerifyParams {
  readonly paths: LedgerPaths
  readonly verifier: NoteVerifier
  /** A signed note kept from an earlier day: the log must contain it as a prefix. */
  readonly earlier?: string | undefined
  readonly onProgress?: (done: number, total: number) => void
}

/** More problems than these say nothing new. */
const PROBLEMS_MAX = 20

interface JoinedRow {
  seq: number
  op: number
  sid: number
  run: number
  effective: string
  row: string
  id: Uint8Array | null
  dataset: string | null
  entity: string
  prop: string
  value: string
  original: string | null
  lang: string | null
}

/**
 * Reads the whole ledger and recomputes everything: each statement's content address, each leaf,
 * each root at its checkpoint, each signature, each kept file, and the derived live table. Needs
 * neither network nor the private key. Any changed byte shows as a problem.
 */
export async function verifyLedger(params: VerifyParams): Promise<VerifyReport> {
  const problems: VerifyProblem[] = []
  const counts = { statements: 0, events: 0, runs: 0, files: 0 }
  let checkpoint: VerifyReport['checkpoint'] = null
  try {
    const db = new LedgerDatabase(params.paths.database, { readOnly: true })
    try {
      const walk = new Walk(db, params, problems, counts)
      checkpoint = walk.run()
      await checkFiles(db, params.paths, problems, counts)
    } finally {
      db.close()
    }
  } catch (error) {
    problems.push({ what: 'database', where: 'ledger', message: String((error as Error).message) })
  }
  return { ok: problems.length === 0, ...counts, checkpoint, problems }
}

interface RunRow {
  no: number
  id: string
  record: string
  seq_from: number
  seq_to: number
  dataset: string | null
}

class Walk {
  readonly #db: LedgerDatabase
  readonly #params: VerifyParams
  readonly #problems: VerifyProblem[]
  readonly #counts: { statements: number; events: number; runs: number }
  readonly #frontier = new Frontier()
  readonly #seen: Uint8Array
  readonly #live = new Map<number, string>()
  readonly #statements: number
  readonly #earlier: { size: number; root: string } | undefined
  #hasEarlier = false

  constructor(
    db: LedgerDatabase,
    params: VerifyParams,
    problems: VerifyProblem[],
    counts: { statements: number; events: number; runs: number },
  ) {
    this.#db = db
    this.#params = params
    this.#problems = problems
    this.#counts = counts
    this.#statements = db.get<{ n: number | null }>('SELECT max(sid) AS n FROM statement')?.n ?? 0
    assert(this.#statements >= 0, 'a count is not negative')
    assert(problems.length === 0, 'a walk starts without problems')
    this.#seen = new Uint8Array(this.#statements + 1)
    this.#earlier =
      params.earlier === undefined ? undefined : openCheckpoint(params.earlier, params.verifier)
  }

  run(): VerifyReport['checkpoint'] {
    const runs = this.#db.all<RunRow>(
      `SELECT r.no, r.id, r.record, r.seq_from, r.seq_to, d.name AS dataset
       FROM run r LEFT JOIN dataset d ON d.no = r.dataset ORDER BY r.no`,
    )
    const events = this.#db.iterate<JoinedRow>(
      `SELECT e.seq, e.op, e.sid, e.run, e.effective, e.row, s.id, d.name AS dataset, s.entity,
         s.prop, s.value, s.original, s.lang
       FROM event e LEFT JOIN statement s ON s.sid = e.sid LEFT JOIN dataset d ON d.no = s.dataset
       ORDER BY e.seq`,
    )
    const total = this.#db.get<{ n: number | null }>('SELECT max(seq) AS n FROM event')?.n ?? 0
    const notes = new Map(
      this.#db
        .all<{
          run: number
          size: number
          root: string
          note: string
          seq: number
          frontier: Uint8Array
          at: string
          at_ms: number
        }>('SELECT run, size, root, note, seq, frontier, at, at_ms FROM checkpoint ORDER BY size')
        .map((row) => [row.run, row]),
    )
    let last: VerifyReport['checkpoint'] = null
    let pending = events.next()
    let seq = 0
    let number = 0
    for (const run of runs) {
      number += 1
      const record = parseRecord(run.record)
      if (run.no !== number || record === undefined)
        this.#report('run', run.id, 'the run record is damaged')
      if (record?.id !== run.id || record?.dataset !== run.dataset) {
        this.#report('run', run.id, 'the run record does not fit its columns')
      }
      if (run.seq_from !== seq + 1)
        this.#report('run', run.id, 'events before this run are missing')
      for (; !pending.done && pending.value.run === run.no; pending = events.next()) {
        seq += 1
        this.#event(pending.value, seq, run.id, record?.at ?? '', run.dataset)
        if (seq % 20_000 === 0) this.#params.onProgress?.(seq, total)
      }
      if (run.seq_to !== seq) this.#report('run', run.id, 'the run does not end where it says')
      // A damaged record cannot give the right leaf; any other lets the walk go on and find more.
      this.#frontier.append(
        leafHash(record === undefined ? `damaged ${run.id}` : runLeaf(run.record)),
      )
      this.#counts.runs += 1
      last = this.#checkpoint(notes.get(run.no), run, seq, record?.at ?? '')
    }
    if (!pending.done) this.#report('event', String(pending.value.seq), 'events without a run')
    this.#leftOvers(notes.size, runs.length)
    return last
  }

  #event(row: JoinedRow, seq: number, run: string, at: string, dataset: string | null): void {
    this.#counts.events += 1
    if (row.seq !== seq) this.#report('event', String(row.seq), 'the sequence has a gap')
    if (row.op !== 0 && row.op !== 1) this.#report('event', String(row.seq), 'unknown operation')
    if (row.id === null) {
      this.#report('event', String(row.seq), 'its statement is missing')
      return
    }
    const id = Buffer.from(row.id).toString('hex')
    if (this.#seen[row.sid] === 0) {
      this.#seen[row.sid] = 1
      this.#counts.statements += 1
      const recomputed = statementId({
        dataset: row.dataset ?? '',
        entity: row.entity,
        prop: row.prop,
        value: row.value,
        ...(row.original === null ? {} : { original: row.original }),
        ...(row.lang === null ? {} : { lang: row.lang }),
      })
      if (recomputed !== id) this.#report('statement', id, 'the content does not fit the hash')
    }
    if (row.dataset !== dataset) this.#report('event', String(row.seq), 'another dataset wrote it')
    const op = row.op === 1 ? 'assert' : 'retract'
    const leaf = {
      seq,
      op,
      statement: id,
      run,
      at,
      effective: row.effective,
      row: row.row,
    } as const
    if (id.length === 64) this.#frontier.append(leafHash(eventLeaf(leaf)))
    this.#track(row)
  }

  #track(row: JoinedRow): void {
    if (row.op === 0) this.#live.delete(row.sid)
    else {
      const since = this.#live.get(row.sid)
      if (since === undefined || row.effective < since) this.#live.set(row.sid, row.effective)
    }
  }

  #checkpoint(
    stored:
      | {
          size: number
          root: string
          note: string
          seq: number
          frontier: Uint8Array
          at: string
          at_ms: number
        }
      | undefined,
    run: RunRow,
    seq: number,
    at: string,
  ): VerifyReport['checkpoint'] {
    if (stored === undefined) {
      this.#report('checkpoint', run.id, 'the run has no checkpoint')
      return null
    }
    const root = this.#frontier.root().toString('base64')
    const size = this.#frontier.size
    if (stored.size !== size || stored.root !== root || stored.seq !== seq) {
      this.#report('checkpoint', run.id, 'the tree does not give this root')
    }
    if (!Buffer.from(stored.frontier).equals(this.#frontier.toBytes())) {
      this.#report('checkpoint', run.id, 'the stored frontier is not the tree’s')
    }
    if (stored.at !== at || stored.at_ms !== Date.parse(at)) {
      this.#report('checkpoint', run.id, 'its time is not the run’s')
    }
    try {
      const body = openCheckpoint(stored.note, this.#params.verifier)
      if (body.size !== size || body.root !== root) {
        this.#report('checkpoint', run.id, 'the signed note is of another tree')
      }
    } catch (error) {
      this.#report('checkpoint', run.id, (error as Error).message)
    }
    if (this.#earlier?.size === size) {
      this.#hasEarlier = true
      if (this.#earlier.root !== root) {
        this.#report(
          'checkpoint',
          run.id,
          'the history before the earlier checkpoint was rewritten',
        )
      }
    }
    return { size, root, note: stored.note }
  }

  #leftOvers(notes: number, runs: number): void {
    if (notes !== runs) this.#report('checkpoint', 'all', 'there are not as many as runs')
    if (this.#earlier !== undefined && !this.#hasEarlier) {
      this.#report('checkpoint', 'earlier', 'the log does not contain the earlier checkpoint')
    }
    for (let sid = 1; sid <= this.#statements; sid += 1) {
      if (this.#seen[sid] === 0) this.#report('statement', String(sid), 'no event names it')
    }
    let rows = 0
    for (const row of this.#db.iterate<{ sid: number; since: string; fits: number }>(
      `SELECT l.sid, l.since, l.dataset = s.dataset AS fits
       FROM live l LEFT JOIN statement s ON s.sid = l.sid`,
    )) {
      rows += 1
      if (this.#live.get(row.sid) !== row.since || row.fits !== 1) {
        this.#report('live', String(row.sid), 'the derived live table does not fit the events')
      }
    }
    if (rows !== this.#live.size)
      this.#report('live', 'all', 'the derived live table is incomplete')
  }

  #report(what: string, where: string, message: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ what, where, message })
  }
}

async function checkFiles(
  db: LedgerDatabase,
  paths: LedgerPaths,
  problems: VerifyProblem[],
  counts: { files: number },
): Promise<void> {
  const kept = new KeptFiles(paths.files)
  const seen = new Set<string>()
  for (const { record } of db.all<{ record: string }>('SELECT record FROM run ORDER BY no')) {
    for (const file of parseRecord(record)?.files ?? []) {
      if (seen.has(file.sha256)) continue
      seen.add(file.sha256)
      counts.files += 1
      const message = await fileProblem(kept, file.sha256)
      if (message !== undefined && problems.length < PROBLEMS_MAX) {
        problems.push({ what: 'file', where: file.name, message })
      }
    }
  }
}

async function fileProblem(kept: KeptFiles, sha256: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of kept.read(sha256)) hash.update(chunk)
  } catch {
    return 'the kept file is missing or damaged'
  }
  return hash.digest('hex') === sha256 ? undefined : 'the kept file is not the one that was read'
}

interface RecordView {
  readonly id: string
  readonly dataset: string
  readonly at: string
  readonly files: readonly { readonly sha256: string; readonly name: string }[]
}

function parseRecord(record: string): RecordView | undefined {
  try {
    return JSON.parse(record) as RecordView
  } catch {
    return undefined
  }
}
