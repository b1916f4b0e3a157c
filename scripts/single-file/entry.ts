/** The program in the single file: run as it is, or out of a snapshot that is made here. */
import { startupSnapshot } from 'node:v8'
import { boundYoungGeneration } from '../../src/cli/memory.ts'
import { endWith, run } from '../../src/cli/run.ts'
import { VERSION } from '../../src/object/version.ts'

if (startupSnapshot.isBuildingSnapshot()) {
  startupSnapshot.setDeserializeMainFunction(main)
  void import('./warm-up.ts').then(({ warmUp }) => warmUp())
} else main()

function main(): void {
  const argv = process.argv.slice(2)
  if (argv.length === 1 && argv[0] === '--version') process.stdout.write(`${VERSION}\n`)
  else void start(argv)
}

async function start(argv: string[]): Promise<void> {
  boundYoungGeneration()
  endWith(await run(argv, process))
}
