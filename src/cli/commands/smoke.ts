import { SMOKE_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { atCluster } from '../options.ts'
import { annotate } from '../problems.ts'
import { loadSpecs } from '../project.ts'
import { clustersFor } from '../session.ts'
import { show } from '../show.ts'

export const smoke = defineCommand({
  name: 'smoke',
  summary: 'Run the smoke tests of endpoints',
  description:
    'Takes a ready pod of each endpoint and sends it, through the port-forward of the API server, GET of the ' +
    "probes' path and then the requests in spec.smoke, one after the other. Exit code 1 when an answer is not as expected.",
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: atCluster(SMOKE_VIEWS),
  examples: [
    ['smoke -e production', 'Every endpoint'],
    ['smoke chat -o json', 'One, for machines'],
    ['apply -e production --smoke', 'The same as the last step of an apply'],
  ],
  run: async (args, terminal) => {
    const inCluster = clustersFor({ args, terminal })
    const { set, directory } = await loadSpecs(args, terminal)
    const { smokeProblems, smokeSet } = await import('../../apply/index.ts')
    const report = await smokeSet({ set, names: args.names, inCluster })
    const { endpoints } = report
    await show(SMOKE_VIEWS[args.output], report, { terminal })
    annotate(endpoints.flatMap(smokeProblems), terminal, directory)
    return endpoints.every(({ passed }) => passed) ? 0 : 1
  },
})
