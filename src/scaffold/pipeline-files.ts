import { ownFiles } from '../package/index.ts'
import { inFolder, type PipelinePlace } from './pipeline-folder.ts'

/**
 * The workflows of the package's `templates/github` and the action that they share, by path from the root of the repository, where
 * GitHub looks for them. Byte for byte for a project at the root; else they work in its folder.
 */
export function pipelineFiles(place: PipelinePlace): { path: string; text: string }[] {
  return ownFiles('templates/github').map(file => {
    const path = `.github/${file.path}`
    return place.folder === ''
      ? { path, text: file.text }
      : inFolder({ path, text: file.text }, place)
  })
}
