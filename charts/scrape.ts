import { SCRAPE_LABEL } from '../src/object/index.ts'
import type { Endpoint } from '../src/spec/index.ts'

export const METRICS_PATH = '/metrics'

/** What Prometheus' usual configuration reads on pods. */
export function scrapeAnnotationsOf({ spec }: Endpoint): Record<string, string> {
  if (!spec.metrics || spec.metrics.scrape === 'ServiceMonitor') return {}
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(spec.port),
    'prometheus.io/path': spec.metrics.path ?? METRICS_PATH,
  }
}

/** KServe's own Service of an InferenceService copies its labels; this one is on ours only, so nothing is scraped twice. */
export function scrapeLabelOf({ name, spec }: Endpoint): Record<string, string> {
  return spec.metrics && spec.metrics.scrape === 'ServiceMonitor' ? { [SCRAPE_LABEL]: name } : {}
}
