import type { ProjectChoices } from './project-files.ts'

const STEPS = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with: { node-version: 24, cache: npm }
      - run: npm ci
`

/** On a pull request: no cluster, no secrets. */
export function previewWorkflow({ environment }: Pick<ProjectChoices, 'environment'>): string {
  return `name: preview
on: pull_request
permissions:
  contents: read
jobs:
  preview:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
${STEPS}      - run: npx slipway validate -e ${environment}
      - run: npx slipway diff -e ${environment} --against "$BASE"
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
`
}

/** On the main branch; the environment of GitHub holds the kubeconfig and asks for approvals. */
export function applyWorkflow({ environment }: Pick<ProjectChoices, 'environment'>): string {
  return `name: apply
on:
  push: { branches: [main] }
permissions:
  contents: read
concurrency:
  group: slipway-${environment}
  cancel-in-progress: false # an apply is never cut off in the middle
jobs:
  apply:
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    environment: ${environment}
    steps:
${STEPS}      - run: |
          umask 077
          printf '%s' "$KUBECONFIG_TEXT" > "$RUNNER_TEMP/kubeconfig"
          npx slipway apply -e ${environment} --yes --kubeconfig "$RUNNER_TEMP/kubeconfig"
        env:
          KUBECONFIG_TEXT: \${{ secrets.KUBECONFIG }}
`
}
