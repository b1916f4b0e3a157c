import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'

/** The command line as one script, with the names that it is a function of (scripts/single-file/bundle.ts). */
export interface Code {
  source: string
  /** Of V8, for this very source, version and processor; without it, or where it does not fit, the source is compiled. */
  cache?: Uint8Array | undefined
}

export interface LoadedCode {
  script: Script
  run: (argv: readonly string[], process: NodeJS.Process) => Promise<number>
  endWith: (exitCode: number) => void
}

export const PARAMETERS = ['module', 'require', '__dirname', '__url']

export function loadCode({ source, cache }: Code): LoadedCode {
  const script = new Script(source, { filename: 'slipway.cjs', cachedData: cache })
  const module = { exports: {} }
  const url = pathToFileURL(process.execPath).href
  script.runInThisContext()(module, createRequire(url), path.dirname(process.execPath), url)
  const { run, endWith } = module.exports as unknown as LoadedCode
  return { script, run, endWith }
}
