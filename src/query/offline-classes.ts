import type { OfflineClass, OfflineFinding, OfflineList } from '../model/offline-bundle.ts'
import type { Severity, Verdict } from '../model/verdict.ts'
import { KIND } from '../score/risk/rules.ts'
import type { FindingDraft } from '../score/risk/types.ts'

/** What is said of a key, by the way in which it is reached (`OfflineClass`). */
export interface SaidByWay {
  readonly exact: readonly FindingDraft[]
  readonly parent?: readonly FindingDraft[]
  readonly www?: readonly FindingDraft[]
  readonly wwwProtected?: readonly FindingDraft[]
  /** Places of findings that only the key itself has. */
  readonly beside?: readonly number[]
  /** The same of the host without `www.`, which such a key is reached from. */
  readonly besideWww?: readonly number[]
}

type Named = Omit<OfflineFinding, 'list'> & { readonly dataset: string }

const STRENGTH: Readonly<Record<Severity, number>> = { danger: 0, warning: 1, positive: 2, info: 3 }

/**
 * Gives what many keys say alike one place: half a million labels of one list are one class. What
 * lists say that may not be handed on is dropped here and nowhere else.
 */
export class OfflineClasses {
  readonly #isOpen: (dataset: string) => boolean
  readonly #findings = new Map<string, { readonly place: number; readonly said: Named }>()
  readonly #datasets: string[] = []
  readonly #classes = new Map<string, { readonly place: number; readonly made: OfflineClass }>()
  readonly #entries = new Map<string, number>()
  readonly #allowing: string[] = []

  constructor(isOpen: (dataset: string) => boolean) {
    this.#isOpen = isOpen
  }

