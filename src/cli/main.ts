#!/usr/bin/env node
/** The entry: little is loaded before the command is known. */
const argv = process.argv.slice(2)

if (argv.length === 1 && argv[0] === '--version') {
  const { VERSION } = await import('../object/index.ts')
  process.stdout.write(`${VERSION}\n`)
} else {
  const { run } = await import('./run.ts')
  const exitCode = await run(argv, process)
  // What is still open (a kept-alive connection) must not hold the process; what is written must arrive.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)))
}
