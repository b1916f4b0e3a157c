import { isServerless } from '../traits.ts'
import { contradiction, type Rule } from './rule.ts'

/** Knative's own proxy stands before the server: what reaches its port is not for us to say. */
export const notWithKnative: Rule = endpoint => {
  const { metrics, networkPolicy } = endpoint.spec
  if (!isServerless(endpoint)) return []
  const given = { networkPolicy, metrics: metrics && metrics.scrape === 'ServiceMonitor' }
  return Object.entries(given)
    .filter(([, value]) => Boolean(value))
    .map(([field]) =>
      contradiction(
        `spec.${field}`,
        `spec.${field} selects pods by port, and in serverless mode Knative decides about ports`,
        'Use deploymentMode raw, or leave it out.',
      ),
    )
}

/** Fields that mean something to a ServiceMonitor only. */
export const monitorFields: Rule = endpoint => {
  const { metrics } = endpoint.spec
  if (!metrics || metrics.scrape === 'ServiceMonitor') return []
  const fields = (['interval', 'labels'] as const).filter(field => metrics[field] !== undefined)
  return fields.map(field =>
    contradiction(
      `spec.metrics.${field}`,
      `spec.metrics.${field} has no effect: annotations cannot say it`,
      'Add "scrape: ServiceMonitor", or leave it out.',
    ),
  )
}
