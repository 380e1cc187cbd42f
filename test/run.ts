import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm test`: types, lint, and every test (the tidy test among them). Says what was skipped and
 * why; the last line is `N passed, N failed, N skipped`.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
const say = (text: string) => process.stdout.write(`${text}\n`)

interface Tally {
  passed: number
  failed: number
  skipped: number
}

interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** Why a test may be left out: what its file needs, and whether that is missing here. */
const NEEDS: readonly {
  readonly word: RegExp
  readonly why: string
  readonly isMissing: boolean
}[] = [
  {
    word: /CUSTOS_MIRROR/,
    why: 'CUSTOS_MIRROR is not set: no recorded files to read',
    isMissing: !process.env.CUSTOS_MIRROR,
  },
  {
    word: /hasAnvil/,
    why: 'no anvil on this machine',
    isMissing: !existsSync(join(bin, 'anvil')),
  },
  { word: /chromium/i, why: 'no Chromium on this machine', isMissing: !hasChromium() },
]

function hasChromium(): boolean {
  const named = [
    process.env.CUSTOS_CHROMIUM ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
  ]
  return [...named, '/usr/bin/google-chrome'].some((path) => path !== '' && existsSync(path))
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(bin, command), args, { cwd: root, env, stdio: 'inherit' })
    child.on('error', (error) => {
      say(`${command} cannot be run: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function step(tally: Tally, title: string, command: string, args: readonly string[]) {
  say(`\n— ${title}`)
  const isGood = (await run(command, args)) === 0
  tally[isGood ? 'passed' : 'failed']++
  if (isGood) say('ok')
}

/** The reason that a file's skipped tests have; undefined when nothing that it needs is missing. */
function reasonOf(path: string): string | undefined {
  const text = readFileSync(path, 'utf8')
  return NEEDS.find(({ word, isMissing }) => isMissing && word.test(text))?.why
}

function count(tally: Tally, report: Report): void {
  const skipped = new Map<string, string[]>()
  const failures: string[] = []
  for (const file of report.testResults) {
    const path = relative(root, file.name)
    let left = 0
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'passed') tally.passed++
      else if (status === 'failed') {
        tally.failed++
        failures.push(`${path}: ${fullName}\n    ${failureMessages[0]?.split('\n')[0] ?? ''}`)
      } else left++
    }
    const isBroken = file.status === 'failed' && file.assertionResults.length === 0
    if (isBroken) {
      tally.failed++
      failures.push(`${path}: could not be loaded\n    ${file.message.split('\n')[0]}`)
    }
    if (left === 0) continue
    const why = reasonOf(file.name)
    if (why === undefined) {
      // A test that is left out for no reason that is known here hides a fault.
      tally.failed += left
      failures.push(`${path}: ${left} skipped without a reason`)
    } else {
      tally.skipped += left
      skipped.set(why, [...(skipped.get(why) ?? []), `${path} (${left})`])
    }
  }
  if (!report.success && failures.length === 0) {
    tally.failed++
    failures.push('an error outside of any test: see above')
  }
  for (const [why, files] of skipped) say(`\nSkipped, ${why}:\n  ${files.join('\n  ')}`)
  if (failures.length > 0) say(`\nFailed:\n  ${failures.join('\n  ')}`)
}

async function tests(tally: Tally, filters: readonly string[]): Promise<void> {
  say('\n— tests')
  const folder = mkdtempSync(join(tmpdir(), 'custos-test-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run('vitest', ['run', ...reporters, ...filters])
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    count(tally, { ...report, success: report.success && code === 0 })
  } else {
    tally.failed++
    say('\nFailed:\n  the test runner ended without a report')
  }
  rmSync(folder, { recursive: true, force: true })
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
await step(tally, 'types', 'tsc', ['--noEmit', '-p', 'tsconfig.json'])
await step(tally, 'types of scripts for the browser', 'tsc', [
  '--noEmit',
  '-p',
  'tsconfig.island.json',
])
await step(tally, 'lint', 'biome', ['check', '.'])
await tests(tally, process.argv.slice(2))
say(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed > 0 ? 1 : 0
