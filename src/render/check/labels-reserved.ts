import { writesDefaults } from '../../../charts/index.ts'
import { isKserve } from '../../kinds/index.ts'
import { APPLYSET, ENDPOINT_LABEL } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** The labels by which slipway finds its own are its own. */
export const labelsReserved: Rule = {
  id: 'labels-reserved',
  find: view => view.all.map(rendering => [lost(rendering), taken(rendering)]),
}

function lost(rendering: Rendering): Findings {
  const { object, endpoint } = rendering
  if (object.metadata.labels?.[ENDPOINT_LABEL] === endpoint.name) return []
  if (isKserve(object) && !writesDefaults(endpoint)) return []
  return {
    rendering,
    field: 'metadata.labels',
    message: `${nameOf(rendering)} has lost its label ${ENDPOINT_LABEL}=${endpoint.name}`,
    cause: 'Status and deletion find an endpoint’s objects by it.',
    remedy: 'Leave that label alone.',
  }
}

function taken(rendering: Rendering): Findings {
  const labels = Object.keys(rendering.endpoint.labels)
  const reserved = labels.filter(
    label => label.startsWith('slipway.dev/') || label.startsWith(prefixOf(APPLYSET.partOf)),
  )
  return reserved.map(label => ({
    rendering,
    field: `metadata.labels.${label}`,
    message: `${rendering.endpoint.name} sets the label ${label}, which slipway sets itself`,
    remedy: 'Use a label of your own.',
  }))
}

function prefixOf(label: string): string {
  return label.slice(0, label.indexOf('/') + 1)
}
