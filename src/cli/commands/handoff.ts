import { failure } from '../../problem/index.ts'
import { actorOf } from '../../project/index.ts'
import { artifactWritten, filesWritten } from '../artifact-text.ts'
import { defineCommand } from '../command.ts'
import { textFlag } from '../options.ts'
import { reportProblems } from '../problems.ts'
import { projectFolder } from '../project.ts'

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
      ...textFlag('Write into this folder of the repository that the engine reads'),
      default: 'handoff',
    },
    url: textFlag('Use this address of that repository instead of the one of the remote origin'),
    branch: { ...textFlag('Let the engine follow this branch'), default: 'main' },
    oci: textFlag(
      'Let Flux take the manifests from here (oci://HOST/NAME:TAG), and write them as an artifact to push there',
    ),
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
    const directory = await projectFolder(args)
    const { handOver } = await import('../../handoff/index.ts')
    const { written, removed, artifact } = await handOver({
      engine: engine === 'flux' ? 'flux' : 'argo',
      directory,
      folder: outputDir,
      url,
      branch,
      oci,
      actor: actorOf(terminal.env),
      onWarnings: warnings => reportProblems(warnings, terminal, directory),
    })
    terminal.err(filesWritten(outputDir, written, removed))
    if (artifact !== undefined)
      terminal.err(artifactWritten(artifact, artifact.folder, artifact.target))
    return 0
  },
})
