import { isAtLeast } from '../../../../charts/index.ts'
import { KSERVE } from '../../../kinds/index.ts'
import { at, entries, members, number, text, type JsonMap } from '../../../object/index.ts'
import { bounds } from './extensions.ts'
import { waysOf } from './implementations.ts'
import { modelOf, variable, type Refusals, type Service } from './service.ts'

/** Canaries and encrypted models, which are new in 0.20 (validateCanarySpecs, validateConfidential). */
export function sinceTwenty(service: Service): Refusals {
  if (!isAtLeast(service.version, [0, 20, 0])) return []
  return [canaries(service), confidential(service)]
}

function canaries(service: Service): Refusals {
  const { canaries: all, annotations, predictor } = service
  if (all.length === 0) return []
  const path = ['spec', 'canary']
  const mode = annotations[KSERVE.deploymentMode]
  if (mode !== undefined && mode !== 'Standard')
    return { path, why: 'a canary needs the deployment mode Standard' }
  const server = entries(predictor['containers'])[0]
  if (modelOf(predictor) === undefined && variable(server, 'STORAGE_URI') === undefined)
    return { path, why: 'a canary needs a predictor with a model' }
  const total = all.reduce<number>(
    (sum, each) => sum + (number(at(each, 'trafficPercent')) ?? 0),
    0,
  )
  return [
    all.map((_, index) => canaryFaults(service, index)),
    total > 100 ? { path, why: `its canaries get ${total} percent of the traffic` } : undefined,
  ]
}

/** What a canary, whose number of replicas is fixed, does not say. */
const FIXED = ['workerSpec', 'maxReplicas', 'scaleTarget', 'scaleMetric', 'autoScaling']

function canaryFaults({ canaries: all, predictor: stable }: Service, index: number): Refusals {
  const path = ['spec', 'canary', index, 'predictor']
  const predictor = members(at(all[index], 'predictor'))
  const name = text(predictor['name']) ?? ''
  const names = [stable, ...all.slice(0, index).map(each => members(at(each, 'predictor')))].map(
    each => each['name'],
  )
  const [most, asked] = [number(stable['minReplicas']) ?? 1, number(predictor['minReplicas'])]
  const isOneWay = waysOf({ name: 'predictor', spec: predictor }).length === 1
  const whys = [
    name === '' && 'has no predictor.name',
    name !== '' && names.includes(name) && `has the name ${name} of another predictor`,
    !isOneWay && 'is not served in exactly one way',
    ...FIXED.filter(field => isSaid(predictor, field)).map(field => `says ${field}`),
    asked !== undefined && asked > most && `has more replicas than the predictor (${most})`,
  ].filter(why => why !== false)
  return [
    whys.map(why => ({ path, why: `canary ${index + 1} ${why}` })),
    bounds({ name: 'predictor', spec: predictor, path }),
  ]
}

function isSaid(predictor: JsonMap, field: string): boolean {
  return field === 'maxReplicas'
    ? (number(predictor[field]) ?? 0) > 0
    : (predictor[field] ?? undefined) !== undefined
}

const RESOURCE_ID = /^kbs:\/\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/

function confidential({ predictor }: Service): Refusals {
  const { model, field = '' } = modelOf(predictor) ?? {}
  if (at(model, 'confidential', 'enabled') !== true) return []
  const path = ['spec', 'predictor', field]
  const id = text(at(model, 'confidential', 'resourceId')) ?? ''
  if ((text(at(model, 'storageUri')) ?? '') === '')
    return { path, why: 'a confidential model has a storageUri' }
  if (id === '' || RESOURCE_ID.test(id)) return []
  return {
    path: [...path, 'confidential', 'resourceId'],
    why: `${id} is not of the form kbs:///REPOSITORY/TYPE/TAG`,
  }
}
