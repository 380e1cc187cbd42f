import { LIMITS } from '../base/limits.ts'
import type { Attempt, Checkpoint, LedgerReader, StatementRow } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { JOINS_DATASET } from '../model/join.ts'
import type { DatasetName, EntityId, Run } from '../model/statement.ts'
import { generationOf } from './book-file.ts'
import type { ClusterBook } from './cluster/cluster-book.ts'
import { ClusterSource } from './cluster/cluster-source.ts'
import { CompletionSource } from './name/completion-source.ts'
import type { NameBook } from './name/name-book.ts'
import { NameSource } from './name/name-source.ts'
import type { PrefixIndex } from './name/prefix-index.ts'
import type { DatasetCount, IndexedRun, IndexReader, RollProp } from './port.ts'
import { knownAt } from './span.ts'

/**
 * Answers whether any statement ever carried a key. A yes may be wrong, a no never is, as long as
 * the book is of the state of the index that its generation names.
 */
export interface KeyBook {
  readonly generation: string
  has(key: string): boolean
}

/** A run with its time as a number. */
export interface ViewRun {
  readonly run: Run
  readonly atMs: number
  readonly publishedMs: number | null
  /** Null for a run that added no event. */
  readonly events: IndexedRun | null
}

/** A host that look-alikes are compared with. */
export interface ViewProtected {
  readonly host: string
  readonly name: string | null
  readonly tolerance: number | null
  /** The site of a firm that a register holds. */
  readonly isLicensed: boolean
  readonly dataset: DatasetName
  readonly entity: EntityId
  readonly sid: number
  readonly statement: string
}

export interface ViewHosts {
  readonly protected: readonly ViewProtected[]
  /** Hosts that a list allows (`*.` may stand in front): somebody has looked at them. */
  readonly allowed: readonly string[]
}

/**
 * One committed state of knowledge, ready for the hot path. It never changes: a later state is
 * another view, and an answer is made from one view from its first look-up to its last.
 */
export interface View {
  /** Last event of this state. */
  readonly seq: number
  readonly checkpoint: Checkpoint | undefined
  /** Undefined: look-ups go to the index at once. */
  readonly book: KeyBook | undefined
  readonly runs: readonly ViewRun[]
  readonly runsOf: ReadonlyMap<DatasetName, readonly ViewRun[]>
  readonly attempts: ReadonlyMap<DatasetName, Attempt>
  readonly counts: ReadonlyMap<DatasetName, DatasetCount>
  readonly identifiers: number
  /** Sites of registers and their firms, of known actors and of lists of brands. */
  protectedHosts(): Promise<ViewHosts>
  /** Every name; loaded when it is first asked for, and shared with later views. */
  names(): Promise<NameBook>
  /** The beginnings of all names, for the box; loaded and shared like the names. */
  completions(): Promise<PrefixIndex>
  /** Which records are one firm, as it was known at `seq`; default: this view's own state. */
  clusters(seq?: number): Promise<ClusterBook>
}

export interface BuildViewParams {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly book?: KeyBook | undefined
  /** Its names are taken over, so that only new ones are read. */
  readonly previous?: View | undefined
}

/** Reads what every answer needs; cheap enough for each sync and for the start of a command. */
export async function buildView(params: BuildViewParams): Promise<View> {
  const { ledger, index } = params
  const seq = await index.seq()
  // A writer may have gone on since the book was loaded: an older book would deny what is new.
  const book = params.book?.generation === generationOf(seq) ? params.book : undefined
  const head = await ledger.head()
  const runs = await viewRuns(params, seq, head)
  const runsOf = new Map<DatasetName, ViewRun[]>()
  for (const run of runs) {
    const list = runsOf.get(run.run.dataset)
    if (list === undefined) runsOf.set(run.run.dataset, [run])
    else list.push(run)
  }
  const last = runs.at(-1)
  const isWhole = head === undefined || head.seq <= seq
  const checkpoint = isWhole || last === undefined ? head : await ledger.checkpointAt(last.run.at)
  const names = nameSource(params)
  const hosts = await hostSource(params, seq)
  return {
    seq,
    checkpoint,
    book,
    runs,
    runsOf,
    attempts: new Map((await ledger.attempts()).map((attempt) => [attempt.dataset, attempt])),
    counts: new Map((await index.counts()).map((count) => [count.dataset, count])),
    identifiers: await index.identifiers(),
    protectedHosts: hosts,
    names,
    completions: completionSource(params),
    clusters: clusterSource(params, runsOf.get(JOINS_DATASET) ?? [], seq),
  }
}

