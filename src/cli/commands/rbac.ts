import { jsonData } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { NAMESPACE, outputOption, switchFlag } from '../options.ts'
import { loadProject } from '../project.ts'

export const rbac = defineCommand({
  name: 'rbac',
  summary: 'Print the minimal Role for applying this project, or for reading it',
  description:
    'Prints one Role for each namespace that the project is applied to: for what it renders now, and for deleting what it rendered ' +
    'before; a ClusterRole only where the environment creates its namespace. Endpoints with smoke tests also need ' +
    'pods/portforward. Needs no cluster. Have someone who may grant these permissions apply it, and bind it to the user or ' +
    'service account of the pipeline.',
  positionals: {},
  options: {
    'read-only': switchFlag('Print only what diff, status and history need'),
    ...NAMESPACE,
    ...outputOption(['yaml', 'json']),
  },
  examples: [
    ['rbac -e production | kubectl apply -f -', 'Create the Role'],
    ['rbac -e production --read-only', 'For previews on pull requests, and for looking'],
    ['rbac -e production -o json', 'For machines'],
  ],
  run: async (args, terminal) => {
    const { set, objects } = await loadProject(args, terminal)
    const { rolesFor } = await import('../../plan/index.ts')
    const roles = rolesFor({ set, objects, readOnly: args.readOnly })
    if (args.output === 'json') {
      terminal.data(jsonData({ apiVersion: 'v1', kind: 'List', items: roles }))
      return 0
    }
    const { stringify } = await import('yaml')
    terminal.data(roles.map(role => stringify(role)).join('---\n'))
    return 0
  },
})
