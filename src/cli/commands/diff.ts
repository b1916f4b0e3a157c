import { failure } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { SEVERAL } from '../environments.ts'
import { atCluster, switchFlag, textFlag } from '../options.ts'
import { MOVED, PLAN, planOptions } from '../planning.ts'
import { showPlan } from '../plan-view.ts'
import { exitCodeFor, reportProblems } from '../problems.ts'
import { loadWithProvenance, projectFolder, type ProjectArgs } from '../project.ts'
import { clustersFor } from '../session.ts'
import { COMPARISON_VIEWS, PLAN_VIEWS, renderChanges, type Comparison } from '../../report/index.ts'
import { showOnPage } from '../show.ts'
import type { Terminal } from '../terminal.ts'

export const diff = defineCommand({
  name: 'diff',
  summary: 'Show what apply would do, or what changed since a revision',
  description:
    'Makes the plan that apply would carry out and shows it with its hash: endpoints in words, objects, fields with ' +
    'both values. Writes nothing. With --against, compares two renders instead and needs no cluster.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    against: textFlag(
      'Compare with the project at this revision; A..B and A...B compare two revisions',
    ),
    'kserve-version': textFlag(
      'Plan as if the cluster had this KServe: what an upgrade would change, restart or refuse',
    ),
    'exit-code': switchFlag('Exit with 1 when there are differences'),
    ...SEVERAL,
    ...PLAN,
    ...MOVED,
    ...atCluster(PLAN_VIEWS),
  },
  examples: [
    ['diff -e production', 'What apply would do now'],
    ['diff -e staging,production', 'In both; --all-environments and groups of slipway.yaml, too'],
    ['diff --against origin/main -o markdown', 'The comment on a pull request'],
    ['diff --against v1.2.0..main', 'What changed between two revisions'],
    ['diff --against HEAD~5 -o html > diff.html', 'A page to open in a browser, offline'],
    ['diff --kserve-version 0.20.0', 'What an upgrade of KServe would mean'],
    ['diff chat --exit-code', 'Exit code 1 when chat is not as in git'],
  ],
  course: ({ output, against }) => ({
    order: 'together',
    isLocal: against !== undefined,
    format: output,
  }),
  run: async (args, terminal) => {
    const { names, exitCode, against, kserveVersion } = args
    refuseVersion(kserveVersion, against)
    if (against !== undefined) {
      const { base, changes } = await showComparison(against, args, terminal)
      const differs = changes.length > 0 || base.state === 'broken'
      return differs && exitCode ? 1 : 0
    }
    const inCluster = clustersFor({ args, terminal })
    const { provenance, project } = await loadWithProvenance(args, terminal)
    const { hasDifferences, planSet } = await import('../../plan/index.ts')
    const { directory, set } = project
    const plan = await inCluster(set.environment, cluster =>
      planSet({
        ...project,
        cluster,
        provenance,
        isPreview: true,
        ...(names.length === 0 ? {} : { only: names }),
        options: { ...planOptions(args), predict: true },
      }),
    )
    await showPlan(plan, { args, directory, terminal })
    return exitCodeFor(plan.problems) || (exitCode && hasDifferences(plan) ? 1 : 0)
  },
})

function refuseVersion(version: string | undefined, against: string | undefined): void {
  if (version === undefined) return
  if (against !== undefined)
    throw failure('usage', '--kserve-version compares with the cluster, and --against with git', {
      remedy: 'Give one of them.',
    })
  if (!/^v?\d+\.\d+(\.\d+)?$/.test(version))
    throw failure('usage', `--kserve-version cannot be "${version}"`, {
      remedy: 'Give a version such as 0.20.0.',
    })
}

interface ComparisonArgs extends ProjectArgs {
  names: readonly string[]
  output: keyof typeof COMPARISON_VIEWS
}

/** Compares with a revision and shows it; shows warnings, throws the errors. */
async function showComparison(
  against: string,
  args: ComparisonArgs,
  terminal: Terminal,
): Promise<Comparison> {
  const { names, output } = args
  const directory = await projectFolder(args)
  const { compareRevisions } = await import('../../revisions/index.ts')
  const compared = await compareRevisions({ directory, choice: args, against, names })
  const { differences, after, warnings, ...rest } = compared
  reportProblems(warnings, terminal, directory)
  const comparison = { ...rest, changes: renderChanges(differences, after) }
  await showOnPage(COMPARISON_VIEWS, output, { result: comparison, terminal })
  return comparison
}
