import { isServerless } from '../../spec/index.ts'
import { about, type Check } from '../finding.ts'

/** Knative and a mesh carry KServe's serverless mode; nothing else here needs them (K7, K9). */
export const serverless: Check = async ({ cluster, set }) => {
  const users = set.endpoints.filter(isServerless)
  const [aboutKnative, aboutIstio] = [about('Knative'), about('Istio')]
  const [knative, istio] = await Promise.all([
    cluster.kind({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' }),
    cluster.kind({ apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService' }),
  ])
  const found = (isThere: unknown) => (isThere === undefined ? 'is not installed' : 'is installed')
  if (users.length === 0) {
    const because = 'no endpoint is serverless'
    return [
      aboutKnative.notNeeded(`${found(knative)}; ${because}`),
      aboutIstio.notNeeded(`${found(istio)}; ${because}`),
    ]
  }
  return [
    knative === undefined
      ? aboutKnative.missing(
          `is not installed; ${users.map(({ name }) => name).join(', ')} would be serverless`,
          'Install Knative Serving, or set kserve: {deploymentMode: raw}.',
        )
      : aboutKnative.ok('is installed'),
    istio === undefined
      ? aboutIstio.warning(
          'is not installed',
          'Nothing to do when Knative has another network layer (Kourier, Contour).',
        )
      : aboutIstio.ok('is installed'),
  ]
}
