import type { KubeObject } from '../../object/index.ts'
import type { Permission } from '../../plan/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { defineCommand } from '../command.ts'
import { jsonData } from '../json.ts'
import { NAMESPACE, outputOption } from '../options.ts'
import { loadProject } from '../project.ts'

export const rbac = defineCommand({
  name: 'rbac',
  summary: 'Print the minimal Role for applying this project, or for reading it',
  description:
    'One Role for each namespace that the project is applied to, from what it renders now, and so that what it has rendered before can be deleted; a ClusterRole only where ' +
    'the environment has its namespace made. Endpoints with smoke tests need pods/portforward besides. Needs no cluster. Whoever may grant it applies it and binds it to the user or ' +
    'service account of the pipeline.',
  positionals: {},
  options: {
    'read-only': {
      type: 'boolean',
      default: false,
      describe: 'Only what diff, status and history need',
    },
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
    const { readingOf, rolePermissions } = await import('../../plan/index.ts')
    const { refOf } = await import('../../object/index.ts')
    const { namespace, createNamespace, name } = set.environment
    const all = rolePermissions({
      home: namespace,
      refs: objects.map(({ object }) => refOf(object)),
      createNamespaces: createNamespace ? [namespace] : [],
      smoke: set.endpoints.filter(isSmoked).map(each => each.namespace),
    })
    const roleName = `slipway-${set.project}-${name}`
    const roles = args.readOnly
      ? rolesOf(readingOf(all), `${roleName}-reader`)
      : rolesOf(all, roleName)
    if (args.output === 'json') {
      terminal.data(jsonData({ apiVersion: 'v1', kind: 'List', items: roles }))
      return 0
    }
    const { stringify } = await import('yaml')
    terminal.data(roles.map(role => stringify(role)).join('---\n'))
    return 0
  },
})

const isSmoked = ({ spec }: Endpoint) => (spec.smoke ?? []).length > 0

function rolesOf(permissions: readonly Permission[], name: string): KubeObject[] {
  const byNamespace = Map.groupBy(permissions, ({ namespace }) => namespace)
  return [...byNamespace].map(([namespace, group]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    rules: group.map(({ group: apiGroup, resource, verbs, names }) => ({
      apiGroups: [apiGroup],
      resources: [resource],
      ...(names === undefined ? {} : { resourceNames: names }),
      verbs,
    })),
  }))
}
