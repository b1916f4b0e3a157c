import { problemAt } from './rule.ts'
import type { Finding, Rule } from './rule.ts'

/** Knative's own proxy stands before the server: what reaches its port is not for us to say. */
export const notWithKnative: Rule = endpoint => {
  const { runtime, kserve, metrics, networkPolicy } = endpoint.spec
  if (runtime !== 'kserve' || kserve.deploymentMode !== 'serverless') return []
  const given = { networkPolicy, metrics: metrics && metrics.scrape === 'ServiceMonitor' }
  return Object.entries(given)
    .filter(([, value]) => Boolean(value))
    .map(([field]) =>
      problemAt(endpoint, {
        code: 'contradiction',
        path: `spec.${field}`,
        message: `spec.${field} selects pods by port, and in serverless mode Knative decides about ports`,
        remedy: 'Use deploymentMode raw, or leave it out.',
      }),
    )
}

/** Fields that mean something to a ServiceMonitor only. */
export const monitorFields: Rule = endpoint => {
  const { metrics } = endpoint.spec
  if (!metrics || metrics.scrape === 'ServiceMonitor') return []
  const fields = (['interval', 'labels'] as const).filter(field => metrics[field] !== undefined)
  return fields.map((field): ReturnType<Rule>[number] => {
    const finding: Finding = {
      code: 'contradiction',
      path: `spec.metrics.${field}`,
      message: `spec.metrics.${field} has no effect: annotations cannot say it`,
      remedy: 'Add "scrape: ServiceMonitor", or leave it out.',
    }
    return problemAt(endpoint, finding)
  })
}
