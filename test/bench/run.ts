// `npm run bench`: every *.bench.ts, one after the other, each in a process of its own. Name some to
// run only those: `npm run bench -- book hosts`. Figures are for a quiet machine with two cores.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const wanted = process.argv.slice(2)
const files = globSync(['src/**/*.bench.ts', 'test/bench/*.bench.ts'], { cwd: root })
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort()
let failed = 0
for (const file of files) {
  process.stdout.write(`\n# ${file}\n`)
  const { status } = spawnSync(process.execPath, ['--expose-gc', file], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) failed += 1
}
process.stdout.write(`\n${files.length - failed} of ${files.length} benches ran\n`)
process.exitCode = failed === 0 ? 0 : 1
