import { join } from 'node:path'
import { failure, SlipwayError, type Problem } from '../problem/index.ts'
import { loadWithProvenance, openProject, refuseAbsent } from '../project/index.ts'
import { describeEnvironments } from '../spec/index.ts'
import { asHanded, type Fleet, type HandedEnvironment, type OciReference } from './fleet.ts'
import { handoffFiles, type Engine } from './files.ts'
import { writeLayout } from './oci/layout.ts'
import { splitArtifact } from './oci/split.ts'
import { sourceOf, type SourceQuestion } from './source.ts'
import { writeHandoff } from './write.ts'

export interface HandoffRequest extends SourceQuestion {
  engine: Engine
  /** `oci://HOST/NAME:TAG`: for Flux, the manifests are an artifact there. */
  oci?: string | undefined
  /** Who asks and where. */
  actor: string
  /** Hears of the warnings of each environment. */
  onWarnings: (warnings: readonly Problem[]) => void
}

/** What was written, and removed of an earlier hand-over; of an artifact, where it is and where it is to be pushed. */
export interface HandedOver {
  written: readonly string[]
  removed: readonly string[]
  artifact?: { digest: string; tag: string; folder: string; target: string }
}

/**
 * Writes what an engine needs to take a project over: every environment that pipelines apply. Throws SlipwayError where one of them is
 * invalid, or where files are not checked out: who applies the rest takes them for deleted.
 */
export async function handOver(request: HandoffRequest): Promise<HandedOver> {
  const { engine, folder, branch, oci } = request
  const reference = oci === undefined ? undefined : referenceFor(oci, engine)
  const found = await sourceOf(request)
  const source = { ...found, ...(reference && { oci: reference }) }
  const { commit, ...handed } = await handedEnvironments(request)
  const all = handoffFiles(engine, { ...handed, source })
  const revision = commit === undefined ? undefined : `${branch}@sha1:${commit}`
  const { files, artifact } = splitArtifact(all, { source }, revision)
  const empty = handed.environments.filter(({ objects }) => objects.length === 0)
  const outcome = await writeHandoff(
    folder,
    files,
    empty.map(({ name }) => `manifests/${name}`),
  )
  if (artifact === undefined || reference === undefined) return outcome
  const into = join(folder, 'artifact')
  await writeLayout(into, artifact.files)
  const { url, tag } = reference
  const target = `${url.replace('oci://', '')}:${tag}`
  return { ...outcome, artifact: { digest: artifact.digest, tag, folder: into, target } }
}

function referenceFor(oci: string, engine: Engine) {
  if (engine === 'flux') return ociReference(oci)
  throw failure('usage', '--oci is for Flux: Argo CD does not read artifacts of this kind', {
    remedy: 'Leave it out, and let Argo CD read the manifests from git.',
  })
}

interface Handed extends Omit<Fleet, 'source'> {
  /** Absent outside git, and where files are not as in it. */
  commit: string | undefined
}

async function handedEnvironments(request: HandoffRequest): Promise<Handed> {
  const { directory, actor, onWarnings } = request
  const { value = [], problems } = await describeEnvironments(await openProject(directory))
  const wanted = value.filter(({ pipeline }) => pipeline)
  if (wanted.length === 0 && problems.length > 0) throw new SlipwayError(problems)
  const environments: HandedEnvironment[] = []
  let project = ''
  let commit: string | undefined
  for (const { name, context } of wanted) {
    const choice = { environment: name }
    // One after the other: each shows its warnings.
    // oxlint-disable-next-line no-await-in-loop
    const loaded = await loadWithProvenance({ directory, choice, actor })
    onWarnings(loaded.warnings)
    refuseAbsent(loaded.provenance)
    const { set, objects } = loaded.project
    const { namespace, createNamespace } = set.environment
    const { info } = loaded.provenance
    project = set.project
    commit = info.dirty ? undefined : info.commit
    const own = { name, namespace, createNamespace, cluster: context }
    environments.push({ ...own, objects: objects.map(asHanded) })
  }
  if (environments.length === 0)
    throw failure('usage', 'there is no environment to hand over', {
      remedy: 'All of them have "pipeline: false" in slipway.yaml.',
    })
  return { project, environments, commit }
}

/** What `--oci` says. A registry's name may have a port, a tag has no slash. Throws SlipwayError `usage` where it says no such thing. */
function ociReference(oci: string): OciReference {
  const [, url, tag] =
    /^(oci:\/\/[^\s/@]{1,300}\/[^\s:@]{1,300}):([\w][\w.-]{0,127})$/.exec(oci) ?? []
  if (url !== undefined && tag !== undefined) return { url, tag }
  throw failure(
    'usage',
    `--oci cannot be "${oci}": it is an address with a tag, such as oci://registry.example.com/fleet/models:main`,
  )
}
