import { assert } from '../../base/assert.ts'
import type { AlertChange, AlertFilter, RuleRef, StoredAlert } from '../read.ts'
import type { AlertRow, AlertState } from '../types.ts'
import type { ChainDatabase } from './sqlite-database.ts'

const STATES: readonly AlertState[] = ['provisional', 'confirmed', 'retracted']
const RETRACTED = 2

interface Row {
  readonly id: string
  readonly state: number
  readonly change: number
  readonly body: string
}

/** What one change did to alerts; ids in the order in which it happened. */
export interface AlertOutcome {
  readonly raised: string[]
  readonly confirmed: string[]
  readonly retracted: string[]
}

/** Alerts and every change of their state, numbered so that a stream can be resumed. */
export class AlertRows {
  readonly #db: ChainDatabase

  constructor(db: ChainDatabase) {
    this.#db = db
  }

  /** Stores alerts of blocks that are stored; `finalUpTo` decides whether they are confirmed. */
  raise(no: number, alerts: readonly AlertRow[], finalUpTo: number, out: AlertOutcome): void {
    for (const alert of alerts) {
      const state = alert.block <= finalUpTo ? 'confirmed' : 'provisional'
      const body = bodyOf(alert)
      const known = this.#db.get<Row>(`SELECT ${ROW} FROM alert WHERE id = ?`, alert.id)
      // A repeated change, and a judgement that comes to the same, say nothing new.
      if (known !== undefined && known.state !== RETRACTED && known.body === body) continue
      const change = this.#log(alert.id, state)
      this.#db.run(
        `INSERT INTO alert(id, chain, block, state, rule, change, body) VALUES (?,?,?,?,?,?,?)
         ON CONFLICT DO UPDATE SET state = excluded.state, change = excluded.change,
           body = excluded.body`,
        alert.id,
        no,
        alert.block,
        STATES.indexOf(state),
        alert.rule,
        change,
        body,
      )
      const found = alert.tx === null ? [] : [ofTx(alert.chain, alert.tx)]
      for (const subject of [...alert.subjects, ...found]) {
        this.#db.run('INSERT OR IGNORE INTO alert_subject VALUES (?, ?)', subject, alert.id)
      }
      out.raised.push(alert.id)
    }
  }

  /** Blocks `from` to `to` are gone. */
  retractBlocks(no: number, range: { from: number; to: number }, out: AlertOutcome): void {
    const rows = this.#live(no, range.from, range.to)
    for (const { id } of rows) this.#set(id, 'retracted', out.retracted)
  }

  /** The rules judged a range again and did not repeat these. */
  retractUnrepeated(
    no: number,
    judged: { range: { from: number; to: number }; rules: readonly RuleRef[] },
    repeated: readonly AlertRow[],
    out: AlertOutcome,
  ): void {
    const kept = new Set(repeated.map(({ id }) => id))
    const rules = new Set(judged.rules.map(({ rule }) => rule))
    for (const { id, rule } of this.#live(no, judged.range.from, judged.range.to)) {
      if (rules.has(rule) && !kept.has(id)) this.#set(id, 'retracted', out.retracted)
    }
  }

  confirm(no: number, finalUpTo: number, out: AlertOutcome): void {
    const rows = this.#db.all<{ id: string }>(
      'SELECT id FROM alert WHERE state = 0 AND chain = ? AND block <= ? ORDER BY block, id',
      no,
      finalUpTo,
    )
    for (const { id } of rows) this.#set(id, 'confirmed', out.confirmed)
  }

  #live(no: number, from: number, to: number) {
    return this.#db.all<{ id: string; rule: string }>(
      `SELECT id, rule FROM alert WHERE chain = ? AND block BETWEEN ? AND ? AND state <> 2
       ORDER BY block, id`,
      no,
      from,
      to,
    )
  }

  #set(id: string, state: AlertState, out: string[]): void {
    const change = this.#log(id, state)
    const sql = 'UPDATE alert SET state = ?, change = ? WHERE id = ?'
    const { changes } = this.#db.run(sql, STATES.indexOf(state), change, id)
    assert(changes === 1, 'an alert that changes is stored')
    out.push(id)
  }

  #log(id: string, state: AlertState): number {
    const sql = 'INSERT INTO alert_change(id, state) VALUES (?, ?)'
    return this.#db.run(sql, id, STATES.indexOf(state)).lastInsertRowid
  }

  count(no: number): number {
    const sql = 'SELECT count(*) n FROM alert WHERE state IN (0, 1) AND chain = ?'
    return this.#db.get<{ n: number }>(sql, no)?.n ?? 0
  }

  one(id: string): StoredAlert | undefined {
    const row = this.#db.get<Row>(`SELECT ${ROW} FROM alert WHERE id = ?`, id)
    return row && toAlert(row)
  }

  list(filter: AlertFilter, no: number | undefined): readonly StoredAlert[] {
    const { rule, state, block, before, since, chain, tx } = filter
    const subject = tx === undefined ? filter.subject : ofTx(chain ?? '', tx)
    const conditions: [string, string | number | undefined][] = [
      ['a.chain = ?', no],
      ['a.block = ?', block],
      ['a.rule = ?', rule],
      ['a.state = ?', state && STATES.indexOf(state)],
      ['a.change < ?', before],
      ['a.change > ?', since],
      ['s.subject = ?', subject],
    ]
    const used = conditions.filter(([, value]) => value !== undefined)
    const where = used.length === 0 ? '' : `WHERE ${used.map(([sql]) => sql).join(' AND ')}`
    const from =
      subject === undefined ? 'alert a' : 'alert_subject s CROSS JOIN alert a ON a.id = s.id'
    const rows = this.#db.all<Row>(
      `SELECT a.id, a.state, a.change, a.body FROM ${from} ${where}
       ORDER BY a.change DESC LIMIT ?`,
      ...used.map(([, value]) => value as string | number),
      filter.limit,
    )
    return rows.map(toAlert)
  }

  changes(since: number, limit: number): readonly AlertChange[] {
    const rows = this.#db.all<Row & { now: number }>(
      `SELECT a.id, c.state, c.change, a.body FROM alert_change c JOIN alert a ON a.id = c.id
       WHERE c.change > ? ORDER BY c.change LIMIT ?`,
      since,
      limit,
    )
    return rows.map((row) => {
      const { change, ...alert } = toAlert(row)
      return { change, alert }
    })
  }

  head(): number {
    const sql = 'SELECT max(change) n FROM alert_change'
    return this.#db.get<{ n: number | null }>(sql)?.n ?? 0
  }
}

/** Alerts are found by their transaction as by a subject; no CAIP-10 id looks like this. */
function ofTx(chain: string, tx: string): string {
  return `${chain}/tx:${tx}`
}

const ROW = 'id, state, change, body'

function bodyOf(alert: AlertRow): string {
  const { state: _state, amount, ...rest } = alert
  return JSON.stringify({ ...rest, amount: amount === null ? null : String(amount) })
}

function toAlert({ state, change, body }: Row): StoredAlert {
  const parsed = JSON.parse(body) as Omit<AlertRow, 'amount' | 'state'> & { amount: string | null }
  return {
    ...parsed,
    amount: parsed.amount === null ? null : BigInt(parsed.amount),
    state: STATES[state] ?? 'provisional',
    change,
  }
}
