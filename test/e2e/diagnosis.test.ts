import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePodLogs } from '../support/sandbox-trouble.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { aNode, eventually } from '../support/scene.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Each cause of K3 as it happens in a real cluster: the diagnosis names it, and what to do. */

const { serial } = sandboxTest()

const inPods = (merge: string) => `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: ${merge}}}
`
const trouble = (what: string) =>
  inPods(`{metadata: {labels: {sandbox.slipway.dev/trouble: ${what}}}}`)

const asking = (size: string) =>
  inPods(
    `{spec: {containers: [{name: server, resources: {requests: {${size}}, limits: {${size}}}}]}}`,
  )

interface Told {
  problem: { message: string; cause?: string; remedy?: string }
  diagnosis?: { cause: string; summary: string; remedy: string }
}

/** What an apply says of each endpoint that failed. */
async function failuresOf(
  { expect }: DeployedProject,
  timeout: string,
): Promise<Record<string, Told>> {
  const args = ['apply', '--yes', '--timeout', timeout, '--log-format', 'json']
  const { stderr } = await expect(1, ...args)
  const events = stderr
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as { type: string; endpoint: string } & Told)
  const failed = events.filter(({ type }) => type === 'failed')
  return Object.fromEntries(failed.map(event => [event.endpoint, event]))
}

const CAUSES: Record<string, { spec: string; cause: string; summary: RegExp; remedy: RegExp }> = {
  pull: {
    spec: trouble('image-pull'),
    cause: 'image-pull',
    summary: /registry\.example\.com\/pull:v1/,
    remedy: /image|registry/,
  },
  config: {
    spec: trouble('config-error'),
    cause: 'config-error',
    summary: /secret/i,
    remedy: /create|Secret/,
  },
  crash: {
    spec: trouble('crash-loop'),
    cause: 'crash-loop',
    summary: /keeps ending \(5 restarts\), exit code 1: an error of the application/,
    remedy: /kubectl -n \S+ logs crash-\S+ -c \S+ --previous/,
  },
  memory: {
    spec: trouble('out-of-memory'),
    cause: 'out-of-memory',
    summary: /memory/,
    remedy: /resources\.memory/,
  },
  probe: {
    spec: trouble('never-ready'),
    cause: 'probe',
    summary: /\/health/,
    remedy: /port|path|8000/,
  },
  gpu: {
    spec: inPods('{spec: {nodeSelector: {gpu: b300}}}'),
    cause: 'unschedulable',
    summary: /waits for/,
    remedy: /node/,
  },
  cpu: {
    spec: asking("cpu: '500'"),
    cause: 'unschedulable',
    summary: /waits for a node with enough cpu$/,
    remedy: /resources\.cpu/,
  },
  ram: {
    spec: asking('memory: 4Ti'),
    cause: 'unschedulable',
    summary: /waits for a node with enough memory$/,
    remedy: /resources\.memory/,
  },
  taint: {
    spec: inPods('{spec: {nodeSelector: {pool: reserved}}}'),
    cause: 'unschedulable',
    summary: /waits for a node .*whose taints it tolerates/,
    remedy: /scheduling\.tolerations/,
  },
}

/** A node of its own kind, which the endpoint `taint` asks for without tolerating its taint. */
const RESERVED = aNode('reserved', {
  pool: 'reserved',
  taints: [{ key: 'dedicated', value: 'training', effect: 'NoSchedule' }],
})

serial('K3 · each cause is named in the first line of its diagnosis, with the remedy', async t => {
  const specs = Object.entries(CAUSES).map(([name, { spec }]) => [name, spec])
  const project = await deployedProject(t, { ...Object.fromEntries(specs), fine: '' })
  await project.kubectl.apply(RESERVED)
  t.teardown(() => project.kubectl('delete', 'node', RESERVED.metadata.name))
  const told = await failuresOf(project, '20s')
  t.deepEqual(Object.keys(told).toSorted(), Object.keys(CAUSES).toSorted())
  for (const [name, { cause, summary, remedy }] of Object.entries(CAUSES)) {
    const { diagnosis } = told[name]!
    t.is(diagnosis?.cause, cause, name)
    t.regex(diagnosis?.summary ?? '', summary, name)
    t.regex(diagnosis?.remedy ?? '', remedy, name)
  }
  await saySame(t, project, told)
})

/** Status, the folder of diagnostics and the doctor of what apply has said. */
async function saySame(
  t: Parameters<typeof deployedProject>[0],
  { expect, directory }: DeployedProject,
  told: Record<string, Told>,
): Promise<void> {
  const { stdout } = await expect(1, 'status', '-o', 'json', '--diagnostics-dir', 'all')
  const { endpoints } = JSON.parse(stdout) as { endpoints: (Told & { endpoint: string })[] }
  const { stdout: examined } = await expect(0, 'doctor', '-o', 'json')
  const { findings } = JSON.parse(examined) as { findings: Finding[] }
  for (const [name, { diagnosis }] of Object.entries(told)) {
    const said = { cause: diagnosis?.cause, remedy: diagnosis?.remedy }
    t.like(endpoints.find(({ endpoint }) => endpoint === name)?.diagnosis, said, name)
    const file = join(directory, 'all', name, 'status.json')
    t.like((JSON.parse(await readFile(file, 'utf8')) as Told).diagnosis, said, name)
    const finding = findings.find(({ check }) => check === `endpoint ${name}`)
    t.like(finding, { state: 'warning', remedy: said.remedy }, name)
  }
}

