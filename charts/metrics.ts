import type { Blueprint } from './blueprint.ts'
import { metadataOf } from './labels.ts'
import { namesOf } from './names.ts'
import { METRICS_PATH, scrapeLabelOf } from './scrape.ts'

/** For the Prometheus operator: monitoring.coreos.com/v1. */
export function serviceMonitor(blueprint: Blueprint) {
  const { endpoint } = blueprint
  const { metrics } = endpoint.spec
  if (!metrics || metrics.scrape !== 'ServiceMonitor') return undefined
  const { path = METRICS_PATH, interval, labels } = metrics
  const metadata = metadataOf(blueprint, namesOf(endpoint).serviceMonitor)
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { ...metadata, labels: { ...labels, ...metadata.labels } },
    spec: {
      selector: { matchLabels: scrapeLabelOf(endpoint) },
      endpoints: [
        { port: 'http', path, interval: interval === undefined ? undefined : `${interval}s` },
      ],
    },
  }
}
