#!/usr/bin/env node
/** The entry: nothing is loaded before the Node version is known to be right, and little before the command is. */
const OLDEST_NODE = 24
const argv = process.argv.slice(2)

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `error: slipway needs Node ${OLDEST_NODE} or later; this is ${process.version}.\n`,
  )
  process.exitCode = 2
} else if (argv.length === 1 && argv[0] === '--version') {
  const { VERSION } = await import('../object/index.ts')
  process.stdout.write(`${VERSION}\n`)
} else {
  const { run } = await import('./run.ts')
  const exitCode = await run(argv, process)
  // What is still open (a kept-alive connection) must not hold the process; what is written must arrive.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)))
}