interface Finding {
  check: string
  state: string
  remedy?: string
}

serial('K3 · a quota, and a policy that denies pods, are named within seconds', async t => {
  const project = await deployedProject(t, {
    limited: '',
    denied: inPods('{metadata: {labels: {team: nobody}}}'),
  })
  const { kubectl, namespace } = project
  await kubectl('create', 'namespace', namespace)
  await denyPods(t, project)
  await kubectl('create', 'quota', 'no-pods', '--hard=pods=0', '-n', namespace)
  const start = Date.now()
  const told = await failuresOf(project, '5m')
  t.true(Date.now() - start < 120_000, 'long before the deadline')
  t.is(told['limited']?.diagnosis?.cause, 'quota')
  t.regex(told['limited']?.diagnosis?.summary ?? '', /no-pods/)
  t.is(told['denied']?.diagnosis?.cause, 'webhook')
  t.regex(
    `${told['denied']?.diagnosis?.summary} ${told['denied']?.problem.cause}`,
    /pods of nobody are not allowed/,
  )
})

/** A ValidatingAdmissionPolicy of the cluster's own: pods with the label team=nobody are refused. */
async function denyPods(
  t: Parameters<typeof deployedProject>[0],
  { kubectl, namespace }: DeployedProject,
): Promise<void> {
  const name = `deny-${namespace}`
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const resourceRules = [
    { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
  ]
  await kubectl.apply({
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules },
      validations: [
        {
          expression: "!has(object.metadata.labels) || !('team' in object.metadata.labels)",
          message: 'pods of nobody are not allowed',
        },
      ],
    },
  })
  await kubectl.apply({
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      matchResources: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      },
    },
  })
  t.teardown(async () => {
    await kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', name)
  })
  const trial = ['run', 'trial', '--image=x', '--labels=team=nobody', '--dry-run=server']
  await eventually(async () =>
    kubectl(...trial, '-n', namespace).then(
      () => false,
      () => true,
    ),
  )
}

/** As vLLM ends: what it was stands above a long traceback of the process that waited for it. */
const ROOT_CAUSE =
  '(EngineCore pid=99) ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.'

const LINES = ['loading model', 'token=verysecretvalue', 'RuntimeError: weights are missing']

serial(
  'T3, K3 · the last words of a crashing container, and everything on disk without secrets',
  async t => {
    const summary = join(t.context.sandbox.stateDirectory, 'summary.md')
    process.env['GITHUB_STEP_SUMMARY'] = summary
    t.teardown(() => delete process.env['GITHUB_STEP_SUMMARY'])
    const { expect, directory, namespace } = await deployedProject(t, {
      chat: `  env: {API_TOKEN: plainsecret, LEVEL: info}\n${trouble('crash-loop')}`,
      fine: '',
    })
    const previous = [
      ...Array.from({ length: 110 }, (_, i) => `line ${i} ${'x'.repeat(900)}`),
      ROOT_CAUSE,
      ...Array.from({ length: 40 }, (_, i) => `line ${110 + i} ${'x'.repeat(900)}`),
      ...LINES,
    ]
    await writePodLogs(t.context.sandbox, { namespace, lines: ['starting'], previous })
    const { stderr } = await expect(1, 'apply', '--yes', '--diagnostics-dir', 'diagnostics')
    t.regex(
      stderr,
      /last lines of container \S+ of pod chat-\S+ \(previous run\):\n(.*\n)* +\| RuntimeError: weights are missing/,
    )
    t.regex(stderr, /Diagnostics of chat are in /)
    t.regex(stderr, /keeps ending .*the memory of the GPU leaves too little for the KV cache/)
    const folder = join(directory, 'diagnostics', 'chat')
    const names = (await readdir(folder, { recursive: true })).toSorted()
    t.deepEqual(
      names.filter(name => !name.includes('.log')),
      ['diagnosis.md', 'diagnosis.txt', 'logs', 'objects.json', 'status.json'],
    )
    const logs = names.filter(name => name.endsWith('.previous.log'))
    t.is(logs.length, 1)
    const log = await readFile(join(folder, logs[0]!), 'utf8')
    t.is(log.trimEnd().split('\n').length, 100)
    const files = names.filter(name => name !== 'logs')
    const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')))
    const all = `${texts.join('\n')}${await readFile(summary, 'utf8')}${stderr}`
    t.notRegex(texts.join('\n'), /plainsecret|verysecretvalue|managedFields/)
    t.notRegex(all, /verysecretvalue/)
    const digest = await readFile(join(folder, 'diagnosis.txt'), 'utf8')
    t.regex(digest, /Pod\/chat-\S+: crashing/)
    t.regex(digest, /ended with exit code 1: an error of the application; 5 restarts/)
    t.regex(digest, /Warning +BackOff +Pod\/chat-/)
    const page = await readFile(summary, 'utf8')
    t.regex(page, /<details><summary><b>chat<\/b>: container .* keeps ending/)
    t.true(page.length < 62_000, String(page.length))
    t.regex(page, /RuntimeError: weights are missing/)
    const status = await expect(1, 'status', '--diagnostics-dir', 'again')
    t.regex(status.stdout, /chat .*failed/)
    t.regex(status.stdout, /KV cache[^]*resources\.gpuMemory/)
    t.deepEqual(await readdir(join(directory, 'again')), ['chat'])
  },
)
