import { globSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Removes the types in a folder that none of the entry points leads to: of code that only works inside the bundle. */
export function keepPublicTypes(folder: string, entryPoints: readonly string[]): void {
  const isPublic = new Set<string>()
  for (const entry of entryPoints) follow(path.join(folder, entry), isPublic)
  for (const found of globSync('**/*.d.ts', { cwd: folder })) {
    const file = path.join(folder, found)
    if (!isPublic.has(file)) rmSync(file)
  }
}

function follow(file: string, seen: Set<string>): void {
  if (seen.has(file)) return
  seen.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(
    /(?:from |import\()['"](\.[^'"]+)['"]/g,
  ))
    follow(path.join(path.dirname(file), to.replace(/\.[jt]s$/, '.d.ts')), seen)
}
