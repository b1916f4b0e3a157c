import { realpathSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { failure, SlipwayError } from '../../problem/index.ts'
import type { HandedEnvironment, ManifestSource, OciReference } from '../../handoff/index.ts'
import { openProject, refuseAbsent, repositoryOf } from '../../project/index.ts'
import { plural } from '../../words/index.ts'
import { defineCommand } from '../command.ts'
import { loadWithProvenance, projectFolder } from '../project.ts'
import { artifactWritten } from '../render-folder.ts'
import type { Terminal } from '../terminal.ts'

export const handoff = defineCommand({
  name: 'handoff',
  summary: 'Write what Flux or Argo CD needs to take the project over',
  description:
    'Renders every environment that pipelines apply, and writes manifests by waves, and for Flux a source and Kustomizations, for ' +
    'Argo CD a project, Applications and health rules: pruning, what is left to autoscalers, when an endpoint is healthy. ' +
    'Needs no cluster, and changes none. Files of an earlier hand-over that are no longer needed are removed.',
  positionals: {
    engine: { describe: 'The engine that takes over', many: false, choices: ['flux', 'argo'] },
  },
  options: {
    'output-dir': {
      type: 'string',
      requiresArg: true,
      default: 'handoff',
      describe: 'Write into this folder of the repository that the engine reads',
    },
    url: {
      type: 'string',
      requiresArg: true,
      describe: 'Use this address of that repository instead of the one of the remote origin',
    },
    branch: {
      type: 'string',
      requiresArg: true,
      default: 'main',
      describe: 'Let the engine follow this branch',
    },
    oci: {
      type: 'string',
      requiresArg: true,
      describe:
        'Let Flux take the manifests from here (oci://HOST/NAME:TAG), and write them as an artifact to push there',
    },
  },
  examples: [
    ['handoff flux', 'Into handoff/, to be committed here'],
    [
      'handoff argo --output-dir ../fleet/models --url https://git.example.com/fleet',
      'Into another repository',
    ],
    [
      'handoff flux --oci oci://registry.example.com/fleet/models:main',
      'The manifests as an artifact in handoff/artifact, an OCI image layout',
    ],
  ],
  run: async ({ engine, outputDir, url, branch, oci, ...args }, terminal) => {
    if (args.environment !== undefined)
      throw failure(
        'usage',
        'handoff writes every environment that pipelines apply: leave out -e',
        {
          remedy: 'To leave one out, set "pipeline: false" in slipway.yaml.',
        },
      )
    const reference = ociReference(oci, engine)
    const directory = await projectFolder(args)
    const found = await sourceOf({ url, branch, folder: outputDir, directory })
    const source = { ...found, ...(reference && { oci: reference }) }
    const { commit, ...handed } = await handedEnvironments(args, directory, terminal)
    const { handoffFiles, splitArtifact, writeHandoff, writeLayout } =
      await import('../../handoff/index.ts')
    const all = handoffFiles(engine === 'flux' ? 'flux' : 'argo', { ...handed, source })
    const revision = commit === undefined ? undefined : `${branch}@sha1:${commit}`
    const { files, artifact } = splitArtifact(all, { source }, revision)
    const { written, removed } = await writeHandoff(outputDir, files)
    terminal.err(
      `${plural(written.length, 'file')} written to ${outputDir}, ${removed.length} removed\n`,
    )
    if (artifact === undefined) return 0
    const folder = join(outputDir, 'artifact')
    await writeLayout(folder, artifact.files)
    const { url: address = '', tag = '' } = reference ?? {}
    const target = `${address.replace('oci://', '')}:${tag}`
    terminal.err(artifactWritten({ digest: artifact.digest, tag }, folder, target))
    return 0
  },
})

/** A registry's name may have a port, a tag has no slash. */
function ociReference(oci: string | undefined, engine: string): OciReference | undefined {
  if (oci === undefined) return undefined
  if (engine !== 'flux')
    throw failure('usage', '--oci is for Flux: Argo CD does not read artifacts of this kind', {
      remedy: 'Leave it out, and let Argo CD read the manifests from git.',
    })
  const [, url, tag] =
    /^(oci:\/\/[^\s/@]{1,300}\/[^\s:@]{1,300}):([\w][\w.-]{0,127})$/.exec(oci) ?? []
  if (url !== undefined && tag !== undefined) return { url, tag }
  throw failure(
    'usage',
    `--oci cannot be "${oci}": it is an address with a tag, such as oci://registry.example.com/fleet/models:main`,
  )
}

interface Where {
  url: string | undefined
  branch: string
  folder: string
  /** Of the project. */
  directory: string
}

async function sourceOf({ url, branch, folder, directory }: Where): Promise<ManifestSource> {
  const { repositoryAbove } = await import('../../spec/index.ts')
  const target = resolve(folder)
  const root = repositoryAbove(target)
  const path = root === undefined ? '' : relative(root, inReality(target)).replaceAll(sep, '/')
  return { url: url ?? (await originUrl(directory)), branch, folder: path }
}

/** The folder need not be there yet. */
function inReality(target: string): string {
  const parts = target.split(sep)
  for (let length = parts.length; length > 1; length -= 1) {
    try {
      const real = realpathSync.native(parts.slice(0, length).join(sep))
      return [real, ...parts.slice(length)].join(sep)
    } catch {
      // Not there: look further up.
    }
  }
  return target
}

async function originUrl(directory: string): Promise<string> {
  const repository = await repositoryOf(directory, { isNeeded: false })
  const name = await repository?.origin()
  // A folder has no host with a dot before its first slash.
  if (name !== undefined && /^[^/]+\.[^/]+\//.test(name)) return `https://${name}.git`
  throw failure(
    'usage',
    'the address of the repository is not known: there is no remote "origin" with one',
    {
      remedy: 'Give it with --url.',
    },
  )
}

async function handedEnvironments(
  args: { directory: string },
  directory: string,
  terminal: Terminal,
): Promise<{
  project: string
  environments: HandedEnvironment[]
  /** Absent outside git, and where files are not as in it. */
  commit: string | undefined
}> {
  const { describeEnvironments } = await import('../../spec/index.ts')
  const { value = [], problems } = await describeEnvironments(await openProject(directory))
  const wanted = value.filter(({ pipeline }) => pipeline)
  if (wanted.length === 0 && problems.length > 0) throw new SlipwayError(problems)
  const environments: HandedEnvironment[] = []
  let project = ''
  let commit: string | undefined
  for (const { name, context } of wanted) {
    const choice = { ...args, environment: name }
    // One after the other: each shows its warnings.
    // oxlint-disable-next-line no-await-in-loop
    const { project: own, provenance } = await loadWithProvenance(choice, { directory }, terminal)
    // Who applies the files takes what is not in them for deleted.
    refuseAbsent(provenance)
    const { set, objects } = own
    const { namespace, createNamespace } = set.environment
    project = set.project
    commit = provenance.info.dirty ? undefined : provenance.info.commit
    environments.push({ name, namespace, createNamespace, cluster: context, objects })
  }
  if (environments.length === 0)
    throw failure('usage', 'there is no environment to hand over', {
      remedy: 'All of them have "pipeline: false" in slipway.yaml.',
    })
  return { project, environments, commit }
}