const clusterSources = new WeakMap<
  View['clusters'],
  { index: IndexReader; last: number; source: ClusterSource }
>()

/** The judgements of the view before, as long as no run has changed any since. */
function clusterSource(
  params: BuildViewParams,
  runs: readonly ViewRun[],
  seq: number,
): View['clusters'] {
  const { index, previous } = params
  const seqs = runs.map(({ events }) => events?.seqTo ?? 0).filter((last) => last > 0)
  const last = seqs.at(-1) ?? 0
  const known = previous && clusterSources.get(previous.clusters)
  const isSame = known?.index === index && known.last === last
  const source = isSame ? known.source : new ClusterSource(params, seqs)
  const clusters: View['clusters'] = (at = seq) => source.at(Math.min(at, seq))
  clusterSources.set(clusters, { index, last, source })
  return clusters
}

const completionSources = new WeakMap<View['completions'], CompletionSource>()

/** One source for all views of an index: names are only added. */
function completionSource(params: BuildViewParams): View['completions'] {
  const { previous, index } = params
  const shared = previous && completionSources.get(previous.completions)
  const source = shared?.index === index ? shared : new CompletionSource(params)
  const completions = once(() => source.load())
  completionSources.set(completions, source)
  return completions
}

/** Runs whose events the index holds, in order of commit. */
async function viewRuns(
  { ledger, index }: BuildViewParams,
  seq: number,
  head: Checkpoint | undefined,
): Promise<ViewRun[]> {
  if (head === undefined) return []
  const indexed = new Map((await index.runs()).map((run) => [run.run, run]))
  const all = await ledger.runs()
  const headMs = Date.parse(head.at)
  const runs: ViewRun[] = []
  for (const run of all) {
    const atMs = Date.parse(run.at)
    // Committed after the head was read.
    if (atMs > headMs) break
    const events = indexed.get(run.id) ?? null
    if (events === null && head.seq > seq) {
      // Either a run without events, or one that the index has not reached: its checkpoint tells.
      const checkpoint = await ledger.checkpointAt(run.at)
      if (checkpoint === undefined || checkpoint.seq > seq) break
    }
    const publishedMs = run.publishedAt === null ? null : Date.parse(run.publishedAt)
    runs.push({ run, atMs, publishedMs, events })
  }
  return runs
}

/** Kinds of datasets whose sites are worth imitating; a warned or listed firm's site is not. */
const PROTECTED_KINDS: ReadonlySet<string> = new Set(['register', 'actors', 'starter'])

const hostSources = new WeakMap<View['protectedHosts'], { index: IndexReader; rollSeq: number }>()

/** The hosts of the view before, as long as nothing was said about any of them since. */
async function hostSource(params: BuildViewParams, seq: number): Promise<View['protectedHosts']> {
  const { index, previous } = params
  const rollSeq = await index.rollSeq()
  const known = previous && hostSources.get(previous.protectedHosts)
  if (previous !== undefined && known?.index === index && known.rollSeq === rollSeq) {
    return previous.protectedHosts
  }
  const hosts = once(() => loadHosts(params, seq))
  hostSources.set(hosts, { index, rollSeq })
  return hosts
}

