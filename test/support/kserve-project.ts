import type { ExecutionContext } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText, type DeployedProject } from './deployed-project.ts'
import { testedVersions } from './runner-sandbox.ts'

/** A deployed project whose endpoints KServe serves; each `spec` is indented by two. */
export async function kserveProject(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  specs: Record<string, string>,
  environment = `createNamespace: true, kserve: {version: ${testedVersions.kserve}}`,
): Promise<DeployedProject> {
  const project = await deployedProject(t, {}, environment)
  for (const [name, spec] of Object.entries(specs))
    await project.write(
      `endpoints/${name}.yaml`,
      endpointText(name, `${SHORT_SHUTDOWN}${spec}`, 'kserve'),
    )
  return project
}

const SHORT_SHUTDOWN = '  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}\n'
