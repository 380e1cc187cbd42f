import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import { parseHostQuery, splitWebsites } from '../../src/model/host.ts'

/** Hosts out of the recorded data, read roughly: for measuring, not for answering. */
export interface RecordedHosts {
  /** Sites of known actors and of authorised firms. */
  readonly protectedHosts: readonly string[]
  /** Of these, the sites of firms in a register. */
  readonly licensedHosts: ReadonlySet<string>
  /** Hosts under a public suffix that are known to be honest; many are protected themselves. */
  readonly benign: readonly string[]
  readonly scamsniffer: readonly string[]
  readonly metamask: MetaMaskConfig
}

export interface MetaMaskConfig {
  readonly version: number
  readonly tolerance: number
  readonly fuzzylist: string[]
  readonly whitelist: string[]
  readonly blacklist: string[]
}

export function readRecordedHosts(mirror: string): RecordedHosts {
  return {
    protectedHosts: [...new Set([...actorSites(mirror), ...firmSites(mirror)])],
    licensedHosts: new Set(firmSites(mirror)),
    benign: [...new Set(columnOf(mirror, 'phishing/benign-domains.tsv', 0))].filter(
      (host) => parseHostQuery(host) !== undefined,
    ),
    scamsniffer: columnOf(mirror, 'phishing/scamsniffer-domains-dated.tsv.gz', 1),
    metamask: JSON.parse(readText(mirror, 'phishing/eth-phishing-detect-1.2.0-config.json')),
  }
}

function readText(mirror: string, path: string): string {
  const bytes = readFileSync(join(mirror, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function columnOf(mirror: string, path: string, column: number): string[] {
  return readText(mirror, path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[column] ?? '')
}

function actorSites(mirror: string): string[] {
  return readText(mirror, 'labels/graphsense.actorpack.yaml.gz')
    .split('\n')
    .filter((line) => line.startsWith('  uri: '))
    .flatMap((line) => splitWebsites(line.slice('  uri: '.length)))
    .map((site) => site.host)
}

function firmSites(mirror: string): string[] {
  const folder = join(mirror, 'regulators/esma-mica/history')
  const files = readdirSync(folder, { recursive: true }).map(String)
  return files
    .filter((file) => /(?<!n)casp[^/]*\.csv$/iu.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file))
      const options = { columns: true, bom: true, relax_column_count: true } as const
      return parseCsv<Record<string, string>>(text, options)
    })
    .flatMap((row) => splitWebsites(row.ae_website ?? ''))
    .map((site) => site.host)
}
