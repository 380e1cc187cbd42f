#!/usr/bin/env node
// Plain JavaScript that any Node can parse. It checks the version, then loads the TypeScript
// source; when the running Node is too old it runs the one that `npm ci` installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = [22, 18]
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major, minor] = process.versions.node.split('.').map(Number)
const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])

if (isEnough) {
  if (process.env.CUSTOS_REEXEC !== undefined) followParent()
  const { main } = await import('../src/main.ts')
  await main(process.argv.slice(2))
} else {
  const local = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(local) && process.env.CUSTOS_REEXEC === undefined) runWith(local)
  else tellWhatToDo()
}

/** The launcher that started this process may be killed outright: then this one stops as well. */
function followParent() {
  delete process.env.CUSTOS_REEXEC
  if (process.channel === undefined || process.channel === null) return
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // The channel alone is no reason to stay.
  process.channel.unref()
}

/** Becomes that Node as far as anyone can tell: same streams, same signals, same exit code. */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // The fourth stream tells the child when this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, CUSTOS_REEXEC: '1' },
  })
  const forward = (signal) => child.kill(signal)
  for (const signal of FORWARDED) process.on(signal, forward)
  child.on('error', (error) => {
    process.stderr.write(`custos: ${node} cannot be run (${error.code}).\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of FORWARDED) process.off(name, forward)
    process.kill(process.pid, signal)
  })
}

function tellWhatToDo() {
  process.stderr.write(
    `custos needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Either run `npm ci && npm start` in the checkout, which brings its own Node 24,\n' +
      `or install Node ${NEEDED.join('.')} or newer and try again.\n`,
  )
  process.exit(1)
}
