import { ownFiles } from '../package/index.ts'
import { inFolder } from './pipeline-folder.ts'

export interface PipelinePlace {
  /** Of the project, from the root of its repository; '' where it is the root. */
  folder: string
  /** The project's name: tells its workflows from those of another project of the repository. */
  project: string
}

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
