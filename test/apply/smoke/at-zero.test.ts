import test from 'ava'
import { reasonFor } from '../../../src/apply/smoke/at-zero.ts'
import type { KubeObject } from '../../../src/object/index.ts'
import type { SpecInput } from '../../../src/spec/index.ts'
import { anEndpoint } from '../../support/endpoint.ts'

/** What has no pod because nobody asks for one is told otherwise than what is not ready, and with what brings one. */

const deployment = (replicas?: number): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat', namespace: 'llm' },
  spec: { ...(replicas !== undefined && { replicas }) },
})

const QUEUE: SpecInput['scaling'] = {
  min: 0,
  max: 2,
  queue: { prometheus: { serverAddress: 'http://prometheus:9090', query: 'sum(x)' }, target: 5 },
}

const ASLEEP: Record<string, { spec: SpecInput; says: string; wake: RegExp }> = {
  'Knative, which brings one for a request': {
    spec: { runtime: 'kserve', kserve: { deploymentMode: 'serverless' }, scaling: { min: 0 } },
    says: 'chat is scaled to zero: there is no pod to ask until a request comes',
    wake: /^Send it a request by its own address, which brings a pod, or keep one \(spec\.scaling\.min: 1\), then run slipway smoke chat\.$/,
  },
  'an autoscaler that looks at a queue': {
    spec: { scaling: QUEUE },
    says: 'chat is scaled to zero: there is no pod to ask until its autoscaler brings one',
    wake: /^Give what spec\.scaling looks at something to count, or keep one /,
  },
  'one of KServe in standard mode': {
    spec: { runtime: 'kserve', scaling: QUEUE },
    says: 'chat is scaled to zero: there is no pod to ask until its autoscaler brings one',
    wake: /^Give what spec\.scaling looks at/,
  },
  'nobody, with replicas: 0': {
    spec: { replicas: 0 },
    says: 'chat is scaled to zero: there is no pod to ask',
    wake: /^Scale it up \(spec\.replicas\), then run slipway smoke chat\.$/,
  },
}

for (const [what, { spec, says, wake }] of Object.entries(ASLEEP))
  test(`K4 · at zero: ${what}`, t => {
    const { message, remedy, severity } = reasonFor(anEndpoint(spec), [deployment(0)])
    t.is(message, says)
    t.regex(remedy ?? '', wake)
    t.is(severity, 'warning')
  })

const AWAKE: Record<string, KubeObject[]> = {
  'a Deployment that asks for pods': [deployment(1)],
  'a Deployment that says no number': [deployment()],
  'one of two revisions that asks for pods': [deployment(0), deployment(1)],
  'no Deployment': [],
}

for (const [what, deployments] of Object.entries(AWAKE))
  test(`K4 · not ready, and not at zero: ${what}`, t => {
    const { message, remedy, severity } = reasonFor(
      anEndpoint({ scaling: { min: 0 } }),
      deployments,
    )
    t.is(message, 'chat has no pod that is ready')
    t.is(remedy, 'See why: slipway status chat.')
    t.is(severity, 'error')
  })
