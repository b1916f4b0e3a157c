import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { kubectlFor } from '../support/kubectl.ts'

/** Plays Knative's network layer (net-kourier, net-istio …): every Ingress of networking.internal.knative.dev has a load balancer at once. */

const INGRESSES = 'ingresses.networking.internal.knative.dev'

export function playIngress(sandbox: Sandbox): { stop: () => void } {
  const columns =
    'custom-columns=A:.metadata.namespace,B:.metadata.name,C:.metadata.generation,D:.status.observedGeneration'
  const child = spawn(
    sandbox.kubectl,
    ['get', INGRESSES, '-A', '-w', '--no-headers', '-o', columns],
    {
      env: { ...process.env, KUBECONFIG: sandbox.kubeconfig },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const kubectl = kubectlFor(sandbox)
  createInterface({ input: child.stdout }).on('line', line => {
    const [namespace = '', name = '', generation, observed] = line.trim().split(/\s+/)
    if (generation === observed) return
    const status = statusAt(Number(generation))
    const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]
    // It may be gone by now.
    kubectl('patch', INGRESSES, name, '-n', namespace, ...patch).catch(() => {})
  })
  return { stop: () => child.kill('SIGKILL') }
}

/** As knative.dev/networking's MarkLoadBalancerReady and MarkNetworkConfigured leave it. */
function statusAt(observedGeneration: number) {
  const conditions = ['LoadBalancerReady', 'NetworkConfigured', 'Ready'].map(type => ({
    type,
    status: 'True',
    lastTransitionTime: new Date().toISOString(),
  }))
  const balancer = { ingress: [{ domainInternal: 'gateway.edge.svc.cluster.local' }] }
  return {
    observedGeneration,
    conditions,
    publicLoadBalancer: balancer,
    privateLoadBalancer: balancer,
  }
}
