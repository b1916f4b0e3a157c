import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { addonSchemas, kserveSchemas } from '../../scripts/schemas/definitions.ts'
import { products } from '../../src/schema/product.ts'

/** schemas/ comes from the pinned modules; `npm run schemas` writes it. */

const FOLDER = join(import.meta.dirname, '../../schemas')

test('M4 · the tables of KServe and of the add-ons are those of the pinned definitions', async t => {
  t.timeout(300_000)
  const made = [await kserveSchemas(), ...(await addonSchemas())]
  t.is(made.length, 5)
  for (const { name, text } of made) {
    t.is(readFileSync(join(FOLDER, `${name}.json`), 'utf8'), text, `${name}: npm run schemas`)
  }
})

test('M4 · each kind has a type in some version, and each type that is named is there', t => {
  for (const { product, kinds, types, versions } of products()) {
    for (const [kind, row] of Object.entries(kinds)) {
      t.is(row.length, versions.length, `${product} ${kind}`)
      t.true(
        row.some(number => number !== null && number < types.length),
        `${product} ${kind}`,
      )
    }
    const named = types.flatMap(text => [...text.matchAll(/(?:^\[\]|^\{\}|:)(\d+)/g)])
    for (const [, number] of named) t.true(Number(number) < types.length)
  }
})

test('M4 · the kinds that slipway renders have a table', t => {
  const known = new Set(products().flatMap(({ kinds }) => Object.keys(kinds)))
  for (const kind of [
    'apps/v1 Deployment',
    'v1 Service',
    'v1 ServiceAccount',
    'autoscaling/v2 HorizontalPodAutoscaler',
    'networking.k8s.io/v1 Ingress',
    'networking.k8s.io/v1 NetworkPolicy',
    'policy/v1 PodDisruptionBudget',
    'serving.kserve.io/v1beta1 InferenceService',
    'gateway.networking.k8s.io/v1 HTTPRoute',
    'keda.sh/v1alpha1 ScaledObject',
    'monitoring.coreos.com/v1 ServiceMonitor',
  ]) {
    t.true(known.has(kind), kind)
  }
})
