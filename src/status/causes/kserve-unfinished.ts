import { isKserve } from '../../kinds/index.ts'
import { conditionOf, conditionsOf, conditionText } from '../conditions.ts'
import { servesSince } from '../serving/made.ts'
import { waitedSeconds, type Cause } from './cause.ts'
import { CONTROLLER_LOG } from './kserve-errors.ts'

/** KServe looks at its Deployments within a second; an Ingress or a route takes longer. */
const PATIENCE_SECONDS = 30

/** Its Deployments serve, and KServe does not call it ready: what keeps it is in its conditions, or in its controller's log. */
export const kserveUnfinished: Cause = inquiry => {
  const { object } = inquiry
  const served = isKserve(object) ? servesSince(inquiry) : undefined
  if (served === undefined) return undefined
  const ready = conditionOf(object, 'Ready')
  const waited = waitedSeconds(served, inquiry)
  if (ready?.status === 'True' || waited < PATIENCE_SECONDS) return undefined
  const open = conditionsOf(object).filter(
    ({ type, status }) => status !== 'True' && type !== 'Ready' && type !== 'Stopped',
  )
  const texts = open.map(each => `${each.type}: ${conditionText(each)}`)
  const route = open.find(({ type }) => KNATIVE_ROUTE.test(type))
  const why =
    (route && `${route.type}: ${conditionText(route)}`) ?? texts[0] ?? 'it has not said why'
  return {
    cause: 'kserve-unfinished',
    summary: `the Deployment of ${object.metadata.name} is ready, and KServe does not finish: ${why}`,
    evidence: texts.length > 0 ? texts : [ready ? conditionText(ready) : 'no condition Ready'],
    remedy:
      route === undefined ? `${needOf(open.map(({ type }) => type))}; ${LOG}` : KNATIVE_NETWORK,
  }
}

/** Conditions that are copied from Knative's Route. */
const KNATIVE_ROUTE = /^(?:Predictor|Transformer|Explainer)?Routes?Ready$/

const KNATIVE_NETWORK =
  'look at the network layer of Knative (Kourier, Istio, Contour): that the ingress class of ConfigMap config-network in namespace knative-serving is that of an installed one, and that its controller and gateway run and the gateway has an address: kubectl -n knative-serving get pods'

const LOG = `its controller says more: ${CONTROLLER_LOG}`

function needOf(types: readonly string[]): string {
  return types.includes('IngressReady')
    ? 'check what KServe makes the way in of: the ingress class or the gateway that the ConfigMap inferenceservice-config names (kubectl get ingressclasses,gateways -A), or switch it off there (disableIngressCreation)'
    : 'check what KServe needs beside the Deployment (Service, autoscaler, ingress) and that it may write it'
}
