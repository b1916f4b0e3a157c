import type { Check } from '../finding.ts'

/** Knative and a mesh carry KServe's serverless mode; nothing else here needs them (K7, K9). */
export const serverless: Check = async ({ cluster, set }) => {
  const users = set.endpoints.filter(
    ({ spec }) => spec.runtime === 'kserve' && spec.kserve.deploymentMode === 'serverless',
  )
  const isNeeded = users.length > 0
  const [knative, istio] = await Promise.all([
    cluster.kind({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' }),
    cluster.kind({ apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService' }),
  ])
  const found = (isThere: unknown) => (isThere === undefined ? 'is not installed' : 'is installed')
  if (!isNeeded) {
    const because = 'no endpoint is serverless'
    return [
      { check: 'Knative', state: 'not-needed', message: `${found(knative)}; ${because}` },
      { check: 'Istio', state: 'not-needed', message: `${found(istio)}; ${because}` },
    ]
  }
  return [
    knative === undefined
      ? {
          check: 'Knative',
          state: 'missing',
          message: `is not installed; ${users.map(({ name }) => name).join(', ')} would be serverless`,
          remedy: 'Install Knative Serving, or set kserve: {deploymentMode: raw}.',
        }
      : { check: 'Knative', state: 'ok', message: 'is installed' },
    istio === undefined
      ? {
          check: 'Istio',
          state: 'warning',
          message: 'is not installed',
          remedy: 'Nothing to do when Knative has another network layer (Kourier, Contour).',
        }
      : { check: 'Istio', state: 'ok', message: 'is installed' },
  ]
}
