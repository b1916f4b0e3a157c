import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { failure } from '../problem/index.ts'

/**
 * The workflows of the package's `templates/github`, byte for byte, and the action that they share: what differs from
 * project to project are variables and secrets of the repository (docs/pull-requests.md).
 */
export function pipelineFiles(): { path: string; text: string }[] {
  const folder = templateFolder()
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yml'))
    .toSorted()
    .map(path => ({
      path: `.github/${path.replaceAll('\\', '/')}`,
      text: readFileSync(join(folder, path), 'utf8'),
    }))
}

/** From the sources and from `dist` alike. */
function templateFolder(): string {
  let folder = import.meta.dirname
  for (;;) {
    const candidate = join(folder, 'templates/github')
    if (existsSync(join(candidate, 'actions/slipway/action.yml'))) return candidate
    const parent = dirname(folder)
    if (parent === folder) break
    folder = parent
  }
  throw failure('unreadable-file', 'the folder "templates" of the slipway package is missing', {
    remedy: 'Install slipway again.',
  })
}
