import { ApiObject, App, Chart } from 'cdk8s'
import { Endpoint, type EndpointProps } from 'slipway/charts'

/** Endpoints beside objects of your own, in a cdk8s app of your own: `npx cdk8s synth` writes dist/. */

type Document = Extract<EndpointProps['endpoint'], { apiVersion: string }>

/** What all endpoints of this app have in common is plain TypeScript. */
function predictor(name: string, spec: Document['spec']): Document {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'Endpoint',
    metadata: { name, labels: { team: 'risk' } },
    spec: {
      resources: { cpu: { request: '250m', limit: 1 }, memory: '512Mi' },
      envFrom: [{ configMap: 'risk-settings' }],
      ...spec,
    },
  }
}

const app = new App()

for (const stage of ['staging', 'production'] as const) {
  const namespace = `risk-${stage}`
  const chart = new Chart(app, namespace, { namespace })
  new ApiObject(chart, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'risk-settings' },
    data: { THRESHOLD: stage === 'production' ? '0.9' : '0.5' },
  })
  const replicas = stage === 'production' ? 3 : 1
  const image = 'registry.example.com/fraud-score:2.4.1'
  new Endpoint(chart, 'fraud', {
    namespace,
    project: 'risk',
    endpoint: predictor('fraud-score', { image, replicas }),
  })
  new Endpoint(chart, 'churn', {
    namespace,
    project: 'risk',
    kserveVersion: '0.16.0',
    endpoint: predictor('churn', { runtime: 'kserve', image: 'registry.example.com/churn:1.0.3' }),
  })
}

app.synth()
