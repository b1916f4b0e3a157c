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
  'parallel',
  'resource_group',
  'rules',
  'script',
  'variables',
])
const NESTED: Record<string, string[]> = {
  artifacts: ['expose_as', 'paths', 'when'],
  cache: ['key', 'paths'],
  environment: ['action', 'name'],
  parallel: ['matrix'],
}

test('only keys that GitLab documents', t => {
  t.deepEqual(Object.keys(template.jobs), ['preview', 'apply staging', 'apply production', 'drift'])
  for (const [name, job] of jobs) {
    for (const [key, value] of Object.entries(job)) {
      t.true(JOB_KEYS.has(key), `${name}: ${key}`)
      const known = NESTED[key]
      if (known === undefined || typeof value !== 'object' || value === null) continue
      for (const each of Object.keys(value)) t.true(known.includes(each), `${name}: ${key}.${each}`)
    }
    t.true(Array.isArray(job.script) && job.script.every(line => typeof line === 'string'), name)
    for (const value of Object.values({ ...template.variables, ...job.variables }))
      t.is(typeof value, 'string')
  }
})

test('R1 · applies of one environment go one by one, in order, and are never cut off', t => {
  const applies = jobs.filter(([name]) => name.startsWith('apply '))
  t.is(applies.length, 2)
  for (const [name, job] of applies) {
    t.is(job['interruptible'], false)
    t.is(job['resource_group'], `slipway-${name.slice('apply '.length)}`)
    t.is(job.environment, name.slice('apply '.length))
  }
  t.deepEqual(template.jobs['apply production']?.needs, ['apply staging'])
})

test('a job that reads the kubeconfig belongs to an environment, and the preview does not', t => {
  for (const [name, { script = [], environment }] of jobs) {
    const reads = script.some(line => line.includes('KUBECONFIG_FILE'))
    t.is(reads, environment !== undefined, name)
  }
})

test('S3 · packages run no script beside a kubeconfig; folders of results are made anew', t => {
  for (const [name, { before_script: before = [], script = [] }] of jobs) {
    t.regex(before.join('\n'), /npm ci --ignore-scripts /, name)
    for (const made of script.flatMap(line => line.match(/^mkdir .*/) ?? []))
      t.true(script.includes(`rm -rf ${made.replace('mkdir ', '')}`), name)
  }
  t.deepEqual(template.jobs['drift']?.environment, { name: '$ENVIRONMENT/read', action: 'verify' })
})

test('what GitLab shows in a merge request is a folder without a pattern or a variable', t => {
  const { artifacts } = template.jobs['preview'] as {
    artifacts?: { paths: string[]; expose_as: string }
  }
  t.is(artifacts?.expose_as, 'preview')
  for (const path of artifacts?.paths ?? []) t.notRegex(path, /[*$]/)
})
