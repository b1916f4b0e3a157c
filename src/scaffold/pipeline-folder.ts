export interface PipelinePlace {
  /** Of the project, from the root of its repository; '' where it is the root. */
  folder: string
  /** The project's name: tells its workflows from those of another project of the repository. */
  project: string
}

interface TextFile {
  path: string
  text: string
}

/** A workflow for a project in a folder of its repository: its own name, and only what concerns the folder. */
export function inFolder({ path, text }: TextFile, place: PipelinePlace): TextFile {
  if (!path.startsWith(WORKFLOWS)) return { path, text }
  const name = path.slice(WORKFLOWS.length)
  const changed = changesFor(place).reduce(
    (before, [from, to]) => before.replaceAll(from, () => to),
    text,
  )
  return { path: `${WORKFLOWS}${place.project}-${name}`, text: changed }
}

const WORKFLOWS = '.github/workflows/'

/** Each workflow has some of these places. */
function changesFor({ folder, project }: PipelinePlace): [from: string, to: string][] {
  const quoted = JSON.stringify(folder)
  const paths = `paths: [${JSON.stringify(`${escapeGlob(folder)}/**`)}]`
  return [
    ['\nname: ', `\nname: ${project} `],
    [
      'on: pull_request\n',
      `on:\n  pull_request:\n    # And what links in it lead to.\n    ${paths}\n`,
    ],
    [
      '    branches: [main]\n',
      `    branches: [main]\n    # And what links in it lead to.\n    ${paths}\n`,
    ],
    ['    shell: bash\n', `    shell: bash\n    working-directory: ${quoted}\n`],
    // It checks nothing out, so there is no such folder.
    ['  comment:\n', '  comment:\n    defaults:\n      run:\n        working-directory: .\n'],
    [ACTION, `${ACTION}        with:\n          folder: ${quoted}\n`],
    ['group: slipway-', `group: slipway-${project}-`],
    ['<!-- slipway:diff:$ENVIRONMENT', `<!-- slipway:diff:${project}:$ENVIRONMENT`],
    ['title="$ENVIRONMENT is', `title="${project}: $ENVIRONMENT is`],
    ['gh workflow run apply.yml', `gh workflow run ${project}-apply.yml`],
  ]
}

const ACTION =
  '      - uses: ./.github/actions/slipway # zizmor: ignore[self-repository] GitHub Enterprise Server has no "$/"\n'

/** Patterns of GitHub's path filters. */
function escapeGlob(folder: string): string {
  return folder.replaceAll(/[*?+[\]!\\]/g, String.raw`\$&`)
}
