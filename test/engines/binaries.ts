import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GO_ENVIRONMENT } from '../../src/sandbox/binaries/build.ts'
import { BUILD_FLAGS } from '../../src/sandbox/binaries/catalogue.ts'
import { cacheFolder } from '../../src/sandbox/index.ts'
import { GO } from '../support/go.ts'

/** Engines of others, built from the modules that a go.mod beside this file pins. */

const run = promisify(execFile)

export interface Binaries {
  /** The file of a command, by the last part of its package's path. */
  binary: (name: string) => string
  /** The folder of a module's sources, with its definitions. */
  sources: (module: string) => Promise<string>
}

/** Builds the tools of `test/engines/FOLDER/go.mod`; what was built before is looked through and kept. Minutes from empty caches. */
export async function buildEngine(folder: string): Promise<Binaries> {
  const cwd = join(import.meta.dirname, folder)
  const text = readFileSync(join(cwd, 'go.mod'), 'utf8')
  const key = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const output = join(cacheFolder(), `engine-${folder}-${key}`)
  const go = async (...args: string[]) => {
    const env = { ...process.env, ...GO_ENVIRONMENT }
    const { stdout } = await run(GO, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })
    return stdout.trim()
  }
  await go('build', ...BUILD_FLAGS, '-ldflags', '-s -w', '-o', `${output}/`, 'tool')
  return {
    binary: name => join(output, name),
    sources: module => go('list', '-m', '-f', '{{.Dir}}', module),
  }
}

/** Such as `kustomize-controller v1.9.0`: the tools of every engine here. */
export function engineVersions(): string[] {
  const files = globSync('*/go.mod', { cwd: import.meta.dirname }).toSorted()
  return files.flatMap(file => toolsOf(readFileSync(join(import.meta.dirname, file), 'utf8')))
}

function toolsOf(text: string): string[] {
  const lines = text.split('\n').map(line =>
    line
      .trim()
      .replace(/^(tool|require) /, '')
      .split(' '),
  )
  const tools = lines.filter(each => each.length === 1).map(([path = '']) => path)
  return lines.flatMap(([module = '', version]) =>
    version?.startsWith('v') && tools.some(tool => tool === module || tool.startsWith(`${module}/`))
      ? [`${lastOf(module.replace(/\/v\d+$/, ''))} ${version}`]
      : [],
  )
}

/** A host of its own says more than what is behind it. */
function lastOf(module: string): string | undefined {
  const parts = module.split('/')
  return parts.length === 2 ? module : parts.at(-1)
}
