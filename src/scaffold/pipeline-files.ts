import { ownFiles } from '../package/index.ts'

/**
 * The workflows of the package's `templates/github`, byte for byte, and the action that they share: what differs from
 * project to project are variables and secrets of the repository (docs/pull-requests.md).
 */
export function pipelineFiles(): { path: string; text: string }[] {
  return ownFiles('templates/github').map(({ path, text }) => ({ path: `.github/${path}`, text }))
}
