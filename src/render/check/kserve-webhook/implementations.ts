import { FRAMEWORKS, KSERVE } from '../../../kinds/index.ts'
import { entries, isMap, type JsonMap } from '../../../object/index.ts'
import { modelOf, variable, type Component, type Refusals, type Service } from './service.ts'

/** Each component is served in one way (component.go, validateExactlyOneImplementation), and a model's container has no name (validatePredictor). */
export function implementations({ components, predictor }: Service): Refusals {
  return [components.map(exactlyOne), unnamed(predictor), protocol(predictor)]
}

function exactlyOne(component: Component): Refusals {
  const ways = waysOf(component)
  if (ways.length === 1) return []
  const { name, path } = component
  return {
    path,
    why:
      ways.length === 0
        ? `the ${name} says neither a model nor containers`
        : `the ${name} is served in ${ways.length} ways at once: ${ways.join(', ')}`,
    ...(ways.length > 1 && { remedy: 'Remove one of them.' }),
  }
}

export function waysOf({ name, spec }: Pick<Component, 'name' | 'spec'>): string[] {
  const containers = entries(spec['containers'])
  if (name !== 'predictor') {
    return [
      ...(isMap(spec['art']) ? ['art'] : []),
      ...(containers.length > 0 ? ['containers'] : []),
    ]
  }
  const servers = containers.filter(each => each['name'] === KSERVE.container)
  const ways = [...modelsOf(spec), ...servers.map(() => `container ${KSERVE.container}`)]
  return ways.length === 0 && containers.length > 0 ? ['containers'] : ways
}

/** The first older spelling takes the place of `model`. */
function modelsOf(predictor: JsonMap): string[] {
  const older = FRAMEWORKS.filter(name => isMap(predictor[name]))
  return older.length === 0 && isMap(predictor['model']) ? ['model'] : older
}

function unnamed(predictor: JsonMap): Refusals {
  const { model, field = '' } = modelOf(predictor) ?? {}
  const name = model?.['name']
  if (name === undefined || name === '') return []
  return {
    path: ['spec', 'predictor', field, 'name'],
    why: 'the container of a model has a name of KServe’s own',
    remedy: 'Remove the name.',
  }
}

/** Of a server of one's own (predictor_custom.go). */
function protocol(predictor: JsonMap): Refusals {
  if (modelOf(predictor) !== undefined) return []
  const given = variable(entries(predictor['containers'])[0], 'PROTOCOL')
  if (given === undefined || ['v1', 'v2'].includes(given.value)) return []
  return {
    path: ['spec', 'predictor', 'containers', 0, 'env'],
    why: `the variable PROTOCOL is ${given.value === '' ? 'not written out' : given.value}, and must be v1 or v2`,
  }
}
