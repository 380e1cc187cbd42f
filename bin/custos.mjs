#!/usr/bin/env node
// Plain JavaScript that any Node can parse. It checks the version, then loads the TypeScript
// source; when the running Node is too old it runs the one that `npm ci` installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = [22, 18]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major, minor] = process.versions.node.split('.').map(Number)
const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])

if (isEnough) {
  const { main } = await import('../src/main.ts')
  await main(process.argv.slice(2))
} else {
  const local = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(local) && !process.env.CUSTOS_REEXEC) {
    const child = spawnSync(local, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, CUSTOS_REEXEC: '1' },
    })
    process.exit(child.status ?? 1)
  }
  process.stderr.write(
    `custos needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Either run `npm ci && npm start` in the checkout, which brings its own Node 24,\n' +
      `or install Node ${NEEDED.join('.')} or newer and try again.\n`,
  )
  process.exit(1)
}
