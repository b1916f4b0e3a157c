/** What the single file runs first. */
import { getAsset, getAssetKeys, getRawAsset } from 'node:sea'
import { boundYoungGeneration } from '../../src/cli/memory.ts'
import { VERSION } from '../../src/object/version.ts'
import { loadCode } from './code.ts'
import { CACHE, SOURCE } from './assets.ts'

const argv = process.argv.slice(2)

if (argv.length === 1 && argv[0] === '--version') process.stdout.write(`${VERSION}\n`)
else void start()

async function start(): Promise<void> {
  // V8 takes a cache only under the flags that it was made with.
  boundYoungGeneration()
  const { endWith, run } = loadCode({ source: source(), cache: cache() })
  endWith(await run(argv, process))
}

/** It is plain ASCII, which costs less to read as Latin-1. */
function source(): string {
  const asset: ArrayBuffer = getRawAsset(SOURCE)
  return Buffer.from(asset).latin1Slice()
}

function cache(): Uint8Array | undefined {
  return getAssetKeys().includes(CACHE) ? new Uint8Array(getAsset(CACHE)) : undefined
}
