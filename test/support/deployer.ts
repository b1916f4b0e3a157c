import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeployedProject } from './deployed-project.ts'

export interface Roles {
  items: { rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[] }[]
}

/** Roles, as slipway rbac prints them in JSON, without those resources. */
export function without(text: string, ...hidden: string[]): string {
  const list = JSON.parse(text) as Roles
  for (const role of list.items)
    role.rules = role.rules.filter(({ resources }) => !hidden.includes(resources[0] ?? ''))
  return JSON.stringify(list)
}

/** A service account with exactly these Roles, in the project's namespace, which it makes; gives the flags that log in as it. */
export async function deployerWith(
  { kubectl, namespace, directory }: DeployedProject,
  roles: string,
  role = 'slipway-test-test',
): Promise<string[]> {
  await kubectl('create', 'namespace', namespace)
  await kubectl('create', 'serviceaccount', 'deployer', '-n', namespace)
  const file = join(directory, '.git', 'roles')
  await writeFile(file, roles)
  await kubectl('apply', '-f', file)
  const subject = `--serviceaccount=${namespace}:deployer`
  await kubectl('create', 'rolebinding', 'deployer', `--role=${role}`, subject, '-n', namespace)
  const token = (await kubectl('create', 'token', 'deployer', '-n', namespace)).trim()
  const text = await kubectl('config', 'view', '--raw', '--minify', '-o', 'json')
  const config = JSON.parse(text) as { clusters: { name: string }[] }
  const login = join(directory, '.git', 'login')
  const user = { name: 'deployer', user: { token } }
  const entry = {
    name: 'deployer',
    context: { cluster: config.clusters[0]?.name ?? '', user: 'deployer' },
  }
  const own = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: config.clusters,
    users: [user],
    contexts: [entry],
    'current-context': 'deployer',
  }
  await writeFile(login, JSON.stringify(own))
  return ['--kubeconfig', login, '--context', 'deployer']
}
