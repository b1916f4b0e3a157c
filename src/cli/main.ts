#!/usr/bin/env node
/** The entry: little is loaded before the command is known. */
const argv = process.argv.slice(2)

if (argv.length === 1 && argv[0] === '--version') {
  const { VERSION } = await import('../object/index.ts')
  process.stdout.write(`${VERSION}\n`)
} else {
  const { endWith, run } = await import('./run.ts')
  endWith(await run(argv, process))
}
