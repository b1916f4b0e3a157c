import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Imported, LiveEndpoint } from '../../import/index.ts'
import { failure, hasErrors, SlipwayError } from '../../problem/index.ts'
import { keptAsText, remarksAsText } from '../../report/index.ts'
import { diffOf } from '../next-command.ts'
import { reportProblems } from '../problems.ts'
import { projectFolder } from '../project.ts'
import type { ProjectArgs } from '../project.ts'
import { withCluster } from '../session.ts'
import type { ClusterArgs, SessionInput } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { isThere, openInto, pathIn, renderedWith, writeNew } from './into.ts'
import type { Into } from './into.ts'

export interface OneArgs extends ProjectArgs, ClusterArgs {
  type: { apiVersion: string; kind: string }
  name: string
  /** The environment's when left out. */
  namespace: string | undefined
  /** The model server's, where it is named. */
  container: string | undefined
  allowLoss: boolean
  improve: boolean
}

/** Writes the endpoint of one live object, and says what it would change. */
export async function importOne(args: OneArgs, terminal: Terminal): Promise<number> {
  const { type, name, namespace, container, allowLoss, improve, ...rest } = args
  const directory = await projectFolder(args)
  const into = await openInto(rest, directory)
  const { environment } = into.set
  const ref = { ...type, namespace: namespace ?? environment.namespace, name }
  const live = await readLive({ args, into, environment, terminal }, ref)
  const { endpointNameOf, importEndpoint } = await import('../../import/index.ts')
  const endpoint = endpointNameOf(live.workload)
  const path = pathIn(into, endpoint)
  if (existsSync(join(directory, path))) throw isThere(path)
  const imported = await importEndpoint({
    ...live,
    container,
    improve,
    render: draft => renderedWith(draft, into),
  })
  if (!allowLoss) refuse(imported)
  await writeNew(imported.document, into)
  tell(imported, { directory, path }, terminal)
  if (hasErrors(imported.rendered.problems)) return 1
  terminal.err(diffOf(environment.name, [endpoint], rest))
  return 0
}

interface Ref {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

async function readLive(
  { into: { set }, ...input }: SessionInput & { into: Into },
  ref: Ref,
): Promise<LiveEndpoint> {
  const { outsidersFor, relatedRefs } = await import('../../import/index.ts')
  return withCluster(input, async cluster => {
    const workload = await cluster.get(ref)
    if (workload === undefined) throw isMissing(ref)
    const found = await Promise.all(relatedRefs(workload).map(each => cluster.get(each)))
    const related = found.filter(object => object !== undefined)
    const { others, problems } = await outsidersFor({ cluster, set, workload, related })
    reportProblems(problems, input.terminal)
    return { workload, related, others }
  })
}

function isMissing({ kind, name, namespace }: Ref) {
  return failure('unknown-endpoint', `there is no ${kind} "${name}" in ${namespace}`, {
    remedy: 'Name its namespace with -n, and the cluster with --context.',
  })
}

function refuse({ losses }: Imported): void {
  if (losses.length > 0) throw new SlipwayError(losses)
}

interface Written {
  directory: string
  path: string
}

function tell(imported: Imported, { directory, path }: Written, terminal: Terminal): void {
  const { rendered, server, kept, remarks, unsaid } = imported
  terminal.out(`${path}\n`)
  const own = rendered.problems.filter(({ place }) => place?.file === path)
  reportProblems([...unsaid, ...own], terminal, directory)
  if (rendered.objects.length === 0) return
  if (server !== undefined)
    terminal.out(`The model server is container ${server.name}: ${server.reason}.\n`)
  terminal.out(keptAsText(kept, terminal.paintOut))
  terminal.out(remarksAsText(remarks, terminal.paintOut))
}