  /** Undefined: no list that may be handed on says anything. */
  placeOf(said: SaidByWay): number | undefined {
    const own = this.#places(said.exact)
    const both = (one: readonly number[], other: readonly number[] = []) =>
      [...new Set([...one, ...other])].sort((a, b) => a - b)
    const exact = both(own, said.beside)
    const ways = {
      parent: said.parent === undefined ? own : this.#places(said.parent),
      www: said.www && both(this.#places(said.www), said.besideWww),
      wwwProtected: said.wwwProtected && both(this.#places(said.wwwProtected), said.besideWww),
    }
    if (exact.length === 0 && ways.parent.length === 0) return undefined
    const isSame = (one: readonly number[], other: readonly number[]) =>
      one.length === other.length && one.every((place, i) => place === other[i])
    const { parent, www = exact, wwwProtected = www } = ways
    for (const dataset of this.#datasetsOf(exact)) {
      this.#entries.set(dataset, (this.#entries.get(dataset) ?? 0) + 1)
    }
    return this.place({
      exact,
      ...(isSame(parent, exact) ? {} : { parent }),
      ...(isSame(www, exact) ? {} : { www }),
      ...(isSame(wwwProtected, www) ? {} : { wwwProtected }),
    })
  }

  allowPlace(datasets: readonly string[]): number | undefined {
    const open = [...new Set(datasets)].filter(this.#isOpen).sort()
    if (open.length === 0) return undefined
    const allowedBy = open.map((dataset) => {
      const known = this.#allowing.indexOf(dataset)
      return known === -1 ? this.#allowing.push(dataset) - 1 : known
    })
    return this.place({ allowedBy })
  }

  /** The worst that lists say which may be handed on; undefined where none says anything. */
  worstOf(drafts: readonly FindingDraft[]): Severity | undefined {
    return drafts
      .filter(({ source }) => this.#isOpen(source.dataset))
      .map(({ severity }) => severity)
      .sort((a, b) => STRENGTH[a] - STRENGTH[b])[0]
  }

  /**
   * Places of what a whole verdict says against a listed host beyond its entries: it looks like
   * another one, or its name is that of a listed party.
   */
  besideOf({ findings }: Verdict, exact: readonly FindingDraft[]): number[] {
    const isOwn = (rule: string, dataset: string) =>
      exact.some((draft) => draft.rule === rule && draft.source.dataset === dataset)
    return findings
      .filter(({ severity }) => severity === 'danger' || severity === 'warning')
      .filter(({ rule, dataset }) => this.#isOpen(dataset) && !isOwn(rule, dataset))
      .map(({ dataset, kind, rule, severity, state, listedAt }) =>
        this.#place({ dataset, kind, rule, severity, state, listedAt, isBlock: false }),
      )
  }

  place(made: Partial<OfflineClass>): number {
    const whole = { exact: [], ...made }
    const key = JSON.stringify(whole)
    const known = this.#classes.get(key)
    if (known !== undefined) return known.place
    const place = this.#classes.size
    this.#classes.set(key, { place, made: whole })
    return place
  }

  /**
   * Lists, findings and classes in an order of their own, the stricter first, and where each place
   * went: two builds over one ledger give the same bytes.
   */
  finish(listOf: (dataset: string, entries: number) => OfflineList) {
    const said = [...this.#findings.values()]
    const names = [...new Set([...said.map((one) => one.said.dataset), ...this.#allowing])].sort()
    const ordered = said.sort(
      (a, b) =>
        STRENGTH[a.said.severity] - STRENGTH[b.said.severity] ||
        Number(a.said.state !== 'active') - Number(b.said.state !== 'active') ||
        KIND.indexOf(a.said.kind) - KIND.indexOf(b.said.kind) ||
        compare(textOf(a.said), textOf(b.said)),
    )
    const moved = new Map(ordered.map(({ place }, i) => [place, i]))
    const findings = ordered.map(({ said: { dataset, ...rest } }) => ({
      list: names.indexOf(dataset),
      ...rest,
    }))
    const renumber = (places: readonly number[]) =>
      places.map((place) => moved.get(place) ?? 0).sort((a, b) => a - b)
    const renamed = (places: readonly number[]) =>
      places.map((place) => names.indexOf(this.#allowing[place] ?? '')).sort((a, b) => a - b)
    const classes = [...this.#classes.values()]
      .map(({ place, made }) => ({ place, made: classWith(made, renumber, renamed) }))
      .sort(
        (a, b) =>
          first(a.made) - first(b.made) || compare(JSON.stringify(a.made), JSON.stringify(b.made)),
      )
    const order: number[] = []
    for (const [i, { place }] of classes.entries()) order[place] = i
    return {
      lists: names.map((name) => listOf(name, this.#entries.get(name) ?? 0)),
      findings,
      all: classes.map(({ made }) => made),
      order,
    }
  }

  #places(drafts: readonly FindingDraft[]): number[] {
    const places = drafts
      .filter(({ source }) => this.#isOpen(source.dataset))
      .map((draft) =>
        this.#place({
          dataset: draft.source.dataset,
          kind: draft.kind,
          rule: draft.rule,
          severity: draft.severity,
          state: draft.state,
          listedAt: draft.listedAt,
          isBlock: draft.evidence[0]?.prop === 'listed',
        }),
      )
    return [...new Set(places)].sort((a, b) => a - b)
  }

  #place(said: Named): number {
    const key = textOf(said)
    const known = this.#findings.get(key)
    if (known !== undefined) return known.place
    const place = this.#findings.size
    this.#findings.set(key, { place, said })
    this.#datasets.push(said.dataset)
    return place
  }

  #datasetsOf(places: readonly number[]): ReadonlySet<string> {
    return new Set(places.map((place) => this.#datasets[place] ?? ''))
  }
}

function classWith(
  made: OfflineClass,
  renumber: (places: readonly number[]) => number[],
  renamed: (places: readonly number[]) => number[],
): OfflineClass {
  return {
    exact: renumber(made.exact),
    ...(made.parent && { parent: renumber(made.parent) }),
    ...(made.www && { www: renumber(made.www) }),
    ...(made.wwwProtected && { wwwProtected: renumber(made.wwwProtected) }),
    ...(made.allowedBy && { allowedBy: renamed(made.allowedBy) }),
    ...(made.isProtected && { isProtected: true }),
  }
}

/** The strictest finding of a class; one without any stands last. */
function first({ exact }: OfflineClass): number {
  return exact[0] ?? Number.MAX_SAFE_INTEGER
}

function textOf({ dataset, kind, rule, severity, state, listedAt, isBlock }: Named): string {
  return [dataset, kind, rule, severity, state, listedAt ?? '', isBlock].join('\n')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
