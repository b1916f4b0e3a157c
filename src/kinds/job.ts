import { at, texts, type JsonMap, type KubeObject } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { POD_TEMPLATE } from './pod-template.ts'
import { POD } from './pod.ts'

export const JOB: Kind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  wave: 'configuration',
  pods: { ...POD_TEMPLATE, replicas: ['spec', 'parallelism'] },
  makes: [POD],
  withoutGenerated,
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector */
const GENERATED = new Set([
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
])

function withoutGenerated(job: KubeObject): KubeObject {
  const spec = at(job, 'spec')
  if (at(spec, 'manualSelector') === true) return job
  const { selector: _selector, ...rest } = Object(spec) as JsonMap
  const template = Object(rest['template']) as JsonMap
  const metadata = Object(template['metadata']) as JsonMap
  const labels = Object.entries(texts(metadata['labels'])).filter(([name]) => !GENERATED.has(name))
  const own = { ...metadata, labels: Object.fromEntries(labels) }
  return { ...job, spec: { ...rest, template: { ...template, metadata: own } } }
}
