import test from 'ava'
import type { SpecInput } from '../../src/spec/index.ts'
import { objectOf } from './objects.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const WEIGHTS: SpecInput = {
  model: { uri: `oci://registry.example.com/llama@${DIGEST}`, fetch: 'image' },
}

for (const runtime of ['deployment', 'kserve'] as const) {
  const podOf = (spec: SpecInput) => {
    const isKserve = runtime === 'kserve'
    const object = objectOf(isKserve ? 'InferenceService' : 'Deployment', { ...spec, runtime })
    return isKserve ? object.spec.predictor : object.spec.template.spec
  }

  test(`K8, W5 · ${runtime}: weights that are an image are a volume at /mnt/models, to be read only`, t => {
    const pod = podOf(WEIGHTS)
    t.deepEqual(pod.volumes[0], {
      name: 'model',
      image: { reference: `registry.example.com/llama@${DIGEST}` },
    })
    t.deepEqual(pod.containers[0].volumeMounts[0], {
      name: 'model',
      mountPath: '/mnt/models',
      readOnly: true,
    })
    t.is(pod.initContainers, undefined)
  })

  test(`K8, W5 · ${runtime}: a folder of the image, and when it is pulled`, t => {
    const { uri } = WEIGHTS.model ?? {}
    const pod = podOf({ model: { uri, fetch: 'image', subPath: 'models', pullPolicy: 'Always' } })
    t.is(pod.volumes[0].image.pullPolicy, 'Always')
    t.is(pod.containers[0].volumeMounts[0].subPath, 'models')
  })

  test(`W5 · ${runtime}: adapters are mounted by their names, images and claims alike`, t => {
    const pod = podOf({
      adapters: [
        { name: 'sql', uri: 'oci://registry.example.com/sql:1' },
        { name: 'law', uri: 'pvc://lora/law' },
      ],
    })
    t.deepEqual(pod.volumes.slice(0, 2), [
      { name: 'adapter-sql', image: { reference: 'registry.example.com/sql:1' } },
      { name: 'adapter-law', persistentVolumeClaim: { claimName: 'lora' } },
    ])
    t.deepEqual(pod.containers[0].volumeMounts.slice(0, 2), [
      { name: 'adapter-sql', mountPath: '/mnt/adapters/sql', readOnly: true },
      { name: 'adapter-law', mountPath: '/mnt/adapters/law', readOnly: true, subPath: 'law' },
    ])
  })
}