async function loadHosts(params: BuildViewParams, seq: number): Promise<ViewHosts> {
  const found: ViewProtected[] = []
  for (const dataset of params.datasets.values()) {
    const host = dataset.kind === 'register' ? hostOfUrl(dataset.authority.url) : undefined
    if (host === undefined) continue
    const name = dataset.authority.name
    found.push({ ...site(host, name), dataset: dataset.name, entity: '', sid: 0, statement: '' })
  }
  for (const row of await liveRoll(params, 'protect', seq)) {
    const entry = protectedOf(row)
    if (entry !== undefined) found.push(entry)
  }
  for (const row of await liveRoll(params, 'website', seq)) {
    const entry = websiteOf(row, params.datasets)
    if (entry !== undefined) found.push(entry)
  }
  const allowed: string[] = []
  for (const row of await liveRoll(params, 'allow', seq)) {
    const { host } = JSON.parse(row.value) as { host?: unknown }
    if (typeof host === 'string') allowed.push(host)
  }
  return { protected: found, allowed }
}

/** Statements of one kind that the newest version held here still has. */
async function liveRoll(
  { ledger, index }: BuildViewParams,
  prop: RollProp,
  seq: number,
): Promise<StatementRow[]> {
  const sids = await index.roll(prop)
  const live: StatementRow[] = []
  for (let from = 0; from < sids.length; from += LIMITS.pageRowsMax) {
    const page = sids.slice(from, from + LIMITS.pageRowsMax)
    const spans = await index.spansOf(page)
    const held = page.filter((sid) =>
      knownAt(spans.get(sid) ?? [], seq).some((span) => span.to === null),
    )
    live.push(...(await ledger.statements(held)))
    await turn()
  }
  return live
}

function site(host: string, name: string | null, tolerance: number | null = null) {
  return { host, name, tolerance, isLicensed: false }
}

function protectedOf(row: StatementRow): ViewProtected | undefined {
  const value = JSON.parse(row.value) as { host?: unknown; name?: unknown; tolerance?: unknown }
  if (typeof value.host !== 'string') return undefined
  const name = typeof value.name === 'string' ? value.name : null
  const tolerance = typeof value.tolerance === 'number' ? value.tolerance : null
  return { ...site(value.host, name, tolerance), ...sourceOf(row) }
}

function websiteOf(
  row: StatementRow,
  datasets: ReadonlyMap<DatasetName, Dataset>,
): ViewProtected | undefined {
  const dataset = datasets.get(row.dataset)
  if (!PROTECTED_KINDS.has(dataset?.kind ?? '') || dataset?.protectSites === false) return undefined
  const slash = row.value.indexOf('/')
  const host = slash === -1 ? row.value : row.value.slice(0, slash)
  const isLicensed = dataset?.kind === 'register' || dataset?.kind === 'starter'
  return { ...site(host, null), ...sourceOf(row), isLicensed }
}

function sourceOf(row: StatementRow) {
  return { dataset: row.dataset, entity: row.entity, sid: row.sid, statement: row.id }
}

function hostOfUrl(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

const nameSources = new WeakMap<View['names'], NameSource>()

/** One book of names for all views of an index: names are only added, and intervals decide. */
function nameSource(params: BuildViewParams): View['names'] {
  const { previous, index } = params
  const shared = previous && nameSources.get(previous.names)
  const source = shared?.index === index ? shared : new NameSource(params)
  const names = once(() => source.load())
  nameSources.set(names, source)
  return names
}

/** Loading must not hold up answers that do not need what is loaded. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      // A failure is not remembered: the next asker tries again.
      made = undefined
      throw error
    })
    return made
  }
}

/** The view in use; readers take it once per answer. */
export class ViewHolder {
  #view: View

  constructor(view: View) {
    this.#view = view
  }

  current(): View {
    return this.#view
  }

  swap(view: View): void {
    this.#view = view
  }
}
