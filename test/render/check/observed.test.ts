import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, patched, patchedPod } from './outcomes.ts'

const open = { networkPolicy: {} }
const scraped = { metrics: { scrape: 'ServiceMonitor' as const } }

test('network-policy: it takes no pods', bothOutcomes, 'network-policy', {
  good: [anEndpoint(open), anEndpoint({ ...open, runtime: 'kserve' }, { name: 'other' })],
  bad: [patched('NetworkPolicy', { spec: { podSelector: { matchLabels: { app: 'x' } } } }, open)],
  says: /NetworkPolicy\/llm\/chat-net selects no pods/,
  blames: 'spec.patches[0]',
})

test('K1 · network-policy: it opens another port', bothOutcomes, 'network-policy', {
  good: [anEndpoint({ ...open, port: 9000 })],
  bad: [
    patchedPod(
      {
        containers: [
          {
            name: 'server',
            ports: [
              { containerPort: 8000, $patch: 'delete' },
              { name: 'http', containerPort: 9000 },
            ],
          },
        ],
      },
      open,
    ),
  ],
  says: /opens port 8000, where the pods of Deployment\/llm\/chat have 9000/,
  blames: 'spec.patches[0]',
})

test('K1 · port-metrics: a monitor of a port that is not there', bothOutcomes, 'port-metrics', {
  good: [anEndpoint(scraped), anEndpoint({ ...scraped, runtime: 'kserve' }, { name: 'other' })],
  bad: [patched('ServiceMonitor', { spec: { endpoints: [{ port: 'web' }] } }, scraped)],
  says: /ServiceMonitor\/llm\/chat-metrics scrapes port web, and the Services that it selects have http/,
  blames: 'spec.patches[0]',
})

test('K1 · port-metrics: an annotation with another port', bothOutcomes, 'port-metrics', {
  good: [
    anEndpoint({ metrics: {} }),
    anEndpoint({ metrics: {}, runtime: 'kserve' }, { name: 'other' }),
  ],
  bad: [
    patched(
      'Deployment',
      { spec: { template: { metadata: { annotations: { 'prometheus.io/port': '9090' } } } } },
      { metrics: {} },
    ),
  ],
  says: /annotated to be scraped at port 9090, and have 8000/,
  blames: 'spec.patches[0]',
})
