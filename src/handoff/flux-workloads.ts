import { asksForKnative, DEPLOYMENT, isKserve, KSERVE, predictorName } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'
import { failure } from '../problem/index.ts'

/**
 * Health of Deployments as CEL, where KServe makes some of them: while KServe has not brought a change to its Deployment, that is the healthy
 * one of the model before. So what the InferenceService asks of the pod stands in the rule, and a Deployment that has not got it is in progress. The
 * rest is what Flux itself goes by (kstatus' deploymentConditions), which an expression for the kind replaces.
 */
export function deploymentHealth(objects: readonly KubeObject[]): object[] {
  const asked = objects.flatMap(object =>
    isKserve(object) && !asksForKnative(object) ? askedOf(object) : [],
  )
  if (asked.length === 0) return []
  const { apiVersion, kind } = DEPLOYMENT
  return [{ apiVersion, kind, inProgress: notBrought(asked), failed: FAILED, current: CURRENT }]
}

/** What a container of a predictor's Deployment must have. Texts only, for CEL's lists have one type. */
interface Asked {
  [field: string]: string
  deployment: string
  container: string
  /** A regular expression (RE2): admission may lead an image to another registry, or pin it to a digest. */
  image: string
  /** `whole`, or `end` where a serving runtime puts its own arguments before them. */
  extent: 'whole' | 'end'
  args: string
  env: string
  /** Of a model that KServe fetches. */
  source: string
}

interface Container {
  name?: string
  image?: string
  command?: string[]
  args?: string[]
  env?: { name: string; value?: string }[]
  storageUri?: string
}

function askedOf(service: KubeObject): Asked[] {
  const { namespace = '', name } = service.metadata
  const deployment = `${namespace}/${predictorName(name)}`
  const { predictor = {} } = (service['spec'] ?? {}) as {
    predictor?: { containers?: Container[]; model?: Container }
  }
  const { containers = [], model } = predictor
  const own = containers.map(container => {
    // A container that is alone gets KServe's name.
    const named = containers.length === 1 ? KSERVE.container : (container.name ?? '')
    return askedOfContainer(container, { deployment, container: named, extent: 'whole' })
  })
  if (model === undefined) return own
  return [
    ...own,
    askedOfContainer(model, { deployment, container: KSERVE.container, extent: 'end' }),
  ]
}

function askedOfContainer(
  { image, command = [], args = [], env = [], storageUri = '' }: Container,
  place: Pick<Asked, 'deployment' | 'container' | 'extent'>,
): Asked {
  const words = place.extent === 'whole' ? [...command, ...args] : args
  const plain = env.flatMap(({ name, value }) =>
    value === undefined || isFilledIn(value) || value.includes('\n') ? [] : `${name}=${value}`,
  )
  // KServe fills placeholders in: what comes out is not known here.
  const isKnown = !words.some(isFilledIn)
  return {
    ...place,
    image: image === undefined || isFilledIn(image) ? '' : imagePattern(image),
    ...(isKnown ? {} : { extent: 'end' as const }),
    args: isKnown ? words.map(word => `\n${word}`).join('') : '',
    env: plain.join('\n'),
    source: isFilledIn(storageUri) ? '' : storageUri,
  }
}

function isFilledIn(text: string): boolean {
  return text.includes('{{')
}

/** The same name at its end, and the same version: the tag, with a digest or without, or a digest in its place. */
function imagePattern(image: string): string {
  const [reference = '', digest] = image.split('@')
  const [name = '', tag] = reference.slice(reference.lastIndexOf('/') + 1).split(':')
  const ofName = `(^|/)${quoted(name)}`
  if (digest !== undefined) return `${ofName}(:[^@/]*)?@${quoted(digest)}$`
  const version = tag === undefined ? '(:latest)?' : `:${quoted(tag)}`
  return `${ofName}(${version}(@.*)?|@.*)$`
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

const ARGS = `(has(c.command) && a.extent == 'whole' ? c.command.map(w, '\\n' + w).join('') : '') + (has(c.args) ? c.args.map(w, '\\n' + w).join('') : '')`

/** KServe writes where the model comes from onto the pods. */
const SOURCE = 'internal.serving.kserve.io/storage-initializer-sourceuri'

const HAS = [
  'c.name == a.container',
  '(!has(c.image) || c.image.matches(a.image))',
  `(a.extent == 'whole' ? ${ARGS} == a.args : (${ARGS}).endsWith(a.args))`,
  "(a.env == '' || a.env.split('\\n').all(e, has(c.env) && c.env.exists(v, has(v.value) && v.name + '=' + v.value == e)))",
].join(' && ')

const HAS_SOURCE = `(a.source == '' || (has(spec.template.metadata.annotations) && '${SOURCE}' in spec.template.metadata.annotations && spec.template.metadata.annotations['${SOURCE}'] == a.source))`

/** cel-go parses no more characters. */
const LONGEST = 100_000

function notBrought(asked: readonly Asked[]): string {
  // JSON is CEL: it knows no escape that CEL does not know.
  const expression = `${JSON.stringify(asked)}.exists(a, a.deployment == metadata.namespace + '/' + metadata.name && !(${HAS_SOURCE} && spec.template.spec.containers.exists(c, ${HAS})))`
  if (expression.length <= LONGEST) return expression
  throw failure(
    'usage',
    `what ${asked.length} InferenceServices ask for is too long for one health rule of Flux: ${expression.length} characters, at most ${LONGEST}`,
    { remedy: 'Spread the endpoints over more environments.' },
  )
}

const count = (field: string) => `(has(status.${field}) ? status.${field} : 0)`
const WANTED = '(has(spec.replicas) ? spec.replicas : 1)'
const condition = (rest: string) =>
  `has(status.conditions) && status.conditions.exists(c, ${rest} && has(c.reason))`

const FAILED = condition(`c.type == 'Progressing' && c.reason == 'ProgressDeadlineExceeded'`)

const CURRENT = [
  `${count('replicas')} == ${WANTED}`,
  `${count('updatedReplicas')} >= ${WANTED}`,
  `${count('availableReplicas')} >= ${count('updatedReplicas')}`,
  `${count('readyReplicas')} >= ${WANTED}`,
  condition(
    `c.type == 'Progressing' && c.status == 'True' && c.reason == 'NewReplicaSetAvailable'`,
  ),
  condition(`c.type == 'Available' && c.status == 'True'`),
].join(' && ')
