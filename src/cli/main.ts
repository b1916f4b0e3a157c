#!/usr/bin/env node
/** The entry: little is loaded before the command is known. */
const argv = process.argv.slice(2)

if (argv.length === 1 && argv[0] === '--version') {
  const { VERSION } = await import('../object/index.ts')
  process.stdout.write(`${VERSION}\n`)
} else {
  const { run } = await import('./run.ts')
  // What is still open (a kept-alive connection) must not hold the process.
  process.exit(await run(argv, process))
}
