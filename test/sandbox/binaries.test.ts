import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { cacheKey, moduleOf } from '../../src/sandbox/binaries/catalogue.ts'
import { checksumIn, downloadRelease } from '../../src/sandbox/binaries/download.ts'
import { findModules } from '../../src/sandbox/binaries/find.ts'
import { isCompatible } from '../../src/sandbox/binaries/installed.ts'
import { PINNED_MODULES } from '../../src/sandbox/binaries/pinned.ts'
import { releaseOf } from '../../src/sandbox/binaries/releases.ts'
import { controlPlane, kserveModule } from '../../src/sandbox/versions.ts'

/** Where the sandbox's binaries come from. A small web server stands for the release pages. */

const SHELL = '#!/bin/sh\necho "$0"\n'
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

function scratch(t: ExecutionContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-binaries-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function aWebServer(t: ExecutionContext, pages: Record<string, string | Buffer>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    asked.push(request.url ?? '')
    response.writeHead(page === undefined ? 404 : 200).end(page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }
}

test('go.mod says which versions are meant', t => {
  const versions = PINNED_MODULES.map(({ folder }) => `${folder} ${moduleOf(folder).version}`)
  for (const expected of ['kubernetes-1.34 v1.34.4', 'kubernetes-1.37 v1.37.2', 'kwok v0.8.0']) {
    t.true(versions.includes(expected), expected)
  }
  for (const { folder } of PINNED_MODULES) {
    const module = moduleOf(folder)
    t.regex(cacheKey(module), new RegExp(`^${folder}-${module.version}-[0-9a-f]{12}$`))
  }
})

const SPELLINGS: [asked: string | undefined, version: string][] = [
  ['1.34', 'v1.34.4'],
  ['1.34.4', 'v1.34.4'],
  ['v1.37.2', 'v1.37.2'],
  ['v1.37', 'v1.37.2'],
]
for (const [asked, version] of SPELLINGS) {
  test(`Kubernetes ${asked} is ${version}, with the etcd and the KWOK that go with it`, t => {
    const modules = controlPlane(asked)
    t.is(modules[0].version, version)
    const names = modules.flatMap(({ binaries }) => binaries.map(({ name }) => name))
    t.deepEqual(names, [
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kubectl',
      'etcd',
      'kwok',
      'kwokctl',
    ])
  })
}

test('each Kubernetes has an etcd of its own, and all have the same KWOK', t => {
  const [oldest, newest] = [controlPlane('1.34'), controlPlane('1.37')]
  t.deepEqual(
    oldest.map(cacheKey).filter(key => newest.map(cacheKey).includes(key)),
    [cacheKey(moduleOf('kwok'))],
  )
})

const UNKNOWN: [asked: string, ask: (version: string) => unknown, known: RegExp][] = [
  ['1.30', controlPlane, /1\.34\.4, 1\.37\.2/],
  ['1.37.9', controlPlane, /1\.34\.4, 1\.37\.2/],
  ['0.15.2', kserveModule, /0\.16\.0, 0\.17\.0, 0\.19\.0, 0\.20\.0/],
]
for (const [asked, ask, known] of UNKNOWN) {
  test(`the unknown version ${asked} is refused with those that are known`, t => {
    const error = t.throws(() => ask(asked), { instanceOf: SlipwayError })
    t.is(error?.problems[0]?.code, 'usage')
    t.regex(error?.problems[0]?.remedy ?? '', known)
  })
}

const COMPATIBLE: [printed: string, pinned: string, is: boolean][] = [
  ['Kubernetes v1.34.4', 'v1.34.4', true],
  ['Kubernetes v1.34.1', 'v1.34.4', true],
  ['Kubernetes v1.33.9', 'v1.34.4', false],
  ['Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0', 'v1.34.4', false],
  ['etcd Version: 3.6.5\nGit SHA: Not provided\nGo Version: go1.26.8', 'v3.6.7', true],
  ['kwokctl version v0.7.0 go1.26.8 (linux/amd64)', 'v0.7.0', true],
  ['Kubernetes v0.0.0-master+$Format:%H$', 'v1.34.4', false],
  ['', 'v1.34.4', false],
]
for (const [printed, pinned, is] of COMPATIBLE) {
  test(`an installed binary that prints ${JSON.stringify(printed)} is ${is ? '' : 'not '}taken for ${pinned}`, t => {
    t.is(isCompatible(printed, pinned), is)
  })
}

test('checksums are read from a file of their own and from a list', t => {
  const [one, two] = ['a'.repeat(64), 'B'.repeat(64)]
  t.is(checksumIn(`${one}\n`, 'kubectl'), one)
  t.is(checksumIn(`${one}  other.tar.gz\n${two} *etcd.tar.gz\n`, 'etcd.tar.gz'), two.toLowerCase())
  t.is(checksumIn(`${one}  other.tar.gz\n`, 'etcd.tar.gz'), undefined)
  t.is(checksumIn('<html>Not found</html>', 'kubectl'), undefined)
})

test('a download is executable, and in place only as a whole', async t => {
  const { url } = await aWebServer(t, { '/kubectl': SHELL, '/kubectl.sha256': sha256(SHELL) })
  const file = path.join(scratch(t), 'kubectl')
  await downloadRelease({ url: `${url}/kubectl`, checksumUrl: `${url}/kubectl.sha256` }, { file })
  t.is(execFileSync(file, { encoding: 'utf8' }), `${file}\n`)
})

test('a download with another checksum is refused', async t => {
  const { url } = await aWebServer(t, { '/kubectl': SHELL, '/kubectl.sha256': sha256('other') })
  const file = path.join(scratch(t), 'kubectl')
  const release = { url: `${url}/kubectl`, checksumUrl: `${url}/kubectl.sha256` }
  await t.throwsAsync(downloadRelease(release, { file }), { message: /has the SHA-256 .* not / })
  t.false(existsSync(file))
})

test('a binary is taken out of an archive', async t => {
  const folder = scratch(t)
  mkdirSync(path.join(folder, 'etcd-v1'))
  writeFileSync(path.join(folder, 'etcd-v1', 'etcd'), SHELL)
  execFileSync('tar', ['-czf', 'etcd-v1.tar.gz', 'etcd-v1'], { cwd: folder })
  const archive = readFileSync(path.join(folder, 'etcd-v1.tar.gz'))
  const sums = `${sha256('x')}  etcd-v1.zip\n${sha256(archive)}  etcd-v1.tar.gz\n`
  const { url } = await aWebServer(t, { '/etcd-v1.tar.gz': archive, '/SHA256SUMS': sums })
  const file = path.join(folder, 'bin', 'etcd')
  await downloadRelease(
    { url: `${url}/etcd-v1.tar.gz`, checksumUrl: `${url}/SHA256SUMS`, member: 'etcd-v1/etcd' },
    { file },
  )
  t.is(readFileSync(file, 'utf8'), SHELL)
})

test.serial(
  'nothing works: one error names what is missing, what was tried and what to install',
  async t => {
    const { url, asked } = await aWebServer(t, {})
    const folder = scratch(t)
    inEnvironment(t, { XDG_CACHE_HOME: folder, PATH: folder, KUBEBUILDER_ASSETS: undefined })
    const error = await t.throwsAsync(
      findModules([...controlPlane(), kserveModule()], {
        onProgress: () => {},
        releaseHosts: { kubernetes: `${url}/k8s`, etcd: url },
      }),
      { instanceOf: SlipwayError },
    )
    const [problem] = error?.problems ?? []
    t.is(problem?.code, 'sandbox')
    for (const { binaries } of controlPlane()) {
      for (const { name } of binaries) t.true(problem?.message.includes(name))
    }
    t.regex(problem?.message ?? '', /manager, the files of github\.com\/kserve\/kserve v/)
    t.regex(problem?.cause ?? '', /there is no go on the PATH/)
    t.regex(problem?.remedy ?? '', /Go 1\.26 or newer/)
    // The server refused once and was not asked again.
    t.true(asked.length <= 1)
  },
)

test.serial('installed, downloaded and cached binaries are used together', async t => {
  const folder = scratch(t)
  const pages: Record<string, string> = {}
  const installed = path.join(folder, 'assets')
  mkdirSync(installed)
  const modules = controlPlane('1.34')
  for (const module of modules) {
    for (const { name } of module.binaries) {
      const script = `#!/bin/sh\necho "${name} ${module.version}"\n`
      const hosts = { kubernetes: 'http://host/k8s', etcd: 'http://host/etcd' }
      const release = releaseOf({ ...module, name }, hosts)
      if (module === modules[0] && name !== 'kubectl') {
        const { pathname } = new URL(release?.url ?? 'http://host/none')
        Object.assign(pages, { [pathname]: script, [`${pathname}.sha256`]: sha256(script) })
      } else {
        writeFileSync(path.join(installed, name), script)
        chmodSync(path.join(installed, name), 0o755)
      }
    }
  }
  const { url, asked } = await aWebServer(t, pages)
  inEnvironment(t, { XDG_CACHE_HOME: folder, KUBEBUILDER_ASSETS: installed })
  const told: string[] = []
  const find = () =>
    findModules(modules, {
      onProgress: message => told.push(message),
      releaseHosts: { kubernetes: `${url}/k8s`, etcd: `${url}/etcd` },
    })
  const [kubernetes, etcd] = await find()
  const cache = path.join(folder, 'slipway', 'sandbox', cacheKey(modules[0]))
  t.is(kubernetes?.binaries.get('kube-apiserver'), path.join(cache, 'kube-apiserver'))
  t.is(etcd?.binaries.get('etcd'), path.join(installed, 'etcd'))
  t.true(told.includes(`using the installed ${path.join(installed, 'kwokctl')}`))
  t.true(told.includes('downloaded kube-scheduler v1.34.4'))
  const again = (await find())[0]?.binaries ?? []
  t.deepEqual(Object.fromEntries(again), Object.fromEntries(kubernetes?.binaries ?? []))
  t.is(asked.length, 6)
})

function inEnvironment(t: ExecutionContext, values: Record<string, string | undefined>): void {
  const before = { ...process.env }
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  t.teardown(() => {
    for (const name of Object.keys(values)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  })
}
