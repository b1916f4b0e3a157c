import test from 'ava'
import { readTemplate } from '../support/gitlab.ts'

/** What must hold for the GitLab template. Its scripts are run in test/e2e/gitlab-week.test.ts. */

const template = readTemplate()
const jobs = Object.entries(template.jobs)

/** https://docs.gitlab.com/ci/yaml/#keywords, as far as a template like this needs them. */
const JOB_KEYS = new Set([
  'artifacts',
  'before_script',
  'cache',
  'environment',
  'image',
  'interruptible',
  'needs',
  'resource_group',
  'rules',
  'script',
  'trigger',
  'variables',
])
const NESTED: Record<string, string[]> = {
  artifacts: ['expose_as', 'paths', 'when'],
  cache: ['key', 'paths'],
  environment: ['action', 'name'],
  trigger: ['include', 'strategy'],
}

test('only keys that GitLab documents', t => {
  t.deepEqual(Object.keys(template.jobs), [
    'preview',
    'environments',
    'in each of them',
    'pages',
    'promote',
    'canary check',
  ])
  for (const [name, job] of jobs) {
    for (const [key, value] of Object.entries(job)) {
      t.true(JOB_KEYS.has(key), `${name}: ${key}`)
      const known = NESTED[key]
      if (known === undefined || typeof value !== 'object' || value === null) continue
      for (const each of Object.keys(value)) t.true(known.includes(each), `${name}: ${key}.${each}`)
    }
    const isScript = Array.isArray(job.script) && job.script.every(line => typeof line === 'string')
    t.not(isScript, job.trigger !== undefined, name)
    for (const value of Object.values({ ...template.variables, ...job.variables }))
      t.is(typeof value, 'string')
  }
})

test('R1 · what goes on in the environments is written from slipway.yaml, and starts nothing else again', t => {
  const { needs, trigger, rules } = template.jobs['in each of them'] ?? {}
  t.deepEqual(needs, ['environments'])
  t.deepEqual(trigger, {
    include: [{ artifact: 'jobs.yml', job: 'environments' }],
    strategy: 'depend',
  })
  t.deepEqual(rules, template.jobs['environments']?.rules)
  // The pipeline of these jobs has the whole template, of which no other job may run there.
  for (const [name, job] of jobs)
    for (const { if: condition } of job.rules ?? [])
      t.regex(condition, /CI_PIPELINE_SOURCE (!= "parent_pipeline"|== "merge_request_event")/, name)
})

test('S3 · a job with credentials is for the default branch, of one task, and the preview has none', t => {
  for (const [name, { script = [], environment, rules = [] }] of jobs) {
    const reads = script.some(line => line.includes('$KUBECONFIG_FILE'))
    t.is(reads, environment !== undefined, name)
    for (const { if: condition } of environment === undefined ? [] : rules) {
      t.regex(condition, /^\$CI_COMMIT_BRANCH == \$CI_DEFAULT_BRANCH && /, name)
      t.regex(condition, /\$TASK == "\w+"/, name)
    }
    // They may read only, and wait for nobody.
    if (environment !== undefined) t.like(environment, { action: 'verify' }, name)
  }
})

test('S3 · packages run no script beside a kubeconfig; files of results are made anew', t => {
  for (const [name, { before_script: before = [], script = [], trigger }] of jobs) {
    if (trigger !== undefined) continue
    t.regex(before.join('\n'), /npm ci --ignore-scripts /, name)
    const made = script.flatMap(line => line.match(/^mkdir .*|} > [\w.]+$/gm) ?? [])
    for (const each of made)
      t.true(script.includes(`rm -rf ${each.replace(/^mkdir |^} > /, '')}`), `${name}: ${each}`)
  }
})

test('what GitLab shows in a merge request is a folder without a pattern or a variable', t => {
  const { artifacts } = template.jobs['preview'] as {
    artifacts?: { paths: string[]; expose_as: string }
  }
  t.is(artifacts?.expose_as, 'preview')
  for (const path of artifacts?.paths ?? []) t.notRegex(path, /[*$]/)
})
