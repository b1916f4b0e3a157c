import { ENVIRONMENT_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { textFlag, viewOption } from '../options.ts'
import { openProject } from '../../project/index.ts'
import { projectFolder } from '../project.ts'
import { show } from '../show.ts'

export const environments = defineCommand({
  name: 'environments',
  summary: 'List the environments of slipway.yaml',
  description:
    'In the order of slipway.yaml, with namespace, context, the groups that they are in, and whether pipelines apply them (`pipeline: false` leaves one out). ' +
    'Only those of -e, where it is given. Needs no cluster. With -o names, a JSON list of those that pipelines apply, for the matrix of a workflow.',
  positionals: {},
  options: {
    revision: textFlag('List them as of this revision instead of the files here'),
    ...viewOption(ENVIRONMENT_VIEWS),
  },
  examples: [
    ['environments', 'For people'],
    ['environments -o names', 'For the matrix of a workflow: ["staging","production"]'],
    ['environments -o json --revision HEAD^1', 'As they were before the last commit'],
  ],
  run: async ({ revision, output, ...args }, terminal) => {
    const directory = await projectFolder(args)
    const source = await openProject(directory, revision)
    const { describeChosen } = await import('../../spec/index.ts')
    const chosen = await describeChosen(source, args.environment)
    await show(ENVIRONMENT_VIEWS[output], chosen, { terminal })
    return 0
  },
})
