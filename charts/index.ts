export { Endpoint } from './endpoint.ts'
export type { EndpointProps } from './endpoint.ts'
export { EndpointChart } from './endpoint-chart.ts'
export type { Blueprint } from './blueprint.ts'
export {
  deploymentModeValue,
  isAtLeast,
  isServerless,
  KSERVE,
  predictorLabels,
  predictorName,
  predictorSelector,
} from './kserve.ts'
