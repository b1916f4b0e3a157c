import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findModules } from '../../src/sandbox/binaries/find.ts'
import { kserveModule } from '../../src/sandbox/versions.ts'

/** KServe's own manifests of serving runtimes and storage containers, from its pinned module: path by text, as a project's files. */
export async function runtimesOfKserve(version: string): Promise<Record<string, string>> {
  const options = { filesOnly: true, onProgress: () => {} }
  const [module] = await findModules([kserveModule(version)], options)
  const files = ['runtimes', 'storagecontainers'].flatMap(folder => {
    const directory = join(module?.files ?? '', 'config', folder)
    return readdirSync(directory).map(name => ({ name, path: join(directory, name) }))
  })
  return Object.fromEntries(
    files.map(({ name, path }) => [`serving-runtimes/${name}`, readFileSync(path, 'utf8')]),
  )
}
