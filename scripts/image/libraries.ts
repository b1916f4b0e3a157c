import { spawnSync } from 'node:child_process'

/** Paths of the shared libraries that programs load, the loader among them; none of a static one. */
export function librariesOf(programs: readonly string[]): string[] {
  const { stdout } = spawnSync('ldd', [...programs], { encoding: 'utf8' })
  const libraries = [...stdout.matchAll(/(?:=> |^\t)(\/\S+) \(0x/gm)].map(([, path = '']) => path)
  return [...new Set(libraries)]
}
