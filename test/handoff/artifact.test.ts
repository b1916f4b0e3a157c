import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeLayout } from '../../src/handoff/oci/layout.ts'
import { splitArtifact } from '../../src/handoff/oci/split.ts'
import { tarOf } from '../../src/handoff/oci/tar.ts'
import { writeHandoff } from '../../src/handoff/write.ts'

/** The artifact is what `flux push artifact` makes, as an OCI image layout: every digest holds, and tar reads what is in it. */

const LONG = `manifests/staging/1-workload/${'n'.repeat(63)}.${'e'.repeat(63)}.yaml`
const FILES = [
  { path: 'manifests/staging/0-configuration/llm.chat.yaml', text: 'kind: ConfigMap\n' },
  { path: LONG, text: `kind: Deployment\n# ${'x'.repeat(2000)} é\n` },
  { path: 'flux/staging.yaml', text: 'kind: OCIRepository\n' },
]
const SOURCE = {
  url: 'https://git.example.com/models.git',
  branch: 'main',
  folder: '',
  oci: { url: 'oci://registry.example.com/fleet/models', tag: 'main' },
}
const REVISION = `main@sha1:${'a1'.repeat(20)}`

function aFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-oci-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Descriptor {
  mediaType: string
  digest: string
  size: number
  annotations?: Record<string, string>
}

interface Manifest {
  mediaType: string
  config: Descriptor
  layers: Descriptor[]
  annotations: Record<string, string>
}

test('G3 · an artifact has the media types of Flux, its commit, and digests that hold', async t => {
  const folder = aFolder(t)
  const { files, artifact } = splitArtifact(FILES, { source: SOURCE }, REVISION)
  t.deepEqual(
    files.map(({ path }) => path),
    ['flux/staging.yaml'],
  )
  await writeLayout(folder, artifact?.files ?? [])
  const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown
  const blob = ({ digest, size }: Descriptor) => {
    const content = readFileSync(join(folder, 'blobs', digest.replace(':', '/')))
    t.is(`sha256:${createHash('sha256').update(content).digest('hex')}`, digest)
    t.is(content.length, size)
    return content
  }
  t.deepEqual(read('oci-layout'), { imageLayoutVersion: '1.0.0' })
  const [named, ...others] = (read('index.json') as { manifests: Descriptor[] }).manifests
  t.deepEqual(others, [])
  t.is(named?.annotations?.['org.opencontainers.image.ref.name'], 'main')
  t.is(named?.digest, artifact?.digest)
  const manifest = JSON.parse(blob(named!).toString()) as Manifest
  t.is(manifest.mediaType, 'application/vnd.oci.image.manifest.v1+json')
  t.is(manifest.config.mediaType, 'application/vnd.cncf.flux.config.v1+json')
  t.deepEqual(
    manifest.layers.map(({ mediaType }) => mediaType),
    ['application/vnd.cncf.flux.content.v1.tar+gzip'],
  )
  t.deepEqual(manifest.annotations, {
    'org.opencontainers.image.source': SOURCE.url,
    'org.opencontainers.image.revision': REVISION,
  })
  const config = JSON.parse(blob(manifest.config).toString()) as { rootfs: { diff_ids: string[] } }
  const layer = blob(manifest.layers[0]!)
  const archive = join(folder, 'layer.tar.gz')
  writeFileSync(archive, layer)
  const tar = execFileSync('gzip', ['-dc', archive])
  t.deepEqual(config.rootfs.diff_ids, [`sha256:${createHash('sha256').update(tar).digest('hex')}`])
})

test('G3 · tar unpacks it, long paths included; the same files are the same bytes', t => {
  const folder = aFolder(t)
  writeFileSync(join(folder, 'a.tar'), tarOf(FILES))
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder })
  for (const { path, text } of FILES) t.is(readFileSync(join(folder, path), 'utf8'), text)
  t.deepEqual(tarOf(FILES), tarOf(FILES.toReversed()))
  const listed = execFileSync('tar', ['-tvf', 'a.tar'], { cwd: folder, encoding: 'utf8' })
  t.is(listed.trim().split('\n').length, 3)
  for (const line of listed.trim().split('\n')) t.regex(line, /^-rw-r--r-- .*\b1970-01-01\b/)
})

test('G3 · an artifact takes the place of an earlier one, and of nothing else in its folder', async t => {
  const folder = aFolder(t)
  const layoutOf = (text: string) =>
    splitArtifact([{ path: 'manifests/a.yaml', text }], { source: SOURCE }, undefined).artifact
  await writeLayout(folder, layoutOf('kind: A\n')?.files ?? [])
  writeFileSync(join(folder, 'blobs/sha256/notes.txt'), 'mine')
  const second = layoutOf('kind: B\n')
  await writeLayout(folder, second?.files ?? [])
  const names = second?.files.flatMap(({ path }) => path.match(/[0-9a-f]{64}$/) ?? []) ?? []
  t.is(names.length, 3)
  t.deepEqual(
    readdirSync(join(folder, 'blobs/sha256')).toSorted(),
    [...names, 'notes.txt'].toSorted(),
  )
})

test('G3 · without a registry the manifests are files', t => {
  const { oci: _, ...git } = SOURCE
  t.deepEqual(splitArtifact(FILES, { source: git }, REVISION), { files: FILES })
})

test('S1 · an environment that renders nothing keeps its files: an engine would delete everything', async t => {
  const folder = aFolder(t)
  const file = (name: string) => ({
    path: `manifests/${name}/1-workload/llm.chat.yaml`,
    text: 'a: 1\n',
  })
  await writeHandoff(folder, [file('staging'), file('production')])
  await t.throwsAsync(writeHandoff(folder, [file('staging')], ['manifests/production']), {
    message: /nothing was rendered, and all files of .*manifests\/production would be removed/,
  })
  t.is(readdirSync(join(folder, 'manifests')).length, 2)
  const { removed } = await writeHandoff(folder, [file('staging')], ['manifests/new'])
  t.deepEqual(removed, ['manifests/production/1-workload/llm.chat.yaml'])
})
