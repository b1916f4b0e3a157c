import { hasErrors, SlipwayError } from '../../problem/index.ts'
import { ENVIRONMENT_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { viewOption } from '../options.ts'
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
    revision: {
      type: 'string',
      requiresArg: true,
      describe: 'List them as of this revision instead of the files here',
    },
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
    const { describeEnvironments, knownEnvironments } = await import('../../spec/index.ts')
    const { value = [], problems } = await describeEnvironments(source)
    if (hasErrors(problems)) throw new SlipwayError(problems)
    const { environment } = args
    const names = environment === undefined ? [] : await knownEnvironments(source, environment)
    const isMeant = (name: string) => environment === undefined || names.includes(name)
    const meant = value.filter(({ name }) => isMeant(name))
    await show(ENVIRONMENT_VIEWS[output], meant, { terminal })
    return 0
  },
})
