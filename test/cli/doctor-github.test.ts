import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { asDocumented } from '../support/documented.ts'
import { shop } from './scratch.ts'

/** `doctor --github`: what gh answers becomes findings. */

const HOME = 'repos/{owner}/{repo}'
const ANSWERS: Record<string, unknown> = {
  '': { html_url: 'https://github.example.com/team/models', default_branch: 'main' },
  '/branches/main': { protected: false },
  '/rules/branches/main': [{ type: 'pull_request' }],
  '/environments/production': {
    protection_rules: [{ type: 'required_reviewers' }, { type: 'branch_policy' }],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  },
  '/environments/production/deployment-branch-policies?per_page=100': {
    branch_policies: [{ name: 'main' }],
  },
  '/environments/production/secrets?per_page=100': { secrets: [{ name: 'KUBECONFIG' }] },
  '/environments/production-read': { protection_rules: [], deployment_branch_policy: null },
  '/actions/permissions/workflow': {
    default_workflow_permissions: 'read',
    can_approve_pull_request_reviews: true,
  },
  '/actions/organization-secrets?per_page=100': { secrets: [{ name: 'KUBECONFIG' }] },
  '/actions/secrets?per_page=100': { secrets: [] },
}

const GH = `#!/bin/bash
case "$2" in
${Object.entries(ANSWERS)
  .map(([path, answer]) => `'${HOME}${path}') echo '${JSON.stringify(answer)}' ;;`)
  .join('\n')}
*) echo 'gh: Not Found (HTTP 404)' >&2; exit 1 ;;
esac
`

test('S3 · doctor --github finds what lets other branches read the kubeconfig', async t => {
  const bin = mkdtempSync(join(tmpdir(), 'slipway-gh-'))
  t.teardown(() => rmSync(bin, { recursive: true, force: true }))
  writeFileSync(join(bin, 'gh'), GH, { mode: 0o755 })
  const project = await shop({ PATH: `${bin}:${process.env['PATH']}` })
  t.teardown(project.dispose)
  await project.edit('slipway.yaml', 'dev: {}', 'dev: {pipeline: false}')
  const { code, stdout, stderr } = await project.slipway('doctor', '--github', '-o', 'json')
  t.is(code, 1, stderr)
  const report = JSON.parse(stdout)
  t.deepEqual(asDocumented('DoctorReport', report), report)
  t.like(report, { environment: 'production', server: 'https://github.example.com/team/models' })
  const states = (report.findings as { check: string; state: string }[]).map(
    ({ check, state }) => `${state} ${check}`,
  )
  t.deepEqual(states, [
    'ok branches of production',
    'ok secret KUBECONFIG of production',
    'missing branches of production-read',
    'unseen secret KUBECONFIG of production-read',
    'missing secrets outside environments',
    'ok rules for main',
    'ok token of workflows',
    'ok pull requests of workflows',
  ])
})

test('doctor --github without gh says what it needs', async t => {
  const bin = mkdtempSync(join(tmpdir(), 'slipway-no-gh-'))
  t.teardown(() => rmSync(bin, { recursive: true, force: true }))
  symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bin, 'git'))
  const project = await shop({ PATH: bin })
  t.teardown(project.dispose)
  const { code, stderr } = await project.slipway('doctor', '--github')
  t.is(code, 2)
  t.regex(stderr, /--github needs gh, the command line of GitHub/)
})
