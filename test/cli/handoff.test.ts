import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { shop } from './scratch.ts'

/** `slipway handoff`: files for another engine, in the repository. */

test('G3 · handoff writes every environment, and removes what is no longer needed', async t => {
  t.timeout(300_000)
  const { directory, slipway, git, remove, write, commit, dispose } = await shop()
  t.teardown(dispose)
  await git('remote', 'add', 'origin', 'https://token@git.example.com/team/models.git')
  await write('handoff/manifests/mine.yaml', 'kind: Mine\n')
  await commit('first')
  const listed = () =>
    readdirSync(join(directory, 'handoff'), { recursive: true })
      .map(String)
      .filter(file => file.endsWith('.yaml'))
  const first = await slipway('handoff', 'flux')
  t.is(first.code, 0, first.stderr)
  t.deepEqual(
    listed()
      .filter(file => file.startsWith('flux/'))
      .toSorted(),
    ['flux/dev.yaml', 'flux/production.yaml'],
  )
  const text = readFileSync(join(directory, 'handoff/flux/dev.yaml'), 'utf8')
  t.regex(text, /url: https:\/\/git\.example\.com\/team\/models\.git/)
  t.regex(text, /path: "\.\/handoff\/manifests\/dev\//)
  t.notRegex(text, /token/)

  await remove('endpoints/rag.yaml')
  await commit('without rag')
  const second = await slipway('handoff', 'argo')
  t.is(second.code, 0, second.stderr)
  const left = listed()
  t.false(
    left.some(file => file.includes('rag') || file.startsWith('flux/')),
    left.join('\n'),
  )
  t.true(left.includes('manifests/mine.yaml'))
  t.true(left.includes('argo/production.yaml'))

  const one = await slipway('handoff', 'flux', '-e', 'dev')
  t.is(one.code, 2)
  t.regex(one.stderr, /leave out -e/)
})

test('G3 · handoff --oci writes an artifact in the place of manifests, and what tells Flux of it', async t => {
  t.timeout(300_000)
  const { directory, slipway, git, commit, dispose } = await shop()
  t.teardown(dispose)
  await git('remote', 'add', 'origin', 'https://git.example.com/team/models.git')
  const hash = await commit('first')
  const address = 'oci://registry.example.com:5000/fleet/models'
  const made = await slipway('handoff', 'flux', '--oci', `${address}:main`)
  t.is(made.code, 0, made.stderr)
  const [, digest = ''] =
    /artifact sha256:([0-9a-f]{64}) written to handoff\/artifact/.exec(made.stderr) ?? []
  t.true(
    made.stderr.includes(
      '\nnext: crane push handoff/artifact registry.example.com:5000/fleet/models:main\n',
    ),
  )
  const read = (file: string) => readFileSync(join(directory, 'handoff', file), 'utf8')
  t.regex(read(`artifact/blobs/sha256/${digest}`), new RegExp(`"main@sha1:${hash}"`))
  const flux = read('flux/dev.yaml')
  t.regex(flux, /kind: "?OCIRepository"?\n/)
  t.true(flux.includes(address))
  t.regex(flux, /path: "\.\/manifests\/dev\/flux"/)
  t.deepEqual(readdirSync(join(directory, 'handoff')).toSorted(), ['artifact', 'flux'])
  for (const [args, message] of [
    [['argo', '--oci', `${address}:main`], /--oci is for Flux/],
    [['flux', '--oci', address], /an address with a tag/],
    [['flux', '--oci', 'https://registry.example.com/a:b'], /an address with a tag/],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stderr } = await slipway('handoff', ...args)
    t.is(code, 2)
    t.regex(stderr, message)
  }
})

test('G3 · render -o oci writes the files of -o dir as an artifact of one environment', async t => {
  t.timeout(300_000)
  const { directory, slipway, git, commit, dispose } = await shop()
  t.teardown(dispose)
  await git('remote', 'add', 'origin', 'https://git.example.com/team/models.git')
  const hash = await commit('first')
  const into = ['-e', 'dev', '-o', 'oci', '--output-dir', 'out']
  const made = await slipway('render', ...into)
  t.is(made.code, 0, made.stderr)
  t.regex(made.stderr, /\nnext: crane push out REGISTRY\/NAME:dev\n/)
  const [, digest = ''] = /artifact sha256:([0-9a-f]{64}) written to out\n/.exec(made.stderr) ?? []
  const blob = (name: string) => join(directory, 'out/blobs/sha256', name)
  const { layers, annotations } = JSON.parse(readFileSync(blob(digest), 'utf8')) as {
    layers: { digest: string }[]
    annotations: Record<string, string>
  }
  t.deepEqual(annotations, {
    'org.opencontainers.image.source': 'https://git.example.com/team/models.git',
    'org.opencontainers.image.revision': `sha1:${hash}`,
  })
  await slipway('render', '-e', 'dev', '-o', 'dir', '--output-dir', 'files')
  const layer = blob(layers[0]?.digest.replace('sha256:', '') ?? '')
  for (const file of readdirSync(join(directory, 'files'))) {
    const packed = execFileSync('tar', ['-xzOf', layer, file], { encoding: 'utf8' })
    t.is(packed, readFileSync(join(directory, 'files', file), 'utf8'), file)
  }
  const half = await slipway('render', 'chat', ...into)
  t.regex(half.stderr, /-o oci writes the whole project/)
  const nowhere = await slipway('render', '-e', 'dev', '-o', 'oci')
  t.regex(nowhere.stderr, /-o oci and --output-dir belong together/)
})
