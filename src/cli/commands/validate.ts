import { relative, resolve } from 'node:path'
import type { Problem } from '../../problem/index.ts'
import { validationAsJson, validationAsText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'
import { NAMESPACE, outputOption } from '../options.ts'
import { annotate, exitCodeFor, reportProblems } from '../problems.ts'
import { projectFolder } from '../project.ts'
import { validateProject } from '../validation.ts'

export const validate = defineCommand({
  name: 'validate',
  summary: 'Check specs, catalogues, policies and what they render to',
  description:
    'Loads and renders the project and lists every problem with file, line and column. Needs no cluster. ' +
    'Without -e, in every environment. With files, only their problems count (for editors and commit hooks).',
  positionals: { files: { describe: 'Only problems in these files', many: true } },
  options: { ...NAMESPACE, ...outputOption(['text', 'json']) },
  examples: [
    ['validate', 'The whole project in every environment'],
    ['validate -e production endpoints/chat.yaml', 'One file, with the settings of production'],
  ],
  run: async ({ files, output, ...args }, terminal) => {
    const directory = await projectFolder(args)
    const validation = await validateProject(args, directory)
    const isShown = files.length === 0 ? () => true : isIn(files, directory)
    const problems = validation.problems.filter(isShown)
    const exitCode = exitCodeFor(problems)
    if (output === 'json') {
      terminal.out(jsonText(validationAsJson({ ...validation, problems })))
      annotate(problems, terminal, directory)
      return exitCode
    }
    reportProblems(problems, terminal, directory)
    if (exitCode === 0) terminal.out(validationAsText(validation))
    return exitCode
  },
})

/** Files are named from the current folder; places count from the project's. */
function isIn(files: readonly string[], directory: string): (problem: Problem) => boolean {
  const wanted = new Set(
    files.map(file => relative(directory, resolve(file)).replaceAll('\\', '/')),
  )
  return ({ place }) => place !== undefined && wanted.has(place.file)
}
